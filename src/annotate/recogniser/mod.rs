//! Recognition of people, organizations and places in running text.
//!
//! The stage stands in the pipeline with its types; it has no model yet and
//! recognises nothing, so that entities come from metadata alone.

mod recognise;

pub use recognise::{Recognised, Recogniser};
