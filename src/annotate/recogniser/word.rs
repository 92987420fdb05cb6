//! What the model sees of a word by itself: a hash of its letters, hashes of its
//! affixes, its shape.
//!
//! The model holds no words, only what their hashes lead to, so these
//! functions are part of its format: whoever changes them trains a new one.

use crate::text::{Case, Token, fold};

/// A word's letters without regard to case and accents.
pub(super) struct Letters<'a> {
    /// Folded if it has other than ASCII letters, else as written.
    folded: Option<String>,
    word: &'a str,
}

impl<'a> Letters<'a> {
    pub(super) fn of(word: &'a str) -> Self {
        Self { folded: (!word.is_ascii()).then(|| fold(word)), word }
    }

    fn bytes(&self) -> &[u8] {
        self.folded.as_deref().unwrap_or(self.word).as_bytes()
    }

    /// The hash of the word.
    pub(super) fn hash(&self) -> u64 {
        hash(self.bytes(), 0)
    }

    /// Hashes of the affixes: the first three letters and four, the last two,
    /// three and four; those that a short word lacks are the word itself.
    pub(super) fn affixes(&self) -> [u64; AFFIXES] {
        let bytes = self.bytes();
        let length = bytes.len();
        let first = |count: usize| &bytes[..count.min(length)];
        let last = |count: usize| &bytes[length - count.min(length)..];
        [hash(first(3), 1), hash(first(4), 2), hash(last(2), 3), hash(last(3), 4), hash(last(4), 5)]
    }
}

/// Affixes of a word.
pub(super) const AFFIXES: usize = 5;

/// A hash of bytes in which ASCII letters of both cases are alike. It multiplies
/// eight bytes at a time by the constant of Fibonacci hashing (Knuth, 6.4), and
/// mixes as SplitMix64 does at the end (Steele et al. 2014).
fn hash(bytes: &[u8], seed: u64) -> u64 {
    /// Sets the bit that lower-case letters have; digits, dots and apostrophes
    /// have it too.
    const LOWER: u64 = 0x2020_2020_2020_2020;
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = (seed ^ bytes.len() as u64).wrapping_mul(GOLDEN);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let eight = u64::from_le_bytes(chunk.try_into().expect("a chunk has eight bytes"));
        hash = (hash.rotate_left(23) ^ (eight | LOWER)).wrapping_mul(GOLDEN);
    }
    let mut rest = [0; 8];
    rest[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    hash = (hash.rotate_left(23) ^ (u64::from_le_bytes(rest) | LOWER)).wrapping_mul(GOLDEN);
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Number of shapes.
pub(super) const SHAPES: usize = 5 * 5 * 6;

/// The shape of a word, below [`SHAPES`]: case, length, digits.
pub(super) fn shape(word: &str, token: Token) -> u8 {
    let case = match token.case {
        Case::Lower => 0,
        Case::Initial => 1,
        Case::Capitals => 2,
        Case::PluralCapitals => 3,
        Case::Mixed => 4,
    };
    let length = match word.len() {
        1 => 0,
        2 => 1,
        3 => 2,
        4..=6 => 3,
        _ => 4,
    };
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let digits = match digits {
        0 if word.as_bytes().get(1) == Some(&b'.') => 5,
        0 => 0,
        4 if word.len() == 4 => 3,
        1..=2 if digits == word.len() => 2,
        _ if digits == word.len() => 4,
        _ => 1,
    };
    (case * 5 + length) * 6 + digits
}

#[cfg(test)]
mod tests {
    use super::{Letters, SHAPES, shape};
    use crate::text::tokens;

    #[test]
    fn case_and_accents_do_not_matter() {
        let hash = |word| Letters::of(word).hash();
        assert_eq!(hash("Netanyahu"), hash("NETANYAHU"));
        assert_eq!(hash("José"), hash("jose"));
        assert_ne!(hash("U.S."), hash("us"));
        assert_ne!(hash("ab"), hash("abb"));
        assert_eq!(Letters::of("Wilkinson").affixes()[4], Letters::of("ATKINSON").affixes()[4]);
    }

    #[test]
    fn shapes_are_within_bounds_and_tell_numbers() {
        let shape = |word: &str| shape(word, tokens(word).next().expect("a word"));
        assert!(usize::from(shape("iPhone12345")) < SHAPES);
        assert_ne!(shape("2024"), shape("20"));
        assert_ne!(shape("Port"), shape("PORT"));
        assert_ne!(shape("U.S."), shape("USAF"));
    }
}
