//! The file of a model: its format, read in place.
//!
//! All numbers are little-endian. A header of [`HEADER_BYTES`], then
//!
//! * the vocabulary: slots of a hash table (open addressing), each four bytes:
//!   the row of a word in the low [`ROW_BITS`] bits, a fingerprint of its hash
//!   above; zero is free;
//! * the vectors: for each row, [`VECTOR`] numbers of one signed byte. The row of
//!   a word in the vocabulary holds the vectors of its affixes already;
//! * three layers: for each unit its weights to all inputs (two bytes each),
//!   then for each unit the scale of its weights and its bias (four-byte floats);
//! * the scores of transitions between labels (four-byte floats).
//!
//! Nothing is unpacked but the layers, some 80 KB.

use std::borrow::Cow;

use thiserror::Error;
use wide::i16x8;
use xxhash_rust::xxh3::xxh3_64;

use super::dims::{AFFIX_ROWS, FIRST, GATHERED, Rows, SECOND, SEEN, VECTOR};
use super::labels::LABELS;

/// First bytes of every model.
const MAGIC: &[u8; 8] = b"ndxmodel";
/// Version of the format, which the features and the sizes of the network are
/// part of.
pub const MODEL_VERSION: u32 = 1;
/// Bytes of the header.
const HEADER_BYTES: usize = 64;
/// Bits of a slot that hold a row.
const ROW_BITS: u32 = 17;
/// What the numbers of the first and the second layer are multiplied by to make
/// them whole; they stay below 32 after training.
pub(super) const UNIT_SCALE: f32 = 64.0;
/// The largest whole number of a unit: with weights of the same bound, the sum
/// over all inputs fits 32 bits.
pub(super) const MOST_UNIT: i16 = 2047;

/// Why a model cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The bytes are not a model.
    #[error("this is not a newsdex model")]
    NotAModel,
    /// It was made by another version.
    #[error("the model has version {found}; this newsdex reads version {MODEL_VERSION}")]
    Version {
        /// Its version.
        found: u32,
    },
    /// Bytes are missing or changed.
    #[error("the model is damaged or incomplete")]
    Damaged,
}

/// A model: what recognition has learnt.
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    slots: usize,
    pub(super) rows: Rows,
    /// What the numbers of vectors are to be multiplied by.
    pub(super) first: HiddenLayer,
    pub(super) second: HiddenLayer,
    pub(super) output: Layer,
    /// By label before, then label after.
    pub(super) transitions: Vec<f32>,
}

/// A layer: `units` times `inputs` whole weights, and what makes fractions of
/// the sums.
#[derive(Debug)]
pub(super) struct Layer {
    /// Weights, unit by unit.
    pub(super) weights: Vec<i16>,
    /// For each unit the factor of its sum, inputs' scale included.
    pub(super) scales: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl Layer {
    const fn bytes(inputs: usize, units: usize) -> usize {
        units * (inputs * 2 + 8)
    }
}

/// Units that are worked out together: their sums fit the registers of every
/// processor.
pub(super) const BLOCK: usize = 32;

/// A layer with its weights in the order in which they are used: for each block
/// of units, for each pair of inputs, the weights of the pair to each unit.
#[derive(Debug)]
pub(super) struct HiddenLayer {
    pub(super) blocks: Vec<[i16x8; BLOCK / 4]>,
    pub(super) scales: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl HiddenLayer {
    fn new(layer: &Layer, inputs: usize) -> Self {
        let mut blocks = Vec::new();
        for units in layer.weights.chunks_exact(inputs * BLOCK) {
            let weight = |unit: usize, input: usize| units[unit * inputs + input];
            for input in (0..inputs).step_by(2) {
                blocks.push(std::array::from_fn(|four| {
                    i16x8::new(std::array::from_fn(|at| weight(four * 4 + at / 2, input + at % 2)))
                }));
            }
        }
        Self { blocks, scales: layer.scales.clone(), biases: layer.biases.clone() }
    }
}

/// A model taken apart, to be written.
pub(super) struct Parts<'a> {
    /// Hash and row of each word.
    pub(super) vocabulary: &'a [(u64, u32)],
    pub(super) rows: Rows,
    pub(super) vectors: &'a [i8],
    pub(super) layers: [&'a Layer; 3],
    pub(super) transitions: &'a [f32],
}

/// Reads numbers from the front of some bytes.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn bytes<const COUNT: usize>(&mut self) -> Result<[u8; COUNT], ModelError> {
        let (first, rest) = self.0.split_first_chunk().ok_or(ModelError::Damaged)?;
        self.0 = rest;
        Ok(*first)
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        self.bytes().map(u32::from_le_bytes)
    }

    fn fraction(&mut self) -> Result<f32, ModelError> {
        self.bytes().map(f32::from_le_bytes)
    }

    fn layer(&mut self, inputs: usize, units: usize) -> Result<Layer, ModelError> {
        let weights = (0..inputs * units).map(|_| self.bytes().map(i16::from_le_bytes));
        let weights = weights.collect::<Result<_, _>>()?;
        let scales = (0..units).map(|_| self.fraction()).collect::<Result<_, _>>()?;
        let biases = (0..units).map(|_| self.fraction()).collect::<Result<_, _>>()?;
        Ok(Layer { weights, scales, biases })
    }
}

impl Model {
    /// The model in these bytes, which are kept as they are.
    ///
    /// # Errors
    ///
    /// When they are not a whole model of this version.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        let mut header = Reader(&bytes);
        if header.bytes() != Ok(*MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let found = header.number()?;
        if found != MODEL_VERSION {
            return Err(ModelError::Version { found });
        }
        let vocabulary = header.number()? as usize;
        let slots = header.number()? as usize;
        let sum = u64::from_le_bytes(
            [header.bytes::<4>()?, header.bytes::<4>()?]
                .concat()
                .try_into()
                .map_err(|_| ModelError::Damaged)?,
        );
        let rest = bytes.get(HEADER_BYTES..).ok_or(ModelError::Damaged)?;
        let plausible = slots.is_power_of_two()
            && (1..slots).contains(&vocabulary)
            && vocabulary < 1 << ROW_BITS;
        if !plausible || xxh3_64(rest) != sum {
            return Err(ModelError::Damaged);
        }
        let rows = Rows { vocabulary };
        let layers = slots * 4 + rows.count() * VECTOR;
        let mut reader = Reader(rest.get(layers..).ok_or(ModelError::Damaged)?);
        let first = reader.layer(SEEN, FIRST)?;
        let second = reader.layer(GATHERED, SECOND)?;
        let output = reader.layer(SECOND, LABELS)?;
        let transitions =
            (0..LABELS * LABELS).map(|_| reader.fraction()).collect::<Result<_, _>>()?;
        if !reader.0.is_empty() {
            return Err(ModelError::Damaged);
        }
        Ok(Self {
            slots,
            rows,
            first: HiddenLayer::new(&first, SEEN),
            second: HiddenLayer::new(&second, GATHERED),
            output,
            transitions,
            bytes,
        })
    }

    /// The bytes of a model.
    pub(super) fn write(parts: &Parts<'_>) -> Vec<u8> {
        let slots = (parts.vocabulary.len() * 3 / 2).next_power_of_two();
        let mut table = vec![0_u32; slots];
        for &(hash, row) in parts.vocabulary {
            let mut at = hash as usize & (slots - 1);
            while table[at] != 0 {
                at = (at + 1) & (slots - 1);
            }
            table[at] = fingerprint(hash) | row;
        }
        let mut rest = Vec::new();
        table.iter().for_each(|slot| rest.extend(slot.to_le_bytes()));
        rest.extend(parts.vectors.iter().map(|number| *number as u8));
        for layer in parts.layers {
            layer.weights.iter().for_each(|weight| rest.extend(weight.to_le_bytes()));
            layer
                .scales
                .iter()
                .chain(&layer.biases)
                .for_each(|number| rest.extend(number.to_le_bytes()));
        }
        parts.transitions.iter().for_each(|score| rest.extend(score.to_le_bytes()));
        let mut bytes = MAGIC.to_vec();
        bytes.extend(MODEL_VERSION.to_le_bytes());
        bytes.extend((parts.rows.vocabulary as u32).to_le_bytes());
        bytes.extend((slots as u32).to_le_bytes());
        bytes.extend(xxh3_64(&rest).to_le_bytes());
        bytes.resize(HEADER_BYTES, 0);
        bytes.extend(rest);
        bytes
    }

    /// The row of the word with this hash, if it is in the vocabulary.
    pub(super) fn row(&self, hash: u64) -> Option<usize> {
        let mut at = hash as usize & (self.slots - 1);
        loop {
            let start = HEADER_BYTES + at * 4;
            let slot = u32::from_le_bytes(self.bytes[start..start + 4].try_into().ok()?);
            if slot == 0 {
                return None;
            }
            if slot & !((1 << ROW_BITS) - 1) == fingerprint(hash) {
                return Some((slot & ((1 << ROW_BITS) - 1)) as usize);
            }
            at = (at + 1) & (self.slots - 1);
        }
    }

    /// The vector of a row, each number as the byte it is stored in.
    pub(super) fn vector(&self, row: usize) -> &[u8] {
        let start = HEADER_BYTES + self.slots * 4 + row * VECTOR;
        &self.bytes[start..start + VECTOR]
    }

    /// How large it is, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// The bits of a hash that a slot keeps to tell words apart: 15, so that one
/// unknown word in some 20,000 is taken for another.
fn fingerprint(hash: u64) -> u32 {
    ((hash >> 32) as u32) & !((1 << ROW_BITS) - 1)
}

const _: () = assert!(Layer::bytes(SEEN, FIRST) < 1 << 16 && AFFIX_ROWS < 1 << ROW_BITS);
