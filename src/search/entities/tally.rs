//! How many articles have each name of a field, how often they mention it, and
//! from when to when.

use std::sync::Arc;

use tantivy::DocId;
use tantivy::index::SegmentReader;

use crate::index::{ENTITY_FIELDS, Fields};
use crate::search::SearchError;
use crate::search::matching::Take;
use crate::search::names::{NameColumns, Names};

/// What was counted of one name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) articles: u32,
    pub(super) mentions: u64,
    /// First and last day of the dates of the articles, from 1970.
    pub(super) days: Option<(i32, i32)>,
    /// The article that it was last counted in, from 1.
    last: u32,
}

/// Counts names over matching articles.
pub(super) struct Tally<'a> {
    names: &'a Arc<Names>,
    fields: &'a Fields,
    of_fields: Vec<FieldTally>,
    /// How many articles were counted.
    pub(super) articles: u64,
    before: u32,
    max_doc: u32,
}

struct FieldTally {
    field: usize,
    columns: Option<NameColumns>,
    counts: Vec<Count>,
}

impl<'a> Tally<'a> {
    /// For the names of these fields.
    pub(super) fn new(names: &'a Arc<Names>, fields: &'a Fields, of_fields: &[usize]) -> Self {
        let tally = |field: &usize| FieldTally {
            field: *field,
            columns: None,
            counts: vec![Count::default(); names.places(*field)],
        };
        let of_fields =
            of_fields.iter().filter(|field| **field < ENTITY_FIELDS).map(tally).collect();
        Self { names, fields, of_fields, articles: 0, before: 0, max_doc: 0 }
    }

    /// The names that were met, with what was counted of each.
    pub(super) fn met(&self) -> impl Iterator<Item = (u32, Count)> + '_ {
        self.of_fields.iter().flat_map(|tally| {
            let met = tally.counts.iter().enumerate().filter(|(_, count)| count.articles > 0);
            met.map(|(place, count)| (self.names.at_place(tally.field, place), *count))
        })
    }

    /// What was counted of a name.
    pub(super) fn of(&self, name: u32) -> Count {
        let field = self.names.field_of(name);
        let tally = self.of_fields.iter().find(|tally| tally.field == field);
        tally.map_or_else(Count::default, |tally| tally.counts[self.names.place(field, name)])
    }
}

impl Take for Tally<'_> {
    fn segment(&mut self, number: usize, segment: &SegmentReader) -> Result<(), SearchError> {
        self.before += self.max_doc;
        self.max_doc = segment.max_doc();
        for tally in &mut self.of_fields {
            let columns = NameColumns::open(self.names, self.fields, tally.field, number, segment)?;
            tally.columns = Some(columns);
        }
        Ok(())
    }

    fn take(&mut self, doc: DocId) {
        self.articles += 1;
        let number = self.before + doc + 1;
        for FieldTally { columns, counts, .. } in &mut self.of_fields {
            let Some(columns) = columns else { continue };
            let days = columns.days(doc);
            columns.each_with_mentions(doc, |place, mentions| {
                counts[place].add(number, mentions, days);
            });
        }
    }
}

impl Count {
    fn add(&mut self, article: u32, mentions: u64, days: Option<(i64, i64)>) {
        self.mentions += mentions;
        if self.last == article {
            return;
        }
        self.last = article;
        self.articles += 1;
        if let Some((first, last)) = days {
            // Dates reach from the year -9999 to 9999, which fits.
            let (first, last) = (first as i32, last as i32);
            let (least, most) = self.days.unwrap_or((first, last));
            self.days = Some((least.min(first), most.max(last)));
        }
    }
}
