//! Calendar periods: which one a date of publication lies in.

use jiff::civil::Date;

use super::results::Period;
use crate::article::{day_number, day_of_number};

/// Days from the Monday before 1970-01-01, a Thursday.
const DAYS_SINCE_MONDAY: i64 = 3;

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Its name in facets and arguments.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }

    /// The period of this name, if one has it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }

    /// The period in which the days from `first` to `last` (counted from 1970)
    /// lie, as a number that orders like time; none if they lie in several, as
    /// for an article of which only the year is known, counted by month.
    pub(super) fn number_of(self, first: i64, last: i64) -> Option<i64> {
        let number = self.number(first);
        (first == last || number == self.number(last)).then_some(number)
    }

    fn number(self, day: i64) -> i64 {
        let month = || {
            let day = day_of_number(day);
            i64::from(day.year()) * 12 + i64::from(day.month()) - 1
        };
        match self {
            Self::Year => i64::from(day_of_number(day).year()),
            Self::Quarter => month().div_euclid(3),
            Self::Month => month(),
            Self::Week => (day + DAYS_SINCE_MONDAY).div_euclid(7),
            Self::Day => day,
        }
    }

    /// How a period with this number is written; years, months and days as in a
    /// query (`2024-04`), quarters as `2024-Q2`, weeks in the manner of ISO 8601
    /// (`2024-W15`).
    pub(super) fn label(self, number: i64) -> String {
        match self {
            Self::Year => format!("{number:04}"),
            Self::Quarter => {
                format!("{:04}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1)
            }
            Self::Month => {
                format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
            }
            Self::Week => {
                let week = day_of_number(self.days(number).0).iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Self::Day => day_of_number(number).to_string(),
        }
    }

    /// The first and last day of the period with this number, from 1970.
    pub(super) fn days(self, number: i64) -> (i64, i64) {
        let first_of_month =
            |month: i64| Date::new(month.div_euclid(12) as i16, month.rem_euclid(12) as i8 + 1, 1);
        let (first, last_month) = match self {
            Self::Day => return (number, number),
            Self::Week => {
                let monday = number * 7 - DAYS_SINCE_MONDAY;
                return (monday, monday + 6);
            }
            Self::Month => (first_of_month(number), first_of_month(number)),
            Self::Quarter => (first_of_month(number * 3), first_of_month(number * 3 + 2)),
            Self::Year => (first_of_month(number * 12), first_of_month(number * 12 + 11)),
        };
        let first = first.unwrap_or(Date::MAX);
        let last = last_month.map_or(Date::MAX, Date::last_of_month);
        (day_number(first), day_number(last))
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::article::{day_number, day_of_number};
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    #[test]
    fn days_fall_into_periods() {
        let day = |year, month, of_month| day_number(date(year, month, of_month));
        let april = Period::Month.number_of(day(2024, 4, 1), day(2024, 4, 30)).unwrap();
        assert_eq!(Period::Month.label(april), "2024-04");
        assert_eq!(Period::Month.days(april), (day(2024, 4, 1), day(2024, 4, 30)));
        assert_eq!(Period::Month.number_of(day(2024, 1, 1), day(2024, 12, 31)), None);
        assert_eq!(Period::Year.number_of(day(2024, 1, 1), day(2024, 12, 31)), Some(2024));
        let before = Period::Month.number_of(day(1969, 12, 31), day(1969, 12, 31)).unwrap();
        assert_eq!(Period::Month.label(before), "1969-12");
        assert_eq!(Period::Day.label(day(2024, 2, 29)), "2024-02-29");
    }

    #[test]
    fn each_period_has_its_label_and_its_days() {
        for (period, day, label, first, last) in [
            (Period::Quarter, date(2024, 3, 31), "2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
            (Period::Quarter, date(2023, 10, 1), "2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
            (Period::Quarter, date(1969, 5, 9), "1969-Q2", date(1969, 4, 1), date(1969, 6, 30)),
            (Period::Week, date(1970, 1, 1), "1970-W01", date(1969, 12, 29), date(1970, 1, 4)),
            (Period::Week, date(2024, 12, 30), "2025-W01", date(2024, 12, 30), date(2025, 1, 5)),
            (Period::Week, date(2021, 1, 3), "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
            (Period::Week, date(1969, 12, 28), "1969-W52", date(1969, 12, 22), date(1969, 12, 28)),
            (Period::Year, date(2024, 12, 30), "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ] {
            let number = period.number_of(day_number(day), day_number(day)).unwrap();
            assert_eq!(period.label(number), label);
            assert_eq!(period.days(number), (day_number(first), day_number(last)), "{label}");
        }
    }

    fn any_day() -> impl Strategy<Value = i64> {
        day_number(Date::MIN)..=day_number(date(9999, 12, 20))
    }

    proptest! {
        #[test]
        fn periods_follow_each_other_without_gaps(day in any_day()) {
            for period in Period::ALL {
                let number = period.number_of(day, day).unwrap();
                let (first, last) = period.days(number);
                prop_assert!((first..=last).contains(&day), "{} {}", period.name(), day);
                prop_assert_eq!(period.number_of(first, last), Some(number));
                if day_of_number(last) < Date::MAX {
                    prop_assert_eq!(period.number_of(last + 1, last + 1), Some(number + 1));
                    prop_assert_eq!(period.number_of(first, last + 1), None);
                }
            }
        }
    }
}
