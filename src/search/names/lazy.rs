//! The names of an index, opened by the first who needs them: most searches do
//! not. Threads that search together share them.

use std::sync::{Arc, OnceLock};

use super::{Aliases, Names};
use crate::index::IndexReader;
use crate::search::SearchError;

/// Names that are opened when they are needed.
pub(in crate::search) struct LazyNames<'a> {
    pub(in crate::search) reader: &'a IndexReader,
    aliases: &'a Aliases,
    names: OnceLock<Arc<Names>>,
}

impl<'a> LazyNames<'a> {
    pub(in crate::search) const fn new(reader: &'a IndexReader, aliases: &'a Aliases) -> Self {
        Self { reader, aliases, names: OnceLock::new() }
    }

    pub(in crate::search) fn get(&self) -> Result<&Arc<Names>, SearchError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let names = Arc::new(Names::open(self.reader, self.aliases)?);
        Ok(self.names.get_or_init(|| names))
    }

    /// The names, if the user has changed any.
    pub(in crate::search) fn if_changed(&self) -> Result<Option<&Arc<Names>>, SearchError> {
        if self.aliases.is_empty() { Ok(None) } else { self.get().map(Some) }
    }
}
