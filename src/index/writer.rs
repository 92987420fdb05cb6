//! Writing the index: the only code that changes its folder.
//!
//! Takes the articles and records of source files and commits them. What is
//! handed over in one [`SourceUpdate`] is in one commit, all of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::Directory;
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::schema::Field;
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexSettings, TantivyError, Term};

use super::directory::IndexDirectory;
use super::editions::{Edition, Editions, Verdict};
use super::forgotten::OfFile;
use super::lean_directory::LeanDirectory;
use super::leftovers::remove_leftovers;
use super::merges::BoundedMerges;
use super::names::build;
use super::reader::{Memory, NAMES_FILE, open_index, open_index_with, register_tokeniser};
use super::sound_merges::SoundMerges;
use super::{
    Fields, IndexError, IndexReader, Method, NewsDocument, SCHEMA_VERSION, SourceRecord, WriterLock,
};

/// How much the engine may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// Threads that build segments.
    pub threads: usize,
    /// Bytes that each of them may fill before it writes a segment; the engine
    /// wants 15 MB at least.
    pub bytes_per_thread: usize,
}

/// What a commit says of itself.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CommitNote {
    /// Schema version.
    pub(super) schema: u32,
    /// Version of the program.
    newsdex: String,
    /// How its articles were made.
    #[serde(flatten)]
    pub(super) method: Method,
}

/// What the index forgets of a source file before it takes what is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forget {
    /// Nothing: the file is new, or more of its articles come.
    Nothing,
    /// Its record.
    Record,
    /// Its record and its articles.
    Everything,
}

/// Which of the steps of a source file one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The only one.
    Whole,
    /// The first of several.
    First,
    /// Neither the first nor the last.
    More,
    /// The last of several.
    Last,
}

/// A step in the index's knowledge of one source file; indivisible.
#[derive(Debug)]
pub struct SourceUpdate {
    /// Name of the source file.
    pub path: String,
    /// Which of its steps it is.
    pub stage: Stage,
    /// What goes.
    pub forget: Forget,
    /// What comes.
    pub documents: Vec<NewsDocument>,
    /// Its record from now on, unless it stays.
    pub record: Option<SourceRecord>,
    /// About how many bytes of the source file it accounts for.
    pub bytes: u64,
}

/// An index open for writing. Its folder is locked for other writers until it
/// is dropped.
pub struct IndexWriter {
    fields: Fields,
    engine: tantivy::IndexWriter<NewsDocument>,
    method: Method,
    editions: Editions,
    lock: WriterLock,
}

/// zstd's level for stored articles. On English news level 3 is a third
/// smaller than lz4 at a cost of some 5 % of a run; higher levels gain under
/// 3 % more.
const ZSTD_LEVEL: i32 = 3;

/// Bytes of a block of stored articles; larger blocks compress better, smaller
/// ones are faster to show: each hit reads one. On English news the store is 3 %
/// smaller than with 32 KiB, and a hit takes some 60 µs more.
const STORE_BLOCK_BYTES: usize = 64 * 1024;

impl IndexWriter {
    /// Opens the index that `lock` locks, and makes it if there is none. `method`
    /// is how articles are made, which commits record; `editions` are those of the last
    /// commit, as far as their files stay.
    ///
    /// # Errors
    ///
    /// When it is of another version, or the folder cannot be written to.
    pub fn open(
        lock: WriterLock,
        options: WriterOptions,
        method: Method,
        editions: Editions,
    ) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let index = match open_index_with(&lock.folder, &fields, Memory::Lean) {
            Err(IndexError::NotFound { .. }) => create_index(&lock.folder, &fields)?,
            opened => opened?.0,
        };
        remove_leftovers(&lock.folder, &index)?;
        let engine_options = IndexWriterOptions::builder()
            .num_worker_threads(options.threads)
            .memory_budget_per_thread(options.bytes_per_thread)
            .num_merge_threads(1)
            .build();
        let engine = index
            .writer_with_options(engine_options)
            .map_err(|cause| cannot_write(&lock.folder, cause))?;
        let folder = lock.folder.clone();
        engine.set_merge_policy(Box::new(SoundMerges { policy: BoundedMerges, folder }));
        Ok(Self { fields, engine, method, editions, lock })
    }

    /// Takes one step; it is in the next commit.
    ///
    /// # Errors
    ///
    /// When a thread of the engine failed, for instance on a full disk.
    pub fn apply(&mut self, update: SourceUpdate) -> Result<(), IndexError> {
        let SourceUpdate { path, forget, documents, record, .. } = update;
        let path: Arc<str> = path.into();
        if forget != Forget::Nothing {
            self.delete(self.fields.source, &path)?;
        }
        if forget == Forget::Everything {
            self.delete(self.fields.path, &path)?;
            self.delete(self.fields.hidden_path, &path)?;
            self.editions.forget(&path);
        }
        let mut operations = Vec::with_capacity(documents.len() + 1);
        for document in documents {
            admit(&self.fields, &mut self.editions, &path, document, &mut operations);
        }
        operations.extend(
            record.map(|record| UserOperation::Add(NewsDocument::of_source(&self.fields, &record))),
        );
        match self.engine.run(operations) {
            Ok(_) => Ok(()),
            Err(error) => Err(self.cause_of(error)),
        }
    }

    /// Deletes what has the name of a source file in `field`.
    fn delete(&self, field: Field, path: &Arc<str>) -> Result<(), IndexError> {
        let gone = OfFile { field, path: Arc::clone(path) };
        match self.engine.delete_query(Box::new(gone)) {
            Ok(_) => Ok(()),
            Err(cause) => Err(cannot_write(&self.lock.folder, cause)),
        }
    }

    /// Why nothing can be applied any more: the engine's threads keep it to themselves until
    /// they are waited for.
    fn cause_of(&mut self, error: TantivyError) -> IndexError {
        let cause = self.engine.prepare_commit().err().unwrap_or(error);
        cannot_write(&self.lock.folder, cause)
    }

    /// The source files that hold other versions of what was forgotten, and were perhaps
    /// read before it was: the last may be in one of them. Tells each once.
    pub fn orphaned(&mut self) -> BTreeSet<String> {
        self.editions.orphaned()
    }

    /// How many versions of articles were put aside since it was opened, because there is
    /// a later one or their publisher took them back.
    #[must_use]
    pub const fn hidden_versions(&self) -> u64 {
        self.editions.hidden()
    }

    /// Makes all that was applied durable, and visible to readers opened from
    /// now on.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written to; the last commit stays.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        let note = CommitNote {
            schema: SCHEMA_VERSION,
            newsdex: env!("CARGO_PKG_VERSION").to_owned(),
            method: self.method.clone(),
        };
        let note = serde_json::to_string(&note)?;
        let failed = |cause| cannot_write(&self.lock.folder, cause);
        let mut commit = self.engine.prepare_commit().map_err(failed)?;
        commit.set_payload(&note);
        commit.commit().map_err(failed)?;
        Ok(())
    }

    /// Forgets what was applied since the last commit.
    ///
    /// # Errors
    ///
    /// When the engine cannot start anew from the last commit.
    pub fn roll_back(&mut self) -> Result<(), IndexError> {
        self.engine.rollback().map_err(|cause| cannot_write(&self.lock.folder, cause))?;
        Ok(())
    }

    /// Waits until no segments are being merged any more, keeps the names of the
    /// last commit, removes what belongs to none, and lets go of the index. Gives back a
    /// reader of it.
    ///
    /// # Errors
    ///
    /// When a merge failed, or the folder cannot be read or written to.
    pub fn close(self) -> Result<IndexReader, IndexError> {
        let failed = |cause| cannot_write(&self.lock.folder, cause);
        self.engine.wait_merging_threads().map_err(failed)?;
        // The engine forgets what it merged of a segment of which all was deleted meanwhile.
        self.lock.mend()
    }
}

/// Adds a document of the source file `path`; where it is a version of an article, only
/// the last of these stays.
fn admit(
    fields: &Fields,
    editions: &mut Editions,
    path: &Arc<str>,
    document: NewsDocument,
    operations: &mut Vec<UserOperation<NewsDocument>>,
) {
    let hidden = |edition: Edition, path: &str| {
        UserOperation::Add(NewsDocument::of_hidden(fields, edition, path))
    };
    match document.edition.map(|edition| (edition, editions.admit(path, edition))) {
        Some((edition, Verdict::Hidden)) => operations.push(hidden(edition, path)),
        Some((_, Verdict::Shown(Some(before)))) => {
            let id = Term::from_field_u64(fields.id, before.edition.id.number());
            operations.push(UserOperation::Delete(id));
            operations.push(hidden(before.edition, &before.path));
            operations.push(UserOperation::Add(document));
        }
        Some((_, Verdict::Shown(None))) | None => operations.push(UserOperation::Add(document)),
    }
}

fn create_index(folder: &Path, fields: &Fields) -> Result<Index, IndexError> {
    let failed = |cause| cannot_write(folder, cause);
    let directory = IndexDirectory::open(folder).map_err(|cause| failed(cause.into()))?;
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor {
            compression_level: Some(ZSTD_LEVEL),
        }),
        docstore_blocksize: STORE_BLOCK_BYTES,
        ..IndexSettings::default()
    };
    let index = Index::create(LeanDirectory(directory), fields.schema().clone(), settings)
        .map_err(failed)?;
    register_tokeniser(&index);
    Ok(index)
}

fn cannot_write(folder: &Path, cause: TantivyError) -> IndexError {
    IndexError::Write { folder: folder.to_owned(), cause }
}

impl WriterLock {
    /// Keeps the names of the last commit beside it, unless they are there, so
    /// that nobody has to work them out. Gives back a reader of the index.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written to.
    pub fn keep_names(&self) -> Result<IndexReader, IndexError> {
        let reader = IndexReader::open_with(&self.folder, Memory::Lean)?;
        if !reader.has_names() {
            let names = build(reader.fields(), reader.searcher())?;
            let failed = |cause| cannot_write(&self.folder, cause);
            let directory =
                IndexDirectory::open(&self.folder).map_err(|cause| failed(cause.into()))?;
            directory
                .atomic_write(Path::new(NAMES_FILE), &names)
                .map_err(|cause| failed(cause.into()))?;
        }
        Ok(reader)
    }

    /// Does what a writer that was killed had no time for: keeps the names of the last
    /// commit, and removes what belongs to none. Gives back a reader of the index.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written to.
    pub fn mend(&self) -> Result<IndexReader, IndexError> {
        remove_leftovers(&self.folder, &open_index(&self.folder, &Fields::new())?.0)?;
        self.keep_names()
    }
}
