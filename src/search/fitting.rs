//! Patterns of words: wildcards, words with letters changed, regular expressions.

use regex::Regex;

use super::glob::Glob;

/// What words of a text a pattern takes in.
#[derive(Clone, Debug)]
pub(super) enum Fitting {
    /// `govern*`
    Glob(Glob),
    /// `netanyahu~1`
    Fuzzy(Fuzzy),
    /// `/reg(ex)?/`, for whole words.
    Regex(Regex),
}

/// A folded word and how many letters of it may be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fuzzy {
    letters: Vec<char>,
    edits: usize,
}

impl Fitting {
    /// The letters that every word that fits begins with.
    pub(super) fn prefix(&self) -> String {
        match self {
            Self::Glob(glob) => glob.prefix(),
            Self::Fuzzy(_) | Self::Regex(_) => String::new(),
        }
    }

    /// Whether a folded word fits.
    pub(super) fn matches(&self, word: &str) -> bool {
        match self {
            Self::Glob(glob) => glob.matches(word),
            Self::Fuzzy(fuzzy) => fuzzy.matches(word),
            Self::Regex(regex) => regex.is_match(word),
        }
    }
}

impl PartialEq for Fitting {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Glob(one), Self::Glob(other)) => one == other,
            (Self::Fuzzy(one), Self::Fuzzy(other)) => one == other,
            (Self::Regex(one), Self::Regex(other)) => one.as_str() == other.as_str(),
            _ => false,
        }
    }
}

impl Eq for Fitting {}

impl Fuzzy {
    pub(super) fn new(folded: &str, edits: u8) -> Self {
        Self { letters: folded.chars().collect(), edits: usize::from(edits) }
    }

    /// Whether so many edits make the folded word of this one: a letter changed,
    /// put in, left out, or changed over with the next, no place edited twice
    /// (the restricted distance of Damerau 1964).
    fn matches(&self, word: &str) -> bool {
        // Bytes are no fewer than letters.
        if word.len() + self.edits < self.letters.len() {
            return false;
        }
        let columns = self.letters.len() + 1;
        let mut before_last = vec![usize::MAX / 2; columns];
        let mut last: Vec<usize> = (0..columns).collect();
        let mut row = vec![0; columns];
        let mut previous = '\0';
        for (at, letter) in word.chars().enumerate() {
            if at >= self.letters.len() + self.edits {
                return false;
            }
            row[0] = at + 1;
            for column in 1..columns {
                let own = self.letters[column - 1];
                let changed = last[column - 1] + usize::from(own != letter);
                let mut least = changed.min(last[column] + 1).min(row[column - 1] + 1);
                if at > 0 && column > 1 && letter == self.letters[column - 2] && previous == own {
                    least = least.min(before_last[column - 2] + 1);
                }
                row[column] = least;
            }
            if row.iter().chain(&last).all(|edits| *edits > self.edits) {
                return false;
            }
            std::mem::swap(&mut before_last, &mut last);
            std::mem::swap(&mut last, &mut row);
            previous = letter;
        }
        last[columns - 1] <= self.edits
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Fuzzy;

    #[test]
    fn edits_are_counted() {
        for (word, edits, other, fits) in [
            ("netanyahu", 1, "netanyaho", true),
            ("netanyahu", 1, "netanyau", true),
            ("netanyahu", 1, "netanyahuu", true),
            ("netanyahu", 1, "netanyhau", true),
            ("netanyahu", 1, "metanyaho", false),
            ("netanyahu", 2, "metanyaho", true),
            ("a", 1, "", true),
            ("ab", 1, "ba", true),
            ("ab", 1, "é", false),
        ] {
            assert_eq!(Fuzzy::new(word, edits).matches(other), fits, "{word}~{edits} {other}");
        }
    }

    /// By the definition: every edit in turn.
    fn within(word: &[char], other: &[char], edits: usize) -> bool {
        if let (Some((one, rest)), Some((first, others))) =
            (word.split_first(), other.split_first())
            && one == first
            && within(rest, others, edits)
        {
            return true;
        }
        if edits == 0 {
            return word.is_empty() && other.is_empty();
        }
        let left_out = !word.is_empty() && within(&word[1..], other, edits - 1);
        let put_in = !other.is_empty() && within(word, &other[1..], edits - 1);
        let changed =
            !word.is_empty() && !other.is_empty() && within(&word[1..], &other[1..], edits - 1);
        let turned = word.len() > 1
            && other.len() > 1
            && word[0] == other[1]
            && word[1] == other[0]
            && within(&word[2..], &other[2..], edits - 1);
        left_out || put_in || changed || turned || word.is_empty() && other.is_empty()
    }

    proptest! {
        #[test]
        fn words_within_the_distance_fit(word in "[abé]{1,6}", other in "[abé]{0,7}", edits in 1_u8..=2) {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = within(&letters(&word), &letters(&other), usize::from(edits));
            prop_assert_eq!(Fuzzy::new(&word, edits).matches(&other), expected);
        }
    }
}
