//! The collections of TREC and Reuters-21578 of any bytes give clean articles, or fail.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.sgm", b"<DOC>\n<DOCNO>1</DOCNO>"),
    ("a.sgm", b"<REUTERS NEWID=\"1\"><TEXT>"),
    ("a.sgm", b""),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
