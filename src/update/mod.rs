//! From folders to an index that agrees with them: plan, read in parallel,
//! write, report.
//!
//! It joins what the other layers do and decides nothing about formats, words
//! or storage. It neither prints nor asks the time.

mod commits;
mod error;
mod export_lines;
mod jobs;
mod piped;
mod plan;
mod progress;
mod rebuild;
mod recognition;
mod remake;
mod report;
mod restore;
mod run;
mod selection;
mod worker;

pub use error::UpdateError;
pub use export_lines::ExportError;
pub use piped::Piped;
pub use progress::{Progress, Silent};
pub use rebuild::{Rebuilt, rebuild};
pub use recognition::{ModelFileError, RecogniseWith, read_model};
pub use report::{Failure, Report, UnreadDate};
pub use restore::{RestoreRequest, restore};
pub use run::{UpdateOptions, UpdateRequest, update};
pub use selection::SelectionChange;
