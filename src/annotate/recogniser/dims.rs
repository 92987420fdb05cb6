//! Sizes of the network. They are part of the model's format.

use super::gap::GAPS;
use super::sight::STANDINGS;
use super::word::SHAPES;

/// Numbers that describe a word.
pub(super) const VECTOR: usize = 48;
/// Words to each side that are seen with a word.
pub(super) const WINDOW: usize = 2;
/// Inputs of the first layer: the vectors of a word and its neighbours.
pub(super) const SEEN: usize = (2 * WINDOW + 1) * VECTOR;
/// Units of the first layer.
pub(super) const FIRST: usize = 64;
/// Inputs of the second layer: what the first says of a word and of its two
/// neighbours, and the most that it says of each of them anywhere in the article.
pub(super) const GATHERED: usize = 6 * FIRST;
/// Units of the second layer.
pub(super) const SECOND: usize = 64;

/// Rows of the table of vectors for affixes.
pub(super) const AFFIX_ROWS: usize = 1 << 14;

/// Where the rows of each sort begin in the table of vectors. The words of the
/// vocabulary come first; the first row is for all words that are not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// Words in the vocabulary, the unknown one included.
    pub(super) vocabulary: usize,
}

impl Rows {
    pub(super) const UNKNOWN: usize = 0;

    pub(super) const fn affix(self, hash: u64) -> usize {
        self.vocabulary + hash as usize % AFFIX_ROWS
    }

    pub(super) const fn shape(self, shape: u8) -> usize {
        self.vocabulary + AFFIX_ROWS + shape as usize
    }

    pub(super) const fn gap(self, gap: usize) -> usize {
        self.vocabulary + AFFIX_ROWS + SHAPES + gap
    }

    pub(super) const fn standing(self, standing: usize) -> usize {
        self.vocabulary + AFFIX_ROWS + SHAPES + GAPS + standing
    }

    /// Number of rows.
    pub(super) const fn count(self) -> usize {
        self.vocabulary + AFFIX_ROWS + SHAPES + GAPS + STANDINGS
    }
}
