//! Tables of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] =
    &[("a.csv", b"title,text\n"), ("a.tsv", b"title\ttext\tdate\n"), ("a.csv", b"")];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
