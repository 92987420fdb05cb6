//! The formats of source files, one module each.
//!
//! A format that holds one article a file gives it from the decoded text; one
//! that may hold many reads a stream and hands on each by itself.

pub(super) mod exports;
pub(super) mod feed;
pub(super) mod html;
pub(super) mod json;
pub(super) mod mail;
pub(super) mod markdown;
pub(super) mod mediawiki;
pub(super) mod news;
pub(super) mod reuters;
#[cfg(test)]
mod shown;

mod sgml;
pub(super) mod table;
pub(super) mod text;
pub(super) mod trec;
pub(super) mod warc;
pub(super) mod xml;

#[cfg(test)]
pub(super) use shown::shown;
