//! Finds the days that a text speaks of.
//!
//! Whether one of them is that of publication is decided elsewhere.

use super::DateError;
use super::calendar::read_calendar;
use super::clock::read_trailing_clock;
use super::months::month_named;
use super::order::Order;
use super::parse::published;
use super::scan::{Cursor, Kind, Token, scan};
use super::words::{WEEKDAYS, YEAR_WORDS};
use crate::article::{Precision, Published};

/// A day that stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Where it starts in the folded text, in bytes.
    pub(crate) start: usize,
    /// Where it ends, with the time of day.
    pub(crate) end: usize,
    /// The day; with the time of day where that follows.
    pub(crate) published: Published,
    /// The other day that it may be, where nothing tells the order of day and
    /// month.
    pub(crate) other: Option<Published>,
}

/// The days in the folded `text` (see [`crate::text::fold`]), in order: those
/// that name their year. Numbers run together (`20240414`) are none.
pub(crate) fn mentions(text: &str, order: Order) -> Vec<Mention> {
    let tokens: Vec<Token<'_>> = scan(text).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mention = if may_start(&tokens, at) { mention_at(&tokens[at..], order) } else { None };
        at += mention.map_or(1, |(_, used)| used.max(1));
        found.extend(mention.map(|(mention, _)| mention));
    }
    found
}

/// Whether a date may start at the token `at`: a number that is not the end of
/// another one, or the name of a month with a number behind it.
fn may_start(tokens: &[Token<'_>], at: usize) -> bool {
    let token = tokens[at];
    match token.kind {
        Kind::Number => matches!(token.text.len(), 1 | 2 | 4) && !continues_number(tokens, at),
        Kind::Word => {
            let mut ahead = tokens[at + 1..].iter().take(2);
            ahead.any(|next| next.kind == Kind::Number) && month_named(token.text).is_some()
        }
        Kind::Mark => false,
    }
}

/// Whether the number `at` is glued to a mark that a number or letter ends at:
/// `10.` before `14.04.2024`, `x-` before `2024`.
fn continues_number(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| tokens[before]) else { return false };
    if !tokens[at].glued {
        return false;
    }
    match before.kind {
        Kind::Number | Kind::Word => true,
        Kind::Mark => {
            let first = at.checked_sub(2).map(|first| tokens[first]);
            before.glued
                && before.is_mark("-/.,:")
                && first.is_some_and(|first| first.kind == Kind::Number)
        }
    }
}

/// The day at the start of `tokens` and how many of them it takes.
fn mention_at(tokens: &[Token<'_>], order: Order) -> Option<(Mention, usize)> {
    let mut cursor = Cursor::new(tokens);
    let (calendar, inner_clock) = read_calendar(&mut cursor).ok()?;
    let used = tokens.len() - cursor.left();
    if has_short_year(&tokens[..used]) || runs_on(&cursor) {
        return None;
    }
    let mut clock = inner_clock;
    if clock.is_none() {
        let mut ahead = cursor;
        ahead.take_word(YEAR_WORDS);
        ahead.take_word(WEEKDAYS);
        if let Ok(Some(read)) = read_trailing_clock(&mut ahead) {
            clock = Some(read);
            cursor = ahead;
        }
    }
    let (published, other) = match published(calendar, clock) {
        Ok(day) => (day, None),
        Err(DateError::Ambiguous { first, second }) => {
            if tokens[1].is_mark(".") {
                (first, None)
            } else {
                order.choose(first, second).map_or((first, Some(second)), |day| (day, None))
            }
        }
        Err(_) => return None,
    };
    let used = tokens.len() - cursor.left();
    let last = tokens[used - 1];
    let mention =
        Mention { start: tokens[0].start, end: last.start + last.text.len(), published, other };
    (published.precision >= Precision::Day).then_some((mention, used))
}

/// Whether the year has two digits and nothing but a space before it: of `May
/// 10 20 people came` it is none.
fn has_short_year(tokens: &[Token<'_>]) -> bool {
    let [.., before, year] = tokens else { return false };
    year.text.len() == 2 && year.kind == Kind::Number && !year.glued && !before.is_mark("/.-'")
}

/// Whether the date goes on as no date does: `1.2.2024.5`, `1-2-2024x`.
fn runs_on(cursor: &Cursor<'_>) -> bool {
    let Some(next) = cursor.peek(0).filter(|next| next.glued) else { return false };
    let after = cursor.peek(1).filter(|after| after.glued);
    match next.kind {
        Kind::Number => true,
        Kind::Word => next.text.is_ascii() && next.text != "t",
        Kind::Mark => next.is_mark("-/.") && after.is_some_and(|after| after.kind == Kind::Number),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Order, mentions};
    use crate::text::fold;

    fn days(text: &str) -> Vec<String> {
        let found = mentions(&fold(text), Order::DayFirst);
        found.iter().map(|mention| mention.published.first_day().to_string()).collect()
    }

    #[test]
    fn days_are_found_among_words() {
        for (text, expected) in [
            ("Posted by Ann on 14 April 2024 in Weather", &["2024-04-14"][..]),
            ("Stand: 28.04.2020 18:00 Uhr", &["2020-04-28"]),
            ("am Dienstag 6. Mai 2014 um 23:30 und abgelegt", &["2014-05-06"]),
            ("January 19, 2020 / 12:25 PM / Updated 8 hours ago", &["2020-01-19"]),
            ("le 27 juin 2019 à 17h03", &["2019-06-27"]),
            ("来源：2020年02月19日 09:20", &["2020-02-19"]),
            ("입력 2023.11.02. 오전 9:20", &["2023-11-02"]),
            ("2023년 11월 2일", &["2023-11-02"]),
            ("( 2012-06-04 09:20:26 )", &["2012-06-04"]),
            ("27. marraskuuta 2023", &["2023-11-27"]),
            ("31.10.2023 - 14:49:39 und 1.11.23", &["2023-10-31", "2023-11-01"]),
            ("04/03/2024", &["2024-03-04"]),
            ("26/10/13, 03:48 pm", &["2013-10-26"]),
            ("12. 1. 2017", &["2017-01-12"]),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in [
            "",
            "On May 10 20 people came",
            "April 2024",
            "in 2024",
            "version 10.1.2.2024",
            "1.2.2024.5",
            "10:14.04.2024",
            "20240414",
            "tel. 030-14-04-2024",
            "14 April",
            "31.02.2024",
            "a14-04-2024",
            "14-04-2024x",
        ] {
            assert_eq!(days(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn unknown_order_leaves_both() {
        let found = mentions("on 03/04/2024", Order::Unknown);
        let day = |date: crate::article::Published| date.to_string();
        assert_eq!(day(found[0].published), "2024-04-03");
        assert_eq!(found[0].other.map(day).as_deref(), Some("2024-03-04"));
        assert_eq!((found[0].start, found[0].end), (3, 13));
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(1|14|2024|20|april|may|[-/.,: t年]|\\PC){0,40}") {
            let text = fold(&text);
            for mention in mentions(&text, Order::Unknown) {
                prop_assert!(text.get(mention.start..mention.end).is_some());
            }
        }
    }
}
