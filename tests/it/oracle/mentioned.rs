//! Proximity to people, organizations and places against places found one by one:
//! where articles mention them, under any form, and who is meant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use newsdex::annotate::{EntityKind, TextPart};
use newsdex::index::IndexReader;
use newsdex::query::Query;
use newsdex::search::{Aliases, ExplainRequest, Meaning, Ranked, Search, explain};
use newsdex::text::tokens;

use super::corpus::{Known, Mentioned};
use super::entities::{Changes, drawn_aliases, shown};
use super::meaning::{Ask, Name};
use super::places::{self, Place, Spot};
use super::whose::{Who, meanings};
use super::{CASES, from_environment, kwic, named, parsed, questions};
use crate::dice::Dice;
use crate::library;

const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// Words of names and of forms, and some of no name.
const WORDS: [&str; 16] = [
    "marsh",
    "Hill",
    "joe",
    "JOSEPH",
    "lind",
    "jean",
    "jean-luc",
    "hwu",
    "workers",
    "Office",
    "met-office",
    "kestrel",
    "george",
    "nobody",
    "port",
    "jr",
];
const PATTERNS: [&str; 6] = ["ma*", "*h*", "j?e", "h*l*", "w*", "of*"];
/// Forms of names, and names that most corpora lack.
const FORMS: [&str; 9] =
    ["Marsh", "Hill", "Lind", "Joe", "HWU", "MO", "Office", "Workers", "Nobody At All"];

/// Random corpora; each case has one of them, with aliases or without.
const CORPORA: u64 = 4;

/// A corpus under some aliases.
struct View {
    world: Arc<named::World>,
    lines: String,
    aliases: Arc<Aliases>,
    articles: Vec<Known>,
    /// What finds mentions: names, forms, words.
    operands: Vec<Spot>,
    /// For each article all that it names, mentioned or not: of which kind, who, and the
    /// names and forms by which a word finds it.
    named: Vec<Vec<(EntityKind, String, Vec<String>)>>,
    /// How each is written, and in which articles.
    written: BTreeMap<(EntityKind, String), BTreeMap<String, BTreeSet<String>>>,
}

/// Somebody after the user's changes: of which kind, and a word for who it is; the name
/// too if the user gave it.
type Meant = (EntityKind, String, Option<String>);

fn changed(who: &Who, shown: &BTreeMap<Who, String>, changes: &Changes) -> Option<Meant> {
    let change = changes.get(&shown[who]).filter(|_| who.0 == EntityKind::Person);
    match change {
        None => Some((who.0, who.1.clone(), None)),
        Some(None) => None,
        Some(Some((kind, name))) => Some((*kind, format!("made {name}"), Some(name.clone()))),
    }
}

impl View {
    fn new(seed: u64, world: &Arc<named::World>, has_aliases: bool) -> Self {
        let meanings = meanings(&world.articles);
        let shown = shown(&meanings);
        let (lines, changes) = match has_aliases {
            true => drawn_aliases(&meanings, seed),
            false => Default::default(),
        };
        // Each name that somebody bears, and who that is if he is of that kind.
        let mut names: BTreeMap<(EntityKind, String), Option<String>> = BTreeMap::new();
        let (mut articles, mut named_in) = (Vec::new(), Vec::new());
        let mut written: BTreeMap<_, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for (known, of_article) in world.articles.iter().zip(&meanings) {
            let mut article = Known::of_texts(&known.id, &known.title, &known.body);
            let mut all = Vec::new();
            for (number, (who, named)) in of_article.iter().enumerate() {
                let meant = changed(who, &shown, &changes);
                let name = match (named.partial, who.1.starts_with("surname")) {
                    (false, _) => Some(named.name.to_owned()),
                    (true, true) => Some(shown[who].clone()),
                    (true, false) => None,
                };
                if let Some(name) = name {
                    let of_kind = meant.as_ref().filter(|meant| meant.0 == named.kind);
                    names.insert((named.kind, name), of_kind.map(|meant| meant.1.clone()));
                }
                let Some((kind, who, made)) = meant else { continue };
                if let Some(made) = &made {
                    names.insert((kind, made.clone()), Some(who.clone()));
                }
                let own = || known.mentions.iter().filter(|it| it.entity == number);
                let mut forms: Vec<String> =
                    own().map(|it| text_of(known, it).to_owned()).collect();
                forms.push(named.name.to_owned());
                let ways = written.entry((kind, who.clone())).or_default();
                for form in forms.iter().filter(|_| !known.is_again(number)) {
                    ways.entry(form.clone()).or_default().insert(known.id.clone());
                }
                // As a name that the user gives, it is no part of one.
                forms.extend(made.map(|made| made.replace(['(', ')'], "")));
                article.mentions.extend(own().map(|mention| Mentioned {
                    in_title: mention.part == TextPart::Title,
                    place: place_of(known, mention),
                    kind,
                    who: who.clone(),
                    forms: forms.clone(),
                }));
                all.push((kind, who, forms));
            }
            articles.push(article);
            named_in.push(all);
        }
        let aliases = Arc::new(Aliases::read(&lines).unwrap());
        let operands = operands(names);
        Self {
            world: Arc::clone(world),
            lines,
            aliases,
            articles,
            operands,
            named: named_in,
            written,
        }
    }
}

fn text_of<'a>(known: &'a named::Known, mention: &named::Mentioned) -> &'a str {
    let text = if mention.part == TextPart::Title { &known.title } else { &known.body };
    mention.span.of(text)
}

/// The words that a mention has a part in.
fn place_of(known: &named::Known, mention: &named::Mentioned) -> Place {
    let text = if mention.part == TextPart::Title { &known.title } else { &known.body };
    let is_in =
        |span: &newsdex::text::Span| span.start < mention.span.end && mention.span.start < span.end;
    let words: Vec<_> = tokens(text).map(|token| token.span).collect();
    let first = words.iter().position(is_in).unwrap();
    (first, words.iter().rposition(is_in).unwrap())
}

fn operands(names: BTreeMap<(EntityKind, String), Option<String>>) -> Vec<Spot> {
    let mut operands = Vec::new();
    for kind in KINDS {
        let mut add = |name: Name, who: Option<String>| operands.push(Spot::Named(kind, name, who));
        for form in FORMS {
            if !names.contains_key(&(kind, form.to_owned())) {
                add(Name::Whole(form.to_owned()), None);
            }
        }
        WORDS.iter().for_each(|word| add(Name::Word((*word).to_owned()), None));
        PATTERNS.iter().for_each(|pattern| add(Name::Pattern((*pattern).to_owned()), None));
    }
    for ((kind, name), who) in names {
        // Quoted names are asked for as often as words and patterns.
        operands.extend(vec![Spot::Named(kind, Name::Whole(name), who); 2]);
    }
    operands
}

fn operand(view: &View, dice: &mut Dice) -> Spot {
    match dice.below(6) {
        0..=2 => view.operands[dice.below(view.operands.len())].clone(),
        3 => Spot::Mention(dice.pick(&["", "", "", "title", "body", "lead"]), dice.pick(&KINDS)),
        _ => Spot::Text("", questions::text(&view.articles, dice)),
    }
}

/// The articles that a query finds, by their numbers in the corpus, with where the index
/// has them.
fn found(view: &View, reader: &IndexReader, query: &Query) -> BTreeMap<usize, Ranked> {
    let mut asked = library::request(query.clone());
    asked.aliases = Arc::clone(&view.aliases);
    let ranked = Search::run(reader, &asked).unwrap().ranked;
    let paths = Search::paths(reader, &ranked).unwrap();
    let number = |path: &String| path.strip_suffix(".txt").unwrap().parse().unwrap();
    paths.iter().map(number).zip(ranked).collect()
}

fn views() -> Vec<View> {
    let mut views = Vec::new();
    for seed in 0..CORPORA {
        let world = Arc::new(named::world(seed));
        views.extend([false, true].map(|has_aliases| View::new(seed, &world, has_aliases)));
    }
    views
}

#[test]
fn entities_stand_where_slow_loops_find_them() {
    let views = views();
    let first = from_environment("NEWSDEX_ORACLE_SEED").unwrap_or(1);
    let cases = from_environment("NEWSDEX_ORACLE_CASES").unwrap_or(CASES);
    let (mut most, mut most_lines) = (0, 0);
    for seed in first..first + cases / 2 {
        let mut dice = Dice::new(seed);
        let view = &views[seed as usize % views.len()];
        let times = if dice.one_in(4) { 1 + dice.below(3) } else { 1 };
        let depth = dice.below(3);
        let spot = places::nested(depth, &mut dice, &|dice| operand(view, dice));
        // A name alone would find articles that nowhere mention it too.
        let text = format!("atleast{times}({spot})");
        let ask = Ask::Places(times, spot);
        let query = parsed(&text);
        let taken = (0..view.articles.len()).filter(|number| ask.takes(&view.articles[*number]));
        let expected: BTreeSet<usize> = taken.collect();
        most = most.max(expected.len());
        for (place, reader) in view.world.readers.iter().enumerate() {
            let told = || {
                format!(
                    "`{text}` (index {place}; NEWSDEX_ORACLE_SEED={seed} repeats it as the first \
                     case) under\n{}",
                    view.lines
                )
            };
            let found = found(view, reader, &query);
            let is_wrong = |(number, _): &(usize, &Known)| {
                found.contains_key(number) != expected.contains(number)
            };
            let wrong = view.articles.iter().enumerate().find(is_wrong);
            assert!(wrong.is_none(), "found or not: {wrong:#?} by {}", told());
            let search = Search::new(reader, &view.aliases, &query).unwrap();
            for (number, ranked) in &found {
                let known = &view.articles[*number];
                let lines = kwic::lines(&search.kwic(ranked).unwrap(), 4);
                let expected = kwic::expected(&ask, known, 4);
                assert_eq!(lines, expected, "{:#?} by {}", known.mentions, told());
                most_lines = most_lines.max(lines.len());
            }
        }
    }
    assert!(most > 20 && most_lines > 1, "{most} articles, {most_lines} lines");
}

#[test]
fn the_ways_to_write_a_name_are_counted_where_it_is_meant() {
    let mut most = 0;
    for view in views() {
        for (place, reader) in view.world.readers.iter().enumerate() {
            for operand in &view.operands {
                let Spot::Named(kind, Name::Whole(_), Some(who)) = operand else { continue };
                let asked = library::request(parsed(&operand.to_string()));
                let request = ExplainRequest {
                    query: asked.query,
                    today: asked.today,
                    aliases: Arc::clone(&view.aliases),
                    pattern_limit: asked.pattern_limit,
                };
                let meanings = explain(reader, &request).unwrap().meanings;
                let [Meaning::Written(forms)] = &meanings[..] else { panic!("{meanings:?}") };
                let found: BTreeMap<&str, u64> =
                    forms.iter().map(|(form, articles)| (form.as_str(), *articles)).collect();
                let expected: BTreeMap<&str, u64> = view.written[&(*kind, who.clone())]
                    .iter()
                    .map(|(form, articles)| (form.as_str(), articles.len() as u64))
                    .collect();
                assert_eq!(found, expected, "{operand} (index {place}) under\n{}", view.lines);
                most = most.max(expected.len());
            }
        }
    }
    assert!(most > 3, "nobody is written in several ways");
}

#[test]
fn a_name_finds_the_articles_that_say_it() {
    let mut more_than_mentioned = 0;
    for view in &views() {
        for (place, reader) in view.world.readers.iter().enumerate() {
            let found = |query: &str| -> BTreeSet<usize> {
                found(view, reader, &parsed(query)).into_keys().collect()
            };
            for operand in &view.operands {
                let Spot::Named(kind, name, meant) = operand else { continue };
                let is_said = |(of, who, forms): &(EntityKind, String, Vec<String>)| {
                    of == kind
                        && match meant {
                            Some(meant) => who == meant,
                            None => forms.iter().any(|form| name.is_name(form)),
                        }
                };
                let saying = view.named.iter().enumerate();
                let saying = saying.filter(|(_, named)| named.iter().any(is_said));
                let expected: BTreeSet<usize> = saying.map(|(number, _)| number).collect();
                let (named, mentioned) =
                    (found(&operand.to_string()), found(&format!("atleast1({operand})")));
                assert_eq!(named, expected, "{operand} (index {place}) under\n{}", view.lines);
                assert!(mentioned.is_subset(&named), "{operand} (index {place})");
                more_than_mentioned += usize::from(mentioned.len() < named.len());
            }
        }
    }
    assert!(more_than_mentioned > 0, "everybody is mentioned everywhere");
}
