//! Answers through the library, within this process: from the text of a query to
//! the numbers or the addresses of articles. No article is read.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use newsdex::index::{IndexReader, cores};
use newsdex::query::{NameField, parse};
use newsdex::search::{
    Drill, FacetField, FacetRequest, Limit, Order, Period, Search, SearchRequest, SeriesRequest,
    SortKey, TimelineRequest, timeline,
};

use crate::Outcome;
use crate::bare::{self, BareIndex};
use crate::limits;
use crate::measures::{Bench, WORDS};
use crate::measuring::{Figure, Limits, Series, Unit};

/// Two of the most frequent words of news that are no function words, near each
/// other, and the same for the bare index.
const NEAR: [&str; 2] = ["president near/5 said", "\"president said\"~5"];
/// Any person near a word that most articles have.
const PERSON_NEAR: &str = "PERSON near/5 said";
/// Values of a facet.
const VALUES: usize = 20;

/// Runs of what takes some thousandths of a second or less.
const RUNS: usize = 200;
/// Runs of what takes some hundredths.
const LONG_RUNS: usize = 31;

/// All of them.
pub(crate) fn answers(bench: &Bench<'_>) -> Outcome<Vec<Figure>> {
    let reader = IndexReader::open(&bench.index_folder())?;
    let bare = BareIndex::open(&bench.bare_index())?;
    let mut figures = top_ten(&reader, &bare)?;
    figures.push(near(&reader, &bare)?);
    let person_near =
        own(LONG_RUNS, Unit::Milliseconds, || search(&reader, &best_for(PERSON_NEAR)?))?;
    figures.push(Figure::median("`PERSON near/5 said`, top 10", person_near, limits::PERSON_NEAR));
    let people = own(RUNS, Unit::Milliseconds, || search(&reader, &people()?))?;
    figures.push(Figure::median("20 people of all articles", people, limits::PEOPLE));
    let by_month = own(RUNS, Unit::Milliseconds, || {
        black_box(timeline(&reader, &months()?)?);
        Ok(())
    })?;
    figures.push(Figure::median("timeline by month of all articles", by_month, limits::TIMELINE));
    Ok(figures)
}

fn top_ten(reader: &IndexReader, bare: &BareIndex) -> Outcome<Vec<Figure>> {
    let mut own = Series::new("newsdex", Unit::Microseconds);
    let mut top = Series::new("bare tantivy", Unit::Microseconds);
    let mut top_and_count = Series::new("bare tantivy", Unit::Microseconds);
    for _ in 0..RUNS {
        own.add_time(time(|| search(reader, &best_for(WORDS)?))?);
        top.add_time(time(|| bare.top(WORDS))?);
        top_and_count.add_time(time(|| bare.top_and_count(WORDS).map(drop))?);
    }
    let counting = "top 10 in process : bare top 10 and count";
    Ok(vec![
        Figure::ratio("top 10 in process : bare top 10", own.clone(), top, limits::TOP_TEN),
        Figure::ratio(counting, own, top_and_count, Limits::NONE),
    ])
}

fn near(reader: &IndexReader, bare: &BareIndex) -> Outcome<Figure> {
    let mut own = Series::new("newsdex", Unit::Microseconds);
    let mut slop = Series::new("bare tantivy", Unit::Microseconds);
    for _ in 0..LONG_RUNS {
        own.add_time(time(|| search(reader, &best_for(NEAR[0])?))?);
        slop.add_time(time(|| bare.top(NEAR[1]))?);
    }
    Ok(Figure::ratio("near/5 : bare phrase with slop 5", own, slop, limits::NEAR))
}

/// The ten best articles for a query.
pub(crate) fn best_for(query: &str) -> Outcome<SearchRequest> {
    Ok(SearchRequest {
        query: parse(query)?,
        // No query here has a relative date.
        today: Date::ZERO,
        order: Order { key: SortKey::Score, ascending: false },
        offset: 0,
        limit: Limit::First(bare::HITS),
        facets: Vec::new(),
        aliases: Arc::default(),
        // No query here has a pattern.
        pattern_limit: 0,
        threads: cores(),
    })
}

fn people() -> Outcome<SearchRequest> {
    let facet = FacetRequest {
        field: FacetField::Name(NameField::Person),
        limit: Some(VALUES),
        prefix: None,
        filter: None,
        drill: Drill::Sideways,
    };
    Ok(SearchRequest { limit: Limit::First(0), facets: vec![facet], ..best_for("")? })
}

fn months() -> Outcome<TimelineRequest> {
    Ok(TimelineRequest {
        series: vec![SeriesRequest { name: String::new(), query: parse("")? }],
        split: None,
        per: Some(Period::Month),
        zone: None,
        share: false,
        today: Date::ZERO,
        aliases: Arc::default(),
        pattern_limit: 0,
    })
}

fn search(reader: &IndexReader, request: &SearchRequest) -> Outcome<()> {
    black_box(Search::run(reader, request)?);
    Ok(())
}

fn own(runs: usize, unit: Unit, mut answer: impl FnMut() -> Outcome<()>) -> Outcome<Series> {
    let mut series = Series::new("newsdex", unit);
    for _ in 0..runs {
        series.add_time(time(&mut answer)?);
    }
    Ok(series)
}

fn time(act: impl FnOnce() -> Outcome<()>) -> Outcome<Duration> {
    let start = Instant::now();
    act()?;
    Ok(start.elapsed())
}
