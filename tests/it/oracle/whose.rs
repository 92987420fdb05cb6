//! Whose names are one and who is meant by a surname, written down a second
//! time: slow loops over articles, obviously right.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use newsdex::annotate::EntityKind;

use super::named::{Known, Named, PEOPLE};

/// Which names of people are one, by their place in [`PEOPLE`]: each with the
/// first of its group.
fn groups(articles: &[Known]) -> Vec<usize> {
    let with = |wanted: &dyn Fn(usize) -> bool| -> BTreeSet<&str> {
        let names = |article: &&Known| {
            article.entities.iter().any(|named| {
                let place = PEOPLE.iter().position(|(name, ..)| *name == named.name);
                place.is_some_and(wanted) && !named.partial
            })
        };
        articles.iter().filter(names).map(|article| article.id.as_str()).collect()
    };
    let exists = |place: usize| !with(&|other| other == place).is_empty();
    let mut group: Vec<usize> = (0..PEOPLE.len()).collect();
    let join = |one: usize, other: usize, group: &mut Vec<usize>| {
        let (first, later) = (group[one].min(group[other]), group[one].max(group[other]));
        group.iter_mut().filter(|of| **of == later).for_each(|of| *of = first);
    };
    let places = || (0..PEOPLE.len()).filter(|place| exists(*place));
    for one in places() {
        for other in places() {
            let ((_, base, initials, generation), (_, base2, initials2, generation2)) =
                (PEOPLE[one], PEOPLE[other]);
            if (base, initials, generation) == (base2, initials2, generation2) {
                join(one, other, &mut group);
            }
        }
    }
    // Those without an initial, where one of those with initials dominates.
    for plain in places().filter(|place| PEOPLE[*place].2.is_empty()) {
        let mut longer: Vec<(usize, usize)> = places()
            .filter(|other| {
                let ((_, base, _, generation), (_, base2, initials, generation2)) =
                    (PEOPLE[plain], PEOPLE[*other]);
                base == base2 && generation == generation2 && !initials.is_empty()
            })
            .map(|other| {
                (
                    with(&|place| {
                        PEOPLE[place].2 == PEOPLE[other].2 && PEOPLE[place].1 == PEOPLE[other].1
                    })
                    .len(),
                    other,
                )
            })
            .collect();
        longer.sort_unstable();
        let all: usize = longer.iter().map(|(count, _)| count).sum();
        if let Some((most, other)) = longer.pop()
            && (longer.is_empty() || most * 10 >= all * 9)
        {
            join(plain, other, &mut group);
        }
    }
    // Father and son, unless articles name both.
    let [lind, junior] = ["Bo Lind", "Bo Lind Jr."]
        .map(|name| PEOPLE.iter().position(|(other, ..)| *other == name).unwrap());
    if exists(lind) && exists(junior) {
        let (one, other) = (with(&|place| place == lind), with(&|place| place == junior));
        if one.intersection(&other).count() * 10 < one.len().min(other.len()) {
            join(lind, junior, &mut group);
        }
    }
    group
}

/// Who is meant by a surname in an article of this day, as the first of a group.
fn owner(articles: &[Known], group: &[usize], surname: &str, day: Option<Date>) -> Option<usize> {
    let bears = |name: &str, at_start: bool| {
        let name = name.split(',').rev().map(str::trim).collect::<Vec<_>>().join(" ");
        let mut words: Vec<String> = name.split([' ', '-']).map(str::to_lowercase).collect();
        words.retain(|word| word != "jr.");
        let word = if at_start { words.first() } else { words.last() };
        word == Some(&surname.to_lowercase())
    };
    let occurs = |place: &usize| {
        let name = PEOPLE[*place].0;
        articles.iter().any(|article| {
            article.entities.iter().any(|named| named.name == name && !named.partial)
        })
    };
    let all = || (0..PEOPLE.len()).filter(occurs);
    let articles_of = |places: &[usize]| -> usize {
        let has = |article: &Known, place: usize| {
            article.entities.iter().any(|named| named.name == PEOPLE[place].0 && !named.partial)
        };
        let of = |place: &usize| articles.iter().filter(|article| has(article, *place)).count();
        places.iter().map(of).sum()
    };
    let mut bearers: Vec<usize> = all().filter(|place| bears(PEOPLE[*place].0, false)).collect();
    let first: Vec<usize> = all().filter(|place| bears(PEOPLE[*place].0, true)).collect();
    if articles_of(&first) / 10 >= articles_of(&bearers) {
        bearers = first;
    }
    let decide = |near: &dyn Fn(&Known) -> bool, least: usize, share: (usize, usize)| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let mut articles_with = 0;
        for article in articles.iter().filter(|article| near(article)) {
            let named: BTreeSet<usize> = bearers
                .iter()
                .filter(|place| {
                    let name = PEOPLE[**place].0;
                    article.entities.iter().any(|named| named.name == name && !named.partial)
                })
                .map(|place| group[*place])
                .collect();
            articles_with += usize::from(!named.is_empty());
            named.into_iter().for_each(|person| *counts.entry(person).or_default() += 1);
        }
        if articles_with < least {
            return None;
        }
        let mut best: Vec<(usize, usize)> =
            counts.into_iter().map(|(person, count)| (count, person)).collect();
        best.sort_unstable();
        let (most, person) = best.pop().unwrap();
        let next = best.last().map_or(0, |(next, _)| *next);
        // Near an article, two thirds do where nobody else has a quarter of that.
        let is_far_ahead = least == 3 && next * 4 <= most && most * 3 >= articles_with * 2;
        let is_clear = most * share.1 >= articles_with * share.0 || is_far_ahead;
        let clear = most >= least && next < most && is_clear;
        Some(clear.then_some(person))
    };
    let in_corpus = || decide(&|_| true, 5, (9, 10)).flatten();
    let Some(day) = day else { return in_corpus() };
    let is_near =
        |article: &Known| article.day.is_some_and(|other| (other - day).get_days().abs() <= 60);
    decide(&is_near, 3, (8, 10)).unwrap_or_else(in_corpus)
}

/// What stands for an entity: its kind and a word for who is meant.
pub(super) type Who = (EntityKind, String);

/// Who is meant by each entity of each article, before aliases.
pub(super) fn meanings(articles: &[Known]) -> Vec<Vec<(Who, Named)>> {
    let group = groups(articles);
    let short_forms = short_forms(articles);
    let mut meanings = Vec::new();
    for article in articles {
        let mut of_article = Vec::new();
        for named in &article.entities {
            let who = match named.kind {
                EntityKind::Person if named.partial => {
                    match owner(articles, &group, named.name, article.day) {
                        Some(person) => format!("person {person}"),
                        None => format!("surname {}", named.name),
                    }
                }
                EntityKind::Person => {
                    let place = PEOPLE.iter().position(|(name, ..)| *name == named.name).unwrap();
                    format!("person {}", group[place])
                }
                EntityKind::Organization => {
                    let name = named.name.trim_start_matches("The ");
                    short_forms.get(name).copied().unwrap_or(name).to_owned()
                }
                EntityKind::Place => named.name.to_owned(),
            };
            of_article.push(((named.kind, who), named.clone()));
        }
        meanings.push(of_article);
    }
    meanings
}

/// What is meant by short forms that stand alone.
fn short_forms(articles: &[Known]) -> BTreeMap<&'static str, &'static str> {
    let mut meant = BTreeMap::new();
    let named = || articles.iter().flat_map(|article| &article.entities);
    for short in ["HWU", "MO", "Workers", "Office"] {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for named in named().filter(|named| named.form == Some(short)) {
            *counts.entry(named.name.trim_start_matches("The ")).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let is_org = |named: &&Named| named.kind == EntityKind::Organization;
        let alone = named().filter(|named| named.name == short).filter(is_org).count();
        let is_acronym = short == short.to_uppercase();
        let most = counts.into_iter().max_by_key(|(name, count)| (*count, Reverse(*name)));
        if let Some((name, count)) = most
            && match is_acronym {
                true => count >= 3 && count * 10 >= all * 8,
                false => count >= 5 && count >= alone && count * 10 >= all * 9,
            }
        {
            meant.insert(short, name);
        }
    }
    meant
}

/// How many articles mean whom, and what each is shown as: the commonest name.
pub(super) fn expected(meanings: &[Vec<(Who, Named)>], kind: EntityKind) -> Vec<(String, u64)> {
    let mut articles: BTreeMap<&str, u64> = BTreeMap::new();
    // Names by key, since ways to write one name count together.
    let mut names: BTreeMap<&str, BTreeMap<String, BTreeMap<&str, u64>>> = BTreeMap::new();
    for of_article in meanings {
        let whos: BTreeSet<&str> = of_article
            .iter()
            .filter(|((of_kind, _), _)| *of_kind == kind)
            .map(|((_, who), _)| who.as_str())
            .collect();
        whos.into_iter().for_each(|who| *articles.entry(who).or_default() += 1);
        for ((_, who), named) in of_article.iter().filter(|((of_kind, _), _)| *of_kind == kind) {
            if !named.partial || who.starts_with("surname") {
                let key = newsdex::text::name_key(named.name);
                let forms = names.entry(who).or_default().entry(key).or_default();
                *forms.entry(named.name).or_default() += 1;
            }
        }
    }
    let mut values: Vec<(String, String, u64)> = articles
        .into_iter()
        .map(|(who, count)| {
            let keys = &names[who];
            let total = |forms: &BTreeMap<&str, u64>| forms.values().sum::<u64>();
            let (key, forms) = keys
                .iter()
                .max_by_key(|(key, forms)| (total(forms), Reverse((*key).clone())))
                .unwrap();
            let form =
                forms.iter().max_by_key(|(form, count)| (**count, Reverse(**form))).unwrap().0;
            if who.starts_with("surname") {
                (format!("{key},"), format!("{form} (surname only)"), count)
            } else {
                (key.clone(), (*form).to_owned(), count)
            }
        })
        .collect();
    values.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
    values.into_iter().map(|(_, value, count)| (value, count)).collect()
}
