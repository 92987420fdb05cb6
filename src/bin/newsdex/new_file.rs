//! A file that is written at once, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::failure::{Failure, reason};

/// A file to be made.
#[derive(Debug)]
pub(crate) struct NewFile {
    path: PathBuf,
    /// Where it is written before it takes its name.
    draft: PathBuf,
}

impl NewFile {
    /// A file at `path`, where none may be yet unless it is to be replaced. Its
    /// folder must be there and writable.
    pub(crate) fn at(path: &Path, replace: bool) -> Result<Self, Failure> {
        let failed = |cause| unwritable(path, &cause);
        if path.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if !replace && path.try_exists().map_err(failed)? {
            let failure = Failure::new(format_args!("`{}` is there already", path.display()));
            return Err(failure.hint("`--force` writes over it"));
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", process::id()));
        let file = Self { path: path.to_owned(), draft: path.with_file_name(name) };
        // Whether it can be written; an interruption then leaves nothing behind.
        File::create(&file.draft).and_then(|_| fs::remove_file(&file.draft)).map_err(failed)?;
        Ok(file)
    }

    /// Gives it this content and its name.
    pub(crate) fn write(self, bytes: &[u8]) -> Result<(), Failure> {
        self.write_with(|draft| Ok(draft.write_all(bytes)?))
    }

    /// Gives it the content that `write` writes, and its name; if that fails, neither.
    pub(crate) fn write_with(
        self,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let failed = |cause| unwritable(&self.path, &cause);
        let mut draft = Draft { file: File::create(&self.draft).map_err(failed)?, failed: None };
        let mut buffered = BufWriter::new(&mut draft);
        let written = write(&mut buffered).and_then(|()| Ok(buffered.flush()?));
        drop(buffered);
        // Of which file the trouble is, only this knows.
        if let Some(cause) = draft.failed {
            return Err(failed(cause));
        }
        written?;
        let finish = || {
            draft.file.sync_all()?;
            fs::rename(&self.draft, &self.path)
        };
        finish().map_err(failed)
    }
}

/// A file that remembers why it could not be written.
struct Draft {
    file: File,
    failed: Option<io::Error>,
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|cause| {
            let kind = cause.kind();
            self.failed = Some(cause);
            kind.into()
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // Nothing to remove once it has its name.
        let _ = fs::remove_file(&self.draft);
    }
}

fn unwritable(path: &Path, cause: &io::Error) -> Failure {
    Failure::new(format_args!("cannot write `{}`: {}", path.display(), reason(cause)))
}
