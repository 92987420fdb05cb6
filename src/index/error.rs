//! What can go wrong with an index.

use std::path::PathBuf;

use super::SCHEMA_VERSION;

/// An index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index in that folder.
    #[error("there is no index in `{}`", .folder.display())]
    NotFound {
        /// The folder.
        folder: PathBuf,
    },
    /// The index was written by another version of the program.
    #[error(
        "the index in `{}` was written by another version of newsdex ({found}; this one reads schema {SCHEMA_VERSION})",
        .folder.display()
    )]
    OtherVersion {
        /// The folder.
        folder: PathBuf,
        /// What it says of itself.
        found: String,
    },
    /// Another process writes the index.
    #[error("the index in `{}` is locked by {holder}", .folder.display())]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// The process that holds the lock, and since when, as far as it is known.
        holder: String,
    },
    /// The folder of the index cannot be locked.
    #[error("cannot lock the index in `{}`: {cause}", .folder.display())]
    NoLock {
        /// The folder.
        folder: PathBuf,
        /// The operating system's reason.
        #[source]
        cause: std::io::Error,
    },
    /// The index could not be written; its last commit stays.
    #[error("cannot write the index in `{}`: {cause}", .folder.display())]
    Write {
        /// The folder.
        folder: PathBuf,
        /// What the engine says.
        #[source]
        cause: tantivy::TantivyError,
    },
    /// The system starts no more threads.
    #[error("cannot start a thread: {cause}")]
    NoThread {
        /// The operating system's reason.
        #[source]
        cause: std::io::Error,
    },
    /// A folder or file of the index could not be made, read or written.
    #[error("cannot use `{}`: {cause}", .path.display())]
    Io {
        /// The folder or file.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        cause: std::io::Error,
    },
    /// The engine failed.
    #[error("the search engine failed: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A stored article cannot be read.
    #[error("an article in the index cannot be read: {0}")]
    Stored(#[from] serde_json::Error),
    /// The names of all articles take more than 4 GiB.
    #[error("the index holds more names than it has room for")]
    TooManyNames,
    /// The index lacks what it must have: it is damaged.
    #[error("the index is damaged: {what}")]
    Damaged {
        /// What is missing or wrong.
        what: &'static str,
    },
}

impl From<std::io::Error> for IndexError {
    fn from(cause: std::io::Error) -> Self {
        Self::Engine(cause.into())
    }
}
