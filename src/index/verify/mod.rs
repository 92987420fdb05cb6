//! Whether an index is whole: what was written is there, and agrees with itself.
//!
//! Reads alone, takes no lock and stays on one commit. It finds and mends nothing.

mod agreement;
mod article;
mod files;
mod run;
mod segment;
mod verification;

pub use run::verify;
pub use verification::{
    Depth, Fault, FaultKind, Listed, MOST_LISTED, Remark, RemarkKind, Verification,
};
