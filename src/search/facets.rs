//! Facets: exact counts of a field's values over the matching articles.
//!
//! Names are counted by the ordinal of their key, segment by segment, and
//! joined by key; no count is an estimate.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::index::SegmentReader;
use tantivy::{DocId, DocSet};

use super::compile::name_fields;
use super::error::SearchError;
use super::results::{Facet, FacetField, FacetRequest, FacetValue, Period};
use crate::article::day_number;
use crate::index::{Fields, IndexReader, NameFields, terms};
use crate::query::{DaySpan, NameField, NameMatch};
use crate::text::{name_key, tokens};

/// Counts one field over all segments.
pub(super) struct FacetCounter<'a> {
    fields: &'a Fields,
    request: &'a FacetRequest,
    names: FxHashMap<String, u64>,
    periods: BTreeMap<i64, u64>,
    articles: u64,
    without: u64,
}

/// Counts one field in one segment.
pub(super) enum SegmentCounter {
    Names {
        column: Option<StrColumn>,
        counts: Vec<u64>,
        articles: u64,
        without: u64,
    },
    Dates {
        first: Column<i64>,
        last: Column<i64>,
        period: Period,
        counts: FxHashMap<i64, u64>,
        articles: u64,
        without: u64,
    },
}

/// What the query selects in the field of a facet.
#[derive(Default)]
pub(super) struct Selected {
    pub(super) names: Vec<NameMatch>,
    pub(super) days: Vec<DaySpan>,
}

impl<'a> FacetCounter<'a> {
    pub(super) fn new(fields: &'a Fields, request: &'a FacetRequest) -> Self {
        Self {
            fields,
            request,
            names: FxHashMap::default(),
            periods: BTreeMap::new(),
            articles: 0,
            without: 0,
        }
    }

    pub(super) fn segment(&self, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let columns = segment.fast_fields();
        Ok(match self.request.field {
            FacetField::Name(name) => {
                let keys = name_fields(self.fields, name).keys;
                let column = columns.str(self.fields.name_of(keys))?;
                let counts = vec![0; column.as_ref().map_or(0, |column| column.num_terms())];
                SegmentCounter::Names { column, counts, articles: 0, without: 0 }
            }
            FacetField::Date(period) => SegmentCounter::Dates {
                first: columns.i64(self.fields.name_of(self.fields.day_first))?,
                last: columns.i64(self.fields.name_of(self.fields.day_last))?,
                period,
                counts: FxHashMap::default(),
                articles: 0,
                without: 0,
            },
        })
    }

    /// Takes over what was counted in a segment.
    pub(super) fn join(&mut self, counter: SegmentCounter) -> Result<(), SearchError> {
        let (articles, without) = match counter {
            SegmentCounter::Names { column, counts, articles, without } => {
                if let Some(column) = column {
                    self.join_names(&column, &counts)?;
                }
                (articles, without)
            }
            SegmentCounter::Dates { counts, articles, without, .. } => {
                let mut counts: Vec<_> = counts.into_iter().collect();
                counts.sort_unstable();
                for (period, count) in counts {
                    *self.periods.entry(period).or_default() += count;
                }
                (articles, without)
            }
        };
        self.articles += articles;
        self.without += without;
        Ok(())
    }

    fn join_names(&mut self, column: &StrColumn, counts: &[u64]) -> Result<(), SearchError> {
        let counted: Vec<u64> =
            (0..counts.len() as u64).filter(|ord| counts[*ord as usize] > 0).collect();
        let mut ords = counted.iter();
        column.dictionary().sorted_ords_to_term_cb(&counted, |key| {
            if let (Some(ord), Ok(key)) = (ords.next(), std::str::from_utf8(key)) {
                let count = counts[*ord as usize];
                match self.names.get_mut(key) {
                    Some(total) => *total += count,
                    None => {
                        self.names.insert(key.to_owned(), count);
                    }
                }
            }
        })?;
        Ok(())
    }

    /// The facet, with its values in order.
    pub(super) fn finish(
        mut self,
        reader: &IndexReader,
        selected: &Selected,
        sideways: bool,
    ) -> Result<Facet, SearchError> {
        let (values, distinct) = match self.request.field {
            FacetField::Name(name) => {
                let fields = name_fields(self.fields, name);
                let names: Vec<_> = self.names.drain().collect();
                let is_selected =
                    |key: &str| selected.names.iter().any(|wanted| selects_key(wanted, key));
                let (names, distinct) = best_names(names, self.request, is_selected);
                let names = names.into_iter().map(|(key, count)| {
                    let forms = forms_of(reader, fields, name, &key)?;
                    let is_selected = |wanted| forms.keys().any(|form| selects(wanted, form));
                    let selected = selected.names.iter().any(is_selected);
                    Ok(FacetValue { selected, value: commonest(forms).unwrap_or(key), count })
                });
                (names.collect::<Result<_, SearchError>>()?, distinct)
            }
            FacetField::Date(period) => {
                let distinct = self.periods.len();
                let limit = self.request.limit.unwrap_or(usize::MAX);
                let mut values = self.periods.iter().map(|(number, count)| FacetValue {
                    value: period.label(*number),
                    count: *count,
                    selected: selected.days.iter().any(|days| covers(*days, period.days(*number))),
                });
                let mut shown: Vec<_> = values.by_ref().take(limit).collect();
                shown.extend(values.filter(|value| value.selected).take(limit));
                (shown, distinct)
            }
        };
        Ok(Facet {
            field: self.request.field,
            values,
            distinct: distinct as u64,
            articles: self.articles,
            without: self.without,
            sideways,
        })
    }
}

impl SegmentCounter {
    /// Counts an article.
    pub(super) fn count(&mut self, doc: DocId) {
        match self {
            Self::Names { column, counts, articles, without } => {
                *articles += 1;
                let mut any = false;
                for ord in column.iter().flat_map(|column| column.term_ords(doc)) {
                    counts[ord as usize] += 1;
                    any = true;
                }
                *without += u64::from(!any);
            }
            Self::Dates { first, last, period, counts, articles, without } => {
                *articles += 1;
                let days = first.first(doc).zip(last.first(doc));
                match days.and_then(|(first, last)| period.number_of(first, last)) {
                    Some(number) => *counts.entry(number).or_default() += 1,
                    None => *without += 1,
                }
            }
        }
    }
}

/// The names that the request wants, by count, then key, and after them as
/// many selected ones that rank lower; and how many names there are.
fn best_names(
    mut names: Vec<(String, u64)>,
    request: &FacetRequest,
    is_selected: impl Fn(&str) -> bool,
) -> (Vec<(String, u64)>, usize) {
    if let Some(prefix) = &request.prefix {
        // In the manner of keys: without the marks that a name may have.
        let prefix = name_key(prefix);
        names.retain(|(key, _)| {
            key.match_indices(prefix.as_str())
                .any(|(at, _)| !key[..at].ends_with(char::is_alphanumeric))
        });
    }
    let distinct = names.len();
    let order = |(key, count): &(String, u64)| (Reverse(*count), key.clone());
    let mut lower = Vec::new();
    if let Some(limit) = request.limit
        && limit < names.len()
    {
        if limit > 0 {
            names.select_nth_unstable_by(limit - 1, |one, other| {
                other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0))
            });
            lower.extend(names.drain(limit..).filter(|(key, _)| is_selected(key)));
            lower.sort_by_cached_key(order);
        }
        // A selection may take in many values; the limit still means few.
        lower.truncate(limit);
        names.truncate(limit);
    }
    names.sort_by_cached_key(order);
    names.append(&mut lower);
    (names, distinct)
}

/// The forms in which articles write the name with this key, each with how
/// many do.
fn forms_of(
    reader: &IndexReader,
    fields: NameFields,
    name: NameField,
    key: &str,
) -> Result<BTreeMap<String, u64>, SearchError> {
    // A language has its code and no other form.
    if name == NameField::Language {
        return Ok(BTreeMap::from([(key.to_owned(), 1)]));
    }
    let prefix = terms::term(key, terms::NAME_FORM, "");
    let mut forms: BTreeMap<String, u64> = BTreeMap::new();
    for segment in reader.searcher().segment_readers() {
        let index = segment.inverted_index(fields.terms)?;
        let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            let Some((_, _, form)) = terms::split(stream.key()) else { continue };
            let option = tantivy::schema::IndexRecordOption::Basic;
            let postings = index.read_postings_from_terminfo(stream.value(), option)?;
            let articles = match segment.alive_bitset() {
                Some(alive) => postings.doc_freq_given_deletes(alive),
                None => postings.size_hint(),
            };
            if articles > 0 {
                *forms.entry(form.to_owned()).or_default() += u64::from(articles);
            }
        }
    }
    Ok(forms)
}

/// The form that most articles have; of equally common ones the first.
fn commonest(forms: BTreeMap<String, u64>) -> Option<String> {
    let best = forms.into_iter().max_by_key(|(form, count)| (*count, Reverse(form.clone())));
    best.map(|(form, _)| form)
}

/// Whether a name of a query selects a name that is written so.
fn selects(wanted: &NameMatch, form: &str) -> bool {
    match wanted {
        NameMatch::Whole(name) => name_key(name) == name_key(form),
        NameMatch::Word(word) => {
            let words: Vec<_> = tokens(word).map(|token| token.folded(word)).collect();
            let found: Vec<_> = tokens(form).map(|token| token.folded(form)).collect();
            !words.is_empty() && found.windows(words.len()).any(|window| window == words)
        }
        NameMatch::Pattern(pattern) => {
            let glob = super::glob::Glob::of(pattern);
            tokens(form).any(|token| glob.matches(&token.folded(form)))
        }
    }
}

/// Whether a name of a query selects the name with this key, as far as the key
/// tells.
fn selects_key(wanted: &NameMatch, key: &str) -> bool {
    match wanted {
        NameMatch::Whole(name) => name_key(name) == key,
        NameMatch::Word(word) => {
            let words = name_key(word);
            !words.is_empty()
                && key.match_indices(&words).any(|(at, _)| {
                    !key[..at].ends_with(char::is_alphanumeric)
                        && !key[at + words.len()..].starts_with(char::is_alphanumeric)
                })
        }
        NameMatch::Pattern(pattern) => {
            let glob = super::glob::Glob::of(pattern);
            key.split(' ').any(|word| glob.matches(word))
        }
    }
}

/// Whether the days of a period all lie in `days`.
fn covers(days: DaySpan, (first, last): (i64, i64)) -> bool {
    days.first.is_none_or(|day| day_number(day) <= first)
        && days.last.is_none_or(|day| last <= day_number(day))
}

#[cfg(test)]
mod tests {
    use super::best_names;
    use crate::query::NameField;
    use crate::search::results::{Drill, FacetField, FacetRequest};

    fn request(limit: Option<usize>, prefix: Option<&str>) -> FacetRequest {
        FacetRequest {
            field: FacetField::Name(NameField::Person),
            limit,
            prefix: prefix.map(str::to_owned),
            drill: Drill::Sideways,
        }
    }

    #[test]
    fn the_most_frequent_come_first_and_equals_by_name() {
        let names = || vec![("b".into(), 2), ("c".into(), 3), ("a".into(), 2), ("d".into(), 1)];
        let (best, distinct) = best_names(names(), &request(Some(2), None), |_| false);
        assert_eq!(best, [("c".into(), 3), ("a".into(), 2)]);
        assert_eq!(distinct, 4);
        assert_eq!(best_names(names(), &request(None, None), |_| true).0.len(), 4);
        assert_eq!(best_names(names(), &request(Some(0), None), |_| true).0, []);
        // Those that are selected are shown, but never more than the limit.
        let (best, _) = best_names(names(), &request(Some(1), None), |key| key != "a");
        assert_eq!(best, [("c".into(), 3), ("b".into(), 2)]);
    }

    #[test]
    fn a_prefix_begins_any_word() {
        let names = vec![("joe biden".into(), 2), ("abide with me".into(), 1)];
        let (best, _) = best_names(names, &request(None, Some("BID")), |_| false);
        assert_eq!(best, [("joe biden".to_owned(), 2)]);
    }
}
