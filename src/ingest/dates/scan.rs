//! Splits a folded text into numbers, words and marks.
//!
//! Knows nothing of dates.

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// ASCII digits.
    Number,
    /// Letters.
    Word,
    /// One character that is neither, nor white space.
    Mark,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub(super) kind: Kind,
    pub(super) text: &'t str,
    /// Whether it follows the token before it without white space.
    pub(super) glued: bool,
    /// Where it starts in the text, in bytes.
    pub(super) start: usize,
}

impl Token<'_> {
    /// Its value, if it is a number of `digits` digits, at most 18.
    pub(super) fn number(&self, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
        let fits = self.kind == Kind::Number && digits.contains(&self.text.len());
        self.text.parse().ok().filter(|_| fits)
    }

    /// Whether it is one of the marks in `marks`.
    pub(super) fn is_mark(&self, marks: &str) -> bool {
        self.kind == Kind::Mark && marks.contains(self.text)
    }
}

/// The tokens of `text`, which is folded (see [`crate::text::fold`]).
pub(super) fn scan(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let trimmed = rest.trim_start();
        let glued = trimmed.len() == rest.len();
        let first = trimmed.chars().next()?;
        let (kind, length) = match first {
            '0'..='9' => (Kind::Number, run(trimmed, |letter| letter.is_ascii_digit())),
            _ if first.is_alphabetic() => (Kind::Word, run(trimmed, char::is_alphabetic)),
            _ => (Kind::Mark, first.len_utf8()),
        };
        let (token, after) = trimmed.split_at(length);
        let start = text.len() - trimmed.len();
        rest = after;
        Some(Token { kind, text: token, glued, start })
    })
}

/// The length in bytes of the characters at the start of `text` that `belongs`
/// accepts.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// A place among tokens. Copied to look ahead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    rest: &'t [Token<'t>],
}

impl<'t> Cursor<'t> {
    /// The place before the first of `tokens`.
    pub(super) const fn new(tokens: &'t [Token<'t>]) -> Self {
        Self { rest: tokens }
    }

    /// The token `ahead` tokens from here.
    pub(super) fn peek(&self, ahead: usize) -> Option<&'t Token<'t>> {
        self.rest.get(ahead)
    }

    /// How many tokens are left.
    pub(super) const fn left(&self) -> usize {
        self.rest.len()
    }

    /// Whether nothing is left.
    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes the next token, if `wanted` makes something of it.
    pub(super) fn take<T>(&mut self, wanted: impl FnOnce(&'t Token<'t>) -> Option<T>) -> Option<T> {
        let (first, rest) = self.rest.split_first()?;
        let made = wanted(first)?;
        self.rest = rest;
        Some(made)
    }

    /// Takes a number of so many digits.
    pub(super) fn take_number(&mut self, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
        self.take(|token| token.number(digits))
    }

    /// Takes one of the marks in `marks`.
    pub(super) fn take_mark(&mut self, marks: &str) -> Option<&'t str> {
        self.take(|token| token.is_mark(marks).then_some(token.text))
    }

    /// Takes one of `words`.
    pub(super) fn take_word(&mut self, words: &[&str]) -> Option<&'t str> {
        self.take(|token| {
            (token.kind == Kind::Word && words.contains(&token.text)).then_some(token.text)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, scan};

    #[test]
    fn splits_at_every_change_of_kind() {
        let tokens: Vec<_> = scan(" 14th, apr.\u{a0}2024").map(|t| (t.text, t.glued)).collect();
        let expected = [
            ("14", false),
            ("th", true),
            (",", true),
            ("apr", false),
            (".", true),
            ("2024", false),
        ];
        assert_eq!(tokens, expected);
    }

    #[test]
    fn only_short_numbers_have_values() {
        let token = |text| scan(text).next().unwrap();
        assert_eq!(token("0042").number(4..=4), Some(42));
        assert_eq!(token("0042").number(1..=2), None);
        assert_eq!(token("x").number(0..=9), None);
        assert_eq!(token("99999999999999999999").number(1..=99), None);
        assert_eq!(token("٣").kind, Kind::Mark);
    }
}
