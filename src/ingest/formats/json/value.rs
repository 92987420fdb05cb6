//! What the values of JSON mean as text, names and dates, in the forms that
//! collections of news use.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Map, Value};

use crate::article::Published;
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::{DateError, parse_date};

/// Where an object keeps its text or name, most telling first: news APIs
/// (`name`, `title`), WordPress (`rendered`), the New York Times (`main`,
/// `original`), XML turned into JSON (`#text`, `$`, `_`).
const TEXT_KEYS: [&str; 16] = [
    "name",
    "rendered",
    "main",
    "original",
    "text",
    "value",
    "content",
    "body",
    "title",
    "label",
    "term",
    "displayName",
    "#text",
    "$",
    "_",
    "@value",
];

/// Where an object keeps the parts of a person's name.
const NAME_PARTS: [[&str; 2]; 4] = [
    ["firstname", "lastname"],
    ["first_name", "last_name"],
    ["first", "last"],
    ["given", "family"],
];

/// Where an object keeps a date: MongoDB's extended JSON, and plain forms.
const DATE_KEYS: [&str; 5] = ["$date", "$numberLong", "iso", "date", "value"];

/// Whether the value says nothing.
pub(in crate::ingest::formats) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_empty),
        Value::Object(object) => object.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The text of a value; that of an array in paragraphs.
pub(in crate::ingest::formats) fn text(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(_) => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(values) => {
            let texts = values.iter().map(text).filter(|text| !text.trim().is_empty());
            texts.collect::<Vec<_>>().join("\n\n")
        }
        Value::Object(object) => text_of_object(object),
    }
}

fn text_of_object(object: &Map<String, Value>) -> String {
    let part = |key| object.get(key).and_then(Value::as_str);
    for [first, last] in NAME_PARTS {
        if let Some(last) = part(last) {
            return format!("{} {last}", part(first).unwrap_or_default());
        }
    }
    let mut texts = TEXT_KEYS.iter().filter_map(|key| object.get(*key));
    texts.find(|value| !is_empty(value)).map(text).unwrap_or_default()
}

/// The first text of a value: the only one, or the first of an array.
pub(in crate::ingest::formats) fn first_text(value: &Value) -> String {
    match value {
        Value::Array(values) => {
            values.iter().map(text).find(|text| !text.is_empty()).unwrap_or_default()
        }
        other => text(other),
    }
}

/// What a comma does in a list that is written as a text without `;` or `|`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest::formats) enum Comma {
    /// It separates the members.
    Separates,
    /// It is part of a member: *Paris, France*.
    Belongs,
}

/// The members of a list: an array, or a text with separators in it.
pub(in crate::ingest::formats) fn list(value: &Value, comma: Comma) -> Vec<String> {
    let texts: Vec<String> = match value {
        Value::Array(values) => values.iter().map(text).collect(),
        Value::String(text) => {
            let marks: &[char] = match comma {
                Comma::Separates if !text.contains([';', '|']) => &[','],
                _ => &[';', '|'],
            };
            text.split(marks).map(str::to_owned).collect()
        }
        other => vec![text(other)],
    };
    texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The names of authors: bylines, or objects with names.
pub(in crate::ingest::formats) fn authors(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().flat_map(authors).collect(),
        Value::String(byline) => names_in_byline(byline),
        other => names_in_byline(&text(other)),
    }
}

/// A date: a text in one of the forms that news uses, or a number of seconds,
/// milliseconds, microseconds or nanoseconds since 1970.
///
/// # Errors
///
/// Those of [`parse_date`]; of several, the gravest: one that names a day.
pub(in crate::ingest::formats) fn date(value: &Value) -> Result<Published, DateError> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            parse_date(text).or_else(|error| text.parse().ok().and_then(instant).ok_or(error))
        }
        Value::Number(number) => {
            number.as_f64().and_then(instant).map_or_else(|| parse_date(&number.to_string()), Ok)
        }
        Value::Object(object) => first_date(DATE_KEYS.iter().filter_map(|key| object.get(*key))),
        Value::Array(values) => first_date(values),
        Value::Null | Value::Bool(_) => Err(DateError::NotADate),
    }
}

fn first_date<'v>(values: impl IntoIterator<Item = &'v Value>) -> Result<Published, DateError> {
    let mut worst = DateError::NotADate;
    for value in values {
        match date(value) {
            Ok(published) => return Ok(published),
            Err(error) if worst == DateError::NotADate => worst = error,
            Err(_) => {}
        }
    }
    Err(worst)
}

/// The text of a date that could not be read.
pub(in crate::ingest::formats) fn date_text(value: &Value) -> String {
    match value {
        Value::Object(object) => object.values().map(text).collect::<Vec<_>>().join(" "),
        other => text(other),
    }
}

/// Seconds since 1970 below this are taken for something else, such as the
/// digits of a day (20240414): 1973-03-03, before there was news in JSON.
const FIRST_SECOND: f64 = 1e8;

/// An instant since 1970 whose unit its size tells: seconds stay below 1e11
/// until the year 5138, milliseconds are above it from 1973 on, and so forth.
fn instant(number: f64) -> Option<Published> {
    let seconds = match number {
        FIRST_SECOND..1e11 => number,
        1e11..1e14 => number / 1e3,
        1e14..1e17 => number / 1e6,
        1e17..1e20 => number / 1e9,
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "it is below 1e11")]
    let instant = Timestamp::from_second(seconds as i64).ok()?;
    Some(Published::time(Offset::UTC.to_datetime(instant), Some(Offset::UTC)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Comma, authors, date, first_text, list, text};

    #[test]
    fn texts_of_all_shapes() {
        let cases = [
            (json!("Rain"), "Rain"),
            (json!(["Rain.", "", {"type": "p", "text": "Wind."}, null]), "Rain.\n\nWind."),
            (json!({"rendered": "Rain"}), "Rain"),
            (json!({"id": null, "name": "The Gull"}), "The Gull"),
            (json!({"name": " ", "title": "The Gull"}), "The Gull"),
            (json!({"firstname": "Ann", "lastname": "Lee"}), "Ann Lee"),
            (json!(12), "12"),
            (json!({"x": "y"}), ""),
        ];
        for (value, expected) in cases {
            assert_eq!(text(&value), expected, "{value}");
        }
        assert_eq!(first_text(&json!(["", "a", "b"])), "a");
    }

    #[test]
    fn lists_of_all_shapes() {
        let cases = [
            (json!("a; b;;c"), vec!["a", "b", "c"]),
            (json!("a, b; c"), vec!["a, b", "c"]),
            (json!("a, b"), vec!["a", "b"]),
            (json!(["a; b", {"name": "c"}]), vec!["a; b", "c"]),
            (json!({"name": "c"}), vec!["c"]),
            (json!(null), vec![]),
        ];
        for (value, expected) in cases {
            assert_eq!(list(&value, Comma::Separates), expected, "{value}");
        }
        assert_eq!(list(&json!("Paris, France"), Comma::Belongs), ["Paris, France"]);
    }

    #[test]
    fn authors_of_all_shapes() {
        let two = ["Ann Lee", "Bob Roy"];
        for value in [
            json!("By Ann Lee and Bob Roy"),
            json!(["Ann Lee", "Bob Roy"]),
            json!([{"name": "Ann Lee"}, {"given": "Bob", "family": "Roy"}]),
            json!({"name": "Ann Lee, Bob Roy"}),
        ] {
            assert_eq!(authors(&value), two, "{value}");
        }
    }

    #[test]
    fn numbers_are_instants() {
        let noon = "2014-04-01T12:00:00Z";
        for value in [
            json!(1_396_353_600),
            json!(1_396_353_600.5),
            json!(1_396_353_600_000_i64),
            json!(1_396_353_600_000_000_i64),
            json!("1396353600"),
            json!({"$date": 1_396_353_600_000_i64}),
            json!({"$date": {"$numberLong": "1396353600000"}}),
        ] {
            assert_eq!(date(&value).unwrap().to_string(), noon, "{value}");
        }
        for value in [json!(-5), json!(0), json!(1e30), json!(true), json!({}), json!("soon")] {
            assert!(date(&value).is_err(), "{value}");
        }
    }
}
