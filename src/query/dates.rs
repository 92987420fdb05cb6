//! Dates as queries name them, and the days that they mean.
//!
//! Relative dates stay relative in the tree, so that a saved query means the
//! same tomorrow; the caller says which day is today.

use jiff::Span as TimeSpan;
use jiff::civil::Date;

/// A range of dates, both ends included; relative ones stay relative until
/// [`DateExpr::resolve`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateExpr {
    /// The whole span of one point: `date:2024`, `date:last-month`.
    At(DatePoint),
    /// From the start of one to the end of another, each open if absent.
    Range(Option<DatePoint>, Option<DatePoint>),
}

/// A day, or a longer span with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePoint {
    /// `2024`
    Year(i16),
    /// `2024-04`
    Month(i16, i8),
    /// `2024-Q2`: three months, from 1 to 4.
    Quarter(i16, i8),
    /// `2024-W15`: Monday to Sunday (ISO 8601), by its Monday.
    Week(Date),
    /// `2024-04-14`
    Day(Date),
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `7d`: the last so many days, today included.
    LastDays(u32),
    /// `2w`: the last so many times seven days, today included.
    LastWeeks(u32),
    /// `3m`: from the same day so many months ago (exclusive) to today.
    LastMonths(u32),
    /// `1y`: from the same day so many years ago (exclusive) to today.
    LastYears(u32),
    /// `this-week`: Monday to Sunday.
    ThisWeek,
    /// `last-week`
    LastWeek,
    /// `this-month`
    ThisMonth,
    /// `last-month`
    LastMonth,
    /// `this-year`
    ThisYear,
    /// `last-year`
    LastYear,
}

/// Days from `first` to `last`, both included, each open if absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySpan {
    /// The first day.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
}

impl DaySpan {
    /// Whether no day lies in it, as in `today..2001`.
    #[must_use]
    pub fn is_empty(self) -> bool {
        matches!((self.first, self.last), (Some(first), Some(last)) if first > last)
    }
}

impl DateExpr {
    /// The days meant when today is `today`. An end outside the calendar
    /// (years -9999 to 9999) is open.
    #[must_use]
    pub fn resolve(self, today: Date) -> DaySpan {
        match self {
            Self::At(point) => point.days(today),
            Self::Range(first, last) => DaySpan {
                first: first.and_then(|point| point.days(today).first),
                last: last.and_then(|point| point.days(today).last),
            },
        }
    }
}

impl DatePoint {
    /// The days of this point when today is `today`.
    pub(super) fn days(self, today: Date) -> DaySpan {
        let (first, last) = match self {
            Self::Year(year) => (Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok()),
            Self::Month(year, month) => {
                let first = Date::new(year, month, 1).ok();
                (first, first.map(Date::last_of_month))
            }
            Self::Quarter(year, quarter) => {
                let month = |number: i8| Date::new(year, number, 1).ok();
                (month(3 * quarter - 2), month(3 * quarter).map(Date::last_of_month))
            }
            Self::Week(monday) => week(monday, 0),
            Self::Day(day) => (Some(day), Some(day)),
            Self::Today => (Some(today), Some(today)),
            Self::Yesterday => {
                let yesterday = today.yesterday().ok();
                (yesterday, yesterday)
            }
            Self::LastDays(count) => (first_of_last(count, TimeSpan::try_days, today), Some(today)),
            Self::LastWeeks(count) => {
                (first_of_last(count, TimeSpan::try_weeks, today), Some(today))
            }
            Self::LastMonths(count) => {
                (first_of_last(count, TimeSpan::try_months, today), Some(today))
            }
            Self::LastYears(count) => {
                (first_of_last(count, TimeSpan::try_years, today), Some(today))
            }
            Self::ThisWeek => week(today, 0),
            Self::LastWeek => week(today, 1),
            Self::ThisMonth => (Some(today.first_of_month()), Some(today.last_of_month())),
            Self::LastMonth => {
                let last = today.first_of_month().yesterday().ok();
                (last.map(Date::first_of_month), last)
            }
            Self::ThisYear => (Some(today.first_of_year()), Some(today.last_of_year())),
            Self::LastYear => {
                let last = today.first_of_year().yesterday().ok();
                (last.map(Date::first_of_year), last)
            }
        };
        DaySpan { first, last }
    }

    /// Whether it depends on the day of today.
    pub(super) const fn is_relative(self) -> bool {
        !matches!(
            self,
            Self::Year(_) | Self::Month(..) | Self::Quarter(..) | Self::Week(_) | Self::Day(_)
        )
    }

    /// Whether it is a length of time that ends today.
    pub(super) const fn is_count(self) -> bool {
        matches!(
            self,
            Self::LastDays(_) | Self::LastWeeks(_) | Self::LastMonths(_) | Self::LastYears(_)
        )
    }

    /// The point of the same kind right after this one, if it has a name.
    pub(super) fn next(self) -> Option<Self> {
        Some(match self {
            Self::Year(year) => Self::Year(in_calendar(year + 1)?),
            Self::Month(year, 12) => Self::Month(in_calendar(year + 1)?, 1),
            Self::Month(year, month) => Self::Month(year, month + 1),
            Self::Quarter(year, 4) => Self::Quarter(in_calendar(year + 1)?, 1),
            Self::Quarter(year, quarter) => Self::Quarter(year, quarter + 1),
            Self::Week(monday) => Self::Week(named_week(week(monday, -1).0?)?),
            Self::Day(day) => Self::Day(day.tomorrow().ok()?),
            Self::Yesterday => Self::Today,
            Self::LastWeek => Self::ThisWeek,
            Self::LastMonth => Self::ThisMonth,
            Self::LastYear => Self::ThisYear,
            _ => return None,
        })
    }

    /// The point of the same kind right before this one, if it has a name.
    pub(super) fn previous(self) -> Option<Self> {
        Some(match self {
            Self::Year(year) => Self::Year(in_calendar(year - 1)?),
            Self::Month(year, 1) => Self::Month(in_calendar(year - 1)?, 12),
            Self::Month(year, month) => Self::Month(year, month - 1),
            Self::Quarter(year, 1) => Self::Quarter(in_calendar(year - 1)?, 4),
            Self::Quarter(year, quarter) => Self::Quarter(year, quarter - 1),
            Self::Week(monday) => Self::Week(named_week(week(monday, 1).0?)?),
            Self::Day(day) => {
                let day = day.yesterday().ok()?;
                in_calendar(day.year())?;
                Self::Day(day)
            }
            Self::Today => Self::Yesterday,
            Self::ThisWeek => Self::LastWeek,
            Self::ThisMonth => Self::LastMonth,
            Self::ThisYear => Self::LastYear,
            _ => return None,
        })
    }
}

/// A year that four digits can write.
fn in_calendar(year: i16) -> Option<i16> {
    (0..=9999).contains(&year).then_some(year)
}

/// A Monday of whose week four digits can write the year.
fn named_week(monday: Date) -> Option<Date> {
    in_calendar(monday.iso_week_date().year()).map(|_| monday)
}

/// The first of the days that go back `count` units and end with `today`.
fn first_of_last(
    count: u32,
    unit: fn(TimeSpan, i64) -> Result<TimeSpan, jiff::Error>,
    today: Date,
) -> Option<Date> {
    let back = unit(TimeSpan::new(), i64::from(count)).ok()?;
    today.checked_sub(back).and_then(Date::tomorrow).ok()
}

/// Monday and Sunday of the week so many weeks before that of `today`.
fn week(today: Date, weeks_ago: i64) -> (Option<Date>, Option<Date>) {
    let since_monday = i64::from(today.weekday().to_monday_zero_offset());
    let day = |offset: i64| {
        let offset = TimeSpan::new().try_days(offset).ok()?;
        today.checked_add(offset).ok()
    };
    let monday = -since_monday - 7 * weeks_ago;
    (day(monday), day(monday + 6))
}

#[cfg(test)]
mod tests {
    use super::{DateExpr, DatePoint};
    use crate::query::{Node, parse};
    use jiff::civil::{Date, date};
    use proptest::prelude::*;

    fn days(text: &str, today: Date) -> String {
        let Node::Date(dates) = parse(text).unwrap().root.node else { panic!("{text}") };
        let span = dates.resolve(today);
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        format!("{}..{}", day(span.first), day(span.last))
    }

    #[test]
    fn days_of_every_form() {
        // A Friday, the last of March in a leap year.
        let today = date(2028, 3, 31);
        for (text, expected) in [
            ("date:2024", "2024-01-01..2024-12-31"),
            ("date:2024-02", "2024-02-01..2024-02-29"),
            ("date:2024-04-14", "2024-04-14..2024-04-14"),
            ("date:2023..2024-02", "2023-01-01..2024-02-29"),
            ("date:2024-04-01..2024-04-15", "2024-04-01..2024-04-15"),
            ("date:..2020", "..2020-12-31"),
            ("date:2020..", "2020-01-01.."),
            ("date>=2024-04", "2024-04-01.."),
            ("date<=2024-04", "..2024-04-30"),
            ("date>2024-04", "2024-05-01.."),
            ("date>2024-12", "2025-01-01.."),
            ("date<2024-01", "..2023-12-31"),
            ("date<2024", "..2023-12-31"),
            ("date>2024", "2025-01-01.."),
            ("date>2024-02-29", "2024-03-01.."),
            ("date<2024-01-01", "..2023-12-31"),
            ("date=2024-04", "2024-04-01..2024-04-30"),
            ("date:2024-Q1", "2024-01-01..2024-03-31"),
            ("date:2024-q4", "2024-10-01..2024-12-31"),
            ("date>2024-Q4", "2025-01-01.."),
            ("date<2024-Q1", "..2023-12-31"),
            // A week of the year before, one across its end, and a year with 53 of them.
            ("date:2021-W01", "2021-01-04..2021-01-10"),
            ("date:2020-W53", "2020-12-28..2021-01-03"),
            ("date>2020-W53", "2021-01-04.."),
            ("date<2021-w01", "..2021-01-03"),
            ("date:2024-W40..2024-Q4", "2024-09-30..2024-12-31"),
            ("date:today", "2028-03-31..2028-03-31"),
            ("date:yesterday", "2028-03-30..2028-03-30"),
            ("date:1d", "2028-03-31..2028-03-31"),
            ("date:7d", "2028-03-25..2028-03-31"),
            ("date:2w", "2028-03-18..2028-03-31"),
            // The same day a month ago does not exist: the last one that does.
            ("date:1m", "2028-03-01..2028-03-31"),
            ("date:3m", "2028-01-01..2028-03-31"),
            ("date:1y", "2027-04-01..2028-03-31"),
            ("date:this-week", "2028-03-27..2028-04-02"),
            ("date:last-week", "2028-03-20..2028-03-26"),
            ("date:this-month", "2028-03-01..2028-03-31"),
            ("date:last-month", "2028-02-01..2028-02-29"),
            ("date:this-year", "2028-01-01..2028-12-31"),
            ("date:last-year", "2027-01-01..2027-12-31"),
            ("date:7d..", "2028-03-25.."),
            ("date:2020..yesterday", "2020-01-01..2028-03-30"),
            ("date>last-month", "2028-03-01.."),
            ("date<this-week", "..2028-03-26"),
            ("date:4000000000d", "..2028-03-31"),
            ("date:4000000000y", "..2028-03-31"),
        ] {
            assert_eq!(days(text, today), expected, "{text}");
        }
    }

    #[test]
    fn a_week_starts_on_monday() {
        assert_eq!(days("date:this-week", date(2024, 4, 14)), "2024-04-08..2024-04-14");
        assert_eq!(days("date:this-week", date(2024, 4, 15)), "2024-04-15..2024-04-21");
    }

    #[test]
    fn a_range_that_today_reverses_is_empty() {
        let range = |day| {
            let (today, later) = (DatePoint::Today, DatePoint::Year(2025));
            DateExpr::Range(Some(today), Some(later)).resolve(day).is_empty()
        };
        assert!(!range(date(2025, 12, 31)));
        assert!(range(date(2026, 1, 1)));
    }

    proptest! {
        #[test]
        fn neighbours_leave_no_gap(year in 0i16..=9999, month in 1i8..=12, day in 1i8..=28) {
            let points = [
                DatePoint::Year(year),
                DatePoint::Month(year, month),
                DatePoint::Day(date(year, month, day)),
            ];
            for point in points {
                if let Some(next) = point.next() {
                    prop_assert_eq!(next.previous(), Some(point));
                    let today = Date::ZERO;
                    let first = point.days(today).last.and_then(|day| day.tomorrow().ok());
                    prop_assert_eq!(next.days(today).first, first);
                }
            }
        }
    }
}
