//! Reads an export line by line, and says what is wrong with it. What becomes of the
//! lines is decided by `restore`.

use std::io::{self, BufRead, Read};

use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::Xxh3;

use crate::index::{
    AnyExportHeader, EXPORT_VERSION, ExportEnd, ExportFault, ExportHeader, ExportLine,
};

/// Why an export cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Its lines are of another version.
    #[error(
        "its lines are of version {found}, written by newsdex {program}; this one reads \
         version {EXPORT_VERSION}"
    )]
    OtherVersion {
        /// The version of its lines.
        found: u32,
        /// The version of the program that wrote it, as it says.
        program: String,
    },
    /// It is no whole index.
    #[error("it holds only the articles that match `{query}`, and is no whole index")]
    Part {
        /// The query.
        query: String,
    },
    /// It ends too early.
    #[error("it is cut: no line that ends an export stands behind line {lines}")]
    Cut {
        /// How many whole lines it has.
        lines: u64,
    },
    /// A line cannot be read.
    #[error("line {line}: {what}{by}")]
    Malformed {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// Who wrote it, if that was another version of the program.
        by: String,
    },
    /// A line is longer than is allowed.
    #[error("line {line}: longer than {limit_bytes} bytes")]
    TooLong {
        /// The line, counted from 1.
        line: u64,
        /// The longest allowed.
        limit_bytes: usize,
    },
    /// Its last line tells of other lines than stand before it.
    #[error("line {line}: it does not end the lines before it: {what}")]
    OtherEnd {
        /// The last line, counted from 1.
        line: u64,
        /// What is not as it says.
        what: String,
    },
}

/// Who wrote a line that cannot be read, where that may be why.
pub(super) fn written_by(program: &str) -> String {
    let own = env!("CARGO_PKG_VERSION");
    match program {
        "" => String::new(),
        program if program == own => String::new(),
        program => format!(" (newsdex {program} wrote it, this one is {own})"),
    }
}

/// One line, with its end.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number, counted from 1.
    pub(super) number: u64,
    pub(super) bytes: Vec<u8>,
}

impl Line {
    /// What stands in it; `by` is what [`written_by`] says.
    pub(super) fn parsed<T: DeserializeOwned>(&self, by: &str) -> Result<T, ExportError> {
        serde_json::from_slice(&self.bytes).map_err(|error| {
            let text = error.to_string();
            // The parser counts the lines of what it is given, which is one.
            let what = match text.rsplit_once(" at line 1 column ") {
                Some((what, column)) => format!("{what}, at column {column}"),
                None => text,
            };
            ExportError::Malformed { line: self.number, what, by: by.to_owned() }
        })
    }

    /// That it cannot be what was written.
    pub(super) fn faulty(&self, fault: &ExportFault, by: &str) -> ExportError {
        let (what, by) = (fault.to_string(), by.to_owned());
        ExportError::Malformed { line: self.number, what, by }
    }
}

/// The lines of an export, as they come.
pub(super) struct ExportLines<'s> {
    source: &'s mut (dyn BufRead + Send),
    limit_bytes: usize,
    lines: u64,
    /// Bytes of all lines.
    pub(super) bytes: u64,
    hash: Xxh3,
}

impl<'s> ExportLines<'s> {
    /// Those of `source`, none longer than `limit_bytes`.
    pub(super) fn new(source: &'s mut (dyn BufRead + Send), limit_bytes: usize) -> Self {
        Self { source, limit_bytes, lines: 0, bytes: 0, hash: Xxh3::new() }
    }

    /// The first line.
    pub(super) fn header(&mut self) -> Result<ExportHeader, ExportError> {
        let line = self.next()?;
        let AnyExportHeader { newsdex_export: found, program } = line.parsed("")?;
        if found != EXPORT_VERSION {
            return Err(ExportError::OtherVersion { found, program });
        }
        let header: ExportHeader = line.parsed(&written_by(&program))?;
        if let Some(query) = header.query {
            return Err(ExportError::Part { query });
        }
        self.keep(&line);
        Ok(header)
    }

    /// The next line; that there is none is an error.
    pub(super) fn next(&mut self) -> Result<Line, ExportError> {
        let mut bytes = Vec::new();
        let number = self.lines + 1;
        self.source.take(self.limit_bytes as u64 + 1).read_until(b'\n', &mut bytes)?;
        if bytes.len() > self.limit_bytes {
            return Err(ExportError::TooLong { line: number, limit_bytes: self.limit_bytes });
        }
        if bytes.last() != Some(&b'\n') {
            return Err(ExportError::Cut { lines: self.lines });
        }
        self.lines = number;
        self.bytes += bytes.len() as u64;
        Ok(Line { number, bytes })
    }

    /// Counts a line to those that the last one tells of.
    pub(super) fn keep(&mut self, line: &Line) {
        self.hash.update(&line.bytes);
    }

    /// Compares what was `found` with what the last line says.
    pub(super) fn end(&mut self, found: ExportEnd, stated: &ExportEnd) -> Result<(), ExportError> {
        let line = self.lines;
        let hash = format!("{:032x}", self.hash.digest128());
        let counts = [
            ("records of source files", found.sources, stated.sources),
            ("articles", found.articles, stated.articles),
            ("versions that are not shown", found.hidden, stated.hidden),
        ];
        for (what, found, stated) in counts {
            if found != stated {
                let what = format!("there are {found} {what}, not {stated}");
                return Err(ExportError::OtherEnd { line, what });
            }
        }
        if hash != stated.hash {
            let what = "they are not as they were written".to_owned();
            return Err(ExportError::OtherEnd { line, what });
        }
        match self.source.fill_buf()? {
            [] => Ok(()),
            _ => {
                let what = "more stands behind it".to_owned();
                Err(ExportError::OtherEnd { line, what })
            }
        }
    }
}

/// Whether a line is one of an article, without a look into it.
pub(super) fn is_article(line: &Line) -> bool {
    line.bytes.starts_with(b"{\"article\"")
}

/// The article of a line.
pub(super) fn article_of(
    line: &Line,
    by: &str,
) -> Result<crate::index::StoredArticle, ExportError> {
    let what = || "no article".to_owned();
    match line.parsed(by)? {
        ExportLine::Article(article) => {
            (*article).try_into().map_err(|fault| line.faulty(&fault, by))
        }
        _ => Err(ExportError::Malformed { line: line.number, what: what(), by: by.to_owned() }),
    }
}
