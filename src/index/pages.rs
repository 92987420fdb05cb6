//! Files whose parts are compared with checksums when they are read.
//!
//! The engine unpacks stored articles by the lengths that it finds in them, however
//! large: on a damaged one it may ask for more memory than there is, which ends the
//! program. So such a file has a sum for each of its pages behind its content, and no page
//! is given out that is not as it was written. Other files are read by too large parts.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, OwnedBytes};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::checksum::Soundness;

/// Endings of the names of such files.
const CHECKED_WHEN_READ: [&str; 1] = ["store"];

/// Bytes of a page: about those of one block of stored articles, packed, so that showing
/// an article costs the hashing of two pages, some microseconds.
const PAGE_BYTES: usize = 16 * 1024;

/// Bytes of the sum of a page.
const SUM_BYTES: usize = 8;

/// Whether a file of that name has sums of its pages.
pub(super) fn has_pages(path: &Path) -> bool {
    path.extension().is_some_and(|ending| CHECKED_WHEN_READ.iter().any(|of| ending == *of))
}

/// Sums the pages of a file that is being written.
#[derive(Default)]
pub(super) struct PageSums {
    page: Xxh3,
    /// Bytes of the page so far.
    filled: usize,
    sums: Vec<u8>,
}

impl PageSums {
    pub(super) fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let (here, rest) = bytes.split_at(bytes.len().min(PAGE_BYTES - self.filled));
            self.page.update(here);
            self.filled += here.len();
            bytes = rest;
            if self.filled == PAGE_BYTES {
                self.end_page();
            }
        }
    }

    fn end_page(&mut self) {
        self.sums.extend(self.page.digest().to_le_bytes());
        self.page.reset();
        self.filled = 0;
    }

    /// The sums of all pages, as they stand behind the content.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.end_page();
        }
        self.sums
    }
}

/// A file with sums of its pages, open.
pub(super) struct CheckedPages {
    name: String,
    content: OwnedBytes,
    sums: OwnedBytes,
    /// Which pages were compared already.
    known: Box<[AtomicBool]>,
}

impl CheckedPages {
    /// Opens what `bytes` hold: a content, and the sums of its pages.
    pub(super) fn new(path: &Path, bytes: &OwnedBytes) -> Self {
        let pages = bytes.len().div_ceil(PAGE_BYTES + SUM_BYTES);
        let content = bytes.len().saturating_sub(pages * SUM_BYTES);
        Self {
            name: path.to_string_lossy().into_owned(),
            content: bytes.slice(0..content),
            sums: bytes.slice(content..bytes.len()),
            known: (0..pages).map(|_| AtomicBool::new(false)).collect(),
        }
    }

    fn is_sound(&self, page: usize) -> bool {
        let start = page * PAGE_BYTES;
        let content = self.content.get(start..self.content.len().min(start + PAGE_BYTES));
        let sum = self.sums.get(page * SUM_BYTES..).and_then(|rest| rest.first_chunk());
        content.zip(sum).is_some_and(|(content, sum)| xxh3_64(content).to_le_bytes() == *sum)
    }
}

impl fmt::Debug for CheckedPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckedPages({})", self.name)
    }
}

impl HasLen for CheckedPages {
    fn len(&self) -> usize {
        self.content.len()
    }
}

impl FileHandle for CheckedPages {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.content.len() {
            Soundness::Altered.check(&self.name)?;
        }
        let pages = range.start / PAGE_BYTES..range.end.div_ceil(PAGE_BYTES);
        for page in pages.filter(|_| !range.is_empty()) {
            // Threads that compare the same page find the same.
            if !self.known[page].load(Ordering::Relaxed) {
                if !self.is_sound(page) {
                    Soundness::Altered.check(&self.name)?;
                }
                self.known[page].store(true, Ordering::Relaxed);
            }
        }
        Ok(self.content.slice(range))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CheckedPages, PAGE_BYTES, PageSums, SUM_BYTES};
    use proptest::prelude::*;
    use tantivy::HasLen;
    use tantivy::directory::{FileHandle, OwnedBytes};

    /// A file of such a length, written in pieces.
    fn file(length: usize, piece: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..length).map(|place| (place * 31 / 7) as u8).collect();
        let mut sums = PageSums::default();
        bytes.chunks(piece).for_each(|piece| sums.update(piece));
        bytes.extend(sums.finish());
        bytes
    }

    fn opened(bytes: &[u8]) -> CheckedPages {
        CheckedPages::new(Path::new("a.store"), &OwnedBytes::new(bytes.to_vec()))
    }

    #[test]
    fn the_content_of_any_length_comes_back() {
        for length in [0, 1, PAGE_BYTES - 1, PAGE_BYTES, PAGE_BYTES + 1, 3 * PAGE_BYTES + 9] {
            let bytes = file(length, 1000);
            let open = opened(&bytes);
            assert_eq!((open.len(), bytes.len() - length), (length, open.known.len() * SUM_BYTES));
            assert_eq!(*open.read_bytes(0..length).unwrap(), bytes[..length]);
            assert_eq!(open.read_bytes(length..length).unwrap().len(), 0);
            assert!(open.read_bytes(0..length + 1).is_err());
        }
    }

    proptest! {
        #[test]
        fn nothing_altered_is_given_out(
            (length, start, end) in (1..4 * PAGE_BYTES).prop_flat_map(|length| {
                (Just(length), 0..length, 0..=length)
            }),
            piece in 1..2 * PAGE_BYTES,
            bit: usize,
        ) {
            let whole = file(length, piece);
            let mut flipped = whole.clone();
            let bit = bit % (whole.len() * 8);
            flipped[bit / 8] ^= 1 << (bit % 8);
            let range = start.min(end)..start.max(end);
            match opened(&flipped).read_bytes(range.clone()) {
                Ok(bytes) => prop_assert_eq!(&*bytes, &whole[range]),
                Err(error) => prop_assert_eq!(
                    error.to_string(),
                    "`a.store` is not as it was written"
                ),
            }
        }
    }
}
