//! Keywords in context against places found one by one.

use newsdex::annotate::TextPart;
use newsdex::search::{Aliases, Kwic, KwicLine, Search};
use newsdex::text::tokens;

use super::corpus::Known;
use super::meaning::Ask;
use super::places::{self, Place, Spot};
use super::{parsed, questions, world};
use crate::dice::Dice;
use crate::library;

/// A query with places, narrowed now and then by what has none.
pub(super) fn placed(articles: &[Known], dice: &mut Dice) -> Ask {
    let leaf = |dice: &mut Dice| match dice.below(3) {
        0 => Ask::Places(1 + dice.below(3), places::any(2, articles, dice)),
        _ => Ask::Text(
            dice.pick(&["", "", "", "title", "lead", "body"]),
            questions::text(articles, dice),
        ),
    };
    let several = |dice: &mut Dice| (0..2).map(|_| leaf(dice)).collect();
    let found = match dice.below(4) {
        0 => Ask::And(several(dice)),
        1 => Ask::Or(several(dice)),
        _ => leaf(dice),
    };
    let narrower = match dice.below(6) {
        0 => questions::days(dice),
        1 => Ask::Not(Box::new(leaf(dice))),
        2 => Ask::Has("outlet"),
        _ => return found,
    };
    match found {
        Ask::And(mut parts) => {
            parts.push(narrower);
            Ask::And(parts)
        }
        found => Ask::And(vec![found, narrower]),
    }
}

/// Where a query stands in the title or else the body: all places of all its parts.
pub(super) fn standing(ask: &Ask, article: &Known, in_title: bool) -> Vec<Place> {
    let mut found = match ask {
        Ask::And(parts) | Ask::Or(parts) => {
            parts.iter().flat_map(|part| standing(part, article, in_title)).collect()
        }
        Ask::Text(scope, text) => Spot::Text(scope, text.clone()).places(article, in_title),
        Ask::Places(_, spot) => spot.places(article, in_title),
        _ => Vec::new(),
    };
    found.sort_unstable();
    found.dedup();
    found
}

/// White space as single spaces, none at the ends.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) type Line = (bool, usize, String, String, String);

/// The lines of an article, without white space at their ends.
pub(super) fn lines(kwic: &Kwic, context: usize) -> Vec<Line> {
    let line = |line: KwicLine| {
        for mark in &line.marks {
            assert!(!mark.is_empty() && mark.end <= line.place.len());
        }
        assert!(line.marks.is_sorted() && !line.marks.is_empty());
        let is_title = line.part == TextPart::Title;
        let (left, right) = (line.left.trim(), line.right.trim());
        (is_title, line.word, left.to_owned(), line.place, right.to_owned())
    };
    kwic.lines(context).map(line).collect()
}

/// The lines that an article should have: for each place what stands before it, in it and
/// behind it.
pub(super) fn expected(ask: &Ask, article: &Known, context: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (in_title, text) in [(true, &article.title), (false, &article.body)] {
        let words: Vec<_> = tokens(text).collect();
        for (first, last) in standing(ask, article, in_title) {
            let (start, end) = (words[first].span.start, words[last].span.end);
            let mut from = words[first - context.min(first)].span.start;
            if context >= first && context > 0 {
                from = 0;
            }
            let to = if last + context < words.len() - 1 || context == 0 {
                words[last + context].span.end
            } else {
                text.len()
            };
            let piece = |from: usize, to: usize| on_one_line(&text[from..to]);
            lines.push((in_title, first, piece(from, start), piece(start, end), piece(end, to)));
        }
    }
    lines
}

#[test]
fn lines_are_the_places_that_slow_loops_find() {
    let world = world();
    let mut most = 0;
    for case in 0..world.cases {
        let mut dice = world.dice(case);
        let ask = placed(&world.articles, &mut dice);
        let query = parsed(&ask.to_string());
        let context = dice.below(9);
        let place = dice.below(world.readers.len());
        let reader = &world.readers[place];
        let search = Search::new(reader, &Aliases::default(), &query).unwrap();
        let matches = Search::run(reader, &library::request(query.clone())).unwrap();
        for ranked in &matches.ranked {
            let kwic = search.kwic(ranked).unwrap();
            let id = kwic.article.id.to_string();
            let known = world.articles.iter().find(|known| known.id == id).unwrap();
            let lines = lines(&kwic, context);
            let told = || format!("{} in {known:?}", world.told(case, place, &ask.to_string()));
            assert_eq!(lines, expected(&ask, known, context), "{}", told());
            most = most.max(lines.len());
        }
    }
    assert!(most > 3, "no article has several lines");
}
