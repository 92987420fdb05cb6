//! From folders to an index that agrees with them: plan, read in parallel,
//! write, report.
//!
//! It joins what the other layers do and decides nothing about formats, words
//! or storage. It neither prints nor asks the time.

mod commits;
mod error;
mod piped;
mod plan;
mod progress;
mod recognition;
mod report;
mod run;
mod selection;
mod worker;

pub use error::UpdateError;
pub use piped::Piped;
pub use progress::{Progress, Silent};
pub use recognition::{ModelFileError, RecogniseWith, read_model};
pub use report::{Failure, Report, UnreadDate};
pub use run::{UpdateOptions, UpdateRequest, update};
pub use selection::SelectionChange;
