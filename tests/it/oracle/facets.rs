//! Facets against counting one by one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use newsdex::query::NameField;
use newsdex::search::{Drill, Facet, FacetField, FacetRequest, Limit, Period, Search};
use newsdex::text::name_key;

use super::corpus::Known;
use super::meaning::{Ask, Name};
use super::questions::{self, NAME_FIELDS};
use super::{World, parsed, world};
use crate::dice::Dice;
use crate::library;

/// A value with its count, and whether the query selects it.
pub(super) type Value = (String, u64, bool);

/// What a facet should say.
#[derive(Debug, PartialEq)]
struct Expected {
    values: Vec<Value>,
    distinct: u64,
    articles: u64,
    without: u64,
    sideways: bool,
}

/// The name of the field whose values a part of a query selects.
fn selects(part: &Ask) -> Option<&'static str> {
    match part {
        Ask::Name(field, _) => Some(field),
        Ask::Date(..) => Some("date"),
        Ask::Or(parts) => {
            let first = selects(parts.first()?)?;
            parts.iter().all(|part| selects(part) == Some(first)).then_some(first)
        }
        Ask::Not(part) => match &**part {
            Ask::Not(part) => selects(part),
            _ => None,
        },
        _ => None,
    }
}

/// Every part that must hold, those of inner conjunctions too.
pub(super) fn conjuncts(ask: &Ask, found: &mut Vec<Ask>) {
    match ask {
        Ask::And(parts) => parts.iter().for_each(|part| conjuncts(part, found)),
        Ask::Not(part) => match &**part {
            Ask::Not(part) => conjuncts(part, found),
            _ => found.push(ask.clone()),
        },
        _ => found.push(ask.clone()),
    }
}

/// The selections in a field, alternatives apart.
fn alternatives<'a>(part: &'a Ask, found: &mut Vec<&'a Ask>) {
    match part {
        Ask::Or(parts) => parts.iter().for_each(|part| alternatives(part, found)),
        Ask::Not(part) => alternatives(part, found),
        Ask::And(_) => {}
        _ => found.push(part),
    }
}

/// The form of a name that most articles have; of equally common ones the
/// first.
fn commonest_form(world: &World, field: &str, key: &str) -> String {
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for article in &world.articles {
        // An article that has two forms of a name counts with the first.
        let form = article.names(field).iter().find(|name| name_key(name) == key);
        if let Some(form) = form {
            *forms.entry(form).or_default() += 1;
        }
    }
    let best = forms.iter().min_by_key(|(form, count)| (Reverse(**count), **form));
    best.unwrap().0.to_string()
}

/// Counts a field over articles, one by one.
pub(super) fn counted(
    world: &World,
    matching: &[&Known],
    field: &str,
    selected: &[&Ask],
) -> Vec<Value> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for article in matching {
        let mut keys: Vec<_> = article.names(field).iter().map(|name| name_key(name)).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *counts.entry(key).or_default() += 1;
        }
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(key, count)| (Reverse(*count), key.clone()));
    let value = |(key, count): (String, u64)| {
        // In any of its forms.
        let names = world.articles.iter().flat_map(|article| article.names(field));
        let is_selected = names.filter(|form| name_key(form) == key).any(|form| {
            selected.iter().any(|ask| matches!(ask, Ask::Name(_, name) if name.is_name(form)))
        });
        (commonest_form(world, field, &key), count, is_selected)
    };
    counts.into_iter().map(value).collect()
}

/// Counts the months that articles lie in, if they lie in one.
fn months(matching: &[&Known], selected: &[&Ask]) -> Vec<Value> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for date in matching.iter().filter_map(|article| article.date) {
        if date.first.first_of_month() == date.last.first_of_month() {
            *counts.entry(date.first.strftime("%Y-%m").to_string()).or_default() += 1;
        }
    }
    let value = |(month, count): (String, u64)| {
        let first: jiff::civil::Date = format!("{month}-01").parse().unwrap();
        let last = first.last_of_month();
        let is_selected = selected.iter().any(|ask| match ask {
            Ask::Date(_, from, to) => {
                from.is_none_or(|from| from <= first) && to.is_none_or(|to| last <= to)
            }
            _ => false,
        });
        (month, count, is_selected)
    };
    counts.into_iter().map(value).collect()
}

/// What a facet should say of a query.
fn expected(world: &World, ask: &Ask, field: &str, drill: Drill) -> Expected {
    let mut parts = Vec::new();
    conjuncts(ask, &mut parts);
    let (own, rest): (Vec<Ask>, Vec<Ask>) =
        parts.into_iter().partition(|part| selects(part) == Some(field));
    let sideways = drill == Drill::Sideways && !own.is_empty();
    let mut selected = Vec::new();
    own.iter().for_each(|part| alternatives(part, &mut selected));
    let matching: Vec<&Known> = world
        .articles
        .iter()
        .filter(|article| {
            rest.iter().all(|part| part.takes(article))
                && (sideways || own.iter().all(|part| part.takes(article)))
        })
        .collect();
    let (values, without) = if field == "date" {
        let values = months(&matching, &selected);
        let with: u64 = values.iter().map(|(_, count, _)| count).sum();
        (values, matching.len() as u64 - with)
    } else {
        let without = matching.iter().filter(|article| article.names(field).is_empty()).count();
        (counted(world, &matching, field, &selected), without as u64)
    };
    Expected {
        distinct: values.len() as u64,
        values,
        articles: matching.len() as u64,
        without,
        sideways,
    }
}

fn request(field: &str, drill: Drill) -> FacetRequest {
    let field = match NameField::from_name(field) {
        Some(name) => FacetField::Name(name),
        None => FacetField::Date(Period::Month),
    };
    FacetRequest { field, limit: None, prefix: None, filter: None, drill }
}

/// A query with selections in several fields.
fn faceted(world: &World, dice: &mut Dice) -> Ask {
    let mut parts = vec![questions::any(1, &world.articles, dice)];
    for _ in 0..dice.below(4) {
        let part = if dice.one_in(3) { questions::days(dice) } else { questions::name(dice) };
        parts.push(match (&part, dice.below(4)) {
            (Ask::Name(field, _), 0) => {
                let names = NAME_FIELDS.iter().find(|(name, _)| name == field).unwrap().1;
                let other = Ask::Name(field, Name::Whole(dice.pick(names).to_owned()));
                Ask::Or(vec![part, other])
            }
            (_, 1) => Ask::Not(Box::new(part)),
            _ => part,
        });
    }
    match parts.len() {
        1 => parts.remove(0),
        _ => Ask::And(parts),
    }
}

fn said(facet: &Facet) -> Expected {
    let values = facet.values.iter();
    let values = values.map(|value| (value.value.clone(), value.count, value.selected));
    Expected {
        values: values.collect(),
        distinct: facet.distinct,
        articles: facet.articles,
        without: facet.without,
        sideways: facet.sideways,
    }
}

#[test]
fn facets_count_what_slow_loops_count() {
    let world = world();
    let fields: Vec<&str> = NAME_FIELDS.iter().map(|(field, _)| *field).chain(["date"]).collect();
    for case in 0..world.cases / 8 {
        let mut dice = world.dice(case);
        let ask = faceted(world, &mut dice);
        let text = ask.to_string();
        let drill = if dice.one_in(4) { Drill::Down } else { Drill::Sideways };
        let mut asked = library::request(parsed(&text));
        asked.limit = Limit::First(0);
        asked.facets = fields.iter().map(|field| request(field, drill)).collect();
        for (place, reader) in world.readers.iter().enumerate() {
            let matches = Search::run(reader, &asked).unwrap();
            for (field, facet) in fields.iter().zip(&matches.facets) {
                let expected = expected(world, &ask, field, drill);
                let told = || world.told(case, place, &text);
                assert_eq!(said(facet), expected, "{field} of {}", told());
            }
        }
    }
}

#[test]
fn a_count_is_what_its_drill_down_finds() {
    let world = world();
    for case in 0..world.cases / 40 {
        let mut dice = world.dice(case);
        let ask = faceted(world, &mut dice);
        let text = ask.to_string();
        let field = dice.pick(&["person", "org", "outlet", "by", "tag", "lang", "date"]);
        let mut asked = library::request(parsed(&text));
        asked.facets = vec![request(field, Drill::Down)];
        for (place, reader) in world.readers.iter().enumerate() {
            let facet = Search::run(reader, &asked).unwrap().facets.remove(0);
            for value in facet.values {
                let name = value.value.replace('"', "\\\"");
                let selected = if field == "date" {
                    format!("date:{name}")
                } else {
                    format!("{field}:\"{name}\"")
                };
                let mut drilled = library::request(parsed(&format!("({text}) {selected}")));
                drilled.limit = Limit::First(0);
                let total = Search::run(reader, &drilled).unwrap().total;
                assert_eq!(total, value.count, "{selected} in {}", world.told(case, place, &text));
            }
        }
    }
}

#[test]
fn limits_and_prefixes_leave_out_and_never_change_a_count() {
    let world = world();
    for (place, reader) in world.readers.iter().enumerate() {
        for (field, _) in NAME_FIELDS {
            let mut asked = library::request(parsed(""));
            let all = request(field, Drill::Sideways);
            let first = FacetRequest { limit: Some(2), ..all.clone() };
            let some = FacetRequest { prefix: Some("Po".to_owned()), ..all.clone() };
            let inside = FacetRequest { filter: Some("Or".to_owned()), ..all.clone() };
            let whole = FacetRequest { filter: Some("P*t".to_owned()), ..all.clone() };
            asked.facets = vec![all, first, some, inside, whole];
            let facets = Search::run(reader, &asked).unwrap().facets;
            assert_eq!(facets[1].values, facets[0].values[..facets[0].values.len().min(2)]);
            assert_eq!(facets[1].distinct, facets[0].distinct, "{field} of index {place}");
            let begins =
                |value: &str| name_key(value).split([' ', '-']).any(|word| word.starts_with("po"));
            let expected: Vec<_> =
                facets[0].values.iter().filter(|value| begins(&value.value)).cloned().collect();
            assert_eq!(facets[2].values, expected, "{field} of index {place}");
            let fits = |wanted: fn(&str) -> bool| -> Vec<_> {
                let values = facets[0].values.iter();
                values.filter(|value| wanted(&name_key(&value.value))).cloned().collect()
            };
            assert_eq!(facets[3].values, fits(|key| key.contains("or")), "{field}");
            let whole = fits(|key| key.starts_with('p') && key.ends_with('t'));
            assert_eq!(facets[4].values, whole, "{field}");
            assert_eq!(facets[4].distinct, whole.len() as u64);
        }
    }
}
