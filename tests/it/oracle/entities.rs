//! People, organizations and places across articles against slow loops: whose
//! names are one, who is meant by a surname, what aliases make of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use newsdex::annotate::EntityKind;
use newsdex::index::IndexReader;
use newsdex::query::{NameField, parse};
use newsdex::search::{Aliases, Drill, FacetField, FacetRequest, Search};

use super::named::{Named, world};
use super::whose::{Who, expected, meanings};
use crate::dice::Dice;
use crate::library::{self, articles};

const FIELDS: [(EntityKind, NameField); 3] = [
    (EntityKind::Person, NameField::Person),
    (EntityKind::Organization, NameField::Organization),
    (EntityKind::Place, NameField::Place),
];

fn facets(reader: &IndexReader, query: &str, aliases: &Arc<Aliases>) -> Vec<Vec<(String, u64)>> {
    let mut asked = library::request(parse(query).unwrap());
    asked.aliases = Arc::clone(aliases);
    let facet = |(_, field): &(EntityKind, NameField)| FacetRequest {
        field: FacetField::Name(*field),
        limit: None,
        prefix: None,
        filter: None,
        drill: Drill::Down,
    };
    asked.facets = FIELDS.iter().map(facet).collect();
    let facets = Search::run(reader, &asked).unwrap().facets;
    let values = |facet: newsdex::search::Facet| {
        facet.values.into_iter().map(|value| (value.value, value.count)).collect()
    };
    facets.into_iter().map(values).collect()
}

/// The identifiers of the articles that a query finds.
fn found(reader: &IndexReader, query: &str, aliases: &Arc<Aliases>) -> BTreeSet<String> {
    let mut asked = library::request(parse(query).unwrap());
    asked.aliases = Arc::clone(aliases);
    let matches = Search::run(reader, &asked).unwrap();
    articles(reader, &matches).iter().map(|article| article.id.to_string()).collect()
}

/// Corpora of one run of the tests.
const CORPORA: u64 = 8;

fn told(seed: u64, reader: usize) -> String {
    format!("corpus {seed}, index {reader}")
}

#[test]
fn names_mean_whom_slow_loops_say() {
    let none = Arc::default();
    let mut owned = 0;
    let mut open = 0;
    for seed in 0..CORPORA {
        let world = world(seed);
        let meanings = meanings(&world.articles);
        for (place, reader) in world.readers.iter().enumerate() {
            let facets = facets(reader, "", &none);
            for ((kind, field), values) in FIELDS.iter().zip(&facets) {
                let expected = expected(&meanings, *kind);
                assert_eq!(*values, expected, "{field:?} of {}", told(seed, place));
                // A count is what its drill-down finds.
                for (value, count) in values {
                    let query = format!("{}:\"{value}\"", field.name());
                    let found = found(reader, &query, &none);
                    assert_eq!(found.len() as u64, *count, "{query} of {}", told(seed, place));
                }
            }
        }
        let surnames = meanings.iter().flatten().filter(|(_, named)| named.partial);
        for ((_, who), _) in surnames {
            *if who.starts_with("person") { &mut owned } else { &mut open } += 1;
        }
    }
    assert!(owned > 50 && open > 50, "{owned} surnames with an owner, {open} without");
}

#[test]
fn about_finds_the_articles_that_are() {
    let none = Arc::default();
    for seed in 0..CORPORA / 2 {
        let world = world(seed);
        let meanings = meanings(&world.articles);
        for (place, reader) in world.readers.iter().enumerate() {
            let names = expected(&meanings, EntityKind::Person);
            for (name, _) in names {
                let person = found(reader, &format!("person:\"{name}\""), &none);
                let about = found(reader, &format!("about:\"{name}\""), &none);
                // Whoever `person:` finds in any article is one; the articles
                // about him are those of his entities.
                let who = |of_article: &Vec<(Who, Named)>, id: &String| {
                    person.contains(id).then(|| of_article.clone())
                };
                let mut expected = BTreeSet::new();
                for (article, of_article) in world.articles.iter().zip(&meanings) {
                    let Some(of_article) = who(of_article, &article.id) else { continue };
                    let is_meant = |of: &Who| expected_name(&meanings, of) == name;
                    if of_article.iter().any(|(of, named)| named.about && is_meant(of)) {
                        expected.insert(article.id.clone());
                    }
                }
                assert_eq!(about, expected, "{name} of {}", told(seed, place));
            }
        }
    }
}

/// The name by which somebody is shown.
fn expected_name(meanings: &[Vec<(Who, Named)>], who: &Who) -> String {
    let only: Vec<Vec<(Who, Named)>> = meanings
        .iter()
        .map(|of_article| of_article.iter().filter(|(of, _)| of == who).cloned().collect())
        .collect();
    expected(&only, who.0).remove(0).0
}

/// The name by which each is shown.
pub(super) fn shown(meanings: &[Vec<(Who, Named)>]) -> BTreeMap<Who, String> {
    let whos: BTreeSet<&Who> = meanings.iter().flatten().map(|(who, _)| who).collect();
    whos.into_iter().map(|who| (who.clone(), expected_name(meanings, who))).collect()
}

/// What becomes of those who are shown by a name: nobody, or somebody of a name.
pub(super) type Changes = BTreeMap<String, Option<Who>>;

/// Aliases of people: two that are one, one that is nobody, and one that is a place.
pub(super) fn drawn_aliases(meanings: &[Vec<(Who, Named)>], seed: u64) -> (String, Changes) {
    let mut dice = Dice::new(seed);
    let people: Vec<String> =
        expected(meanings, EntityKind::Person).into_iter().map(|(name, _)| name).collect();
    let mut chosen = dice.some(&people.iter().collect::<Vec<_>>(), 4);
    let mut lines = String::new();
    let mut changes = Changes::new();
    let person = |name: &str| Some((EntityKind::Person, name.to_owned()));
    if let (Some(one), Some(other)) = (chosen.pop(), chosen.pop()) {
        lines.push_str(&format!("merge\tperson\t{one}\t{other}\n"));
        changes.insert(one.clone(), person(one));
        changes.insert(other.clone(), person(one));
    }
    if let Some(ignored) = chosen.pop() {
        lines.push_str(&format!("ignore\tperson\t{ignored}\n"));
        changes.insert(ignored.clone(), None);
    }
    if let Some(moved) = chosen.pop().filter(|name| !name.ends_with("only)")) {
        lines.push_str(&format!("kind\tperson\t{moved}\tplace\n"));
        changes.insert(moved.clone(), Some((EntityKind::Place, moved.clone())));
    }
    (lines, changes)
}

#[test]
fn aliases_change_what_slow_loops_say() {
    for seed in 0..CORPORA {
        let world = world(seed);
        let mut meanings = meanings(&world.articles);
        let (lines, changes) = drawn_aliases(&meanings, seed);
        let aliases = Arc::new(Aliases::read(&lines).unwrap());
        let shown = shown(&meanings);
        for of_article in &mut meanings {
            of_article.retain_mut(|(who, named)| {
                if who.0 != EntityKind::Person {
                    return true;
                }
                let name = &shown[who];
                match changes.get(name) {
                    None => true,
                    Some(None) => false,
                    Some(Some((kind, name))) => {
                        *who = (*kind, name.clone());
                        // Shown as the user writes it.
                        named.name = Box::leak(name.clone().into_boxed_str());
                        named.partial = false;
                        true
                    }
                }
            });
        }
        for (place, reader) in world.readers.iter().enumerate() {
            let facets = facets(reader, "", &aliases);
            for ((kind, field), values) in FIELDS.iter().zip(&facets) {
                let mut expected = expected(&meanings, *kind);
                let mut values = values.clone();
                // The order of equals is that of keys, which aliases change.
                expected.sort();
                values.sort();
                assert_eq!(values, expected, "{field:?} of {} under\n{lines}", told(seed, place));
                for (value, count) in values {
                    let query = format!("{}:\"{value}\"", field.name());
                    let found = found(reader, &query, &aliases);
                    assert_eq!(
                        found.len() as u64,
                        count,
                        "{query} of {} under\n{lines}",
                        told(seed, place)
                    );
                }
                let any = found(reader, &format!("has:{}", field.name()), &aliases).len();
                let with = meanings.iter().filter(|of_article| {
                    of_article.iter().any(|((of_kind, _), _)| of_kind == kind)
                });
                assert_eq!(any, with.count(), "{field:?} of {} under\n{lines}", told(seed, place));
            }
        }
    }
}
