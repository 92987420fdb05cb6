//! The file of a model: its format, read in place.
//!
//! All numbers are little-endian. A header of [`HEADER_BYTES`] (mark, version,
//! sizes of the vocabulary and its table, checksum of all that follows the
//! header, languages), then
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
//! Nothing is unpacked but the layers, some 80 KB. Whoever made the file, what
//! [`Model::new`] takes can be used without a panic or an endless loop.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use super::dims::{AFFIX_ROWS, FIRST, GATHERED, Rows, SECOND, SEEN, VECTOR};
use super::first_layer::FirstLayer;
use super::labels::LABELS;
use super::layers::{Layer, OutputLayer, SecondLayer};

/// First bytes of every model.
const MAGIC: &[u8; 8] = b"ndxmodel";
/// Version of the format, which the features and the sizes of the network are
/// part of.
pub const MODEL_VERSION: u32 = 1;
/// The most words that a vocabulary can have.
pub const MOST_WORDS: usize = (1 << ROW_BITS) - 2;
/// Bytes of the header.
const HEADER_BYTES: usize = 64;
/// Where in the header the checksum stands.
const SUM_AT: usize = 20;
/// Where in the header the languages stand, to its end: codes separated by
/// spaces, then zeros; nothing is English.
const LANGUAGES_AT: usize = 28;
/// The model that is part of the program.
static EMBEDDED: &[u8] = include_bytes!("english.model");
/// Bits of a slot that hold a row.
const ROW_BITS: u32 = 17;
/// What the numbers of the first and the second layer are multiplied by to make
/// them whole; they stay below 32 after training.
pub(super) const UNIT_SCALE: u32 = 64;
/// The largest whole number of a unit: with weights of the same bound, the sum
/// over all inputs fits 32 bits.
pub(super) const MOST_UNIT: i16 = 2047;
/// The bound of a weight for that.
const MOST_WEIGHT: i16 = 2047;
/// The bound of all fractions: far above what is learnt, and so small that sums
/// over the longest text stay finite.
const MOST_FRACTION: f32 = 1e6;

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
    /// Its languages cannot be written down.
    #[error("the languages `{0}` are too many, or no codes such as `en de`")]
    Languages(String),
}

/// A model: what recognition has learnt.
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    slots: usize,
    pub(super) rows: Rows,
    /// What the numbers of vectors are to be multiplied by.
    pub(super) first: FirstLayer,
    pub(super) second: SecondLayer,
    pub(super) output: OutputLayer,
    /// By label before, then label after.
    pub(super) transitions: Vec<f32>,
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
        let number = self.bytes().map(f32::from_le_bytes)?;
        if number.abs() <= MOST_FRACTION { Ok(number) } else { Err(ModelError::Damaged) }
    }

    fn weight(&mut self) -> Result<i16, ModelError> {
        let weight = self.bytes().map(i16::from_le_bytes)?;
        let fits = (-MOST_WEIGHT..=MOST_WEIGHT).contains(&weight);
        if fits { Ok(weight) } else { Err(ModelError::Damaged) }
    }

    fn layer(&mut self, inputs: usize, units: usize) -> Result<Layer, ModelError> {
        let weights = (0..inputs * units).map(|_| self.weight());
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
        // Twice as many slots as rows may have numbers are as many as `write` makes.
        let plausible = slots.is_power_of_two()
            && slots <= 2 << ROW_BITS
            && (1..slots).contains(&vocabulary)
            && vocabulary < 1 << ROW_BITS
            && rest.len() >= slots * 4;
        if !plausible || xxh3_64(rest) != sum || languages_in(&bytes).is_none() {
            return Err(ModelError::Damaged);
        }
        check_slots(&rest[..slots * 4], vocabulary)?;
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
            second: SecondLayer::new(second),
            output: OutputLayer::new(output),
            first: FirstLayer::new(first, rows),
            transitions,
            bytes,
        })
    }

    /// The model that is part of the program, for English news. It is read
    /// where the program lies in memory, and checked at the first call.
    #[must_use]
    pub fn embedded() -> &'static Arc<Self> {
        static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| {
            let model = Model::new(EMBEDDED);
            Arc::new(model.expect("a test checks the model that is built in"))
        });
        &MODEL
    }

    /// What tells it from all other models: a hash over its header, which holds
    /// the checksum of the rest.
    #[must_use]
    pub fn id(&self) -> u64 {
        xxh3_64(&self.bytes[..HEADER_BYTES])
    }

    /// The ISO 639 codes of the languages that it was made for, separated by
    /// spaces.
    #[must_use]
    pub fn languages(&self) -> &str {
        languages_in(&self.bytes).filter(|languages| !languages.is_empty()).unwrap_or("en")
    }

    /// Whether it was made for texts in `language`, an ISO 639 code. A text whose
    /// language is not known is short, or a list of names, and tried.
    #[must_use]
    pub fn reads(&self, language: Option<&str>) -> bool {
        language.is_none_or(|language| self.languages().split(' ').any(|own| own == language))
    }

    /// The bytes of a model with other `languages`: ISO 639 codes separated by
    /// spaces.
    ///
    /// # Errors
    ///
    /// When they are not bytes of a model, or the languages do not fit into its
    /// header.
    pub fn with_languages(mut bytes: Vec<u8>, languages: &str) -> Result<Vec<u8>, ModelError> {
        let unfit = || ModelError::Languages(languages.to_owned());
        let field = bytes.get_mut(LANGUAGES_AT..HEADER_BYTES).ok_or(ModelError::Damaged)?;
        field.fill(0);
        field.get_mut(..languages.len()).ok_or_else(unfit)?.copy_from_slice(languages.as_bytes());
        languages_in(&bytes).ok_or_else(unfit)?;
        Ok(bytes)
    }

    /// The bytes of a model.
    pub(super) fn write(parts: &Parts<'_>) -> Vec<u8> {
        // One is free at least, so that every search ends.
        let words = parts.vocabulary.len();
        let slots = (words * 3 / 2).max(words + 2).next_power_of_two();
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
        debug_assert_eq!(bytes.len(), SUM_AT);
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

    /// Adds the vector of a row to a sum.
    pub(super) fn add_vector(&self, row: usize, sum: &mut [i16; VECTOR]) {
        let start = HEADER_BYTES + self.slots * 4 + row * VECTOR;
        for (sum, byte) in sum.iter_mut().zip(&self.bytes[start..start + VECTOR]) {
            *sum += i16::from(*byte as i8);
        }
    }

    /// How many words its vocabulary has.
    #[must_use]
    pub const fn words(&self) -> usize {
        self.rows.vocabulary - 1
    }

    /// How large it is, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// Checks that each word of the vocabulary but the unknown one has a slot, that
/// the slots lead to its rows, and that one is free, where searches end.
fn check_slots(slots: &[u8], vocabulary: usize) -> Result<(), ModelError> {
    let slots = slots.as_chunks::<4>().0.iter().map(|slot| u32::from_le_bytes(*slot));
    let mut used = 0;
    let mut in_range = true;
    for slot in slots.filter(|slot| *slot != 0) {
        used += 1;
        in_range &= ((slot & ((1 << ROW_BITS) - 1)) as usize) < vocabulary;
    }
    if in_range && used < vocabulary { Ok(()) } else { Err(ModelError::Damaged) }
}

/// The languages in the header of these bytes; none if what stands there are no
/// codes.
fn languages_in(bytes: &[u8]) -> Option<&str> {
    let field = bytes.get(LANGUAGES_AT..HEADER_BYTES)?;
    let length = field.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let text = str::from_utf8(&field[..length]).ok()?;
    let is_code = |code: &str| {
        (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
    };
    (text.is_empty() || text.split(' ').all(is_code)).then_some(text)
}

/// The bits of a hash that a slot keeps to tell words apart: 15, so that one
/// unknown word in some 20,000 is taken for another.
fn fingerprint(hash: u64) -> u32 {
    ((hash >> 32) as u32) & !((1 << ROW_BITS) - 1)
}

const _: () = assert!(Layer::bytes(SEEN, FIRST) < 1 << 16 && AFFIX_ROWS < 1 << ROW_BITS);
// No sum of a layer exceeds 32 bits. A vector is the sum of nine rows.
const _: () = assert!(GATHERED as i64 * MOST_WEIGHT as i64 * (MOST_UNIT as i64) < i32::MAX as i64);
const _: () = assert!(SEEN as i64 * MOST_WEIGHT as i64 * (9 * 128) < i32::MAX as i64);

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

    use super::{
        EMBEDDED, HEADER_BYTES, LANGUAGES_AT, MAGIC, MODEL_VERSION, Model, ModelError, SUM_AT,
    };
    use crate::annotate::recogniser::{Recogniser, RecogniserMemory};
    use crate::annotate::{TextPart, TokenisedText};

    /// Bytes changed by somebody who knows how to make them look whole.
    fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
        let sum = xxh3_64(&bytes[HEADER_BYTES..]);
        bytes[SUM_AT..LANGUAGES_AT].copy_from_slice(&sum.to_le_bytes());
        bytes
    }

    fn refused(bytes: &[u8]) -> ModelError {
        Model::new(bytes.to_vec()).expect_err("a model that is not whole")
    }

    #[test]
    fn the_embedded_model_is_whole_and_small() {
        let model = Model::new(EMBEDDED).expect("the model that is built in");
        assert_eq!(model.id(), Model::embedded().id());
        assert!(model.size() <= 8 << 20, "{} bytes", model.size());
        assert!(model.reads(Some("en")) && model.reads(None) && !model.reads(Some("de")));
    }

    #[test]
    fn what_is_not_a_whole_model_of_this_version_is_refused() {
        assert_eq!(refused(b""), ModelError::NotAModel);
        assert_eq!(refused(b"Dockers walked out on Monday."), ModelError::NotAModel);
        assert_eq!(refused(MAGIC), ModelError::Damaged);
        for length in [12, HEADER_BYTES - 1, HEADER_BYTES, EMBEDDED.len() / 2, EMBEDDED.len() - 1] {
            assert_eq!(refused(&EMBEDDED[..length]), ModelError::Damaged, "{length}");
            assert_eq!(refused(&sealed_if_long(&EMBEDDED[..length])), ModelError::Damaged);
        }
        let mut other = EMBEDDED.to_vec();
        other[MAGIC.len()] = MODEL_VERSION as u8 + 1;
        assert_eq!(refused(&other), ModelError::Version { found: MODEL_VERSION + 1 });
        let mut longer = EMBEDDED.to_vec();
        longer.push(0);
        assert_eq!(refused(&sealed(longer)), ModelError::Damaged);
    }

    fn sealed_if_long(bytes: &[u8]) -> Vec<u8> {
        if bytes.len() < HEADER_BYTES { bytes.to_vec() } else { sealed(bytes.to_vec()) }
    }

    #[test]
    fn languages_are_codes_that_fit() {
        let with = |languages: &str| Model::with_languages(EMBEDDED.to_vec(), languages);
        let german = Model::new(with("de nds").expect("two codes")).expect("a whole model");
        assert_eq!(german.languages(), "de nds");
        assert!(german.reads(Some("nds")) && german.reads(None) && !german.reads(Some("en")));
        assert_ne!(german.id(), Model::embedded().id());
        for wrong in ["German", "de,fr", "de  fr", " de", &"de ".repeat(20)] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
        let mut noise = EMBEDDED.to_vec();
        noise[LANGUAGES_AT] = 0xff;
        assert_eq!(refused(&noise), ModelError::Damaged);
    }

    #[test]
    fn a_table_without_a_free_slot_or_with_foreign_rows_is_refused() {
        let slots = HEADER_BYTES..HEADER_BYTES + Model::embedded().slots * 4;
        for slot in [[1, 0, 0, 1], [0xff; 4]] {
            let mut full = EMBEDDED.to_vec();
            full[slots.clone()].as_chunks_mut::<4>().0.fill(slot);
            assert_eq!(refused(&sealed(full)), ModelError::Damaged, "{slot:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// A changed byte is found; one that was sealed again may change what is
        /// recognised, and nothing else.
        #[test]
        fn changed_bytes_are_refused_or_harmless(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..200),
        ) {
            let mut bytes = EMBEDDED.to_vec();
            for (place, byte) in &changes {
                let place = place.index(EMBEDDED.len() - HEADER_BYTES) + HEADER_BYTES;
                bytes[place] = *byte;
            }
            if bytes != EMBEDDED {
                prop_assert_eq!(refused(&bytes), ModelError::Damaged);
            }
            if let Ok(model) = Model::new(sealed(bytes)) {
                let text = "Ann Okafor of the Harbour Board spoke in OSLO on Monday.";
                let text = [TokenisedText::new(TextPart::Body, text)];
                let mut memory = RecogniserMemory::default();
                let _ = Recogniser::new(Arc::new(model)).recognise(&text, &mut memory);
            }
        }
    }
}
