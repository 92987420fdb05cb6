//! The record of source files: which files the index was made from, and in
//! what state they were.
//!
//! Records are documents of the same index, so one commit joins them with the
//! articles. Every file has one, also one that gave no article; a record
//! without a hash is of a file that was not read to its end.

use std::collections::BTreeMap;

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

/// The records of all source files, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    records: BTreeMap<String, SourceRecord>,
}

impl Manifest {
    /// Reads the records of these segments.
    pub(super) fn read(fields: &Fields, segments: &[SegmentReader]) -> Result<Self, IndexError> {
        let mut records = BTreeMap::new();
        for segment in segments {
            let Some(columns) = RecordColumns::open(fields, segment)? else { continue };
            for doc in segment.doc_ids_alive() {
                if let Some(record) = columns.record(doc)? {
                    records.insert(record.name.clone(), record);
                }
            }
        }
        Ok(Self { records })
    }

    /// The record of a file.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&SourceRecord> {
        self.records.get(name)
    }

    /// All records, by name.
    pub fn iter(&self) -> impl Iterator<Item = &SourceRecord> {
        self.records.values()
    }

    /// The records of the file `path` and of all files below it; of all files below the
    /// folder that names are relative to if it is empty.
    pub fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a SourceRecord> {
        self.records
            .range(path.to_owned()..)
            .take_while(move |(name, _)| name.starts_with(path))
            .filter(move |(name, _)| is_at_or_below(name, path))
            .map(|(_, record)| record)
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

    /// The record that this document is; none if it is an article.
    pub(super) fn record(&self, doc: DocId) -> Result<Option<SourceRecord>, IndexError> {
        let Some(name) = text_of(&self.names, doc)? else { return Ok(None) };
        let trouble = match &self.troubles {
            Some(troubles) => text_of(troubles, doc)?,
            None => None,
        };
        Ok(Some(SourceRecord {
            name,
            state: FileState {
                size: self.sizes.first(doc).unwrap_or_default(),
                modified_ns: self.modified.first(doc).unwrap_or_default(),
            },
            hash: self.hashes.first(doc),
            articles: self.articles.first(doc).unwrap_or_default(),
            trouble,
        }))
    }
}

fn text_of(column: &StrColumn, doc: DocId) -> Result<Option<String>, IndexError> {
    let Some(ord) = column.ords().first(doc) else { return Ok(None) };
    let mut text = String::new();
    column.ord_to_str(ord, &mut text)?;
    Ok(Some(text))
}
