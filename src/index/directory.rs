//! The folder of the index as the engine sees it, also where nothing can be
//! written to it.
//!
//! The engine's readers hold a lock while they open files, so that no writer
//! removes them meanwhile, and a lock is a file. Whoever may read a folder but
//! not write to it (another user's archive, a medium that is read-only), or not
//! lock in it, opens it without: then a file may go while it is being opened, and
//! `IndexReader::open` tries again. That there is one writer only is what `WriterLock`
//! sees to, so the engine's own lock for it is not taken.
//!
//! Every file gets a line with a checksum at its end (see [`checksum`]), of which the
//! engine knows nothing. Lists of files, which are read whole, are compared with it when
//! they are read.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, INDEX_WRITER_LOCK, Lock, META_LOCK,
    MmapDirectory, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::checksum::{self, LINE_BYTES, Soundness};
use super::pages::{CheckedPages, PageSums, has_pages};

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

    /// Maps a file apart from the maps of it that are held already, which is what anybody
    /// else is given.
    pub(super) fn map_apart(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |cause| OpenReadError::wrap_io_error(io::Error::other(cause), path.to_owned());
        Self::open(&self.folder).map_err(failed)?.get_file_handle(path)
    }

    /// The bytes of a file with what should be its checksum, not compared with it.
    pub(super) fn unchecked(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let failed = |cause| OpenReadError::wrap_io_error(cause, path.to_owned());
        let file = self.files.get_file_handle(path)?;
        let bytes = file.read_bytes(0..file.len()).map_err(failed)?;
        if checksum::split(&bytes).is_none() {
            Soundness::NoLine.check(&path.to_string_lossy()).map_err(failed)?;
        }
        let bytes = bytes.slice(0..bytes.len().saturating_sub(LINE_BYTES));
        Ok(match has_pages(path) {
            true => Arc::new(CheckedPages::new(path, &bytes)),
            false => Arc::new(bytes),
        })
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let failed = |cause| OpenWriteError::wrap_io_error(cause, path.to_owned());
        let file = self.files.open_write(path)?.into_inner();
        let file = file.map_err(|error| failed(error.into_error()))?;
        let pages = has_pages(path).then(PageSums::default);
        Ok(BufWriter::new(Box::new(Sealing { file, hash: Xxh3::new(), pages })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let mut bytes = self.unchecked(path)?;
        checksum::soundness(&bytes)
            .check(&path.to_string_lossy())
            .map_err(|cause| OpenReadError::wrap_io_error(cause, path.to_owned()))?;
        bytes.truncate(bytes.len() - LINE_BYTES);
        Ok(bytes)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let line = checksum::line(xxh3_64(data));
        write_whole(&self.folder.join(path), &[data, &line].concat())?;
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

/// A file that is being written; its last line is that of its checksum.
struct Sealing {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    hash: Xxh3,
    /// The sums of its pages, where it has such.
    pages: Option<PageSums>,
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        if let Some(pages) = &mut self.pages {
            pages.update(&bytes[..written]);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for Sealing {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        if let Some(pages) = self.pages.take() {
            let sums = pages.finish();
            self.hash.update(&sums);
            self.file.write_all(&sums)?;
        }
        self.file.write_all(&checksum::line(self.hash.digest()))?;
        self.file.terminate_ref(token)
    }
}
