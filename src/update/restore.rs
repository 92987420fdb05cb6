//! Makes an index of an export: the same as the one that was exported.
//!
//! It is made beside its place and takes it when it is whole, so that an export which
//! is cut or damaged, a full disk or an interruption leave no index, and never half of
//! one.

use std::io::BufRead;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use super::error::UpdateError;
use super::export_lines::{ExportError, ExportLines, Line, article_of, is_article, written_by};
use super::progress::Progress;
use super::remake::{Annotated, Outlet, remake};
use super::report::Report;
use super::run::UpdateOptions;
use crate::index::{
    Editions, ExportEnd, ExportFault, ExportLine, ExportedSource, Fields, FileState, IndexError,
    IndexReader, IndexWriter, NewsDocument, Replacement, SourceRecord, StoredArticle, WriterLock,
};
use crate::ingest::Naming;

/// Where an export is restored.
#[derive(Clone, Debug)]
pub struct RestoreRequest {
    /// The folder of the index, in which there must be none.
    pub index: PathBuf,
    /// The folder that names of source files are relative to.
    pub base: PathBuf,
    /// About how many bytes the export has, 0 where that is unknown; for the progress.
    pub bytes: u64,
    /// The time, in seconds since 1970: when it began, for those who find the index locked.
    pub now: i64,
}

/// How many times the largest article a line may be: a letter may take six bytes, and
/// mentions as much as the text.
const LINE_PER_ARTICLE: usize = 8;

/// Makes an index of the lines of an export. When `stop` becomes true, none is made.
///
/// # Errors
///
/// When the lines are no whole export, an index is there already or locked, or it cannot
/// be written.
pub fn restore(
    source: &mut (dyn BufRead + Send),
    request: &RestoreRequest,
    options: &UpdateOptions,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Report, UpdateError> {
    let limit_bytes = options.read.max_article_bytes.saturating_mul(LINE_PER_ARTICLE);
    let mut lines = ExportLines::new(source, limit_bytes);
    let header = lines.header()?;
    let by = written_by(&header.program);
    let method = header.method().map_err(|fault| malformed(1, &fault, &by))?;
    refuse_index(request)?;
    let replacement = Replacement::begin(&request.index, request.now)?;
    refuse_index(request)?;
    progress.planned(1, request.bytes);
    let lock = WriterLock::take(replacement.folder(), request.now)?;
    let mut writer = IndexWriter::open(lock, options.writer, method, Editions::default())?;
    let naming = Naming { base: request.base.clone() };
    let mut reading =
        Restoring { lines, naming, by: &by, fields: Fields::new(), found: ExportEnd::default() };
    remake(&mut writer, options, progress, stop, |outlet| Ok(reading.run(outlet)?))?;
    let mut report = reading.report();
    if stop.load(Ordering::Relaxed) {
        report.interrupted = true;
        return Ok(report);
    }
    progress.finishing();
    writer.commit()?;
    writer.close()?;
    report.articles = replacement.take_place()?.article_count()?;
    Ok(report)
}

fn malformed(line: u64, fault: &ExportFault, by: &str) -> ExportError {
    ExportError::Malformed { line, what: fault.to_string(), by: by.to_owned() }
}

/// An index that is there is never written over.
fn refuse_index(request: &RestoreRequest) -> Result<(), UpdateError> {
    match IndexReader::open(&request.index) {
        Err(IndexError::NotFound { .. }) => Ok(()),
        Err(error @ IndexError::Io { .. }) => Err(error.into()),
        Ok(_) | Err(_) => Err(UpdateError::IndexThere { folder: request.index.clone() }),
    }
}

/// A line that is an article.
struct ArticleLine<'a> {
    line: Line,
    by: &'a str,
}

impl Annotated for ArticleLine<'_> {
    fn bytes(&self) -> usize {
        self.line.bytes.len()
    }

    fn stored(self) -> Result<StoredArticle, UpdateError> {
        Ok(article_of(&self.line, self.by)?)
    }
}

/// The state of reading an export.
struct Restoring<'a> {
    lines: ExportLines<'a>,
    naming: Naming,
    by: &'a str,
    fields: Fields,
    found: ExportEnd,
}

impl<'a> Restoring<'a> {
    /// Hands all lines over, and sees to it that these are all.
    fn run(&mut self, outlet: &mut Outlet<'_, ArticleLine<'a>>) -> Result<(), ExportError> {
        let mut last_name = None;
        loop {
            let line = self.lines.next()?;
            let flow = if is_article(&line) {
                self.lines.keep(&line);
                self.found.articles += 1;
                outlet.article(ArticleLine { line, by: self.by })
            } else {
                match line.parsed(self.by)? {
                    ExportLine::End(end) => {
                        return self
                            .lines
                            .end(std::mem::take(&mut self.found), &end)
                            .map(|()| self.found = end);
                    }
                    other => {
                        self.lines.keep(&line);
                        self.other(&line, other, &mut last_name, outlet)?
                    }
                }
            };
            if flow.is_break() {
                return Ok(());
            }
        }
    }

    /// Hands over what is neither an article nor the end.
    fn other(
        &mut self,
        line: &Line,
        content: ExportLine,
        last_name: &mut Option<String>,
        outlet: &mut Outlet<'_, ArticleLine<'a>>,
    ) -> Result<ControlFlow<()>, ExportError> {
        match content {
            ExportLine::Source(source) => {
                if last_name.as_ref().is_some_and(|last| *last >= source.name) {
                    let what = "its name does not come after that of the record before it";
                    let (what, by) = (what.to_owned(), self.by.to_owned());
                    return Err(ExportError::Malformed { line: line.number, what, by });
                }
                *last_name = Some(source.name.clone());
                self.found.sources += 1;
                let record = self.record(source);
                Ok(outlet.record(record.map_err(|fault| line.faulty(&fault, self.by))?))
            }
            ExportLine::Hidden(version) => {
                self.found.hidden += 1;
                let document = NewsDocument::of_hidden_version(&self.fields, &version);
                let document = document.map_err(|fault| line.faulty(&fault, self.by))?;
                Ok(outlet.documents(vec![document]))
            }
            ExportLine::Article(_) | ExportLine::End(_) => {
                let what = "not written as newsdex writes it".to_owned();
                Err(ExportError::Malformed { line: line.number, what, by: self.by.to_owned() })
            }
        }
    }

    /// The record of a source file. Where the file is not there, nothing can be read again,
    /// as if it had come through a pipe: its articles stay until another file or pipe of
    /// that name comes.
    fn record(&self, source: ExportedSource) -> Result<SourceRecord, ExportFault> {
        let mut record = SourceRecord::try_from(source)?;
        if !self.naming.path_of(&record.name).is_file() {
            record.state = FileState::PIPED;
        }
        Ok(record)
    }

    fn report(&self) -> Report {
        Report {
            added: self.found.sources,
            articles_read: self.found.articles,
            hidden: self.found.hidden,
            bytes: self.lines.bytes,
            ..Report::default()
        }
    }
}
