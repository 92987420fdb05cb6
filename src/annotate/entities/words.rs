//! The words of names, folded once and kept together.
//!
//! Unlike [`crate::text::tokens`] a word here is a part of a name: *O'Brien* and
//! *U.S.* are one word, *Ocasio-Cortez* two that are joined, and initials that
//! follow each other (*H. W.*) one.

use std::ops::Range;

use crate::text::fold_into;

/// A folded word of a name.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: usize,
    end: usize,
    /// One letter, or several of which each stands for a name: `h`, `hw`.
    initials: bool,
    /// A hyphen joins it to the word before.
    joined: bool,
}

/// Which words of [`Words`] are those of one name.
pub(super) type WordRange = Range<usize>;

/// The words of many names, in one string.
#[derive(Debug, Default)]
pub(super) struct Words {
    folded: String,
    words: Vec<Word>,
}

impl Words {
    /// Room for the words of `names` names.
    pub(super) fn with_capacity(names: usize) -> Self {
        // Names in English news have 1.6 words of seven letters.
        Self { folded: String::with_capacity(names * 16), words: Vec::with_capacity(names * 2) }
    }

    /// Adds the words of `name`. A nickname in quotes or brackets inside it is
    /// none of them.
    pub(super) fn add(&mut self, name: &str) -> WordRange {
        let first = self.words.len();
        for chunk in chunks(name) {
            let mut joined = false;
            for piece in chunk.split(is_hyphen) {
                self.add_word(piece, joined, first);
                joined = true;
            }
        }
        first..self.words.len()
    }

    fn add_word(&mut self, piece: &str, joined: bool, first: usize) {
        let start = self.folded.len();
        let initials = is_initials(piece);
        let goes_on = initials
            && !joined
            && self.words.len() > first
            && self.words.last().is_some_and(|word| word.initials);
        if self.words.len() > first && !goes_on {
            self.folded.push(' ');
        }
        let word_start = self.folded.len();
        self.fold(piece);
        if self.folded.len() == word_start {
            self.folded.truncate(start);
            return;
        }
        let end = self.folded.len();
        match self.words.last_mut().filter(|_| goes_on) {
            Some(word) => word.end = end,
            None => self.words.push(Word { start: word_start, end, initials, joined }),
        }
    }

    /// Appends `piece` folded, without the marks that some leave out.
    fn fold(&mut self, piece: &str) {
        if piece.is_ascii() {
            let letters = piece.bytes().filter(|&byte| stays(char::from(byte)));
            self.folded.extend(letters.map(|byte| char::from(byte.to_ascii_lowercase())));
            return;
        }
        let start = self.folded.len();
        fold_into(piece, &mut self.folded);
        if !self.folded[start..].chars().all(stays) {
            let plain: String = self.folded[start..].chars().filter(|&mark| stays(mark)).collect();
            self.folded.truncate(start);
            self.folded.push_str(&plain);
        }
    }

    /// The word at `place`.
    pub(super) fn word(&self, place: usize) -> &str {
        let word = self.words[place];
        &self.folded[word.start..word.end]
    }

    /// Whether the word at `place` is one or several initials.
    pub(super) fn is_initials(&self, place: usize) -> bool {
        self.words[place].initials
    }

    /// Whether a hyphen joins the word at `place` to the one before.
    pub(super) fn is_joined(&self, place: usize) -> bool {
        self.words[place].joined
    }

    /// The words of `range` with a space between them.
    pub(super) fn key(&self, range: &WordRange) -> &str {
        if range.is_empty() {
            return "";
        }
        &self.folded[self.words[range.start].start..self.words[range.end - 1].end]
    }
}

/// The words of `name` as it is written: separated by white space, without
/// marks at their ends, without a nickname in quotes or brackets inside.
pub(super) fn chunks(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    let mut is_first = true;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return None;
            }
            if let Some(behind) = (!is_first).then(|| behind_nickname(rest)).flatten() {
                rest = behind;
                continue;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let chunk = rest[..end].trim_matches(is_edge_mark);
            rest = &rest[end..];
            if !chunk.is_empty() {
                is_first = false;
                return Some(chunk);
            }
        }
    })
}

/// What follows the nickname that `rest` begins with; none where it begins
/// with none, or nothing follows.
fn behind_nickname(rest: &str) -> Option<&str> {
    let mut letters = rest.chars();
    let closing = match letters.next()? {
        '"' => '"',
        '“' | '”' => '”',
        '\'' => '\'',
        '‘' => '’',
        '(' => ')',
        _ => return None,
    };
    let inside = letters.as_str();
    let end =
        inside.match_indices(closing).map(|(at, _)| at + closing.len_utf8()).find(|&end| {
            let behind = &inside[end..];
            behind.starts_with(char::is_whitespace) && !behind.trim_start().is_empty()
        })?;
    Some(&inside[end..])
}

/// Marks at the ends of a word that are no part of it; a final dot may be.
pub(super) fn is_edge_mark(letter: char) -> bool {
    matches!(
        letter,
        ',' | ';'
            | ':'
            | '"'
            | '\''
            | '“'
            | '”'
            | '„'
            | '‘'
            | '’'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '`'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '*'
            | '_'
            | '–'
            | '—'
            | '…'
            | '|'
            | '<'
            | '>'
            | '?'
            | '-'
            | '/'
            | '\\'
    )
}

fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '/' | '\u{2010}'..='\u{2013}')
}

/// Whether a folded mark is kept in a key: not a mark that some writers leave out.
fn stays(letter: char) -> bool {
    !letter.is_whitespace() && !letter.is_control() && !is_edge_mark(letter) && letter != '.'
}

/// Whether `piece` is one letter, with or without a dot, or letters with a dot
/// each.
fn is_initials(piece: &str) -> bool {
    let mut letters = piece.chars();
    let Some(first) = letters.next() else { return false };
    if !first.is_alphabetic() {
        return false;
    }
    match letters.next() {
        None => first.is_uppercase(),
        Some('.') => {
            let rest = letters.as_str();
            rest.is_empty() || is_initials(rest)
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, chunks};

    #[test]
    fn names_fold_to_words() {
        for (name, key) in [
            ("Joe Biden", "joe biden"),
            ("Alexandria Ocasio-Cortez", "alexandria ocasio cortez"),
            ("Conan O’Brien", "conan obrien"),
            ("George H. W. Bush", "george hw bush"),
            ("George H.W. Bush", "george hw bush"),
            ("U.S. Senate", "us senate"),
            ("Martin Luther King, Jr.", "martin luther king jr"),
            ("Joseph \"Joe\" Biden", "joseph biden"),
            ("Robert (Bob) Roy", "robert roy"),
            ("Dwayne ‘The Rock’ Johnson", "dwayne johnson"),
            ("Jan van 't Hoff", "jan van t hoff"),
            ("José Álvarez", "jose alvarez"),
            ("AT&T", "at&t"),
            ("習近平", "習近平"),
            ("— …", ""),
        ] {
            let mut words = Words::default();
            let range = words.add(name);
            assert_eq!(words.key(&range), key, "{name}");
        }
    }

    #[test]
    fn names_do_not_run_into_each_other() {
        let mut words = Words::default();
        let one = words.add("Malcolm X");
        let other = words.add("J. Edgar Hoover");
        assert_eq!(words.key(&one), "malcolm x");
        assert_eq!(words.key(&other), "j edgar hoover");
        assert!(words.is_initials(other.start) && !words.is_initials(other.start + 1));
    }

    #[test]
    fn chunks_are_the_words_as_written() {
        let all: Vec<_> = chunks("“Robert  (Bob) F. O’Roy, Jr.”").collect();
        assert_eq!(all, ["Robert", "F.", "O’Roy", "Jr."]);
    }
}
