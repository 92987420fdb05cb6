//! Copies and the names of outlets, against comparing each with every other.

use std::collections::{BTreeMap, BTreeSet};

use newsdex::article::{Article, outlet_key};
use newsdex::text::name_key;

use super::Row;
use super::corpus::{article, written};
use crate::dice::Dice;

/// Names of outlets, some of which are of one.
const OUTLETS: [&str; 14] = [
    "",
    "CNN",
    "cnn.com",
    "CNN - Opinion",
    "The Gull",
    "Gull",
    "gull",
    "GULL",
    "Daily News",
    "The Daily",
    "Le Phare",
    "lephare.fr",
    "U.S. Wire",
    "---",
];

/// What groups there are, by comparing each with every other.
fn naive_groups<T: Clone + Ord>(all: &[T], is_one: impl Fn(&T, &T) -> bool) -> BTreeSet<Vec<T>> {
    let mut groups = BTreeSet::new();
    for one in all {
        let mut group: Vec<T> = all.iter().filter(|other| is_one(one, other)).cloned().collect();
        group.sort();
        if group.len() > 1 {
            groups.insert(group);
        }
    }
    groups
}

#[test]
fn groups_are_those_of_comparing_each_with_every_other() {
    for seed in 1..=6 {
        let mut dice = Dice::new(seed);
        let few = 1 + dice.below(9);
        let paths: Vec<String> = (0..60).map(|number| format!("{number}.txt")).collect();
        let articles: Vec<(&str, Article)> = paths
            .iter()
            .map(|path| {
                let mut article = article(&format!("Text {}", dice.below(25)));
                article.outlet = dice.pick(&OUTLETS).to_owned();
                match dice.below(9) {
                    0 => article.body.clear(),
                    1 => article.body = "Fog.".to_owned(),
                    2 => article.published = None,
                    _ => {}
                }
                (path.as_str(), article)
            })
            .collect();
        let archive = written(&articles, &[], few);
        let rows: Vec<Row> =
            archive.done(&["doctor", "copies", "outlet-names", "--format", "jsonl"]).json_lines();
        let found = |check: &str, name: fn(&Row) -> String| -> BTreeSet<Vec<String>> {
            let mut groups: BTreeMap<u64, Vec<String>> = BTreeMap::new();
            for row in rows.iter().filter(|row| row.check == check) {
                groups.entry(row.example).or_default().push(name(row));
            }
            groups
                .into_values()
                .map(|mut group| {
                    group.sort();
                    group
                })
                .collect()
        };
        let texts: BTreeMap<String, &str> = articles
            .iter()
            .filter(|(_, article)| article.body.len() > "Fog.".len())
            .map(|(path, article)| ((*path).to_owned(), article.body.as_str()))
            .collect();
        let of_texts: Vec<String> = texts.keys().cloned().collect();
        let copies = naive_groups(&of_texts, |one, other| texts[one] == texts[other]);
        assert_eq!(found("copies", |row| row.path.clone().unwrap()), copies, "seed {seed}");

        // Of names that differ in case alone facets show one.
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for (_, article) in &articles {
            *counts.entry(name_key(&article.outlet)).or_default() += 1;
        }
        let key_of = |key: &String| {
            let written = OUTLETS.into_iter().find(|it| name_key(it) == *key);
            outlet_key(written.unwrap())
        };
        let keys: Vec<String> = counts.keys().cloned().collect();
        let outlets = naive_groups(&keys, |one, other| {
            !key_of(one).is_empty() && key_of(one) == key_of(other)
        });
        let name = |row: &Row| name_key(row.outlet.as_deref().unwrap());
        assert_eq!(found("outlet-names", name), outlets, "seed {seed}");
        for row in rows.iter().filter(|row| row.check == "outlet-names") {
            assert_eq!(counts[&name(row)], row.articles, "{row:?}");
            assert!(row.id.is_none() && row.part.is_none() && row.what.is_none(), "{row:?}");
        }
    }
}
