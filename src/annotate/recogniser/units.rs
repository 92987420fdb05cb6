//! The units of a hidden layer, as fast as the processor can: the part of the
//! network that takes nearly all its time.

#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
use wide::{i16x8, i32x4};

use super::dims::{FIRST, SECOND};
use super::model::{HiddenLayer, MOST_UNIT, UNIT_SCALE};

/// Units of a hidden layer.
pub(super) const UNITS: usize = FIRST;
const _: () = assert!(FIRST == SECOND, "both hidden layers are worked out by one function");

/// Weights of a pair of inputs: for each unit to the first of the pair, then to
/// the second.
pub(super) type PairWeights = [i16; 2 * UNITS];

/// Two inputs side by side, of which one at least is not zero.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pair {
    /// Its number among the pairs of its part.
    number: u32,
    /// The first in the low half, the second in the high one.
    both: i32,
}

/// A part of the inputs of a layer and the weights to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part<'a> {
    pub(super) weights: &'a [PairWeights],
    pub(super) pairs: &'a [Pair],
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
        let mut count = 0;
        for (number, [one, other]) in inputs.as_chunks::<2>().0.iter().enumerate() {
            let both = i32::from(*one) & 0xffff | i32::from(*other) << 16;
            list[count] = Pair { number: number as u32, both };
            count += usize::from(both != 0);
        }
        self.pairs.extend_from_slice(&list[..count]);
        self.ends.push(self.pairs.len() as u32);
        self.ends.len() as u32 - 1
    }

    pub(super) fn list(&self, number: u32) -> &[Pair] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.pairs[start as usize..self.ends[number] as usize]
    }
}

/// The units of a layer for inputs in `parts`: nothing below zero. All ways to
/// work them out give the same.
#[inline]
pub(super) fn units(layer: &HiddenLayer, parts: &[Part<'_>]) -> [i16; UNITS] {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || finish(layer, &sums_with_avx2(simd, parts)),
        );
    }
    finish(layer, &portable_sums(parts))
}

/// For each unit the sum of the inputs times its weights.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn sums_with_avx2(simd: V3, parts: &[Part<'_>]) -> [i32; UNITS] {
    let mut sums = [simd.splat_i32x8(0); UNITS / 8];
    for part in parts {
        for pair in part.pairs {
            let both = pulp::cast(simd.splat_i32x8(pair.both));
            let weights = part.weights[pair.number as usize].as_chunks::<16>().0;
            for (sum, weights) in sums.iter_mut().zip(weights) {
                let products =
                    simd.multiply_wrapping_add_adjacent_i16x16(pulp::cast(*weights), both);
                *sum = simd.wrapping_add_i32x8(*sum, products);
            }
        }
    }
    pulp::cast(sums)
}

fn portable_sums(parts: &[Part<'_>]) -> [i32; UNITS] {
    let mut sums = [i32x4::ZERO; UNITS / 4];
    for part in parts {
        for pair in part.pairs {
            let (one, other) = (pair.both as i16, (pair.both >> 16) as i16);
            let both = i16x8::new([one, other, one, other, one, other, one, other]);
            let weights = part.weights[pair.number as usize].as_chunks::<8>().0;
            for (sum, weights) in sums.iter_mut().zip(weights) {
                *sum += i16x8::new(*weights).dot(both);
            }
        }
    }
    let mut all = [0; UNITS];
    for (four, sum) in all.as_chunks_mut::<4>().0.iter_mut().zip(sums) {
        *four = sum.to_array();
    }
    all
}

/// From sums to units.
#[inline(always)]
fn finish(layer: &HiddenLayer, sums: &[i32; UNITS]) -> [i16; UNITS] {
    let mut units = [0; UNITS];
    let factors = layer.scales.iter().zip(&layer.biases);
    for ((unit, sum), (scale, bias)) in units.iter_mut().zip(sums).zip(factors) {
        let value = (*sum as f32 * scale + bias) * UNIT_SCALE + 0.5;
        *unit = value.clamp(0.0, f32::from(MOST_UNIT)) as i32 as i16;
    }
    units
}

/// The sum of products.
#[inline]
pub(super) fn dot<const COUNT: usize>(weights: &[i16; COUNT], inputs: &[i16; COUNT]) -> i32 {
    let chunks = weights.as_chunks::<8>().0.iter().zip(inputs.as_chunks::<8>().0);
    let sums = chunks.map(|(weights, inputs)| i16x8::new(*weights).dot(i16x8::new(*inputs)));
    sums.fold(i32x4::ZERO, |sum, products| sum + products).reduce_add()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        HiddenLayer, MOST_UNIT, PairLists, PairWeights, Part, UNIT_SCALE, UNITS, dot,
        portable_sums, units,
    };

    /// Plainly, from the definition of a layer.
    fn plain(layer: &HiddenLayer, inputs: &[i16; 12]) -> Vec<i16> {
        let unit = |unit: usize| {
            let weight = |input: usize| layer.weights[input / 2][unit * 2 + input % 2];
            let products = inputs
                .iter()
                .enumerate()
                .map(|(at, input)| i32::from(*input) * i32::from(weight(at)));
            let value = products.sum::<i32>() as f32 * layer.scales[unit] + layer.biases[unit];
            (value * UNIT_SCALE + 0.5).max(0.0).min(f32::from(MOST_UNIT)).floor() as i16
        };
        (0..UNITS).map(unit).collect()
    }

    proptest! {
        #[test]
        fn all_ways_give_what_is_defined(
            numbers in prop::collection::vec(-2047_i16..=2047, 6 * 2 * UNITS),
            inputs in prop::array::uniform12(prop_oneof![Just(0_i16), -2047_i16..=2047]),
            bias in -1.0_f32..1.0,
        ) {
            let weights: Vec<PairWeights> = numbers.as_chunks().0.to_vec();
            let layer = HiddenLayer { weights, scales: vec![1e-6; UNITS], biases: vec![bias; UNITS] };
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
            prop_assert_eq!(&units(&layer, &parts)[..], &plain(&layer, &inputs)[..]);
            prop_assert_eq!(super::finish(&layer, &portable_sums(&parts)), units(&layer, &parts));
            let (one, other): ([i16; 8], [i16; 8]) =
                (inputs[..8].try_into().expect("eight"), inputs[4..].try_into().expect("eight"));
            let product: i32 = one.iter().zip(&other).map(|(one, other)| i32::from(*one) * i32::from(*other)).sum();
            prop_assert_eq!(dot(&one, &other), product);
        }
    }
}
