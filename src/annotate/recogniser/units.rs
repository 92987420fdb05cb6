//! The sums of a layer, as fast as the processor can: the part of the network
//! that takes nearly all its time.
//!
//! Every function has one for processors with wider vectors, chosen while the
//! program runs; all ways give the same.

#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
use wide::{i16x8, i32x4};

use super::dims::{FIRST, SECOND};
use super::layers::HiddenLayer;
use super::model::{MOST_UNIT, UNIT_SCALE};

/// Units of a hidden layer.
pub(super) const UNITS: usize = FIRST;
const _: () = assert!(FIRST == SECOND, "both hidden layers are worked out by one function");
/// The units of a hidden layer in blocks of eight.
pub(super) const UNIT_BLOCKS: usize = UNITS / 8;

/// Weights of a pair of inputs, by blocks of eight units: for each unit that to
/// the first of the pair, then to the second.
pub(super) type PairWeights<const BLOCKS: usize> = [[i16; 16]; BLOCKS];
/// For each unit, by blocks of eight, a sum of inputs times weights.
pub(super) type Sums<const BLOCKS: usize> = [[i32; 8]; BLOCKS];

/// What something adds to the units of the first layer, in parts of
/// [`ROW_SCALE`].
pub(super) type Row = [i16; UNITS];
/// Eight times finer than units, so that ten rows, each rounded, add up to a
/// unit; and the range, 64, is twice that of units.
pub(super) const ROW_SCALE: u32 = 512;

/// Two inputs side by side, of which one at least is not zero.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pair {
    /// Its number among the pairs of its part.
    number: u32,
    /// The first in the low half, the second in the high one.
    both: i32,
}

/// A part of the inputs of a layer and the weights to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'a, const BLOCKS: usize> {
    pub(super) weights: &'a [PairWeights<BLOCKS>],
    pub(super) pairs: &'a [Pair],
}

impl<const BLOCKS: usize> Default for Part<'_, BLOCKS> {
    fn default() -> Self {
        Self { weights: &[], pairs: &[] }
    }
}

/// Lists of inputs without those that are zero, as half of all units are. A list
/// is made once and is a part of the inputs of several words. List 0 is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct PairLists {
    pairs: Vec<Pair>,
    ends: Vec<u32>,
}

impl PairLists {
    /// Forgets all lists but the empty one.
    pub(super) fn clear(&mut self) {
        self.pairs.clear();
        self.ends.clear();
        self.ends.push(0);
    }

    /// Adds a list of inputs, and gives its number.
    pub(super) fn add<const INPUTS: usize>(&mut self, inputs: &[i16; INPUTS]) -> u32 {
        let mut list = [Pair::default(); INPUTS];
        self.pairs.extend_from_slice(pairs(inputs, &mut list));
        self.ends.push(self.pairs.len() as u32);
        self.ends.len() as u32 - 1
    }

    pub(super) fn list(&self, number: u32) -> &[Pair] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.pairs[start as usize..self.ends[number] as usize]
    }
}

/// The pairs of inputs that are not zero, in `list`.
pub(super) fn pairs<'a, const INPUTS: usize>(
    inputs: &[i16; INPUTS],
    list: &'a mut [Pair; INPUTS],
) -> &'a [Pair] {
    let mut count = 0;
    for (number, [one, other]) in inputs.as_chunks::<2>().0.iter().enumerate() {
        let both = i32::from(*one) & 0xffff | i32::from(*other) << 16;
        list[count] = Pair { number: number as u32, both };
        count += usize::from(both != 0);
    }
    &list[..count]
}

/// Does `work` with the widest vectors of the processor, as far as the compiler
/// sees where they help.
#[inline]
pub(super) fn with_wide_vectors(work: impl FnOnce()) {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new() {
        return simd.vectorize(work);
    }
    work();
}

/// The units of the first layer: `rows` added up, nothing below zero.
#[inline]
pub(super) fn units_of_rows(rows: &[&Row]) -> [i16; UNITS] {
    let mut units = [0; UNITS];
    with_wide_vectors(
        #[inline(always)]
        || {
            for row in rows {
                add_row(&mut units, row);
            }
            for unit in &mut units {
                *unit = ((*unit).max(0) >> (ROW_SCALE / UNIT_SCALE).ilog2()).min(MOST_UNIT);
            }
        },
    );
    units
}

/// Adds a row to others.
#[inline(always)]
pub(super) fn add_row(sum: &mut Row, row: &Row) {
    for (sum, number) in sum.iter_mut().zip(row) {
        *sum = sum.saturating_add(*number);
    }
}

/// The units of the second layer, nothing below zero: of the `sums` that are
/// known already, and those of the inputs in `parts`.
#[inline]
pub(super) fn units(
    layer: &HiddenLayer,
    sums: &[&Sums<UNIT_BLOCKS>],
    parts: &[Part<'_, UNIT_BLOCKS>],
) -> [i16; UNITS] {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || finish(layer, &plus(sums, sums_with_avx2(simd, parts))),
        );
    }
    finish(layer, &plus(sums, portable_sums(parts)))
}

/// For each unit the sum of the inputs in `parts` times its weights.
#[inline]
pub(super) fn sums<const BLOCKS: usize>(parts: &[Part<'_, BLOCKS>]) -> Sums<BLOCKS> {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || sums_with_avx2(simd, parts),
        );
    }
    portable_sums(parts)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn sums_with_avx2<const BLOCKS: usize>(simd: V3, parts: &[Part<'_, BLOCKS>]) -> Sums<BLOCKS> {
    let mut sums = [simd.splat_i32x8(0); BLOCKS];
    for part in parts {
        for pair in part.pairs {
            let both = pulp::cast(simd.splat_i32x8(pair.both));
            for (sum, weights) in sums.iter_mut().zip(&part.weights[pair.number as usize]) {
                let products =
                    simd.multiply_wrapping_add_adjacent_i16x16(pulp::cast(*weights), both);
                *sum = simd.wrapping_add_i32x8(*sum, products);
            }
        }
    }
    sums.map(pulp::cast)
}

fn portable_sums<const BLOCKS: usize>(parts: &[Part<'_, BLOCKS>]) -> Sums<BLOCKS> {
    let mut sums = [[i32x4::ZERO; 2]; BLOCKS];
    for part in parts {
        for pair in part.pairs {
            let (one, other) = (pair.both as i16, (pair.both >> 16) as i16);
            let both = i16x8::new([one, other, one, other, one, other, one, other]);
            for (sum, weights) in sums.iter_mut().zip(&part.weights[pair.number as usize]) {
                for (sum, weights) in sum.iter_mut().zip(weights.as_chunks::<8>().0) {
                    *sum += i16x8::new(*weights).dot(both);
                }
            }
        }
    }
    sums.map(|[low, high]| {
        let (low, high) = (low.to_array(), high.to_array());
        std::array::from_fn(|at| if at < 4 { low[at] } else { high[at - 4] })
    })
}

#[inline(always)]
fn plus(known: &[&Sums<UNIT_BLOCKS>], mut sums: Sums<UNIT_BLOCKS>) -> Sums<UNIT_BLOCKS> {
    for known in known {
        for (sums, known) in sums.iter_mut().zip(*known) {
            for (sum, known) in sums.iter_mut().zip(known) {
                *sum += known;
            }
        }
    }
    sums
}

/// From sums to units.
#[inline(always)]
fn finish(layer: &HiddenLayer, sums: &Sums<UNIT_BLOCKS>) -> [i16; UNITS] {
    let mut units = [0; UNITS];
    let factors = layer.scales.iter().zip(&layer.biases);
    let sums = sums.as_flattened();
    for ((unit, sum), (scale, bias)) in units.iter_mut().zip(sums).zip(factors) {
        let value = (*sum as f32 * scale + bias) * UNIT_SCALE as f32 + 0.5;
        *unit = value.clamp(0.0, f32::from(MOST_UNIT)) as i32 as i16;
    }
    units
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        HiddenLayer, MOST_UNIT, PairLists, PairWeights, Part, Sums, UNIT_BLOCKS, UNIT_SCALE, UNITS,
        portable_sums, sums, units,
    };

    /// Plainly, from the definition of a layer.
    fn plain(layer: &HiddenLayer, inputs: &[i16; 12], known: &Sums<UNIT_BLOCKS>) -> Vec<i16> {
        let unit = |unit: usize| {
            let weight =
                |input: usize| layer.weights[input / 2][unit / 8][unit % 8 * 2 + input % 2];
            let products = inputs
                .iter()
                .enumerate()
                .map(|(at, input)| i32::from(*input) * i32::from(weight(at)));
            let sum = products.sum::<i32>() + known.as_flattened()[unit];
            let value = sum as f32 * layer.scales[unit] + layer.biases[unit];
            (value * UNIT_SCALE as f32 + 0.5).max(0.0).min(f32::from(MOST_UNIT)).floor() as i16
        };
        (0..UNITS).map(unit).collect()
    }

    proptest! {
        #[test]
        fn all_ways_give_what_is_defined(
            numbers in prop::collection::vec(-2047_i16..=2047, 6 * 2 * UNITS),
            inputs in prop::array::uniform12(prop_oneof![Just(0_i16), -2047_i16..=2047]),
            known in prop::collection::vec(-1_000_000..1_000_000, UNITS),
            bias in -1.0_f32..1.0,
        ) {
            let weights: Vec<PairWeights<UNIT_BLOCKS>> =
                numbers.as_chunks().0.as_chunks().0.to_vec();
            let layer = HiddenLayer { weights, scales: vec![1e-6; UNITS], biases: vec![bias; UNITS] };
            let known: Sums<UNIT_BLOCKS> = known.as_chunks().0.try_into().expect("eight eights");
            let mut lists = PairLists::default();
            lists.clear();
            let (one, other) = inputs.split_at(8);
            let one = lists.add::<8>(one.try_into().expect("eight"));
            let other = lists.add::<4>(other.try_into().expect("four"));
            let parts = [
                Part { weights: &layer.weights[..4], pairs: lists.list(one) },
                Part { weights: &layer.weights[4..], pairs: lists.list(other) },
                Part { weights: &layer.weights, pairs: lists.list(0) },
            ];
            prop_assert_eq!(&units(&layer, &[&known], &parts)[..], &plain(&layer, &inputs, &known)[..]);
            prop_assert_eq!(portable_sums(&parts), sums(&parts));
            prop_assert_eq!(units(&layer, &[&known, &sums(&parts)], &[]), units(&layer, &[&known], &parts));
        }
    }
}
