//! What is explained of queries against running their parts.

use newsdex::index::IndexReader;
use newsdex::query::{Node, Scope};
use newsdex::search::{
    Aliases, ExplainRequest, ExplainedPart, FormKind, Limit, Meaning, Order, PartInArticle, Ranked,
    Search, SearchRequest, SortKey, explain, explain_article,
};
use newsdex::text::{Case, tokens};

use super::kwic::placed;
use super::meaning::Ask;
use super::{parsed, questions, world};
use crate::dice::Dice;
use crate::library;

fn total(reader: &IndexReader, text: &str) -> u64 {
    let mut request = library::request(parsed(text));
    request.limit = Limit::First(0);
    Search::run(reader, &request).unwrap().total
}

fn explained(text: &str) -> ExplainRequest {
    let request = library::request(parsed(text));
    ExplainRequest {
        query: request.query,
        today: request.today,
        aliases: request.aliases,
        pattern_limit: request.pattern_limit,
    }
}

fn asked(world: &super::World, dice: &mut Dice) -> Ask {
    match dice.below(3) {
        0 => placed(&world.articles, dice),
        _ => questions::any(2, &world.articles, dice),
    }
}

/// The word as a query that finds it in the same part of the text, in that form.
fn very_word(part: &str, kind: FormKind, word: &str) -> String {
    let Node::Text { scope, .. } = parsed(part).root.node else { panic!("no words: {part}") };
    let scope = match scope {
        Scope::Anywhere => "",
        Scope::Title => "title:",
        Scope::Lead => "lead:",
        Scope::Body => "body:",
    };
    let shouted = word.to_uppercase();
    match kind {
        FormKind::Acronym => {
            let is_acronym = tokens(&shouted).all(|token| token.case == Case::Capitals);
            assert!(is_acronym, "{shouted} is no acronym");
            format!("{scope}{shouted}")
        }
        _ => format!("{scope}\"{word}\""),
    }
}

/// Checks the counts of a part and of all that it is made of; gives the number of
/// words, names and days that were checked.
fn check(reader: &IndexReader, part: &ExplainedPart, told: &dyn Fn() -> String) -> usize {
    let query = &part.query;
    assert_eq!(part.articles, total(reader, query), "{query} of {}", told());
    let mut checked = 0;
    for meaning in &part.meanings {
        let count = |text: &str| total(reader, &format!("({query}) ({text})"));
        match meaning {
            Meaning::Words { form, words } => {
                let queries: Vec<String> =
                    words.iter().map(|(word, _)| very_word(query, *form, word)).collect();
                for ((_, articles), very) in words.iter().zip(&queries) {
                    assert!(*articles > 0, "{very} of {}", told());
                    assert_eq!(*articles, count(very), "{very} in {query} of {}", told());
                }
                // No word is left out.
                let of_any = if words.is_empty() { 0 } else { count(&queries.join(" OR ")) };
                assert_eq!(of_any, part.articles, "{queries:?} in {query} of {}", told());
                let order = |one: &(String, u64), other: &(String, u64)| {
                    (other.1, &one.0) < (one.1, &other.0)
                };
                assert!(words.is_sorted_by(order), "{words:?} of {}", told());
                checked += words.len();
            }
            Meaning::Names(names) => {
                let (field, _) = query.split_once(':').unwrap();
                for (name, articles) in names {
                    let name = name.replace('\\', r"\\").replace('"', "\\\"");
                    let drill = format!("{field}:\"{name}\"");
                    assert_eq!(*articles, count(&drill), "{drill} in {query} of {}", told());
                }
                checked += names.len();
            }
            Meaning::Written(forms) => {
                let most = forms.iter().map(|(_, articles)| *articles).max().unwrap_or(0);
                assert!(most <= part.articles, "{forms:?} of {}", told());
                checked += forms.len();
            }
            Meaning::Days(first, last) => {
                let [first, last] =
                    [first, last].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
                assert_eq!(part.articles, count(&format!("date:{first}..{last}")), "{}", told());
                checked += 1;
            }
        }
    }
    checked + part.parts.iter().map(|part| check(reader, part, told)).sum::<usize>()
}

#[test]
fn parts_find_what_they_are_said_to() {
    let world = world();
    let mut checked = 0;
    for case in 0..world.cases / 8 {
        let text = asked(world, &mut world.dice(case)).to_string();
        for (place, reader) in world.readers.iter().enumerate() {
            let told = || world.told(case, place, &text);
            let root = explain(reader, &explained(&text)).unwrap();
            assert_eq!(root.query, parsed(&text).to_string());
            checked += check(reader, &root, &told);
        }
    }
    assert!(checked > 0, "no part became anything");
}

/// Checks whether parts are said to match where they do; gives the sum of all scores.
fn check_in_article(
    part: &PartInArticle,
    takes: &dyn Fn(&str) -> bool,
    told: &dyn Fn() -> String,
) -> f32 {
    assert_eq!(part.matches, takes(&part.query), "{} of {}", part.query, told());
    assert!(part.matches || part.scores.is_empty(), "{} of {}", part.query, told());
    let own: f32 = part.scores.iter().map(|score| score.score).sum();
    own + part.parts.iter().map(|part| check_in_article(part, takes, told)).sum::<f32>()
}

fn ranked(reader: &IndexReader, text: &str, key: SortKey) -> Vec<Ranked> {
    let order = Order { key, ascending: false };
    let request = SearchRequest { order, ..library::request(parsed(text)) };
    Search::run(reader, &request).unwrap().ranked
}

/// The hits of a query and the others that are looked at.
const LOOKED_AT: usize = 2;

#[test]
fn scores_are_the_sum_of_their_parts() {
    let world = world();
    let mut scored = 0;
    for case in 0..world.cases / 8 {
        let mut dice = world.dice(case);
        let text = asked(world, &mut dice).to_string();
        let request = explained(&text);
        let place = dice.below(world.readers.len());
        let reader = &world.readers[place];
        let told = || world.told(case, place, &text);
        let everything = parsed("");
        let search = Search::new(reader, &Aliases::default(), &everything).unwrap();
        let id = |ranked: &Ranked| search.article(ranked).unwrap().id.to_string();
        let hits = ranked(reader, &text, SortKey::Score);
        let matching = ranked(reader, &text, SortKey::Date);
        let others: Vec<Ranked> = ranked(reader, "", SortKey::Date)
            .into_iter()
            .filter(|other| !matching.contains(other))
            .collect();
        for _ in 0..LOOKED_AT {
            if !hits.is_empty() {
                let hit = hits[dice.below(hits.len())];
                let takes = |part: &str| total(reader, &format!("({part}) id:{}", id(&hit))) == 1;
                let explained = explain_article(reader, &request, &hit).unwrap();
                assert!(explained.root.matches, "{}", told());
                let sum = check_in_article(&explained.root, &takes, &told);
                let score = hit.score.unwrap();
                assert_eq!(explained.score, Some(score), "{}", told());
                let is_near = (sum - score).abs() <= 1e-3 * score;
                assert!(is_near, "{sum} is not {score}: {}\n{explained:#?}", told());
                scored += usize::from(score > 0.0);
            }
            if !others.is_empty() {
                let other = others[dice.below(others.len())];
                let takes = |part: &str| total(reader, &format!("({part}) id:{}", id(&other))) == 1;
                let explained = explain_article(reader, &request, &other).unwrap();
                assert_eq!((explained.score, explained.root.matches), (None, false), "{}", told());
                check_in_article(&explained.root, &takes, &told);
            }
        }
    }
    assert!(scored > 0, "no article has a score");
}
