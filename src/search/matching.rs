//! The articles that match a query, one after the other, without order.

use tantivy::index::SegmentReader;
use tantivy::query::EnableScoring;
use tantivy::{DocAddress, DocId};

use super::compile::Compiler;
use super::error::SearchError;
use super::names::LazyNames;
use crate::query::Query;

/// What is done with matching articles, segment by segment.
pub(super) trait Take {
    /// Goes on to the segment with this number.
    fn segment(&mut self, number: usize, segment: &SegmentReader) -> Result<(), SearchError>;

    /// Takes an article of the present segment.
    fn take(&mut self, doc: DocId);
}

/// Matching articles, four bytes for each, by segment and in order.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) segments: Vec<Vec<DocId>>,
}

impl Matched {
    /// Where the index has them.
    pub(super) fn addresses(&self) -> Vec<DocAddress> {
        let segments = (0..).zip(&self.segments);
        let of_segment = |(segment, docs): (u32, &Vec<DocId>)| -> Vec<DocAddress> {
            docs.iter().map(|doc| DocAddress::new(segment, *doc)).collect()
        };
        segments.flat_map(of_segment).collect()
    }
}

impl Take for Matched {
    fn segment(&mut self, _number: usize, _segment: &SegmentReader) -> Result<(), SearchError> {
        self.segments.push(Vec::new());
        Ok(())
    }

    fn take(&mut self, doc: DocId) {
        if let Some(segment) = self.segments.last_mut() {
            segment.push(doc);
        }
    }
}

/// Hands every article that matches to `take`.
pub(super) fn each_match(
    names: &LazyNames<'_>,
    compiler: &Compiler<'_>,
    query: &Query,
    take: &mut dyn Take,
) -> Result<(), SearchError> {
    let searcher = names.reader.searcher();
    let query = compiler.compile(query)?;
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    for (number, segment) in searcher.segment_readers().iter().enumerate() {
        take.segment(number, segment)?;
        let alive = segment.alive_bitset();
        weight.for_each_no_score(segment, &mut |docs| {
            let alive = |doc: &&DocId| alive.is_none_or(|alive| alive.is_alive(**doc));
            docs.iter().filter(alive).for_each(|doc| take.take(*doc));
        })?;
    }
    Ok(())
}
