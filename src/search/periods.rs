//! Calendar periods: which one a date of publication lies in.

use jiff::civil::Date;

use super::results::Period;
use crate::article::{day_number, day_of_number};

impl Period {
    /// Its name in facets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// The period in which the days from `first` to `last` (counted from 1970)
    /// lie, as a number that orders like time; none if they lie in several, as
    /// for an article of which only the year is known, counted by month.
    pub(super) fn number_of(self, first: i64, last: i64) -> Option<i64> {
        let number = self.number(first);
        (first == last || number == self.number(last)).then_some(number)
    }

    fn number(self, day: i64) -> i64 {
        match self {
            Self::Year => i64::from(day_of_number(day).year()),
            Self::Month => {
                let day = day_of_number(day);
                i64::from(day.year()) * 12 + i64::from(day.month()) - 1
            }
            Self::Day => day,
        }
    }

    /// How a period with this number is written, as in a query: `2024-04`.
    pub(super) fn label(self, number: i64) -> String {
        match self {
            Self::Year => format!("{number:04}"),
            Self::Month => {
                format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1)
            }
            Self::Day => day_of_number(number).to_string(),
        }
    }

    /// The first and last day of the period with this number, from 1970.
    pub(super) fn days(self, number: i64) -> (i64, i64) {
        let first = match self {
            Self::Day => return (number, number),
            Self::Year => Date::new(number as i16, 1, 1),
            Self::Month => {
                Date::new(number.div_euclid(12) as i16, number.rem_euclid(12) as i8 + 1, 1)
            }
        };
        let first = first.unwrap_or(Date::MAX);
        let last = if self == Self::Year { first.last_of_year() } else { first.last_of_month() };
        (day_number(first), day_number(last))
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::article::day_number;
    use jiff::civil::date;

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
}
