//! Counts the words near places, first as they are written: each way to write a word
//! is folded once, when all is read.

use rustc_hash::FxHashMap;

use super::windows::near;
use crate::index::terms::LONGEST_WORD_BYTES;
use crate::search::highlight::Standing;
use crate::text::{Case, Span, Token};

/// The words near places.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// How often words stand near places, as they are written.
    written: FxHashMap<String, u64>,
    pub(super) places: u64,
    /// How many words stand near places.
    pub(super) near: u64,
}

/// A word with all ways to write it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Folded {
    /// The word as the index knows it.
    pub(super) folded: String,
    /// The commonest way to write it; of several, the first by its letters.
    pub(super) written: String,
    pub(super) near: u64,
}

impl Tally {
    /// Adds the words of a text.
    pub(super) fn add(&mut self, text: &str, standing: &Standing, window: usize) {
        let places = standing.found.iter().map(|found| found.place);
        self.places += places.len() as u64;
        for stretch in near(places, standing.words.len(), window) {
            self.near += stretch.len() as u64;
            for word in &standing.words[stretch] {
                self.count(word.span.of(text), 1);
            }
        }
    }

    /// Adds what another has counted.
    pub(super) fn join(&mut self, other: Self) {
        self.places += other.places;
        self.near += other.near;
        other.written.into_iter().for_each(|(word, count)| self.count(&word, count));
    }

    fn count(&mut self, word: &str, times: u64) {
        match self.written.get_mut(word) {
            Some(count) => *count += times,
            None => {
                self.written.insert(word.to_owned(), times);
            }
        }
    }

    /// The words that stand near places so often at least, in the order of their
    /// letters. What the index takes for no word is none here.
    pub(super) fn words(self, least: u64) -> Vec<Folded> {
        let folded = |(written, near): (String, u64)| {
            let span = Span::new(0, written.len());
            // Folding does not look at the case.
            let folded = Token { span, case: Case::Lower }.folded(&written);
            Folded { folded, written, near }
        };
        let mut words: Vec<Folded> = self.written.into_iter().map(folded).collect();
        words.retain(|word| (1..=LONGEST_WORD_BYTES).contains(&word.folded.len()));
        // The commonest way to write a word first, which is kept.
        words.sort_unstable_by(|one, other| {
            let by_word = one.folded.cmp(&other.folded);
            by_word.then(other.near.cmp(&one.near)).then_with(|| one.written.cmp(&other.written))
        });
        words.dedup_by(|next, kept| {
            let is_same = next.folded == kept.folded;
            if is_same {
                kept.near += next.near;
            }
            is_same
        });
        words.retain(|word| word.near >= least);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, Tally};

    #[test]
    fn ways_to_write_a_word_are_one_word_in_the_commonest() {
        let mut tally = Tally::default();
        for (word, times) in [
            ("Port", 2),
            ("port", 3),
            ("PORT", 1),
            ("U.S.", 2),
            ("US", 2),
            ("fog", 1),
            ("Café", 1),
            ("cafe", 1),
        ] {
            tally.count(word, times);
        }
        tally.count(&"x".repeat(300), 9);
        let word = |folded: &str, written: &str, near| Folded {
            folded: folded.into(),
            written: written.into(),
            near,
        };
        assert_eq!(
            tally.words(2),
            [word("cafe", "Café", 2), word("port", "port", 6), word("us", "U.S.", 4)]
        );
    }
}
