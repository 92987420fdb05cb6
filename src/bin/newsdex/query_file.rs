//! A file with one labelled query a line, and how its queries fared.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::ExitCode;

use newsdex::query::{LabelledQuery, read_queries};
use newsdex::search::SearchError;

use crate::asked::Opened;
use crate::failure::{ERROR, Failure, SOME_UNREAD};

/// The queries of a file.
pub(crate) struct QueryFile {
    /// Its path as typed, for messages.
    pub(crate) name: String,
    pub(crate) queries: Vec<LabelledQuery>,
    pub(crate) fared: Fared,
}

/// How the queries of a file fared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fared {
    answered: usize,
    /// Lines that are no queries, and queries that this index cannot answer.
    refused: usize,
    /// How many articles were found, by all of them together.
    pub(crate) articles: u64,
}

impl QueryFile {
    /// Reads a file, `-` for standard input, and tells of its lines that are no
    /// queries.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let list = match path == Path::new("-") {
            true => {
                let mut list = Vec::new();
                io::stdin().lock().read_to_end(&mut list).map(|_| list)
            }
            false => fs::read(path),
        };
        let list = list.map_err(|cause| Failure::unreadable_path(path, &cause))?;
        Ok(Self::of(path.display().to_string(), &list))
    }

    /// The queries of a file of that name with this content.
    pub(crate) fn of(name: String, list: &[u8]) -> Self {
        let mut file = Self { name, queries: Vec::new(), fared: Fared::default() };
        for read in read_queries(list) {
            match read {
                Ok(query) => file.queries.push(query),
                Err(error) => {
                    file.fared.refused += 1;
                    Failure::query_line(&file.name, &error).report();
                }
            }
        }
        file
    }

    /// Whether lines of it are no queries, or cannot be answered.
    pub(crate) const fn has_refused(&self) -> bool {
        self.fared.refused > 0
    }

    /// Whether there are lines, and none of them is a query.
    pub(crate) const fn is_all_refused(&self) -> bool {
        self.queries.is_empty() && self.fared.refused > 0
    }
}

impl Fared {
    /// Takes note of an answer. A query that this index cannot answer is told of, and
    /// gives none; what is wrong with the index stops all.
    pub(crate) fn note<T>(
        &mut self,
        file: &str,
        query: &LabelledQuery,
        answer: Result<T, SearchError>,
    ) -> Result<Option<T>, Failure> {
        match answer {
            Ok(answer) => {
                self.answered += 1;
                Ok(Some(answer))
            }
            Err(error) if error.is_of_query() => {
                self.refused += 1;
                Failure::from(error).in_line(file, query.line).report();
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn exit_code(self, opened: &Opened) -> ExitCode {
        match (self.answered, self.refused) {
            (0, 1..) => ExitCode::from(ERROR),
            (_, 1..) => ExitCode::from(SOME_UNREAD),
            (_, 0) => opened.exit_code(self.articles),
        }
    }
}
