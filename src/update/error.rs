//! Why an update could not be done at all. What is wrong with single files is
//! in the report.

use std::path::PathBuf;

use super::export_lines::ExportError;
use super::recognition::ModelFileError;
use crate::index::IndexError;
use crate::ingest::GlobError;

/// An update failed; the index is as its last commit left it.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// A path to index is not there.
    #[error("cannot read `{}`: no such file or folder", .path.display())]
    NoSuchPath {
        /// The path.
        path: PathBuf,
    },
    /// A glob that chooses files cannot be read.
    #[error(transparent)]
    Glob(#[from] GlobError),
    /// The file that was named as the model is none.
    #[error("cannot use the model `{}`: {cause}", .path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ModelFileError,
    },
    /// The model that the index was made with cannot be read any more.
    #[error("cannot use the model `{}`, which the index was made with: {cause}", .path.display())]
    ModelGone {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: ModelFileError,
    },
    /// The file of the model that the index was made with holds another.
    #[error("the model `{}` is not the one that the index was made with", .path.display())]
    OtherModel {
        /// The file.
        path: PathBuf,
    },
    /// An export cannot be restored.
    #[error("cannot restore the export: {0}")]
    Export(#[from] ExportError),
    /// Where an export is to be restored is an index already.
    #[error("there is an index in `{}` already", .folder.display())]
    IndexThere {
        /// The folder.
        folder: PathBuf,
    },
    /// The index could not be opened or written.
    #[error(transparent)]
    Index(#[from] IndexError),
}
