//! The files of the index: which there should be, and whether each is as it was written.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::verification::{Fault, FaultKind, Listed, Remark, RemarkKind};
use crate::index::checksum::{Soundness, soundness_of};
use crate::index::directory::COMMIT_FILE;
use crate::index::lock::LOCK_FILE;
use crate::index::reader::NAMES_FILE;
use crate::index::{IndexError, in_stretches};

/// The engine's list of all files that it made.
pub(super) const MANAGED_FILE: &str = ".managed.json";

/// Files that hold nothing of the index: locks.
const LOCKS: [&str; 3] = [LOCK_FILE, ".tantivy-meta.lock", ".tantivy-writer.lock"];

/// The names of the files in the folder.
pub(super) fn in_folder(folder: &Path) -> Result<BTreeSet<String>, IndexError> {
    let failed = |cause| IndexError::Io { path: folder.to_owned(), cause };
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        names.insert(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

/// Whether a file is one of those that are there whatever the index holds.
pub(super) fn is_of_index(name: &str) -> bool {
    name == COMMIT_FILE || name == MANAGED_FILE || name == NAMES_FILE
}

/// The files that were looked at.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) files: u64,
    pub(super) bytes: u64,
    /// Those that are not as they were written.
    pub(super) unsound: BTreeSet<String>,
    /// Those that are not there.
    pub(super) missing: BTreeSet<String>,
    pub(super) faults: Listed<Fault>,
}

/// Compares files of a folder with their checksums.
pub(super) fn check(
    folder: &Path,
    names: &[String],
    threads: usize,
) -> Result<Checked, IndexError> {
    let parts = in_stretches(names, threads, |names| {
        let mut part = Checked::default();
        for name in names {
            part.check(&folder.join(name), name);
        }
        Ok::<_, IndexError>(part)
    })?;
    let mut all = Checked::default();
    for part in parts {
        all.files += part.files;
        all.bytes += part.bytes;
        all.unsound.extend(part.unsound);
        all.missing.extend(part.missing);
        all.faults.join(part.faults);
    }
    Ok(all)
}

impl Checked {
    /// Looks at one file, in small pieces: it may be cut shorter meanwhile.
    fn check(&mut self, path: &Path, name: &str) {
        let (kind, what) = match File::open(path).and_then(soundness_of) {
            Ok((Soundness::Sound, bytes)) => {
                self.files += 1;
                self.bytes += bytes;
                return;
            }
            Ok((Soundness::Altered, _)) => {
                (FaultKind::AlteredFile, "not as it was written".to_owned())
            }
            Ok((Soundness::NoLine, _)) => {
                (FaultKind::CutFile, "cut short, or its end is overwritten".to_owned())
            }
            Err(cause) if cause.kind() == ErrorKind::NotFound => {
                self.missing.insert(name.to_owned());
                return;
            }
            Err(cause) => (FaultKind::UnreadableFile, cannot_be_read(&cause)),
        };
        self.files += 1;
        self.unsound.insert(name.to_owned());
        self.faults.add(kind, name, what);
    }

    /// Takes for lost what is missing of these files, and no other.
    pub(super) fn miss(&mut self, expected: &BTreeSet<String>) {
        self.missing.retain(|name| expected.contains(name));
        for name in &self.missing {
            self.faults.add(FaultKind::MissingFile, name.as_str(), "not there");
        }
    }

    /// Whether all of these files are as they were written.
    pub(super) fn are_sound(&self, names: &[String]) -> bool {
        !names.iter().any(|name| self.unsound.contains(name) || self.missing.contains(name))
    }
}

fn cannot_be_read(cause: &io::Error) -> String {
    match cause.kind() {
        ErrorKind::PermissionDenied => "cannot be read: permission denied".to_owned(),
        _ => format!("cannot be read: {cause}"),
    }
}

/// Names the files of a folder that are not of the commit; `managed` are those that the
/// engine made.
pub(super) fn remark(
    found: &BTreeSet<String>,
    of_commit: &BTreeSet<String>,
    managed: impl Fn(&str) -> bool,
    remarks: &mut Listed<Remark>,
) {
    let unknown = found.iter().filter(|name| {
        !of_commit.contains(*name) && !is_of_index(name) && !LOCKS.contains(&name.as_str())
    });
    for name in unknown {
        match managed(name) {
            true => remarks.add(
                RemarkKind::LeftOver,
                name.as_str(),
                "not of the last commit: an update is at work, or left it behind",
            ),
            false => remarks.add(
                RemarkKind::Foreign,
                name.as_str(),
                "no file of the index: nothing reads it",
            ),
        }
    }
}
