//! Random queries and facets over random articles, against slow loops that are
//! obviously right.
//!
//! `NEWSDEX_ORACLE_SEED` and `NEWSDEX_ORACLE_CASES` set the seed and the number
//! of cases; a failure prints the seed that repeats it.

mod algebra;
mod collocates;
mod corpus;
mod counts;
mod entities;
mod explain;
mod facets;
mod kwic;
mod meaning;
mod mentioned;
mod named;
mod places;
mod questions;
mod timeline;
mod whose;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::sync::OnceLock;

use newsdex::annotate::EntityKind;
use newsdex::index::{IndexReader, SURNAME_ONLY};
use newsdex::query::{Query, parse};
use newsdex::search::{Limit, Order, Search, SearchRequest, SortKey};

use self::corpus::Known;
use self::meaning::Ask;
use crate::dice::Dice;
use crate::harness::Archive;
use crate::library::{self, FIRST_SEEN, Library, articles};

/// Cases of one test, unless the environment says otherwise: with the
/// others some seconds.
const CASES: u64 = 2_000;

/// Files of the corpus; some 180 articles.
const FILES: usize = 24;

/// The articles and two indexes of them.
struct World {
    _archive: Archive,
    articles: Vec<Known>,
    /// One segment; and several, in which articles were replaced and removed.
    readers: [IndexReader; 2],
    seed: u64,
    cases: u64,
}

fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::new)
}

impl World {
    fn new() -> Self {
        let seed = from_environment("NEWSDEX_ORACLE_SEED").unwrap_or(1);
        let cases = from_environment("NEWSDEX_ORACLE_CASES").unwrap_or(CASES);
        let archive = Archive::new();
        let base = archive.path("news");
        let many = Library {
            index: archive.path("many"),
            threads: 1,
            commit_bytes: 20_000,
            ..Library::of(&base)
        };
        // Other articles first, most of which are replaced or removed.
        let mut dice = Dice::new(seed);
        corpus::write_articles(&base, FILES + 20, &mut dice);
        many.update(FIRST_SEEN);
        fs::remove_dir_all(&base).unwrap();
        let mut articles = corpus::write_articles(&base, FILES, &mut dice);
        many.update(FIRST_SEEN + 1);
        let one = Library { index: archive.path("one"), ..Library::of(&base) };
        one.update(FIRST_SEEN);
        let readers = [one.reader(), many.reader()];
        take_entities(&mut articles, &readers[0]);
        Self { _archive: archive, articles, readers, seed, cases }
    }

    /// The dice of a case.
    const fn dice(&self, case: u64) -> Dice {
        Dice::new(self.seed.wrapping_add(case))
    }

    /// What to say of a failure.
    fn told(&self, case: u64, reader: usize, query: &str) -> String {
        format!(
            "`{query}` (index {reader}; NEWSDEX_ORACLE_SEED={} repeats it as the first case)",
            self.seed.wrapping_add(case)
        )
    }

    /// What a query misses, and what it finds too much.
    fn differences(&self, reader: &IndexReader, ask: &Ask) -> String {
        let ids = found(reader, &parsed(&ask.to_string()), NEWEST).1;
        let mut told = String::new();
        for article in &self.articles {
            let what = match (ask.takes(article), ids.contains(&article.id)) {
                (true, false) => "missing",
                (false, true) => "too much",
                _ => continue,
            };
            told.push_str(&format!("{what}: {article:?}\n"));
            if told.len() > 4_000 {
                break;
            }
        }
        told
    }

    /// The identifiers of the articles that a query takes.
    fn taken_by(&self, ask: &Ask) -> BTreeSet<&str> {
        let taken = self.articles.iter().filter(|article| ask.takes(article));
        taken.map(|article| article.id.as_str()).collect()
    }
}

/// Gives articles the entities that they are annotated with: how metadata are
/// read is not what is tried here.
fn take_entities(known: &mut [Known], reader: &IndexReader) {
    let everything = Search::run(reader, &library::request(parsed(""))).unwrap();
    let stored = articles(reader, &everything);
    for known in known {
        let stored = stored.iter().find(|stored| stored.id.to_string() == known.id).unwrap();
        let names = |kind: EntityKind| -> Vec<String> {
            let of_kind = stored.entities.iter().filter(|entity| entity.kind == kind);
            let name = |entity: &newsdex::index::StoredEntity| match entity.partial {
                true => format!("{}{SURNAME_ONLY}", entity.name),
                false => entity.name.clone(),
            };
            of_kind.map(name).collect()
        };
        known.people = names(EntityKind::Person);
        known.organizations = names(EntityKind::Organization);
        known.places = names(EntityKind::Place);
    }
}

#[expect(clippy::disallowed_methods, reason = "whoever runs the tests sets the seed")]
fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap())
}

#[track_caller]
fn parsed(text: &str) -> Query {
    parse(text).unwrap_or_else(|error| panic!("{}", error.render(text)))
}

/// The identifiers of all matches, in their order.
fn found(reader: &IndexReader, query: &Query, order: Order) -> (u64, Vec<String>) {
    let request = SearchRequest { order, ..library::request(query.clone()) };
    let matches = Search::run(reader, &request).unwrap();
    let ids = articles(reader, &matches).iter().map(|article| article.id.to_string()).collect();
    (matches.total, ids)
}

const NEWEST: Order = Order { key: SortKey::Date, ascending: false };

#[test]
fn what_is_indexed_is_what_was_written() {
    let world = world();
    assert_eq!(world.readers[0].searcher().segment_readers().len(), 1);
    assert!(world.readers[1].searcher().segment_readers().len() > 2);
    for reader in &world.readers {
        let everything = Search::run(reader, &library::request(parsed(""))).unwrap();
        let mut stored = articles(reader, &everything);
        assert_eq!(stored.len(), world.articles.len());
        stored.sort_by_key(|article| article.id);
        let mut known: Vec<&Known> = world.articles.iter().collect();
        known.sort_by_key(|article| &article.id);
        for (stored, known) in stored.iter().zip(known) {
            assert_eq!(stored.id.to_string(), known.id);
            assert_eq!((&stored.title, &stored.body), (&known.title, &known.body));
            assert_eq!(stored.lang, known.language);
            assert_eq!(stored.word_count, known.words() as u64);
            let dates = stored.published.map(|date| (date.first_day(), date.last_day()));
            assert_eq!(dates, known.date.map(|date| (date.first, date.last)));
            let instant = stored.published.map(|date| date.timestamp().as_second());
            assert_eq!(instant, known.date.map(|date| date.seconds));
            let is_instant = stored.published.map(|date| date.offset.is_some());
            assert_eq!(is_instant, known.date.map(|date| date.is_instant));
        }
    }
}

/// The smallest part of a wrong query that is wrong by itself.
fn wrong_part<'a>(world: &World, reader: &IndexReader, ask: &'a Ask) -> &'a Ask {
    let wrong = ask.parts().iter().find(|part| !world.differences(reader, part).is_empty());
    wrong.map_or(ask, |part| wrong_part(world, reader, part))
}

#[test]
fn queries_find_what_slow_loops_find() {
    let world = world();
    let mut most = 0;
    for case in 0..world.cases {
        let ask = questions::any(3, &world.articles, &mut world.dice(case));
        let text = ask.to_string();
        let query = parsed(&text);
        let expected = world.taken_by(&ask);
        most = most.max(expected.len());
        for (place, reader) in world.readers.iter().enumerate() {
            let (total, ids) = found(reader, &query, NEWEST);
            let found: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
            if found != expected {
                let part = wrong_part(world, reader, &ask);
                let told = world.told(case, place, &text);
                panic!("{told}: already `{part}` is wrong:\n{}", world.differences(reader, part));
            }
            assert_eq!(ids.len(), found.len(), "twice the same: {text}");
            assert_eq!(total, found.len() as u64, "{text}");
        }
    }
    assert!(most > 0, "no query takes any article");
}

#[test]
fn places_are_those_of_slow_loops() {
    let world = world();
    let mut most = 0;
    for case in 0..world.cases {
        let mut dice = world.dice(case);
        let times = if dice.one_in(4) { 1 + dice.below(4) } else { 1 };
        let ask = Ask::Places(times, places::any(3, &world.articles, &mut dice));
        let text = ask.to_string();
        let query = parsed(&text);
        assert_eq!(parsed(&query.to_string()), query, "{text}");
        most = most.max(world.taken_by(&ask).len());
        for (place, reader) in world.readers.iter().enumerate() {
            let wrong = world.differences(reader, &ask);
            assert!(wrong.is_empty(), "{}:\n{wrong}", world.told(case, place, &text));
        }
    }
    assert!(most > 0, "no query takes any article");
}

/// The identifiers of these articles in this order, by plain sorting.
fn sorted(mut articles: Vec<&Known>, order: Order) -> Vec<&str> {
    articles.sort_by_key(|article| {
        let seconds = article.date.map(|date| date.seconds);
        let value = match order.key {
            SortKey::Date => seconds.unwrap_or_default(),
            _ => article.words() as i64,
        };
        let value = if order.ascending { value } else { -value };
        let is_last = order.key == SortKey::Date && seconds.is_none();
        (is_last, value, Reverse(seconds.unwrap_or(i64::MIN)), &article.id)
    });
    articles.iter().map(|article| article.id.as_str()).collect()
}

#[test]
fn orders_are_total_and_those_of_plain_sorting() {
    let world = world();
    for case in 0..world.cases / 20 {
        let mut dice = world.dice(case);
        let ask = questions::any(2, &world.articles, &mut dice);
        let text = ask.to_string();
        let matching: Vec<_> = world.articles.iter().filter(|article| ask.takes(article)).collect();
        for key in [SortKey::Date, SortKey::Words] {
            let order = Order { key, ascending: dice.one_in(2) };
            let expected = sorted(matching.clone(), order);
            for (place, reader) in world.readers.iter().enumerate() {
                let ids = found(reader, &parsed(&text), order).1;
                assert_eq!(ids, expected, "{order:?}: {}", world.told(case, place, &text));
            }
        }
    }
}

#[test]
fn better_scores_come_first_and_equal_ones_by_date() {
    let world = world();
    let mut scored = 0;
    for case in 0..world.cases / 20 {
        let ask = questions::any(2, &world.articles, &mut world.dice(case));
        let text = ask.to_string();
        for (place, reader) in world.readers.iter().enumerate() {
            let mut request = library::request(parsed(&text));
            request.order = Order { key: SortKey::Score, ascending: false };
            let matches = Search::run(reader, &request).unwrap();
            let articles = articles(reader, &matches);
            let places: Vec<_> = matches
                .ranked
                .iter()
                .zip(&articles)
                .map(|(ranked, article)| {
                    let published = article.published.map(|date| date.timestamp().as_second());
                    let score = ranked.score.unwrap();
                    assert!(score.is_finite() && score >= 0.0, "{score}: {text}");
                    // Such floats are ordered like their bits.
                    let newest_first = Reverse(published.unwrap_or(i64::MIN));
                    (Reverse(score.to_bits()), newest_first, article.id)
                })
                .collect();
            assert!(places.is_sorted(), "{}", world.told(case, place, &text));
            scored += usize::from(places.first().is_some_and(|(score, ..)| score.0 > 0));
        }
    }
    assert!(scored > 0, "no query gives a score");
}

#[test]
fn pages_put_together_are_everything() {
    let world = world();
    for case in 0..world.cases / 40 {
        let mut dice = world.dice(case);
        let ask = questions::any(1, &world.articles, &mut dice);
        let text = ask.to_string();
        let query = parsed(&text);
        let key = dice.pick(&[SortKey::Score, SortKey::Date, SortKey::Words]);
        let order = Order { key, ascending: dice.one_in(2) };
        let size = 1 + dice.below(40);
        for (place, reader) in world.readers.iter().enumerate() {
            let (total, all) = found(reader, &query, order);
            let mut paged = Vec::new();
            loop {
                let mut request = library::request(query.clone());
                request.order = order;
                request.offset = paged.len();
                request.limit = Limit::First(size);
                let page = Search::run(reader, &request).unwrap();
                assert_eq!(page.total, total);
                if page.ranked.is_empty() {
                    break;
                }
                assert!(page.ranked.len() <= size);
                let page = articles(reader, &page);
                paged.extend(page.iter().map(|article| article.id.to_string()));
            }
            assert_eq!(paged, all, "{}", world.told(case, place, &text));
        }
    }
}
