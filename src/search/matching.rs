//! The articles that match a query, one after the other, without order.

use tantivy::DocId;
use tantivy::index::SegmentReader;
use tantivy::query::EnableScoring;

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
