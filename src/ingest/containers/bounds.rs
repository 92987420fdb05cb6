//! Bounds against archives that unpack to more than anybody could read: by ratio,
//! by depth, by number.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

use super::fault::Fault;
use crate::ingest::ReadError;

/// How much one source file may unpack to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Bytes that may be unpacked, at all depths together, for each byte of the file.
    pub max_ratio: u64,
    /// How many archives and compressed streams may lie inside each other.
    pub max_depth: u32,
    /// How many members it may hold, in all its archives together.
    pub max_members: u64,
}

/// Just below what deflate can reach, 1032:1, so that a bomb is told from the
/// weakest method on; news text stays below 20:1, the most repetitive logs below 500:1.
const MAX_RATIO: u64 = 1_000;
/// An archive of compressed archives of compressed files is five deep.
const MAX_DEPTH: u32 = 6;
/// No archive of articles known comes near; the names of so many are remembered in
/// 300 MB.
const MAX_MEMBERS: u64 = 10_000_000;

/// Deeper is never gone, whatever the bound: each depth takes a piece of the stack.
const DEEPEST: u32 = 64;

/// Bytes that any file may unpack to, in bytes: that much is read of one article
/// anyway. It leaves small files of white space alone.
const FREE_BYTES: u64 = 32 << 20;

impl Default for Bounds {
    fn default() -> Self {
        Self { max_ratio: MAX_RATIO, max_depth: MAX_DEPTH, max_members: MAX_MEMBERS }
    }
}

/// Counts, over all depths, what one source file unpacks to.
#[derive(Debug)]
pub(in crate::ingest) struct Meter {
    bounds: Bounds,
    /// Bytes read of the source file.
    read: Rc<Cell<u64>>,
    /// Its size, where it is known and read out of order.
    size: Cell<u64>,
    unpacked: Cell<u64>,
    members: Cell<u64>,
}

impl Meter {
    pub(in crate::ingest) fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            read: Rc::default(),
            size: Cell::new(0),
            unpacked: Cell::new(0),
            members: Cell::new(0),
        }
    }

    /// The count of bytes read of the source file, for whoever reads it.
    pub(in crate::ingest) fn read(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.read)
    }

    /// Notes the size of the source file.
    pub(super) fn note_size(&self, bytes: u64) {
        self.size.set(bytes);
    }

    /// Notes that so many bytes were unpacked.
    pub(in crate::ingest) fn unpack(&self, bytes: u64) -> io::Result<()> {
        let unpacked = self.unpacked.get().saturating_add(bytes);
        self.unpacked.set(unpacked);
        let packed = self.read.get().max(self.size.get());
        let ratio = self.bounds.max_ratio;
        if unpacked > packed.saturating_mul(ratio).saturating_add(FREE_BYTES) {
            return Err(Fault::of_file(ReadError::TooDense { ratio }));
        }
        Ok(())
    }

    /// Notes a member of an archive.
    pub(super) fn member(&self) -> io::Result<()> {
        let limit = self.bounds.max_members;
        self.members.set(self.members.get() + 1);
        if self.members.get() > limit {
            return Err(Fault::of_file(ReadError::TooManyMembers { limit }));
        }
        Ok(())
    }

    /// What speaks against going into an archive at this depth, 0 for that of the
    /// source file itself.
    pub(super) fn entry(&self, depth: u32) -> Option<ReadError> {
        let limit = self.bounds.max_depth.min(DEEPEST);
        (depth >= limit).then_some(ReadError::TooDeep { limit })
    }
}
