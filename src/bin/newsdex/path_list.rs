//! A file that lists the files to read.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The paths in the file at `path`, `-` for standard input: each ends with a NUL if
/// `is_null` is set, else with its line. What is empty is none.
pub(crate) fn read(path: &Path, is_null: bool) -> Result<Vec<PathBuf>, Failure> {
    let list = match path == Path::new("-") {
        true => {
            let mut list = Vec::new();
            io::stdin().lock().read_to_end(&mut list).map(|_| list)
        }
        false => fs::read(path),
    };
    let list = list.map_err(|cause| Failure::unreadable_path(path, &cause))?;
    let end = if is_null { 0 } else { b'\n' };
    let name = |bytes: &[u8]| match bytes {
        [line @ .., b'\r'] if !is_null => path_of(line),
        bytes => path_of(bytes),
    };
    let is_blank =
        |bytes: &&[u8]| if is_null { bytes.is_empty() } else { bytes.trim_ascii().is_empty() };
    Ok(list.split(|byte| *byte == end).filter(|bytes| !is_blank(bytes)).map(name).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// Paths of this system are Unicode.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
