//! Dumps of wikis of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.xml", b"<mediawiki><page><title>a</title>"),
    ("a.xml", b"<mediawiki><page><title>a</title><revision><text>"),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
