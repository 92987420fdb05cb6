//! Reads the time of day, with its zone.

use jiff::civil::{DateTime, Time};
use jiff::tz::Offset;

use super::DateError;
use super::scan::{Cursor, Kind};
use super::words::{HOUR_WORDS, TIME_WORDS};
use super::zones::{Zone, zone_named};

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) time: Time,
    zone: Option<Zone>,
}

impl Clock {
    /// Its offset from UTC on the day of `local`, where it is known.
    pub(super) fn offset_at(&self, local: DateTime) -> Option<Offset> {
        self.zone?.offset_at(local)
    }
}

/// Half of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// The largest offset from UTC in hours: 14 on the Line Islands, 15 was in use
/// in Alaska and the Philippines until the nineteenth century.
const OFFSET_HOURS: i64 = 15;

/// Whether a time of day stands here, so plainly that it is not taken for the
/// numbers of a date.
pub(super) fn is_clock_ahead(cursor: &Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    ahead.take_number(1..=2).is_some()
        && (ahead.take_mark(":").is_some() || take_half(&mut ahead).is_some())
}

/// Reads the time of day after a date, where there is one: `, 17:03`,
/// `T17:03:00Z`, `at 5 p.m.`, `um 17.03 Uhr`.
pub(super) fn read_trailing_clock(cursor: &mut Cursor<'_>) -> Result<Option<Clock>, DateError> {
    let mut ahead = *cursor;
    let is_iso = ahead.take(|token| (token.glued && token.text == "t").then_some(())).is_some();
    if is_iso {
        let digits = ahead.take(|token| (token.kind == Kind::Number).then_some(token.text));
        if let Some(digits) = digits.filter(|digits| matches!(digits.len(), 4 | 6)) {
            let clock = read_digits(digits, &mut ahead)?;
            *cursor = ahead;
            return Ok(Some(clock));
        }
        ahead = *cursor;
        ahead.take_word(&["t"]);
    }
    while take_time_word(&mut ahead) {}
    if ahead.peek(0).and_then(|token| token.number(1..=2)).is_none() {
        return Ok(None);
    }
    let clock = read_time(&mut ahead)?;
    *cursor = ahead;
    Ok(Some(clock))
}

/// Takes what joins a time of day to its date. A dash counts only between
/// spaces: `2024-04-14-05:00` has an offset.
fn take_time_word(cursor: &mut Cursor<'_>) -> bool {
    let mut ahead = *cursor;
    let is_dash = ahead.take(|t| (!t.glued && t.is_mark("-–—")).then_some(())).is_some();
    if is_dash && ahead.peek(0).is_some_and(|token| !token.glued) {
        *cursor = ahead;
        return true;
    }
    if cursor.take_mark(",|·•").is_some() {
        return true;
    }
    let is_word = cursor.take_word(TIME_WORDS).is_some();
    if is_word {
        cursor.take_mark(".");
    }
    is_word
}

/// Reads `17:03`, `17.03:05`, `17h03`, `5 p.m.`, `17 Uhr`, then the zone.
pub(super) fn read_time(cursor: &mut Cursor<'_>) -> Result<Clock, DateError> {
    let hour = cursor.take_number(1..=2).ok_or(DateError::NotADate)?;
    let minute = take_sixtieth(cursor, ":.hu");
    let second = minute.and_then(|_| take_sixtieth(cursor, ":."));
    if second.is_some() {
        skip_fraction(cursor);
    }
    let half = take_half(cursor);
    let is_hour = cursor.take_word(HOUR_WORDS).is_some();
    if minute.is_none() && half.is_none() && !is_hour {
        return Err(DateError::NotADate);
    }
    finish(hour, minute.unwrap_or(0), second.unwrap_or(0), half, cursor)
}

/// Reads the digits `1703` or `170300`, then a fraction and the zone at
/// `cursor`.
pub(super) fn read_digits(digits: &str, cursor: &mut Cursor<'_>) -> Result<Clock, DateError> {
    let part = |range| digits.get(range).and_then(|part: &str| part.parse().ok()).unwrap_or(0);
    skip_fraction(cursor);
    finish(part(0..2), part(2..4), part(4..6), None, cursor)
}

/// The time with these numbers, and the zone at `cursor`.
fn finish(
    hour: i64,
    minute: i64,
    second: i64,
    half: Option<Half>,
    cursor: &mut Cursor<'_>,
) -> Result<Clock, DateError> {
    let hour = match half {
        Some(Half::Morning) if hour > 12 => return Err(DateError::Impossible),
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    // A leap second counts as the second before it.
    let second = if second == 60 { 59 } else { second };
    let part = |number| i8::try_from(number).map_err(|_| DateError::Impossible);
    let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0)
        .map_err(|_| DateError::Impossible)?;
    Ok(Clock { time, zone: take_zone(cursor)? })
}

/// Takes one of `marks` (or of the letters in it, as a word) and the two
/// digits glued to it.
fn take_sixtieth(cursor: &mut Cursor<'_>, marks: &str) -> Option<i64> {
    let mut ahead = *cursor;
    ahead.take(|token| (token.glued && marks.contains(token.text)).then_some(()))?;
    let number = ahead.take(|token| token.number(2..=2).filter(|_| token.glued))?;
    *cursor = ahead;
    Some(number)
}

/// Passes a decimal fraction: news is not dated by fractions of a second.
fn skip_fraction(cursor: &mut Cursor<'_>) {
    let mut ahead = *cursor;
    let is_fraction = ahead.take(|t| (t.glued && t.is_mark(".,")).then_some(())).is_some()
        && ahead.take(|t| (t.glued && t.kind == Kind::Number).then_some(())).is_some();
    if is_fraction {
        *cursor = ahead;
    }
}

/// Takes `am`, `p.m.` and the like.
fn take_half(cursor: &mut Cursor<'_>) -> Option<Half> {
    let mut ahead = *cursor;
    let word = ahead.take_word(&["am", "pm", "a", "p"])?;
    if word.len() == 1 {
        ahead.take_mark(".")?;
        ahead.take_word(&["m"])?;
    }
    ahead.take_mark(".");
    *cursor = ahead;
    Some(if word.starts_with('a') { Half::Morning } else { Half::Afternoon })
}

/// Takes a time zone: `Z`, `EDT`, `(CEST)`, `Eastern Time`, `+02:00`, `-0400`,
/// `GMT+2`, `+0000 UTC`.
pub(super) fn take_zone(cursor: &mut Cursor<'_>) -> Result<Option<Zone>, DateError> {
    let mut ahead = *cursor;
    let is_open = ahead.take_mark("(").is_some();
    let named = ahead.take(|token| zone_named(token.text));
    let is_utc = named == Some(Zone::Fixed(Offset::UTC));
    let zone = match named {
        Some(zone) if !is_utc => {
            ahead.take_word(&["time"]);
            Some(zone)
        }
        Some(utc) => Some(take_offset(&mut ahead)?.map_or(utc, Zone::Fixed)),
        None => {
            let offset = take_offset(&mut ahead)?;
            // Where the offset has a name too, the offset counts.
            offset.and_then(|_| ahead.take(|token| zone_named(token.text)));
            offset.map(Zone::Fixed)
        }
    };
    let is_closed = !is_open || ahead.take_mark(")").is_some();
    let zone = zone.filter(|_| is_closed);
    if zone.is_some() {
        *cursor = ahead;
    }
    Ok(zone)
}

/// Takes a numeric offset from UTC.
fn take_offset(cursor: &mut Cursor<'_>) -> Result<Option<Offset>, DateError> {
    let mut ahead = *cursor;
    let Some(sign) = ahead.take_mark("+-−") else { return Ok(None) };
    let number = ahead.take(|token| token.number(1..=4).filter(|_| token.glued));
    let digits = cursor.peek(1).map_or(0, |token| token.text.len());
    let (hours, minutes) = match (number, digits) {
        (Some(number), 4) => (number / 100, number % 100),
        (Some(number), 1 | 2) => (number, take_sixtieth(&mut ahead, ":").unwrap_or(0)),
        _ => return Ok(None),
    };
    if hours > OFFSET_HOURS || minutes > 59 {
        return Err(DateError::Impossible);
    }
    let seconds = hours * 3600 + minutes * 60;
    let seconds = if sign == "+" { seconds } else { -seconds };
    *cursor = ahead;
    let seconds = i32::try_from(seconds).map_err(|_| DateError::Impossible)?;
    Offset::from_seconds(seconds).map(Some).map_err(|_| DateError::Impossible)
}
