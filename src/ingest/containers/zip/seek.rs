//! Reads a file at any place.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// The place that whoever reads the file in order is at.
pub(super) fn position(mut file: &File) -> io::Result<u64> {
    file.stream_position()
}

/// Goes to a place.
pub(super) fn to(mut file: &File, position: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(position)).map(|_| ())
}

/// Reads on from `position`, whatever is read of the file elsewhere meanwhile.
pub(super) struct ReadAt<'a> {
    pub(super) file: &'a File,
    pub(super) position: u64,
}

impl Read for ReadAt<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        to(self.file, self.position)?;
        let count = self.file.read(out)?;
        self.position += count as u64;
        Ok(count)
    }
}
