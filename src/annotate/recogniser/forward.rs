//! The network of a model, from an article as seen to the scores of labels.
//!
//! Whole numbers all the way, so the result is the same on every machine and
//! with every width of its vector unit.

use super::decode::Scores;
use super::dims::{FIRST, Rows, SECOND, VECTOR, WINDOW};
use super::model::{HiddenLayer, Model};
use super::sight::{SeenWord, Sight};
use super::units::{Pair, PairLists, Part, dot, units};
use super::word::Letters;
use crate::annotate::TokenisedText;
use crate::text::Case;

/// Memory of a pass, kept from article to article.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    /// Which words are candidates, by number.
    pub(super) candidates: Vec<u32>,
    /// Scores of each candidate's labels.
    pub(super) scores: Vec<Scores>,
    lists: PairLists,
    /// For each word the list of its vector.
    vectors: Vec<u32>,
    /// For each word the list of its units in the first layer.
    first: Vec<u32>,
    /// For each group the most that the units of its words are.
    most: Vec<[i16; FIRST]>,
    /// For each group the list of that.
    most_lists: Vec<u32>,
}

/// The list of nothing, for words that are no candidates and those beyond the
/// text.
const NOTHING: u32 = 0;

impl Pass {
    /// Scores the candidates of an article.
    pub(super) fn run(&mut self, model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) {
        self.lists.clear();
        self.find_vectors(model, sight, texts);
        self.first_layer(model, sight);
        self.second_layer(model, sight);
    }

    /// The vectors of the candidates and the words near them.
    fn find_vectors(&mut self, model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) {
        let words = &sight.words;
        self.candidates.clear();
        refill(&mut self.vectors, words.len());
        let mut done = 0;
        for (at, word) in words.iter().enumerate() {
            if !word.is_candidate {
                continue;
            }
            self.candidates.push(at as u32);
            let past = (at + WINDOW + 1).min(words.len());
            let start = done.max(at.saturating_sub(WINDOW)).min(past);
            for (seen, list) in words[start..past].iter().zip(&mut self.vectors[start..past]) {
                let letters = seen.span.of(texts[usize::from(seen.text)].text);
                *list = self.lists.add(&vector(model, sight, seen, letters));
            }
            done = past;
        }
    }

    fn first_layer(&mut self, model: &Model, sight: &Sight) {
        refill(&mut self.first, sight.words.len());
        self.most.clear();
        self.most.resize(sight.groups.len(), [0; FIRST]);
        for &at in &self.candidates {
            let at = at as usize;
            let parts: [Part<'_>; 2 * WINDOW + 1] = std::array::from_fn(|offset| {
                let neighbour = (at + offset).checked_sub(WINDOW);
                let list = neighbour.and_then(|near| self.vectors.get(near)).unwrap_or(&NOTHING);
                part(&model.first, offset, VECTOR, self.lists.list(*list))
            });
            let units = units(&model.first, &parts);
            let word = &sight.words[at];
            if word.case != Case::Lower {
                for (most, unit) in self.most[word.group as usize].iter_mut().zip(&units) {
                    *most = (*most).max(*unit);
                }
            }
            self.first[at] = self.lists.add(&units);
        }
        refill(&mut self.most_lists, sight.groups.len());
        for &at in &self.candidates {
            let word = &sight.words[at as usize];
            let list = &mut self.most_lists[word.group as usize];
            if word.case != Case::Lower && *list == NOTHING {
                *list = self.lists.add(&self.most[word.group as usize]);
            }
        }
    }

    fn second_layer(&mut self, model: &Model, sight: &Sight) {
        self.scores.clear();
        for &at in &self.candidates {
            let at = at as usize;
            let mut parts = [Part::default(); 6];
            let (near, anywhere) = parts.split_at_mut(3);
            for (offset, (near, anywhere)) in near.iter_mut().zip(anywhere).enumerate() {
                let Some(neighbour) = (at + offset).checked_sub(1) else { continue };
                let Some(word) = sight.words.get(neighbour) else { continue };
                let list = self.lists.list(self.first[neighbour]);
                *near = part(&model.second, offset, FIRST, list);
                if word.is_candidate && word.case != Case::Lower {
                    let list = self.lists.list(self.most_lists[word.group as usize]);
                    *anywhere = part(&model.second, 3 + offset, FIRST, list);
                }
            }
            let units = units(&model.second, &parts);
            let rows = model.output.weights.as_chunks::<SECOND>().0;
            self.scores.push(std::array::from_fn(|label| {
                dot(&rows[label], &units) as f32 * model.output.scales[label]
                    + model.output.biases[label]
            }));
        }
    }
}

/// Makes room for `count` numbers of lists, all of nothing.
fn refill(lists: &mut Vec<u32>, count: usize) {
    lists.clear();
    lists.resize(count, NOTHING);
}

/// The part of a layer's inputs with this number, all parts having `inputs`.
fn part<'a>(layer: &'a HiddenLayer, number: usize, inputs: usize, pairs: &'a [Pair]) -> Part<'a> {
    let pair_count = inputs / 2;
    Part { weights: &layer.weights[number * pair_count..][..pair_count], pairs }
}

/// The vector of a word: the sum of the rows that describe it.
fn vector(model: &Model, sight: &Sight, word: &SeenWord, letters: &str) -> [i16; VECTOR] {
    let rows = model.rows;
    let mut sum = [0; VECTOR];
    let mut add = |row: usize| {
        for (sum, number) in sum.iter_mut().zip(model.vector(row)) {
            *sum += i16::from(*number as i8);
        }
    };
    match model.row(word.hash) {
        Some(row) => add(row),
        None => {
            add(Rows::UNKNOWN);
            Letters::of(letters).affixes().iter().for_each(|affix| add(rows.affix(*affix)));
        }
    }
    add(rows.shape(word.shape));
    add(rows.gap(word.gap.number()));
    add(rows.standing(sight.standing(word)));
    sum
}
