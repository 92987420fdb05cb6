//! People, organizations and places across articles against slow loops: whose
//! names are one, who is meant by a surname, what aliases make of them.
//!
//! The articles are annotated by hand, so that every case of naming occurs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use newsdex::annotate::{
    Annotations, Entity, EntityKind, Mention, Origin, TextPart, TokenisedText,
};
use newsdex::article::{Article, ArticleId, DateFrom, Published};
use newsdex::index::{
    Budget, DocumentBuilder, FieldMap, Fields, Forget, IndexReader, IndexWriter, SourceUpdate,
    Stage, WriterLock, WriterOptions,
};
use newsdex::query::{NameField, parse};
use newsdex::search::{Aliases, Drill, FacetField, FacetRequest, Search};
use newsdex::text::Span;

use crate::dice::Dice;
use crate::harness::Archive;
use crate::library::{self, articles};

/// People: a name, who bears it, and initials and generation.
const PEOPLE: [(&str, &str, &str, &str); 12] = [
    ("Joe Marsh", "joseph marsh", "", ""),
    ("JOSEPH MARSH", "joseph marsh", "", ""),
    ("Marsh, Joe", "joseph marsh", "", ""),
    ("Joe R. Marsh", "joseph marsh", "r", ""),
    ("George Hill", "george hill", "", ""),
    ("George W. Hill", "george hill", "w", ""),
    ("George H. W. Hill", "george hill", "hw", ""),
    ("Ann Marsh", "ann marsh", "", ""),
    ("Bo Lind", "bo lind", "", ""),
    ("Bo Lind Jr.", "bo lind", "", "jr"),
    ("Jean-Luc Fog", "jean luc fog", "", ""),
    ("Jean Luc Fog", "jean luc fog", "", ""),
];
const SURNAMES: [&str; 5] = ["Marsh", "Hill", "Lind", "Jean", "Nobody"];
/// Organizations, each with the acronym under which articles mention it.
const ORGANIZATIONS: [(&str, &str); 4] = [
    ("Harbour Workers Union", "HWU"),
    ("Hill Water Utility", "HWU"),
    ("Met Office", "MO"),
    ("The Met Office", "MO"),
];
const PLACES: [&str; 3] = ["Kestrel", "HWU", "Marsh"];

/// An article: its day, and who and what it names.
#[derive(Clone, Debug)]
struct Known {
    id: String,
    day: Option<Date>,
    entities: Vec<Named>,
}

#[derive(Clone, Debug)]
struct Named {
    kind: EntityKind,
    name: &'static str,
    partial: bool,
    about: bool,
    /// A form other than the name in which it is mentioned.
    form: Option<&'static str>,
}

fn known(path: &str, dice: &mut Dice) -> Known {
    let day = date(2024, 1, 1) + i64::try_from(dice.below(400)).unwrap().days();
    let mut entities = Vec::new();
    let people = dice.some(&PEOPLE, 2);
    let add = |entities: &mut Vec<Named>, kind, name, partial, form, about| {
        entities.push(Named { kind, name, partial, about, form });
    };
    for (name, ..) in &people {
        let about = dice.one_in(3);
        add(&mut entities, EntityKind::Person, *name, false, None, about);
    }
    if dice.one_in(3) {
        let surname = dice.pick(&SURNAMES);
        let about = dice.one_in(3);
        add(&mut entities, EntityKind::Person, surname, true, None, about);
    }
    for (name, acronym) in dice.some(&ORGANIZATIONS, 1) {
        let form = if dice.one_in(2) { Some(acronym) } else { None };
        add(&mut entities, EntityKind::Organization, name, false, form, false);
    }
    if dice.one_in(4) {
        let acronym = dice.pick(&["HWU", "MO"]);
        add(&mut entities, EntityKind::Organization, acronym, false, None, true);
    }
    for name in dice.some(&PLACES, 1) {
        add(&mut entities, EntityKind::Place, name, false, None, false);
    }
    let id = ArticleId::of(path, "").to_string();
    Known { id, day: (!dice.one_in(8)).then_some(day), entities }
}

/// The article and its annotations, as a recogniser would give them.
fn document(path: &str, known: &Known, builder: &mut DocumentBuilder) -> SourceUpdate {
    let mut body = String::new();
    let mut entities = Vec::new();
    for named in &known.entities {
        let mut mentions = Vec::new();
        for form in [Some(named.name), named.form].into_iter().flatten() {
            let start = body.len();
            body.push_str(form);
            let span = Span::new(start, body.len());
            mentions.push(Mention { part: TextPart::Body, span });
            body.push_str(" was there. ");
        }
        entities.push(Entity {
            kind: named.kind,
            name: named.name.to_owned(),
            origin: Origin::Recognised,
            partial: named.partial,
            about: named.about,
            mentions,
        });
    }
    let published = known.day.map(|day| (Published::day(day), DateFrom::Metadata));
    let article = Article { body, published, ..Article::default() };
    let annotations = Annotations {
        language: Some("en".to_owned()),
        title: TokenisedText::new(TextPart::Title, ""),
        body: TokenisedText::new(TextPart::Body, &article.body),
        lead: Span::default(),
        entities,
    };
    let share = Arc::new(Budget::new(1_000_000).take(1));
    let document = builder.build(&article, &annotations, path, 0, &share).unwrap();
    SourceUpdate {
        path: path.to_owned(),
        stage: Stage::Whole,
        forget: Forget::Everything,
        documents: vec![document],
        record: None,
        bytes: 0,
    }
}

/// An index of these articles, committed after every so many.
fn write(archive: &Archive, name: &str, runs: &[&[(String, Known)]], every: usize) -> IndexReader {
    let folder = archive.path(name);
    let mut reader = None;
    for run in runs {
        let options = WriterOptions { threads: 1, bytes_per_thread: 15_000_000 };
        let lock = WriterLock::take(&folder).unwrap();
        let mut writer = IndexWriter::open(lock, options, FieldMap::new()).unwrap();
        let mut builder = DocumentBuilder::new(Fields::new());
        for (number, (path, known)) in run.iter().enumerate() {
            writer.apply(document(path, known, &mut builder)).unwrap();
            if (number + 1) % every == 0 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        reader = Some(writer.close().unwrap());
    }
    reader.unwrap()
}

/// A corpus and two indexes of it: of one segment, and of several, in which
/// articles were replaced.
struct World {
    _archive: Archive,
    articles: Vec<Known>,
    readers: [IndexReader; 2],
}

fn world(seed: u64) -> World {
    let mut dice = Dice::new(seed);
    let paths: Vec<String> =
        (0..60 + dice.below(200)).map(|number| format!("{number}.txt")).collect();
    let corpus = |dice: &mut Dice| -> Vec<(String, Known)> {
        paths.iter().map(|path| (path.clone(), known(path, dice))).collect()
    };
    let (before, now) = (corpus(&mut dice), corpus(&mut dice));
    let archive = Archive::new();
    let one = write(&archive, "one", &[&now], usize::MAX);
    let many = write(&archive, "many", &[&before, &now], 1 + now.len() / 5);
    let articles = now.into_iter().map(|(_, known)| known).collect();
    World { _archive: archive, articles, readers: [one, many] }
}

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
    let mut bearers: Vec<usize> = all().filter(|place| bears(PEOPLE[*place].0, false)).collect();
    if bearers.is_empty() {
        bearers = all().filter(|place| bears(PEOPLE[*place].0, true)).collect();
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
        let clear = most >= least
            && most * share.1 >= articles_with * share.0
            && best.last().is_none_or(|(next, _)| *next < most);
        Some(clear.then_some(person))
    };
    let in_corpus = || decide(&|_| true, 5, (95, 100)).flatten();
    let Some(day) = day else { return in_corpus() };
    let is_near =
        |article: &Known| article.day.is_some_and(|other| (other - day).get_days().abs() <= 60);
    decide(&is_near, 3, (8, 10)).unwrap_or_else(in_corpus)
}

/// What stands for an entity: its kind and a word for who is meant.
type Who = (EntityKind, String);

/// Who is meant by each entity of each article, before aliases.
fn meanings(articles: &[Known]) -> Vec<Vec<(Who, Named)>> {
    let group = groups(articles);
    let acronyms = acronyms(articles);
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
                    acronyms.get(name).copied().unwrap_or(name).to_owned()
                }
                EntityKind::Place => named.name.to_owned(),
            };
            of_article.push(((named.kind, who), named.clone()));
        }
        meanings.push(of_article);
    }
    meanings
}

/// What is meant by acronyms that stand alone.
fn acronyms(articles: &[Known]) -> BTreeMap<&'static str, &'static str> {
    let mut meant = BTreeMap::new();
    for acronym in ["HWU", "MO"] {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for named in articles.iter().flat_map(|article| &article.entities) {
            if named.form == Some(acronym) {
                *counts.entry(named.name.trim_start_matches("The ")).or_default() += 1;
            }
        }
        let all: usize = counts.values().sum();
        let most = counts.into_iter().max_by_key(|(name, count)| (*count, Reverse(*name)));
        if let Some((name, count)) = most
            && count >= 3
            && count * 10 >= all * 8
        {
            meant.insert(acronym, name);
        }
    }
    meant
}

/// How many articles mean whom, and what each is shown as: the commonest name.
fn expected(meanings: &[Vec<(Who, Named)>], kind: EntityKind) -> Vec<(String, u64)> {
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

#[test]
fn aliases_change_what_slow_loops_say() {
    for seed in 0..CORPORA {
        let world = world(seed);
        let mut meanings = meanings(&world.articles);
        let mut dice = Dice::new(seed);
        let people: Vec<String> =
            expected(&meanings, EntityKind::Person).into_iter().map(|(name, _)| name).collect();
        let mut chosen = dice.some(&people.iter().collect::<Vec<_>>(), 4);
        let mut lines = String::new();
        let mut changes: BTreeMap<String, Option<Who>> = BTreeMap::new();
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
        let aliases = Arc::new(Aliases::read(&lines).unwrap());
        let shown: BTreeMap<Who, String> = meanings
            .iter()
            .flatten()
            .map(|(who, _)| (who.clone(), expected_name(&meanings, who)))
            .collect();
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
