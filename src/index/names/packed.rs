//! Strings and rising numbers as they lie in the file of the table.

use std::cmp::Ordering;

use memchr::memchr;

use super::layout::Numbers;

/// Of so many strings the file says where the first starts. With 16 it would be
/// smaller by a fiftieth, but more would have to be looked through.
const STRINGS_PER_START: usize = 8;

/// What ends a string. Names have no control characters, and codes of their forms
/// have another.
const END: u8 = 0;

/// The bytes of strings, each with its end, and the numbers that find them: how many
/// there are, and where each eighth starts.
pub(super) fn pack<'a>(strings: impl Iterator<Item = &'a str>) -> (Vec<u8>, Vec<usize>) {
    let mut bytes = Vec::new();
    let mut starts = vec![0_usize];
    for string in strings {
        if starts[0].is_multiple_of(STRINGS_PER_START) {
            starts.push(bytes.len());
        }
        starts[0] += 1;
        bytes.extend(string.as_bytes());
        bytes.push(END);
    }
    (bytes, starts)
}

/// Strings, read where they lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct PackedStrings<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) starts: Numbers<'a>,
}

impl<'a> PackedStrings<'a> {
    /// How many there are; none if the numbers contradict each other.
    pub(super) fn count(self) -> Option<u32> {
        let count = self.starts.get(0);
        let starts = self.starts.len().checked_sub(1)?;
        (starts == (count as usize).div_ceil(STRINGS_PER_START)).then_some(count)
    }

    /// The string at a place; empty where there is none.
    pub(super) fn get(self, place: usize) -> &'a str {
        let mut rest = self.from(place / STRINGS_PER_START);
        for _ in 0..place % STRINGS_PER_START {
            rest = next(rest).unwrap_or_default();
        }
        let string = memchr(END, rest).map_or(&[][..], |end| &rest[..end]);
        std::str::from_utf8(string).unwrap_or_default()
    }

    /// Where a string is; they are sorted.
    pub(super) fn find(self, wanted: &str) -> Option<usize> {
        let wanted = wanted.as_bytes();
        let (mut low, mut high) = (0, self.starts.len().saturating_sub(1));
        while low < high {
            let middle = low.midpoint(high);
            if order(self.from(middle), wanted).is_gt() {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let start = low.checked_sub(1)?;
        let mut rest = self.from(start);
        for place in 0..STRINGS_PER_START {
            match order(rest, wanted) {
                Ordering::Less => rest = next(rest)?,
                Ordering::Equal => return Some(start * STRINGS_PER_START + place),
                Ordering::Greater => return None,
            }
        }
        None
    }

    /// The strings from the start with this number on.
    fn from(self, start: usize) -> &'a [u8] {
        self.bytes.get(self.starts.get(start + 1) as usize..).unwrap_or_default()
    }
}

/// The strings behind the first.
fn next(strings: &[u8]) -> Option<&[u8]> {
    Some(&strings[memchr(END, strings)? + 1..])
}

/// How the first of some strings compares to another, without looking for its end:
/// [`END`] comes before everything that strings have.
fn order(strings: &[u8], other: &[u8]) -> Ordering {
    let start = &strings[..strings.len().min(other.len())];
    start.cmp(other).then_with(|| match strings.get(start.len()) {
        Some(&END) | None => Ordering::Equal,
        Some(_) => Ordering::Greater,
    })
}

/// Numbers that rise, as the gaps between them: seven bits in a byte, with the
/// highest bit where more follow.
pub(super) fn pack_rising(numbers: impl Iterator<Item = u32>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut least = 0;
    for number in numbers {
        let mut gap = number - least;
        while gap >= 0x80 {
            bytes.push(gap as u8 | 0x80);
            gap >>= 7;
        }
        bytes.push(gap as u8);
        least = number + 1;
    }
    bytes
}

/// The numbers that [`pack_rising`] packed; of damaged bytes any.
pub(super) fn rising(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    let mut rest = bytes.iter();
    let mut least = 0_u32;
    std::iter::from_fn(move || {
        let (mut gap, mut shift) = (0_u32, 0);
        loop {
            let byte = *rest.next()?;
            gap |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        let number = least.saturating_add(gap);
        least = number.saturating_add(1);
        Some(number)
    })
}

#[cfg(test)]
mod tests {
    use super::{PackedStrings, pack, pack_rising, rising};
    use crate::index::names::layout::Numbers;
    use proptest::prelude::*;

    fn little_endian(starts: &[usize]) -> Vec<u8> {
        starts.iter().flat_map(|start| (*start as u32).to_le_bytes()).collect()
    }

    proptest! {
        #[test]
        fn strings_are_where_they_were_put(mut strings: Vec<u16>, other: u16) {
            strings.sort_unstable();
            strings.dedup();
            // Of several lengths, the empty one among them.
            let mut strings: Vec<String> =
                strings.iter().map(|number| format!("{number:o}")).chain([String::new()]).collect();
            strings.sort_unstable();
            let (bytes, starts) = pack(strings.iter().map(String::as_str));
            let starts = little_endian(&starts);
            let packed = PackedStrings { bytes: &bytes, starts: Numbers(&starts) };
            prop_assert_eq!(packed.count(), Some(strings.len() as u32));
            for (place, string) in strings.iter().enumerate() {
                prop_assert_eq!(packed.get(place), string);
                prop_assert_eq!(packed.find(string), Some(place));
            }
            prop_assert_eq!(packed.get(strings.len()), "");
            let other = format!("{other:x}");
            prop_assert_eq!(packed.find(&other), strings.binary_search(&other).ok());
        }

        #[test]
        fn rising_numbers_come_back(mut numbers: Vec<u32>, damaged: Vec<u8>) {
            numbers.sort_unstable();
            numbers.dedup();
            numbers.retain(|number| *number < u32::MAX);
            let bytes = pack_rising(numbers.iter().copied());
            prop_assert_eq!(rising(&bytes).collect::<Vec<_>>(), numbers);
            prop_assert!(rising(&damaged).count() <= damaged.len());
        }
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        let packed = PackedStrings { bytes: &[], starts: Numbers(&[]) };
        assert_eq!((packed.count(), packed.get(0), packed.find("")), (None, "", None));
    }
}
