//! Articles by the values of a field.

use std::sync::Arc;

use tantivy::SegmentReader;

use super::request::{Split, TimelineRequest};
use super::results::Others;
use super::tally::{DayColumns, Tally};
use crate::index::NameFields;
use crate::search::compile::name_fields;
use crate::search::error::SearchError;
use crate::search::matching::Matched;
use crate::search::name_counts::NameCounts;
use crate::search::names::{LazyNames, NameColumns, Names};

/// The values of a field that most articles have.
pub(super) struct Slots<'a> {
    names: &'a Arc<Names>,
    field: NameFields,
    /// The values, most articles first.
    pub(super) values: Vec<u32>,
    /// For each name of the field by its place, its place among the values from
    /// 1; 0 for all others.
    slots: Vec<u32>,
    /// How many values are left.
    left: u64,
}

/// Articles counted by value and day.
pub(super) struct ByValue {
    /// For each value.
    pub(super) tallies: Vec<Tally>,
    /// How many articles have other values only.
    others: u64,
    /// How many have none.
    without: u64,
}

impl<'a> Slots<'a> {
    /// Finds the commonest values of these articles.
    pub(super) fn of(
        names: &'a LazyNames<'_>,
        split: Split,
        matched: &Matched,
    ) -> Result<Self, SearchError> {
        let fields = names.reader.fields();
        let field = name_fields(fields, split.field);
        let segments = names.reader.searcher().segment_readers();
        let names = names.get()?;
        let mut counts = NameCounts::new(names, field);
        for (number, (segment, docs)) in segments.iter().zip(&matched.segments).enumerate() {
            counts.segment(fields, number, segment)?;
            for doc in docs {
                counts.count(*doc);
            }
        }
        let mut counted = counts.counted();
        counted.sort_unstable_by(|one, other| {
            let by_count = other.articles.cmp(&one.articles);
            by_count.then_with(|| names.order(one.name, other.name))
        });
        let left = counted.len().saturating_sub(split.limit) as u64;
        let values: Vec<u32> = counted.iter().take(split.limit).map(|value| value.name).collect();
        let mut slots = vec![0; names.places(field.ordinal)];
        for (slot, name) in (1..).zip(&values) {
            slots[names.place(field.ordinal, *name)] = slot;
        }
        Ok(Self { names, field, values, slots, left })
    }

    /// Counts articles by these values and by day.
    pub(super) fn tallies(
        &self,
        names: &LazyNames<'_>,
        request: &TimelineRequest,
        matched: &Matched,
    ) -> Result<ByValue, SearchError> {
        let mut counted =
            ByValue { tallies: vec![Tally::default(); self.values.len()], others: 0, without: 0 };
        let segments = names.reader.searcher().segment_readers();
        for (number, (segment, docs)) in segments.iter().zip(&matched.segments).enumerate() {
            let (columns, days) = self.open(names, request, number, segment)?;
            let mut found: Vec<u32> = Vec::new();
            for doc in docs {
                let mut any = false;
                found.clear();
                columns.each_place(*doc, |place| {
                    any = true;
                    let slot = self.slots[place];
                    // A name may stand in an article in two ways.
                    if slot > 0 && !found.contains(&slot) {
                        found.push(slot);
                    }
                });
                counted.without += u64::from(!any);
                counted.others += u64::from(any && found.is_empty());
                if !found.is_empty() {
                    let days = days.days(*doc);
                    found.iter().for_each(|slot| counted.tallies[*slot as usize - 1].add(days));
                }
            }
        }
        Ok(counted)
    }

    fn open<'s>(
        &'s self,
        names: &LazyNames<'_>,
        request: &'s TimelineRequest,
        number: usize,
        segment: &SegmentReader,
    ) -> Result<(NameColumns, DayColumns<'s>), SearchError> {
        let fields = names.reader.fields();
        let field = self.field.ordinal;
        let columns = NameColumns::open(self.names, fields, field, number, segment)?;
        Ok((columns, DayColumns::open(fields, segment, request.zone.as_ref())?))
    }

    /// A value as facets show it.
    pub(super) fn shown(&self, value: u32) -> String {
        self.names.shown(value)
    }

    /// What is not among these values.
    pub(super) fn others(&self, split: Split, counted: &ByValue) -> Others {
        Others {
            field: split.field,
            values: self.left,
            articles: counted.others,
            without: counted.without,
        }
    }
}
