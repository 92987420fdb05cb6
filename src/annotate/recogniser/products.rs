//! Sums of products of whole numbers, as fast as the processor can: the part of
//! the network that takes nearly all its time.

#[cfg(target_arch = "x86_64")]
use pulp::x86::V3;
use wide::{i16x8, i32x4};

/// Units that are worked out together: their sums fit the registers of every
/// processor.
pub(super) const BLOCK: usize = 32;

/// Weights of a pair of inputs: for each unit of a block to the first of the
/// pair, then to the second.
pub(super) type PairWeights = [i16; 2 * BLOCK];

/// A pair of inputs, and its number.
pub(super) type Pair = (u16, [i16; 2]);

/// For each unit of a block the sum of its `pairs` of inputs times its weights.
/// All ways to work it out give the same sums.
#[inline]
pub(super) fn sums(weights: &[PairWeights], pairs: &[Pair]) -> [i32; BLOCK] {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = V3::try_new() {
        return simd.vectorize(
            #[inline(always)]
            || with_avx2(simd, weights, pairs),
        );
    }
    portable(weights, pairs)
}

#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn with_avx2(simd: V3, weights: &[PairWeights], pairs: &[Pair]) -> [i32; BLOCK] {
    let mut sums = [simd.splat_i32x8(0); BLOCK / 8];
    for (number, [one, other]) in pairs {
        let both = i32::from(*one as u16 as i16) & 0xffff | i32::from(*other) << 16;
        let pair = pulp::cast(simd.splat_i32x8(both));
        for (sum, weights) in sums.iter_mut().zip(weights[usize::from(*number)].as_chunks::<16>().0)
        {
            let products = simd.multiply_wrapping_add_adjacent_i16x16(pulp::cast(*weights), pair);
            *sum = simd.wrapping_add_i32x8(*sum, products);
        }
    }
    pulp::cast(sums)
}

fn portable(weights: &[PairWeights], pairs: &[Pair]) -> [i32; BLOCK] {
    let mut sums = [i32x4::ZERO; BLOCK / 4];
    for (number, [one, other]) in pairs {
        let pair = i16x8::new([*one, *other, *one, *other, *one, *other, *one, *other]);
        for (sum, weights) in sums.iter_mut().zip(weights[usize::from(*number)].as_chunks::<8>().0)
        {
            *sum += i16x8::new(*weights).dot(pair);
        }
    }
    let mut all = [0; BLOCK];
    for (four, sum) in all.as_chunks_mut::<4>().0.iter_mut().zip(sums) {
        *four = sum.to_array();
    }
    all
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
    use super::{BLOCK, PairWeights, dot, portable, sums};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_ways_give_the_plain_sum(
            numbers in prop::collection::vec(-2047_i16..=2047, 12 * 2 * BLOCK),
            inputs in prop::collection::vec(-2047_i16..=2047, 24),
        ) {
            let weights: Vec<PairWeights> = numbers.as_chunks().0.to_vec();
            let pairs: Vec<_> = inputs.as_chunks::<2>().0.iter().zip(0_u16..).map(|(pair, number)| (number, *pair)).collect();
            let plain: Vec<i32> = (0..BLOCK)
                .map(|unit| {
                    let weight = |input: usize| weights[input / 2][unit * 2 + input % 2];
                    inputs.iter().enumerate().map(|(at, input)| i32::from(*input) * i32::from(weight(at))).sum()
                })
                .collect();
            prop_assert_eq!(&sums(&weights, &pairs)[..], &plain[..]);
            prop_assert_eq!(&portable(&weights, &pairs)[..], &plain[..]);
            let (one, other) = (inputs[..8].try_into().expect("eight"), inputs[8..16].try_into().expect("eight"));
            let product: i32 = (0..8).map(|at| i32::from(inputs[at]) * i32::from(inputs[8 + at])).sum();
            prop_assert_eq!(dot::<8>(one, other), product);
        }
    }
}
