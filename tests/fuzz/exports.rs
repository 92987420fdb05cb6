//! Exports of the databases of the press of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.txt", b"1 of 2 DOCUMENTS\n"),
    ("a.txt", b"HD  a\nWC  1 words\nPD  4 May 2023\n"),
    ("a.txt", b""),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
