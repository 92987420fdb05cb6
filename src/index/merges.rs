//! When segments are merged, and when not any more.
//!
//! Many small segments make searching slow; merging a large one takes long and much
//! memory, for no gain. So segments are merged while they are small, and are then left,
//! but for those of which much was deleted: what an update costs depends on what it
//! brings, and not on what the index holds.

use std::ops::Range;

use tantivy::index::SegmentMeta;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// Documents from which on a segment is left alone: articles, and records of source files,
/// which are as many where each article has its own.
const FULL_DOCS: u32 = 25_000;

/// Documents that segments to be merged have together at most. With some 3 KB of text
/// each, merging so many takes some ten seconds, and their dictionaries 20 MB.
const MERGED_DOCS: u32 = 60_000;

/// Segments of like size that are merged into one at most; the engine's own default.
const SEGMENTS_TO_MERGE: usize = 8;

/// Documents below which all sizes are alike: a tenth of a second of merging.
const SMALL_DOCS: u32 = 1_000;

/// Sizes are alike up to this ratio: what eight of them give is of the next size.
const ALIKE: u32 = 4;

/// The share of documents that are deleted from which on a segment is written anew, even
/// alone, in percent: at a third, at most two documents are written for one that is
/// deleted.
const DELETED_PERCENT: u32 = 33;

/// Merges small segments of like size.
#[derive(Debug)]
pub(super) struct BoundedMerges;

impl MergePolicy for BoundedMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut open: Vec<&SegmentMeta> =
            segments.iter().filter(|segment| segment.num_docs() < FULL_DOCS).collect();
        open.sort_by_key(|segment| (segment.num_docs(), segment.id()));
        let sizes: Vec<u32> = open.iter().map(|segment| segment.num_docs()).collect();
        let mut taken = vec![false; open.len()];
        let mut candidates = Vec::new();
        for merge in merges(&sizes) {
            candidates.push(of(&open[merge.clone()]));
            taken[merge].fill(true);
        }
        let left = open.iter().zip(taken).filter(|(_, taken)| !taken).map(|(segment, _)| *segment);
        let full = segments.iter().filter(|segment| segment.num_docs() >= FULL_DOCS);
        candidates.extend(left.chain(full).filter(is_wasteful).map(|segment| of(&[segment])));
        candidates
    }
}

/// Which of these segments, whose numbers of documents are sorted, become one.
fn merges(sizes: &[u32]) -> Vec<Range<usize>> {
    let mut merges = Vec::new();
    let mut start = 0;
    while let Some(smallest) = sizes.get(start) {
        let is_alike = |size: &u32| *size < (*smallest).max(SMALL_DOCS) * ALIKE;
        let (mut end, mut docs) = (start, 0);
        // Of larger ones fewer make a whole.
        let is_whole =
            |count: usize, docs: u32| count == SEGMENTS_TO_MERGE || docs >= MERGED_DOCS - FULL_DOCS;
        while !is_whole(end - start, docs)
            && let Some(size) = sizes.get(end).filter(|size| is_alike(size))
        {
            docs += size;
            end += 1;
        }
        if is_whole(end - start, docs) {
            merges.push(start..end);
        }
        start = end.max(start + 1);
    }
    merges
}

/// Whether much of a segment was deleted.
fn is_wasteful(segment: &&SegmentMeta) -> bool {
    let (deleted, all) = (segment.num_deleted_docs(), segment.max_doc());
    u64::from(deleted) * 100 > u64::from(all) * u64::from(DELETED_PERCENT)
}

fn of(segments: &[&SegmentMeta]) -> MergeCandidate {
    MergeCandidate(segments.iter().map(|segment| segment.id()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FULL_DOCS, MERGED_DOCS, SEGMENTS_TO_MERGE, merges};

    fn ends(sizes: &[u32]) -> Vec<(usize, usize)> {
        merges(sizes).into_iter().map(|merge| (merge.start, merge.end)).collect()
    }

    #[test]
    fn eight_small_ones_or_a_few_large_ones_become_one() {
        assert!(merges(&[]).is_empty());
        assert!(merges(&[3; 7]).is_empty());
        assert_eq!(ends(&[3; 8]), [(0, 8)]);
        assert_eq!(ends(&[1, 2, 3, 100, 900, 950, 999, 3_999]), [(0, 8)]);
        // The last is of another size.
        assert!(merges(&[1, 2, 3, 100, 900, 950, 999, 4_000]).is_empty());
        assert!(merges(&[12_000, 12_000]).is_empty());
        assert_eq!(ends(&[12_000, 12_000, 12_000]), [(0, 3)]);
        assert_eq!(ends(&[1, 12_000, 12_000, 12_000, 24_000, 24_000]), [(1, 4), (4, 6)]);
    }

    proptest! {
        #[test]
        fn few_segments_stay_and_none_grows_too_large(
            added in prop::collection::vec(1_u32..30_000, 1..300)
        ) {
            let mut sizes = Vec::new();
            for size in added {
                sizes.push(size);
                // Until nothing more is to be merged, as the engine does.
                loop {
                    let (mut open, full): (Vec<u32>, Vec<u32>) =
                        sizes.iter().partition(|size| **size < FULL_DOCS);
                    open.sort_unstable();
                    let merges = merges(&open);
                    if merges.is_empty() {
                        prop_assert!(open.len() <= 3 * SEGMENTS_TO_MERGE, "{open:?}");
                        break;
                    }
                    sizes = full;
                    for merge in merges.iter().rev() {
                        let together = open.drain(merge.clone()).sum();
                        prop_assert!(together <= MERGED_DOCS);
                        sizes.push(together);
                    }
                    sizes.extend(open);
                }
            }
        }
    }
}
