//! In an index with changed bytes `verify` finds that something is wrong; where somebody
//! has also put the checksums of its lists right, it is refused or opened, and whatever
//! the table of names holds, names are looked up in it.
//!
//! The engine may panic on what is damaged, which `verify` must survive: under libFuzzer
//! the target keeps such panics from ending the run.

use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

use newsdex::index::{Depth, IndexReader, NAME_FIELDS, NameTable, PART_BIT, Verification, verify};
use xxhash_rust::xxh3::xxh3_64;

use super::archive::Archive;

/// Names of the files of an index, and their bytes.
type Files = BTreeMap<String, Vec<u8>>;

/// Bytes of the line that ends a file: `xxh3 `, 16 digits, a line end.
const LINE_BYTES: usize = 22;

/// Bytes of a change: the file, two of the place in it, the byte there.
const CHANGE: usize = 4;

/// Checks an input: a byte whose lowest bit says that checksums are to be right, then
/// changes.
pub fn check(bytes: &[u8]) {
    static FILES: OnceLock<Files> = OnceLock::new();
    let whole = FILES.get_or_init(files);
    let Some((first, changes)) = bytes.split_first() else { return };
    let mut files = whole.clone();
    for change in changes.chunks_exact(CHANGE) {
        let name = whole.keys().nth(usize::from(change[0]) % whole.len()).expect("it is less");
        let file = files.get_mut(name).expect("it is a name of theirs");
        let place = usize::from(change[1]) << 8 | usize::from(change[2]);
        match place.checked_rem(file.len()) {
            // The top bit of a place cuts the file there.
            Some(place) if change[1] & 0x80 != 0 => file.truncate(place),
            Some(place) => file[place] = change[3],
            None => {}
        }
    }
    let is_mended = first & 1 == 1;
    if is_mended {
        files.values_mut().for_each(mend);
    }
    let archive = Archive::new();
    let folder = archive.index_folder();
    fs::create_dir_all(&folder).expect("the folder is ours");
    for (name, bytes) in &files {
        fs::write(folder.join(name), bytes).expect("the folder is ours");
    }
    let found = verify(&folder, Depth::Everything, 1);
    let is_whole = found.as_ref().is_ok_and(Verification::is_whole);
    if files == *whole {
        assert!(is_whole, "{found:?}");
    } else if !is_mended {
        assert!(!is_whole, "changes were not found: {changes:?}");
    }
    // The table alone is read in place by newsdex itself; all else is the engine's.
    let names_alone = files.iter().all(|(name, bytes)| name == "names" || *bytes == whole[name]);
    if names_alone {
        let reader = IndexReader::open(&folder).expect("its commit is whole");
        check_names(&reader.names().expect("they can be made anew"));
    }
}

/// An index as it is written, without its locks.
fn files() -> Files {
    let archive = Archive::of_articles();
    let entries = fs::read_dir(archive.index_folder()).expect("the index was made");
    let files = entries.map(|entry| {
        let path = entry.expect("the folder is ours").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("it is ours");
        (name.to_owned(), fs::read(&path).expect("the folder is ours"))
    });
    files.filter(|(name, bytes)| !name.ends_with("lock") && !bytes.is_empty()).collect()
}

/// Puts the checksum of a file right.
fn mend(file: &mut Vec<u8>) {
    let Some(end) = file.len().checked_sub(LINE_BYTES) else { return };
    file.truncate(end);
    let line = format!("xxh3 {:016x}\n", xxh3_64(file));
    file.extend(line.bytes());
}

fn check_names(names: &NameTable) {
    for field in 0..NAME_FIELDS {
        let range = names.of_field(field);
        let canonicals = names.canonicals(field);
        assert_eq!(canonicals.len(), range.len());
        for part in canonicals.iter().filter(|canonical| **canonical & PART_BIT != 0) {
            let _ = names.part(field, part & !PART_BIT).owner(Some(19_800), Some(19_800));
        }
        for name in range {
            let _ = (names.form(name), names.key(name), names.is_partial(name));
            let _ = (names.canonical(name), names.meant_by(field, names.key(name)));
            let _ = (names.members(name).count(), names.parts_of(name).count());
            let _ = names.partial(name).map(|partial| partial.owner(None, None));
        }
    }
}
