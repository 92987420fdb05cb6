//! The plan of an update: what the folders show, beside what the index knows.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::index::{Action, FileState, Manifest, SourceRecord, action};
use crate::ingest::{Naming, ReadError, Selector, SourceFile, walk};

use super::piped::Piped;
use super::report::{Failure, Report};

/// A file to read.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) file: SourceFile,
    pub(super) action: Action,
    /// What the index knows of it.
    pub(super) record: Option<SourceRecord>,
    /// Where it comes from, if it is no file.
    pub(super) piped: Option<Piped>,
}

impl Job {
    /// Of what comes through a pipe.
    pub(super) fn of_piped(piped: &Piped, manifest: &Manifest) -> Self {
        let record = manifest.get(&piped.name).cloned();
        let action = if record.is_some() { Action::Replace } else { Action::Add };
        Self { file: piped.as_file(), action, record, piped: Some(piped.clone()) }
    }

    /// The state of the file that was read.
    pub(super) const fn state(&self) -> FileState {
        match self.piped {
            Some(_) => FileState::PIPED,
            None => FileState { size: self.file.size, modified_ns: self.file.modified_ns },
        }
    }

    /// A state of the file in which it has to be read again, if it can be.
    pub(super) fn unread_state(&self) -> FileState {
        match self.piped {
            Some(_) => FileState::PIPED,
            None => FileState::default(),
        }
    }
}

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
    /// Files to read.
    pub(super) jobs: Vec<Job>,
    /// Names of files to forget.
    pub(super) gone: Vec<String>,
}

impl Plan {
    /// Whether the index is as the folders are.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.gone.is_empty()
    }

    /// The names of the files that change or go.
    pub(super) fn touched(&self) -> impl Iterator<Item = &str> {
        let changed = self.jobs.iter().filter(|job| job.action != Action::Add);
        self.gone.iter().map(String::as_str).chain(changed.map(|job| job.file.name.as_str()))
    }

    /// The plan to read these files again, though they did not change. What came through
    /// a pipe cannot be; who cannot be looked at now will be the next time.
    pub(super) fn again(names: &BTreeSet<String>, naming: &Naming, manifest: &Manifest) -> Self {
        let mut plan = Self::default();
        for name in names {
            let new = || SourceRecord { name: name.clone(), ..SourceRecord::default() };
            let record = manifest.get(name).cloned().unwrap_or_else(new);
            let file = SourceFile::at(&naming.path_of(name), naming);
            if let (Ok(file), false) = (file, record.state.is_piped()) {
                let action = Action::Replace;
                plan.jobs.push(Job { file, action, record: Some(record), piped: None });
            }
        }
        plan
    }

    /// Takes back what `report` says of files that are read all the same: those below
    /// `roots` were counted as unchanged, or named as failed.
    pub(super) fn take_back(&self, roots: &[PathBuf], report: &mut Report) {
        for job in &self.jobs {
            let has_failed = job.record.as_ref().is_some_and(|record| record.trouble.is_some());
            let is_counted = roots.iter().any(|root| job.file.path.starts_with(root));
            if is_counted && !has_failed {
                report.unchanged = report.unchanged.saturating_sub(1);
            }
        }
        let names: BTreeSet<&str> = self.jobs.iter().map(|job| job.file.name.as_str()).collect();
        report.failed.retain(|failure| !names.contains(failure.path.as_str()));
    }

    /// Bytes to read.
    pub(super) fn bytes(&self) -> u64 {
        self.jobs.iter().map(|job| job.file.size).sum()
    }
}

/// Where files are sought.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought<'a> {
    /// Files and folders.
    pub(super) roots: &'a [PathBuf],
    pub(super) naming: &'a Naming,
    pub(super) selector: &'a Selector,
}

/// Compares the files that are `sought` with the records of `manifest`. What needs
/// no work goes to `report`.
pub(super) fn plan(
    sought: Sought<'_>,
    manifest: &Manifest,
    reread: Reread,
    report: &mut Report,
) -> Plan {
    let Sought { roots, naming, selector } = sought;
    let mut plan = Plan::default();
    let mut seen = BTreeSet::new();
    let mut unseen_folders = Vec::new();
    for root in roots {
        let walked = walk(root, naming, selector, &mut |found| match found {
            Ok(file) => {
                if !seen.contains(&file.name) {
                    seen.insert(file.name.clone());
                    plan_file(file, manifest, reread, &mut plan, report);
                }
            }
            Err(trouble) => {
                let reason = trouble.reason.to_string();
                report.failed.push(Failure { path: trouble.name.clone(), reason, articles: 0 });
                if !matches!(trouble.reason, ReadError::NotFound) {
                    unseen_folders.push(trouble.name);
                }
            }
        });
        report.passed_over += walked.passed_over;
    }
    // What could not be looked at is not known to be gone.
    for name in unseen_folders {
        seen.extend(manifest.below(&name).map(|record| record.name.clone()));
    }
    let mut gone = BTreeSet::new();
    for root in roots {
        let root = naming.name_of(root);
        let missing = manifest
            .below(&root)
            // What was piped goes when it is named itself, as a file that is not there.
            .filter(|record| {
                let is_kept = record.state.is_piped() && record.name != root;
                !seen.contains(&record.name) && !is_kept
            });
        gone.extend(missing.map(|record| record.name.clone()));
    }
    plan.gone = gone.into_iter().collect();
    plan
}

fn plan_file(
    file: SourceFile,
    manifest: &Manifest,
    reread: Reread,
    plan: &mut Plan,
    report: &mut Report,
) {
    let record = manifest.get(&file.name);
    let state = FileState { size: file.size, modified_ns: file.modified_ns };
    let action = match (action(record, state), reread) {
        (Action::Keep | Action::Compare, Reread::Everything) => Action::Replace,
        (Action::Keep | Action::Compare, Reread::Failed)
            if record.is_some_and(|record| record.trouble.is_some()) =>
        {
            Action::Replace
        }
        (action, _) => action,
    };
    if action != Action::Keep {
        plan.jobs.push(Job { file, action, record: record.cloned(), piped: None });
        return;
    }
    let trouble = record.and_then(|record| Some((record.trouble.clone()?, record.articles)));
    match trouble {
        Some((reason, articles)) => {
            report.failed.push(Failure { path: file.name, reason, articles });
        }
        None if record.is_some_and(SourceRecord::is_passed_over) => report.passed_over += 1,
        None => report.unchanged += 1,
    }
}
