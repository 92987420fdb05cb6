//! Numbers in few bits, one after the other.
//!
//! Numbers of unknown size are written as exponential Golomb codes (Teuhola
//! 1978) of some order: with order `k`, numbers below 2ᵏ take `k + 1` bits, and
//! twice as many numbers take two bits more, and so on.

/// The bits of the longest number: a place in an article's text has no more.
const LONGEST: u32 = 32;

/// Writes numbers.
#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that do not fill a byte yet, the first one lowest.
    pending: u64,
    pending_bits: u32,
}

impl BitWriter {
    /// Appends a number below 2 to the power of `bits`, which are at most 33.
    pub(super) fn fixed(&mut self, number: u64, bits: u32) {
        self.pending |= number << self.pending_bits;
        self.pending_bits += bits;
        while self.pending_bits >= 8 {
            self.bytes.push(self.pending as u8);
            self.pending >>= 8;
            self.pending_bits -= 8;
        }
    }

    /// Appends a flag.
    pub(super) fn flag(&mut self, flag: bool) {
        self.fixed(u64::from(flag), 1);
    }

    /// Appends a number of any size below 2³² as a code of this order.
    pub(super) fn number(&mut self, number: usize, order: u32) {
        let shifted = number as u64 + (1 << order);
        let bits = shifted.ilog2();
        let longer = bits - order;
        self.fixed(1 << longer, longer + 1);
        self.fixed(shifted & ((1 << bits) - 1), bits);
    }

    /// What was written, filled up to whole bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.pending_bits > 0 {
            self.bytes.push(self.pending as u8);
        }
        self.bytes
    }
}

/// Reads what a [`BitWriter`] wrote, in the same order.
pub(super) struct BitReader<'a> {
    rest: &'a [u8],
    pending: u64,
    pending_bits: u32,
}

impl<'a> BitReader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, pending: 0, pending_bits: 0 }
    }

    /// The next number of so many bits, at most 33; none behind the end.
    pub(super) fn fixed(&mut self, bits: u32) -> Option<u64> {
        while self.pending_bits < bits {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            self.pending |= u64::from(*byte) << self.pending_bits;
            self.pending_bits += 8;
        }
        let number = self.pending & ((1 << bits) - 1);
        self.pending >>= bits;
        self.pending_bits -= bits;
        Some(number)
    }

    /// The next flag.
    pub(super) fn flag(&mut self) -> Option<bool> {
        Some(self.fixed(1)? == 1)
    }

    /// The next number, a code of this order; none for what is no code.
    pub(super) fn number(&mut self, order: u32) -> Option<usize> {
        let mut bits = order;
        while !self.flag()? {
            bits += 1;
            if bits > LONGEST {
                return None;
            }
        }
        let shifted = (1 << bits) | self.fixed(bits)?;
        usize::try_from(shifted - (1 << order)).ok()
    }

    /// The bytes behind the last one of which bits were read.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::{BitReader, BitWriter};
    use proptest::prelude::*;

    #[test]
    fn small_numbers_take_few_bits() {
        for (number, order, bits) in
            [(0, 0, 1), (1, 0, 3), (3, 2, 3), (4, 2, 5), (63, 6, 7), (u32::MAX as usize, 0, 65)]
        {
            let mut writer = BitWriter::default();
            writer.number(number, order);
            let written = writer.bytes.len() as u32 * 8 + writer.pending_bits;
            assert_eq!(written, bits, "{number} of order {order}");
        }
    }

    #[test]
    fn endless_codes_and_early_ends_are_no_numbers() {
        assert_eq!(BitReader::new(&[0; 20]).number(3), None);
        assert_eq!(BitReader::new(&[]).number(0), None);
        assert_eq!(BitReader::new(&[0b100]).number(7), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers: Vec<(u32, u32)>, after: Vec<u8>) {
            let mut writer = BitWriter::default();
            for (number, order) in &numbers {
                writer.number(*number as usize, order % 16);
                writer.flag(number % 3 == 0);
            }
            let mut bytes = writer.finish();
            bytes.extend(&after);
            let mut reader = BitReader::new(&bytes);
            for (number, order) in &numbers {
                prop_assert_eq!(reader.number(order % 16), Some(*number as usize));
                prop_assert_eq!(reader.flag(), Some(number % 3 == 0));
            }
            prop_assert_eq!(reader.rest(), after);
        }
    }
}
