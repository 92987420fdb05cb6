//! The network of a model, from an article as seen to the scores of labels.
//!
//! Whole numbers all the way, so the result is the same on every machine and
//! with every width of its vector unit.

use super::decode::Scores;
use super::dims::{FIRST, GATHERED, Rows, SECOND, SEEN, VECTOR, WINDOW};
use super::labels::LABELS;
use super::model::{HiddenLayer, MOST_UNIT, Model, UNIT_SCALE};
use super::products::{BLOCK, dot, sums};
use super::sight::{SeenWord, Sight};
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
    vectors: Vec<[i16; VECTOR]>,
    first: Vec<[i16; FIRST]>,
    most: Vec<[i16; FIRST]>,
}

/// No unit, for words that are no candidates.
const NOTHING: [i16; FIRST] = [0; FIRST];

impl Pass {
    /// Scores the candidates of an article.
    pub(super) fn run(&mut self, model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) {
        self.find_vectors(model, sight, texts);
        self.first_layer(model, sight);
        self.second_layer(model, sight);
    }

    /// The vectors of the candidates and the words near them.
    fn find_vectors(&mut self, model: &Model, sight: &Sight, texts: &[TokenisedText<'_>]) {
        let words = &sight.words;
        self.candidates.clear();
        self.vectors.clear();
        self.vectors.resize(words.len(), [0; VECTOR]);
        let mut done = 0;
        for (at, word) in words.iter().enumerate() {
            if !word.is_candidate {
                continue;
            }
            self.candidates.push(at as u32);
            let past = (at + WINDOW + 1).min(words.len());
            for near in done.max(at.saturating_sub(WINDOW))..past {
                let seen = &words[near];
                let letters = seen.span.of(texts[usize::from(seen.text)].text);
                self.vectors[near] = vector(model, sight, seen, letters);
            }
            done = past;
        }
    }

    fn first_layer(&mut self, model: &Model, sight: &Sight) {
        self.first.clear();
        // A row of nothing for each word is simpler than a list of candidates.
        self.first.resize(sight.words.len(), NOTHING);
        self.most.clear();
        self.most.resize(sight.groups.len(), NOTHING);
        for &at in &self.candidates {
            let at = at as usize;
            let mut seen = [0; SEEN];
            for (offset, part) in seen.as_chunks_mut::<VECTOR>().0.iter_mut().enumerate() {
                let neighbour = (at + offset).checked_sub(WINDOW);
                if let Some(vector) = neighbour.and_then(|near| self.vectors.get(near)) {
                    *part = *vector;
                }
            }
            let mut units = NOTHING;
            units_of(&model.first, &seen, &mut units);
            let word = &sight.words[at];
            if word.case != Case::Lower {
                for (most, unit) in self.most[word.group as usize].iter_mut().zip(&units) {
                    *most = (*most).max(*unit);
                }
            }
            self.first[at] = units;
        }
    }

    fn second_layer(&mut self, model: &Model, sight: &Sight) {
        self.scores.clear();
        for &at in &self.candidates {
            let at = at as usize;
            let mut gathered = [0; GATHERED];
            let (near, anywhere) = gathered.split_at_mut(GATHERED / 2);
            let parts =
                near.as_chunks_mut::<FIRST>().0.iter_mut().zip(anywhere.as_chunks_mut::<FIRST>().0);
            for (offset, (near, anywhere)) in parts.enumerate() {
                let Some(neighbour) = (at + offset).checked_sub(1) else { continue };
                let Some(word) = sight.words.get(neighbour).filter(|word| word.is_candidate) else {
                    continue;
                };
                *near = self.first[neighbour];
                if word.case != Case::Lower {
                    *anywhere = self.most[word.group as usize];
                }
            }
            let mut units = [0; SECOND];
            units_of(&model.second, &gathered, &mut units);
            let mut scores = [0.0; LABELS];
            let rows = model.output.weights.as_chunks::<SECOND>().0;
            for (label, (score, row)) in scores.iter_mut().zip(rows).enumerate() {
                *score = dot(row, &units) as f32 * model.output.scales[label]
                    + model.output.biases[label];
            }
            self.scores.push(scores);
        }
    }
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

/// The units of a layer for these inputs: nothing below zero.
fn units_of<const INPUTS: usize, const UNITS: usize>(
    layer: &HiddenLayer,
    inputs: &[i16; INPUTS],
    units: &mut [i16; UNITS],
) {
    // Many inputs are zero, as units below zero are.
    let mut pairs = [(0_u16, [0_i16; 2]); INPUTS];
    let mut count = 0;
    for (number, pair) in inputs.as_chunks::<2>().0.iter().enumerate() {
        pairs[count] = (number as u16, *pair);
        count += usize::from(*pair != [0, 0]);
    }
    let blocks =
        units.as_chunks_mut::<BLOCK>().0.iter_mut().zip(layer.blocks.chunks_exact(INPUTS / 2));
    let factors =
        layer.scales.as_chunks::<BLOCK>().0.iter().zip(layer.biases.as_chunks::<BLOCK>().0);
    for ((units, weights), (scales, biases)) in blocks.zip(factors) {
        let sums = sums(weights, &pairs[..count]);
        for (at, unit) in units.iter_mut().enumerate() {
            let value = sums[at] as f32 * scales[at] + biases[at];
            // Casts to whole numbers saturate, so that nothing wraps.
            *unit = ((value.max(0.0) * UNIT_SCALE + 0.5) as i16).min(MOST_UNIT);
        }
    }
}
