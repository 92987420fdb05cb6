//! The names of the index: each with the form it is shown in and, of people,
//! organizations and places, who is meant by it across the corpus.
//!
//! The table is made from a commit and kept beside it; whoever finds none, or
//! one of another commit, makes it in memory. It knows nothing of the user's
//! aliases, which apply when a query is answered.

mod build;
mod forms;
mod keys;
mod layout;
mod organizations;
mod owners;
mod packed;
mod people;
mod segments;
mod strings;
mod table;

pub(super) use build::build;
pub use layout::Numbers;
pub use table::{NameTable, PART_BIT, PartialName, SURNAME_ONLY};
