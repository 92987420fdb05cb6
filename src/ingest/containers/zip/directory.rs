//! The directory at the end of a zip archive, and the members that it lists.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use flate2::Crc;

use super::decode::{Checked, decoder};
use super::entry::{Bytes, CENTRAL, Entry, LOCAL, LOCAL_BYTES};
use super::name_to_read;
use super::seek::ReadAt;
use crate::ingest::ReadOptions;
use crate::ingest::containers::Filled;
use crate::ingest::containers::compressed::Unpacking;
use crate::ingest::containers::fault::{Fault, settle};
use crate::ingest::containers::kind::ZIP;
use crate::ingest::containers::members::Names;
use crate::ingest::containers::read::PIECE_BYTES;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::{Hints, Stream, read_stream};

/// Where the members are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Directory {
    /// Where it begins, in bytes from the start of the file.
    start: u64,
    /// Where the archive begins, behind a program that unpacks itself, say.
    base: u64,
    members: u64,
}

/// The record at the end: its mark, its bytes, and those of the longest comment
/// behind it.
const END: [u8; 4] = *b"PK\x05\x06";
const END_BYTES: usize = 22;
const COMMENT_BYTES: u64 = u16::MAX as u64;
/// What stands before it in large archives: the place of a larger record.
const LOCATOR: [u8; 4] = *b"PK\x06\x07";
const LOCATOR_BYTES: usize = 20;
/// The larger record, as far as it is needed.
const LARGE_END: [u8; 4] = *b"PK\x06\x06";
const LARGE_END_BYTES: usize = 56;

impl Directory {
    /// Finds it from the end of `file`.
    pub(super) fn find(file: &File) -> io::Result<Option<Self>> {
        let length = file.metadata()?.len();
        let tail_bytes = length.min(COMMENT_BYTES + (END_BYTES + LOCATOR_BYTES) as u64);
        let tail_start = length - tail_bytes;
        let mut tail = Vec::new();
        ReadAt { file, position: tail_start }.take(tail_bytes).read_to_end(&mut tail)?;
        for at in memchr::memmem::rfind_iter(&tail, &END) {
            let Some(record) = tail.get(at..at + END_BYTES) else { continue };
            // A mark inside a comment has no such length behind it.
            if at + END_BYTES + usize::from(Bytes(&record[20..]).u16()) > tail.len() {
                continue;
            }
            let small = Self::small(record, tail_start + at as u64);
            let locator = at.checked_sub(LOCATOR_BYTES).map(|start| &tail[start..at]);
            let large = match locator.and_then(|locator| locator.strip_prefix(&LOCATOR)) {
                Some(locator) => {
                    Self::large(file, locator, tail_start + (at - LOCATOR_BYTES) as u64)?
                }
                None => None,
            };
            if let Some(found) = large.or(small)
                && found.is_there(file)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// From the record that stands at `end`.
    fn small(record: &[u8], end: u64) -> Option<Self> {
        let mut fields = Bytes(record);
        fields.skip(10);
        let members = fields.u16().into();
        let [size, start] = [fields.u32(), fields.u32()].map(u64::from);
        Self::new(members, size, start, end)
    }

    /// From the large record, whose place the locator that stands at `end` gives.
    fn large(file: &File, locator: &[u8], end: u64) -> io::Result<Option<Self>> {
        let mut fields = Bytes(locator);
        fields.skip(4);
        let stated = fields.u64();
        // In an archive behind a program it is that much further.
        for place in [Some(stated), end.checked_sub(LARGE_END_BYTES as u64)].into_iter().flatten() {
            let mut record = Vec::new();
            let source = ReadAt { file, position: place };
            source.take(LARGE_END_BYTES as u64).read_to_end(&mut record)?;
            if record.len() == LARGE_END_BYTES && record.starts_with(&LARGE_END) {
                let mut fields = Bytes(&record[32..]);
                let [members, size, start] = [fields.u64(), fields.u64(), fields.u64()];
                return Ok(Self::new(members, size, start, place));
            }
        }
        Ok(None)
    }

    /// Of so many bytes before `end`, said to begin at `stated`.
    fn new(members: u64, size: u64, stated: u64, end: u64) -> Option<Self> {
        let start = end.checked_sub(size)?;
        Some(Self { start, base: start.checked_sub(stated)?, members })
    }

    /// Whether it begins as a directory does.
    fn is_there(&self, file: &File) -> io::Result<bool> {
        let mut mark = Vec::new();
        ReadAt { file, position: self.start }.take(4).read_to_end(&mut mark)?;
        Ok(self.members == 0 || mark == CENTRAL)
    }
}

/// Reads the members that the directory of `file` lists. `around` is the depth of the
/// archive and what is known of it.
pub(super) fn read(
    file: &File,
    directory: Directory,
    around: (u32, Hints<'_>),
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let (depth, _) = around;
    delivery.meter.note_size(file.metadata()?.len());
    let mut listed =
        BufReader::with_capacity(PIECE_BYTES, ReadAt { file, position: directory.start });
    let mut names = Names::default();
    loop {
        let mut mark = [0; 4];
        let entry = listed.read_exact(&mut mark).and_then(|()| match mark {
            CENTRAL => Entry::read_central(&mut listed).map(Some),
            // The end, or the signature of the directory.
            [b'P', b'K', ..] => Ok(None),
            _ => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "no member is listed where one should be",
            )),
        });
        let Some(mut entry) = entry.map_err(|error| Fault::attributed(error, ZIP, depth))? else {
            return Ok(ControlFlow::Continue(()));
        };
        entry.offset = entry.offset.saturating_add(directory.base);
        let Some(name) = name_to_read(&entry, &delivery.meter, &mut names)? else { continue };
        let flow = delivery.within(&name, |delivery| {
            let read = read_member(file, &entry, &name, around, options, delivery);
            settle(read, depth, delivery)
        })?;
        if flow.is_break() {
            return Ok(flow);
        }
    }
}

fn read_member(
    file: &File,
    entry: &Entry,
    name: &str,
    (depth, hints): (u32, Hints<'_>),
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let attributed = |error| Fault::attributed(error, ZIP, depth);
    let start = data_start(file, entry.offset).map_err(attributed)?;
    let stored = ReadAt { file, position: start }.take(entry.stored_bytes);
    let mut stored = BufReader::with_capacity(PIECE_BYTES, stored);
    let decoder = match decoder(entry, &mut stored)? {
        Ok(decoder) => decoder,
        Err(reason) => {
            delivery.report(reason);
            return Ok(ControlFlow::Continue(()));
        }
    };
    let checked = Checked { source: decoder, sum: Crc::new(), expected: Some(entry.checksum) };
    let meter = Rc::clone(&delivery.meter);
    let mut source = Filled::new(Unpacking::new(checked, ZIP, depth, meter), PIECE_BYTES);
    let stream = Stream { name, source: &mut source, file: None, depth: depth + 1, hints };
    read_stream(stream, options, delivery)
}

/// Where the data of the member begin whose local header is at `offset`.
fn data_start(file: &File, offset: u64) -> io::Result<u64> {
    let mut header = [0; LOCAL_BYTES as usize];
    ReadAt { file, position: offset }.read_exact(&mut header)?;
    if !header.starts_with(&LOCAL) {
        return Err(io::Error::new(ErrorKind::InvalidData, "no member is where one should be"));
    }
    let mut lengths = Bytes(&header[26..]);
    Ok(offset + LOCAL_BYTES + u64::from(lengths.u16()) + u64::from(lengths.u16()))
}
