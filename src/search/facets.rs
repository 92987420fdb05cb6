//! Facets: exact counts of a field's values over the matching articles.
//!
//! Names are counted by who is meant, dates by their period; no count is an
//! estimate.

use std::collections::BTreeMap;

use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;

use super::compile::name_fields;
use super::error::SearchError;
use super::name_counts::NameCounts;
use super::names::LazyNames;
use super::results::{Facet, FacetField, FacetRequest, FacetValue, Period};
use super::value_filter::ValueFilter;
use crate::article::day_number;
use crate::index::{Fields, IndexReader};
use crate::query::{DaySpan, NameMatch};
use crate::text::name_key;

/// Counts one field over all segments.
pub(super) struct FacetCounter<'a> {
    fields: &'a Fields,
    request: &'a FacetRequest,
    counts: Counts<'a>,
    articles: u64,
    without: u64,
}

enum Counts<'a> {
    Names(NameCounts<'a>),
    Periods { period: Period, counts: BTreeMap<i64, u64>, days: Option<(Column<i64>, Column<i64>)> },
}

/// What the query selects in the field of a facet.
#[derive(Default)]
pub(super) struct Selected {
    pub(super) names: Vec<NameMatch>,
    pub(super) days: Vec<DaySpan>,
}

impl<'a> FacetCounter<'a> {
    pub(super) fn new(
        names: &'a LazyNames<'_>,
        request: &'a FacetRequest,
    ) -> Result<Self, SearchError> {
        let fields = names.reader.fields();
        let counts = match request.field {
            FacetField::Name(field) => {
                Counts::Names(NameCounts::new(names.get()?, name_fields(fields, field)))
            }
            FacetField::Date(period) => {
                Counts::Periods { period, counts: BTreeMap::new(), days: None }
            }
        };
        Ok(Self { fields, request, counts, articles: 0, without: 0 })
    }

    /// Goes on to the segment with this number.
    pub(super) fn segment(
        &mut self,
        number: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        match &mut self.counts {
            Counts::Names(names) => names.segment(self.fields, number, segment)?,
            Counts::Periods { days, .. } => {
                let columns = segment.fast_fields();
                *days = Some((
                    columns.i64(self.fields.name_of(self.fields.day_first))?,
                    columns.i64(self.fields.name_of(self.fields.day_last))?,
                ));
            }
        }
        Ok(())
    }

    /// Counts an article of the present segment.
    pub(super) fn count(&mut self, doc: DocId) {
        self.articles += 1;
        let has_value = match &mut self.counts {
            Counts::Names(names) => names.count(doc),
            Counts::Periods { period, counts, days } => {
                let days =
                    days.as_ref().and_then(|(first, last)| first.first(doc).zip(last.first(doc)));
                let number = days.and_then(|(first, last)| period.number_of(first, last));
                if let Some(number) = number {
                    *counts.entry(number).or_default() += 1;
                }
                number.is_some()
            }
        };
        self.without += u64::from(!has_value);
    }

    /// Adds what another counted, of other articles.
    pub(super) fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.without += other.without;
        match (&mut self.counts, other.counts) {
            (Counts::Names(names), Counts::Names(other)) => names.add(&other),
            (Counts::Periods { counts, .. }, Counts::Periods { counts: other, .. }) => {
                for (number, count) in other {
                    *counts.entry(number).or_default() += count;
                }
            }
            _ => {}
        }
    }

    /// The facet, with its values in order.
    pub(super) fn finish(
        self,
        reader: &IndexReader,
        selected: &Selected,
        sideways: bool,
    ) -> Result<Facet, SearchError> {
        let (values, distinct) = match self.counts {
            Counts::Names(names) => names.finish(reader, self.request, &selected.names)?,
            Counts::Periods { period, counts, .. } => {
                let filter = self.request.filter.as_deref().map(ValueFilter::new);
                let is_wanted = |number: i64| {
                    filter.as_ref().is_none_or(|it| it.takes(&name_key(&period.label(number))))
                };
                let wanted: Vec<(i64, u64)> =
                    counts.into_iter().filter(|(number, _)| is_wanted(*number)).collect();
                (periods(period, &wanted, self.request, selected), wanted.len())
            }
        };
        Ok(Facet {
            field: self.request.field,
            values,
            distinct: distinct as u64,
            articles: self.articles,
            without: self.without,
            sideways,
            narrowed: self.request.prefix.is_some() || self.request.filter.is_some(),
        })
    }
}

/// The periods that the request wants, and after them as many selected ones.
fn periods(
    period: Period,
    wanted: &[(i64, u64)],
    request: &FacetRequest,
    selected: &Selected,
) -> Vec<FacetValue> {
    let limit = request.limit.unwrap_or(usize::MAX);
    let mut values = wanted.iter().map(|(number, count)| FacetValue {
        value: period.label(*number),
        count: *count,
        selected: selected.days.iter().any(|days| covers(*days, period.days(*number))),
        partial: false,
    });
    let mut shown: Vec<_> = values.by_ref().take(limit).collect();
    shown.extend(values.filter(|value| value.selected).take(limit));
    shown
}

/// Whether the days of a period all lie in `days`.
fn covers(days: DaySpan, (first, last): (i64, i64)) -> bool {
    days.first.is_none_or(|day| day_number(day) <= first)
        && days.last.is_none_or(|day| last <= day_number(day))
}
