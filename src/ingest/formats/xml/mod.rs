//! XML as the other formats read it: a stream, in which elements of certain names are
//! records that are handed on one by one.
//!
//! Lenient, since what news sites write is often not well-formed; bounded in memory,
//! whatever is in the stream; and nothing is fetched from anywhere. What the elements
//! mean is the business of the formats.

mod entities;
mod prose;
mod read;
mod records;
mod tokens;
mod tree;

pub(in crate::ingest) use prose::prose;
pub(in crate::ingest) use read::read_records;
pub(in crate::ingest) use records::Records;
pub(in crate::ingest) use tree::{Element, Piece, Tree};
