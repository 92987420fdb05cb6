//! Which segments are merged: of those that a policy chooses, the sound ones.
//!
//! A merge copies what it reads and gives it new checksums. What is damaged must not go
//! into one, or nobody would find it any more. To compare checksums costs a small part of
//! the merge.

use std::fs::File;
use std::io::ErrorKind;
use std::path::PathBuf;

use tantivy::index::SegmentMeta;
use tantivy::indexer::{MergeCandidate, MergePolicy};

use super::checksum::{Soundness, soundness_of};
use super::segment_files::files_of_listed;

/// A policy whose merges take in nothing that is damaged.
#[derive(Debug)]
pub(super) struct SoundMerges<P> {
    pub(super) policy: P,
    /// The folder of the index.
    pub(super) folder: PathBuf,
}

impl<P: MergePolicy> MergePolicy for SoundMerges<P> {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.policy.compute_merge_candidates(segments);
        candidates.retain_mut(|MergeCandidate(chosen)| {
            let wanted = chosen.len();
            chosen.retain(|id| {
                let segment = segments.iter().find(|segment| segment.id() == *id);
                segment.is_some_and(|segment| self.is_sound(segment))
            });
            // To write one segment anew may be meant, but not as what is left of several.
            chosen.len() > 1 || chosen.len() == 1 && wanted == 1
        });
        candidates
    }
}

impl<P> SoundMerges<P> {
    fn is_sound(&self, segment: &SegmentMeta) -> bool {
        files_of_listed(segment).iter().all(|name| {
            match File::open(self.folder.join(name)).and_then(soundness_of) {
                Ok((soundness, _)) => soundness == Soundness::Sound,
                // What is missing cannot be merged, and the engine says so itself.
                Err(cause) => cause.kind() == ErrorKind::NotFound,
            }
        })
    }
}
