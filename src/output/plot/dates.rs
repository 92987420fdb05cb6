//! The scale of dates: at which periods a label stands, and what it says.

use jiff::civil::Date;

use crate::article::day_number;
use crate::search::{Period, PeriodDays};

/// A label below a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DateTick {
    /// The place of the period.
    pub(super) place: usize,
    /// `14 Apr`, `Apr`, `Q2`, `2024`
    pub(super) label: String,
    /// The year below it, at the first label and wherever another year begins.
    pub(super) year: Option<String>,
}

/// A stretch of the calendar at whose start a label stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Days(i64),
    Weeks(i64),
    Months(i64),
    Years(i64),
}

/// The stretches that readers count by, the shortest first. The last takes in
/// the whole calendar in a few.
const UNITS: [Unit; 17] = [
    Unit::Days(1),
    Unit::Days(2),
    Unit::Weeks(1),
    Unit::Weeks(2),
    Unit::Months(1),
    Unit::Months(3),
    Unit::Months(6),
    Unit::Years(1),
    Unit::Years(2),
    Unit::Years(5),
    Unit::Years(10),
    Unit::Years(20),
    Unit::Years(50),
    Unit::Years(100),
    Unit::Years(500),
    Unit::Years(1_000),
    Unit::Years(5_000),
];

/// The labels of these periods, `most` or fewer if the calendar has units so
/// long.
pub(super) fn date_ticks(per: Period, periods: &[PeriodDays], most: usize) -> Vec<DateTick> {
    let shortest = match per {
        Period::Day => Unit::Days(1),
        Period::Week => Unit::Weeks(1),
        Period::Month => Unit::Months(1),
        Period::Quarter => Unit::Months(3),
        Period::Year => Unit::Years(1),
    };
    let long_enough = UNITS.into_iter().skip_while(|unit| *unit != shortest);
    let mut places = Vec::new();
    let mut chosen = shortest;
    for unit in long_enough {
        let of_unit = starts(unit, periods);
        // A longer unit may begin nowhere in so few periods.
        if of_unit.is_empty() && !places.is_empty() {
            break;
        }
        (places, chosen) = (of_unit, unit);
        if places.len() <= most {
            break;
        }
    }
    let mut year = None;
    let tick = |place: usize| {
        let (label, of_year) = chosen.label(per, &periods[place]);
        let is_new = of_year.is_some() && year != of_year;
        year = of_year;
        DateTick { place, label, year: of_year.filter(|_| is_new).map(|year| year.to_string()) }
    };
    places.into_iter().map(tick).collect()
}

/// The places of the periods in which a unit begins.
fn starts(unit: Unit, periods: &[PeriodDays]) -> Vec<usize> {
    let before = periods.first().map(|period| unit.number(period.first, -1));
    let mut before = before.unwrap_or_default();
    let mut places = Vec::new();
    for (place, period) in periods.iter().enumerate() {
        let number = unit.number(period.last, 0);
        if number != before {
            places.push(place);
        }
        before = number;
    }
    places
}

impl Unit {
    /// The number of the unit that a day, or the day so much later, lies in.
    fn number(self, day: Date, later: i64) -> i64 {
        let number = day_number(day) + later;
        let day = crate::article::day_of_number(number);
        let month = || i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
        match self {
            Self::Days(count) => number.div_euclid(count),
            // 1970-01-01 was a Thursday.
            Self::Weeks(count) => (number + 3).div_euclid(7 * count),
            Self::Months(count) => month().div_euclid(count),
            Self::Years(count) => i64::from(day.year()).div_euclid(count),
        }
    }

    /// What stands below a period in which it begins, and the year if that is
    /// not in it.
    fn label(self, per: Period, period: &PeriodDays) -> (String, Option<i16>) {
        match self {
            Self::Days(_) | Self::Weeks(_) => {
                (period.first.strftime("%-d %b").to_string(), Some(period.first.year()))
            }
            Self::Months(count) => {
                let number = self.number(period.last, 0) * count;
                let (year, month) = (number.div_euclid(12), number.rem_euclid(12) as i8 + 1);
                let first = Date::new(year as i16, month, 1).unwrap_or(period.first);
                let label = match per {
                    Period::Quarter => format!("Q{}", (month - 1) / 3 + 1),
                    _ => first.strftime("%b").to_string(),
                };
                (label, Some(first.year()))
            }
            Self::Years(count) => (format!("{}", self.number(period.last, 0) * count), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::date_ticks;
    use crate::search::{Period, PeriodDays};
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    fn periods(first: Date, count: usize, next: fn(Date) -> Date) -> Vec<PeriodDays> {
        let mut periods = Vec::new();
        let mut first = first;
        for _ in 0..count {
            let after = next(first);
            periods.push(PeriodDays {
                label: String::new(),
                first,
                last: after.yesterday().unwrap(),
            });
            first = after;
        }
        periods
    }

    fn told(per: Period, periods: &[PeriodDays], most: usize) -> String {
        let ticks = date_ticks(per, periods, most).into_iter().map(|tick| {
            let year = tick.year.map(|year| format!(" {year}")).unwrap_or_default();
            format!("{}:{}{year}", tick.place, tick.label)
        });
        ticks.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn labels_stand_where_months_and_years_begin() {
        let month = |day: Date| day + 1.month();
        let months = periods(date(2023, 11, 1), 4, month);
        assert_eq!(told(Period::Month, &months, 12), "0:Nov 2023, 1:Dec, 2:Jan 2024, 3:Feb");
        let months = periods(date(2023, 11, 1), 15, month);
        assert_eq!(
            told(Period::Month, &months, 6),
            "2:Jan 2024, 5:Apr, 8:Jul, 11:Oct, 14:Jan 2025"
        );
        assert_eq!(told(Period::Month, &months, 2), "2:2024, 14:2025");
        let weeks = periods(date(2024, 1, 15), 10, |day| day + 7.days());
        // 1 February is a Thursday, 1 March a Friday.
        assert_eq!(told(Period::Week, &weeks, 4), "2:Feb 2024, 6:Mar");
        let days = periods(date(2023, 12, 30), 4, |day| day + 1.day());
        assert_eq!(told(Period::Day, &days, 9), "0:30 Dec 2023, 1:31 Dec, 2:1 Jan 2024, 3:2 Jan");
        let quarters = periods(date(2023, 10, 1), 3, |day| day + 3.months());
        assert_eq!(told(Period::Quarter, &quarters, 9), "0:Q4 2023, 1:Q1 2024, 2:Q2");
        let years = periods(date(1998, 1, 1), 30, |day| day + 1.year());
        assert_eq!(told(Period::Year, &years, 4), "2:2000, 12:2010, 22:2020");
        assert_eq!(told(Period::Year, &years[..1], 4), "0:1998");
        assert_eq!(told(Period::Year, &[], 4), "");
    }
}
