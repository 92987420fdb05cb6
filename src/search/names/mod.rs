//! Who and what is meant by a name: the table of the index under the user's
//! aliases.
//!
//! Everything that searches, counts or shows names goes through here, so that
//! a facet value, the query that selects it and what an article shows agree.

mod aliases;
mod articles;
mod columns;
mod lazy;
mod meant;
mod named;
mod statement;

pub use aliases::{AliasError, AliasErrorKind, Aliases};
pub(super) use articles::{KINDS, Meant};
pub(super) use columns::NameColumns;
pub(super) use lazy::LazyNames;
pub use meant::Names;
pub(super) use named::{AnyName, NameTerm, Named, PostingsOf};
