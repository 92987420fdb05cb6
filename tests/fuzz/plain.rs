//! Plain texts and Markdown of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.txt", b""),
    ("a.txt", b"Title: Ferry runs again\n"),
    ("a.md", b""),
    ("a.md", b"---\n"),
    ("a.md", b"+++\n"),
    ("2024-05-04/a.txt", b""),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
