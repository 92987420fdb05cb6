//! What writers that were killed, or that a full disk stopped, left in the folder of an
//! index: files of segments that no commit names, and drafts. It never touches a file of
//! the last commit, nor one that is not the index's own.
//!
//! The engine removes such files when it commits, as far as it noted them; but it stumbles
//! over a list of deletions that a killed writer had no time to commit, and never looks if
//! there is nothing to commit. Nor does it after a merge that came to nothing, because all
//! that the segment held was deleted meanwhile.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::Index;

use super::IndexError;
use super::whole_file::DRAFT_ENDING;

/// Letters of a segment's identifier, with which the names of its files begin.
const SEGMENT_LETTERS: usize = 32;

/// Removes them. Only who holds the writer's lock may.
///
/// # Errors
///
/// When the folder or the list of segments cannot be read. What cannot be removed stays.
pub(super) fn remove_leftovers(folder: &Path, index: &Index) -> Result<(), IndexError> {
    let failed = |cause| IndexError::Io { path: folder.to_owned(), cause };
    let living = index.load_metas()?.list_segment_files();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if is_left(name, &living) {
            // The next writer tries again.
            let _ = fs::remove_file(&path);
        }
    }
    Ok(())
}

/// Whether a file of that name is of no use, if these are those of the last commit.
fn is_left(name: &str, living: &HashSet<PathBuf>) -> bool {
    if name.ends_with(DRAFT_ENDING) {
        return true;
    }
    let segment = name.split('.').next().unwrap_or_default();
    let is_of_segment = segment.len() == SEGMENT_LETTERS
        && segment.bytes().all(|byte| byte.is_ascii_hexdigit())
        && name.len() > SEGMENT_LETTERS;
    is_of_segment && !living.contains(Path::new(name))
}

#[cfg(test)]
mod tests {
    use super::is_left;
    use std::path::PathBuf;

    #[test]
    fn only_drafts_and_files_of_unknown_segments_are_left_over() {
        let segment = "0123456789abcdef0123456789abcdef";
        let living = [PathBuf::from(format!("{segment}.store"))].into();
        for (name, expected) in [
            (format!("{segment}.store"), false),
            (format!("{segment}.12.del"), true),
            (format!("f{}.store", &segment[1..]), true),
            (segment.to_owned(), false),
            ("meta.json.3.draft".to_owned(), true),
            ("meta.json".to_owned(), false),
            (".managed.json".to_owned(), false),
            ("writer.lock".to_owned(), false),
            ("notes.txt".to_owned(), false),
        ] {
            assert_eq!(is_left(&name, &living), expected, "{name}");
        }
    }
}
