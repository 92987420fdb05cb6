//! Words near a query against counting word by word.

use std::collections::BTreeMap;

use newsdex::search::{CollocateRequest, Collocates, Limit, Measure, collocates};
use newsdex::text::tokens;

use super::corpus::{Known, Seen};
use super::kwic::{placed, standing};
use super::meaning::Ask;
use super::{parsed, world};
use crate::library;

/// What there should be of a word: how it is written how often near places.
#[derive(Default)]
struct Expected {
    near: BTreeMap<String, BTreeMap<String, u64>>,
    places: u64,
    words_near: u64,
    articles: u64,
}

fn texts(article: &Known) -> [(bool, &str, &[Seen]); 2] {
    [(true, &article.title, &article.title_words), (false, &article.body, &article.body_words)]
}

fn count(ask: &Ask, article: &Known, window: usize, expected: &mut Expected) {
    expected.articles += 1;
    for (in_title, text, words) in texts(article) {
        let places = standing(ask, article, in_title);
        expected.places += places.len() as u64;
        for (number, (word, token)) in words.iter().zip(tokens(text)).enumerate() {
            let is_near = places.iter().any(|(first, last)| {
                number < *first && first - number <= window
                    || number > *last && number - last <= window
            });
            if is_near {
                let written = expected.near.entry(word.folded.clone()).or_default();
                *written.entry(token.span.of(text).to_owned()).or_default() += 1;
                expected.words_near += 1;
            }
        }
    }
}

/// The score by the formulas of the guide.
fn score(measure: Measure, near: u64, all: u64, of: &Collocates) -> Option<f64> {
    let [near, all, places, words_near, words] =
        [near, all, of.places, of.near, of.all].map(|count| count as f64);
    match measure {
        Measure::Pmi => Some(((near / words_near) / (all / words)).log2()),
        Measure::LogDice => Some(14.0 + (2.0 * near / (places + all)).log2()),
        Measure::LogLikelihood => {
            let table = [
                (near, all * words_near / words),
                (all - near, all * (words - words_near) / words),
                (words_near - near, (words - all) * words_near / words),
                (words - words_near - all + near, (words - all) * (words - words_near) / words),
            ];
            let parts = table.iter().filter(|(seen, _)| *seen > 0.0);
            let sum: f64 = parts.map(|(seen, expected)| seen * (seen / expected).ln()).sum();
            (near * (words - words_near) > (all - near) * words_near).then_some(2.0 * sum)
        }
    }
}

#[test]
fn words_near_a_query_are_what_counting_word_by_word_gives() {
    let world = world();
    let mut everywhere: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, _, words) in world.articles.iter().flat_map(texts) {
        words.iter().for_each(|word| *everywhere.entry(&word.folded).or_default() += 1);
    }
    let mut most = 0;
    for case in 0..world.cases / 10 {
        let mut dice = world.dice(case);
        let ask = placed(&world.articles, &mut dice);
        let text = ask.to_string();
        let request = CollocateRequest {
            query: parsed(&text),
            today: library::TODAY,
            aliases: Default::default(),
            pattern_limit: 10_000,
            window: 1 + dice.below(8),
            least: 1 + dice.below(4) as u64,
            measure: dice.pick(&Measure::ALL),
            limit: if dice.one_in(3) { Limit::First(dice.below(9)) } else { Limit::All },
            threads: 1 + dice.below(4),
        };
        let mut expected = Expected::default();
        for article in world.articles.iter().filter(|article| ask.takes(article)) {
            count(&ask, article, request.window, &mut expected);
        }
        for (place, reader) in world.readers.iter().enumerate() {
            let told = || world.told(case, place, &format!("{request:?}"));
            let found = collocates(reader, &request).unwrap();
            let totals = (found.articles, found.places, found.near);
            let counted = (expected.articles, expected.places, expected.words_near);
            assert_eq!(totals, counted, "{}", told());
            assert_eq!(found.all, everywhere.values().sum::<u64>());
            let mut words: Vec<(String, u64, u64, f64)> = Vec::new();
            for (folded, written) in &expected.near {
                let near: u64 = written.values().sum();
                let commonest = written.values().max().unwrap();
                let (word, _) = written.iter().find(|(_, times)| *times == commonest).unwrap();
                let all = everywhere[folded.as_str()];
                if let Some(score) = score(request.measure, near, all, &found)
                    && near >= request.least
                {
                    words.push((word.clone(), near, all, score));
                }
            }
            assert_eq!(found.distinct, words.len() as u64, "{}", told());
            let shown = match request.limit {
                Limit::First(limit) => words.len().min(limit),
                Limit::All => words.len(),
            };
            assert_eq!(found.words.len(), shown, "{}", told());
            for row in &found.words {
                let (_, near, all, score) =
                    words.iter().find(|(word, ..)| *word == row.word).unwrap();
                assert_eq!((row.near, row.all), (*near, *all), "{}: {row:?}", told());
                assert!((row.score - score).abs() < 1e-6, "{}: {row:?} {score}", told());
            }
            assert!(
                found.words.is_sorted_by(|one, other| {
                    let by_score = other.score.total_cmp(&one.score);
                    let order = by_score.then(other.near.cmp(&one.near));
                    order.then_with(|| one.word.cmp(&other.word)).is_lt()
                }),
                "{}",
                told()
            );
            // None that is left out is better than those shown.
            let last = found.words.last().map_or(f64::INFINITY, |row| row.score);
            let better = words.iter().filter(|(.., score)| *score > last + 1e-6).count();
            assert!(better < shown.max(1), "{}", told());
            most = most.max(shown);
        }
    }
    assert!(most > 5, "no query has words near it");
}
