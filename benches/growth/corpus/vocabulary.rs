//! The words: those of the sample corpus, and more that are made of them by rule.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use super::random::{Random, Zipf};
use crate::Outcome;

/// How many different words there are. A corpus of a million news articles has about as
/// many that are not names or numbers.
const WORDS: usize = 400_000;

/// The exponent of Zipf's law; 1 is the classical value for words.
const EXPONENT: f64 = 1.0;

/// Words of at least so many letters are taken apart to make new ones.
const LONG: usize = 5;

/// A list of words, from the most frequent to the rarest.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: Vec<String>,
    ranks: Zipf,
}

impl Vocabulary {
    /// The vocabulary of the texts below `samples`, extended.
    pub(super) fn read(samples: &Path, seed: u64) -> Outcome<Self> {
        let mut words = sample_words(samples)?;
        let long: Vec<String> = words.iter().filter(|word| word.len() >= LONG).cloned().collect();
        if long.is_empty() {
            return Err(format!("no words below `{}`", samples.display()).into());
        }
        let mut random = Random::new(seed, 1);
        while words.len() < WORDS {
            words.push(joined(&mut random, &long));
        }
        Ok(Self { words, ranks: Zipf::new(WORDS, EXPONENT) })
    }

    /// A word, as often as its rank says.
    pub(super) fn draw(&self, random: &mut Random) -> &str {
        &self.words[self.ranks.draw(random)]
    }

    /// A long word that the samples have, whatever its rank.
    pub(super) fn stem(&self, random: &mut Random) -> &str {
        loop {
            // The samples have some 5,000 words.
            let word = &self.words[random.below(5_000)];
            if word.len() >= LONG {
                return word;
            }
        }
    }
}

/// The beginning of one word and the end of another.
fn joined(random: &mut Random, long: &[String]) -> String {
    let first = &long[random.below(long.len())];
    let last = &long[random.below(long.len())];
    let start = 2 + random.below(first.len() - 2);
    let end = 2 + random.below(last.len() - 2);
    format!("{}{}", &first[..start], &last[last.len() - end..])
}

/// The words of plain letters in all files below a folder, the most frequent first.
fn sample_words(folder: &Path) -> Outcome<Vec<String>> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for entry in WalkDir::new(folder) {
        let entry = entry?;
        let is_text =
            entry.path().extension().is_some_and(|ending| ending == "txt" || ending == "md");
        if entry.file_type().is_file() && is_text {
            let text = fs::read_to_string(entry.path()).unwrap_or_default();
            for word in text.split(|letter: char| !letter.is_alphanumeric()) {
                // Words with capitals are mostly names, of which there are others.
                if !word.is_empty() && word.bytes().all(|letter| letter.is_ascii_lowercase()) {
                    *counts.entry(word.to_owned()).or_default() += 1;
                }
            }
        }
    }
    let mut counted: Vec<(String, u32)> = counts.into_iter().collect();
    counted.sort_unstable_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    Ok(counted.into_iter().map(|(word, _)| word).collect())
}
