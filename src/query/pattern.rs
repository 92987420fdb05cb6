//! Wildcards and backslashes: how a word, a pattern and a quotation are
//! written, and read back.

/// A word with wildcards, as typed: `*` any run of characters, `?` any one;
/// `\*`, `\?` and `\\` are those marks themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub String);

/// A piece of a [`Pattern`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternPiece<'a> {
    /// These letters.
    Letters(&'a str),
    /// `?`: any one character.
    AnyOne,
    /// `*`: any characters, or none.
    AnyRun,
}

impl Pattern {
    /// Its pieces in order. Letters may come in several pieces side by side;
    /// a run of `*` is one piece.
    pub fn pieces(&self) -> impl Iterator<Item = PatternPiece<'_>> {
        pieces(&self.0)
    }
}

/// Marks that a backslash makes plain in a word.
pub(super) const WORD_MARKS: &str = r"*?\";
/// Marks that a backslash makes plain between quotes.
pub(super) const QUOTED_MARKS: &str = r#"*?\""#;
/// Marks that a backslash makes plain between quotes in a path or address,
/// whose wildcards stay wildcards.
pub(super) const QUOTED_LITERAL_MARKS: &str = r#"\""#;

/// The pieces of a word as typed.
pub(super) fn pieces(word: &str) -> Pieces<'_> {
    Pieces { rest: word }
}

/// Iterator over the pieces of a word.
pub(super) struct Pieces<'a> {
    rest: &'a str,
}

impl<'a> Pieces<'a> {
    fn letters(&mut self, start: usize, end: usize) -> PatternPiece<'a> {
        let letters = &self.rest[start..end];
        self.rest = &self.rest[end..];
        PatternPiece::Letters(letters)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = PatternPiece<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let mark = self.rest.chars().next()?;
        if mark == '*' {
            self.rest = self.rest.trim_start_matches('*');
            return Some(PatternPiece::AnyRun);
        }
        if mark == '?' {
            self.rest = &self.rest[1..];
            return Some(PatternPiece::AnyOne);
        }
        if escapes(self.rest, WORD_MARKS) {
            return Some(self.letters(1, 2));
        }
        // At least the first character: it is no mark.
        let first = mark.len_utf8();
        let end =
            self.rest[first..].find(['*', '?', '\\']).map_or(self.rest.len(), |at| first + at);
        Some(self.letters(0, end))
    }
}

/// Whether `text` starts with a backslash and one of `marks`.
fn escapes(text: &str, marks: &str) -> bool {
    text.strip_prefix('\\').is_some_and(|rest| rest.starts_with(|mark| marks.contains(mark)))
}

/// `text` without the backslashes before `marks`; others stay.
pub(super) fn unescape(text: &str, marks: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        // Either the mark behind the backslash (one byte), or the backslash.
        let kept = at + usize::from(escapes(&rest[at..], marks));
        plain.push_str(&rest[kept..=kept]);
        rest = &rest[kept + 1..];
    }
    plain.push_str(rest);
    plain
}

/// `text` with a backslash before each of `marks`: what [`unescape`] undoes.
pub(super) fn escape(text: &str, marks: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if marks.contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::PatternPiece::{AnyOne, AnyRun, Letters};
    use super::{Pattern, QUOTED_LITERAL_MARKS, QUOTED_MARKS, WORD_MARKS, escape, unescape};
    use proptest::prelude::*;

    #[test]
    fn pieces_of_patterns() {
        for (pattern, expected) in [
            ("govern*", vec![Letters("govern"), AnyRun]),
            ("wom?n", vec![Letters("wom"), AnyOne, Letters("n")]),
            ("***a??", vec![AnyRun, Letters("a"), AnyOne, AnyOne]),
            (r"a\*b*", vec![Letters("a"), Letters("*"), Letters("b"), AnyRun]),
            (r"\\?\?", vec![Letters(r"\"), AnyOne, Letters("?")]),
            (r"a\bé*", vec![Letters("a"), Letters(r"\bé"), AnyRun]),
            ("", vec![]),
        ] {
            let pattern = Pattern(pattern.to_owned());
            let found: Vec<_> = pattern.pieces().collect();
            assert_eq!(found, expected, "{pattern:?}");
        }
    }

    #[test]
    fn only_backslashes_before_marks_go() {
        assert_eq!(unescape(r#"a\*b\"c\\d\e\"#, WORD_MARKS), r#"a*b\"c\d\e\"#);
        assert_eq!(unescape(r#"a\*b\"c\\d\é\"#, QUOTED_MARKS), r#"a*b"c\d\é\"#);
        assert_eq!(unescape(r#"a\*b\"c\\d"#, QUOTED_LITERAL_MARKS), r#"a\*b"c\d"#);
    }

    proptest! {
        #[test]
        fn escaping_is_undone(text in r#"[a*?\\"é]{0,12}"#) {
            for marks in [WORD_MARKS, QUOTED_MARKS, QUOTED_LITERAL_MARKS] {
                prop_assert_eq!(unescape(&escape(&text, marks), marks), text.as_str());
            }
        }
    }
}
