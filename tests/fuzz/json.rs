//! JSON of any bytes, of every kind that is known, gives clean articles, or fails.

use super::articles;

/// Names that tell the format, and what makes the bytes one of it.
const STARTS: &[(&str, &[u8])] = &[
    ("a.json", b""),
    ("a.jsonl", b""),
    ("a.json", b"{\"headline\": \""),
    ("a.json", b"{\"uri\": \"a\", \"type\": \"text\", \"headline\": \"b\", "),
    ("a.json", b"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": ["),
    ("a.json", b"[{\"title\": \"a\", \"text\": \"b\"},"),
    ("a.json", b"{\"articles\": ["),
    ("a.json", b"{\"id\": 1, \"link\": \"a\", \"date_gmt\": \"2024-05-04T10:00:00\", \"title\": {\"rendered\": "),
];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    articles::check(STARTS, bytes);
}
