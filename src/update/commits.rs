//! What an update applies, and its commits. Each may be the last, if the process is killed:
//! so each says which files have to be read again, though they did not change.

use std::collections::BTreeSet;

use super::plan::Plan;
use crate::index::{
    FileState, Forget, IndexError, IndexWriter, Manifest, SourceRecord, SourceUpdate, Stage,
};
use crate::ingest::Naming;

/// The commits of an update.
pub(super) struct Commits<'a> {
    writer: &'a mut IndexWriter,
    naming: &'a Naming,
    manifest: &'a Manifest,
    /// Files with versions of articles of which a later one, in another file, is gone.
    orphaned: BTreeSet<String>,
    /// Those whose records do not say so.
    unmarked: BTreeSet<String>,
}

impl<'a> Commits<'a> {
    /// Into an index whose last commit has this record of source files.
    pub(super) const fn new(
        writer: &'a mut IndexWriter,
        naming: &'a Naming,
        manifest: &'a Manifest,
    ) -> Self {
        Self { writer, naming, manifest, orphaned: BTreeSet::new(), unmarked: BTreeSet::new() }
    }

    /// Takes one step.
    pub(super) fn apply(&mut self, update: SourceUpdate) -> Result<(), IndexError> {
        if update.forget == Forget::Everything {
            // It is read anew, or gone.
            self.orphaned.remove(&update.path);
            self.unmarked.remove(&update.path);
        } else if update.record.is_some() && self.orphaned.contains(&update.path) {
            self.unmarked.insert(update.path.clone());
        }
        self.writer.apply(update)
    }

    /// Makes what was applied durable.
    pub(super) fn commit(&mut self) -> Result<(), IndexError> {
        self.mark_orphaned()?;
        self.writer.commit()
    }

    /// The plan to read the files again whose versions may be the last now.
    pub(super) fn late(&mut self) -> Result<Plan, IndexError> {
        self.mark_orphaned()?;
        Ok(Plan::again(&self.orphaned, self.naming, self.manifest))
    }

    fn mark_orphaned(&mut self) -> Result<(), IndexError> {
        let orphaned = self.writer.orphaned();
        self.unmarked.extend(orphaned.iter().cloned());
        self.orphaned.extend(orphaned);
        let unmarked = Plan::again(&self.unmarked, self.naming, self.manifest);
        self.unmarked.clear();
        let jobs = unmarked.jobs.iter(self.naming, self.manifest);
        let records: Vec<_> = jobs.filter_map(|job| job.record).collect();
        mark_unread(records.iter(), self.writer)
    }
}

/// Gives files a record that fits no state. So all are read in time: those that this
/// update does not reach, because it is interrupted or looks into one folder only, by
/// the next that looks at them. What came through a pipe cannot be read again.
pub(super) fn mark_unread<'r>(
    records: impl Iterator<Item = &'r SourceRecord>,
    writer: &mut IndexWriter,
) -> Result<(), IndexError> {
    for record in records.filter(|record| !record.state.is_piped()) {
        let unread = SourceRecord { state: FileState::default(), hash: None, ..record.clone() };
        writer.apply(SourceUpdate {
            path: record.name.clone(),
            stage: Stage::Whole,
            forget: Forget::Record,
            documents: Vec::new(),
            record: Some(unread),
            bytes: 0,
        })?;
    }
    Ok(())
}
