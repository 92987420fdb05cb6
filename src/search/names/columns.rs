//! The names of articles, read off the columns of a segment.

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::Names;
use crate::index::{ENTITY_FIELDS, Fields, Numbers, PART_BIT};

/// The columns of one segment in which names of a field stand.
pub(in crate::search) struct NameColumns<'a> {
    names: &'a Names,
    field: usize,
    columns: Vec<SourceColumn<'a>>,
    first_day: Column<i64>,
    last_day: Column<i64>,
}

struct SourceColumn<'a> {
    field: usize,
    keys: StrColumn,
    /// How often the article mentions each; where that was asked for.
    mentions: Option<Column<u64>>,
    /// From ordinals to places of names, and from these to what stands for them.
    places: Numbers<'a>,
    canonicals: Numbers<'a>,
    base: u32,
}

impl<'a> NameColumns<'a> {
    /// The columns of the segment with this number.
    pub(in crate::search) fn open(
        names: &'a Names,
        fields: &Fields,
        field: usize,
        number: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let mut columns = Vec::new();
        for source in names.sources(field) {
            if let Some(keys) = fast.str(fields.name_of(fields.names()[source].keys))? {
                let mentions = match source {
                    0..ENTITY_FIELDS => Some(fast.u64(fields.name_of(fields.mentions[source]))?),
                    _ => None,
                };
                columns.push(SourceColumn {
                    field: source,
                    keys,
                    mentions,
                    places: names.table.ordinals(source, number),
                    canonicals: names.table.canonicals(source),
                    base: names.table.of_field(source).start,
                });
            }
        }
        Ok(Self {
            names,
            field,
            columns,
            first_day: fast.i64(fields.name_of(fields.day_first))?,
            last_day: fast.i64(fields.name_of(fields.day_last))?,
        })
    }

    /// Calls `take` for each name of an article; twice for one that stands there
    /// in two ways.
    pub(in crate::search) fn each(&self, doc: DocId, mut take: impl FnMut(u32)) {
        for column in &self.columns {
            for ord in column.keys.term_ords(doc) {
                if let Some(name) = self.meant(column, ord, doc) {
                    take(name);
                }
            }
        }
    }

    /// The same with how often the article mentions each.
    pub(in crate::search) fn each_with_mentions(&self, doc: DocId, mut take: impl FnMut(u32, u64)) {
        for column in &self.columns {
            let Some(mentions) = &column.mentions else { continue };
            for (ord, mentions) in column.keys.term_ords(doc).zip(mentions.values_for_doc(doc)) {
                if let Some(name) = self.meant(column, ord, doc) {
                    take(name, mentions);
                }
            }
        }
    }

    /// The days that the date of an article covers.
    pub(in crate::search) fn days(&self, doc: DocId) -> Option<(i64, i64)> {
        self.first_day.first(doc).zip(self.last_day.first(doc))
    }

    fn meant(&self, column: &SourceColumn<'_>, ord: u64, doc: DocId) -> Option<u32> {
        let place = column.places.get(ord as usize);
        let canonical = column.canonicals.get(place as usize);
        let mut canonical = if canonical & PART_BIT == 0 {
            column.base + canonical
        } else {
            let name = column.base + place;
            let part = self.names.table.partial(name);
            let owner = part
                .and_then(|part| part.owner(self.first_day.first(doc), self.last_day.first(doc)));
            owner.unwrap_or(name)
        };
        canonical = self.names.becomes(canonical)?;
        let stays = canonical < self.names.table.end() && column.field == self.field;
        (stays || self.names.field_of(canonical) == self.field).then_some(canonical)
    }
}
