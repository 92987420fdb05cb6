//! The folder of the index as an update sees it: what was read of a file leaves memory
//! again.
//!
//! The engine maps the files of an index whole, and a page that was read stays with the
//! process as long as the map. To who searches that is welcome; an update that merges
//! segments would in time hold all that it ever merged. So it gives its maps back now and
//! then, and maps the file again when it is read on.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

use super::directory::IndexDirectory;

/// Bytes that are read through one map. To map a file again costs some ten microseconds,
/// a third of reading so much; eight segments of four large files each hold 4 MB at most.
const MAPPED_BYTES: usize = 128 << 10;

/// A folder whose files leave memory as they are read. Nobody else may remove files from
/// it, as the only writer knows.
#[derive(Clone, Debug)]
pub(super) struct LeanDirectory(pub(super) IndexDirectory);

impl Directory for LeanDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let map = self.0.map_apart(path)?;
        let length = map.len();
        if length <= MAPPED_BYTES {
            return Ok(map);
        }
        let current = Mutex::new(Map { file: Some(map), given: 0 });
        Ok(Arc::new(LeanFile { directory: self.0.clone(), path: path.to_owned(), length, current }))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.0.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.0.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.0.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.0.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.0.acquire_lock(lock)
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(watch_callback)
    }
}

/// A file that is mapped anew after every [`MAPPED_BYTES`], each time apart: an engine that
/// keeps a segment open would else hold all that others read of it.
#[derive(Debug)]
struct LeanFile {
    directory: IndexDirectory,
    path: PathBuf,
    length: usize,
    current: Mutex<Map>,
}

/// The map that is read through at present. Whoever holds bytes of one before keeps that.
#[derive(Debug)]
struct Map {
    file: Option<Arc<dyn FileHandle>>,
    /// Bytes that were given out of it.
    given: usize,
}

impl LeanFile {
    fn map(&self, bytes: usize) -> io::Result<Arc<dyn FileHandle>> {
        // A panic elsewhere leaves a map that can be used.
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if current.given > MAPPED_BYTES {
            *current = Map { file: None, given: 0 };
        }
        current.given = current.given.saturating_add(bytes);
        if let Some(file) = &current.file {
            return Ok(Arc::clone(file));
        }
        let file = self.directory.map_apart(&self.path).map_err(io::Error::other)?;
        current.file = Some(Arc::clone(&file));
        Ok(file)
    }
}

impl HasLen for LeanFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for LeanFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        self.map(range.len())?.read_bytes(range)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::path::Path;

    use tantivy::directory::{Directory, TerminatingWrite};

    use super::{IndexDirectory, LeanDirectory, MAPPED_BYTES};

    /// Makes a file that is mapped anew as it is read, and gives back its bytes.
    fn write(directory: &LeanDirectory, path: &Path) -> Vec<u8> {
        let bytes: Vec<u8> =
            (0..MAPPED_BYTES * 2 / 4).flat_map(|n| (n as u32).to_le_bytes()).collect();
        let mut file = directory.open_write(path).unwrap();
        file.write_all(&bytes).unwrap();
        file.terminate().unwrap();
        bytes
    }

    #[test]
    fn who_holds_a_part_of_a_file_does_not_hold_what_others_read_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let directory = LeanDirectory(IndexDirectory::open(folder.path()).unwrap());
        let path = Path::new("file");
        write(&directory, path);
        let file = directory.get_file_handle(path).unwrap();
        let held = file.read_bytes(0..4).unwrap();
        for _ in 0..3 {
            // Of one file, and of the same opened again.
            for file in [&file, &directory.get_file_handle(path).unwrap()] {
                file.read_bytes(0..MAPPED_BYTES + 1).unwrap();
                let other = file.read_bytes(0..4).unwrap();
                assert_ne!(other.as_ptr(), held.as_ptr());
            }
        }
    }

    #[test]
    fn what_is_read_is_the_same_however_often_the_file_is_mapped() {
        let folder = tempfile::tempdir().unwrap();
        let directory = LeanDirectory(IndexDirectory::open(folder.path()).unwrap());
        let path = Path::new("file");
        let bytes = write(&directory, path);
        let file = directory.get_file_handle(path).unwrap();
        assert_eq!(file.len(), bytes.len());
        let mut held = Vec::new();
        for start in (0..bytes.len() - 70_000).step_by(61_001) {
            let range = start..start + 70_000;
            let read = file.read_bytes(range.clone()).unwrap();
            assert_eq!(read.as_slice(), &bytes[range.clone()]);
            held.push((range, read));
        }
        for (range, read) in held {
            assert_eq!(read.as_slice(), &bytes[range]);
        }
    }
}
