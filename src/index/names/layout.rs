//! How the table lies in its file: numbers of four bytes, least byte first, and
//! strings, in sections that are read in place.

use std::ops::Range;

use tantivy::{SegmentReader, directory::OwnedBytes};

use crate::index::{IndexError, NAME_FIELDS};

/// What begins the file; the last letter is the version of its layout, and of the
/// rules that made it: whoever changes either raises it.
const MAGIC: &[u8; 8] = b"ndxname3";

/// The sections of a field of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Strings: the keys, sorted.
    Keys,
    /// Where they start.
    KeyStarts,
    /// Strings: for each key the code of the form it is shown in.
    Forms,
    /// Where they start.
    FormStarts,
    /// Pairs, sorted, of a key and what is of note of it: the place of the key that
    /// stands for it, if that is another; for a part of a name, with the highest bit
    /// set, its place among the partial keys; itself, if no article has it any more.
    Canonical,
    /// Pairs of a key and another that it stands for, sorted.
    Members,
    /// Threes: the two halves of the hash of a way to fold names, and the key
    /// that stands for a name that folds so and is not its own fold; sorted.
    Folds,
    /// Fours, sorted: a partial key, where its steps start and end, and the
    /// owner where the date is unknown.
    Partials,
    /// Pairs: a day from which a partial name is meant for an owner.
    Steps,
    /// Pairs: an owner and a partial key, sorted.
    Owned,
}

/// How many sections a field has.
const SECTIONS: usize = Section::Owned as usize + 1;

impl Section {
    /// Its number in a file.
    pub(super) const fn number(self, field: usize) -> usize {
        field * SECTIONS + self as usize
    }
}

/// The number of the section with the places of the ordinals of one segment.
pub(super) const fn ordinals(field: usize, segment: usize) -> usize {
    NAME_FIELDS * SECTIONS + segment * NAME_FIELDS + field
}

const fn sections(segments: usize) -> usize {
    NAME_FIELDS * (SECTIONS + segments)
}

/// What tells the state of a segment: its identifier, and how many of its
/// documents are left.
fn state(segment: &SegmentReader) -> [u8; STATE_BYTES] {
    let mut state = [0; STATE_BYTES];
    let id = segment.segment_id().uuid_string();
    for (byte, letter) in state.iter_mut().zip(id.bytes()) {
        *byte = letter;
    }
    state[STATE_BYTES - 4..].copy_from_slice(&segment.num_docs().to_le_bytes());
    state
}

/// Bytes of a segment's state: 32 hex digits and a number.
const STATE_BYTES: usize = 36;

/// Puts a file together.
pub(super) struct Writer {
    bytes: Vec<u8>,
    /// Where the list of the sections' ends stands.
    ends_at: usize,
    written: usize,
}

impl Writer {
    pub(super) fn new(segments: &[SegmentReader]) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.extend((segments.len() as u32).to_le_bytes());
        for segment in segments {
            bytes.extend(state(segment));
        }
        let ends_at = bytes.len();
        bytes.resize(ends_at + sections(segments.len()) * 4, 0);
        Self { bytes, ends_at, written: 0 }
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), IndexError> {
        self.bytes.extend(bytes);
        self.end_section()
    }

    pub(super) fn numbers(
        &mut self,
        numbers: impl IntoIterator<Item = u32>,
    ) -> Result<(), IndexError> {
        for number in numbers {
            self.bytes.extend(number.to_le_bytes());
        }
        self.end_section()
    }

    /// Sections are written in the order of their numbers.
    fn end_section(&mut self) -> Result<(), IndexError> {
        let end = u32::try_from(self.bytes.len()).map_err(|_| IndexError::TooManyNames)?;
        let at = self.ends_at + self.written * 4;
        self.bytes[at..at + 4].copy_from_slice(&end.to_le_bytes());
        self.written += 1;
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// A file, opened.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    bytes: OwnedBytes,
    ranges: Vec<Range<usize>>,
}

impl Layout {
    /// The file in `bytes`; none if it is damaged or of another commit than that
    /// of `segments`.
    pub(super) fn open(bytes: OwnedBytes, segments: &[SegmentReader]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*count) as usize != segments.len() {
            return None;
        }
        let (states, rest) = rest.split_at_checked(segments.len() * STATE_BYTES)?;
        let is_same = |(known, segment): (&[u8], &SegmentReader)| known == state(segment);
        if !states.chunks_exact(STATE_BYTES).zip(segments).all(is_same) {
            return None;
        }
        let ends = rest.get(..sections(segments.len()) * 4)?;
        let mut start = bytes.len() - rest.len() + ends.len();
        let mut ranges = Vec::with_capacity(ends.len() / 4);
        for end in Numbers(ends).iter() {
            ranges.push(start..end as usize);
            start = end as usize;
        }
        let sorted = ranges.iter().all(|range| range.start <= range.end);
        (sorted && start == bytes.len()).then_some(Self { bytes, ranges })
    }

    pub(super) fn bytes(&self, section: usize) -> &[u8] {
        self.ranges.get(section).and_then(|range| self.bytes.get(range.clone())).unwrap_or(&[])
    }

    pub(super) fn numbers(&self, section: usize) -> Numbers<'_> {
        Numbers(self.bytes(section))
    }
}

/// Numbers, read where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<'a>(pub(super) &'a [u8]);

impl<'a> Numbers<'a> {
    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.len() / 4
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The number at a place; 0 beyond the last, which only a damaged file makes
    /// anybody ask for.
    #[must_use]
    pub fn get(self, place: usize) -> u32 {
        let four = self.0.get(place * 4..).and_then(|rest| rest.first_chunk::<4>());
        four.map_or(0, |four| u32::from_le_bytes(*four))
    }

    /// All of them.
    pub fn iter(self) -> impl Iterator<Item = u32> + 'a {
        self.0
            .chunks_exact(4)
            .map(|four| four.first_chunk().map_or(0, |four| u32::from_le_bytes(*four)))
    }

    /// How many of the groups of `size` numbers at the start are such that
    /// `is_before` holds for their first; they are sorted so.
    #[must_use]
    pub fn partition_point(self, size: usize, is_before: impl Fn(u32) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len() / size);
        while low < high {
            let middle = low.midpoint(high);
            if is_before(self.get(middle * size)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
