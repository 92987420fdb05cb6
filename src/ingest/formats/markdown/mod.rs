//! Markdown with YAML front matter, or without.
//!
//! Makes plain text of it, for search and reading; it is no renderer, and
//! where Markdown's rules for odd input are long, text is kept as written.

mod blocks;
mod entities;
mod front_matter;
mod inline;
mod read;

pub use read::MarkdownError;
pub(crate) use read::read;
