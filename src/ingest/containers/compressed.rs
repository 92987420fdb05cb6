//! Compressed streams: gzip, zstd, bzip2, xz. What they hold is no member: it stands
//! for the stream itself.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::{GzDecoder, MultiGzDecoder};
use lzma_rust2::XzReader;

use super::Filled;
use super::bounds::Meter;
use super::fault::Fault;
use super::kind::{Compression, name_inside};
use super::read::PIECE_BYTES;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::{Stream, read_stream};
use crate::ingest::{ReadError, ReadOptions};

/// Memory for the window of xz, in KiB: twice that of its highest level. That of
/// zstd is at most 128 MiB, by the library itself.
pub(super) const XZ_WINDOW_KIB: u32 = 128 << 10;

/// Reads what a compressed stream holds.
pub(super) fn read(
    compression: Compression,
    stream: Stream<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let Stream { name, source, depth, hints, .. } = stream;
    let decoder: Box<dyn Read + '_> = match compression {
        Compression::Gzip => Box::new(Gzip::new(source, depth)),
        Compression::Zstd => Box::new(zstd::Decoder::with_buffer(source)?),
        Compression::Bzip2 => Box::new(MultiBzDecoder::new(source)),
        Compression::Xz => Box::new(XzReader::new_mem_limit(source, true, XZ_WINDOW_KIB)),
    };
    let meter = Rc::clone(&delivery.meter);
    let unpacking = Unpacking::new(decoder, compression.name(), depth, meter);
    let mut source = Filled::new(unpacking, PIECE_BYTES);
    let name = name_inside(name);
    let inside = Stream { name: &name, source: &mut source, file: None, depth: depth + 1, hints };
    let flow = read_stream(inside, options, delivery)?;
    if flow.is_continue() {
        // What stands behind the end of the data shows only now.
        let mut decoder = source.into_inner();
        let _ = decoder.read(&mut [0])?;
    }
    Ok(flow)
}

/// What unpacks a stream of its own.
pub(in crate::ingest) fn unpacked(
    compression: Compression,
    source: BufReader<File>,
) -> io::Result<Box<dyn Read + Send>> {
    Ok(match compression {
        Compression::Gzip => Box::new(MultiGzDecoder::new(source)),
        Compression::Zstd => Box::new(zstd::Decoder::with_buffer(source)?),
        Compression::Bzip2 => Box::new(MultiBzDecoder::new(source)),
        Compression::Xz => Box::new(XzReader::new_mem_limit(source, true, XZ_WINDOW_KIB)),
    })
}

/// Gives what a decoder unpacks, counts it, and says whose its errors are.
pub(super) struct Unpacking<R> {
    decoder: R,
    container: &'static str,
    depth: u32,
    meter: Rc<Meter>,
}

impl<R> Unpacking<R> {
    /// Of the `container` at `depth`.
    pub(super) const fn new(
        decoder: R,
        container: &'static str,
        depth: u32,
        meter: Rc<Meter>,
    ) -> Self {
        Self { decoder, container, depth, meter }
    }
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(out);
        let count = read.map_err(|error| Fault::attributed(error, self.container, self.depth))?;
        self.meter.unpack(count as u64)?;
        Ok(count)
    }
}

/// The members of a gzip stream, one after the other.
///
/// Zeros behind the last are the padding of tapes. Other bytes that are no gzip are
/// an error, once all before them was given.
struct Gzip<'a> {
    depth: u32,
    state: GzipState<'a>,
}

enum GzipState<'a> {
    Member(Box<GzDecoder<&'a mut dyn BufRead>>),
    Ended,
    /// With bytes that are no gzip behind the last member.
    Followed,
}

impl<'a> Gzip<'a> {
    fn new(source: &'a mut dyn BufRead, depth: u32) -> Self {
        Self { depth, state: GzipState::Member(Box::new(GzDecoder::new(source))) }
    }

    /// What stands behind a member.
    fn after_member(source: &'a mut dyn BufRead) -> io::Result<GzipState<'a>> {
        loop {
            let bytes = source.fill_buf()?;
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            match bytes.get(zeros) {
                Some(0x1F) if zeros == 0 => {
                    return Ok(GzipState::Member(Box::new(GzDecoder::new(source))));
                }
                Some(_) => return Ok(GzipState::Followed),
                None if zeros == 0 => return Ok(GzipState::Ended),
                None => source.consume(zeros),
            }
        }
    }
}

impl Read for Gzip<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.state {
                GzipState::Member(decoder) => {
                    let count = decoder.read(out)?;
                    if count > 0 || out.is_empty() {
                        return Ok(count);
                    }
                }
                GzipState::Ended => return Ok(0),
                GzipState::Followed => {
                    self.state = GzipState::Ended;
                    return Err(Fault::of_archive(self.depth, ReadError::BytesBehindGzip));
                }
            }
            if let GzipState::Member(decoder) = std::mem::replace(&mut self.state, GzipState::Ended)
            {
                self.state = Self::after_member(decoder.into_inner())?;
                if matches!(self.state, GzipState::Followed) {
                    return Ok(0);
                }
            }
        }
    }
}
