//! The values of a field by article, to count articles by them.

use std::cmp::Ordering;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::article_set::{ArticleSet, Places};
use crate::index::IndexReader;
use crate::query::NameField;
use crate::search::compile::name_fields;
use crate::search::error::SearchError;
use crate::search::names::{LazyNames, NameColumns};
use crate::search::results::{FacetField, Period};

/// The values of a field, in order, and which of them each article has.
pub(super) struct Dimension {
    /// The values as facets show them: periods by time, names as names are ordered.
    values: Vec<String>,
    /// For each place of a document where its values begin, and behind them the end.
    starts: Vec<u32>,
    /// The numbers of the values of one article after the other. One beyond those of
    /// the values stands for an article that has none, which so comes last.
    numbers: Vec<u32>,
}

/// The values of articles before they are numbered.
#[derive(Default)]
struct Gathered {
    starts: Vec<u32>,
    /// The numbers of periods or names, each once for an article.
    codes: Vec<i64>,
}

impl Dimension {
    /// What the articles of `every` have in a field.
    pub(super) fn of(
        names: &LazyNames<'_>,
        field: FacetField,
        places: &Places,
        every: &ArticleSet,
    ) -> Result<Self, SearchError> {
        match field {
            FacetField::Date(period) => {
                let gathered = Gathered::periods(names.reader, period, places, every)?;
                Ok(gathered.numbered(Ord::cmp, |code| period.label(code)))
            }
            FacetField::Name(field) => {
                let gathered = Gathered::names(names, field, places, every)?;
                let names = Arc::clone(names.get()?);
                let order = |one: &i64, other: &i64| names.order(*one as u32, *other as u32);
                Ok(gathered.numbered(order, |code| names.shown(code as u32)))
            }
        }
    }

    /// The value with this number; none for articles without one.
    pub(super) fn value(&self, number: u32) -> Option<&str> {
        self.values.get(number as usize).map(String::as_str)
    }

    /// The numbers of what the article at a place has: one at least.
    pub(super) fn of_article(&self, place: usize) -> &[u32] {
        &self.numbers[self.starts[place] as usize..self.starts[place + 1] as usize]
    }
}

impl Gathered {
    /// The period in which the whole date of each article lies.
    fn periods(
        reader: &IndexReader,
        period: Period,
        places: &Places,
        every: &ArticleSet,
    ) -> Result<Self, SearchError> {
        let fields = reader.fields();
        let mut gathered = Self::default();
        for (number, segment) in reader.searcher().segment_readers().iter().enumerate() {
            let column = |field| segment.fast_fields().i64(fields.name_of(field));
            let (first, last) = (column(fields.day_first)?, column(fields.day_last)?);
            for doc in every.documents(places, number) {
                gathered.begin(places.start(number) + doc as usize);
                let days = first.first(doc).zip(last.first(doc));
                gathered.codes.extend(days.and_then(|(first, last)| period.number_of(first, last)));
            }
        }
        gathered.begin(places.count());
        Ok(gathered)
    }

    /// The names that each article has.
    fn names(
        names: &LazyNames<'_>,
        field: NameField,
        places: &Places,
        every: &ArticleSet,
    ) -> Result<Self, SearchError> {
        let fields = names.reader.fields();
        let field = name_fields(fields, field).ordinal;
        let mut gathered = Self::default();
        for (number, segment) in names.reader.searcher().segment_readers().iter().enumerate() {
            let columns = NameColumns::open(names.get()?, fields, field, number, segment)?;
            for doc in every.documents(places, number) {
                gathered.begin(places.start(number) + doc as usize);
                let begin = gathered.codes.len();
                columns.each(doc, |name| {
                    // Some stand in an article in two ways.
                    if !gathered.codes[begin..].contains(&i64::from(name)) {
                        gathered.codes.push(i64::from(name));
                    }
                });
            }
        }
        gathered.begin(places.count());
        Ok(gathered)
    }

    /// Goes on to a place; those between have nothing.
    fn begin(&mut self, place: usize) {
        self.starts.resize(place + 1, self.codes.len() as u32);
    }

    /// Numbers the values in their order.
    fn numbered(
        self,
        order: impl Fn(&i64, &i64) -> Ordering,
        label: impl Fn(i64) -> String,
    ) -> Dimension {
        let mut values = self.codes.clone();
        values.sort_unstable_by(order);
        values.dedup();
        let numbers: FxHashMap<i64, u32> = values.iter().copied().zip(0..).collect();
        let nothing = values.len() as u32;
        let mut dimension = Dimension {
            values: values.into_iter().map(label).collect(),
            starts: vec![0],
            numbers: Vec::with_capacity(self.codes.len()),
        };
        for ends in self.starts.windows(2) {
            match &self.codes[ends[0] as usize..ends[1] as usize] {
                [] => dimension.numbers.push(nothing),
                codes => dimension.numbers.extend(codes.iter().map(|code| numbers[code])),
            }
            dimension.starts.push(dimension.numbers.len() as u32);
        }
        dimension
    }
}

#[cfg(test)]
mod tests {
    use super::Gathered;

    #[test]
    fn values_are_numbered_in_order_and_nothing_comes_last() {
        let mut gathered = Gathered::default();
        for (place, codes) in [(1, &[7, 3][..]), (2, &[]), (4, &[3])] {
            gathered.begin(place);
            gathered.codes.extend(codes);
        }
        gathered.begin(6);
        let dimension = gathered.numbered(Ord::cmp, |code| code.to_string());
        let of: Vec<_> = (0..6).map(|place| dimension.of_article(place)).collect();
        assert_eq!(of, [&[2][..], &[1, 0], &[2], &[2], &[0], &[2]]);
        assert_eq!([0, 1, 2].map(|number| dimension.value(number)), [Some("3"), Some("7"), None]);
    }
}
