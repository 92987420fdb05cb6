//! Reads a whole text as one date.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::DateError;
use super::calendar::{Calendar, date, read_calendar};
use super::clock::{Clock, is_clock_ahead, read_time, read_trailing_clock, take_zone};
use super::scan::{Cursor, Token, scan};
use super::words::{LABELS, WEEKDAYS, YEAR_WORDS};
use crate::article::Published;
use crate::text::fold;

/// Characters of the longest text that is read as a date. The longest forms,
/// with labels, weekday and the full name of the zone, have about 90.
const MAX_CHARACTERS: usize = 200;

/// Reads a whole text as a date in one of the forms that news uses.
///
/// * Numbers: `2024-04-14`, `2024/04/14`, `20240414`, `14.04.2024`, `6/14/18`;
///   `2024-04` and `2024` give a month and a year.
/// * Names of months in thirteen languages: `14 April 2024`, `14. april 2024`,
///   `April 14th, 2024`, `14 de abril de 2024`, `14-APR-24`, `April 2024`.
/// * Times with or without a zone: `T17:03:00+02:00`, `at 5:03 p.m. EDT`,
///   `17h03`, `17.03 Uhr`; before the date or after it. Fractions of a second
///   are dropped.
/// * RFC 2822, `ctime`, and seconds (10 digits) or milliseconds (13) since 1970.
///
/// Labels (`Published on`) and weekdays around it do not matter; where a
/// weekday contradicts the date, the date counts.
///
/// A year of two digits is of 1969 to 2068, as in POSIX. Numbers joined by
/// points, with a year of four digits, are day, month, year: wherever dates
/// are written so (DIN 1355 and the customs of central, northern and eastern
/// Europe) the day comes first. Any other pair of numbers before a year is
/// read in the order that the calendar allows; of three numbers of two digits
/// the first may be the year too.
///
/// # Errors
///
/// [`DateError::Ambiguous`] when the calendar allows several orders and they
/// differ, [`DateError::Impossible`] for days, times and offsets that do not
/// exist and for years outside 1500 to 2199, else [`DateError::NotADate`]: for
/// more than 200 characters, for example.
pub fn parse_date(text: &str) -> Result<Published, DateError> {
    // No character has more than four bytes: this spares counting long texts.
    if text.len() > 4 * MAX_CHARACTERS || text.chars().count() > MAX_CHARACTERS {
        return Err(DateError::NotADate);
    }
    let folded = fold(text);
    if let Some(seconds) = epoch_seconds(folded.trim()) {
        return published_at(seconds);
    }
    let tokens: Vec<Token<'_>> = scan(&folded).collect();
    read_date(&mut Cursor::new(&tokens))
}

/// Reads all tokens as a date.
fn read_date(cursor: &mut Cursor<'_>) -> Result<Published, DateError> {
    skip_labels(cursor);
    let mut clock = None;
    if is_clock_ahead(cursor) {
        clock = Some(read_time(cursor)?);
        cursor.take_mark(",-–|·•");
        skip_labels(cursor);
    }
    let (calendar, inner_clock) = read_calendar(cursor)?;
    clock = clock.or(inner_clock);
    skip_year_word(cursor);
    skip_weekday(cursor);
    if clock.is_none() {
        clock = read_trailing_clock(cursor)?;
    }
    if clock.is_none() && !is_number_joined(cursor) {
        // XML Schema allows a day its zone; a day is never moved by one.
        take_zone(cursor)?;
    }
    if clock.is_some() {
        skip_comment(cursor);
    }
    cursor.take_mark(".");
    if !cursor.is_at_end() {
        return Err(DateError::NotADate);
    }
    published(calendar, clock)
}

/// The date that the parts make together.
pub(super) fn published(calendar: Calendar, clock: Option<Clock>) -> Result<Published, DateError> {
    match (calendar, clock) {
        (Calendar::Day(day), clock) => Ok(on_day(day, clock)),
        (Calendar::Either(first, second), clock) => {
            Err(DateError::Ambiguous { first: on_day(first, clock), second: on_day(second, clock) })
        }
        (Calendar::Year(year), None) => Published::year(year).ok_or(DateError::Impossible),
        (Calendar::Month(year, month), None) => {
            Published::month(year, month).ok_or(DateError::Impossible)
        }
        (Calendar::Year(_) | Calendar::Month(..), Some(_)) => Err(DateError::NotADate),
    }
}

fn on_day(day: Date, clock: Option<Clock>) -> Published {
    let Some(clock) = clock else { return Published::day(day) };
    let local = day.to_datetime(clock.time);
    Published::time(local, clock.offset_at(local))
}

/// The seconds since 1970 that `text` gives: 10 digits of seconds or 13 of
/// milliseconds, as they have had since 2001. Before 1970 they are negative
/// and may be shorter; nothing else looks like that.
fn epoch_seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = whole.strip_prefix(['-', '−']).unwrap_or(whole);
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(digits) || !is_number(fraction) || digits.starts_with('0') {
        return None;
    }
    let is_negative = digits.len() < whole.len();
    let divisor = match digits.len() {
        10 => 1,
        13 => 1000,
        7..=9 if is_negative => 1,
        11 | 12 if is_negative => 1000,
        _ => return None,
    };
    let number: i64 = digits.parse().ok()?;
    let signed = if is_negative { -number } else { number };
    Some(signed.div_euclid(divisor))
}

/// The instant so many seconds after 1970 began, if it is in a year of news.
fn published_at(seconds: i64) -> Result<Published, DateError> {
    let instant = Timestamp::from_second(seconds).map_err(|_| DateError::Impossible)?;
    let local = Offset::UTC.to_datetime(instant);
    date(i64::from(local.year()), 1, 1)?;
    Ok(Published::time(local, Some(Offset::UTC)))
}

/// Whether one more short number follows, as in `2024-04-14-16`: no offset.
fn is_number_joined(cursor: &Cursor<'_>) -> bool {
    let is_short = cursor.peek(1).is_some_and(|token| token.number(1..=3).is_some());
    is_short && !cursor.peek(2).is_some_and(|token| token.is_mark(":"))
}

/// Passes labels and weekdays, each with the marks after it.
fn skip_labels(cursor: &mut Cursor<'_>) {
    while cursor.take_word(LABELS).or_else(|| cursor.take_word(WEEKDAYS)).is_some() {
        while cursor.take_mark(":,.-|").is_some() {}
    }
}

/// Passes the word *year* after its number.
fn skip_year_word(cursor: &mut Cursor<'_>) {
    if cursor.take_word(YEAR_WORDS).is_some() {
        cursor.take_mark(".");
    }
}

/// Passes a weekday after the date: `, Sunday`, `(Sunday)`.
fn skip_weekday(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    let is_open = ahead.take_mark(",(").is_some_and(|mark| mark == "(");
    let is_weekday = ahead.take_word(WEEKDAYS).is_some();
    let is_closed = !is_open || ahead.take_mark(")").is_some();
    if is_weekday && is_closed {
        *cursor = ahead;
    }
}

/// Passes a comment in brackets, as JavaScript and Java write the full name of
/// a zone: `GMT+0200 (Central European Summer Time)`, `[Europe/Berlin]`.
fn skip_comment(cursor: &mut Cursor<'_>) {
    if cursor.take_mark("([").is_none() {
        return;
    }
    while cursor.take(|token| (!token.is_mark(")]")).then_some(())).is_some() {}
    cursor.take_mark(")]");
}
