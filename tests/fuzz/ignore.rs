//! Globs and a file `.newsdexignore` of any bytes take some of the files of a folder, and
//! nothing else.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use newsdex::ingest::{Naming, Selection, Selector, walk};
use tempfile::TempDir;

use super::choice::text;

/// The files of the folder.
const FILES: [&str; 6] =
    ["a.txt", "b b.txt", "deep/deeper/[c].txt", "deep/d.html", ".hidden/e.txt", "#f!.md"];

/// Checks an input: a line of a glob to take, one of a glob to leave out, then the file.
pub fn check(bytes: &[u8]) {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("there is a place for temporary files");
        for name in FILES {
            let path = folder.path().join(name);
            let _ = fs::create_dir_all(path.parent().expect("it lies in the folder"));
            fs::write(path, "Rain fell.").expect("the folder is ours");
        }
        folder
    });
    check_in(folder.path(), bytes);
}

fn check_in(base: &Path, bytes: &[u8]) {
    let mut lines = bytes.splitn(3, |byte| *byte == b'\n');
    let mut globs = || {
        let line = lines.next().unwrap_or_default();
        if line.is_empty() { Vec::new() } else { vec![text(line)] }
    };
    let selection = Selection { include: globs(), exclude: globs(), hidden: true };
    let rest = lines.next().unwrap_or_default();
    fs::write(base.join(".newsdexignore"), rest).expect("the folder is ours");
    let selector = match Selector::new(&selection, base) {
        Ok(selector) => selector,
        Err(error) => return assert!(!error.what.is_empty()),
    };
    let mut seen = Vec::new();
    let naming = Naming { base: base.to_owned() };
    walk(base, &naming, &selector, &mut |found| {
        if let Ok(file) = found {
            assert!(FILES.contains(&file.name.as_str()) || file.name == ".newsdexignore");
            seen.push(file.name);
        }
    });
    let all = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), all, "a file is found twice");
}
