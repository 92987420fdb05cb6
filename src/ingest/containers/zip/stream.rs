//! Zip archives that stream by: each member from what stands before its data.

use std::io::{self, BufRead, ErrorKind, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use flate2::Crc;

use super::decode::{Checked, decoder, tells_its_end, wrong_checksum};
use super::entry::{DESCRIPTOR, Entry, LOCAL};
use super::name_to_read;
use crate::ingest::containers::Filled;
use crate::ingest::containers::compressed::Unpacking;
use crate::ingest::containers::fault::{Fault, settle};
use crate::ingest::containers::kind::ZIP;
use crate::ingest::containers::members::Names;
use crate::ingest::containers::read::PIECE_BYTES;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::{Hints, Stream, read_stream};
use crate::ingest::{ReadError, ReadOptions};

/// Reads the members of the archive in `stream`, until its directory begins.
pub(super) fn read(
    stream: Stream<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let Stream { source, depth, hints, .. } = stream;
    let attributed = |error| Fault::attributed(error, ZIP, depth);
    let mut names = Names::default();
    loop {
        let mut mark = [0; 4];
        source.read_exact(&mut mark).map_err(attributed)?;
        match mark {
            LOCAL => {}
            // The mark of an archive that was to be split.
            DESCRIPTOR => continue,
            [b'P', b'K', ..] => return Ok(ControlFlow::Continue(())),
            _ => {
                let error = io::Error::new(ErrorKind::InvalidData, "no member where one should be");
                return Err(attributed(error));
            }
        }
        let entry = Entry::read_local(source).map_err(attributed)?;
        let name = name_to_read(&entry, &delivery.meter, &mut names)?;
        let member = Member { entry: &entry, name: name.as_deref(), depth, hints };
        let end = match &name {
            Some(name) => {
                delivery.within(name, |delivery| member.read(source, options, delivery))?
            }
            None => member.read(source, options, delivery)?,
        };
        match end {
            End::BrokenOff => return Ok(ControlFlow::Break(())),
            End::Lost => return Ok(ControlFlow::Continue(())),
            End::AtNext => {}
        }
    }
}

/// Where the stream is after a member.
enum End {
    /// Where the next begins.
    AtNext,
    /// Nobody knows where.
    Lost,
    /// No more is wanted.
    BrokenOff,
}

/// A member that streams by.
struct Member<'a> {
    entry: &'a Entry,
    /// None if it is passed over.
    name: Option<&'a str>,
    depth: u32,
    hints: Hints<'a>,
}

impl Member<'_> {
    /// Reads it, or passes it, and reports its troubles.
    fn read(
        &self,
        source: &mut dyn BufRead,
        options: &ReadOptions,
        delivery: &mut Delivery<'_>,
    ) -> io::Result<End> {
        let attributed = |error| Fault::attributed(error, ZIP, self.depth);
        // Of some writers the sizes stand before the data all the same.
        if self.entry.has_descriptor() && self.entry.stored_bytes == 0 {
            return self.read_to_its_end(source, options, delivery);
        }
        let mut stored = source.take(self.entry.stored_bytes);
        let read = self.read_data(&mut stored, Some(self.entry.checksum), options, delivery);
        if settle(read.map(|(flow, _)| flow), self.depth, delivery)?.is_break() {
            return Ok(End::BrokenOff);
        }
        io::copy(&mut stored, &mut io::sink())?;
        if stored.limit() > 0 {
            return Err(attributed(ErrorKind::UnexpectedEof.into()));
        }
        if self.entry.has_descriptor() {
            self.read_descriptor(source).map_err(attributed)?;
        }
        Ok(End::AtNext)
    }

    /// Reads a member of which only its data tell how long they are.
    fn read_to_its_end(
        &self,
        source: &mut dyn BufRead,
        options: &ReadOptions,
        delivery: &mut Delivery<'_>,
    ) -> io::Result<End> {
        if self.entry.is_encrypted() || !tells_its_end(self.entry) {
            let is_encrypted = self.entry.is_encrypted();
            delivery.report(if is_encrypted {
                ReadError::Encrypted
            } else {
                ReadError::EndlessMember
            });
            return Ok(End::Lost);
        }
        let read = self.read_data(source, None, options, delivery).and_then(|(flow, sum)| {
            if flow.is_continue() {
                let stated = self.read_descriptor(source);
                let sum = stated.and_then(|stated| match stated == sum {
                    true => Ok(()),
                    false => Err(wrong_checksum()),
                });
                sum.map_err(|error| Fault::attributed(error, ZIP, self.depth))?;
            }
            Ok(flow)
        });
        let is_whole = read.is_ok();
        Ok(match settle(read, self.depth, delivery)? {
            ControlFlow::Break(()) => End::BrokenOff,
            ControlFlow::Continue(()) if is_whole => End::AtNext,
            ControlFlow::Continue(()) => End::Lost,
        })
    }

    /// Reads the data, all of them if no size is known, and gives their checksum.
    fn read_data(
        &self,
        source: &mut dyn BufRead,
        expected: Option<u32>,
        options: &ReadOptions,
        delivery: &mut Delivery<'_>,
    ) -> io::Result<(ControlFlow<()>, u32)> {
        if self.name.is_none() && expected.is_some() {
            return Ok((ControlFlow::Continue(()), 0));
        }
        let decoder = match decoder(self.entry, source)? {
            Ok(decoder) => decoder,
            Err(reason) => {
                delivery.report(reason);
                return Ok((ControlFlow::Continue(()), 0));
            }
        };
        let mut checked = Checked { source: decoder, sum: Crc::new(), expected };
        let meter = Rc::clone(&delivery.meter);
        let unpacking = Unpacking::new(&mut checked, ZIP, self.depth, meter);
        let mut data = Filled::new(unpacking, PIECE_BYTES);
        let mut flow = ControlFlow::Continue(());
        if let Some(name) = self.name {
            let depth = self.depth + 1;
            let stream = Stream { name, source: &mut data, file: None, depth, hints: self.hints };
            flow = read_stream(stream, options, delivery)?;
        }
        if expected.is_none() && flow.is_continue() {
            io::copy(&mut data, &mut io::sink())?;
        }
        Ok((flow, checked.sum.sum()))
    }

    /// Reads what stands behind the data, and gives the checksum that it states.
    fn read_descriptor(&self, source: &mut dyn BufRead) -> io::Result<u32> {
        let mut checksum = [0; 4];
        source.read_exact(&mut checksum)?;
        // Its mark may be left out.
        if checksum == DESCRIPTOR {
            source.read_exact(&mut checksum)?;
        }
        let sizes = if self.entry.is_large { 16 } else { 8 };
        source.read_exact(&mut [0; 16][..sizes])?;
        Ok(u32::from_le_bytes(checksum))
    }
}
