//! Articles that were found beforehand, as the engine goes through them.

use tantivy::query::Scorer;
use tantivy::{DocId, DocSet, Score, TERMINATED};

/// Articles of a segment, one after the other.
pub(super) struct List {
    docs: Vec<DocId>,
    /// The score of each; none where nothing is scored.
    scores: Vec<Score>,
    at: usize,
}

impl List {
    /// Of sorted articles, each once, and their scores, if there are any.
    pub(super) const fn new(docs: Vec<DocId>, scores: Vec<Score>) -> Self {
        Self { docs, scores, at: 0 }
    }
}

impl DocSet for List {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.docs.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.docs[self.at..].partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for List {
    fn score(&mut self) -> Score {
        self.scores.get(self.at).copied().unwrap_or(0.0)
    }
}
