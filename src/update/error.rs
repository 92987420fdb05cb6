//! Why an update could not be done at all. What is wrong with single files is
//! in the report.

use std::path::PathBuf;

use crate::index::IndexError;

/// An update failed; the index is as its last commit left it.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// A path to index is not there.
    #[error("cannot read `{}`: no such file or folder", .path.display())]
    NoSuchPath {
        /// The path.
        path: PathBuf,
    },
    /// The index could not be opened or written.
    #[error(transparent)]
    Index(#[from] IndexError),
}
