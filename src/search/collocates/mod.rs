//! Which words stand near the places of a query more often than they should.
//!
//! `request` and `results` are the plain data; `run` is the way from the one to the
//! other: `windows` (which words are near), `tally` (what they are), `index_counts`
//! (how often all articles have them), `measure` (what that says).

mod index_counts;
mod measure;
mod request;
mod results;
mod run;
mod tally;
mod windows;

pub use measure::Measure;
pub use request::CollocateRequest;
pub use results::{Collocate, Collocates};
pub use run::collocates;
