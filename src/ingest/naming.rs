//! The names of source files: the UTF-8 text that stands for a path in an
//! index, and back.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

/// Code point that stands for byte 0 where a path is not UTF-8; byte `b` is
/// this plus `b`. It is the end of the last private-use plane (U+10FF00 to
/// U+10FFFF less the two noncharacters, which the bytes 0xFE and 0xFF take:
/// they are valid in UTF-8 all the same), so it meets no character in use.
const BYTE_ZERO: u32 = 0x10_FF00;

/// How source files are named.
#[derive(Clone, Debug)]
pub struct Naming {
    /// Files below this folder are named relative to it, others absolutely.
    pub base: PathBuf,
}

impl Naming {
    /// The name of the file at `path`: parts separated by `/`; bytes that are
    /// not UTF-8 stand as U+10FF00 plus the byte, so that two paths never share
    /// a name.
    #[must_use]
    pub fn name_of(&self, path: &Path) -> String {
        let relative = path.strip_prefix(&self.base).unwrap_or(path);
        let mut name = String::new();
        for component in relative.components() {
            match component {
                Component::RootDir => name.push('/'),
                Component::CurDir => {}
                other => {
                    if !name.is_empty() && !name.ends_with('/') {
                        name.push('/');
                    }
                    push_escaped(other.as_os_str(), &mut name);
                }
            }
        }
        name
    }

    /// The path of the source file that has this name.
    #[must_use]
    pub fn path_of(&self, name: &str) -> PathBuf {
        self.base.join(path_of_name(name))
    }
}

/// The path that `name` stands for: relative to the base of the naming, or
/// absolute.
#[must_use]
pub fn path_of_name(name: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(name.len());
    for character in name.chars() {
        match u32::from(character).checked_sub(BYTE_ZERO).map(u8::try_from) {
            Some(Ok(byte)) => bytes.push(byte),
            _ => bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    path_from_bytes(bytes)
}

/// Appends `part`, its bytes that are not UTF-8 escaped. What is UTF-8 but
/// looks like an escape is escaped too, byte by byte: the way back is one.
fn push_escaped(part: &OsStr, name: &mut String) {
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        for character in chunk.valid().chars() {
            if u32::from(character) >= BYTE_ZERO {
                push_bytes(character.encode_utf8(&mut [0; 4]).as_bytes(), name);
            } else {
                name.push(character);
            }
        }
        push_bytes(chunk.invalid(), name);
    }
}

fn push_bytes(bytes: &[u8], name: &mut String) {
    name.extend(bytes.iter().filter_map(|&byte| char::from_u32(BYTE_ZERO + u32::from(byte))));
}

#[cfg(unix)]
fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    PathBuf::from(std::ffi::OsString::from_vec(bytes))
}

/// Paths of this system are Unicode but for lone surrogates, which no name
/// that this program gave can bring back.
#[cfg(not(unix))]
fn path_from_bytes(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;

    use super::Naming;

    fn naming() -> Naming {
        Naming { base: PathBuf::from("/archive") }
    }

    #[test]
    fn names_are_relative_below_the_base() {
        assert_eq!(naming().name_of(Path::new("/archive/2024/a.txt")), "2024/a.txt");
        assert_eq!(naming().name_of(Path::new("/other/a.txt")), "/other/a.txt");
        assert_eq!(naming().name_of(Path::new("/archives/a.txt")), "/archives/a.txt");
        assert_eq!(naming().path_of("2024/a.txt"), Path::new("/archive/2024/a.txt"));
        assert_eq!(naming().path_of("/other/a.txt"), Path::new("/other/a.txt"));
    }

    #[cfg(unix)]
    proptest! {
        #[test]
        fn names_lead_back_to_their_paths(bytes in prop::collection::vec(1_u8.., 1..20)) {
            use std::os::unix::ffi::OsStringExt;
            prop_assume!(!bytes.contains(&b'/') && bytes != b"." && bytes != b"..");
            let path = Path::new("/archive").join(std::ffi::OsString::from_vec(bytes));
            prop_assert_eq!(naming().path_of(&naming().name_of(&path)), path);
        }

        #[test]
        fn characters_that_look_like_escapes_lead_back(name in "[\u{10feff}-\u{10ffff}a]{1,5}") {
            let path = Path::new("/archive").join(name);
            prop_assert_eq!(naming().path_of(&naming().name_of(&path)), path);
        }
    }
}
