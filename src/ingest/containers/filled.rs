//! A buffer that is always filled: pipes and decoders give a few bytes at a time,
//! and formats are told from more than that.

use std::io::{self, BufRead, Read};

/// Buffers `source`, by whole buffers as long as it gives that much.
///
/// An error comes after all that was read before it. After an end nothing more is
/// asked of the source.
pub(in crate::ingest) struct Filled<R> {
    source: R,
    buffer: Vec<u8>,
    position: usize,
    capacity: usize,
    is_at_end: bool,
    failed: Option<io::Error>,
}

impl<R: Read> Filled<R> {
    /// With a buffer of `capacity` bytes.
    pub(in crate::ingest) const fn new(source: R, capacity: usize) -> Self {
        Self { source, buffer: Vec::new(), position: 0, capacity, is_at_end: false, failed: None }
    }

    pub(in crate::ingest) fn into_inner(self) -> R {
        self.source
    }

    fn fill(&mut self) -> io::Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.position = 0;
        self.buffer.clear();
        if self.is_at_end {
            return Ok(());
        }
        self.buffer.reserve_exact(self.capacity);
        let source = self.source.by_ref();
        match source.take(self.capacity as u64).read_to_end(&mut self.buffer) {
            Err(error) if self.buffer.is_empty() => Err(error),
            Err(error) => {
                self.failed = Some(error);
                Ok(())
            }
            Ok(count) => {
                self.is_at_end = count < self.capacity;
                Ok(())
            }
        }
    }
}

impl<R: Read> BufRead for Filled<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position == self.buffer.len() {
            self.fill()?;
        }
        Ok(&self.buffer[self.position..])
    }

    fn consume(&mut self, count: usize) {
        self.position = self.buffer.len().min(self.position + count);
    }
}

impl<R: Read> Read for Filled<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufRead, Read};

    use super::Filled;

    /// Gives `left` bytes, one at a time, then fails.
    struct Drops {
        left: usize,
    }

    impl Read for Drops {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            if self.left == 0 {
                return Err(io::Error::other("dry"));
            }
            self.left -= 1;
            out[0] = b'x';
            Ok(1)
        }
    }

    #[test]
    fn drops_fill_the_buffer_and_errors_come_after_them() {
        let mut filled = Filled::new(Drops { left: 11 }, 8);
        assert_eq!(filled.fill_buf().unwrap(), b"xxxxxxxx");
        filled.consume(8);
        assert_eq!(filled.fill_buf().unwrap(), b"xxx");
        filled.consume(3);
        assert_eq!(filled.fill_buf().unwrap_err().to_string(), "dry");
        assert!(filled.fill_buf().is_err());
    }

    #[test]
    fn nothing_is_lost_at_the_end() {
        let mut text = String::new();
        Filled::new(&b"some text"[..], 4).read_to_string(&mut text).unwrap();
        assert_eq!(text, "some text");
    }
}
