//! The lock on an index folder: one writer at a time, and who it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::IndexError;
use super::replacement::{heal, identity, remove_abandoned};
use super::whole_file::sync_folder;

/// Name of the file whose lock makes the writer the only one; it holds the writer's
/// process number, and since when it writes, in seconds since 1970.
pub(super) const LOCK_FILE: &str = "writer.lock";

/// Bytes of that file that are read: two numbers are shorter, and what else may stand in
/// it is not the writer's.
const MOST_HOLDER_BYTES: u64 = 64;

/// The lock on an index folder. The operating system lets go of it when the
/// process ends, however it ends.
#[derive(Debug)]
pub struct WriterLock {
    pub(super) folder: PathBuf,
    file: File,
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // Closing the file would not do while a child process, started by
        // another thread this moment, still holds a copy of it. If it fails,
        // closing is what is left.
        let _ = self.file.unlock();
    }
}

impl WriterLock {
    /// Locks the index in `folder` for other writers, making the folder if
    /// there is none. `now`, in seconds since 1970, is told to those who find it locked.
    ///
    /// # Errors
    ///
    /// When another process holds the lock, the folder cannot be written to, or lies on a
    /// file system without locks.
    pub fn take(folder: &Path, now: i64) -> Result<Self, IndexError> {
        loop {
            heal(folder).map_err(|cause| io_error(folder, cause))?;
            let lock = Self::take_once(folder, now)?;
            if lock.is_of_folder() {
                remove_abandoned(folder);
                return Ok(lock);
            }
            // A new index took the place of the one that is locked now.
        }
    }

    /// Whether the file that is locked is still the one in the folder.
    fn is_of_folder(&self) -> bool {
        let there = fs::metadata(self.folder.join(LOCK_FILE)).map(|file| identity(&file));
        let own = self.file.metadata().map(|file| identity(&file));
        matches!((there, own), (Ok(there), Ok(own)) if there == own)
    }

    fn take_once(folder: &Path, now: i64) -> Result<Self, IndexError> {
        make_folder(folder).map_err(|cause| io_error(folder, cause))?;
        let path: PathBuf = folder.join(LOCK_FILE);
        let failed = |cause| io_error(&path, cause);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut text = Vec::new();
                file.take(MOST_HOLDER_BYTES).read_to_end(&mut text).map_err(failed)?;
                let holder = holder(&String::from_utf8_lossy(&text));
                return Err(IndexError::Locked { folder: folder.to_owned(), holder });
            }
            Err(TryLockError::Error(cause)) => {
                return Err(IndexError::NoLock { folder: folder.to_owned(), cause });
            }
        }
        file.set_len(0).map_err(failed)?;
        file.rewind().map_err(failed)?;
        // At once, so that nobody reads the half of it.
        let text = format!("{} {now}\n", std::process::id());
        file.write_all(text.as_bytes()).map_err(failed)?;
        Ok(Self { folder: folder.to_owned(), file })
    }
}

/// Makes a folder, and those above it, so that they are still there after the power went.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    // The index and its home; what is above is the user's.
    for made in folder.ancestors().skip(1).take(2).filter(|made| !made.as_os_str().is_empty()) {
        // Where that is not possible, the folder is there all the same.
        let _ = sync_folder(made);
    }
    Ok(())
}

/// Who holds a lock, by what the holder wrote.
fn holder(text: &str) -> String {
    let mut words = text.split_ascii_whitespace();
    let Some(process) = words.next().and_then(|word| word.parse::<u32>().ok()) else {
        return "another process".to_owned();
    };
    let since = words.next().and_then(|word| Timestamp::from_second(word.parse().ok()?).ok());
    match since {
        Some(since) => {
            format!("process {process} since {}", since.strftime("%Y-%m-%d %H:%M:%S UTC"))
        }
        None => format!("process {process}"),
    }
}

fn io_error(path: &Path, cause: io::Error) -> IndexError {
    IndexError::Io { path: path.to_owned(), cause }
}

#[cfg(test)]
mod tests {
    use super::{LOCK_FILE, WriterLock, holder};
    use crate::index::IndexError;
    use std::fs;

    #[test]
    fn the_holder_is_told_as_far_as_it_is_known() {
        for (text, expected) in [
            ("123 1713600000\n", "process 123 since 2024-04-20 08:00:00 UTC"),
            ("123\n", "process 123"),
            ("123 soon", "process 123"),
            ("123 9999999999999999", "process 123"),
            ("", "another process"),
            ("-5 7", "another process"),
            ("\u{fffd}\u{fffd} \0", "another process"),
        ] {
            assert_eq!(holder(text), expected, "{text:?}");
        }
    }

    #[test]
    fn whatever_stands_in_the_file_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        for garbage in [&b"\xff\xfe\0garbage"[..], &[b'9'; 100_000], b""] {
            fs::write(folder.path().join(LOCK_FILE), garbage).unwrap();
            let lock = WriterLock::take(folder.path(), 1_713_600_000).unwrap();
            let Err(IndexError::Locked { holder, .. }) = WriterLock::take(folder.path(), 0) else {
                panic!("it is not locked");
            };
            let id = std::process::id();
            assert_eq!(holder, format!("process {id} since 2024-04-20 08:00:00 UTC"));
            // Another writer's, before it wrote its own.
            fs::write(folder.path().join(LOCK_FILE), garbage).unwrap();
            let error = WriterLock::take(folder.path(), 0).unwrap_err().to_string();
            assert!(error.ends_with("is locked by another process"), "{error}");
            drop(lock);
        }
    }
}
