//! Bylines and credits: who wrote an article is not whom it is about.
//!
//! A byline is a line of at most 12 words among the first or last three of the
//! text. A person named there is the author if the line begins with *By*, or if the
//! metadata name that author. An agency in brackets in a dateline (*LONDON
//! (Reuters) -*) is a credit.

use super::known::Known;
use crate::annotate::{Mention, TextPart, TokenisedText};
use crate::text::{Span, person_key};

/// Lines at either end of a text that may be bylines: above the text stand
/// byline, office and place at most.
const BYLINE_LINES: usize = 3;

/// Words of the longest byline: two names with offices.
const BYLINE_WORDS: usize = 12;

/// Bytes on either side of a name that a byline may have; bounds the look around.
const BYLINE_BYTES: usize = 160;

/// Bytes in which a dateline ends; the longest name two places and a date.
const DATELINE_BYTES: usize = 80;

/// Agencies and broadcasters that put their name into datelines, as shown.
const AGENCIES: [&str; 8] = [
    "Associated Press",
    "Reuters",
    "Agence France-Presse",
    "United Press International",
    "Bloomberg",
    "Xinhua",
    "CNN",
    "BBC",
];

/// Where the bylines of an article may stand, and who its authors are.
#[derive(Debug)]
pub(super) struct Bylines<'a> {
    body: &'a str,
    /// Before this byte are the first lines.
    head_end: usize,
    /// From this byte on are the last.
    tail_start: usize,
    /// Keys of the authors.
    authors: Vec<String>,
}

impl<'a> Bylines<'a> {
    /// The bylines of a text by these authors.
    pub(super) fn new(body: &'a TokenisedText<'_>, authors: &[String]) -> Self {
        let text = body.text;
        Self {
            body: text,
            head_end: lines_end(text),
            tail_start: lines_start(text),
            authors: authors.iter().map(|author| person_key(author)).collect(),
        }
    }

    /// Whether the mention of a person is that of an author.
    pub(super) fn names_author(&self, mention: Mention) -> bool {
        let Span { start, end } = mention.span;
        if mention.part != TextPart::Body || (start >= self.head_end && start < self.tail_start) {
            return false;
        }
        let near = self.near(mention.span);
        let before = near.start + self.body[near.start..start].rfind('\n').map_or(0, |at| at + 1);
        let behind = self.body[end..near.end].find('\n').map_or(near.end, |at| end + at);
        let line = self.body[before..behind].trim();
        let says_by = line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
        if !says_by && self.authors.is_empty() {
            return false;
        }
        let is_short = line.split_whitespace().nth(BYLINE_WORDS).is_none();
        let opens_line = says_by && start - before <= "By ".len();
        let is_author = || self.authors.contains(&person_key(mention.span.of(self.body)));
        is_short && says_by || (is_short || opens_line) && is_author()
    }

    /// The text around `span` in which a byline fits.
    fn near(&self, span: Span) -> Span {
        let start = self.body.floor_char_boundary(span.start.saturating_sub(BYLINE_BYTES));
        let end = self.body.ceil_char_boundary((span.end + BYLINE_BYTES).min(self.body.len()));
        Span::new(start, end)
    }

    /// Whether the mention of a known organization is the credit in a dateline.
    pub(super) fn is_credit(&self, mention: Mention, known: Option<Known>) -> bool {
        let Span { start, end } = mention.span;
        mention.part == TextPart::Body
            && end <= DATELINE_BYTES
            && known.is_some_and(|known| AGENCIES.contains(&known.shown))
            && self.body[..start].ends_with('(')
            && self.body[end..].starts_with(')')
    }
}

/// Where the first lines of `text` that are not empty end.
fn lines_end(text: &str) -> usize {
    let ends = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]);
    let mut start = 0;
    let filled = ends.filter(|&end| {
        let is_filled = !text[start..end].trim().is_empty();
        start = end;
        is_filled
    });
    filled.take(BYLINE_LINES).last().unwrap_or(0)
}

/// Where the last lines of `text` that are not empty start.
fn lines_start(text: &str) -> usize {
    let starts = text.rmatch_indices('\n').map(|(at, _)| at + 1).chain([0]);
    let mut end = text.len();
    let filled = starts.filter(|&start| {
        let is_filled = !text[start..end].trim().is_empty();
        end = start;
        is_filled
    });
    filled.take(BYLINE_LINES).last().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::Bylines;
    use crate::annotate::entities::known;
    use crate::annotate::{EntityKind, Mention, TextPart, TokenisedText};
    use crate::text::Span;

    fn mention(text: &str, name: &str) -> Mention {
        let start = text.find(name).unwrap();
        Mention { part: TextPart::Body, span: Span::new(start, start + name.len()) }
    }

    #[test]
    fn authors_in_bylines_are_told() {
        let long = "Ann Lee told the council that the harbour would stay closed all week long.";
        for (body, name, by_author) in [
            ("By Ann Lee\nThe port is shut.\n", "Ann Lee", true),
            ("ANN LEE\nThe port is shut.\n", "ANN LEE", true),
            ("Bob Roy\nThe port is shut.\n", "Bob Roy", false),
            ("By Bob Roy in Tolland\nThe port is shut.\n", "Bob Roy", true),
            (long, "Ann Lee", false),
            (
                "By Ann Lee The port is shut, said the council, which met all day long on Friday.",
                "Ann Lee",
                true,
            ),
            ("One.\n\nTwo.\n\nThree.\n\nAnn Lee\n\nFour.\nFive.\nSix.", "Ann Lee", false),
            ("One.\nTwo.\nThree.\nFour.\nReporting by Ann Lee in Tolland", "Ann Lee", true),
        ] {
            let text = TokenisedText::new(TextPart::Body, body);
            let bylines = Bylines::new(&text, &["Ann Lee".to_owned()]);
            assert_eq!(bylines.names_author(mention(body, name)), by_author, "{body}");
        }
    }

    #[test]
    fn agencies_in_datelines_are_credits() {
        for (body, name, credit) in [
            ("TOLLAND (Reuters) - The port is shut.", "Reuters", true),
            ("TOLLAND (Acme) - The port is shut.", "Acme", false),
            ("The port told Reuters that it is shut.", "Reuters", false),
        ] {
            let text = TokenisedText::new(TextPart::Body, body);
            let bylines = Bylines::new(&text, &[]);
            let known = known::find_text(EntityKind::Organization, name);
            assert_eq!(bylines.is_credit(mention(body, name), known), credit, "{body}");
        }
    }
}
