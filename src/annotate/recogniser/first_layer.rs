//! The first layer, which sees a word in its window.
//!
//! A word's vector is a sum of rows of the model, and the layer is linear in it
//! up to its bound at zero: so what a row adds to the units, at each place of
//! the window, is worked out once, rounded to parts of [`ROW_SCALE`], and added.
//! Whole numbers, so that the result is the same on every machine.

use std::sync::OnceLock;

use super::dims::{Rows, SEEN, VECTOR, WINDOW};
use super::layers::{HiddenLayer, Layer};
use super::model::{Model, UNIT_SCALE};
use super::units::{Pair, Part, ROW_SCALE, Row, UNITS, pairs, sums};

/// What a vector adds to the units, for each place in the window.
pub(super) type Product = [Row; 2 * WINDOW + 1];

/// The first layer.
#[derive(Debug)]
pub(super) struct FirstLayer {
    layer: HiddenLayer,
    /// What the biases add.
    pub(super) biases: Row,
    /// Products of the commonest words, which come first in the vocabulary; each
    /// is made when it is first needed, and all threads share them.
    words: Box<[OnceLock<Box<Product>>]>,
    /// Products of the rows behind the affixes: shapes, gaps, standings.
    facts: Box<[OnceLock<Box<Product>>]>,
}

/// Words whose products are kept, of 640 bytes each: 99 of 100 words in news
/// are of them, and they take 10 MB at most.
const KEPT_WORDS: usize = 16_384;

impl FirstLayer {
    /// The layer of a model with these rows.
    pub(super) fn new(layer: Layer, rows: Rows) -> Self {
        let empty = |count| (0..count).map(|_| OnceLock::new()).collect();
        let layer = HiddenLayer::new(layer, SEEN);
        // Half of a unit's step, as units are rounded down.
        let half = ROW_SCALE / UNIT_SCALE / 2;
        let bias = |unit: usize| rounded(layer.biases[unit]).saturating_add(half as i16);
        Self {
            biases: std::array::from_fn(bias),
            words: empty(rows.vocabulary.min(KEPT_WORDS)),
            facts: empty(rows.count() - rows.shape(0)),
            layer,
        }
    }

    /// The product of a word of the vocabulary, if it is a common one.
    pub(super) fn of_word(&self, model: &Model, row: usize) -> Option<&Product> {
        self.words.get(row).map(|kept| self.kept(kept, model, row))
    }

    /// The product of the row of a shape, a gap or a standing.
    pub(super) fn of_fact(&self, model: &Model, row: usize) -> &Product {
        self.kept(&self.facts[row - model.rows.shape(0)], model, row)
    }

    fn kept<'a>(&self, kept: &'a OnceLock<Box<Product>>, model: &Model, row: usize) -> &'a Product {
        kept.get_or_init(|| {
            let mut vector = [0; VECTOR];
            model.add_vector(row, &mut vector);
            Box::new(self.product(&vector))
        })
    }

    /// The product of a vector.
    pub(super) fn product(&self, vector: &[i16; VECTOR]) -> Product {
        const PAIRS: usize = VECTOR / 2;
        let mut list = [Pair::default(); VECTOR];
        let pairs = pairs(vector, &mut list);
        std::array::from_fn(|place| {
            let sums =
                sums(&[Part { weights: &self.layer.weights[place * PAIRS..][..PAIRS], pairs }]);
            let mut row = [0; UNITS];
            let factors = sums.as_flattened().iter().zip(&self.layer.scales);
            for (number, (sum, scale)) in row.iter_mut().zip(factors) {
                *number = rounded(*sum as f32 * scale);
            }
            row
        })
    }
}

/// A fraction in parts of [`ROW_SCALE`], rounded away from zero.
fn rounded(fraction: f32) -> i16 {
    let parts = fraction * ROW_SCALE as f32;
    let half = if parts < 0.0 { -0.5 } else { 0.5 };
    (parts + half).clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i32 as i16
}
