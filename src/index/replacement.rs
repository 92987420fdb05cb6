//! Puts a new index in the place of another: beside it until it is whole, then at once.
//!
//! While the new one is made, the old one is searched as ever, and its lock keeps other
//! writers away. Both change places in one step where the system can do that; else the
//! old one steps aside first, and [`heal`] brings it back if the program is stopped in
//! between. Whatever happens, one whole index is in its place or stands aside.

use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::lock::LOCK_FILE;
use super::whole_file::sync_folder;
use super::{IndexError, IndexReader, WriterLock};

/// What stands behind the name of an index folder in that of a new one beside it.
const NEW: &str = "-new";
/// The same of an old one that stepped aside.
const ASIDE: &str = "-old";

/// A new index on its way to the place of another, whose lock it holds. Dropped before it
/// took that place, it leaves nothing behind.
#[derive(Debug)]
pub struct Replacement {
    _lock: WriterLock,
    /// When it began, in seconds since 1970.
    now: i64,
    index: PathBuf,
    new: PathBuf,
}

impl Replacement {
    /// Locks the index in `folder`, which there need not be, and makes room beside it. `now`, in
    /// seconds since 1970, is told to those who find it locked.
    ///
    /// # Errors
    ///
    /// When another process holds the lock, or the folder cannot be written to.
    pub fn begin(folder: &Path, now: i64) -> Result<Self, IndexError> {
        // It removes what another that was stopped has left.
        let lock = WriterLock::take(folder, now)?;
        Ok(Self { _lock: lock, now, index: folder.to_owned(), new: beside(folder, NEW) })
    }

    /// The folder for the new index.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.new
    }

    /// Puts the new index in its place, removes what was there, and opens it.
    ///
    /// # Errors
    ///
    /// When the folders cannot be renamed; then the old index is in its place.
    pub fn take_place(self) -> Result<IndexReader, IndexError> {
        let failed = |cause| IndexError::Io { path: self.index.clone(), cause };
        // From the moment of the change on it is this one that others must find locked.
        let _lock_of_new = WriterLock::take(&self.new, self.now)?;
        let old = change_places(&self.index, &self.new).map_err(failed)?;
        if let Some(home) = self.index.parent() {
            // Before the old one goes, it must be sure that the new one is found.
            sync_folder(home).map_err(failed)?;
        }
        // What cannot be removed now is by the next writer.
        let _ = remove_index(&old);
        IndexReader::open(&self.index)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        // Where it took its place there is nothing any more; else the next writer tries
        // again.
        if is_index(&self.new) {
            let _ = remove_index(&self.new);
        }
    }
}

/// Brings an index back that stepped aside for a new one which never came.
///
/// # Errors
///
/// When it cannot be renamed.
pub(super) fn heal(folder: &Path) -> io::Result<()> {
    let aside = beside(folder, ASIDE);
    if folder.try_exists()? || !is_index(&aside) {
        return Ok(());
    }
    match fs::rename(&aside, folder) {
        // Somebody else was faster.
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

/// Whether there is no index in `folder` because it stepped aside for a new one that never
/// came: the next writer brings it back.
#[must_use]
pub fn stands_aside(folder: &Path) -> bool {
    !folder.is_dir() && is_index(&beside(folder, ASIDE))
}

/// Removes new and old indexes beside `folder` that were left by who was stopped. Its lock
/// must be held.
pub(super) fn remove_abandoned(folder: &Path) {
    for ending in [NEW, ASIDE] {
        let left = beside(folder, ending);
        // They take room, and do no other harm.
        let _ = match is_index(&left) {
            true => remove_index(&left),
            // Whoever made it was stopped before anything was in it; else it stays.
            false => fs::remove_dir(left),
        };
    }
}

/// The folder beside `folder` whose name ends so, too.
fn beside(folder: &Path, ending: &str) -> PathBuf {
    let mut name = folder.file_name().map_or_else(OsString::new, ToOwned::to_owned);
    name.push(ending);
    folder.with_file_name(name)
}

/// Whether a folder was made for an index: no other folder is removed, unless it is empty.
fn is_index(folder: &Path) -> bool {
    folder.join(LOCK_FILE).is_file()
}

/// Removes the folder of an index. Its lock file goes last: should this be stopped, the next
/// writer still knows what the rest once was.
fn remove_index(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == LOCK_FILE {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    fs::remove_file(folder.join(LOCK_FILE))?;
    fs::remove_dir(folder)
}

/// Puts the folder `new` in the place of `index`. Gives where the old one is now.
fn change_places(index: &Path, new: &Path) -> io::Result<PathBuf> {
    match exchange(index, new) {
        Ok(()) => Ok(new.to_owned()),
        // Not every file system can.
        Err(_) => change_in_two_steps(index, new),
    }
}

fn change_in_two_steps(index: &Path, new: &Path) -> io::Result<PathBuf> {
    let aside = beside(index, ASIDE);
    fs::rename(index, &aside)?;
    if let Err(cause) = fs::rename(new, index) {
        heal(index)?;
        return Err(cause);
    }
    Ok(aside)
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// What tells a folder or file from every other, whatever it is called; none where the
/// system does not say.
pub(super) fn identity(metadata: &fs::Metadata) -> Option<(u64, u64)> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Replacement, beside, change_in_two_steps, change_places, stands_aside};
    use crate::index::{IndexError, WriterLock};

    fn make(folder: &Path, text: &str) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("writer.lock"), "").unwrap();
        fs::write(folder.join("text"), text).unwrap();
    }

    fn text(folder: &Path) -> String {
        fs::read_to_string(folder.join("text")).unwrap()
    }

    #[test]
    fn both_ways_put_the_new_in_the_place_of_the_old() {
        for change in [change_places, change_in_two_steps] {
            let home = tempfile::tempdir().unwrap();
            let [index, new] = ["index", "index-new"].map(|name| home.path().join(name));
            make(&index, "old");
            make(&new, "new");
            let old = change(&index, &new).unwrap();
            assert_eq!((text(&index), text(&old)), ("new".to_owned(), "old".to_owned()));
        }
    }

    #[test]
    fn an_index_that_stepped_aside_comes_back_with_the_next_writer() {
        let home = tempfile::tempdir().unwrap();
        let index = home.path().join("index");
        make(&beside(&index, "-old"), "old");
        // Made, and nothing more.
        fs::create_dir(beside(&index, "-new")).unwrap();
        assert!(stands_aside(&index));
        let lock = WriterLock::take(&index, 0).unwrap();
        assert_eq!(text(&index), "old");
        assert!(!stands_aside(&index));
        let names: Vec<_> = fs::read_dir(home.path()).unwrap().map(Result::unwrap).collect();
        assert_eq!(names.len(), 1, "{names:?}");
        drop(lock);
    }

    #[test]
    fn what_fails_in_between_leaves_the_old() {
        let home = tempfile::tempdir().unwrap();
        let index = home.path().join("index");
        make(&index, "old");
        assert!(change_in_two_steps(&index, &home.path().join("none")).is_err());
        assert_eq!(text(&index), "old");
    }

    #[test]
    fn folders_of_others_stay() {
        let home = tempfile::tempdir().unwrap();
        let index = home.path().join("news");
        let other = home.path().join("news-old");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("a.txt"), "mine").unwrap();
        drop(WriterLock::take(&index, 0).unwrap());
        assert!(other.join("a.txt").is_file());
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_of_an_index_that_was_replaced_is_none() {
        let home = tempfile::tempdir().unwrap();
        let index = home.path().join("index");
        let replacement = Replacement::begin(&index, 0).unwrap();
        let locked =
            |folder: &Path| matches!(WriterLock::take(folder, 0), Err(IndexError::Locked { .. }));
        assert!(locked(&index));
        make(replacement.folder(), "new");
        // It is no index, but it takes its place all the same.
        assert!(replacement.take_place().is_err());
        assert_eq!(text(&index), "new");
        assert!(!locked(&index));
    }
}
