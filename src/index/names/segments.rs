//! The segments of a commit, each opened for as long as it is read: what was read of one
//! leaves memory with it, so that a table of a hundred segments takes no more than one of
//! ten.

use tantivy::{Searcher, Segment, SegmentReader};

use crate::index::IndexError;

/// The segments of a commit.
pub(super) struct Segments<'a> {
    /// Open as long as the commit is.
    open: &'a [SegmentReader],
    /// The same to be opened; none where a later commit changed it meanwhile.
    closed: Vec<Option<Segment>>,
}

impl<'a> Segments<'a> {
    pub(super) fn of(searcher: &'a Searcher) -> Self {
        let open = searcher.segment_readers();
        let last = searcher.index().searchable_segments().unwrap_or_default();
        let closed = open.iter().map(|reader| {
            let is_same = |segment: &&Segment| {
                segment.id() == reader.segment_id()
                    && segment.meta().num_deleted_docs() == reader.num_deleted_docs()
            };
            last.iter().find(is_same).cloned()
        });
        Self { open, closed: closed.collect() }
    }

    pub(super) const fn count(&self) -> usize {
        self.open.len()
    }

    /// Opens one.
    pub(super) fn open(&self, number: usize) -> Result<SegmentReader, IndexError> {
        Ok(match &self.closed[number] {
            Some(segment) => SegmentReader::open(segment)?,
            None => self.open[number].clone(),
        })
    }
}
