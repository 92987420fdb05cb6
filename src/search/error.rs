//! Why a search could not be answered.

use std::io;
use std::sync::Arc;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use super::names::AliasError;
use crate::index::IndexError;

/// A query that parses, but that this index cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// A pattern takes in more words than the limit; never cut short instead.
    #[error("`{pattern}` takes in {words} different words; the limit is {limit}")]
    TooBroad {
        /// The pattern as typed.
        pattern: String,
        /// How many words of the index fit it.
        words: usize,
        /// How many may.
        limit: usize,
    },
    /// A phrase or word holds no letters or digits.
    #[error("`{text}` has no letters or digits to look for")]
    NoWords {
        /// The text.
        text: String,
    },
    /// Nobody in the index has that name.
    #[error("no article names `{name}`")]
    NobodyNamed {
        /// The name as typed.
        name: String,
    },
    /// A network of too many entities is asked for.
    #[error("a network has at most {limit} entities")]
    NetworkTooLarge {
        /// How many it may have.
        limit: usize,
    },
    /// A timeline would have too many rows.
    #[error("a timeline of {rows} rows by {per} is too long; the limit is {limit}")]
    TimelineTooLong {
        /// How many rows it would have: for each series, one for each period.
        rows: u64,
        /// The name of a period.
        per: &'static str,
        /// How many it may have.
        limit: u64,
    },
    /// Nothing that a query asks for has a place in a text, near which words could
    /// stand.
    #[error("nothing that `{query}` asks for stands in the text of an article")]
    NoPlaces {
        /// The query as understood.
        query: String,
    },
    /// Counts by too many fields are asked for.
    #[error("counts are by {limit} fields at most")]
    TooManyFields {
        /// By how many they may be.
        limit: usize,
    },
    /// Counts by several fields would have too many cells.
    #[error("the counts have more than {limit} cells")]
    TooManyCells {
        /// How many they may have.
        limit: usize,
    },
    /// Two of the user's aliases contradict each other.
    #[error("aliases: {0}")]
    Aliases(#[from] AliasError),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl SearchError {
    /// Whether it lies in the query, so that others of the same index can be
    /// answered.
    #[must_use]
    pub const fn is_of_query(&self) -> bool {
        match self {
            Self::TooBroad { .. }
            | Self::NoWords { .. }
            | Self::NoPlaces { .. }
            | Self::NobodyNamed { .. }
            | Self::NetworkTooLarge { .. }
            | Self::TimelineTooLong { .. }
            | Self::TooManyCells { .. } => true,
            Self::TooManyFields { .. } | Self::Aliases(_) | Self::Index(_) => false,
        }
    }
}

/// What a failure of the engine comes from.
#[derive(Debug)]
pub enum EngineTrouble {
    /// The files of the index are not what was written; in words.
    Damaged(String),
    /// The system did not let it use them.
    Unusable(Arc<io::Error>),
}

/// What a failure of the engine comes from, without the engine's own terms.
#[must_use]
pub fn engine_trouble(error: &TantivyError) -> EngineTrouble {
    let cause = match error {
        TantivyError::IoError(cause)
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
            io_error: cause, ..
        })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. })
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. })
        | TantivyError::LockFailure(LockError::IoError(cause), _) => cause,
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            return EngineTrouble::Damaged(format!("`{}` is missing", file.display()));
        }
        TantivyError::DataCorruption(_) => {
            return EngineTrouble::Damaged("its data are not what was written".to_owned());
        }
        _ => match system_error_in(&error.to_string()) {
            Some(cause) => return EngineTrouble::Unusable(Arc::new(cause)),
            None => return EngineTrouble::Damaged(error.to_string()),
        },
    };
    // What the engine wrapped has lost its kind.
    let cause = &system_error_in(&cause.to_string()).map_or_else(|| Arc::clone(cause), Arc::new);
    match cause.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => {
            EngineTrouble::Damaged(cause.to_string())
        }
        _ => EngineTrouble::Unusable(Arc::clone(cause)),
    }
}

/// Words for what the system refused: of the engine, which starts threads, and of zstd.
const SYSTEM_ERRORS: [(&str, io::ErrorKind); 2] = [
    ("Failed to spawn", io::ErrorKind::WouldBlock),
    ("not enough memory", io::ErrorKind::OutOfMemory),
];

/// The system's error that a message ends in: of some the engine keeps only their text, in
/// which Rust names them as `(os error 28)`, and of others it has words of its own.
fn system_error_in(message: &str) -> Option<io::Error> {
    let in_words = SYSTEM_ERRORS.iter().find(|(words, _)| message.contains(words));
    if let Some((_, kind)) = in_words {
        return Some((*kind).into());
    }
    let (_, rest) = message.rsplit_once("(os error ")?;
    let (code, _) = rest.split_once(')')?;
    Some(io::Error::from_raw_os_error(code.parse().ok()?))
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        Self::Index(error.into())
    }
}

impl From<io::Error> for SearchError {
    fn from(error: io::Error) -> Self {
        Self::Index(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::{EngineTrouble, engine_trouble};
    use std::io;
    use tantivy::TantivyError;

    #[cfg(unix)]
    #[test]
    fn a_full_disk_is_no_damage_however_the_engine_wraps_it() {
        let full = || io::Error::from_raw_os_error(28);
        for error in [
            TantivyError::from(full()),
            TantivyError::from(io::Error::other(full().to_string())),
            TantivyError::InternalError(full().to_string()),
            TantivyError::ErrorInThread(format!("a thread failed: {}", full())),
        ] {
            let EngineTrouble::Unusable(cause) = engine_trouble(&error) else {
                panic!("{error} is taken for damage");
            };
            assert_eq!(cause.kind(), io::ErrorKind::StorageFull, "{error}");
        }
        for (error, kind) in [
            (
                TantivyError::SystemError("Failed to spawn segment updater thread".to_owned()),
                io::ErrorKind::WouldBlock,
            ),
            (
                TantivyError::InternalError("Allocation error : not enough memory".to_owned()),
                io::ErrorKind::OutOfMemory,
            ),
        ] {
            let EngineTrouble::Unusable(cause) = engine_trouble(&error) else {
                panic!("{error} is taken for damage");
            };
            assert_eq!(cause.kind(), kind, "{error}");
        }
        for error in [
            TantivyError::InternalError("no number (os error x)".to_owned()),
            TantivyError::from(io::Error::from(io::ErrorKind::UnexpectedEof)),
        ] {
            assert!(matches!(engine_trouble(&error), EngineTrouble::Damaged(_)), "{error}");
        }
    }
}
