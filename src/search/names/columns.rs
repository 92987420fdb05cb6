//! The names of articles, read off the columns of a segment.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::Names;
use super::meant::NOT_HERE;
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
    /// For each ordinal, what [`SourcePlaces`](super::meant::SourcePlaces) tells of the name.
    places: Vec<u32>,
}

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
        for of_source in names.places_of_sources(field) {
            let source = of_source.source;
            if let Some(keys) = fast.str(fields.name_of(fields.names()[source].keys))? {
                let mentions = match source {
                    0..ENTITY_FIELDS => Some(fast.u64(fields.name_of(fields.mentions[source]))?),
                    _ => None,
                };
                let place = |name| of_source.places.get(name as usize).copied().unwrap_or(NOT_HERE);
                let places = names.table.ordinals(source, number).map(place).collect();
                opened.columns.push(SourceColumn { field: source, keys, mentions, places });
            }
        }
        Ok(opened)
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
        self.names.place_of_canonical(self.field, owner.unwrap_or(part.name))
    }
}
