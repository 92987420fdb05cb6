//! Any query of a fixed index is answered in agreement with itself, and shown by pieces of
//! the articles.

use std::sync::OnceLock;

use newsdex::index::IndexReader;

use super::answers;
use super::archive::Archive;
use super::choice::text;

/// Checks an input: a query.
pub fn check(bytes: &[u8]) {
    static INDEX: OnceLock<(IndexReader, Archive)> = OnceLock::new();
    let (reader, _) = INDEX.get_or_init(|| {
        let archive = Archive::of_articles();
        (archive.reader(), archive)
    });
    answers::check(reader, &text(bytes));
}
