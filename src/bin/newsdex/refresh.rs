//! Brings an index up to date with folders, on behalf of a command.

use std::io::BufRead;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use newsdex::ingest::ReadOptions;
use newsdex::update::{
    Piped, Progress, Rebuilt, RecogniseWith, Report, RestoreRequest, SelectionChange, Silent,
    UpdateError, UpdateOptions, UpdateRequest, rebuild, restore, update,
};

use crate::allocator;
use crate::clock;
use crate::home::Home;
use crate::memory::Shares;
use crate::progress_bar::Bar;
use crate::settings::Settings;

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
    /// What it may take.
    pub(crate) shares: Shares,
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
        let Self { roots, listed, piped, selection, read, recognition, shares, commit_bytes } =
            self;
        let request = UpdateRequest {
            index: home.index(),
            base: home.base.clone(),
            roots,
            listed,
            piped,
            now: clock::now(),
        };
        let Shares { threads, writer, waiting_bytes } = shares;
        let options = UpdateOptions {
            read,
            selection,
            recognition,
            threads,
            writer,
            waiting_bytes,
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
