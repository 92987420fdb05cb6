//! Reading the index: one commit, as it was when it was opened.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;
use tantivy::directory::error::OpenDirectoryError;
use tantivy::directory::{Directory, OwnedBytes};
use tantivy::query::TermQuery;
use tantivy::schema::document::CompactDocValue;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocSet, Index, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError,
    Term,
};
use xxhash_rust::xxh3::Xxh3;

use super::columns::OrderColumns;
use super::directory::{COMMIT_FILE, IndexDirectory};
use super::encoder::TermCutter;
use super::lean_directory::LeanDirectory;
use super::names::build;
use super::terms::{NAME_FORM, split};
use super::version::version_without_checksums;
use super::writer::CommitNote;
use super::{
    Editions, Fields, IndexError, Manifest, Method, NameTable, SCHEMA_VERSION, StoredArticle,
    stored_entities,
};
use crate::annotate::TextPart;
use crate::article::ArticleId;
use crate::text::Stemmer;

/// An index open for reading. It stays on the commit that it was opened on.
#[derive(Clone)]
pub struct IndexReader {
    fields: Arc<Fields>,
    searcher: Searcher,
    method: Method,
    has_commit: bool,
    pub(super) directory: IndexDirectory,
    /// What is worked out when it is first asked for.
    pub(super) known: Arc<Known>,
}

/// What a reader knows of its commit once it was asked.
#[derive(Default)]
pub(super) struct Known {
    names: OnceLock<Arc<NameTable>>,
    pub(super) order_columns: OnceLock<Vec<OrderColumns>>,
    indexed_articles: OnceLock<u64>,
    mean_title: OnceLock<f32>,
    mean_body: OnceLock<f32>,
    stemmers: OnceLock<Vec<Stemmer>>,
}

/// Name of the file of the table of names.
pub(super) const NAMES_FILE: &str = "names";

/// How often an index is opened while one commit follows the other: opening takes
/// milliseconds, and no writer commits so often as to be there each time.
const MOST_OPENINGS: usize = 20;

/// When the articles of a source file were first seen: identifier to seconds
/// since 1970.
pub type SeenArticles = FxHashMap<ArticleId, i64>;

impl IndexReader {
    /// Opens the index in `folder`, on its last commit.
    ///
    /// # Errors
    ///
    /// When there is none, it is of another version, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        Self::open_with(folder, Memory::Generous)
    }

    /// Opens the index in `folder`.
    pub(super) fn open_with(folder: &Path, memory: Memory) -> Result<Self, IndexError> {
        let commit = || fs::read(folder.join(COMMIT_FILE)).ok();
        let mut before = commit();
        let mut opened = Self::open_once(folder, memory);
        for _ in 1..MOST_OPENINGS {
            let now = commit();
            if now == before {
                break;
            }
            // A writer committed meanwhile, and may have removed what was being opened; or
            // what the commit says of itself is another's; or a new index took its place.
            before = now;
            opened = Self::open_once(folder, memory);
        }
        opened
    }

    fn open_once(folder: &Path, memory: Memory) -> Result<Self, IndexError> {
        let fields = Arc::new(Fields::new());
        let (index, note, directory) = open_index_with(folder, &fields, memory)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let has_commit = note.is_some();
        let method = note.map(|note| note.method).unwrap_or_default();
        let known = Arc::default();
        Ok(Self { fields, searcher: reader.searcher(), method, has_commit, directory, known })
    }

    /// The names of the commit. They are read in place if the index keeps those
    /// of this very commit, else worked out, which takes a part of a second.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn names(&self) -> Result<Arc<NameTable>, IndexError> {
        if let Some(names) = self.known.names.get() {
            return Ok(Arc::clone(names));
        }
        let names = match self.kept_names() {
            Some(names) => names,
            None => {
                let bytes = OwnedBytes::new(build(&self.fields, &self.searcher)?);
                NameTable::open(bytes, self.searcher.segment_readers())
                    .ok_or(IndexError::Damaged { what: "names that were just worked out" })?
            }
        };
        Ok(Arc::clone(self.known.names.get_or_init(|| Arc::new(names))))
    }

    /// The table that the index keeps, if it is of this commit.
    fn kept_names(&self) -> Option<NameTable> {
        let file = self.directory.open_read(Path::new(NAMES_FILE)).ok()?;
        NameTable::open(file.read_bytes().ok()?, self.searcher.segment_readers())
    }

    /// Whether the index keeps the names of this commit.
    #[must_use]
    pub fn has_names(&self) -> bool {
        self.kept_names().is_some()
    }

    /// How its articles were made.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// Whether anything was ever committed. If not, its writer was stopped when the index
    /// was just made, and how articles are made is not decided.
    #[must_use]
    pub const fn has_commit(&self) -> bool {
        self.has_commit
    }

    /// Whether both are open on the same commit.
    #[must_use]
    pub fn is_at_same_commit(&self, other: &Self) -> bool {
        let state = |reader: &Self| -> Vec<_> {
            let segments = reader.searcher.segment_readers().iter();
            segments.map(|segment| (segment.segment_id(), segment.num_docs())).collect()
        };
        state(self) == state(other)
    }

    /// Names the state of the index: 16 hexadecimal digits that change with every
    /// commit that changes anything. It is of this index: another one of the same
    /// articles has another.
    #[must_use]
    pub fn revision(&self) -> String {
        let mut segments: Vec<(String, Option<u64>)> = self
            .searcher
            .segment_readers()
            .iter()
            .map(|segment| (segment.segment_id().uuid_string(), segment.delete_opstamp()))
            .collect();
        segments.sort_unstable();
        let mut hash = Xxh3::new();
        for (segment, deleted) in segments {
            hash.update(segment.as_bytes());
            hash.update(&deleted.unwrap_or_default().to_le_bytes());
        }
        format!("{:016x}", hash.digest())
    }

    /// How many articles it holds.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn article_count(&self) -> Result<u64, IndexError> {
        let name = self.fields.name_of(self.fields.words);
        let mut articles = 0;
        for segment in self.searcher.segment_readers() {
            let words = segment.fast_fields().u64(name)?;
            let alive = segment.doc_ids_alive();
            articles += alive.filter(|doc| words.first(*doc).is_some()).count() as u64;
        }
        Ok(articles)
    }

    /// How many articles it has terms of: those that are deleted, but not yet
    /// forgotten, are among them. That is what scores count.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn indexed_articles(&self) -> Result<u64, TantivyError> {
        if let Some(articles) = self.known.indexed_articles.get() {
            return Ok(*articles);
        }
        // Articles, and no other documents, have a number of words.
        let words = self.order_columns()?.iter().map(|columns| &columns.words);
        let articles = words.map(|words| u64::from(words.values.num_vals())).sum();
        Ok(*self.known.indexed_articles.get_or_init(|| articles))
    }

    /// How many words, and marks among them, the titles or the bodies of these
    /// articles have in the mean.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn mean_length(&self, part: TextPart) -> Result<f32, TantivyError> {
        let known = match part {
            TextPart::Title => &self.known.mean_title,
            TextPart::Body => &self.known.mean_body,
        };
        if let Some(mean) = known.get() {
            return Ok(*mean);
        }
        let field = match part {
            TextPart::Title => self.fields.title,
            TextPart::Body => self.fields.body,
        };
        let mut terms = 0;
        for segment in self.searcher.segment_readers() {
            terms += segment.inverted_index(field)?.total_num_tokens();
        }
        let mean = terms as f32 / self.indexed_articles()?.max(1) as f32;
        Ok(*known.get_or_init(|| mean))
    }

    /// The stemmers of the languages that its articles are in, each once, by code.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn stemmers(&self) -> Result<&[Stemmer], TantivyError> {
        if let Some(stemmers) = self.known.stemmers.get() {
            return Ok(stemmers);
        }
        // The empty language is that of articles whose language is unknown.
        let mut by_code: BTreeMap<_, _> = [Stemmer::for_language(""), Stemmer::NONE]
            .map(|stemmer| (stemmer.code(), stemmer))
            .into();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.language.terms)?;
            let mut stream = index.terms().stream()?;
            while stream.advance() {
                if let Some((language, NAME_FORM, _)) = split(stream.key()) {
                    let stemmer = Stemmer::for_language(language);
                    by_code.insert(stemmer.code(), stemmer);
                }
            }
        }
        Ok(self.known.stemmers.get_or_init(|| by_code.into_values().collect()))
    }

    /// The fields.
    #[must_use]
    pub const fn fields(&self) -> &Arc<Fields> {
        &self.fields
    }

    /// The engine's view of the commit.
    #[must_use]
    pub const fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The record of source files.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn manifest(&self) -> Result<Manifest, IndexError> {
        Manifest::read(&self.fields, self.searcher.segment_readers())
    }

    /// Which versions of articles are shown, and which stand behind them.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn editions(&self) -> Result<Editions, IndexError> {
        Editions::read(&self.fields, &self.searcher)
    }

    /// The article of a document.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or the document is no article.
    pub fn article(&self, address: DocAddress) -> Result<StoredArticle, IndexError> {
        stored_article(&self.fields, &self.searcher.doc(address)?)
    }

    /// When the articles of the source file `path` were first seen.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn seen_articles(&self, path: &str) -> Result<SeenArticles, IndexError> {
        let mut seen = SeenArticles::default();
        let term = Term::from_field_text(self.fields.path, path);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        for segment in self.searcher.segment_readers() {
            let weight = query.specialized_weight(
                tantivy::query::EnableScoring::disabled_from_schema(self.fields.schema()),
            )?;
            let mut docs = tantivy::query::Weight::scorer(&weight, segment, 1.0)?;
            let ids = segment.fast_fields().u64(self.fields.name_of(self.fields.id))?;
            let times = segment.fast_fields().i64(self.fields.name_of(self.fields.indexed_at))?;
            while docs.doc() != TERMINATED {
                let doc = docs.doc();
                if let (Some(id), Some(time)) = (ids.first(doc), times.first(doc))
                    && !segment.is_deleted(doc)
                {
                    seen.insert(ArticleId::from_number(id), time);
                }
                docs.advance();
            }
        }
        Ok(seen)
    }
}

/// The article that a document of the engine holds.
pub(super) fn stored_article(
    fields: &Fields,
    document: &TantivyDocument,
) -> Result<StoredArticle, IndexError> {
    let json = document
        .get_first(fields.article)
        .and_then(|value: CompactDocValue<'_>| value.as_str())
        .ok_or(IndexError::Damaged { what: "an article has no text" })?;
    let mut article: StoredArticle = serde_json::from_str(json)?;
    let entities = document.get_first(fields.entities).and_then(|value| value.as_bytes());
    article.entities =
        stored_entities::decode(entities.unwrap_or_default(), &article.title, &article.body)
            .ok_or(IndexError::Damaged { what: "the entities of an article are no such" })?;
    Ok(article)
}

/// Whether what is read of an index may stay in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Memory {
    /// It may: it is read again and again.
    Generous,
    /// It leaves again; only the writer of the index can open it so.
    Lean,
}

/// Opens the engine's index in `folder` and checks that this version wrote it.
/// With it comes what its last commit says of itself, if there was one.
pub(super) fn open_index(
    folder: &Path,
    fields: &Fields,
) -> Result<(Index, Option<CommitNote>, IndexDirectory), IndexError> {
    open_index_with(folder, fields, Memory::Generous)
}

/// The same, and says what may stay in memory.
pub(super) fn open_index_with(
    folder: &Path,
    fields: &Fields,
    memory: Memory,
) -> Result<(Index, Option<CommitNote>, IndexDirectory), IndexError> {
    let directory = IndexDirectory::open(folder).map_err(|error| match error {
        OpenDirectoryError::DoesNotExist(_) => IndexError::NotFound { folder: folder.to_owned() },
        OpenDirectoryError::NotADirectory(_) => IndexError::Io {
            path: folder.to_owned(),
            cause: std::io::ErrorKind::NotADirectory.into(),
        },
        OpenDirectoryError::IoError { io_error, .. } => IndexError::Io {
            path: folder.to_owned(),
            cause: std::io::Error::new(io_error.kind(), io_error.to_string()),
        },
        other => IndexError::Engine(other.into()),
    })?;
    if !Index::exists(&directory).map_err(TantivyError::from)? {
        return Err(IndexError::NotFound { folder: folder.to_owned() });
    }
    let other_version =
        |found: String| IndexError::OtherVersion { folder: folder.to_owned(), found };
    if let Some(found) = version_without_checksums(&directory)? {
        return Err(other_version(found));
    }
    let index = match memory {
        Memory::Generous => Index::open(directory.clone()),
        Memory::Lean => Index::open(LeanDirectory(directory.clone())),
    };
    let index = index.map_err(|error| match error {
        TantivyError::IncompatibleIndex(incompatible) => other_version(format!("{incompatible:?}")),
        other => IndexError::Engine(other),
    })?;
    let payload = index.load_metas()?.payload;
    let mut last_note = None;
    if let Some(note) = payload {
        let note: CommitNote =
            serde_json::from_str(&note).map_err(|_| other_version("no version".to_owned()))?;
        if note.schema != SCHEMA_VERSION {
            return Err(other_version(format!("schema {}", note.schema)));
        }
        last_note = Some(note);
    }
    if index.schema() != *fields.schema() {
        return Err(other_version("other fields".to_owned()));
    }
    register_tokeniser(&index);
    Ok((index, last_note, directory))
}

/// Makes the engine know how terms are cut.
pub(super) fn register_tokeniser(index: &Index) {
    index.tokenizers().register(TermCutter::NAME, TermCutter::default());
}
