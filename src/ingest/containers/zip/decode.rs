//! Unpacks the data of a member of a zip archive.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use lzma_rust2::XzReader;

use super::entry::Entry;
use crate::ingest::ReadError;
use crate::ingest::containers::compressed::XZ_WINDOW_KIB;

/// The methods that are read: none, deflate, bzip2, zstd, xz.
const STORED: u16 = 0;
const DEFLATE: u16 = 8;
const BZIP2: u16 = 12;
const ZSTD: u16 = 93;
const XZ: u16 = 95;

/// The data of `entry`, which begin with `source`. Of a method that tells its end
/// itself, no byte behind it is taken.
pub(super) fn decoder<'a>(
    entry: &Entry,
    source: &'a mut dyn BufRead,
) -> io::Result<Result<Box<dyn Read + 'a>, ReadError>> {
    if entry.is_encrypted() {
        return Ok(Err(ReadError::Encrypted));
    }
    Ok(Ok(match entry.method {
        STORED => Box::new(source),
        DEFLATE => Box::new(DeflateDecoder::new(source)),
        BZIP2 => Box::new(BzDecoder::new(source)),
        ZSTD => Box::new(zstd::Decoder::with_buffer(source)?.single_frame()),
        XZ => Box::new(XzReader::new_mem_limit(source, false, XZ_WINDOW_KIB)),
        method => return Ok(Err(ReadError::UnknownMethod { method })),
    }))
}

/// Whether the data of `entry` tell their end themselves.
pub(super) const fn tells_its_end(entry: &Entry) -> bool {
    matches!(entry.method, DEFLATE | BZIP2 | ZSTD | XZ)
}

/// Gives what `source` gives, and an error at its end if the checksum is another.
pub(super) struct Checked<R> {
    pub(super) source: R,
    pub(super) sum: Crc,
    /// None where it is not known yet.
    pub(super) expected: Option<u32>,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(out)?;
        self.sum.update(&out[..count]);
        let is_end = count == 0 && !out.is_empty();
        if is_end && self.expected.take().is_some_and(|expected| expected != self.sum.sum()) {
            return Err(wrong_checksum());
        }
        Ok(count)
    }
}

/// That data are not what the archive says they were.
pub(super) fn wrong_checksum() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "the checksum is another")
}
