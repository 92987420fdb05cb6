//! What can be wrong with a file of labelled words.

use thiserror::Error;

/// Why a file of labelled words cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CorpusError {
    /// No column holds labels.
    #[error(
        "no column of labels (`O`, `B-PER`, `I-ORG` …) beside the words; line {line} is the first \
         without one"
    )]
    NoLabels {
        /// The line, from 1.
        line: usize,
    },
    /// A label names a kind that is not known.
    #[error("line {line}: unknown kind `{kind}`")]
    UnknownKind {
        /// The line, from 1.
        line: usize,
        /// The kind as written.
        kind: String,
    },
    /// There is not one word in it.
    #[error("no words")]
    Empty,
    /// A mapping of kinds cannot be read.
    #[error("cannot read `{0}`: a mapping is `TYPE=person`, or `org`, `place`, `misc`, `none`")]
    Mapping(String),
}
