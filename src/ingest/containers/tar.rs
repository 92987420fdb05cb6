//! Tar archives: old ones, POSIX and GNU, with long names and sparse files.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use ::tar::{Archive, Entry, EntryType};

use super::Filled;
use super::compressed::Unpacking;
use super::fault::{Fault, settle};
use super::kind::TAR;
use super::members::{Names, is_passed_over, member_name};
use super::read::PIECE_BYTES;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::{Hints, Stream, read_stream};
use crate::ingest::{ReadError, ReadOptions};

/// Bytes that may stand before a member: its headers, a long name, extended
/// attributes. They are held in memory.
const HEADERS_BYTES: u64 = 1 << 20;
/// Members are padded to this, in bytes.
const BLOCK_BYTES: u64 = 512;

/// Reads the members of a tar archive.
pub(super) fn read(
    stream: Stream<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let Stream { source, depth, hints, .. } = stream;
    let position = Position { left: Cell::new(0), read: Cell::new(0), at_end: Cell::new(false) };
    let mut archive = Archive::new(Watched { source, position: &position, depth });
    let mut names = Names::default();
    let mut entries = archive.entries()?;
    // Bytes of the last member that were not read.
    let mut unread = 0;
    loop {
        position.left.set(HEADERS_BYTES.saturating_add(unread));
        let entry = match entries.next() {
            None => return Ok(ControlFlow::Continue(())),
            Some(Ok(entry)) => entry,
            Some(Err(error)) => return Err(position.fault(error, depth)),
        };
        position.left.set(u64::MAX);
        let start = position.read.get();
        let size = stored_bytes(&entry);
        let name = member_name(&entry.path_bytes());
        if is_file(&entry, &name) {
            delivery.meter.member()?;
            if !is_passed_over(&name) {
                let name = names.unique(name);
                let flow = delivery.within(&name, |delivery| {
                    settle(
                        read_member(entry, &name, depth, hints, options, delivery),
                        depth,
                        delivery,
                    )
                })?;
                if flow.is_break() {
                    return Ok(flow);
                }
            }
        }
        let read = position.read.get() - start;
        unread = size.saturating_sub(read).saturating_add(BLOCK_BYTES);
    }
}

/// Bytes that a member takes in the archive.
fn stored_bytes<R: Read>(entry: &Entry<'_, R>) -> u64 {
    match entry.header().entry_type() {
        EntryType::GNUSparse => entry.header().entry_size().unwrap_or_default(),
        _ => entry.size(),
    }
}

/// Whether the member is a file. Links are names of what stands elsewhere.
fn is_file<R: Read>(entry: &Entry<'_, R>, name: &str) -> bool {
    let kind = entry.header().entry_type();
    let is_file = matches!(kind, EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse);
    // In old archives folders are told by their name.
    is_file && !name.is_empty() && !name.ends_with('/')
}

fn read_member<R: Read>(
    entry: Entry<'_, R>,
    name: &str,
    depth: u32,
    hints: Hints<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let left = entry.size();
    let meter = Rc::clone(&delivery.meter);
    // The holes of sparse files are made of nothing, as what is unpacked.
    let member = Unpacking::new(Member { entry, left }, TAR, depth, meter);
    let mut source = Filled::new(member, PIECE_BYTES);
    let stream = Stream { name, source: &mut source, file: None, depth: depth + 1, hints };
    read_stream(stream, options, delivery)
}

/// The bytes of a member, all of them or an error.
struct Member<'a, R: Read> {
    entry: Entry<'a, R>,
    left: u64,
}

impl<R: Read> Read for Member<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.entry.read(out)?;
        if count == 0 && self.left > 0 && !out.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}

/// How far an archive was read.
struct Position {
    /// Bytes that may still be read before the next member.
    left: Cell<u64>,
    read: Cell<u64>,
    /// Whether there is no more.
    at_end: Cell<bool>,
}

impl Position {
    /// What an error between members means.
    fn fault(&self, error: io::Error, depth: u32) -> io::Error {
        let is_cut = self.at_end.get();
        Fault::attributed(if is_cut { ErrorKind::UnexpectedEof.into() } else { error }, TAR, depth)
    }
}

/// The stream of an archive, which may not be read at any length for headers.
struct Watched<'a, S> {
    source: S,
    position: &'a Position,
    depth: u32,
}

impl<S: Read> Read for Watched<'_, S> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.position.left.get();
        if left == 0 {
            let reason = ReadError::BrokenArchive {
                container: TAR,
                what: format!("headers of more than {} MiB", HEADERS_BYTES >> 20),
            };
            return Err(Fault::of_archive(self.depth, reason));
        }
        let most = out.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let count = self.source.read(&mut out[..most])?;
        self.position.left.set(left - count as u64);
        self.position.read.set(self.position.read.get() + count as u64);
        self.position.at_end.set(count == 0 && most > 0);
        Ok(count)
    }
}
