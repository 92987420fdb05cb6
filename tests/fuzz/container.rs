//! Any bytes that begin as an archive or a compressed file does give articles or a
//! named failure, within the bounds, and the names of members hold no control
//! characters.

use super::articles;
use super::choice::choice;

/// How each kind begins, and where that stands; the first is as the bytes are.
const MARKS: [(usize, &[u8]); 9] = [
    (0, b""),
    (0, b"\x1F\x8B\x08\0"),
    (0, b"\x28\xB5\x2F\xFD"),
    (0, b"\x50\x2A\x4D\x18"),
    (0, b"BZh91AY&SY"),
    (0, b"\xFD7zXZ\0"),
    (0, b"PK\x03\x04"),
    (0, b"PK\x05\x06"),
    (257, b"ustar\0"),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    let (kind, bytes) = choice(bytes, MARKS.len());
    let mut bytes = bytes.to_vec();
    let (at, mark) = MARKS[kind];
    if let Some(place) = bytes.get_mut(at..at + mark.len()) {
        place.copy_from_slice(mark);
    }
    articles::check_archive("a.gz", &bytes);
}
