//! How many articles have each name of a field.

use std::sync::Arc;

use std::cmp::Ordering;

use tantivy::DocId;
use tantivy::index::SegmentReader;

use super::error::SearchError;
use super::name_forms::{FormTest, forms_of};
use super::names::{NameColumns, Names};
use super::results::{FacetRequest, FacetValue};
use super::value_filter::ValueFilter;
use crate::index::{Fields, IndexReader, NameFields};
use crate::query::NameMatch;
use crate::text::name_key;

/// Counts the names of one field over all segments.
pub(super) struct NameCounts<'a> {
    names: &'a Arc<Names>,
    field: NameFields,
    columns: Option<NameColumns>,
    /// How many articles have each name, by its place.
    counts: Vec<u32>,
    /// The places of the names of one article.
    met: Vec<usize>,
}

/// A name and how many articles have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) name: u32,
    pub(super) articles: u32,
}

impl<'a> NameCounts<'a> {
    pub(super) fn new(names: &'a Arc<Names>, field: NameFields) -> Self {
        let places = names.places(field.ordinal);
        Self { names, field, columns: None, counts: vec![0; places], met: Vec::new() }
    }

    /// Goes on to the segment with this number.
    pub(super) fn segment(
        &mut self,
        fields: &Fields,
        number: usize,
        segment: &SegmentReader,
    ) -> tantivy::Result<()> {
        let field = self.field.ordinal;
        self.columns = Some(NameColumns::open(self.names, fields, field, number, segment)?);
        Ok(())
    }

    /// Counts the names of an article of the present segment; whether it has
    /// any.
    pub(super) fn count(&mut self, doc: DocId) -> bool {
        let Self { columns, counts, met, .. } = self;
        met.clear();
        if let Some(columns) = columns {
            columns.each_place(doc, |place| met.push(place));
        }
        // Some stand in an article in two ways.
        met.sort_unstable();
        met.dedup();
        met.iter().for_each(|place| counts[*place] += 1);
        !met.is_empty()
    }

    /// Adds what another counted of the same field, in other articles.
    pub(super) fn add(&mut self, other: &Self) {
        for (count, other) in self.counts.iter_mut().zip(&other.counts) {
            *count += other;
        }
    }

    /// The names that were met.
    pub(super) fn counted(&self) -> Vec<Counted> {
        let met = self.counts.iter().enumerate().filter(|(_, articles)| **articles > 0);
        let counted = met.map(|(place, articles)| Counted {
            name: self.names.at_place(self.field.ordinal, place),
            articles: *articles,
        });
        counted.collect()
    }

    /// The values that the request wants, and how many there are.
    pub(super) fn finish(
        self,
        reader: &IndexReader,
        request: &FacetRequest,
        selected: &[NameMatch],
    ) -> Result<(Vec<FacetValue>, usize), SearchError> {
        let names = self.names;
        let mut counted = self.counted();
        if let Some(prefix) = &request.prefix {
            let prefix = name_key(prefix);
            counted.retain(|counted| begins(names.key(counted.name), &prefix));
        }
        if let Some(filter) = &request.filter {
            let filter = ValueFilter::new(filter);
            counted.retain(|counted| filter.takes(names.key(counted.name)));
        }
        let distinct = counted.len();
        let selection = Selection::new(names, self.field, selected);
        let best = best(
            counted,
            request.limit,
            |name| selection.may_take(name),
            |one, other| names.order(one, other),
        );
        let value = |counted: Counted| {
            Ok(FacetValue {
                selected: selection.takes(reader, counted.name)?,
                value: names.shown(counted.name),
                partial: names.is_partial(counted.name),
                count: u64::from(counted.articles),
            })
        };
        Ok((best.into_iter().map(value).collect::<Result<_, SearchError>>()?, distinct))
    }
}

/// Whether a word of a key begins so. Both are in the manner of keys: without
/// the marks that a name may have.
pub(super) fn begins(key: &str, prefix: &str) -> bool {
    key.match_indices(prefix).any(|(at, _)| !key[..at].ends_with(char::is_alphanumeric))
}

/// The names with most articles, equals in `order`, and after them as many
/// selected ones that rank lower.
fn best(
    mut counted: Vec<Counted>,
    limit: Option<usize>,
    may_be_selected: impl Fn(u32) -> bool,
    order: impl Fn(u32, u32) -> Ordering,
) -> Vec<Counted> {
    let compare = |one: &Counted, other: &Counted| {
        other.articles.cmp(&one.articles).then_with(|| order(one.name, other.name))
    };
    let mut lower = Vec::new();
    if let Some(limit) = limit
        && limit < counted.len()
    {
        if limit > 0 {
            counted.select_nth_unstable_by(limit - 1, compare);
            lower.extend(counted.drain(limit..).filter(|counted| may_be_selected(counted.name)));
            lower.sort_unstable_by(compare);
        }
        // A selection may take in many values; the limit still means few.
        lower.truncate(limit);
        counted.truncate(limit);
    }
    counted.sort_unstable_by(compare);
    counted.append(&mut lower);
    counted
}

/// The names of a field that a query selects.
struct Selection<'a> {
    names: &'a Arc<Names>,
    /// Those that it names.
    named: Vec<u32>,
    /// Those of which a form is so.
    tests: Vec<FormTest>,
}

impl<'a> Selection<'a> {
    fn new(names: &'a Arc<Names>, field: NameFields, wanted: &[NameMatch]) -> Self {
        let mut selection = Self { names, named: Vec::new(), tests: Vec::new() };
        for wanted in wanted {
            let meant = match wanted {
                NameMatch::Whole(name) => names.meant_by(field.ordinal, name),
                _ => None,
            };
            match meant {
                Some(meant) => selection.named.push(meant),
                None => selection.tests.push(FormTest::of(wanted)),
            }
        }
        selection
    }

    /// Whether it takes a name, as far as its key tells.
    fn may_take(&self, name: u32) -> bool {
        self.named.contains(&name)
            || self.tests.iter().any(|test| test.takes_key(self.names.key(name)))
    }

    fn takes(&self, reader: &IndexReader, name: u32) -> Result<bool, SearchError> {
        if self.named.contains(&name) {
            return Ok(true);
        }
        if self.tests.is_empty() {
            return Ok(false);
        }
        let shown = self.names.shown(name);
        if self.tests.iter().any(|test| test.takes(&shown)) {
            return Ok(true);
        }
        let fields = reader.fields().names();
        for (field, member) in self.names.all_members(name) {
            let forms = forms_of(reader, fields[field], self.names.table().key(member))?;
            if forms.keys().any(|form| self.tests.iter().any(|test| test.takes(form))) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::{Counted, begins, best};

    #[test]
    fn the_most_frequent_come_first_and_equals_by_name() {
        let counted = |pairs: &[(u32, u32)]| -> Vec<Counted> {
            pairs
                .iter()
                .map(|(name, articles)| Counted { name: *name, articles: *articles })
                .collect()
        };
        let all = || counted(&[(1, 2), (2, 3), (0, 2), (3, 1)]);
        let order = |one: u32, other: u32| one.cmp(&other);
        assert_eq!(best(all(), Some(2), |_| false, order), counted(&[(2, 3), (0, 2)]));
        assert_eq!(best(all(), None, |_| true, order).len(), 4);
        assert_eq!(best(all(), Some(0), |_| true, order), []);
        // Those that are selected are shown, but never more than the limit.
        let shown = best(all(), Some(1), |name| name != 0, order);
        assert_eq!(shown, counted(&[(2, 3), (1, 2)]));
    }

    #[test]
    fn a_prefix_begins_any_word() {
        assert!(begins("joe biden", "bid") && begins("joe biden", "joe b"));
        assert!(!begins("abide with me", "bid"));
    }
}
