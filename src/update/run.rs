//! Runs an update: plans it, sets the threads to work, writes and commits.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, bounded};

use super::commits::{Commits, mark_unread};
use super::error::UpdateError;
use super::piped::Piped;
use super::plan::{Plan, Reread, Sought, plan};
use super::progress::Progress;
use super::recognition::{RecogniseWith, recogniser};
use super::report::Report;
use super::selection::{SelectionChange, changed, kept};
use super::worker::{Shared, Worker};
use crate::annotate::Annotator;
use crate::index::{
    Budget, Editions, FieldMap, Forget, IndexError, IndexReader, IndexWriter, Manifest, Method,
    SourceUpdate, Stage, WriterLock, WriterOptions, start,
};
use crate::ingest::{FieldName, Naming, ReadOptions, Selector, field_named};

/// Which folders an index is to agree with.
#[derive(Clone, Debug)]
pub struct UpdateRequest {
    /// The folder of the index.
    pub index: PathBuf,
    /// The folder that names of source files are relative to.
    pub base: PathBuf,
    /// The files and folders to read, which must be there.
    pub roots: Vec<PathBuf>,
    /// The files and folders of a list: those that are not there are failures.
    pub listed: Vec<PathBuf>,
    /// What comes through a pipe.
    pub piped: Option<Piped>,
    /// The time, in seconds since 1970: when new articles are first seen.
    pub now: i64,
}

/// How an update is done.
#[derive(Clone, Debug)]
pub struct UpdateOptions {
    /// How files are read.
    pub read: ReadOptions,
    /// Which files are taken.
    pub selection: SelectionChange,
    /// With what names are recognised.
    pub recognition: RecogniseWith,
    /// Threads that read and annotate.
    pub threads: usize,
    /// What the engine may use.
    pub writer: WriterOptions,
    /// Bytes of documents that may wait for the engine.
    pub waiting_bytes: usize,
    /// Bytes of source files after which is committed.
    pub commit_bytes: u64,
}

/// Steps that may wait for the writer; they are small or hold a share of the
/// budget.
pub(super) const WAITING_UPDATES: usize = 64;

/// Makes the index agree with the folders. When `stop` becomes true, what is
/// done is committed and the rest is left for the next time.
///
/// # Errors
///
/// When a path is not there, the model cannot be used, the index is locked or of
/// another version, or it cannot be written.
pub fn update(
    request: &UpdateRequest,
    options: &UpdateOptions,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Report, UpdateError> {
    update_after(None, request, options, progress, stop)
}

/// The same with an index that the one of `request` is to replace: articles that it knows
/// keep when they were first seen.
pub(super) fn update_after(
    before: Option<&IndexReader>,
    request: &UpdateRequest,
    options: &UpdateOptions,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Report, UpdateError> {
    for root in &request.roots {
        if !root.try_exists().unwrap_or(true) {
            return Err(UpdateError::NoSuchPath { path: root.clone() });
        }
    }
    // Whether there is anything to do is found out without the lock, so that
    // looking never waits for a writer.
    let mut known = Known::open(&request.index)?;
    let mut intent = Intent::new(request, options, &known)?;
    if intent.plan.is_empty() && known.method() == Some(&intent.method) {
        if let Some(reader) = &known.reader {
            intent.report.articles = reader.article_count()?;
        }
        intent.report.finish();
        // A run that was killed may have left the names of an older commit, and files of
        // none. Where that cannot be mended, whoever needs the names works them out.
        if known.reader.is_some_and(|reader| !reader.has_names())
            && let Ok(lock) = WriterLock::take(&request.index, request.now)
        {
            let _ = lock.mend();
        }
        return Ok(intent.report);
    }
    let lock = WriterLock::take(&request.index, request.now)?;
    if !known.is_up_to_date(&request.index)? {
        // Another writer was here meanwhile.
        known = Known::open(&request.index)?;
        intent = Intent::new(request, options, &known)?;
    }
    let Intent { plan, mut report, map, method, reread, annotator } = intent;
    let editions = match &known.reader {
        Some(reader) => reader.editions()?,
        None => Editions::default(),
    };
    // Other versions of what is in files that change or go: one may be the last now. They
    // are read when it is known what the changed files hold; an update that is stopped
    // before leaves that to the next.
    let others = editions.entangled(&plan.touched());
    let naming = Naming { base: request.base.clone() };
    let again = Plan::again(&others, &naming, &known.manifest);
    again.take_back(&request.roots, &naming, &known.manifest, &mut report);
    let bytes = plan.jobs.bytes() + again.jobs.bytes();
    progress.planned(plan.jobs.len() + again.jobs.len(), bytes);
    report.removed = plan.gone.len() as u64;
    let options =
        &UpdateOptions { read: ReadOptions { map, ..options.read.clone() }, ..options.clone() };
    let mut writer = IndexWriter::open(lock, options.writer, method, editions)?;
    match reread {
        Reread::Everything => mark_unread(known.manifest.iter(), &mut writer)?,
        Reread::Changed | Reread::Failed => {
            mark_unread(others.iter().filter_map(|name| known.manifest.get(name)), &mut writer)?;
        }
    }
    let tools = Tools {
        reader: known.reader,
        before,
        manifest: &known.manifest,
        naming: &naming,
        annotator,
        now: request.now,
        progress,
        stop,
    };
    let mut commits = Commits::new(&mut writer, &naming, &known.manifest);
    let mut end = carry_out(plan, options, &tools, &mut commits, &mut report)?;
    if end == End::Settled && !again.is_empty() {
        end = carry_out(again, options, &tools, &mut commits, &mut report)?;
    }
    if end == End::Settled {
        // What moved out of a file that was read late into one that was read early. They
        // are in the report already.
        let late = commits.late()?;
        end = carry_out(late, options, &tools, &mut commits, &mut Report::default())?;
    }
    progress.finishing();
    match end {
        End::Settled => commits.commit()?,
        End::InsideReplacement => writer.roll_back()?,
    }
    report.hidden = writer.hidden_versions();
    report.articles = writer.close()?.article_count()?;
    report.interrupted = stop.load(Ordering::Relaxed);
    report.finish();
    Ok(report)
}

/// What the index holds already.
struct Known {
    reader: Option<IndexReader>,
    manifest: Manifest,
}

impl Known {
    fn open(index: &Path) -> Result<Self, IndexError> {
        match IndexReader::open(index) {
            Ok(reader) => Ok(Self { manifest: reader.manifest()?, reader: Some(reader) }),
            Err(IndexError::NotFound { .. }) => {
                Ok(Self { reader: None, manifest: Manifest::default() })
            }
            Err(other) => Err(other),
        }
    }

    /// How its articles were made, if that was ever committed.
    fn method(&self) -> Option<&Method> {
        self.reader.as_ref().filter(|reader| reader.has_commit()).map(IndexReader::method)
    }

    /// Whether the index has had no commit since.
    fn is_up_to_date(&self, index: &Path) -> Result<bool, IndexError> {
        match (&self.reader, IndexReader::open(index)) {
            (Some(reader), Ok(now)) => Ok(reader.is_at_same_commit(&now)),
            (None, Err(IndexError::NotFound { .. })) => Ok(true),
            (_, Ok(_) | Err(IndexError::NotFound { .. })) => Ok(false),
            (_, Err(other)) => Err(other),
        }
    }
}

/// What is to be done, and how articles are made.
struct Intent {
    plan: Plan,
    report: Report,
    map: Vec<(FieldName, String)>,
    annotator: Annotator,
    method: Method,
    reread: Reread,
}

impl Intent {
    fn new(
        request: &UpdateRequest,
        options: &UpdateOptions,
        known: &Known,
    ) -> Result<Self, UpdateError> {
        let naming = Naming { base: request.base.clone() };
        let mut report = Report::default();
        let before = known.method();
        // Articles are made as they were before unless somebody says otherwise.
        let map = match before {
            Some(before) if options.read.map.is_empty() => read_map(&before.map),
            _ => options.read.map.clone(),
        };
        let recognised_before = before.map(|before| &before.recognition);
        let (recogniser, recognition) =
            recogniser(&options.recognition, recognised_before, &naming)?;
        let selection = changed(&options.selection, before.map(|before| &before.selected));
        let selector = Selector::new(&selection, &request.base)?;
        let method = Method { map: written(&map), recognition, selected: kept(selection) };
        let reread = match before {
            Some(before) if !before.gives_the_same(&method) => Reread::Everything,
            _ if allows_more(&options.read) => Reread::Failed,
            _ => Reread::Changed,
        };
        let roots = [&request.roots[..], &request.listed].concat();
        let piped = request.piped.as_ref();
        let sought = Sought {
            roots: &roots,
            naming: &naming,
            selector: &selector,
            piped: piped.map(|piped| piped.name.as_str()),
        };
        let mut plan = plan(sought, &known.manifest, reread, &mut report);
        piped.inspect(|piped| plan.jobs.push_piped(piped));
        Ok(Self { plan, report, map, annotator: Annotator::new(recogniser), method, reread })
    }
}

/// Whether other bounds than usual are set: what failed may be read now.
fn allows_more(read: &ReadOptions) -> bool {
    let usual = ReadOptions::default();
    (read.bounds, read.max_article_bytes) != (usual.bounds, usual.max_article_bytes)
}

/// A map of fields as the index keeps it.
fn written(map: &[(FieldName, String)]) -> FieldMap {
    map.iter().map(|(field, name)| (field.name().to_owned(), name.clone())).collect()
}

/// A map of fields that the index kept.
fn read_map(map: &FieldMap) -> Vec<(FieldName, String)> {
    map.iter().filter_map(|(field, name)| Some((field_named(field)?, name.clone()))).collect()
}

/// What all threads of an update use.
struct Tools<'a> {
    reader: Option<IndexReader>,
    before: Option<&'a IndexReader>,
    manifest: &'a Manifest,
    naming: &'a Naming,
    annotator: Annotator,
    /// The time, in seconds since 1970.
    now: i64,
    progress: &'a dyn Progress,
    stop: &'a AtomicBool,
}

/// Reads the files of the plan in parallel and writes what they give.
fn carry_out(
    plan: Plan,
    options: &UpdateOptions,
    tools: &Tools<'_>,
    commits: &mut Commits<'_>,
    report: &mut Report,
) -> Result<End, IndexError> {
    for path in plan.gone {
        let forget = Forget::Everything;
        commits.apply(SourceUpdate {
            path,
            stage: Stage::Whole,
            forget,
            documents: Vec::new(),
            record: None,
            bytes: 0,
        })?;
    }
    let threads = options.threads.max(1);
    let (to_jobs, jobs) = bounded(threads);
    let (to_batches, batches) = bounded(threads);
    let (to_updates, updates) = bounded(WAITING_UPDATES);
    let shared = Shared {
        options,
        annotator: &tools.annotator,
        reader: tools.reader.as_ref(),
        before: tools.before,
        now: tools.now,
        progress: tools.progress,
        stop: tools.stop,
        failed: AtomicBool::new(false),
        budget: Budget::new(options.waiting_bytes),
    };
    thread::scope(|scope| {
        let start_worker = |_| {
            let worker = Worker::new(
                &shared,
                jobs.clone(),
                batches.clone(),
                to_batches.clone(),
                to_updates.clone(),
            );
            start(scope, || worker.work())
        };
        let workers = (0..threads).map(start_worker).collect::<Result<Vec<_>, _>>()?;
        drop((jobs, batches, to_batches, to_updates));
        let (shared, jobs) = (&shared, &plan.jobs);
        start(scope, move || {
            for job in jobs.iter(tools.naming, tools.manifest) {
                // It fails when the workers are gone, which stop early only
                // when they are told to.
                if shared.stopped() || to_jobs.send(job).is_err() {
                    break;
                }
            }
        })?;
        let written = write(updates, options.commit_bytes, commits);
        for worker in workers {
            match worker.join() {
                Ok(part) => report.join(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        written
    })
}

/// In what state the steps end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// All that was begun can be committed.
    Settled,
    /// A file that the index knows was being replaced; what was applied since
    /// the last commit must not be committed, or its articles were lost.
    InsideReplacement,
}

/// Applies steps as they come, and commits at intervals, never while a file
/// that the index knows is being replaced.
fn write(
    updates: Receiver<SourceUpdate>,
    commit_bytes: u64,
    commits: &mut Commits<'_>,
) -> Result<End, IndexError> {
    let mut since_commit = 0;
    let mut replacing = BTreeSet::new();
    for update in updates {
        let begins = update.stage == Stage::First && update.forget == Forget::Everything;
        if begins && replacing.is_empty() {
            // So that no more than this file is lost if it is not read to its end.
            commits.commit()?;
            since_commit = 0;
        }
        match update.stage {
            Stage::First if begins => {
                replacing.insert(update.path.clone());
            }
            Stage::Last => {
                replacing.remove(&update.path);
            }
            _ => {}
        }
        since_commit += update.bytes;
        commits.apply(update)?;
        if since_commit >= commit_bytes && replacing.is_empty() {
            commits.commit()?;
            since_commit = 0;
        }
    }
    Ok(if replacing.is_empty() { End::Settled } else { End::InsideReplacement })
}
