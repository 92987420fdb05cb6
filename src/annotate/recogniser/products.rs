//! The first layer's sums for what it sees again and again.
//!
//! A word's vector is a sum of rows, and the layer's sums are linear in it: so
//! the sums for each row, at each place beside a word, can be worked out once
//! and added. Whole numbers, so the result is the same to the last bit.

use std::sync::OnceLock;

use super::dims::{Rows, VECTOR, WINDOW};
use super::model::Model;
use super::units::{Pair, Part, Sums, UNIT_BLOCKS, pairs, sums};

/// The sums that a vector adds to the first layer of a word, for each place in
/// its window.
pub(super) type Product = [Sums<UNIT_BLOCKS>; 2 * WINDOW + 1];

/// The products of the commonest rows, each made when it is first needed; all
/// threads share them.
#[derive(Debug)]
pub(super) struct Products {
    /// Of the commonest words, which come first in the vocabulary.
    words: Box<[OnceLock<Box<Product>>]>,
    /// Of the rows behind the affixes: shapes, gaps, standings.
    facts: Box<[OnceLock<Box<Product>>]>,
}

/// Words whose products are kept, of 1,280 bytes each: 98 of 100 words in news
/// are of them, and they take 10 MB at most.
const KEPT_WORDS: usize = 8192;

impl Products {
    /// None yet, for the rows of a model.
    pub(super) fn new(rows: Rows) -> Self {
        let empty = |count| (0..count).map(|_| OnceLock::new()).collect();
        Self {
            words: empty(rows.vocabulary.min(KEPT_WORDS)),
            facts: empty(rows.count() - rows.shape(0)),
        }
    }

    /// The product of a word of the vocabulary, if it is a common one.
    pub(super) fn of_word(&self, model: &Model, row: usize) -> Option<&Product> {
        self.words.get(row).map(|kept| get(kept, model, row))
    }

    /// The product of the row of a shape, a gap or a standing.
    pub(super) fn of_fact(&self, model: &Model, row: usize) -> &Product {
        get(&self.facts[row - model.rows.shape(0)], model, row)
    }
}

fn get<'a>(kept: &'a OnceLock<Box<Product>>, model: &Model, row: usize) -> &'a Product {
    kept.get_or_init(|| {
        let mut vector = [0; VECTOR];
        add_row(model, row, &mut vector);
        Box::new(product(model, &vector))
    })
}

/// Adds a row to a vector.
pub(super) fn add_row(model: &Model, row: usize, vector: &mut [i16; VECTOR]) {
    for (sum, number) in vector.iter_mut().zip(model.vector(row)) {
        *sum += i16::from(*number as i8);
    }
}

/// The product of a vector.
pub(super) fn product(model: &Model, vector: &[i16; VECTOR]) -> Product {
    const PAIRS: usize = VECTOR / 2;
    let mut list = [Pair::default(); VECTOR];
    let pairs = pairs(vector, &mut list);
    std::array::from_fn(|place| {
        sums(&[Part { weights: &model.first.weights[place * PAIRS..][..PAIRS], pairs }])
    })
}
