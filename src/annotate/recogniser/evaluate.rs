//! Compares what is recognised with what is marked: precision, recall and F1 of
//! whole names.

use std::collections::BTreeSet;

use super::corpus::{Casing, LabelledArticle, LabelledName, render};
use super::labels::NameKind;
use super::{Recogniser, RecogniserMemory};
use crate::annotate::{TextPart, TokenisedText};

/// Counts of names of one kind, or of several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Names that are marked and were recognised, whole and of the right kind.
    pub right: usize,
    /// Names that were recognised.
    pub recognised: usize,
    /// Names that are marked.
    pub marked: usize,
}

impl Score {
    /// The share of the recognised names that are right, in percent.
    #[must_use]
    pub fn precision(self) -> f64 {
        percent(self.right, self.recognised)
    }

    /// The share of the marked names that were recognised, in percent.
    #[must_use]
    pub fn recall(self) -> f64 {
        percent(self.right, self.marked)
    }

    /// The harmonic mean of both, in percent.
    #[must_use]
    pub fn f1(self) -> f64 {
        percent(2 * self.right, self.recognised + self.marked)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.recognised += other.recognised;
        self.marked += other.marked;
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// The scores of a set.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    /// By kind, in the order of [`NameKind::ALL`].
    pub kinds: [Score; 4],
    /// Words of the set.
    pub words: usize,
}

impl Evaluation {
    /// The score of a kind.
    #[must_use]
    pub const fn of(&self, kind: NameKind) -> Score {
        self.kinds[kind as usize]
    }

    /// People, organizations and places together.
    #[must_use]
    pub fn entities(&self) -> Score {
        let mut sum = Score::default();
        for (score, kind) in self.kinds.iter().zip(NameKind::ALL) {
            if kind.entity().is_some() {
                sum.add(*score);
            }
        }
        sum
    }

    /// Compares an article's marked names with the recognised ones.
    pub fn add(&mut self, article: &LabelledArticle, recognised: &[LabelledName]) {
        self.words += article.len();
        let marked: BTreeSet<_> = article.names.iter().collect();
        for name in &article.names {
            self.kinds[name.kind as usize].marked += 1;
        }
        for name in recognised {
            let score = &mut self.kinds[name.kind as usize];
            score.recognised += 1;
            score.right += usize::from(marked.contains(name));
        }
    }
}

impl Recogniser {
    /// The names that it finds in an article of labelled words, set as
    /// `casing` says, as words of it. Each sentence is a line of the text.
    #[must_use]
    pub fn label(
        &self,
        article: &LabelledArticle,
        casing: Casing,
        memory: &mut RecogniserMemory,
    ) -> Vec<LabelledName> {
        let rendered = render(article, |_| (casing, "\n"));
        let text = [TokenisedText::new(TextPart::Body, &rendered.text)];
        let mut found = Vec::new();
        self.names(&text, memory, |_, kind, span| {
            let first = rendered.words.partition_point(|word| word.end <= span.start);
            let end = rendered.words.partition_point(|word| word.start < span.end);
            // Two names inside one word of the file count as one.
            let first = found.last().map_or(first, |last: &LabelledName| first.max(last.end));
            if first < end {
                found.push(LabelledName { first, end, kind });
            }
        });
        found
    }
}
