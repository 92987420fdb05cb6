//! The vocabulary of a model: the commonest words of its training texts.

use rustc_hash::FxHashMap;

use crate::annotate::recogniser::corpus::LabelledArticle;
use crate::annotate::recogniser::word::{AFFIXES, Letters};
use crate::text::tokens;

/// A word of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownWord {
    /// Its row in the table of vectors.
    pub(super) row: u32,
    /// How often it was seen.
    pub(super) count: u32,
    /// Hashes of its affixes.
    pub(super) affixes: [u64; AFFIXES],
}

/// The words by their hash.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) words: FxHashMap<u64, KnownWord>,
}

impl Vocabulary {
    /// The `most` commonest words of the articles and the unlabelled texts, of those that occur `least`
    /// times or more.
    pub(super) fn new<'a>(
        articles: impl Iterator<Item = &'a LabelledArticle>,
        unlabelled: &[String],
        least: u32,
        most: usize,
    ) -> Self {
        let mut counts: FxHashMap<u64, (u32, [u64; AFFIXES])> = FxHashMap::default();
        let mut count = |text: &str| {
            for token in tokens(text) {
                let letters = Letters::of(token.span.of(text));
                counts.entry(letters.hash()).or_insert_with(|| (0, letters.affixes())).0 += 1;
            }
        };
        unlabelled.iter().for_each(|text| count(text));
        for article in articles {
            (0..article.len()).for_each(|word| count(article.word(word)));
        }
        let mut counts: Vec<_> = counts
            .into_iter()
            .filter(|(_, (count, _))| *count >= least)
            .map(|(hash, (count, affixes))| (hash, count, affixes))
            .collect();
        counts.sort_unstable_by_key(|(hash, count, _)| (std::cmp::Reverse(*count), *hash));
        counts.truncate(most);
        // Row 0 is for unknown words.
        let words = counts
            .into_iter()
            .zip(1..)
            .map(|((hash, count, affixes), row)| (hash, KnownWord { row, count, affixes }));
        Self { words: words.collect() }
    }

    /// Rows that the vocabulary takes, the one for unknown words included.
    pub(super) fn rows(&self) -> usize {
        self.words.len() + 1
    }
}
