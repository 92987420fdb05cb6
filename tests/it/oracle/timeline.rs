//! Timelines against counting day by day.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use newsdex::query::NameField;
use newsdex::search::{
    Base, Limit, Period, ROWS_BY_DEFAULT, Search, Series, SeriesRequest, Split, Timeline,
    TimelineRequest, timeline,
};
use newsdex::text::name_key;

use super::corpus::Known;
use super::facets::{conjuncts, counted};
use super::meaning::Ask;
use super::questions::{self, NAME_FIELDS};
use super::{World, parsed, world};
use crate::dice::Dice;
use crate::library;

/// What a series should say: its counts by label, and what is in none.
#[derive(Debug, Default, PartialEq)]
struct Expected {
    counts: BTreeMap<String, u64>,
    articles: u64,
    undated: u64,
    spanning: u64,
}

/// How a day's period is written, as `strftime` has it.
pub(super) fn label(per: Period, day: Date) -> String {
    match per {
        Period::Day => day.strftime("%Y-%m-%d").to_string(),
        Period::Week => day.strftime("%G-W%V").to_string(),
        Period::Month => day.strftime("%Y-%m").to_string(),
        Period::Quarter => day.strftime("%Y-Q%q").to_string(),
        Period::Year => day.strftime("%Y").to_string(),
    }
}

/// The days of an article in a zone.
fn days(article: &Known, zone: Option<&TimeZone>) -> Option<(Date, Date)> {
    let date = article.date?;
    Some(match zone {
        Some(zone) if date.is_instant => {
            let instant = Timestamp::from_second(date.seconds).unwrap();
            let day = instant.to_zoned(zone.clone()).date();
            (day, day)
        }
        _ => (date.first, date.last),
    })
}

fn expected(articles: &[&Known], per: Period, zone: Option<&TimeZone>) -> Expected {
    let mut expected = Expected { articles: articles.len() as u64, ..Expected::default() };
    for article in articles {
        match days(article, zone) {
            None => expected.undated += 1,
            Some((first, last)) if label(per, first) != label(per, last) => expected.spanning += 1,
            Some((first, _)) => *expected.counts.entry(label(per, first)).or_default() += 1,
        }
    }
    expected
}

/// The labels of all periods from the first article to the last, day by day.
fn labels(articles: &[&Known], per: Period, zone: Option<&TimeZone>) -> Vec<String> {
    let days = articles.iter().filter_map(|article| days(article, zone));
    let in_one = days.filter(|(first, last)| label(per, *first) == label(per, *last));
    let in_one: Vec<_> = in_one.collect();
    let Some(first) = in_one.iter().map(|(first, _)| *first).min() else { return Vec::new() };
    let last = in_one.iter().map(|(_, last)| *last).max().unwrap();
    let mut labels: Vec<String> = Vec::new();
    let mut day = first;
    while day <= last {
        labels.push(label(per, day));
        day += 1.day();
    }
    labels.dedup();
    labels
}

/// What a timeline says of a series, in the form of what it should say; empty
/// periods are left out.
fn said(timeline: &Timeline, series: &Series) -> Expected {
    let counts = &series.counts;
    Expected {
        counts: by_label(timeline, counts),
        articles: series.articles,
        undated: series.undated,
        spanning: series.spanning,
    }
}

fn said_of_base(timeline: &Timeline, base: &Base) -> Expected {
    Expected {
        counts: by_label(timeline, &base.counts),
        articles: base.articles,
        undated: base.undated,
        spanning: base.spanning,
    }
}

fn by_label(timeline: &Timeline, counts: &[u64]) -> BTreeMap<String, u64> {
    assert_eq!(timeline.periods.len(), counts.len());
    let labels = timeline.periods.iter().map(|period| period.label.clone());
    labels.zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
}

/// Zones without a database: far east and west, and one with summer time.
fn zone(dice: &mut Dice) -> Option<TimeZone> {
    match dice.below(5) {
        0 => Some(TimeZone::fixed(Offset::constant(13))),
        1 => Some(TimeZone::fixed(Offset::constant(-11))),
        2 => Some(TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap()),
        _ => None,
    }
}

fn request(asks: &[Ask], dice: &mut Dice) -> TimelineRequest {
    let series =
        |ask: &Ask| SeriesRequest { name: ask.to_string(), query: parsed(&ask.to_string()) };
    TimelineRequest {
        series: asks.iter().map(series).collect(),
        split: None,
        per: (!dice.one_in(4)).then(|| dice.pick(&Period::ALL)),
        zone: zone(dice),
        share: dice.one_in(2),
        today: library::TODAY,
        aliases: Arc::default(),
        pattern_limit: 10_000,
    }
}

/// A query with filters beside other parts.
fn filtered(world: &World, dice: &mut Dice) -> Ask {
    let mut parts = vec![questions::any(1, &world.articles, dice)];
    for _ in 0..dice.below(3) {
        let part = if dice.one_in(2) { questions::days(dice) } else { questions::name(dice) };
        parts.push(if dice.one_in(4) { Ask::Not(Box::new(part)) } else { part });
    }
    match parts.len() {
        1 => parts.remove(0),
        _ => Ask::And(parts),
    }
}

fn is_filter(ask: &Ask) -> bool {
    match ask {
        Ask::Text(..) | Ask::Places(..) | Ask::Name("person" | "org" | "place", _) => false,
        _ => ask.parts().iter().all(is_filter),
    }
}

fn taken<'w>(world: &'w World, ask: &Ask) -> Vec<&'w Known> {
    world.articles.iter().filter(|article| ask.takes(article)).collect()
}

/// The articles that fit the filters of a query.
fn fitting<'w>(world: &'w World, ask: &Ask) -> Vec<&'w Known> {
    let mut parts = Vec::new();
    conjuncts(ask, &mut parts);
    parts.retain(is_filter);
    let fits = |article: &&Known| parts.iter().all(|part| part.takes(article));
    world.articles.iter().filter(fits).collect()
}

/// The base of a share should count the articles of the rows alone.
fn check_base(timeline: &Timeline, series: &Series, fitting: &[&Known], asked: &TimelineRequest) {
    let Some(base) = &series.base else { return assert!(!asked.share) };
    let mut expected = expected(fitting, timeline.per, asked.zone.as_ref());
    let shown = |label: &String| timeline.periods.iter().any(|period| period.label == *label);
    expected.counts.retain(|label, _| shown(label));
    assert_eq!(said_of_base(timeline, base), expected);
    for (place, count) in series.counts.iter().enumerate() {
        let share =
            (base.counts[place] > 0).then(|| 100.0 * *count as f64 / base.counts[place] as f64);
        let difference = series.share(place).zip(share).map(|(one, other)| (one - other).abs());
        assert_eq!(series.share(place).is_some(), share.is_some());
        assert!(difference.is_none_or(|difference| difference < 1e-9));
    }
}

#[test]
fn timelines_are_what_counting_day_by_day_gives() {
    let world = world();
    let mut counted = 0;
    for case in 0..world.cases / 20 {
        let mut dice = world.dice(case);
        let asks: Vec<Ask> = (0..=dice.below(3)).map(|_| filtered(world, &mut dice)).collect();
        let asked = request(&asks, &mut dice);
        let zone = asked.zone.as_ref();
        let matching: Vec<Vec<&Known>> = asks.iter().map(|ask| taken(world, ask)).collect();
        let all: Vec<&Known> = matching.iter().flatten().copied().collect();
        let fits = |per: &Period| {
            let rows = labels(&all, *per, zone).len() as u64;
            (1..=ROWS_BY_DEFAULT).contains(&rows)
        };
        let per = asked.per.or_else(|| Period::ALL.into_iter().find(fits)).unwrap_or(Period::Year);
        for (place, reader) in world.readers.iter().enumerate() {
            let told = || world.told(case, place, &format!("{:?} {asked:?}", asks));
            let found = timeline(reader, &asked).unwrap();
            assert_eq!(found.per, per, "{}", told());
            let rows: Vec<String> =
                found.periods.iter().map(|period| period.label.clone()).collect();
            assert_eq!(rows, labels(&all, per, zone), "{}", told());
            for period in &found.periods {
                assert_eq!(label(per, period.first), period.label);
                assert_eq!(label(per, period.last), period.label);
            }
            for ((series, ask), matching) in found.series.iter().zip(&asks).zip(&matching) {
                assert_eq!(said(&found, series), expected(matching, per, zone), "{}", told());
                check_base(&found, series, &fitting(world, ask), &asked);
                counted += series.counts.iter().sum::<u64>();
            }
        }
    }
    assert!(counted > 0, "no timeline counts anything");
}

#[test]
fn a_timeline_by_a_field_has_a_series_for_each_of_the_commonest_values() {
    let world = world();
    let mut split_up = 0;
    for case in 0..world.cases / 20 {
        let mut dice = world.dice(case);
        let ask = filtered(world, &mut dice);
        let (field, _) = dice.pick(&NAME_FIELDS);
        let limit = 1 + dice.below(5);
        let mut asked = request(std::slice::from_ref(&ask), &mut dice);
        asked.split = Some(Split { field: NameField::from_name(field).unwrap(), limit });
        let zone = asked.zone.as_ref();
        let matching = taken(world, &ask);
        let values = counted(world, &matching, field, &[]);
        let has = |article: &Known, value: &str| {
            article.names(field).iter().any(|name| name_key(name) == name_key(value))
        };
        let shown: Vec<&str> =
            values.iter().take(limit).map(|(value, ..)| value.as_str()).collect();
        let of_shown = |article: &Known| shown.iter().any(|value| has(article, value));
        let without = matching.iter().filter(|article| article.names(field).is_empty()).count();
        let others = matching.iter().filter(|article| !of_shown(article)).count() - without;
        let fitting = fitting(world, &ask);
        for (place, reader) in world.readers.iter().enumerate() {
            let told = || world.told(case, place, &format!("{ask} by {field}"));
            let found = timeline(reader, &asked).unwrap();
            let names: Vec<&str> = found.series.iter().map(|series| series.name.as_str()).collect();
            assert_eq!(names, shown, "{}", told());
            let left = found.others.unwrap();
            let counts = (left.values, left.articles, left.without);
            let hidden = values.len() - shown.len();
            assert_eq!(counts, (hidden as u64, others as u64, without as u64), "{}", told());
            for series in &found.series {
                let own = |article: &&&Known| has(article, &series.name);
                let matching: Vec<&Known> = matching.iter().filter(own).copied().collect();
                let expected = expected(&matching, found.per, zone);
                assert_eq!(said(&found, series), expected, "{}", told());
                let is_entity = matches!(field, "person" | "org" | "place");
                let fitting: Vec<&Known> =
                    fitting.iter().filter(|article| is_entity || own(article)).copied().collect();
                check_base(&found, series, &fitting, &asked);
                split_up += 1;
            }
        }
    }
    assert!(split_up > 0, "no timeline has a series");
}

#[test]
fn the_count_of_a_period_is_what_its_days_find() {
    let world = world();
    for case in 0..world.cases / 100 {
        let mut dice = world.dice(case);
        let mut asked = request(&[filtered(world, &mut dice)], &mut dice);
        asked.zone = None;
        asked.split = dice.one_in(2).then_some(Split { field: NameField::Person, limit: 2 });
        for (place, reader) in world.readers.iter().enumerate() {
            let found = timeline(reader, &asked).unwrap();
            for series in &found.series {
                let query = series.query.to_string();
                let count = |text: &str| {
                    let mut request = library::request(parsed(text));
                    request.limit = Limit::First(0);
                    Search::run(reader, &request).unwrap().total
                };
                assert_eq!(count(&query), series.articles, "{query} of index {place}");
                // Every tenth day or so is enough.
                let step = found.periods.len().div_ceil(40).max(1);
                for (period, articles) in found.periods.iter().zip(&series.counts).step_by(step) {
                    let text = format!("({query}) date:{}..{}", period.first, period.last);
                    assert_eq!(count(&text), *articles, "{text} in index {place}");
                }
            }
        }
    }
}
