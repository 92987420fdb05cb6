//! From what was learnt, in fractions, to a model in whole numbers.

use super::network::{Layer as Learnt, Network};
use super::vocabulary::Vocabulary;
use crate::annotate::recogniser::dims::VECTOR;
use crate::annotate::recogniser::layers::Layer;
use crate::annotate::recogniser::model::{Model, Parts, UNIT_SCALE};

/// The largest whole weight of a layer, so that no sum overflows 32 bits.
const MOST_WEIGHT: f32 = 2047.0;
/// The share of numbers of vectors that one byte must hold without being cut.
const HELD: f64 = 0.9999;

/// The bytes of the model that `network` has become.
pub(super) fn quantise(network: &Network, vocabulary: &Vocabulary) -> Vec<u8> {
    let mut vectors = network.vectors.weights.clone();
    let mut words: Vec<_> = vocabulary.words.iter().map(|(hash, word)| (*hash, *word)).collect();
    words.sort_unstable_by_key(|(_, word)| word.row);
    // A known word always has the same affixes: one row for all of it.
    for (_, word) in &words {
        for affix in word.affixes {
            let affix = network.rows.affix(affix) * VECTOR;
            for at in 0..VECTOR {
                vectors[word.row as usize * VECTOR + at] += network.vectors.weights[affix + at];
            }
        }
    }
    let scale = scale_of(&vectors);
    let whole: Vec<i8> =
        vectors.iter().map(|number| (number / scale).round().clamp(-127.0, 127.0) as i8).collect();
    let words: Vec<_> = words.into_iter().map(|(hash, word)| (hash, word.row)).collect();
    Model::write(&Parts {
        vocabulary: &words,
        rows: network.rows,
        vectors: &whole,
        layers: [
            &layer(&network.first, scale),
            &layer(&network.second, 1.0 / UNIT_SCALE as f32),
            &layer(&network.output, 1.0 / UNIT_SCALE as f32),
        ],
        transitions: &network.transitions.weights,
    })
}

/// What one is in the vectors: so that nearly all numbers fit a byte.
fn scale_of(vectors: &[f32]) -> f32 {
    let mut sizes: Vec<f32> = vectors.iter().map(|number| number.abs()).collect();
    let held = ((sizes.len() - 1) as f64 * HELD) as usize;
    let (_, most, _) = sizes.select_nth_unstable_by(held, f32::total_cmp);
    most.max(f32::MIN_POSITIVE) / 127.0
}

/// A layer in whole numbers, its inputs being multiples of `input_scale`.
fn layer<const UNITS: usize>(learnt: &Learnt<UNITS>, input_scale: f32) -> Layer {
    let (rows, biases) = learnt.learnt.weights.split_at(learnt.inputs * UNITS);
    let mut layer = Layer { weights: Vec::new(), scales: Vec::new(), biases: biases.to_vec() };
    for unit in 0..UNITS {
        let weights = rows.iter().skip(unit).step_by(UNITS);
        let most = weights.clone().fold(f32::MIN_POSITIVE, |most, weight| most.max(weight.abs()));
        let scale = most / MOST_WEIGHT;
        layer.weights.extend(weights.map(|weight| (weight / scale).round() as i16));
        layer.scales.push(scale * input_scale);
    }
    layer
}
