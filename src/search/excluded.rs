//! What a query refuses, as the engine's query that is safe to refuse by.
//!
//! The engine asks a refused query about articles before those that it already
//! stands on, which its ranges of numbers do not allow (`seek_danger` of
//! tantivy 0.27 subtracts the places). This one answers such questions itself
//! and only ever moves the refused query forward.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score};

use super::filters::Engine;

/// A query behind `NOT`.
#[derive(Clone, Debug)]
pub(super) struct Excluded {
    query: Arc<dyn Query>,
}

impl Excluded {
    pub(super) fn new(query: Engine) -> Self {
        Self { query: Arc::from(query) }
    }
}

impl Query for Excluded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExcludedWeight { weight: self.query.weight(scoring)? }))
    }
}

struct ExcludedWeight {
    weight: Box<dyn Weight>,
}

impl Weight for ExcludedWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ForwardOnly { scorer: self.weight.scorer(segment, boost)? }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        self.weight.explain(segment, doc)
    }
}

/// Goes through the articles of another scorer. It leaves `seek_danger` to the
/// trait, which looks where the scorer stands before it moves it.
struct ForwardOnly {
    scorer: Box<dyn Scorer>,
}

impl DocSet for ForwardOnly {
    fn advance(&mut self) -> DocId {
        self.scorer.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.scorer.seek(target)
    }

    fn doc(&self) -> DocId {
        self.scorer.doc()
    }

    fn size_hint(&self) -> u32 {
        self.scorer.size_hint()
    }
}

impl Scorer for ForwardOnly {
    fn score(&mut self) -> Score {
        self.scorer.score()
    }
}
