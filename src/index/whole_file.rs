//! Files of the index that are replaced as wholes: what they held before, or all of what is
//! new, whenever the process is killed or the power goes. It does not say what is in them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// How the names of drafts end.
pub(super) const DRAFT_ENDING: &str = ".draft";

/// Numbers the drafts of this process, so that two threads never write one.
static NEXT_DRAFT: AtomicU64 = AtomicU64::new(0);

/// Gives the file at `path` this content. Who may read it is decided by the user's mask, as
/// for every other file of the index.
///
/// # Errors
///
/// When it cannot be written; it then is as it was.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}{DRAFT_ENDING}", NEXT_DRAFT.fetch_add(1, Ordering::Relaxed)));
    let draft = path.with_file_name(name);
    let write = || {
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_data()?;
        fs::rename(&draft, path)
    };
    write().inspect_err(|_| {
        // If that fails too, the next writer removes it.
        let _ = fs::remove_file(&draft);
    })
}

/// Makes durable which files a folder holds.
///
/// # Errors
///
/// When the system cannot.
#[cfg(not(windows))]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows does so by itself, and has no call for it.
///
/// # Errors
///
/// Never.
#[cfg(windows)]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::write_whole;
    use std::fs;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names");
        for text in ["one", "", "another"] {
            write_whole(&path, text.as_bytes()).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
        // A folder cannot be replaced by a file.
        let taken = folder.path().join("folder");
        fs::create_dir_all(taken.join("inside")).unwrap();
        write_whole(&taken, b"x").unwrap_err();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
