//! A list of queries for `batch`, made of the words of the corpus.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use newsdex::text::tokens;
use rustc_hash::FxHashMap;

use crate::Outcome;
use crate::corpus::{Text, for_each_file};

/// Words that the queries are made of: those of a large coding scheme, each in four
/// queries.
const WORDS: usize = 500;
/// How far the two words of a query are from each other in the order of frequency,
/// for each round of queries: far enough that pairs differ.
const APART: [usize; 2] = [61, 181];
/// Letters of a word at least; shorter ones are mostly such as *the* and *of*.
const LETTERS: usize = 4;

/// A thousand queries of two frequent words, each a line; the same for the same
/// corpus.
pub(crate) fn of_two_words(folder: &Path) -> Outcome<String> {
    let mut articles: FxHashMap<String, u32> = FxHashMap::default();
    for_each_file(folder, |bytes| {
        let text: Text<'_> = serde_json::from_slice(bytes)?;
        let content = &text.content;
        let words = tokens(content).map(|token| token.folded(content));
        let is_word = |word: &String| {
            word.len() >= LETTERS && word.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        for word in words.filter(is_word).collect::<BTreeSet<_>>() {
            *articles.entry(word).or_default() += 1;
        }
        Ok(())
    })?;
    let mut words: Vec<(Reverse<u32>, String)> =
        articles.into_iter().map(|(word, articles)| (Reverse(articles), word)).collect();
    words.sort_unstable();
    words.truncate(WORDS);
    let mut list = String::new();
    for apart in APART {
        for (place, (_, word)) in words.iter().enumerate() {
            let (_, other) = &words[(place + apart) % words.len()];
            writeln!(list, "{word}-{other}\t{word} {other}")?;
        }
    }
    Ok(list)
}
