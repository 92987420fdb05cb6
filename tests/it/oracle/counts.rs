//! Counts of many queries, and by the values of fields, against counting one by
//! one.

use std::collections::BTreeMap;
use std::sync::Arc;

use newsdex::query::NameField;
use newsdex::search::{CountRequest, Counter, FacetField, Limit, Period, Search};
use newsdex::text::name_key;

use super::corpus::Known;
use super::meaning::Ask;
use super::questions::{self, NAME_FIELDS};
use super::timeline::label;
use super::{World, parsed, world};
use crate::dice::Dice;
use crate::library;

/// How many articles have certain values; nothing for those without one.
type Cells = BTreeMap<Vec<Option<String>>, u64>;

fn request(by: Vec<FacetField>) -> CountRequest {
    CountRequest { by, today: library::TODAY, aliases: Arc::default(), pattern_limit: 10_000 }
}

/// Up to three different fields.
fn fields(dice: &mut Dice) -> Vec<FacetField> {
    let names = NAME_FIELDS.iter().map(|(name, _)| NameField::from_name(name).unwrap());
    let mut all: Vec<_> = names.map(FacetField::Name).collect();
    all.extend(Period::ALL.map(FacetField::Date));
    let first = dice.pick(&all);
    all.retain(|field| *field != first);
    let mut fields = dice.some(&all, 2);
    fields.push(first);
    fields
}

/// The values of an article in a field; names as they are shown.
fn values(
    article: &Known,
    field: FacetField,
    shown: &BTreeMap<String, String>,
) -> Vec<Option<String>> {
    let mut values: Vec<_> = match field {
        FacetField::Name(field) => {
            let names = article.names(field.name()).iter();
            names.map(|name| Some(shown[&name_key(name)].clone())).collect()
        }
        FacetField::Date(period) => {
            let dates = article.date.iter();
            let in_one = dates.filter(|date| label(period, date.first) == label(period, date.last));
            in_one.map(|date| Some(label(period, date.first))).collect()
        }
    };
    values.sort();
    values.dedup();
    if values.is_empty() { vec![None] } else { values }
}

/// How names of a field are shown: each key in its commonest form.
fn shown(world: &World, field: FacetField) -> BTreeMap<String, String> {
    let FacetField::Name(field) = field else { return BTreeMap::new() };
    let all: Vec<&Known> = world.articles.iter().collect();
    let counted = super::facets::counted(world, &all, field.name(), &[]);
    counted.into_iter().map(|(value, ..)| (name_key(&value), value)).collect()
}

fn expected(world: &World, ask: &Ask, by: &[FacetField]) -> Cells {
    let shown: Vec<_> = by.iter().map(|field| shown(world, *field)).collect();
    let mut cells = Cells::new();
    for article in world.articles.iter().filter(|article| ask.takes(article)) {
        let mut keys = vec![Vec::new()];
        for (field, shown) in by.iter().zip(&shown) {
            let values = values(article, *field, shown);
            let with = |key: &Vec<Option<String>>, value: &Option<String>| {
                let mut key = key.clone();
                key.push(value.clone());
                key
            };
            keys = keys
                .iter()
                .flat_map(|key| values.iter().map(move |value| with(key, value)))
                .collect();
        }
        for key in keys {
            *cells.entry(key).or_default() += 1;
        }
    }
    cells
}

#[test]
fn counts_are_those_of_slow_loops() {
    let world = world();
    let request = request(Vec::new());
    // One counter for all, so that what it remembers of one query serves others.
    let counters: Vec<_> =
        world.readers.iter().map(|reader| Counter::new(reader, &request).unwrap()).collect();
    let mut most = 0;
    for case in 0..world.cases {
        let ask = questions::any(3, &world.articles, &mut world.dice(case));
        let text = ask.to_string();
        let expected = world.taken_by(&ask).len() as u64;
        most = most.max(expected);
        for (place, counter) in counters.iter().enumerate() {
            let counted = counter.count(&parsed(&text)).unwrap();
            assert_eq!(counted.total, expected, "{}", world.told(case, place, &text));
            assert_eq!(counted.cells, []);
        }
    }
    assert!(most > 0, "no query takes any article");
}

#[test]
fn proximity_counts_among_few_articles_too() {
    let world = world();
    let request = request(Vec::new());
    for case in 0..world.cases / 4 {
        let mut dice = world.dice(case);
        let article = &world.articles[dice.below(world.articles.len())];
        let mut parts = vec![Ask::Id(article.id[..1 + dice.below(12)].to_owned())];
        for _ in 0..1 + dice.below(2) {
            let part = Ask::Places(1, super::places::any(2, &world.articles, &mut dice));
            parts.push(if dice.one_in(3) { Ask::Not(Box::new(part)) } else { part });
        }
        let ask = Ask::And(parts);
        let text = ask.to_string();
        let expected = world.taken_by(&ask).len() as u64;
        for (place, reader) in world.readers.iter().enumerate() {
            let counted = Counter::new(reader, &request).unwrap().count(&parsed(&text)).unwrap();
            assert_eq!(counted.total, expected, "{}", world.told(case, place, &text));
        }
    }
}

#[test]
fn cells_are_those_of_slow_loops() {
    let world = world();
    let mut filled = 0;
    for case in 0..world.cases / 10 {
        let mut dice = world.dice(case);
        let by = fields(&mut dice);
        let ask = questions::any(2, &world.articles, &mut dice);
        let text = ask.to_string();
        let expected = expected(world, &ask, &by);
        let request = request(by.clone());
        for (place, reader) in world.readers.iter().enumerate() {
            let counter = Counter::new(reader, &request).unwrap();
            let counted = counter.count(&parsed(&text)).unwrap();
            let cells: Vec<_> = counted
                .cells
                .iter()
                .map(|cell| {
                    let values = counter.values(cell).map(|value| value.map(str::to_owned));
                    (values.collect::<Vec<_>>(), cell.articles)
                })
                .collect();
            let told = || format!("{by:?} {}", world.told(case, place, &text));
            assert_eq!(cells.iter().cloned().collect::<Cells>(), expected, "{}", told());
            assert_eq!(cells.len(), expected.len(), "{}", told());
            // Where each article has one value at most, the cells are the total.
            let is_single = |field: &FacetField| match field {
                FacetField::Date(_) => true,
                FacetField::Name(field) => matches!(field.name(), "outlet" | "section" | "lang"),
            };
            if by.iter().all(is_single) {
                let sum: u64 = cells.iter().map(|(_, articles)| articles).sum();
                assert_eq!(sum, counted.total, "{}", told());
            }
            filled += cells.len();
        }
    }
    assert!(filled > 0, "no query has a cell");
}

#[test]
fn a_cell_is_what_its_drill_down_finds() {
    let world = world();
    for case in 0..world.cases / 100 {
        let mut dice = world.dice(case);
        let by = fields(&mut dice);
        let text = questions::any(2, &world.articles, &mut dice).to_string();
        let request = request(by.clone());
        for (place, reader) in world.readers.iter().enumerate() {
            let counter = Counter::new(reader, &request).unwrap();
            let counted = counter.count(&parsed(&text)).unwrap();
            for cell in counted.cells.iter().step_by(7) {
                let mut narrowed = format!("({text})");
                let mut is_query = true;
                for (field, value) in by.iter().zip(counter.values(cell)) {
                    let value = value.map(|value| value.replace('"', "\\\""));
                    match (field, value) {
                        (FacetField::Name(field), Some(value)) => {
                            narrowed.push_str(&format!(" {}:\"{value}\"", field.name()));
                        }
                        (FacetField::Name(field), None) => {
                            narrowed.push_str(&format!(" -has:{}", field.name()));
                        }
                        (FacetField::Date(Period::Week | Period::Quarter), _)
                        // Dates that span several periods have no query.
                        | (FacetField::Date(_), None) => is_query = false,
                        (FacetField::Date(_), Some(value)) => {
                            narrowed.push_str(&format!(" date:{value}"));
                        }
                    }
                }
                if is_query {
                    let mut request = library::request(parsed(&narrowed));
                    request.limit = Limit::First(0);
                    let found = Search::run(reader, &request).unwrap().total;
                    assert_eq!(found, cell.articles, "{}", world.told(case, place, &narrowed));
                }
            }
        }
    }
}
