//! What stands between two words: the marks of punctuation, and whether a line
//! or a sentence ends there.

/// What stands before a word, as the model sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gap {
    first: u8,
    last: u8,
    lines: u8,
    has_space: bool,
}

/// Number of different gaps.
pub(super) const GAPS: usize = 16 * 16 * 3 * 2;

/// Classes of marks.
const NOTHING: u8 = 0;
const DOT: u8 = 1;
const ENDS: u8 = 3;
const HYPHEN: u8 = 5;

impl Gap {
    /// What stands before the first word of a text.
    pub(super) const START: Self =
        Self { first: NOTHING, last: NOTHING, lines: 2, has_space: true };

    /// The gap with this text in it.
    pub(super) fn of(text: &str) -> Self {
        if text == " " {
            return Self { has_space: true, ..Self::default() };
        }
        let mut gap = Self::default();
        for letter in text.chars() {
            if letter == '\n' {
                gap.lines = (gap.lines + 1).min(2);
                gap.has_space = true;
            } else if letter.is_whitespace() {
                gap.has_space = true;
            } else {
                gap.last = class(letter);
                if gap.first == NOTHING {
                    gap.first = gap.last;
                }
            }
        }
        gap
    }

    /// Its number, below [`GAPS`].
    pub(super) fn number(self) -> usize {
        let marks = usize::from(self.first) * 16 + usize::from(self.last);
        (marks * 3 + usize::from(self.lines)) * 2 + usize::from(self.has_space)
    }

    /// Whether a line ends here.
    pub(super) const fn ends_line(self) -> bool {
        self.lines > 0
    }

    /// Whether a sentence ends here, or may.
    pub(super) const fn may_end_sentence(self) -> bool {
        self.lines > 0 || matches!(self.first, DOT | ENDS) || matches!(self.last, DOT | ENDS)
    }

    /// Whether a hyphen joins the words.
    pub(super) const fn is_hyphen(self) -> bool {
        self.lines == 0 && !self.has_space && self.first == HYPHEN && self.last == HYPHEN
    }

    /// Whether only spaces stand here, or a hyphen alone.
    pub(super) const fn is_plain(self) -> bool {
        self.lines == 0 && (self.first == NOTHING || self.first == HYPHEN && self.last == HYPHEN)
    }
}

/// The class of a mark, below 16.
fn class(letter: char) -> u8 {
    match letter {
        '.' | '…' => DOT,
        ',' => 2,
        '!' | '?' => ENDS,
        ':' | ';' => 4,
        '-' | '\u{2010}' | '\u{2011}' => HYPHEN,
        '\u{2012}'..='\u{2015}' => 6,
        '"' | '“' | '„' | '«' => 7,
        '”' | '»' => 8,
        '(' | '[' | '{' => 9,
        ')' | ']' | '}' => 10,
        '\'' | '’' | '‘' | '`' => 11,
        '/' => 12,
        '&' => 13,
        '$' | '€' | '£' | '%' | '#' | '@' => 14,
        _ => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::{GAPS, Gap};

    #[test]
    fn spaces_do_not_matter_but_lines_do() {
        assert_eq!(Gap::of(", "), Gap::of(",  "));
        assert_ne!(Gap::of(" "), Gap::of("\n"));
        assert_ne!(Gap::of("\n"), Gap::of("\n\n"));
        assert_ne!(Gap::of("-"), Gap::of(" - "));
        assert!(Gap::of(".\" ").may_end_sentence() && !Gap::of(", ").may_end_sentence());
        assert!(Gap::of(" ").is_plain() && !Gap::of(" (").is_plain());
        for text in ["", "…", "@\n\n@", " ) (", "\u{1f600}"] {
            assert!(Gap::of(text).number() < GAPS, "{text}");
        }
    }
}
