//! What an update deletes: documents by the name of their source file.
//!
//! The engine keeps what is to be deleted until the next commit. Its own query of a term
//! prepares for scores, in more than a kilobyte: forgetting 200,000 files took 800 MB.

use std::sync::Arc;

use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentReader, Term};

/// All documents that have the name of a source file in a field.
#[derive(Clone, Debug)]
pub(super) struct OfFile {
    pub(super) field: Field,
    pub(super) path: Arc<str>,
}

impl Query for OfFile {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for OfFile {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let term = Term::from_field_text(self.field, &self.path);
        let index = reader.inverted_index(self.field)?;
        Ok(match index.read_postings(&term, IndexRecordOption::Basic)? {
            Some(postings) => Box::new(ConstScorer::new(postings, boost)),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new_with_string(format!("of `{}`", self.path), 1.0))
    }
}
