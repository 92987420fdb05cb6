//! The record of source files: which files the index was made from, and in
//! what state they were.
//!
//! Records are documents of the same index, so one commit joins them with the
//! articles. Every file has one, also one that gave no article; a record
//! without a hash is of a file that was not read to its end.

use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::{Fields, FileState, IndexError};

/// What the index knows of one source file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceRecord {
    /// Its name.
    pub name: String,
    /// Its state when it was read.
    pub state: FileState,
    /// Hash of its content; none if it was not read to its end.
    pub hash: Option<u64>,
    /// How many articles it gave.
    pub articles: u64,
    /// Why it could not be read, or not wholly.
    pub trouble: Option<String>,
}

impl SourceRecord {
    /// Whether the file was read well and is meant to give no article: an export of an
    /// index. Any other without articles is in trouble.
    #[must_use]
    pub const fn is_passed_over(&self) -> bool {
        self.articles == 0 && self.trouble.is_none() && self.hash.is_some()
    }
}

/// The records of all source files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By name, each name once.
    records: Vec<SourceRecord>,
}

impl Manifest {
    /// Reads the records of these segments.
    pub(super) fn read(fields: &Fields, segments: &[SegmentReader]) -> Result<Self, IndexError> {
        let mut records = Vec::new();
        for segment in segments {
            if let Some(columns) = RecordColumns::open(fields, segment)? {
                columns.read(segment, &mut records)?;
            }
        }
        // Those of each segment are sorted, which a stable sort makes use of.
        records.sort_by(|one, other| one.name.cmp(&other.name));
        records.dedup_by(|later, before| later.name == before.name);
        Ok(Self { records })
    }

    /// The record of a file.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SourceRecord> {
        self.place(name, 0).map(|place| &self.records[place])
    }

    /// The place of the record of a file among all. It is at once found where it is the
    /// one that is `expected`.
    #[must_use]
    pub fn place(&self, name: &str, expected: usize) -> Option<usize> {
        if self.records.get(expected).is_some_and(|record| record.name == name) {
            return Some(expected);
        }
        self.records.binary_search_by(|record| record.name.as_str().cmp(name)).ok()
    }

    /// The record at a place.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&SourceRecord> {
        self.records.get(place)
    }

    /// All records, by name.
    pub fn iter(&self) -> impl Iterator<Item = &SourceRecord> {
        self.records.iter()
    }

    /// The places of the records of the file `path` and of all files below it; of all files
    /// below the folder that names are relative to if it is empty.
    pub fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.beginning_with(path)
            .filter(move |place| is_at_or_below(&self.records[*place].name, path))
    }

    /// The places of the records whose names begin so.
    fn beginning_with(&self, start: &str) -> Range<usize> {
        let first = self.records.partition_point(|record| record.name.as_str() < start);
        let rest = &self.records[first..];
        first..first + rest.partition_point(|record| record.name.starts_with(start))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// Whether the file `name` is `path` or lies below it.
fn is_at_or_below(name: &str, path: &str) -> bool {
    match name.strip_prefix(path) {
        // Files elsewhere have absolute names.
        Some(rest) if path.is_empty() => !rest.starts_with('/'),
        Some(rest) => rest.is_empty() || path.ends_with('/') || rest.starts_with('/'),
        None => false,
    }
}

/// The columns of the records in one segment.
pub(super) struct RecordColumns {
    names: StrColumn,
    sizes: Column<u64>,
    modified: Column<i64>,
    hashes: Column<u64>,
    articles: Column<u64>,
    troubles: Option<StrColumn>,
}

impl RecordColumns {
    /// None for a segment without records.
    pub(super) fn open(
        fields: &Fields,
        segment: &SegmentReader,
    ) -> Result<Option<Self>, IndexError> {
        let columns = segment.fast_fields();
        let Some(names) = columns.str(fields.name_of(fields.source))? else { return Ok(None) };
        Ok(Some(Self {
            names,
            sizes: columns.u64(fields.name_of(fields.source_size))?,
            modified: columns.i64(fields.name_of(fields.source_modified))?,
            hashes: columns.u64(fields.name_of(fields.source_hash))?,
            articles: columns.u64(fields.name_of(fields.source_articles))?,
            troubles: columns.str(fields.name_of(fields.source_trouble))?,
        }))
    }

    /// Appends the records of the segment, by name. Names are read from first to last,
    /// as the column keeps them; to look each up would take ten times as long.
    fn read(
        &self,
        segment: &SegmentReader,
        records: &mut Vec<SourceRecord>,
    ) -> Result<(), IndexError> {
        // A name has a document, so a greater number is damage.
        let names = self.names.num_terms().min(segment.max_doc() as usize);
        let mut docs: Vec<Option<DocId>> = vec![None; names];
        for doc in segment.doc_ids_alive() {
            if let Some(ord) = self.names.ords().first(doc)
                && let Some(of_name) = docs.get_mut(ord as usize)
            {
                *of_name = Some(doc);
            }
        }
        let mut names = self.names.dictionary().stream()?;
        for doc in docs {
            if !names.advance() {
                return Err(IndexError::Damaged { what: "a source file has no name" });
            }
            if let Some(doc) = doc {
                let name = std::str::from_utf8(names.key())
                    .map_err(|_| IndexError::Damaged { what: "a name is no text" })?;
                records.push(self.named_record(name.to_owned(), doc)?);
            }
        }
        Ok(())
    }

    /// The record that this document is; none if it is an article.
    pub(super) fn record(&self, doc: DocId) -> Result<Option<SourceRecord>, IndexError> {
        let name = text_of(&self.names, doc)?;
        name.map(|name| self.named_record(name, doc)).transpose()
    }

    fn named_record(&self, name: String, doc: DocId) -> Result<SourceRecord, IndexError> {
        let trouble = match &self.troubles {
            Some(troubles) => text_of(troubles, doc)?,
            None => None,
        };
        Ok(SourceRecord {
            name,
            state: FileState {
                size: self.sizes.first(doc).unwrap_or_default(),
                modified_ns: self.modified.first(doc).unwrap_or_default(),
            },
            hash: self.hashes.first(doc),
            articles: self.articles.first(doc).unwrap_or_default(),
            trouble,
        })
    }
}

fn text_of(column: &StrColumn, doc: DocId) -> Result<Option<String>, IndexError> {
    let Some(ord) = column.ords().first(doc) else { return Ok(None) };
    let mut text = String::new();
    column.ord_to_str(ord, &mut text)?;
    Ok(Some(text))
}
