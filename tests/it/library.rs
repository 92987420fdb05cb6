//! Indexing and searching through the library.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::civil::{Date, date};
use newsdex::index::{IndexReader, StoredArticle, WriterOptions};
use newsdex::ingest::ReadOptions;
use newsdex::query::{Query, parse};
use newsdex::search::{Aliases, Limit, Matches, Order, Search, SearchRequest, SortKey};
use newsdex::update::{
    Progress, Rebuilt, RecogniseWith, Report, SelectionChange, Silent, UpdateError, UpdateOptions,
    UpdateRequest, rebuild, update,
};

/// The day that relative dates count from.
pub(crate) const TODAY: Date = date(2024, 4, 20);

/// The time of the first update, in seconds since 1970; any will do.
pub(crate) const FIRST_SEEN: i64 = 1_700_000_000;

/// A folder and its index.
#[derive(Clone, Debug)]
pub(crate) struct Library {
    pub(crate) base: PathBuf,
    pub(crate) index: PathBuf,
    pub(crate) threads: usize,
    /// Bytes after which is committed: small ones make many segments.
    pub(crate) commit_bytes: u64,
    pub(crate) recognition: RecogniseWith,
}

impl Library {
    /// The folder `base` with its index where the program keeps it.
    pub(crate) fn of(base: &Path) -> Self {
        let index = base.join(".newsdex/index");
        Self {
            base: base.to_owned(),
            index,
            threads: 2,
            commit_bytes: u64::MAX,
            recognition: RecogniseWith::Nothing,
        }
    }

    pub(crate) fn update(&self, now: i64) -> Report {
        self.update_until(now, &Silent, &AtomicBool::new(false)).unwrap()
    }

    /// Updates until it is done or `stop` is set.
    pub(crate) fn update_until(
        &self,
        now: i64,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<Report, UpdateError> {
        update(&self.request(now), &self.options(), progress, stop)
    }

    /// Makes the index anew, from what it knows.
    pub(crate) fn rebuild_until(
        &self,
        now: i64,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<Rebuilt, UpdateError> {
        let request = UpdateRequest { roots: Vec::new(), ..self.request(now) };
        rebuild(&request, &self.options(), progress, stop)
    }

    pub(crate) fn rebuild(&self, now: i64) -> Rebuilt {
        self.rebuild_until(now, &Silent, &AtomicBool::new(false)).unwrap()
    }

    fn request(&self, now: i64) -> UpdateRequest {
        UpdateRequest {
            index: self.index.clone(),
            base: self.base.clone(),
            roots: vec![self.base.clone()],
            listed: Vec::new(),
            piped: None,
            now,
        }
    }

    fn options(&self) -> UpdateOptions {
        UpdateOptions {
            read: ReadOptions::default(),
            selection: SelectionChange::default(),
            recognition: self.recognition.clone(),
            threads: self.threads,
            // The least that the engine takes.
            writer: WriterOptions { threads: 1, bytes_per_thread: 15_000_000 },
            waiting_bytes: 1_000_000,
            commit_bytes: self.commit_bytes,
        }
    }

    pub(crate) fn reader(&self) -> IndexReader {
        IndexReader::open(&self.index).unwrap()
    }
}

/// Asks for every match, newest first, and for no facet.
pub(crate) fn request(query: Query) -> SearchRequest {
    SearchRequest {
        query,
        today: TODAY,
        order: Order { key: SortKey::Date, ascending: false },
        offset: 0,
        limit: Limit::All,
        facets: Vec::new(),
        aliases: Arc::default(),
        pattern_limit: 10_000,
        threads: 2,
    }
}

/// The matching articles, read.
pub(crate) fn articles(reader: &IndexReader, matches: &Matches) -> Vec<StoredArticle> {
    let everything = parse("").unwrap();
    let search = Search::new(reader, &Aliases::default(), &everything).unwrap();
    matches.ranked.iter().map(|ranked| search.article(ranked).unwrap()).collect()
}
