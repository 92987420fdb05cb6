//! Archives of the web of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.warc", b"WARC/1.0\r\n"),
    ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: "),
    ("a.warc", b""),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
