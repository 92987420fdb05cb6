//! Random choices that a seed repeats, on every machine.

/// A generator of random numbers: `SplitMix64` (Steele, Lea and Flood, 2014).
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    /// The generator for one purpose: `what` tells purposes of one seed apart.
    pub(super) const fn new(seed: u64, what: u64) -> Self {
        let mut random = Self(seed ^ what.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(super) const fn below(&mut self, bound: usize) -> usize {
        ((self.next() as u128 * bound as u128) >> 64) as usize
    }

    /// A number from 0 to just below 1.
    pub(super) fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Whether what happens in `percent` of all cases happens.
    pub(super) const fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of several.
    pub(super) const fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Ranks that come as often as Zipf's law says, drawn in constant time by the alias
/// method (Walker, 1977; Vose, 1991).
#[derive(Debug)]
pub(super) struct Zipf {
    /// For each rank how much of its share is its own.
    own: Vec<f64>,
    /// For each rank the one that has the rest of its share.
    other: Vec<u32>,
}

impl Zipf {
    /// Ranks below `count`; the frequency of a rank is that of the first, divided by
    /// the rank to the power of `exponent`.
    pub(super) fn new(count: usize, exponent: f64) -> Self {
        let weights: Vec<f64> = (1..=count).map(|rank| (rank as f64).powf(-exponent)).collect();
        let mean = weights.iter().sum::<f64>() / count as f64;
        let mut own: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut other = vec![0; count];
        // Weights fall, so the first are those above the mean.
        let above = own.iter().take_while(|share| **share >= 1.0).count();
        let mut large: Vec<usize> = (0..above).collect();
        let mut small: Vec<usize> = (above..count).collect();
        while let (Some(rank), Some(giver)) = (small.pop(), large.last().copied()) {
            other[rank] = giver as u32;
            own[giver] -= 1.0 - own[rank];
            if own[giver] < 1.0 {
                large.pop();
                small.push(giver);
            }
        }
        // What is left is 1 but for rounding.
        small.into_iter().chain(large).for_each(|rank| own[rank] = 1.0);
        Self { own, other }
    }

    /// A rank from 0.
    pub(super) fn draw(&self, random: &mut Random) -> usize {
        let rank = random.below(self.own.len());
        if random.share() < self.own[rank] { rank } else { self.other[rank] as usize }
    }
}
