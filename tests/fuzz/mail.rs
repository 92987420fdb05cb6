//! Messages and mailboxes of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.mbox", b"From a Thu May  4 08:30:00 2023\nMessage-ID: <a>\n"),
    ("a.eml", b"Message-ID: <a>\nMIME-Version: 1.0\n"),
    ("a.eml", b""),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
