//! Reads dates and ranges of dates as typed, and says what was probably
//! meant by those that are not understood.

use jiff::civil::{Date, ISOWeekDate, Weekday};

use super::dates::{DateExpr, DatePoint};
use super::error::{QueryError, QueryErrorKind, shown};
use super::suggest::closest;
use super::tree::Comparison;
use crate::text::Span;

/// Dates that have a name.
pub(super) const NAMED: [(&str, DatePoint); 8] = [
    ("today", DatePoint::Today),
    ("yesterday", DatePoint::Yesterday),
    ("this-week", DatePoint::ThisWeek),
    ("last-week", DatePoint::LastWeek),
    ("this-month", DatePoint::ThisMonth),
    ("last-month", DatePoint::LastMonth),
    ("this-year", DatePoint::ThisYear),
    ("last-year", DatePoint::LastYear),
];

/// The dates that `text`, which stands at `span`, means after `date:`.
pub(super) fn read(text: &str, span: Span) -> Result<DateExpr, QueryError> {
    let Some((first, last)) = text.split_once("..") else {
        return Ok(DateExpr::At(point(text, span)?));
    };
    let end = |text: &str, start: usize| -> Result<Option<DatePoint>, QueryError> {
        let span = Span::new(start, start + text.len());
        if text.is_empty() { Ok(None) } else { point(text, span).map(Some) }
    };
    let last_start = span.end - last.len();
    let first_point = end(first, span.start)?;
    let last_point = end(last, last_start)?;
    if first_point.is_none() && last_point.is_none() {
        return Err(QueryError { span, kind: QueryErrorKind::EndlessRange });
    }
    if last_point.is_some_and(DatePoint::is_count) {
        let span = Span::new(last_start, span.end);
        return Err(QueryError { span, kind: QueryErrorKind::CountAtEnd { text: shown(last) } });
    }
    if let (Some(first), Some(last)) = (first_point, last_point)
        && is_reversed(first, last)
    {
        let meant = DateExpr::Range(Some(last), Some(first)).to_string();
        return Err(QueryError { span, kind: QueryErrorKind::ReversedDates { meant } });
    }
    Ok(DateExpr::Range(first_point, last_point))
}

/// The dates that `date>=2024` means.
pub(super) fn read_compared(
    comparison: Comparison,
    text: &str,
    span: Span,
) -> Result<DateExpr, QueryError> {
    let error = |kind| Err(QueryError { span, kind });
    if text.contains("..") {
        return error(QueryErrorKind::RangeCompared { text: shown(text) });
    }
    let point = point(text, span)?;
    if comparison == Comparison::Equal {
        return Ok(DateExpr::At(point));
    }
    if point.is_count() {
        return error(QueryErrorKind::CountCompared { text: shown(text) });
    }
    let (first, last) = match comparison {
        Comparison::AtLeast | Comparison::Equal => (Some(point), None),
        Comparison::AtMost => (None, Some(point)),
        Comparison::More => (point.next(), None),
        Comparison::Less => (None, point.previous()),
    };
    if first.is_none() && last.is_none() {
        return error(QueryErrorKind::NoDateBeyond { text: shown(text) });
    }
    Ok(DateExpr::Range(first, last))
}

/// Whether the range has no day, whatever today is.
fn is_reversed(first: DatePoint, last: DatePoint) -> bool {
    use DatePoint::{
        LastMonth, LastWeek, LastYear, ThisMonth, ThisWeek, ThisYear, Today, Yesterday,
    };
    match (first, last) {
        (Today, Yesterday)
        | (ThisWeek, LastWeek)
        | (ThisMonth, LastMonth)
        | (ThisYear, LastYear) => true,
        _ if first.is_relative() || last.is_relative() => false,
        // Nothing relative is left for today to decide.
        _ => DateExpr::Range(Some(first), Some(last)).resolve(Date::ZERO).is_empty(),
    }
}

fn point(text: &str, span: Span) -> Result<DatePoint, QueryError> {
    let error = |kind| Err(QueryError { span, kind });
    let lower = text.to_ascii_lowercase();
    if let Some(&(_, point)) = NAMED.iter().find(|(name, _)| *name == lower) {
        return Ok(point);
    }
    if let Some((year, unit, number)) = part_of_year(&lower) {
        let point = match unit {
            'q' => (1..=4).contains(&number).then_some(DatePoint::Quarter(year, number)),
            _ => monday(year, number).map(DatePoint::Week),
        };
        return point.map_or_else(
            || {
                error(QueryErrorKind::NoSuchPartOfYear {
                    text: shown(text),
                    parts: parts_of(year, unit),
                })
            },
            Ok,
        );
    }
    if let Some((count, unit)) = count_and_unit(&lower) {
        return match unit {
            _ if count == 0 => error(QueryErrorKind::CountOfNothing { text: shown(text) }),
            "d" => Ok(DatePoint::LastDays(count)),
            "w" => Ok(DatePoint::LastWeeks(count)),
            "m" => Ok(DatePoint::LastMonths(count)),
            "y" => Ok(DatePoint::LastYears(count)),
            _ => error(QueryErrorKind::NoDate { text: shown(text), meant: meant_by(&lower) }),
        };
    }
    let parts: Vec<&str> = text.splitn(4, '-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    match (numbers(&parts).as_deref(), lengths.as_slice()) {
        (Some(&[year]), [4]) => Ok(DatePoint::Year(year)),
        (Some(&[year, month]), [4, 2]) => match day(year, month, 1) {
            Some(first) => Ok(DatePoint::Month(year, first.month())),
            None => error(QueryErrorKind::NoSuchMonth { text: shown(text) }),
        },
        (Some(&[year, month, number]), [4, 2, 2]) => {
            match (day(year, month, number), day(year, month, 1)) {
                (Some(day), _) => Ok(DatePoint::Day(day)),
                (None, Some(first)) => {
                    let last = first.last_of_month().to_string();
                    error(QueryErrorKind::NoSuchDay { text: shown(text), last })
                }
                (None, None) => error(QueryErrorKind::NoSuchMonth { text: shown(text) }),
            }
        }
        _ => error(unknown(text, &lower)),
    }
}

/// `2024`, `w` and `15` of `2024-w15`; `q` for a quarter.
fn part_of_year(lower: &str) -> Option<(i16, char, i8)> {
    let (year, part) = lower.split_once('-')?;
    let is_number = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let unit = part.chars().next().filter(|unit| matches!(unit, 'q' | 'w'))?;
    let number = &part[1..];
    let length = if unit == 'q' { 1 } else { 2 };
    let is_known =
        year.len() == 4 && is_number(year) && number.len() == length && is_number(number);
    is_known.then(|| Some((year.parse().ok()?, unit, number.parse().ok()?))).flatten()
}

/// The Monday of a week of a year (ISO 8601), if the year has that week.
fn monday(year: i16, week: i8) -> Option<Date> {
    Some(ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date())
}

/// How many quarters or weeks a year has, in words.
fn parts_of(year: i16, unit: char) -> String {
    match (unit, monday(year, 53)) {
        ('q', _) => "four quarters".to_owned(),
        (_, Some(_)) => "53 weeks".to_owned(),
        (_, None) => "52 weeks".to_owned(),
    }
}

/// `7` and `d` of `7d`.
fn count_and_unit(text: &str) -> Option<(u32, &str)> {
    let digits = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (count, unit) = text.split_at(digits);
    let unit = unit.trim_start_matches([' ', '-']);
    let count = count.parse().ok()?;
    unit.starts_with(|letter: char| letter.is_ascii_alphabetic()).then_some((count, unit))
}

/// The numbers that the parts of a date are; none if one is no number.
fn numbers(parts: &[&str]) -> Option<Vec<i16>> {
    let is_number = |part: &&str| part.bytes().all(|digit| digit.is_ascii_digit());
    parts.iter().all(is_number).then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}

fn day(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The error for a text of no known form.
fn unknown(text: &str, lower: &str) -> QueryErrorKind {
    let parts: Vec<&str> = text.splitn(4, ['-', '/', '.', ' ']).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let written = |year, month, number| day(year, month, number).map(|day| day.to_string());
    let meant = match (numbers(&parts).as_deref(), lengths.as_slice()) {
        (Some(&[year, month, day]), [4, _, _]) => written(year, month, day),
        (Some(&[first, second, year]), [_, _, 4]) => {
            match (written(year, second, first), written(year, first, second)) {
                (Some(day_first), Some(month_first)) if day_first != month_first => {
                    let text = shown(text);
                    return QueryErrorKind::AmbiguousDate { text, day_first, month_first };
                }
                (day_first, month_first) => day_first.or(month_first),
            }
        }
        (Some(&[first, last]), [4, 4]) => Some(format!("{first:04}..{last:04}")),
        (Some(&[year, month]), [4, _]) | (Some(&[month, year]), [_, 4]) => {
            day(year, month, 1).map(|_| format!("{year:04}-{month:02}"))
        }
        _ => compact(text).or_else(|| meant_by(lower)),
    };
    QueryErrorKind::NoDate { text: shown(text), meant }
}

/// The day that eight digits mean.
fn compact(text: &str) -> Option<String> {
    let is_compact = text.len() == 8 && text.bytes().all(|digit| digit.is_ascii_digit());
    let (year, month_day) = is_compact.then(|| text.split_at(4))?;
    let (month, number) = month_day.split_at(2);
    day(year.parse().ok()?, month.parse().ok()?, number.parse().ok()?).map(|day| day.to_string())
}

/// The name of a date, or the count, that was meant by other words.
fn meant_by(lower: &str) -> Option<String> {
    if let Some((count, unit)) = count_and_unit(lower) {
        let unit = match unit {
            "day" | "days" => 'd',
            "week" | "weeks" | "wk" | "wks" => 'w',
            "month" | "months" | "mo" | "mon" => 'm',
            "year" | "years" | "yr" | "yrs" => 'y',
            _ => return None,
        };
        return Some(format!("{count}{unit}"));
    }
    let dashed = lower.replace(['_', ' '], "-");
    closest(&dashed, NAMED.iter().map(|(name, _)| *name)).map(str::to_owned)
}
