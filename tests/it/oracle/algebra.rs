//! Laws that hold between queries whatever the articles are: which of two finds no
//! more than the other, and which two find the same. Nothing else says what is right.

use std::collections::BTreeMap;

use newsdex::index::IndexReader;
use newsdex::search::{Ranked, Search};
use newsdex::text::tokens;

use super::corpus::{Known, VOCABULARY};
use super::places::{self, Spot};
use super::{parsed, questions, world};
use crate::dice::Dice;
use crate::library;

/// How the articles of two queries stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// All of the first are among those of the second.
    Within,
    /// They are the same.
    Same,
}

struct Law {
    name: &'static str,
    one: String,
    sign: Sign,
    other: String,
}

fn within(name: &'static str, one: &str, other: &str) -> Law {
    Law { name, one: one.to_owned(), sign: Sign::Within, other: other.to_owned() }
}

fn same(name: &'static str, one: &str, other: &str) -> Law {
    Law { name, one: one.to_owned(), sign: Sign::Same, other: other.to_owned() }
}

/// The laws of sets, of any queries.
fn of_sets([q, r, s]: &[String; 3]) -> Vec<Law> {
    let all = |text: &str| format!("({q}) {text}");
    vec![
        within("AND is in its first", &format!("({q}) AND ({r})"), q),
        within("AND is in its last", &all(&format!("({r})")), r),
        within("OR has its first", q, &all(&format!("OR ({r})"))),
        same("AND in any order", &all(&format!("({r})")), &format!("({r}) ({q})")),
        same("OR in any order", &all(&format!("OR ({r})")), &format!("({r}) OR ({q})")),
        same("refused twice", &format!("NOT NOT ({q})"), q),
        same("refused twice in groups", &format!("-(-({q}))"), q),
        same("De Morgan of AND", &format!("-(({q}) ({r}))"), &format!("-({q}) OR -({r})")),
        same("De Morgan of OR", &format!("-(({q}) OR ({r}))"), &format!("-({q}) -({r})")),
        same("nothing is refused and not", &all(&format!("-({q})")), "NOT *"),
        same("all is refused or not", &all(&format!("OR NOT ({q})")), "*"),
        same(
            "AND over OR",
            &all(&format!("(({r}) OR ({s}))")),
            &format!("(({q}) ({r})) OR (({q}) ({s}))"),
        ),
        same(
            "OR over AND",
            &all(&format!("OR (({r}) ({s}))")),
            &format!("(({q}) OR ({r})) (({q}) OR ({s}))"),
        ),
        same("AND takes in", &all(&format!("(({q}) OR ({r}))")), q),
        same("OR takes in", &all(&format!("OR (({q}) ({r}))")), q),
        same("less what is in both", &all(&format!("-({r})")), &all(&format!("-(({q}) ({r}))"))),
    ]
}

/// The laws of proximity, of any operands; `near` is at most `wide`.
fn of_proximity([a, b, c]: &[String; 3], near: usize, wide: usize) -> Vec<Law> {
    let by = |relation: &str| format!("({a}) {relation} ({b})");
    let turned = |relation: &str| format!("({b}) {relation} ({a})");
    let [near_n, near_m] = [near, wide].map(|words| format!("near/{words}"));
    let [pre_n, pre_m] = [near, wide].map(|words| format!("pre/{words}"));
    let mut laws = vec![
        within("a wider near has more", &by(&near_n), &by(&near_m)),
        within("a wider pre has more", &by(&pre_n), &by(&pre_m)),
        within("pre is near", &by(&pre_n), &by(&near_n)),
        within("pre is near either way", &turned(&pre_n), &by(&near_n)),
        within("near has both", &by(&near_m), &format!("({a}) ({b})")),
        within("near has a place of the first", &by(&near_m), &format!("atleast1({a})")),
        within("a sentence has both", &by("w/s"), &format!("({a}) ({b})")),
        within("a sentence is in a paragraph", &by("w/s"), &by("w/p")),
        within("a paragraph is in a text", &by("w/p"), &by("near/1000000")),
        same("near either way", &by(&near_m), &turned(&near_m)),
        same("a sentence either way", &by("w/s"), &turned("w/s")),
        same("a paragraph either way", &by("w/p"), &turned("w/p")),
        within(
            "a wider NOT near has less",
            &by(&format!("NOT {near_m}")),
            &by(&format!("NOT {near_n}")),
        ),
        within(
            "NOT pre has more than NOT near",
            &by(&format!("NOT {near_n}")),
            &by(&format!("NOT {pre_n}")),
        ),
        within("not in a paragraph is not in a sentence", &by("NOT w/p"), &by("NOT w/s")),
    ];
    for relation in [&*near_m, &*pre_m, "w/s", "w/p"] {
        let (apart, together) = (by(&format!("NOT {relation}")), by(relation));
        laws.extend([
            within("NOT near has the first", &apart, a),
            within("the first without the second", &format!("({a}) -({b})"), &apart),
            same("near or not near", &format!("({apart}) OR ({together})"), a),
            within("the first alone is not near", &format!("({a}) -({together})"), &apart),
            same(
                "near to either",
                &format!("(({a}) OR ({b})) {relation} ({c})"),
                &format!("(({a}) {relation} ({c})) OR (({b}) {relation} ({c}))"),
            ),
            same(
                "either is near",
                &format!("({a}) {relation} (({b}) OR ({c}))"),
                &format!("(({a}) {relation} ({b})) OR (({a}) {relation} ({c}))"),
            ),
            within(
                "near neither is not near the one",
                &format!("({a}) NOT {relation} (({b}) OR ({c}))"),
                &apart,
            ),
        ]);
    }
    laws
}

/// The laws of counts and of parts of the text, of operands that stand in any part.
fn of_parts([a, b, _]: &[String; 3], few: usize, more: usize) -> Vec<Law> {
    let in_part = |part: &str| format!("{part}:({a})");
    let least = |times: usize| format!("atleast{times}({a})");
    let first = |words: usize| format!("first/{words}({a})");
    let related = format!("({a}) near/{more} ({b})");
    vec![
        same("once is at least once", &least(1), a),
        within("twice is once", &least(2), a),
        within("oftener is also seldomer", &least(few + 1), &least(few)),
        within("either is as often", &least(few), &format!("atleast{few}(({a}) OR ({b}))")),
        within("first words are first words", &first(few), &first(more)),
        within("first words are of the body", &first(more), &in_part("body")),
        same("all words are first words", &first(1_000_000), &in_part("body")),
        same("first of the first", &format!("first/{more}({})", first(few)), &first(few)),
        same("no first words in a title", &format!("title:({})", first(more)), "NOT *"),
        within("the first of both", &format!("first/{few}({related})"), &first(few)),
        within("a title is a text", &in_part("title"), a),
        within("a body is a text", &in_part("body"), a),
        same("all is title or body", &format!("title:({a}) OR body:({a})"), a),
        same("near is in one text", &related, &format!("title:({related}) OR body:({related})")),
        within("near in a title", &format!("title:({related})"), &in_part("title")),
    ]
}

/// The laws of the lead, which narrows the words that an operand is made of: so of
/// plain texts alone.
fn of_leads([a, b]: &[String; 2], words: usize) -> Vec<Law> {
    let related = format!("({a}) near/{words} ({b})");
    vec![
        within("a lead is in a body", &format!("lead:({a})"), &format!("body:({a})")),
        within("near in a lead", &format!("lead:({related})"), &format!("body:({related})")),
        within("near in a lead has both", &format!("lead:({related})"), &format!("lead:({b})")),
        within("a lead is sixty words", &format!("lead:({a})"), &format!("first/60({a})")),
    ]
}

/// The laws of two different plain words.
fn of_words([x, y]: &[&str; 2], words: usize) -> Vec<Law> {
    let by = |relation: &str| format!("\"{x}\" {relation} \"{y}\"");
    let turned = |relation: &str| format!("\"{y}\" {relation} \"{x}\"");
    let (near, pre) = (format!("near/{words}"), format!("pre/{words}"));
    let anywhere = "near/1000000";
    let mut laws = vec![
        within("side by side is behind", &format!("\"{x} {y}\""), &by(&pre)),
        same("side by side is one behind", &format!("\"{x} {y}\""), &by("pre/1")),
        same("a compound is side by side", &format!("{x}-{y}"), &format!("{x} pre/1 {y}")),
        same("near is before or behind", &by(&near), &format!("{} OR {}", by(&pre), turned(&pre))),
        same("a loose phrase is near", &format!("\"{x} {y}\"~{words}"), &by(&near)),
        same(
            "near anywhere is both",
            &format!("title:({})", by(anywhere)),
            &format!("title:\"{x}\" title:\"{y}\""),
        ),
        same(
            "twice is one near another",
            &format!("atleast2(\"{x}\")"),
            &format!("\"{x}\" {anywhere} \"{x}\" OR title:\"{x}\" body:\"{x}\""),
        ),
        within("a word is an inflection", &format!("\"{x}\""), x),
    ];
    if x.len() > 3 && x.bytes().all(|letter| letter.is_ascii_lowercase()) {
        let start = &x[..3];
        laws.extend([
            within("a word is of its pattern", &format!("\"{x}\""), &format!("{start}*")),
            same("a pattern is a regex", &format!("{start}*"), &format!("/{start}.*/")),
            within("a word is near itself", &format!("\"{x}\""), &format!("{x}~1")),
            within("one letter is of two", &format!("{x}~1"), &format!("{x}~2")),
            same("a word is a regex", &format!("\"{x}\""), &format!("/{x}/")),
        ]);
    }
    laws
}

/// All laws of operands that are drawn.
fn drawn(articles: &[Known], dice: &mut Dice) -> Vec<Law> {
    let queries = [2, 1, 1].map(|depth| questions::any(depth, articles, dice).to_string());
    let operands = [1, 2, 1].map(|depth| places::any(depth, articles, dice).to_string());
    let unscoped = |dice: &mut Dice| Spot::Text("", questions::text(articles, dice));
    let anywhere = [1, 1, 1].map(|depth| places::nested(depth, dice, &unscoped).to_string());
    let plain = [(); 2].map(|()| questions::text(articles, dice).to_string());
    // *café* is the same word as *cafe*.
    let is_word = |word: &&&str| {
        word.to_lowercase() == **word && tokens(word).count() == 1 && **word != "café"
    };
    let words: Vec<&str> = VOCABULARY.iter().filter(is_word).copied().collect();
    let x = dice.below(words.len());
    let y = (x + 1 + dice.below(words.len() - 1)) % words.len();
    let few = 1 + dice.below(4);
    let more = few + dice.below(20);
    let mut laws = of_sets(&queries);
    laws.extend(of_proximity(&operands, few, more));
    laws.extend(of_parts(&anywhere, few, more));
    laws.extend(of_leads(&plain, more));
    laws.extend(of_words(&[words[x], words[y]], more));
    laws
}

/// All articles that a query finds, in one order for all queries.
fn found(reader: &IndexReader, text: &str) -> Vec<Ranked> {
    Search::run(reader, &library::request(parsed(text))).unwrap().ranked
}

fn is_within(some: &[Ranked], all: &[Ranked]) -> bool {
    let mut all = all.iter();
    some.iter().all(|ranked| all.any(|other| other == ranked))
}

/// Laws tried for the operands of one case: drawing them costs as much as a few.
const LAWS_PER_CASE: usize = 2;

#[test]
fn laws_of_sets_hold_for_all_queries() {
    let world = world();
    // For each law, how often its smaller side found any article.
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    for case in 0..world.cases {
        let mut dice = world.dice(case);
        let mut laws = drawn(&world.articles, &mut dice);
        for _ in 0..LAWS_PER_CASE {
            let Law { name, one, sign, other } = laws.swap_remove(dice.below(laws.len()));
            for (place, reader) in world.readers.iter().enumerate() {
                let (of_one, of_other) = (found(reader, &one), found(reader, &other));
                let holds = match sign {
                    Sign::Within => is_within(&of_one, &of_other),
                    Sign::Same => of_one == of_other,
                };
                assert!(
                    holds,
                    "{name}: {} articles, {sign:?} {} of `{other}`: {}",
                    of_one.len(),
                    of_other.len(),
                    world.told(case, place, &one)
                );
                let has_any = tried.entry(name).or_default();
                *has_any += usize::from(!of_one.is_empty() || other == "NOT *");
            }
        }
    }
    if world.cases >= super::CASES {
        let idle: Vec<_> = tried.iter().filter(|(_, found)| **found == 0).collect();
        assert!(idle.is_empty(), "laws of nothing: {idle:?}");
    }
}
