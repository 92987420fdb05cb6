//! The query language: text in, tree out.
//!
//! Lexer, parser and tree, with a span on every part and errors that point
//! and suggest. Nothing here knows of an index or of the engine: a query
//! parses the same on every corpus. The language is described for its users
//! in `docs/QUERY.md`.

mod build;
mod date_reader;
mod dates;
mod error;
mod fields;
mod filters;
mod lexer;
mod list;
mod operator;
mod parser;
mod pattern;
mod places;
mod print;
mod regex;
mod render;
mod select;
mod suggest;
mod tree;
mod value;

#[cfg(test)]
mod tests;

pub use dates::{DateExpr, DatePoint, DaySpan};
pub use error::{QueryError, QueryErrorKind};
pub use fields::{NameField, Property, Scope};
pub use list::{
    LabelledQuery, QueryLineError, QueryLineErrorKind, read_queries, with_query, without_query,
};
pub use operator::{Nearness, Relation};
pub use parser::{MAX_BYTES, MAX_DEPTH, MAX_TERMS, parse};
pub use pattern::{Pattern, PatternPiece};
pub use regex::word_regex;
pub use select::Selection;
pub use suggest::closest;
pub use tree::{Comparison, Expr, NameMatch, Node, Query, TextMatch};
