//! A set of articles: a bit for each document of the index.

use std::ops::Range;

use tantivy::{DocId, Searcher};

/// Documents in a block of a set.
const BLOCK: usize = u64::BITS as usize;

/// Where the documents of each segment have their places in a set: one after the
/// other, each segment from a block of its own.
#[derive(Clone, Debug)]
pub(in crate::search) struct Places {
    /// The first place of each segment, and behind them the end.
    starts: Vec<usize>,
}

/// Documents of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) struct ArticleSet {
    blocks: Vec<u64>,
}

impl Places {
    pub(super) fn of(searcher: &Searcher) -> Self {
        let sizes = searcher.segment_readers().iter().map(|segment| segment.max_doc());
        Self::with_sizes(sizes)
    }

    pub(super) fn with_sizes(sizes: impl Iterator<Item = u32>) -> Self {
        let mut end = 0;
        let mut starts = vec![end];
        for documents in sizes {
            end += (documents as usize).next_multiple_of(BLOCK);
            starts.push(end);
        }
        Self { starts }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The first place of a segment.
    pub(in crate::search) fn start(&self, segment: usize) -> usize {
        self.starts[segment]
    }

    fn blocks(&self, segment: usize) -> Range<usize> {
        self.starts[segment] / BLOCK..self.starts[segment + 1] / BLOCK
    }
}

impl ArticleSet {
    pub(in crate::search) fn empty(places: &Places) -> Self {
        Self { blocks: vec![0; places.count() / BLOCK] }
    }

    pub(in crate::search) fn insert(&mut self, place: usize) {
        self.blocks[place / BLOCK] |= 1 << (place % BLOCK);
    }

    pub(super) fn take_out(&mut self, place: usize) {
        self.blocks[place / BLOCK] &= !(1 << (place % BLOCK));
    }

    /// How many it has.
    pub(in crate::search) fn len(&self) -> u64 {
        self.blocks.iter().map(|block| u64::from(block.count_ones())).sum()
    }

    /// Bytes that it takes.
    pub(super) const fn bytes(&self) -> usize {
        self.blocks.len() * size_of::<u64>()
    }

    /// Leaves those that are in the other too.
    pub(in crate::search) fn keep(&mut self, other: &Self) {
        self.join(other, |own, other| own & other);
    }

    /// Takes in those of the other.
    pub(super) fn add(&mut self, other: &Self) {
        self.join(other, |own, other| own | other);
    }

    /// Leaves those that are not in the other.
    pub(super) fn remove(&mut self, other: &Self) {
        self.join(other, |own, other| own & !other);
    }

    fn join(&mut self, other: &Self, join: impl Fn(u64, u64) -> u64) {
        for (own, other) in self.blocks.iter_mut().zip(&other.blocks) {
            *own = join(*own, *other);
        }
    }

    /// The places that it has, in order.
    pub(super) fn places(&self) -> impl Iterator<Item = usize> {
        ones(&self.blocks)
    }

    /// The documents that it has in a segment, in order.
    pub(in crate::search) fn documents(
        &self,
        places: &Places,
        segment: usize,
    ) -> impl Iterator<Item = DocId> {
        ones(&self.blocks[places.blocks(segment)]).map(|document| document as DocId)
    }
}

/// The numbers of the bits that are set.
fn ones(blocks: &[u64]) -> impl Iterator<Item = usize> {
    blocks.iter().enumerate().flat_map(|(number, block)| {
        let mut rest = *block;
        std::iter::from_fn(move || {
            let bit = rest.trailing_zeros() as usize;
            // Without its lowest one.
            rest &= rest.checked_sub(1)?;
            Some(number * BLOCK + bit)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{ArticleSet, Places};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Three segments, the second of which is empty.
    fn places() -> Places {
        Places::with_sizes([70, 0, 130].into_iter())
    }

    fn set(places: &Places, of: &BTreeSet<usize>) -> ArticleSet {
        let mut set = ArticleSet::empty(places);
        of.iter().for_each(|place| set.insert(*place));
        set
    }

    #[test]
    fn segments_begin_at_blocks() {
        let places = places();
        let starts = [0, 1, 2].map(|segment| places.start(segment));
        assert_eq!((starts, places.count()), ([0, 128, 128], 320));
        let set = set(&places, &BTreeSet::from([0, 63, 64, 69, 128, 257]));
        let documents = |segment| set.documents(&places, segment).collect::<Vec<_>>();
        assert_eq!(documents(0), [0, 63, 64, 69]);
        assert_eq!(documents(1), [0; 0]);
        assert_eq!(documents(2), [0, 129]);
        assert_eq!((set.len(), set.bytes()), (6, 40));
    }

    proptest! {
        #[test]
        fn sets_are_joined_as_sets(
            one in proptest::collection::btree_set(0usize..320, 0..40),
            other in proptest::collection::btree_set(0usize..320, 0..40),
        ) {
            let places = places();
            let joined = |join: fn(&mut ArticleSet, &ArticleSet)| {
                let mut joined = set(&places, &one);
                join(&mut joined, &set(&places, &other));
                joined.places().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(joined(ArticleSet::keep), &one & &other);
            prop_assert_eq!(joined(ArticleSet::add), &one | &other);
            prop_assert_eq!(joined(ArticleSet::remove), &one - &other);
        }
    }
}
