//! What an update is to read: a million files in a few megabytes.

use crate::index::{Action, FileState, Manifest, SourceRecord};
use crate::ingest::{Naming, SourceFile};

use super::piped::Piped;

/// A file to read, or what is in the place of one.
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

/// What is to be read, in the order in which it was found. Files are kept as bytes, each
/// by what tells it from the one before: a tenth of what they would take in memory one by
/// one.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    coded: Vec<u8>,
    /// The name of the last file.
    last: String,
    count: u64,
    bytes: u64,
    piped: Option<Piped>,
}

/// A file of the list.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) name: String,
    pub(super) state: FileState,
    pub(super) action: Action,
}

impl Jobs {
    /// Adds a file.
    pub(super) fn push(&mut self, file: &SourceFile, action: Action) {
        let pairs = file.name.bytes().zip(self.last.bytes());
        let shared = pairs.take_while(|(one, other)| one == other).count().min(MOST_SHARED);
        let rest = &file.name.as_bytes()[shared..];
        self.coded.extend((shared as u16).to_le_bytes());
        self.coded.extend((rest.len() as u32).to_le_bytes());
        self.coded.extend(rest);
        self.coded.extend(file.size.to_le_bytes());
        self.coded.extend(file.modified_ns.to_le_bytes());
        self.coded.push(action as u8);
        self.last.clone_from(&file.name);
        self.count += 1;
        self.bytes += file.size;
    }

    /// Adds what comes through a pipe.
    pub(super) fn push_piped(&mut self, piped: &Piped) {
        self.piped = Some(piped.clone());
        self.count += 1;
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// How many there are.
    pub(super) const fn len(&self) -> u64 {
        self.count
    }

    /// Bytes to read.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The files.
    pub(super) const fn files(&self) -> Files<'_> {
        Files { coded: self.coded.as_slice(), name: Vec::new() }
    }

    /// All there is to read, with what `manifest` knows of it.
    pub(super) fn iter(&self, naming: &Naming, manifest: &Manifest) -> impl Iterator<Item = Job> {
        let files = self.files().map(|Planned { name, state, action }| {
            let FileState { size, modified_ns } = state;
            // What is to be replaced and has no record was read since the manifest was.
            let unknown = || SourceRecord { name: name.clone(), ..SourceRecord::default() };
            let record = (action != Action::Add)
                .then(|| manifest.get(&name).cloned().unwrap_or_else(unknown));
            let file = SourceFile { path: naming.path_of(&name), name, size, modified_ns };
            Job { file, action, record, piped: None }
        });
        let piped = self.piped.iter().map(|piped| {
            let record = manifest.get(&piped.name).cloned();
            let action = if record.is_some() { Action::Replace } else { Action::Add };
            Job { file: piped.as_file(), action, record, piped: Some(piped.clone()) }
        });
        files.chain(piped)
    }
}

/// The longest start that a name shares with the one before: its length is kept in two
/// bytes.
const MOST_SHARED: usize = u16::MAX as usize;

/// Iterator over the files of a list.
#[derive(Debug)]
pub(super) struct Files<'a> {
    coded: &'a [u8],
    name: Vec<u8>,
}

impl Files<'_> {
    fn take<const BYTES: usize>(&mut self) -> Option<[u8; BYTES]> {
        let (bytes, rest) = self.coded.split_first_chunk()?;
        self.coded = rest;
        Some(*bytes)
    }
}

impl Iterator for Files<'_> {
    type Item = Planned;

    fn next(&mut self) -> Option<Planned> {
        let shared = u16::from_le_bytes(self.take()?);
        let length = u32::from_le_bytes(self.take()?);
        let (rest, coded) = self.coded.split_at_checked(length as usize)?;
        self.coded = coded;
        self.name.truncate(usize::from(shared));
        self.name.extend(rest);
        let size = u64::from_le_bytes(self.take()?);
        let modified_ns = i64::from_le_bytes(self.take()?);
        let [action] = self.take()?;
        let action = ACTIONS.into_iter().find(|one| *one as u8 == action)?;
        let name = String::from_utf8(self.name.clone()).ok()?;
        Some(Planned { name, state: FileState { size, modified_ns }, action })
    }
}

/// All actions that a list has.
const ACTIONS: [Action; 3] = [Action::Add, Action::Compare, Action::Replace];

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::Jobs;
    use crate::index::{Action, Manifest};
    use crate::ingest::{Naming, SourceFile};

    proptest! {
        #[test]
        fn what_is_pushed_comes_out(
            files in prop::collection::vec(("[a-cé/]{1,6}", any::<u64>(), any::<i64>()), 0..20)
        ) {
            let naming = Naming { base: PathBuf::from("/archive") };
            let mut jobs = Jobs::default();
            let files: Vec<_> = files
                .into_iter()
                .map(|(name, size, modified_ns)| {
                    let size = size >> 8;
                    let name = naming.name_of(&Path::new("/archive/x").join(name.trim_matches('/')));
                    SourceFile { path: naming.path_of(&name), name, size, modified_ns }
                })
                .collect();
            let actions = [Action::Add, Action::Replace, Action::Compare];
            for (file, action) in files.iter().zip(actions.into_iter().cycle()) {
                jobs.push(file, action);
            }
            let manifest = Manifest::default();
            let out: Vec<_> = jobs.iter(&naming, &manifest).collect();
            prop_assert_eq!(jobs.len(), files.len() as u64);
            prop_assert_eq!(jobs.bytes(), files.iter().map(|file| file.size).sum::<u64>());
            prop_assert_eq!(out.len(), files.len());
            for ((job, file), action) in out.iter().zip(&files).zip(actions.into_iter().cycle()) {
                prop_assert_eq!(&job.file, file);
                prop_assert_eq!(job.action, action);
            }
        }
    }
}
