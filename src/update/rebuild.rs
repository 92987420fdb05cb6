//! Makes an index anew from its source files, beside the old one, and puts it in its
//! place when it is whole.
//!
//! What cannot be read again is carried over from the old index as it is: what came
//! through a pipe, files of folders that are not there now, files that may not be read.

use std::fs::File;
use std::io::ErrorKind;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use super::error::UpdateError;
use super::progress::{Progress, Silent};
use super::remake::{Outlet, remake};
use super::report::{Failure, Report};
use super::run::{UpdateOptions, UpdateRequest, update_after};
use crate::index::{
    Editions, Fields, FileState, IndexError, IndexReader, IndexWriter, Manifest, Method,
    NewsDocument, Replacement, SourceRecord, StoredArticle, WriterLock,
};
use crate::ingest::Naming;

/// What a rebuild did.
#[derive(Clone, Debug, Default)]
pub struct Rebuilt {
    /// What was read.
    pub report: Report,
    /// Articles that were carried over from the old index.
    pub carried: u64,
    /// Why the old index could not be read, if it could not: then nothing was carried
    /// over, and all articles were first seen now.
    pub unreadable: Option<String>,
}

/// Makes the index of `request` anew, from its paths and from all other files that the old
/// index knows; without paths, from these, and from the base if it knows files there.
/// The old one is searched until the new one takes its place; when `stop` becomes true,
/// it stays.
///
/// # Errors
///
/// As [`update`](super::update()); the old index is then as it was.
pub fn rebuild(
    request: &UpdateRequest,
    options: &UpdateOptions,
    progress: &dyn Progress,
    stop: &AtomicBool,
) -> Result<Rebuilt, UpdateError> {
    let replacement = Replacement::begin(&request.index, request.now)?;
    let old = Old::open(&request.index)?;
    let naming = Naming { base: request.base.clone() };
    let roots = old.roots(request, &naming);
    let fates = old.fates(&roots, &naming);
    let mut carrying = Carrying::default();
    if let Some(method) = &old.method {
        let lock = WriterLock::take(replacement.folder(), request.now)?;
        let mut writer =
            IndexWriter::open(lock, options.writer, method.clone(), Editions::default())?;
        if let Some(reader) = &old.reader {
            remake(&mut writer, options, &Silent, stop, |outlet| {
                carrying.run(reader, fates.carried, outlet)
            })?;
        }
        writer.commit()?;
        writer.close()?;
    }
    let listed = [&request.listed[..], &fates.listed].concat();
    let index = replacement.folder().to_owned();
    let anew = UpdateRequest { index, roots, listed, ..request.clone() };
    let mut report = update_after(old.reader.as_ref(), &anew, options, progress, stop)?;
    if !report.interrupted {
        replacement.take_place()?;
    }
    report.failed.extend(carrying.failed);
    report.finish();
    Ok(Rebuilt { report, carried: carrying.carried, unreadable: old.trouble })
}

/// What there is of the old index.
struct Old {
    /// It, where it can be read.
    reader: Option<IndexReader>,
    manifest: Manifest,
    /// How its articles were made, where that is known.
    method: Option<Method>,
    /// Why it cannot be read.
    trouble: Option<String>,
}

/// What becomes of the files that the old index knows, but for those that are found
/// below the paths.
#[derive(Default)]
struct Fates {
    /// Files elsewhere that are read.
    listed: Vec<PathBuf>,
    /// Records that are carried over with all that belongs to them.
    carried: Vec<SourceRecord>,
}

impl Old {
    fn open(folder: &Path) -> Result<Self, UpdateError> {
        let open = || {
            let reader = IndexReader::open(folder)?;
            let manifest = reader.manifest()?;
            Ok((reader, manifest))
        };
        // What is damaged may be so in a way that the engine did not foresee.
        let opened: Result<_, IndexError> = panic::catch_unwind(AssertUnwindSafe(open))
            .unwrap_or(Err(IndexError::Damaged { what: "the engine failed on it" }));
        let unreadable = |trouble| Self {
            reader: None,
            manifest: Manifest::default(),
            method: Method::noted_in(folder),
            trouble,
        };
        match opened {
            Ok((reader, manifest)) => {
                let method = Some(reader.method().clone());
                Ok(Self { reader: Some(reader), manifest, method, trouble: None })
            }
            Err(IndexError::NotFound { .. }) => Ok(unreadable(None)),
            // That it cannot be read now is no reason to give it up.
            Err(error @ IndexError::Io { .. }) => Err(error.into()),
            Err(error) => Ok(unreadable(Some(error.to_string()))),
        }
    }

    /// The paths to walk.
    fn roots(&self, request: &UpdateRequest, naming: &Naming) -> Vec<PathBuf> {
        if !request.roots.is_empty() {
            return request.roots.clone();
        }
        let is_in_base = |record: &SourceRecord| {
            !record.state.is_piped() && naming.path_of(&record.name).starts_with(&naming.base)
        };
        match self.manifest.is_empty() || self.manifest.iter().any(is_in_base) {
            true => vec![request.base.clone()],
            false => Vec::new(),
        }
    }

    fn fates(&self, roots: &[PathBuf], naming: &Naming) -> Fates {
        let mut fates = Fates::default();
        for record in self.manifest.iter() {
            let path = naming.path_of(&record.name);
            let is_walked = roots.iter().any(|root| path.starts_with(root));
            match (record.state.is_piped(), is_walked, state_of(&path)) {
                (true, ..) | (false, false, Readable::Gone | Readable::No) => {
                    fates.carried.push(record.clone());
                }
                // It is tried again, and kept as long as that fails.
                (false, true, Readable::No) => {
                    let state = FileState::default();
                    fates.carried.push(SourceRecord { state, hash: None, ..record.clone() });
                }
                (false, false, Readable::Yes) => fates.listed.push(path),
                (false, true, Readable::Yes | Readable::Gone) => {}
            }
        }
        fates
    }
}

/// Whether a file can be read.
#[derive(Clone, Copy)]
enum Readable {
    Yes,
    No,
    Gone,
}

fn state_of(path: &Path) -> Readable {
    let state = path.metadata().and_then(|metadata| {
        // To open a pipe is to wait for who writes into it.
        if metadata.is_file() { File::open(path).map(|_| ()) } else { Ok(()) }
    });
    match state.map_err(|cause| cause.kind()) {
        Ok(()) => Readable::Yes,
        Err(ErrorKind::NotFound | ErrorKind::NotADirectory) => Readable::Gone,
        Err(_) => Readable::No,
    }
}

/// What was carried over.
#[derive(Default)]
struct Carrying {
    carried: u64,
    failed: Vec<Failure>,
}

impl Carrying {
    /// Hands over the records, with their articles and versions.
    fn run(
        &mut self,
        reader: &IndexReader,
        records: Vec<SourceRecord>,
        outlet: &mut Outlet<'_, StoredArticle>,
    ) -> Result<(), UpdateError> {
        let fields = Fields::new();
        for record in records {
            let versions = reader.hidden_versions_of(&record.name)?;
            let hidden: Vec<_> = versions
                .iter()
                .filter_map(|version| NewsDocument::of_hidden_version(&fields, version).ok())
                .collect();
            let mut lost = None;
            let mut articles = 0;
            for address in reader.articles_of(&record.name)? {
                let read = panic::catch_unwind(AssertUnwindSafe(|| reader.article(address)));
                match read.unwrap_or(Err(IndexError::Damaged { what: "the engine failed on it" })) {
                    Ok(article) => {
                        articles += 1;
                        if outlet.article(article).is_break() {
                            return Ok(());
                        }
                    }
                    Err(error) => lost = Some(error),
                }
            }
            self.carried += articles;
            if let Some(error) = lost {
                let reason = format!("the old index has articles of it that are lost: {error}");
                self.failed.push(Failure { path: record.name.clone(), reason, articles });
            }
            if outlet.documents(hidden).is_break() || outlet.record(record).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}
