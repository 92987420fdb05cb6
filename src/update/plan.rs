//! The plan of an update: what the folders show, beside what the index knows.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use crate::index::{Action, FileState, Manifest, SourceRecord, action};
use crate::ingest::{Naming, ReadError, Selector, SourceFile, walk};

use super::jobs::{Job, Jobs};
use super::report::{Failure, Report};

/// Which files that the index knows are read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reread {
    /// Those that changed.
    Changed,
    /// Those too that gave fewer articles than they should: more is allowed now.
    Failed,
    /// All: they are to be read in another way.
    Everything,
}

/// What is to be done.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// What to read.
    pub(super) jobs: Jobs,
    /// Names of files to forget.
    pub(super) gone: Vec<String>,
}

impl Plan {
    /// Whether the index is as the folders are.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.gone.is_empty()
    }

    /// The names of the files that change or go.
    pub(super) fn touched(&self) -> BTreeSet<String> {
        let changed = self.jobs.files().filter(|planned| planned.action != Action::Add);
        self.gone.iter().cloned().chain(changed.map(|planned| planned.name)).collect()
    }

    /// The plan to read these files again, though they did not change. What came through
    /// a pipe cannot be; who cannot be looked at now will be the next time.
    pub(super) fn again(names: &BTreeSet<String>, naming: &Naming, manifest: &Manifest) -> Self {
        let mut plan = Self::default();
        for name in names {
            let is_piped = manifest.get(name).is_some_and(|record| record.state.is_piped());
            let file = SourceFile::at(&naming.path_of(name), naming);
            if let (Ok(file), false) = (file, is_piped) {
                plan.jobs.push(&file, Action::Replace);
            }
        }
        plan
    }

    /// Takes back what `report` says of files that are read all the same: those below
    /// `roots` were counted as unchanged, or named as failed.
    pub(super) fn take_back(
        &self,
        roots: &[PathBuf],
        naming: &Naming,
        manifest: &Manifest,
        report: &mut Report,
    ) {
        let mut names = BTreeSet::new();
        for Job { file, record, .. } in self.jobs.iter(naming, manifest) {
            let has_failed = record.is_some_and(|record| record.trouble.is_some());
            let is_counted = roots.iter().any(|root| file.path.starts_with(root));
            if is_counted && !has_failed {
                report.unchanged = report.unchanged.saturating_sub(1);
            }
            names.insert(file.name);
        }
        report.failed.retain(|failure| !names.contains(&failure.path));
    }
}

/// Where files are sought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought<'a> {
    /// Files and folders.
    pub(super) roots: &'a [PathBuf],
    pub(super) naming: &'a Naming,
    pub(super) selector: &'a Selector,
    /// The name under which something comes through a pipe: a file of that name gives way.
    pub(super) piped: Option<&'a str>,
}

/// Compares the files that are `sought` with the records of `manifest`. What needs
/// no work goes to `report`.
pub(super) fn plan(
    sought: Sought<'_>,
    manifest: &Manifest,
    reread: Reread,
    report: &mut Report,
) -> Plan {
    let Sought { roots, naming, selector, piped } = sought;
    let mut comparison = Comparison::new(manifest, reread, roots.len(), report);
    let mut unseen_folders = Vec::new();
    for root in roots {
        let walked = walk(root, naming, selector, &mut |found| match found {
            Ok(file) => {
                if piped != Some(&file.name) {
                    comparison.add(file);
                }
            }
            Err(trouble) => {
                let reason = trouble.reason.to_string();
                let failure = Failure { path: trouble.name.clone(), reason, articles: 0 };
                comparison.report.failed.push(failure);
                if !matches!(trouble.reason, ReadError::NotFound) {
                    unseen_folders.push(trouble.name);
                }
            }
        });
        comparison.report.passed_over += walked.passed_over;
    }
    // What could not be looked at is not known to be gone.
    for name in unseen_folders {
        manifest.below(&name).for_each(|place| comparison.seen[place] = true);
    }
    let mut gone = BTreeSet::new();
    for root in roots {
        let root = naming.name_of(root);
        let unseen = manifest.below(&root).filter(|place| !comparison.seen[*place]);
        let records = unseen.filter_map(|place| manifest.at(place));
        // What was piped goes when it is named itself, as a file that is not there.
        let missing = records.filter(|record| !record.state.is_piped() || record.name == root);
        gone.extend(missing.map(|record| record.name.clone()));
    }
    if let Some(name) = piped {
        gone.remove(name);
    }
    Plan { jobs: comparison.jobs, gone: gone.into_iter().collect() }
}

/// The comparison of files with records, file by file.
struct Comparison<'a> {
    manifest: &'a Manifest,
    reread: Reread,
    /// Which of the records are of files that were found.
    seen: Vec<bool>,
    /// The place of the record that the next file has if it is the next file of the last
    /// time.
    next: usize,
    /// Files without a record that were found, where one may be found twice.
    new: Option<HashSet<String>>,
    jobs: Jobs,
    report: &'a mut Report,
}

impl<'a> Comparison<'a> {
    fn new(manifest: &'a Manifest, reread: Reread, roots: usize, report: &'a mut Report) -> Self {
        let seen = vec![false; manifest.len()];
        let new = (roots > 1).then(HashSet::new);
        Self { manifest, reread, seen, next: 0, new, jobs: Jobs::default(), report }
    }

    fn add(&mut self, file: SourceFile) {
        let place = self.manifest.place(&file.name, self.next);
        let is_first = match (place, &mut self.new) {
            (Some(place), _) => {
                self.next = place + 1;
                !std::mem::replace(&mut self.seen[place], true)
            }
            (None, Some(new)) => new.insert(file.name.clone()),
            (None, None) => true,
        };
        if is_first {
            self.compare(file, place);
        }
    }

    fn compare(&mut self, file: SourceFile, place: Option<usize>) {
        let record = place.and_then(|place| self.manifest.at(place));
        let state = FileState { size: file.size, modified_ns: file.modified_ns };
        let action = match (action(record, state), self.reread) {
            (Action::Keep | Action::Compare, Reread::Everything) => Action::Replace,
            (Action::Keep | Action::Compare, Reread::Failed)
                if record.is_some_and(|record| record.trouble.is_some()) =>
            {
                Action::Replace
            }
            (action, _) => action,
        };
        if action != Action::Keep {
            self.jobs.push(&file, action);
            return;
        }
        let trouble = record.and_then(|record| Some((record.trouble.clone()?, record.articles)));
        match trouble {
            Some((reason, articles)) => {
                self.report.failed.push(Failure { path: file.name, reason, articles });
            }
            None if record.is_some_and(SourceRecord::is_passed_over) => {
                self.report.passed_over += 1;
            }
            None => self.report.unchanged += 1,
        }
    }
}
