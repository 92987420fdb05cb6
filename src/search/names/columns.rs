//! The names of articles, read off the columns of a segment.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::Names;
use crate::index::{ENTITY_FIELDS, Fields, PART_BIT};

/// The columns of one segment in which names of a field stand.
pub(in crate::search) struct NameColumns {
    names: Arc<Names>,
    field: usize,
    columns: Vec<SourceColumn>,
    first_day: Column<i64>,
    last_day: Column<i64>,
}

struct SourceColumn {
    field: usize,
    keys: StrColumn,
    /// How often the article mentions each; only of entities.
    mentions: Option<Column<u64>>,
    /// For each ordinal, the place of the name that is meant; with [`PART_BIT`] the
    /// number of a part of a name; [`NOT_HERE`] for a name of another field.
    places: Vec<u32>,
}

/// What stands for a name that aliases have taken from the field.
const NOT_HERE: u32 = u32::MAX;

impl NameColumns {
    /// The columns of the segment with this number.
    pub(in crate::search) fn open(
        names: &Arc<Names>,
        fields: &Fields,
        field: usize,
        number: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let mut opened = Self {
            names: Arc::clone(names),
            field,
            columns: Vec::new(),
            first_day: fast.i64(fields.name_of(fields.day_first))?,
            last_day: fast.i64(fields.name_of(fields.day_last))?,
        };
        for source in names.sources(field) {
            if let Some(keys) = fast.str(fields.name_of(fields.names()[source].keys))? {
                let mentions = match source {
                    0..ENTITY_FIELDS => Some(fast.u64(fields.name_of(fields.mentions[source]))?),
                    _ => None,
                };
                let places = opened.places(source, number);
                opened.columns.push(SourceColumn { field: source, keys, mentions, places });
            }
        }
        Ok(opened)
    }

    fn places(&self, source: usize, segment: usize) -> Vec<u32> {
        let table = &self.names.table;
        let canonicals = table.canonicals(source);
        let base = table.of_field(source).start;
        let place = |name: u32| match canonicals.get(name as usize) {
            Some(part) if part & PART_BIT != 0 => *part,
            Some(canonical) => self.place(base + canonical).unwrap_or(NOT_HERE),
            None => NOT_HERE,
        };
        table.ordinals(source, segment).map(place).collect()
    }

    /// The place of what a name of the table has become, if it is in this field.
    fn place(&self, canonical: u32) -> Option<u32> {
        let name = self.names.becomes(canonical)?;
        let is_here = self.names.field_of(name) == self.field;
        is_here.then(|| self.names.place(self.field, name) as u32)
    }

    /// Calls `take` with the place of each name of an article; twice for one that
    /// stands there in two ways.
    pub(in crate::search) fn each_place(&self, doc: DocId, mut take: impl FnMut(usize)) {
        for column in &self.columns {
            for ord in column.keys.term_ords(doc) {
                if let Some(place) = self.meant(column, ord, doc) {
                    take(place as usize);
                }
            }
        }
    }

    /// The same with the name.
    pub(in crate::search) fn each(&self, doc: DocId, mut take: impl FnMut(u32)) {
        self.each_place(doc, |place| take(self.names.at_place(self.field, place)));
    }

    /// The same with the place, and how often the article mentions the name.
    pub(in crate::search) fn each_with_mentions(
        &self,
        doc: DocId,
        mut take: impl FnMut(usize, u64),
    ) {
        for column in &self.columns {
            let Some(mentions) = &column.mentions else { continue };
            for (ord, mentions) in column.keys.term_ords(doc).zip(mentions.values_for_doc(doc)) {
                if let Some(place) = self.meant(column, ord, doc) {
                    take(place as usize, mentions);
                }
            }
        }
    }

    /// Calls `take` for each name that an article has of the field `source`, in the
    /// order of its column: with its ordinal there, and what is meant if that is in
    /// this field.
    pub(in crate::search) fn each_of_source(
        &self,
        source: usize,
        doc: DocId,
        mut take: impl FnMut(u64, Option<u32>),
    ) {
        for column in self.columns.iter().filter(|column| column.field == source) {
            for ord in column.keys.term_ords(doc) {
                let place = self.meant(column, ord, doc);
                take(ord, place.map(|place| self.names.at_place(self.field, place as usize)));
            }
        }
    }

    /// The ordinal of a key in the column of the field `source`.
    pub(in crate::search) fn ord_of(
        &self,
        source: usize,
        key: &str,
    ) -> tantivy::Result<Option<u64>> {
        match self.columns.iter().find(|column| column.field == source) {
            Some(column) => Ok(column.keys.dictionary().term_ord(key)?),
            None => Ok(None),
        }
    }

    /// The days that the date of an article covers.
    pub(in crate::search) fn days(&self, doc: DocId) -> Option<(i64, i64)> {
        self.first_day.first(doc).zip(self.last_day.first(doc))
    }

    fn meant(&self, column: &SourceColumn, ord: u64, doc: DocId) -> Option<u32> {
        match column.places.get(ord as usize).copied().unwrap_or(NOT_HERE) {
            NOT_HERE => None,
            part if part & PART_BIT != 0 => self.owner(column.field, part & !PART_BIT, doc),
            place => Some(place),
        }
    }

    /// The place of who is meant by a part of a name.
    fn owner(&self, field: usize, part: u32, doc: DocId) -> Option<u32> {
        let part = self.names.table.part(field, part);
        let owner = part.owner(self.first_day.first(doc), self.last_day.first(doc));
        self.place(owner.unwrap_or(part.name))
    }
}
