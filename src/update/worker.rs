//! A thread of an update: reads files, annotates their articles, makes
//! documents of them.
//!
//! A file of one batch of articles is done from end to end by one thread. The
//! batches of a larger one go to whichever thread is free, so that one huge
//! file keeps all of them busy.

use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crossbeam_channel::{Receiver, Sender, select_biased};

use super::jobs::Job;
use super::piped::Piped;
use super::progress::Progress;
use super::report::{Failure, Report};
use super::run::UpdateOptions;
use crate::annotate::Annotator;
use crate::annotate::recogniser::RecogniserMemory;
use crate::article::{Article, ArticleId};
use crate::index::{
    Action, Budget, DOCUMENT_BYTES_PER_BYTE, DocumentBuilder, Fields, FileState, Forget,
    IndexReader, NewsDocument, SeenArticles, SourceRecord, SourceUpdate, Stage,
};
use crate::ingest::{ReadError, Reading, content_hash, read_articles, read_from};

/// Bytes of text after which the articles of a file are handed on: some eighty
/// articles, so that handing them on costs nothing beside reading them, and
/// few enough to wait in each thread.
pub(super) const BATCH_BYTES: usize = 512 * 1024;

/// What all workers of an update share.
pub(super) struct Shared<'a> {
    pub(super) options: &'a UpdateOptions,
    pub(super) annotator: &'a Annotator,
    pub(super) reader: Option<&'a IndexReader>,
    /// An index that is being replaced, which knew the same files.
    pub(super) before: Option<&'a IndexReader>,
    pub(super) now: i64,
    pub(super) progress: &'a dyn Progress,
    pub(super) stop: &'a AtomicBool,
    /// Whether the writer has failed, so that nothing more need be read.
    pub(super) failed: AtomicBool,
    pub(super) budget: Budget,
}

impl Shared<'_> {
    /// Whether no more is to be read.
    pub(super) fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.failed.load(Ordering::Relaxed)
    }
}

/// A part of the articles of a file.
pub(super) struct Batch {
    articles: Vec<Article>,
    bytes: usize,
    file: Arc<OpenFile>,
}

/// A file that is being read. When the last who works on it is done, its
/// record is written.
struct OpenFile {
    name: String,
    /// When its articles were first seen, where it is read again.
    seen: SeenArticles,
    record: Mutex<Option<SourceRecord>>,
}

/// A thread's part of an update.
pub(super) struct Worker<'a> {
    shared: &'a Shared<'a>,
    jobs: Receiver<Job>,
    batches: Receiver<Batch>,
    to_batches: Sender<Batch>,
    updates: Sender<SourceUpdate>,
    builder: DocumentBuilder,
    memory: RecogniserMemory,
    report: Report,
}

impl<'a> Worker<'a> {
    pub(super) fn new(
        shared: &'a Shared<'a>,
        jobs: Receiver<Job>,
        batches: Receiver<Batch>,
        to_batches: Sender<Batch>,
        updates: Sender<SourceUpdate>,
    ) -> Self {
        let builder = DocumentBuilder::new(Fields::new());
        Self {
            shared,
            jobs,
            batches,
            to_batches,
            updates,
            builder,
            memory: RecogniserMemory::default(),
            report: Report::default(),
        }
    }

    /// Works until there is nothing left to do.
    pub(super) fn work(mut self) -> Report {
        loop {
            select_biased! {
                recv(self.batches) -> batch => {
                    if let Ok(batch) = batch {
                        self.deliver(batch);
                    }
                }
                recv(self.jobs) -> job => match job {
                    Ok(job) => self.read(job),
                    Err(_) => break,
                },
            }
        }
        // No more files: help with those that others still read.
        let Self { to_batches, batches, .. } = &mut self;
        let waiting = batches.clone();
        *to_batches = crossbeam_channel::bounded(0).0;
        for batch in waiting {
            self.deliver(batch);
        }
        self.report
    }

    /// Hands a step to the writer. It fails only when the writer has failed,
    /// which ends the update with its error.
    fn send(&self, update: SourceUpdate) {
        if self.updates.send(update).is_err() {
            self.shared.failed.store(true, Ordering::Relaxed);
        }
    }

    fn stopped(&self) -> bool {
        self.shared.stopped()
    }

    fn read(&mut self, job: Job) {
        if self.stopped() {
            return;
        }
        if job.action == Action::Compare && self.is_untouched(&job) {
            return;
        }
        let mut reading = FileReading {
            open: Arc::new(OpenFile {
                name: job.file.name.clone(),
                seen: self.seen_articles(&job),
                record: Mutex::new(None),
            }),
            articles: Vec::new(),
            bytes: 0,
            text_bytes: 0,
            given: 0,
            handed_on: false,
            is_known: job.record.is_some(),
            unread_state: job.unread_state(),
        };
        let options = &self.shared.options.read;
        let mut found = |article: Article| {
            reading.add(article.text_bytes());
            reading.articles.push(article);
            if reading.bytes >= BATCH_BYTES {
                self.hand_on(&mut reading);
            }
            if self.stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        // One file on which a reader fails must not end the update.
        let read = panic::catch_unwind(AssertUnwindSafe(|| match &job.piped {
            None => read_articles(&job.file, options, &mut found),
            Some(Piped { name, open }) => read_from(name, open(), options, &mut found),
        }));
        let outcome = Outcome::new(job.file.size, read);
        let untold_bytes = job.file.size.saturating_sub(reading.text_bytes);
        if !self.stopped() {
            self.finish(job, reading, outcome);
        }
        self.shared.progress.file_done(untold_bytes);
    }

    /// Whether a file whose time alone changed has its old content. Its record
    /// then takes the new time.
    fn is_untouched(&mut self, job: &Job) -> bool {
        let Some(record) = &job.record else { return false };
        let untouched = content_hash(&job.file.path).is_ok_and(|hash| record.hash == Some(hash));
        if untouched {
            let state = job.state();
            self.send(SourceUpdate {
                path: job.file.name.clone(),
                stage: Stage::Whole,
                forget: Forget::Record,
                documents: Vec::new(),
                record: Some(SourceRecord { state, ..record.clone() }),
                bytes: 0,
            });
            match &record.trouble {
                Some(reason) => self.report.failed.push(Failure {
                    path: record.name.clone(),
                    reason: reason.clone(),
                    articles: record.articles,
                }),
                None if record.is_passed_over() => self.report.passed_over += 1,
                None => self.report.unchanged += 1,
            }
            self.shared.progress.file_done(job.file.size);
        }
        untouched
    }

    fn seen_articles(&self, job: &Job) -> SeenArticles {
        let known = self.shared.reader.filter(|_| job.record.is_some());
        match self.shared.before.or(known) {
            // Without it, articles count as new: a loss of one detail, which a
            // damaged index has already.
            Some(reader) => reader.seen_articles(&job.file.name).unwrap_or_default(),
            _ => SeenArticles::default(),
        }
    }

    /// Hands on a full batch of a file that holds more than one.
    fn hand_on(&mut self, reading: &mut FileReading) {
        if !reading.handed_on {
            reading.handed_on = true;
            // Until it is read to its end, the file has a record that fits no
            // state, so that after an interruption it is read again.
            let unfinished = SourceRecord {
                name: reading.open.name.clone(),
                state: reading.unread_state,
                ..SourceRecord::default()
            };
            self.send(SourceUpdate {
                path: reading.open.name.clone(),
                stage: Stage::First,
                forget: reading.forget(),
                documents: Vec::new(),
                record: Some(unfinished),
                bytes: 0,
            });
        }
        let batch = reading.take_batch();
        if let Err(not_sent) = self.to_batches.try_send(batch) {
            self.deliver(not_sent.into_inner());
        }
    }

    /// Turns a batch of a large file into documents and hands them to the
    /// writer.
    fn deliver(&mut self, batch: Batch) {
        let Batch { articles, bytes, file } = batch;
        let documents = self.documents(&articles, bytes, &file);
        self.send(SourceUpdate {
            path: file.name.clone(),
            stage: Stage::More,
            forget: Forget::Nothing,
            documents,
            record: None,
            bytes: bytes as u64,
        });
        self.close(file);
    }

    /// Lets go of a file, and writes its record if nobody else works on it and
    /// it was read to its end.
    fn close(&self, file: Arc<OpenFile>) {
        let Some(file) = Arc::into_inner(file) else { return };
        if let Some(record) = file.record.into_inner().unwrap_or_else(PoisonError::into_inner) {
            self.send(SourceUpdate {
                path: file.name,
                stage: Stage::Last,
                forget: Forget::Record,
                documents: Vec::new(),
                record: Some(record),
                bytes: 0,
            });
        }
    }

    fn documents(
        &mut self,
        articles: &[Article],
        bytes: usize,
        file: &OpenFile,
    ) -> Vec<NewsDocument> {
        let share = Arc::new(self.shared.budget.take(bytes * DOCUMENT_BYTES_PER_BYTE));
        let mut documents = Vec::with_capacity(articles.len());
        for article in articles {
            let id = ArticleId::of(&file.name, &article.part);
            let seen_at = file.seen.get(&id).copied().unwrap_or(self.shared.now);
            let annotations = self.shared.annotator.annotate(article, &mut self.memory);
            let document = self.builder.build(article, &annotations, &file.name, seen_at, &share);
            documents.extend(document);
            if !article.date_text.is_empty() {
                self.report.add_unread_date(&file.name, &article.date_text);
            }
        }
        let articles = documents.len() as u64;
        self.report.articles_read += articles;
        self.shared.progress.read(bytes as u64, articles);
        documents
    }

    /// Writes what is left of a file, and its record.
    fn finish(&mut self, job: Job, mut reading: FileReading, mut outcome: Outcome) {
        if job.piped.is_some() && outcome.reason.is_none() && reading.given == 0 {
            // It was not told from its first bytes, or is compressed.
            let reason = "an export of an index, which is restored from a file";
            outcome.reason = Some(reason.to_owned());
        }
        self.report.encodings_guessed += u64::from(outcome.encoding_guessed);
        self.report.bytes += outcome.bytes;
        let is_unread = match job.piped {
            // Its articles stay, unless some of them made way already.
            None => outcome.access == Access::None && !reading.handed_on,
            // Nothing through a pipe is a program that failed before it, more often than not.
            Some(_) => outcome.reason.is_some() && reading.given == 0,
        };
        if let (true, Some(record)) = (is_unread, &job.record) {
            self.keep(record, job.unread_state(), &outcome);
            return;
        }
        let record = SourceRecord {
            name: job.file.name.clone(),
            state: match outcome.access {
                Access::Whole => job.state(),
                Access::None | Access::Unstable => job.unread_state(),
            },
            hash: outcome.hash,
            articles: reading.given,
            trouble: outcome.reason.clone(),
        };
        match outcome.reason {
            Some(reason) => {
                let articles = reading.given;
                self.report.failed.push(Failure { path: job.file.name, reason, articles });
            }
            None if record.is_passed_over() => self.report.passed_over += 1,
            None if job.record.is_some() => self.report.replaced += 1,
            None => self.report.added += 1,
        }
        if reading.handed_on {
            let last = reading.take_batch();
            *last.file.record.lock().unwrap_or_else(PoisonError::into_inner) = Some(record);
            drop(reading);
            self.deliver(last);
        } else {
            let forget = reading.forget();
            let batch = reading.take_batch();
            let documents = self.documents(&batch.articles, batch.bytes, &batch.file);
            self.send(SourceUpdate {
                path: record.name.clone(),
                stage: Stage::Whole,
                forget,
                documents,
                record: Some(record),
                bytes: outcome.bytes,
            });
        }
    }

    /// Keeps the articles of a file that cannot be read now, and has it tried
    /// again the next time.
    fn keep(&mut self, record: &SourceRecord, state: FileState, outcome: &Outcome) {
        let reason = outcome.reason.clone().unwrap_or_default();
        let articles = record.articles;
        self.report.failed.push(Failure { path: record.name.clone(), reason, articles });
        let trouble = outcome.reason.clone();
        self.send(SourceUpdate {
            path: record.name.clone(),
            stage: Stage::Whole,
            forget: Forget::Record,
            documents: Vec::new(),
            record: Some(SourceRecord { state, trouble, ..record.clone() }),
            bytes: 0,
        });
    }
}

/// How reading a file went, besides its articles.
struct Outcome {
    hash: Option<u64>,
    bytes: u64,
    encoding_guessed: bool,
    /// Why it could not be read, or not wholly.
    reason: Option<String>,
    access: Access,
}

/// Whether what was read of a file is what is in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    /// It is, as far as its format allows.
    Whole,
    /// It could not be opened or read: its state says nothing.
    None,
    /// It changed or went meanwhile.
    Unstable,
}

impl Outcome {
    /// The outcome of reading a file of `size` bytes; `read` is an error of
    /// the thread where the reader panicked.
    fn new(size: u64, read: thread::Result<Result<Reading, ReadError>>) -> Self {
        let mut outcome = Self {
            hash: None,
            bytes: size,
            encoding_guessed: false,
            reason: None,
            access: Access::Whole,
        };
        let trouble = match read {
            Ok(Ok(read)) => {
                outcome.hash = Some(read.hash);
                outcome.bytes = read.bytes;
                outcome.encoding_guessed = read.encoding_guessed;
                read.trouble
            }
            Ok(Err(error)) => Some(error),
            Err(_) => {
                let reason = "the reader failed on it, which is a defect of newsdex";
                return Self { reason: Some(reason.to_owned()), ..outcome };
            }
        };
        outcome.access = match &trouble {
            Some(ReadError::Permission | ReadError::Io(_)) => Access::None,
            Some(ReadError::NotFound | ReadError::ChangedWhileRead) => Access::Unstable,
            _ => Access::Whole,
        };
        outcome.reason = trouble.map(|trouble| trouble.to_string());
        outcome
    }
}

/// The state of reading one file.
struct FileReading {
    open: Arc<OpenFile>,
    articles: Vec<Article>,
    /// Bytes of the articles not yet handed on.
    bytes: usize,
    /// Bytes of all its articles.
    text_bytes: u64,
    given: u64,
    /// Whether batches of it were handed on.
    handed_on: bool,
    /// Whether the index knows the file.
    is_known: bool,
    /// The state of its record until it is read to its end.
    unread_state: FileState,
}

impl FileReading {
    const fn add(&mut self, bytes: usize) {
        self.bytes += bytes;
        self.text_bytes += bytes as u64;
        self.given += 1;
    }

    const fn forget(&self) -> Forget {
        if self.is_known { Forget::Everything } else { Forget::Nothing }
    }

    fn take_batch(&mut self) -> Batch {
        Batch {
            articles: std::mem::take(&mut self.articles),
            bytes: std::mem::take(&mut self.bytes),
            file: Arc::clone(&self.open),
        }
    }
}
