//! What an update is to read: a million files in some twenty megabytes.

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
    /// The name of the last file, and when it was modified.
    last: String,
    last_ns: i64,
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
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let rest = &file.name.as_bytes()[shared..];
        // Files that lie beside each other were often written one after the other.
        let later_ns = file.modified_ns.wrapping_sub(self.last_ns);
        put(&mut self.coded, shared as u64);
        put(&mut self.coded, rest.len() as u64);
        self.coded.extend(rest);
        put(&mut self.coded, file.size);
        put(&mut self.coded, zigzag(later_ns));
        self.coded.push(action as u8);
        self.last_ns = file.modified_ns;
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
        Files { coded: self.coded.as_slice(), name: Vec::new(), modified_ns: 0 }
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

/// Iterator over the files of a list.
#[derive(Debug)]
pub(super) struct Files<'a> {
    coded: &'a [u8],
    /// Of the file before.
    name: Vec<u8>,
    modified_ns: i64,
}

impl Iterator for Files<'_> {
    type Item = Planned;

    fn next(&mut self) -> Option<Planned> {
        let shared = take(&mut self.coded)?;
        let length = take(&mut self.coded)?;
        let (rest, coded) = self.coded.split_at_checked(length as usize)?;
        self.coded = coded;
        self.name.truncate(shared as usize);
        self.name.extend(rest);
        let size = take(&mut self.coded)?;
        let later_ns = unzigzag(take(&mut self.coded)?);
        self.modified_ns = self.modified_ns.wrapping_add(later_ns);
        let (action, coded) = self.coded.split_first()?;
        self.coded = coded;
        let action = ACTIONS.into_iter().find(|one| *one as u8 == *action)?;
        let name = String::from_utf8(self.name.clone()).ok()?;
        Some(Planned { name, state: FileState { size, modified_ns: self.modified_ns }, action })
    }
}

/// Appends a number, small ones in few bytes: seven bits each, the lowest first, and in the
/// eighth whether more follow (LEB128).
fn put(coded: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        coded.push(number as u8 | 0x80);
        number >>= 7;
    }
    coded.push(number as u8);
}

/// Takes the number with which bytes begin.
fn take(coded: &mut &[u8]) -> Option<u64> {
    let length = coded.iter().position(|byte| *byte < 0x80)? + 1;
    let (bytes, rest) = coded.split_at(length);
    *coded = rest;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f)))
}

/// A number of which those near zero, on both sides, are small.
const fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63) as u64
}

const fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
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
