//! Reads an index for an export: first line, records of source files, articles, and
//! versions that are not shown, each in a total order.
//!
//! No more than the places of documents is held in memory: 16 bytes for each while
//! they are sorted. Articles are read one by one, by whoever asks for them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::columnar::StrColumn;
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, SegmentOrdinal, SegmentReader};

use super::{EXPORT_VERSION, ExportHeader, ExportedArticle, ExportedVersion};
use crate::index::editions::EditionColumns;
use crate::index::manifest::RecordColumns;
use crate::index::{Fields, IndexError, IndexReader, SCHEMA_VERSION, SourceRecord};

/// An index as the lines of an export.
pub struct Export<'r> {
    reader: &'r IndexReader,
}

impl<'r> Export<'r> {
    /// Of the commit that `reader` is open on.
    #[must_use]
    pub const fn new(reader: &'r IndexReader) -> Self {
        Self { reader }
    }

    /// The first line; `query` is what the articles match if these are not all.
    #[must_use]
    pub fn header(&self, query: Option<String>) -> ExportHeader {
        let (map, recognition, selection) = ExportHeader::method_parts(self.reader.method());
        ExportHeader {
            newsdex_export: EXPORT_VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema: SCHEMA_VERSION,
            revision: self.reader.revision(),
            query,
            map,
            recognition,
            selection,
        }
    }

    /// Hands all records of source files to `found`, by name.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or those of `found`.
    pub fn sources<E: From<IndexError>>(
        &self,
        mut found: impl FnMut(SourceRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let fields = self.reader.fields();
        let order = self.order(fields.source, Tie::None, None)?;
        let segments = self.segments().iter();
        let columns = segments
            .map(|segment| RecordColumns::open(fields, segment))
            .collect::<Result<Vec<_>, _>>()?;
        for DocAddress { segment_ord, doc_id } in order {
            let Some(columns) = &columns[segment_ord as usize] else { continue };
            if let Some(record) = columns.record(doc_id)? {
                found(record)?;
            }
        }
        Ok(())
    }

    /// Where the articles are: those of `chosen`, or all; by source file, those of one
    /// file by identifier.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn articles(&self, chosen: Option<Vec<DocAddress>>) -> Result<Vec<DocAddress>, IndexError> {
        self.order(self.reader.fields().path, Tie::Id, chosen)
    }

    /// The article of a document.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or the document is no article.
    pub fn article(&self, address: DocAddress) -> Result<ExportedArticle, IndexError> {
        Ok(self.reader.article(address)?.into())
    }

    /// The versions of articles that are not shown: by source file, then by what else
    /// is known of them.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn hidden(&self) -> Result<Vec<ExportedVersion>, IndexError> {
        let mut hidden = Vec::new();
        for segment in self.segments() {
            hidden.extend(hidden_versions(self.reader.fields(), segment, segment.doc_ids_alive())?);
        }
        hidden.sort_unstable();
        Ok(hidden)
    }

    fn segments(&self) -> &'r [SegmentReader] {
        self.reader.searcher().segment_readers()
    }

    /// The documents, of `chosen` or of all, that have a name in the column `field`: by
    /// name, then by `tie`.
    fn order(
        &self,
        field: Field,
        tie: Tie,
        chosen: Option<Vec<DocAddress>>,
    ) -> Result<Vec<DocAddress>, IndexError> {
        let fields = self.reader.fields();
        let mut chosen = chosen.map(|mut chosen| {
            chosen.sort_unstable();
            chosen
        });
        let mut runs = Vec::new();
        for (ordinal, segment) in (0..).zip(self.segments()) {
            let docs: Vec<DocId> = match &mut chosen {
                None => segment.doc_ids_alive().collect(),
                Some(chosen) => {
                    let of_segment = chosen.partition_point(|doc| doc.segment_ord <= ordinal);
                    chosen.drain(..of_segment).map(|doc| doc.doc_id).collect()
                }
            };
            runs.extend(Run::new(fields, segment, ordinal, field, tie, docs)?);
        }
        merged(runs)
    }
}

/// The versions that are not shown among some documents of a segment.
pub(in crate::index) fn hidden_versions(
    fields: &Fields,
    segment: &SegmentReader,
    docs: impl Iterator<Item = DocId>,
) -> Result<Vec<ExportedVersion>, IndexError> {
    let Some(columns) = EditionColumns::open(fields, segment)? else { return Ok(Vec::new()) };
    let mut hidden = Vec::new();
    for doc in docs {
        hidden.extend(columns.hidden_version(doc)?);
    }
    Ok(hidden)
}

/// What decides between documents of one name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// There are none.
    None,
    /// The identifiers of articles.
    Id,
}

/// The documents of one segment, sorted.
struct Run {
    segment: SegmentOrdinal,
    names: StrColumn,
    /// Ordinal of the name, document, tie.
    docs: std::vec::IntoIter<(u32, DocId, u64)>,
    /// The name of the last document that was taken, and its ordinal.
    name: String,
    ordinal: Option<u32>,
}

impl Run {
    /// None for a segment without such names.
    fn new(
        fields: &Fields,
        segment: &SegmentReader,
        ordinal: SegmentOrdinal,
        field: Field,
        tie: Tie,
        docs: Vec<DocId>,
    ) -> Result<Option<Self>, IndexError> {
        let columns = segment.fast_fields();
        let Some(names) = columns.str(fields.name_of(field))? else { return Ok(None) };
        let ids = match tie {
            Tie::None => None,
            Tie::Id => Some(columns.u64(fields.name_of(fields.id))?),
        };
        let mut sorted: Vec<(u32, DocId, u64)> = docs
            .into_iter()
            .filter_map(|doc| {
                // A segment has fewer names than documents, which are counted in 32 bits.
                let name = u32::try_from(names.ords().first(doc)?).ok()?;
                let id = ids.as_ref().and_then(|ids| ids.first(doc)).unwrap_or_default();
                Some((name, doc, id))
            })
            .collect();
        sorted.sort_unstable_by_key(|(name, doc, id)| (*name, *id, *doc));
        let docs = sorted.into_iter();
        Ok(Some(Self { segment: ordinal, names, docs, name: String::new(), ordinal: None }))
    }

    /// The next document, with what decides its place among those of other segments.
    fn next(&mut self) -> Result<Option<(String, u64, DocAddress)>, IndexError> {
        let Some((ordinal, doc, tie)) = self.docs.next() else { return Ok(None) };
        if self.ordinal != Some(ordinal) {
            self.ordinal = Some(ordinal);
            self.name.clear();
            self.names.ord_to_str(ordinal.into(), &mut self.name)?;
        }
        Ok(Some((self.name.clone(), tie, DocAddress::new(self.segment, doc))))
    }
}

/// The documents of all runs, in order.
fn merged(mut runs: Vec<Run>) -> Result<Vec<DocAddress>, IndexError> {
    let mut merged = Vec::with_capacity(runs.iter().map(|run| run.docs.len()).sum());
    let mut heads = BinaryHeap::with_capacity(runs.len());
    for (place, run) in runs.iter_mut().enumerate() {
        heads.extend(run.next()?.map(|head| Reverse((head, place))));
    }
    while let Some(Reverse(((_, _, address), place))) = heads.pop() {
        merged.push(address);
        heads.extend(runs[place].next()?.map(|head| Reverse((head, place))));
    }
    Ok(merged)
}
