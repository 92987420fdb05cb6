//! The layers of a model, with their weights in the order in which they are
//! used.

use super::decode::Scores;
use super::dims::{FIRST, GATHERED, SECOND};
use super::labels::LABELS;
use super::units::{Pair, PairWeights, Part, UNIT_BLOCKS, pairs, sums};

/// A layer as it is stored: `units` times `inputs` whole weights, and what makes
/// fractions of the sums.
#[derive(Debug)]
pub(super) struct Layer {
    /// Weights, unit by unit.
    pub(super) weights: Vec<i16>,
    /// For each unit the factor of its sum, inputs' scale included.
    pub(super) scales: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl Layer {
    /// The bytes that one takes.
    pub(super) const fn bytes(inputs: usize, units: usize) -> usize {
        units * (inputs * 2 + 8)
    }

    /// The weights by pair of inputs. Units that fill the last block have none.
    fn pairs<const BLOCKS: usize>(&self, inputs: usize) -> Vec<PairWeights<BLOCKS>> {
        let weight = |unit: usize, input: usize| {
            self.weights.get(unit * inputs + input).copied().unwrap_or_default()
        };
        let pair = |input| {
            std::array::from_fn(|block| {
                std::array::from_fn(|at| weight(block * 8 + at / 2, input + at % 2))
            })
        };
        (0..inputs).step_by(2).map(pair).collect()
    }
}

/// A hidden layer.
#[derive(Debug)]
pub(super) struct HiddenLayer {
    pub(super) weights: Vec<PairWeights<UNIT_BLOCKS>>,
    pub(super) scales: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl HiddenLayer {
    pub(super) fn new(layer: Layer, inputs: usize) -> Self {
        Self { weights: layer.pairs(inputs), scales: layer.scales, biases: layer.biases }
    }
}

/// The second layer, whose inputs are what the first says of a word and its
/// neighbours here, and the most that it says of each anywhere in the article.
#[derive(Debug)]
pub(super) struct SecondLayer {
    pub(super) all: HiddenLayer,
    /// Weights for a word that stands once, which is the same here and anywhere:
    /// both added.
    pub(super) once: Vec<PairWeights<UNIT_BLOCKS>>,
}

impl SecondLayer {
    pub(super) fn new(layer: Layer) -> Self {
        let all = HiddenLayer::new(layer, GATHERED);
        let (near, anywhere) = all.weights.split_at(3 * FIRST / 2);
        let sum = |(near, anywhere): (&PairWeights<_>, &PairWeights<_>)| {
            std::array::from_fn(|block| {
                std::array::from_fn(|at| near[block][at] + anywhere[block][at])
            })
        };
        let once = near.iter().zip(anywhere).map(sum).collect();
        Self { all, once }
    }

    /// The weights of what is near at a place: 0 before the word, 1 itself, 2
    /// after it.
    pub(super) fn near(&self, place: usize) -> &[PairWeights<UNIT_BLOCKS>] {
        at_place(&self.all.weights, place)
    }

    /// The weights of what stands anywhere.
    pub(super) fn anywhere(&self, place: usize) -> &[PairWeights<UNIT_BLOCKS>] {
        at_place(&self.all.weights, 3 + place)
    }

    /// The weights of a word that stands once.
    pub(super) fn once(&self, place: usize) -> &[PairWeights<UNIT_BLOCKS>] {
        at_place(&self.once, place)
    }
}

fn at_place(weights: &[PairWeights<UNIT_BLOCKS>], place: usize) -> &[PairWeights<UNIT_BLOCKS>] {
    &weights[place * FIRST / 2..][..FIRST / 2]
}

/// Labels in blocks of eight.
const LABEL_BLOCKS: usize = LABELS.div_ceil(8);

/// The layer that scores labels.
#[derive(Debug)]
pub(super) struct OutputLayer {
    weights: Vec<PairWeights<LABEL_BLOCKS>>,
    scales: Vec<f32>,
    biases: Vec<f32>,
}

impl OutputLayer {
    pub(super) fn new(layer: Layer) -> Self {
        Self { weights: layer.pairs(SECOND), scales: layer.scales, biases: layer.biases }
    }

    /// The scores of the labels.
    pub(super) fn scores(&self, units: &[i16; SECOND]) -> Scores {
        let mut list = [Pair::default(); SECOND];
        let pairs = pairs(units, &mut list);
        let sums = sums(&[Part { weights: &self.weights, pairs }]);
        let sums = sums.as_flattened();
        std::array::from_fn(|label| sums[label] as f32 * self.scales[label] + self.biases[label])
    }
}
