//! Folders of what is measured.

use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::Outcome;

/// Removes a folder, if it is there.
pub(crate) fn remove(folder: &Path) -> Outcome<()> {
    if folder.try_exists()? {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}

/// Bytes of all files below a folder.
pub(crate) fn size_of(folder: &Path) -> Outcome<u64> {
    let mut bytes = 0;
    for entry in WalkDir::new(folder) {
        let metadata = entry?.metadata()?;
        if metadata.is_file() {
            bytes += metadata.len();
        }
    }
    Ok(bytes)
}
