//! The folder of the index as the engine sees it, also where nothing can be
//! written to it.
//!
//! The engine's readers hold a lock while they open files, so that no writer
//! removes them meanwhile, and a lock is a file. Whoever may read a folder but
//! not write to it (another user's archive, a medium that is read-only), or not
//! lock in it, opens it without: then a file may go while it is being opened, and
//! `IndexReader::open` tries again. That there is one writer only is what `WriterLock`
//! sees to, so the engine's own lock for it is not taken.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK, MmapDirectory,
    WatchCallback, WatchHandle, WritePtr,
};

use super::whole_file::{sync_folder, write_whole};

/// Name of the file that says which segments the last commit is made of.
pub(super) const COMMIT_FILE: &str = "meta.json";

/// A folder that can be read even if it cannot be locked.
#[derive(Clone, Debug)]
pub(super) struct IndexDirectory {
    files: MmapDirectory,
    folder: PathBuf,
}

impl IndexDirectory {
    /// The folder, which must be there.
    pub(super) fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { files: MmapDirectory::open(folder)?, folder: folder.to_owned() })
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        write_whole(&self.folder.join(path), data)?;
        if path == Path::new(COMMIT_FILE) {
            // Before what only the commit before needs is removed.
            self.sync_directory()?;
        }
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        sync_folder(&self.folder)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if lock.filepath == INDEX_WRITER_LOCK.filepath {
            return Ok(DirectoryLock::from(Box::new(())));
        }
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(_)) if lock.filepath == META_LOCK.filepath => {
                Ok(DirectoryLock::from(Box::new(())))
            }
            outcome => outcome,
        }
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(watch_callback)
    }
}
