//! Brings an index up to date with folders, on behalf of a command.

use std::io::BufRead;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use newsdex::index::WriterOptions;
use newsdex::ingest::ReadOptions;
use newsdex::update::{
    Piped, Progress, Rebuilt, RecogniseWith, Report, RestoreRequest, SelectionChange, Silent,
    UpdateError, UpdateOptions, UpdateRequest, rebuild, restore, update,
};

use crate::allocator;
use crate::clock;
use crate::home::Home;
use crate::in_order::cores;
use crate::progress_bar::Bar;
use crate::settings::Settings;

/// Bytes that the engine's threads fill together before they write segments.
/// Smaller segments would be merged during the run, which costs a third of its
/// time and half its memory.
const SEGMENTS_BYTES: usize = 64_000_000;
/// Threads of the engine at most; each has a share of those bytes, and the
/// shares must not become too small.
const MOST_WRITER_THREADS: usize = 4;
/// Bytes of documents that may wait for the engine, so that threads go on
/// reading while it writes a segment.
const WAITING_BYTES: usize = 16_000_000;
/// Bytes of source files after which is committed, unless somebody says otherwise: what
/// an interruption costs at most, some seconds of work.
const COMMIT_BYTES: u64 = 128_000_000;

/// What an index is to agree with, and how it is made.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Files and folders that are there.
    pub(crate) roots: Vec<PathBuf>,
    /// Files and folders of a list.
    pub(crate) listed: Vec<PathBuf>,
    /// What comes through a pipe.
    pub(crate) piped: Option<Piped>,
    pub(crate) selection: SelectionChange,
    pub(crate) read: ReadOptions,
    pub(crate) recognition: RecogniseWith,
    /// Threads that read; by default one for each core.
    pub(crate) threads: Option<usize>,
    /// Bytes of source files after which is committed.
    pub(crate) commit_bytes: Option<u64>,
}

/// Makes the index of `home` agree with what is `wanted`.
pub(crate) fn refresh(
    home: &Home,
    wanted: Wanted,
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Report, UpdateError> {
    let (request, options) = wanted.of(home);
    at_work(settings, |progress| update(&request, &options, progress, stop))
}

/// Makes the index of `home` anew.
pub(crate) fn make_anew(
    home: &Home,
    wanted: Wanted,
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Rebuilt, UpdateError> {
    let (request, options) = wanted.of(home);
    at_work(settings, |progress| rebuild(&request, &options, progress, stop))
}

/// Makes the index of `home` of an export, of about so many bytes.
pub(crate) fn restore_export(
    home: &Home,
    (lines, bytes): (&mut (dyn BufRead + Send), u64),
    wanted: Wanted,
    settings: &Settings,
    stop: &AtomicBool,
) -> Result<Report, UpdateError> {
    let (UpdateRequest { index, base, now, .. }, options) = wanted.of(home);
    let request = RestoreRequest { index, base, bytes, now };
    at_work(settings, |progress| restore(lines, &request, &options, progress, stop))
}

impl Wanted {
    fn of(self, home: &Home) -> (UpdateRequest, UpdateOptions) {
        let Self { roots, listed, piped, selection, read, recognition, threads, commit_bytes } =
            self;
        let request = UpdateRequest {
            index: home.index(),
            base: home.base.clone(),
            roots,
            listed,
            piped,
            now: clock::now(),
        };
        let threads = threads.unwrap_or_else(cores);
        let writer_threads = threads.clamp(1, MOST_WRITER_THREADS);
        let options = UpdateOptions {
            read,
            selection,
            recognition,
            threads,
            writer: WriterOptions {
                threads: writer_threads,
                bytes_per_thread: SEGMENTS_BYTES / writer_threads,
            },
            waiting_bytes: WAITING_BYTES,
            commit_bytes: commit_bytes.unwrap_or(COMMIT_BYTES),
        };
        (request, options)
    }
}

/// Does `work` on an index: shows on a terminal how far it is, and gives memory back.
fn at_work<T>(settings: &Settings, work: impl FnOnce(&dyn Progress) -> T) -> T {
    allocator::give_back();
    if !settings.stderr_is_terminal {
        return work(&Silent);
    }
    let bar = Bar::new();
    let done = work(&bar);
    bar.clear();
    done
}
