//! Makes documents of articles that were annotated before, in several threads: nothing
//! is recognised again.
//!
//! Where the articles come from, an export or an index, is the business of whoever
//! hands them over.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use super::error::UpdateError;
use super::progress::Progress;
use super::run::{UpdateOptions, WAITING_UPDATES};
use super::worker::BATCH_BYTES;
use crate::index::{
    Budget, DOCUMENT_BYTES_PER_BYTE, DocumentBuilder, Fields, Forget, IndexError, IndexWriter,
    NewsDocument, SourceRecord, SourceUpdate, Stage, StoredArticle, start,
};

/// An article on its way, in a form that another thread may have to read.
pub(super) trait Annotated: Send {
    /// About how many bytes it takes.
    fn bytes(&self) -> usize;

    /// It as it was stored.
    fn stored(self) -> Result<StoredArticle, UpdateError>;
}

impl Annotated for StoredArticle {
    fn bytes(&self) -> usize {
        self.title.len() + self.body.len()
    }

    fn stored(self) -> Result<StoredArticle, UpdateError> {
        Ok(self)
    }
}

/// Articles that are made into documents together.
struct Batch<A> {
    number: u64,
    articles: Vec<A>,
    bytes: usize,
}

/// Where articles and records are handed over.
pub(super) struct Outlet<'a, A> {
    to_workers: Sender<Batch<A>>,
    steps: Sender<SourceUpdate>,
    batch: Batch<A>,
    has_failed: &'a AtomicBool,
    stop: &'a AtomicBool,
}

impl<A> Outlet<'_, A> {
    /// Takes an article. It says when no more are wanted: somebody failed, or wants it to
    /// stop.
    pub(super) fn article(&mut self, article: A) -> ControlFlow<()>
    where
        A: Annotated,
    {
        self.batch.bytes += article.bytes();
        self.batch.articles.push(article);
        if self.batch.bytes < BATCH_BYTES {
            return ControlFlow::Continue(());
        }
        self.hand_on()
    }

    /// Takes the record of a source file.
    pub(super) fn record(&self, record: SourceRecord) -> ControlFlow<()> {
        self.step(Vec::new(), Some(record))
    }

    /// Takes documents that are made already.
    pub(super) fn documents(&self, documents: Vec<NewsDocument>) -> ControlFlow<()> {
        self.step(documents, None)
    }

    fn step(&self, documents: Vec<NewsDocument>, record: Option<SourceRecord>) -> ControlFlow<()> {
        match self.steps.send(addition(documents, record)) {
            Ok(()) if !self.is_ended() => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }

    fn hand_on(&mut self) -> ControlFlow<()> {
        let next = Batch { number: self.batch.number + 1, articles: Vec::new(), bytes: 0 };
        let full = std::mem::replace(&mut self.batch, next);
        match self.to_workers.send(full) {
            Ok(()) if !self.is_ended() => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        }
    }

    fn is_ended(&self) -> bool {
        self.has_failed.load(Ordering::Relaxed) || self.stop.load(Ordering::Relaxed)
    }
}

/// A step that only adds: in a new index nothing is to be forgotten.
fn addition(documents: Vec<NewsDocument>, record: Option<SourceRecord>) -> SourceUpdate {
    SourceUpdate {
        path: String::new(),
        stage: Stage::Whole,
        forget: Forget::Nothing,
        documents,
        record,
        bytes: 0,
    }
}

/// Writes what `produce` hands over, without a commit. Of several errors it is the
/// first in the order of the articles.
pub(super) fn remake<A: Annotated>(
    writer: &mut IndexWriter,
    options: &UpdateOptions,
    progress: &dyn Progress,
    stop: &AtomicBool,
    produce: impl FnOnce(&mut Outlet<'_, A>) -> Result<(), UpdateError> + Send,
) -> Result<(), UpdateError> {
    let threads = options.threads.max(1);
    let (to_workers, batches) = bounded(threads);
    let (steps, to_write) = bounded(WAITING_UPDATES);
    let has_failed = AtomicBool::new(false);
    let budget = Budget::new(options.waiting_bytes);
    thread::scope(|scope| {
        let start_worker = |_| {
            let (batches, steps) = (batches.clone(), steps.clone());
            let (has_failed, budget) = (&has_failed, &budget);
            start(scope, move || {
                let outcome = work(batches, &steps, budget, progress);
                has_failed.fetch_or(outcome.is_err(), Ordering::Relaxed);
                outcome
            })
        };
        let workers = (0..threads).map(start_worker).collect::<Result<Vec<_>, _>>()?;
        drop(batches);
        let batch = Batch { number: 0, articles: Vec::new(), bytes: 0 };
        let mut outlet = Outlet { to_workers, steps, batch, has_failed: &has_failed, stop };
        let producer = start(scope, move || {
            let produced = produce(&mut outlet);
            // Whether anybody still wants the rest is known to who reads the errors.
            let _ = outlet.hand_on();
            produced
        })?;
        let written = write(to_write, writer);
        let mut failures: Vec<(u64, UpdateError)> = Vec::new();
        for worker in workers {
            failures.extend(worker.join().unwrap_or_else(|panic| resume_unwind(panic)).err());
        }
        let produced = producer.join().unwrap_or_else(|panic| resume_unwind(panic));
        written?;
        match failures.into_iter().min_by_key(|(batch, _)| *batch) {
            Some((_, error)) => Err(error),
            None => produced,
        }
    })
}

/// Applies steps as they come; when that fails, whoever sends more learns of it.
fn write(steps: Receiver<SourceUpdate>, writer: &mut IndexWriter) -> Result<(), IndexError> {
    steps.into_iter().try_for_each(|step| writer.apply(step))
}

/// A thread's part: makes documents of batches. An error comes with the number of its
/// batch; all before it were handed to somebody.
fn work<A: Annotated>(
    batches: Receiver<Batch<A>>,
    steps: &Sender<SourceUpdate>,
    budget: &Budget,
    progress: &dyn Progress,
) -> Result<(), (u64, UpdateError)> {
    let mut builder = DocumentBuilder::new(Fields::new());
    for Batch { number, articles, bytes } in batches {
        let share = Arc::new(budget.take(bytes * DOCUMENT_BYTES_PER_BYTE));
        let mut documents = Vec::with_capacity(articles.len());
        for article in articles {
            let stored = article.stored().map_err(|error| (number, error))?;
            let document = builder.restore(stored, &share);
            documents.push(document.map_err(|error| (number, error.into()))?);
        }
        progress.read(bytes as u64, documents.len() as u64);
        if steps.send(addition(documents, None)).is_err() {
            break;
        }
    }
    Ok(())
}
