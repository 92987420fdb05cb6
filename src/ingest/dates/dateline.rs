//! Dates at the start of plain texts: in the dateline, or on a line of their
//! own below the title.

use super::mention::{Mention, mentions};
use super::order::Order;
use crate::article::{Precision, Published};
use crate::text::fold;

/// So many lines that are not empty may stand before the text: title, byline,
/// date.
const HEAD_LINES: usize = 4;

/// A dateline ends after so many bytes at most: a long place, the full date, two
/// agencies.
const DATELINE_BYTES: usize = 120;

/// A line that is only a date has so many bytes at most, with label and time.
const DATE_LINE_BYTES: usize = 80;

/// A place has so many words at most: *PORT OF SPAIN, Trinidad and Tobago*.
const PLACE_WORDS: usize = 6;

/// What ends a dateline.
const ENDS: [&str; 5] = ["—", " – ", " -- ", " - ", "/ --"];

/// The day in the dateline at the start of `body`, in the language tagged
/// `lang`: `PORTO, April 14, 2024 (Reuters) — `. One without a year gives none.
pub(crate) fn date_in_dateline(body: &str, lang: &str) -> Option<Published> {
    let order = Order::of(lang, "");
    head_lines(body).find_map(|line| {
        let start = &line[..line.floor_char_boundary(DATELINE_BYTES)];
        let end = ENDS.iter().filter_map(|end| start.find(end)).min()?;
        let dateline = &start[..end];
        let folded = fold(dateline);
        let &[mention] = mentions(&folded, order).as_slice() else { return None };
        is_dateline(dateline, &folded, &mention).then_some(mention.published)
    })
}

/// The day on a line of its own at the start of `body`: `14 April 2024`,
/// `Published: 2024-04-14 17:03`.
pub(crate) fn date_on_own_line(body: &str, lang: &str) -> Option<Published> {
    let order = Order::of(lang, "");
    let lines = head_lines(body).filter(|line| line.len() <= DATE_LINE_BYTES);
    // Digits alone are numbers of articles more often.
    let mut dates = lines.filter(|line| line.bytes().any(|byte| !byte.is_ascii_digit()));
    dates.find_map(|line| {
        order.parse(line).ok().filter(|published| published.precision >= Precision::Day)
    })
}

fn head_lines(body: &str) -> impl Iterator<Item = &str> {
    body.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD_LINES)
}

/// Whether nothing but a place stands before the date, and nothing but the
/// names of agencies, in brackets or between strokes, behind it.
fn is_dateline(dateline: &str, folded: &str, mention: &Mention) -> bool {
    if mention.other.is_some() {
        return false;
    }
    let count = folded[..mention.start].split_whitespace().count();
    let place: Vec<&str> = dateline.split_whitespace().take(count).collect();
    let is_name =
        |word: &&str| word.starts_with(|letter: char| !letter.is_lowercase()) || word.len() <= 3;
    let ends_place =
        |word: &&str| word.ends_with([',', '(', ':', '.']) || !word.chars().any(char::is_lowercase);
    let behind = folded[mention.end..].trim().trim_start_matches([',', '.', ')']).trim_start();
    place.len() <= PLACE_WORDS
        && place.iter().all(is_name)
        && place.last().is_none_or(ends_place)
        && (behind.is_empty() || behind.starts_with(['(', '/', '|']))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{date_in_dateline, date_on_own_line};

    #[test]
    fn datelines_give_days() {
        for (body, expected) in [
            ("PORTO, April 14, 2024 (Reuters) — The harbour closed.", "2024-04-14"),
            ("Storm closes harbour\n\nPORTO, Portugal, 14 Apr. 2024 - It did.", "2024-04-14"),
            ("PORT OF SPAIN, April 14, 2024 /GullWire/ -- It did.", "2024-04-14"),
            ("RIO DE JANEIRO (14/04/2024) – Chuva.", "2024-04-14"),
            ("April 14, 2024 — The harbour closed.", "2024-04-14"),
            ("PORTO 14 de abril de 2024 — Chuva.", "2024-04-14"),
        ] {
            let found = date_in_dateline(body, "").map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn other_beginnings_give_none() {
        for body in [
            "",
            "—",
            "LONDON, 3 Sept — It rained.",
            "Since April 14, 2024 - the day of the storm - it rained.",
            "The storm of April 14, 2024 — the worst of all — was over.",
            "The harbour, closed on April 14, 2024 — or later.",
            "PORTO, April 14, 2024, brought rain — and wind.",
            "PORTO, 03/04/2024 — Rain.",
            "a\nb\nc\nd\nPORTO, April 14, 2024 — Rain.",
        ] {
            assert_eq!(date_in_dateline(body, ""), None, "{body}");
        }
    }

    #[test]
    fn lines_that_are_dates_count() {
        for (body, expected) in [
            ("14 April 2024\n\nRain.", Some("2024-04-14")),
            ("By Ann Lee\nPublished: 2024-04-14 17:03\nRain.", Some("2024-04-14T17:03:00")),
            ("20240414\nRain.", None),
            ("April 2024\nRain.", None),
            ("Rain on 14 April 2024\n", None),
            ("Rain.\nWind.\nSun.\nSnow.\n14 April 2024", None),
        ] {
            let found = date_on_own_line(body, "").map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(body in "(PORTO|, |14|April|2024| — |\\n|\\PC){0,30}") {
            let _ = (date_in_dateline(&body, ""), date_on_own_line(&body, "en"));
        }
    }
}
