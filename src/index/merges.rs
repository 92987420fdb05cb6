//! When segments are merged, and when not any more.
//!
//! Many small segments make searching slow; merging a large one takes long and much
//! memory, for no gain. So segments are merged while they are small, and are then left,
//! but for those of which much was deleted: what an update costs depends on what it
//! brings, and not on what the index holds.

use tantivy::index::SegmentMeta;
use tantivy::indexer::{MergeCandidate, MergePolicy};

/// Segments of like size that are merged into one; the engine's own default.
const SEGMENTS_TO_MERGE: usize = 8;

/// Documents from which on a segment is left alone. With some 3 KB of text each, merging
/// eight smaller ones takes some ten seconds and maps some 200 MB.
const FULL_DOCS: u32 = 25_000;

/// Documents below which all sizes are alike: a tenth of a second of merging.
const SMALL_DOCS: u32 = 1_000;

/// Sizes are alike up to this ratio: what eight of them give is of the next size.
const ALIKE: u32 = 4;

/// The share of documents that are deleted from which on a segment is written anew, even
/// alone, in percent: at a third, what it costs is at most two documents written for one
/// that is deleted.
const DELETED_PERCENT: u32 = 33;

/// Merges small segments of like size.
#[derive(Debug)]
pub(super) struct BoundedMerges;

impl MergePolicy for BoundedMerges {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut open: Vec<&SegmentMeta> =
            segments.iter().filter(|segment| segment.num_docs() < FULL_DOCS).collect();
        open.sort_by_key(|segment| (segment.num_docs(), segment.id()));
        let mut candidates = Vec::new();
        let is_alike = |one: &&SegmentMeta, next: &&SegmentMeta| {
            next.num_docs() < one.num_docs().max(SMALL_DOCS) * ALIKE
        };
        let mut rest = open.as_slice();
        while let [smallest, ..] = rest {
            let alike = rest.iter().take_while(|next| is_alike(smallest, next)).count();
            let (alike, larger) = rest.split_at(alike);
            let (merged, _) = alike.as_chunks::<SEGMENTS_TO_MERGE>();
            candidates.extend(merged.iter().map(|segments| of(segments)));
            rest = larger;
        }
        let mut taken: Vec<_> = candidates.iter().flat_map(|merge| merge.0.clone()).collect();
        taken.sort_unstable();
        let wasteful = segments.iter().filter(|segment| {
            segment.num_deleted_docs() > 0
                && u64::from(segment.num_deleted_docs()) * 100
                    >= u64::from(segment.max_doc()) * u64::from(DELETED_PERCENT)
                && taken.binary_search(&segment.id()).is_err()
        });
        candidates.extend(wasteful.map(|segment| of(&[segment])));
        candidates
    }
}

fn of(segments: &[&SegmentMeta]) -> MergeCandidate {
    MergeCandidate(segments.iter().map(|segment| segment.id()).collect())
}
