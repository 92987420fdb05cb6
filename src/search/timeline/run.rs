//! Counts coverage over time: finds the articles, tallies their days, sets rows.

use super::matched::Finder;
use super::periods::Rows;
use super::request::{SeriesRequest, Split, TimelineRequest};
use super::results::{Base, Others, Series, Timeline};
use super::split::Slots;
use super::tally::Tally;
use crate::index::IndexReader;
use crate::query::Query;
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::Matched;
use crate::search::names::LazyNames;

/// A series whose days are counted.
struct Counted {
    name: String,
    query: Query,
    tally: Tally,
    /// The filters and the days of the articles that fit them.
    base: Option<(Query, Tally)>,
}

/// The timeline that `request` asks for. No article is read: all of it is in
/// columns.
///
/// # Errors
///
/// When it would have too many rows, a pattern takes in too much, or the index
/// cannot be read.
pub fn timeline(reader: &IndexReader, request: &TimelineRequest) -> Result<Timeline, SearchError> {
    let names = LazyNames::new(reader, &request.aliases);
    let compiler = Compiler::new(&names, request.today, request.pattern_limit)?;
    let mut finder = Finder::new(&names, &compiler);
    let mut counted = Vec::new();
    let mut others = None;
    for series in &request.series {
        match request.split {
            None => counted.push(count(&mut finder, request, series)?),
            Some(split) => {
                others = Some(divide(&mut finder, request, series, split, &mut counted)?)
            }
        }
    }
    let tallies: Vec<&Tally> = counted.iter().map(|series| &series.tally).collect();
    let rows = Rows::new(&tallies, request.per)?;
    Ok(Timeline {
        per: rows.per,
        periods: rows.periods(),
        days: rows.days(),
        series: counted.into_iter().map(|counted| in_rows(counted, &rows)).collect(),
        others,
    })
}

/// Counts the days of one series.
fn count(
    finder: &mut Finder<'_>,
    request: &TimelineRequest,
    series: &SeriesRequest,
) -> Result<Counted, SearchError> {
    let mut tally = |query: &Query| -> Result<Tally, SearchError> {
        let matched = finder.find(query)?;
        Tally::of(finder.names.reader, &matched, request.zone.as_ref())
    };
    let base = match request.share {
        true => {
            let filters = series.query.filters();
            Some((filters.clone(), tally(&filters)?))
        }
        false => None,
    };
    let (name, query) = (series.name.clone(), series.query.clone());
    Ok(Counted { tally: tally(&query)?, name, query, base })
}

/// Counts the days of one series by the values of a field.
fn divide(
    finder: &mut Finder<'_>,
    request: &TimelineRequest,
    series: &SeriesRequest,
    split: Split,
    counted: &mut Vec<Counted>,
) -> Result<Others, SearchError> {
    let matched = finder.find(&series.query)?;
    let names = finder.names;
    let slots = Slots::of(names, split, &matched)?;
    let by_value = slots.tallies(names, request, &matched)?;
    let others = slots.others(split, &by_value);
    let mut bases = match request.share {
        true => {
            let fitting = finder.find(&series.query.filters())?;
            bases(&slots, names, request, split, &fitting)?.into_iter()
        }
        false => Vec::new().into_iter(),
    };
    for (value, tally) in slots.values.iter().zip(by_value.tallies) {
        let name = slots.shown(*value);
        let query = series.query.clone().with_name(split.field, &name);
        let base = bases.next().map(|tally| (query.filters(), tally));
        counted.push(Counted { name, query, tally, base });
    }
    Ok(others)
}

/// What each value is a share of: of an outlet its own articles, of a person,
/// whom an article is about, all.
fn bases(
    slots: &Slots<'_>,
    names: &LazyNames<'_>,
    request: &TimelineRequest,
    split: Split,
    fitting: &Matched,
) -> Result<Vec<Tally>, SearchError> {
    if split.field.is_of_entities() {
        let all = Tally::of(names.reader, fitting, request.zone.as_ref())?;
        return Ok(vec![all; slots.values.len()]);
    }
    Ok(slots.tallies(names, request, fitting)?.tallies)
}

fn in_rows(counted: Counted, rows: &Rows) -> Series {
    let base = counted.base.map(|(query, tally)| {
        let in_rows = rows.counts(&tally);
        Base {
            query,
            articles: tally.articles,
            undated: tally.undated,
            spanning: in_rows.spanning,
            counts: in_rows.counts,
        }
    });
    let in_rows = rows.counts(&counted.tally);
    Series {
        name: counted.name,
        query: counted.query,
        articles: counted.tally.articles,
        undated: counted.tally.undated,
        spanning: in_rows.spanning,
        counts: in_rows.counts,
        base,
    }
}
