//! The documents of a segment: each is one thing, and each article agrees with its columns.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tantivy::columnar::StrColumn;
use tantivy::store::StoreReader;
use tantivy::{DocId, SegmentReader, TantivyDocument, TantivyError};
use xxhash_rust::xxh3::xxh3_64;

use super::article::ArticleColumns;
use super::verification::{Fault, FaultKind, Listed};
use crate::index::reader::stored_article;
use crate::index::{Fields, IndexError};

/// Documents that are looked at in one go: many for each block of stored articles, and
/// few enough that all threads have work to the end.
const STRETCH_DOCS: u32 = 8192;

/// Blocks of stored articles that are kept unpacked: they are read in their order.
const CACHED_BLOCKS: usize = 1;

/// A segment, open, with what is looked up for many of its documents.
pub(super) struct OpenSegment<'a> {
    pub(super) reader: &'a SegmentReader,
    columns: ArticleColumns,
    /// Source files of articles, of versions that are not shown, and of records.
    pub(super) paths: Names,
    pub(super) hidden_paths: Names,
    pub(super) sources: Names,
}

/// A column of names, each once in most segments.
pub(super) struct Names {
    column: Option<StrColumn>,
    /// The hash of each of them.
    pub(super) hashes: Vec<u64>,
}

impl Names {
    fn open(
        fields: &Fields,
        field: tantivy::schema::Field,
        segment: &SegmentReader,
    ) -> Opened<Self> {
        let column = segment.fast_fields().str(fields.name_of(field))?;
        let mut hashes = Vec::new();
        if let Some(column) = &column {
            hashes.reserve(column.num_terms());
            let mut names = column.dictionary().stream()?;
            while names.advance() {
                hashes.push(xxh3_64(names.key()));
            }
        }
        Ok(Self { column, hashes })
    }

    /// The place among the names of that of a document.
    pub(super) fn place(&self, doc: DocId) -> Option<usize> {
        Some(self.column.as_ref()?.ords().first(doc)? as usize)
    }

    /// The hash of the name of a document.
    pub(super) fn hash(&self, doc: DocId) -> Option<u64> {
        self.hashes.get(self.place(doc)?).copied()
    }

    /// The name at a place.
    pub(super) fn name(&self, place: usize) -> Opened<String> {
        let mut name = String::new();
        if let Some(column) = &self.column {
            column.ord_to_str(place as u64, &mut name)?;
        }
        Ok(name)
    }
}

type Opened<T> = Result<T, TantivyError>;

/// Documents of one segment that lie side by side.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Which of the segments.
    pub(super) segment: usize,
    docs: Range<DocId>,
}

/// Cuts segments into stretches.
pub(super) fn stretches(segments: &[OpenSegment<'_>]) -> Vec<Stretch> {
    let cut = |(segment, open): (usize, &OpenSegment<'_>)| {
        let end = open.reader.max_doc();
        let starts = (0..end).step_by(STRETCH_DOCS as usize);
        starts.map(move |start| Stretch {
            segment,
            docs: start..end.min(start.saturating_add(STRETCH_DOCS)),
        })
    };
    segments.iter().enumerate().flat_map(cut).collect()
}

/// Where a document is: its segment and its number there.
pub(super) type Place = (u32, DocId);

/// What was found in documents.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) articles: u64,
    pub(super) records: u64,
    /// The identifier of each article, and where it is.
    pub(super) ids: Vec<(u64, Place)>,
    /// The same of what publishers call them.
    pub(super) guids: Vec<(u64, Place)>,
    pub(super) faults: Listed<Fault>,
}

impl Seen {
    pub(super) fn join(&mut self, other: Self) {
        self.articles += other.articles;
        self.records += other.records;
        self.ids.extend(other.ids);
        self.guids.extend(other.guids);
        self.faults.join(other.faults);
    }
}

impl<'a> OpenSegment<'a> {
    pub(super) fn open(fields: &Fields, reader: &'a SegmentReader) -> Opened<Self> {
        let names = |field| Names::open(fields, field, reader);
        Ok(Self {
            reader,
            columns: ArticleColumns::open(fields, reader)?,
            paths: names(fields.path)?,
            hidden_paths: names(fields.hidden_path)?,
            sources: names(fields.source)?,
        })
    }

    pub(super) fn id(&self) -> String {
        self.reader.segment_id().uuid_string()
    }

    /// Looks at the documents of a stretch.
    pub(super) fn look_at(&self, fields: &Fields, stretch: &Stretch, seen: &mut Seen) {
        let store = match self.reader.get_store_reader(CACHED_BLOCKS) {
            Ok(store) => store,
            Err(cause) => {
                let what = format!("its articles cannot be read: {cause}");
                return seen.faults.add(FaultKind::Segment, self.id(), what);
            }
        };
        for doc in stretch.docs.clone().filter(|doc| !self.reader.is_deleted(*doc)) {
            let kinds = [
                self.columns.is_article(doc),
                self.sources.place(doc).is_some(),
                self.hidden_paths.place(doc).is_some(),
            ];
            if kinds.iter().filter(|is| **is).count() != 1 {
                let what = format!("document {doc} is neither an article nor a record alone");
                seen.faults.add(FaultKind::Segment, self.id(), what);
            }
            seen.records += u64::from(kinds[1]);
            if !kinds[0] {
                continue;
            }
            seen.articles += 1;
            let place = (stretch.segment as u32, doc);
            seen.ids.extend(self.columns.id(doc).map(|id| (id, place)));
            seen.guids.extend(self.columns.guid(doc).map(|guid| (guid, place)));
            if let Some(what) = self.wrong_with(fields, &store, doc) {
                seen.faults.add(FaultKind::Article, self.named(doc), what);
            }
        }
    }

    /// What is wrong with an article.
    fn wrong_with(&self, fields: &Fields, store: &StoreReader, doc: DocId) -> Option<String> {
        // Whatever the engine makes of it, the others are looked at.
        let looked = catch_unwind(AssertUnwindSafe(|| {
            let document: TantivyDocument = store.get(doc)?;
            let article = stored_article(fields, &document)?;
            let path = self.paths.hash(doc) == Some(xxh3_64(article.path.as_bytes()));
            let odd = self.columns.contradiction(fields, doc, &article);
            Ok::<_, IndexError>(odd.or((!path).then_some("path")))
        }));
        match looked {
            Ok(Ok(None)) => None,
            Ok(Ok(Some(column))) => Some(format!("its {column} is not the one it is found by")),
            Ok(Err(error)) => Some(format!("cannot be read: {error}")),
            Err(_) => Some("cannot be read: its data are no article".to_owned()),
        }
    }

    /// An article by its identifier and source file, as far as its columns tell them.
    pub(super) fn named(&self, doc: DocId) -> String {
        let id = self.columns.id(doc).unwrap_or_default();
        let path = self.paths.place(doc).and_then(|place| self.paths.name(place).ok());
        match path {
            Some(path) => format!("{id:012x} of {path}"),
            None => format!("{id:012x}"),
        }
    }
}
