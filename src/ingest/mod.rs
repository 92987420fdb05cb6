//! From a folder to articles: walk, detect, decode, parse, date.
//!
//! Each source file is read on its own; nothing is kept between files, and
//! nothing is written. What is said in the articles is the business of
//! `annotate`.

mod byline;
mod clean;
mod containers;
pub mod dates;
mod decode;
mod delivery;
mod detect;
mod draft;
mod error;
mod fields;
#[cfg(test)]
mod fixtures;
mod formats;
mod index_export;
mod lines;
#[cfg(test)]
mod mended;
mod naming;
mod read;
mod select;
mod stream;
mod walk;

pub use byline::names_in_byline;
pub use containers::Bounds;
pub use detect::Format;
pub use error::ReadError;
pub use fields::{FieldName, field_named};
pub use formats::markdown::MarkdownError;
pub use index_export::{is_export, open_export};
pub use naming::{Naming, path_of_name};
pub use read::{MAX_ARTICLE_BYTES, ReadOptions, Reading, content_hash, read_articles, read_from};
pub use select::{GlobError, Selection, Selector};
pub use walk::{SourceFile, WalkTrouble, Walked, walk};
