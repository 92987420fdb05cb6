//! The line that ends every file of the index: a checksum of all that stands before it.
//!
//! Lists of files and the table of names have no checksum of the engine's, and its own
//! says nothing about itself. So all files get one of ours, in one form. That the line
//! is there is seen whenever a file is opened, so a file that was cut short is never
//! read; the sum of a large one is compared by `verify` alone, as that reads it whole.

use std::io::{self, Read};

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What begins the line: the hash that it is of (XXH3 of 64 bits).
const TAG: &[u8; 5] = b"xxh3 ";

/// Hex digits of the sum.
const DIGITS: usize = 16;

/// Bytes of the line: tag, digits, line end.
pub(super) const LINE_BYTES: usize = TAG.len() + DIGITS + 1;

/// Bytes that are read at once where a file is read to be hashed: enough that the system
/// calls cost nothing.
const READ_BYTES: usize = 1 << 18;

/// The line of a file with this sum.
pub(super) fn line(sum: u64) -> [u8; LINE_BYTES] {
    let mut line = [b'\n'; LINE_BYTES];
    line[..TAG.len()].copy_from_slice(TAG);
    for (place, digit) in line[TAG.len()..LINE_BYTES - 1].iter_mut().enumerate() {
        let value = (sum >> (4 * (DIGITS - 1 - place))) as u8 & 0xf;
        *digit = if value < 10 { b'0' + value } else { b'a' + value - 10 };
    }
    line
}

/// What a file holds before its line, and the sum that the line gives; none where no such
/// line ends it.
pub(super) fn split(file: &[u8]) -> Option<(&[u8], u64)> {
    let (content, last) = file.split_at_checked(file.len().checked_sub(LINE_BYTES)?)?;
    let digits = last.strip_prefix(TAG)?.strip_suffix(b"\n")?;
    let mut sum = 0;
    for digit in digits {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        sum = sum << 4 | u64::from(value);
    }
    Some((content, sum))
}

/// What a checksum tells of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Soundness {
    /// It is as it was written.
    Sound,
    /// Something in it is not.
    Altered,
    /// It does not end as it was written: it was cut short, or its end is overwritten.
    NoLine,
}

impl Soundness {
    /// What is wrong, said of the file `name`; nothing where nothing is.
    pub(super) fn check(self, name: &str) -> io::Result<()> {
        let what = match self {
            Self::Sound => return Ok(()),
            Self::Altered => "is not as it was written",
            Self::NoLine => "does not end as it was written",
        };
        Err(io::Error::new(io::ErrorKind::InvalidData, format!("`{name}` {what}")))
    }
}

/// What the checksum of a whole file tells of it.
pub(super) fn soundness(file: &[u8]) -> Soundness {
    match split(file) {
        None => Soundness::NoLine,
        Some((content, sum)) if xxh3_64(content) == sum => Soundness::Sound,
        Some(_) => Soundness::Altered,
    }
}

/// The same of a file that is read in small pieces, and how many bytes it has.
pub(super) fn soundness_of(mut file: impl Read) -> io::Result<(Soundness, u64)> {
    let mut hash = Xxh3::new();
    let mut total = 0;
    // Its last bytes may be the line, so they are hashed when more has come.
    let mut buffer = vec![0; READ_BYTES];
    let mut held = 0;
    loop {
        let read = match file.read(&mut buffer[held..]) {
            Ok(read) => read,
            Err(cause) if cause.kind() == io::ErrorKind::Interrupted => continue,
            Err(cause) => return Err(cause),
        };
        total += read as u64;
        if read == 0 {
            let sound = match split(&buffer[..held]) {
                None => Soundness::NoLine,
                Some((_, sum)) if hash.digest() == sum => Soundness::Sound,
                Some(_) => Soundness::Altered,
            };
            return Ok((sound, total));
        }
        let end = held + read;
        held = end.min(LINE_BYTES);
        hash.update(&buffer[..end - held]);
        buffer.copy_within(end - held..end, 0);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::{LINE_BYTES, Soundness, line, soundness, soundness_of, split};
    use proptest::prelude::*;
    use xxhash_rust::xxh3::xxh3_64;

    fn sealed(content: &[u8]) -> Vec<u8> {
        [content, &line(xxh3_64(content))].concat()
    }

    /// Gives a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let count = self.0.len().min(self.1).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn the_line_is_text_and_comes_back() {
        assert_eq!(&line(0x0123_4567_89ab_cdef), b"xxh3 0123456789abcdef\n");
        assert_eq!(split(b"{}\nxxh3 00000000000000ff\n"), Some((&b"{}\n"[..], 255)));
        for no_line in
            ["", "xxh3 00000000000000f\n", "xxh3 00000000000000FF\n", "xxh4 00000000000000ff\n"]
        {
            assert_eq!(split(no_line.as_bytes()), None, "{no_line}");
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_seen() {
        let whole = sealed(b"{\"segments\": []}\n");
        assert_eq!(soundness(&whole), Soundness::Sound);
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(soundness(&flipped), Soundness::Sound, "bit {bit}");
        }
        for length in 0..whole.len() {
            assert_eq!(soundness(&whole[..length]), Soundness::NoLine, "{length} bytes");
        }
    }

    proptest! {
        #[test]
        fn pieces_tell_what_the_whole_does(content: Vec<u8>, cut: usize, piece in 1..40_usize) {
            let mut file = sealed(&content);
            if cut % 2 == 0 {
                file.truncate(cut % (file.len() + 1));
            }
            let (found, bytes) = soundness_of(Drops(&file, piece)).unwrap();
            prop_assert_eq!(found, soundness(&file));
            prop_assert_eq!(bytes, file.len() as u64);
        }
    }

    #[test]
    fn files_larger_than_the_buffer_are_hashed_whole() {
        for length in [super::READ_BYTES - LINE_BYTES, super::READ_BYTES, 3 * super::READ_BYTES + 7]
        {
            let mut file = sealed(&vec![7; length]);
            let told = |file: &[u8]| soundness_of(file).unwrap();
            assert_eq!(told(&file), (Soundness::Sound, file.len() as u64));
            file[length / 2] = 8;
            assert_eq!(told(&file).0, Soundness::Altered);
        }
    }
}
