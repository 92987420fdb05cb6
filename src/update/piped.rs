//! A source that is no file: what comes once, through a pipe.

use std::io::Read;

use crate::ingest::SourceFile;

/// Articles that come through a pipe. The index keeps them under a name, and later
/// updates keep them until something else comes under that name.
#[derive(Clone, Debug)]
pub struct Piped {
    /// The name, which also tells the format where the bytes do not.
    pub name: String,
    /// Opens the pipe.
    pub open: fn() -> Box<dyn Read>,
}

impl Piped {
    /// It in the place of a file.
    pub(super) fn as_file(&self) -> SourceFile {
        SourceFile { path: (&self.name).into(), name: self.name.clone(), size: 0, modified_ns: 0 }
    }
}
