//! Any bytes that begin as an archive or a compressed file does give articles or a
//! named failure, within the bounds, and the names of members hold no control
//! characters.

#![no_main]

use std::ops::ControlFlow;

use libfuzzer_sys::fuzz_target;
use newsdex::ingest::{Bounds, ReadOptions, read_from};

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
    (257, b"ustar"),
];

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (kind, mut bytes) = input;
    let (at, mark) = MARKS[usize::from(kind) % MARKS.len()];
    if let Some(place) = bytes.get_mut(at..at + mark.len()) {
        place.copy_from_slice(mark);
    }
    let options = ReadOptions {
        max_article_bytes: 4096,
        bounds: Bounds { max_ratio: 10, max_depth: 3, max_members: 20 },
        ..ReadOptions::default()
    };
    let mut articles = 0;
    let read = read_from("a.gz", bytes.as_slice(), &options, &mut |article| {
        assert!(!article.part.contains(char::is_control), "{:?}", article.part);
        articles += 1;
        ControlFlow::Continue(())
    });
    assert_eq!(read.is_ok(), articles > 0);
});
