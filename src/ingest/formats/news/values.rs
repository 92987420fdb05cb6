//! Dates, states and lists as the XML of news agencies writes them.

use std::borrow::Cow;

use crate::article::{Article, DateFrom, Published, Status};
use crate::ingest::dates::{DateError, best_date, parse_date};

/// A date in the notation of ISO 8601, extended or basic. Midnight to the second without
/// a zone is a day: agencies and archives fill it in.
pub(super) fn date(text: &str) -> Result<Published, DateError> {
    let text = text.trim();
    let day = text.strip_suffix("T000000").or_else(|| text.strip_suffix("T00:00:00"));
    parse_date(&extended(day.unwrap_or(text)))
}

/// `20130516T040100+0000` as `2013-05-16T04:01:00+0000`.
fn extended(text: &str) -> Cow<'_, str> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range.clone()).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    match (digits(0..4), digits(4..6), digits(6..8), text.get(8..9), digits(9..11), digits(11..13))
    {
        (Some(year), Some(month), Some(day), Some("T"), Some(hour), Some(minute)) => {
            let second = digits(13..15);
            let rest = &text[if second.is_some() { 15 } else { 13 }..];
            let second = second.unwrap_or("00");
            Cow::Owned(format!("{year}-{month}-{day}T{hour}:{minute}:{second}{rest}"))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Dates `article` by the first of `texts` that can be read, the most telling first.
pub(super) fn set_date(article: &mut Article, texts: impl IntoIterator<Item = String>) {
    let texts = texts.into_iter().filter(|text| !text.trim().is_empty());
    let (published, text) = best_date(texts.map(|text| {
        let read = date(&text);
        (text, read)
    }));
    article.published = published.map(|published| (published, DateFrom::Metadata));
    article.date_text = text;
}

/// The state that a word for it means, whatever scheme is before it: `stat:canceled`.
pub(in crate::ingest::formats) fn status(text: &str) -> Status {
    let word = text.rsplit([':', '/', '#']).next().unwrap_or(text).trim().to_ascii_lowercase();
    match word.as_str() {
        "canceled" | "cancelled" | "killed" => Status::Canceled,
        "withheld" => Status::Withheld,
        "embargoed" => Status::Embargoed,
        _ => Status::Usable,
    }
}

/// Members of a list that are taken: the richest items of agencies have some hundred. It
/// keeps lists that never end from costing quadratic time.
const MOST_MEMBERS: usize = 1000;

/// Bytes of the longest member of a list: no name or topic is as long.
const LONGEST_MEMBER: usize = 1000;

/// Adds `text` to `list`, once.
pub(super) fn add(list: &mut Vec<String>, text: String) {
    if !text.is_empty()
        && text.len() <= LONGEST_MEMBER
        && list.len() < MOST_MEMBERS
        && !list.contains(&text)
    {
        list.push(text);
    }
}

/// The first of `texts` that says something.
pub(super) fn first(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{date, status};
    use crate::article::Status;

    #[test]
    fn dates_of_agencies_are_read() {
        for (text, expected) in [
            ("20130516T040100+0000", "2013-05-16T04:01:00Z"),
            ("20130516T0401Z", "2013-05-16T04:01:00Z"),
            ("20070201T000000", "2007-02-01"),
            ("2007-02-01T00:00:00", "2007-02-01"),
            ("20070201", "2007-02-01"),
            (" 2018-11-21T16:25:32-05:00 ", "2018-11-21T16:25:32-05:00"),
        ] {
            assert_eq!(date(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn states_are_told() {
        for (text, expected) in [
            ("stat:canceled", Status::Canceled),
            ("Withheld", Status::Withheld),
            ("http://cv.iptc.org/newscodes/pubstatusg2/usable", Status::Usable),
            ("Embargoed", Status::Embargoed),
            ("", Status::Usable),
        ] {
            assert_eq!(status(text), expected, "{text}");
        }
    }
}
