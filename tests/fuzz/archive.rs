//! A small index in a temporary folder, and what is asked of one.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use newsdex::index::{IndexReader, WriterOptions};
use newsdex::ingest::ReadOptions;
use newsdex::update::{
    RecogniseWith, SelectionChange, Silent, UpdateError, UpdateOptions, UpdateRequest, update,
};
use tempfile::TempDir;

/// Articles with letters and names that are awkward to find, count, cut and show.
const ARTICLES: &str = include_str!("archive.jsonl");

/// A folder with an index in it.
pub(super) struct Archive {
    folder: TempDir,
}

impl Archive {
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("there is a place for temporary files") }
    }

    /// One of [`ARTICLES`], with the names in them.
    pub(super) fn of_articles() -> Self {
        let archive = Self::new();
        archive.write("wire.jsonl", ARTICLES);
        archive.index(RecogniseWith::Embedded).expect("the articles are sound");
        archive
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder().join(name), text).expect("the folder is ours");
    }

    /// Makes the index agree with the files.
    pub(super) fn index(&self, recognition: RecogniseWith) -> Result<(), UpdateError> {
        let request = UpdateRequest {
            index: self.index_folder(),
            base: self.folder().to_owned(),
            roots: vec![self.folder().to_owned()],
            listed: Vec::new(),
            piped: None,
            now: 1_700_000_000,
        };
        let options = UpdateOptions { recognition, ..options() };
        update(&request, &options, &Silent, &AtomicBool::new(false)).map(|_| ())
    }

    pub(super) fn index_folder(&self) -> std::path::PathBuf {
        self.folder().join(".newsdex").join("index")
    }

    pub(super) fn reader(&self) -> IndexReader {
        IndexReader::open(&self.index_folder()).expect("the index was made")
    }
}

/// How small indexes are made.
pub(super) fn options() -> UpdateOptions {
    UpdateOptions {
        read: ReadOptions::default(),
        selection: SelectionChange::default(),
        recognition: RecogniseWith::Nothing,
        threads: 1,
        // The least that the engine takes.
        writer: WriterOptions { threads: 1, bytes_per_thread: 15_000_000 },
        waiting_bytes: 1_000_000,
        commit_bytes: u64::MAX,
    }
}
