//! An article whose names are marked.

use crate::annotate::recogniser::NameKind;

/// A name in a labelled article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LabelledName {
    /// Its first word, counted over the article.
    pub first: usize,
    /// The word after its last.
    pub end: usize,
    /// What it names.
    pub kind: NameKind,
}

/// The words of an article, its sentences and its names; compact, since a
/// training set has tens of millions of words.
#[derive(Clone, Debug, Default)]
pub struct LabelledArticle {
    letters: String,
    /// For each word the byte after its last.
    ends: Vec<u32>,
    /// For each word how sure its label is, in percent.
    sure: Vec<u8>,
    /// For each sentence the word after its last.
    pub(super) sentences: Vec<u32>,
    /// Whether a hyphen inside a word is a word of its own in this file.
    pub(super) splits_hyphens: bool,
    /// Its names, in order; they do not overlap.
    pub names: Vec<LabelledName>,
}

impl LabelledArticle {
    pub(super) fn push_word(&mut self, word: &str, sure_percent: u8) {
        self.letters.push_str(word);
        self.ends.push(self.letters.len() as u32);
        self.sure.push(sure_percent);
    }

    /// Ends the sentence if it has a word.
    pub(super) fn end_sentence(&mut self) {
        let words = self.ends.len() as u32;
        if self.sentences.last().copied().unwrap_or(0) < words {
            self.sentences.push(words);
        }
    }

    /// How many words it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A word, by its number from 0.
    #[must_use]
    pub fn word(&self, number: usize) -> &str {
        let start = if number == 0 { 0 } else { self.ends[number - 1] as usize };
        &self.letters[start..self.ends[number] as usize]
    }

    /// How sure the label of a word is, in percent.
    #[must_use]
    pub fn sure_percent(&self, word: usize) -> u8 {
        self.sure[word]
    }

    /// The words of each sentence.
    pub fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.sentences.iter().copied());
        starts.zip(self.sentences.iter()).map(|(start, end)| start as usize..*end as usize)
    }
}
