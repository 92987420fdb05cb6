//! Reads the day, month or year of a date.

use jiff::civil::Date;

use super::DateError;
use super::clock::{Clock, is_clock_ahead, read_digits, read_time};
use super::months::month_named;
use super::scan::{Cursor, Kind};
use super::words::{DAY_UNITS, MONTH_UNITS, ORDINALS, PARTICLES, YEAR_UNITS};

/// A date without its time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    /// A year.
    Year(i16),
    /// A month of a year.
    Month(i16, i8),
    /// A day.
    Day(Date),
    /// Either of two days; of more, the first two: with the day first, with
    /// the month first, with the year first.
    Either(Date, Date),
}

/// Years of news: the first newspapers came soon after the first printed
/// newsletters, of about 1500; 2199 leaves room for misprints to be noticed.
const YEARS: std::ops::RangeInclusive<i64> = 1500..=2199;

/// The marks that join the numbers of a date.
const JOINTS: &str = "-/.";

/// Reads a date, and the time of day where it stands inside the date, as in
/// `Sun Apr 14 17:03:00 2024`.
pub(super) fn read_calendar(
    cursor: &mut Cursor<'_>,
) -> Result<(Calendar, Option<Clock>), DateError> {
    if let Some(month) = take_month(cursor) {
        return after_month(cursor, month);
    }
    let first = cursor.peek(0).filter(|token| token.kind == Kind::Number);
    match first.map_or(0, |token| token.text.len()) {
        1 | 2 => day_first(cursor),
        4 => Ok((year_first(cursor)?, None)),
        8 | 12 | 14 => compact(cursor),
        _ => Err(DateError::NotADate),
    }
}

/// `April 14, 2024`, `Apr-14-24`, `April 2024`, `Apr 14 17:03:00 2024`.
fn after_month(
    cursor: &mut Cursor<'_>,
    month: i64,
) -> Result<(Calendar, Option<Clock>), DateError> {
    skip_joint(cursor);
    if let Some(year) = cursor.take_number(4..=4) {
        return Ok((month_of(year, month)?, None));
    }
    let day = cursor.take_number(1..=2).ok_or(DateError::NotADate)?;
    skip_ordinal(cursor);
    skip_joint(cursor);
    let clock = inner_clock(cursor)?;
    let year = take_year(cursor)?;
    Ok((day_of(year, month, day)?, clock))
}

/// `14 April 2024`, `14-Apr-24`, `14.04.2024`, `03/04/2024`, `04/2024`.
fn day_first(cursor: &mut Cursor<'_>) -> Result<(Calendar, Option<Clock>), DateError> {
    let is_full_number = cursor.peek(0).is_some_and(|token| token.text.len() == 2);
    let first = cursor.take_number(1..=2).ok_or(DateError::NotADate)?;
    skip_ordinal(cursor);
    let joint = cursor.take_mark(JOINTS);
    cursor.take_word(PARTICLES);
    if let Some(month) = take_month(cursor) {
        skip_joint(cursor);
        let clock = inner_clock(cursor)?;
        let year = take_year(cursor)?;
        return Ok((day_of(year, month, first)?, clock));
    }
    let joint = joint.ok_or(DateError::NotADate)?;
    if let Some(year) = cursor.take_number(4..=4) {
        return Ok((month_of(year, first)?, None));
    }
    let second = cursor.take_number(1..=2).ok_or(DateError::NotADate)?;
    cursor.take_mark(joint).ok_or(DateError::NotADate)?;
    let last = cursor.peek(0).and_then(|token| token.number(2..=2));
    let is_full_year = cursor.peek(0).is_some_and(|token| token.text.len() == 4);
    let year = take_year(cursor)?;
    if joint == "." && is_full_year {
        return Ok((day_of(year, second, first)?, None));
    }
    let year_first = last.filter(|_| is_full_number).map(|day| (year_of_two_digits(first), day));
    let readings = [
        date(year, second, first),
        date(year, first, second),
        year_first.map_or(Err(DateError::Impossible), |(year, day)| date(year, second, day)),
    ];
    Ok((any_order(readings)?, None))
}

/// The day that the possible ones of `readings` agree on, else two of them.
fn any_order(readings: [Result<Date, DateError>; 3]) -> Result<Calendar, DateError> {
    let mut possible = readings.into_iter().filter_map(Result::ok);
    let first = possible.next().ok_or(DateError::Impossible)?;
    let other = possible.find(|other| *other != first);
    Ok(other.map_or(Calendar::Day(first), |other| Calendar::Either(first, other)))
}

/// `2024-04-14`, `2024/4/14`, `2024-Apr-14`, `2024 April 14`, `2024年4月14日`,
/// `2024-04`, `2024`.
fn year_first(cursor: &mut Cursor<'_>) -> Result<Calendar, DateError> {
    let year = cursor.take_number(4..=4).ok_or(DateError::NotADate)?;
    if cursor.take_word(YEAR_UNITS).is_some() {
        return after_year_unit(cursor, year);
    }
    let mut ahead = *cursor;
    let joint = ahead.take_mark(JOINTS);
    let number = if joint.is_some() { ahead.take_number(1..=2) } else { None };
    let Some(month) = number.or_else(|| take_month(&mut ahead)) else {
        return year_of(year);
    };
    *cursor = ahead;
    let is_joined = joint.is_none_or(|joint| ahead.take_mark(joint).is_some());
    let day = ahead.take_number(1..=2).filter(|_| is_joined);
    let Some(day) = day else { return month_of(year, month) };
    *cursor = ahead;
    day_of(year, month, day)
}

/// `4月14日`, `4월 14일`: what follows the year and its unit.
fn after_year_unit(cursor: &mut Cursor<'_>, year: i64) -> Result<Calendar, DateError> {
    let Some(month) = cursor.take_number(1..=2) else { return year_of(year) };
    cursor.take_word(MONTH_UNITS).ok_or(DateError::NotADate)?;
    let Some(day) = cursor.take_number(1..=2) else { return month_of(year, month) };
    cursor.take_word(DAY_UNITS).ok_or(DateError::NotADate)?;
    day_of(year, month, day)
}

/// `20240414`, `202404141703`, `20240414170300`.
///
/// Numbers are identifiers more often than dates, so one with an odd year is
/// no date.
fn compact(cursor: &mut Cursor<'_>) -> Result<(Calendar, Option<Clock>), DateError> {
    let digits = cursor.take(|token| Some(token.text)).unwrap_or_default();
    let part = |range| digits.get(range).and_then(|part: &str| part.parse().ok());
    let year = part(0..4).filter(|year| YEARS.contains(year)).ok_or(DateError::NotADate)?;
    let (Some(month), Some(day)) = (part(4..6), part(6..8)) else {
        return Err(DateError::NotADate);
    };
    let calendar = day_of(year, month, day)?;
    let clock = match &digits[8..] {
        "" => None,
        time => Some(read_digits(time, cursor)?),
    };
    Ok((calendar, clock))
}

/// Takes the name of a month, with the point of an abbreviation.
fn take_month(cursor: &mut Cursor<'_>) -> Option<i64> {
    let month = cursor.take(|token| month_named(token.text))?;
    cursor.take_mark(".");
    Some(i64::from(month))
}

/// Takes the number of a year, of four digits or two.
fn take_year(cursor: &mut Cursor<'_>) -> Result<i64, DateError> {
    cursor.take_mark("'");
    if let Some(year) = cursor.take_number(4..=4) {
        return Ok(year);
    }
    cursor.take_number(2..=2).map(year_of_two_digits).ok_or(DateError::NotADate)
}

/// The year meant by two digits, in POSIX's way (`%y` of `strptime`): 69 to 99
/// are of the twentieth century, 00 to 68 of the next.
const fn year_of_two_digits(digits: i64) -> i64 {
    if digits <= 68 { 2000 + digits } else { 1900 + digits }
}

/// The time of day that stands before the year.
fn inner_clock(cursor: &mut Cursor<'_>) -> Result<Option<Clock>, DateError> {
    is_clock_ahead(cursor).then(|| read_time(cursor)).transpose()
}

fn skip_ordinal(cursor: &mut Cursor<'_>) {
    if cursor.peek(0).is_some_and(|token| token.glued) {
        cursor.take_word(ORDINALS);
        cursor.take_mark("°");
    }
}

fn skip_joint(cursor: &mut Cursor<'_>) {
    cursor.take_mark("-/.,");
    cursor.take_word(PARTICLES);
}

fn year_of(year: i64) -> Result<Calendar, DateError> {
    date(year, 1, 1).map(|first| Calendar::Year(first.year()))
}

fn month_of(year: i64, month: i64) -> Result<Calendar, DateError> {
    date(year, month, 1).map(|first| Calendar::Month(first.year(), first.month()))
}

fn day_of(year: i64, month: i64, day: i64) -> Result<Calendar, DateError> {
    date(year, month, day).map(Calendar::Day)
}

/// The day with these numbers, in a year of news.
pub(super) fn date(year: i64, month: i64, day: i64) -> Result<Date, DateError> {
    let numbers = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    match numbers {
        (Ok(year), Ok(month), Ok(day)) if YEARS.contains(&i64::from(year)) => {
            Date::new(year, month, day).map_err(|_| DateError::Impossible)
        }
        _ => Err(DateError::Impossible),
    }
}
