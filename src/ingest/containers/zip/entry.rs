//! What a zip archive says of a member, before its data and in its directory.
//!
//! The numbers are those of the description of the format, APPNOTE.TXT 6.3.10 by
//! PKWARE, with its sections 4.3.7 and 4.3.12.

use std::io::{self, Read};

use crate::ingest::containers::members::member_name;

/// Before the data of a member.
pub(super) const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// Of a member, in the directory.
pub(super) const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// Behind the data of a member whose sizes were not known before it.
pub(super) const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

/// Bytes of the fixed part of what stands before the data, with the mark.
pub(super) const LOCAL_BYTES: u64 = 30;

/// The extra field that holds sizes of more than four bytes, and its values: the
/// sizes in full and in the archive, and the place.
const LARGE_SIZES: u16 = 1;
/// A size or place that stands there.
const IS_LARGE: u32 = u32::MAX;

/// A member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    flags: u16,
    /// The method by which it is compressed.
    pub(super) method: u16,
    /// The CRC-32 of its data.
    pub(super) checksum: u32,
    /// Bytes in the archive.
    pub(super) stored_bytes: u64,
    /// Where its local header is, from the start of the archive.
    pub(super) offset: u64,
    /// Whether its sizes are written in eight bytes.
    pub(super) is_large: bool,
}

impl Entry {
    /// Reads what stands before the data, behind the mark.
    pub(super) fn read_local(source: &mut (impl Read + ?Sized)) -> io::Result<Self> {
        let mut fixed = [0; LOCAL_BYTES as usize - 4];
        source.read_exact(&mut fixed)?;
        let mut fields = Bytes(&fixed);
        fields.skip(2);
        let mut entry = Self::shared(&mut fields);
        let [stored, full] = [fields.u32(), fields.u32()];
        let [name, extra] = [fields.u16(), fields.u16()];
        entry.name = member_name(&bytes(source, name)?);
        entry.stored_bytes = stored.into();
        entry.widen(&bytes(source, extra)?, full, stored, 0);
        Ok(entry)
    }

    /// Reads what stands in the directory, behind the mark.
    pub(super) fn read_central(source: &mut (impl Read + ?Sized)) -> io::Result<Self> {
        let mut fixed = [0; 42];
        source.read_exact(&mut fixed)?;
        let mut fields = Bytes(&fixed);
        fields.skip(4);
        let mut entry = Self::shared(&mut fields);
        let [stored, full] = [fields.u32(), fields.u32()];
        let [name, extra, comment] = [fields.u16(), fields.u16(), fields.u16()];
        fields.skip(8);
        let offset = fields.u32();
        entry.name = member_name(&bytes(source, name)?);
        entry.stored_bytes = stored.into();
        entry.offset = offset.into();
        entry.widen(&bytes(source, extra)?, full, stored, offset);
        bytes(source, comment)?;
        Ok(entry)
    }

    /// The fields that both have in the same order: flags, method, time, checksum.
    fn shared(fields: &mut Bytes<'_>) -> Self {
        let [flags, method] = [fields.u16(), fields.u16()];
        fields.skip(4);
        Self { flags, method, checksum: fields.u32(), ..Self::default() }
    }

    /// Takes sizes and the place from the extra field where they are too large for
    /// their own.
    fn widen(&mut self, extra: &[u8], full: u32, stored: u32, offset: u32) {
        let mut extra = Bytes(extra);
        while !extra.0.is_empty() {
            let [id, length] = [extra.u16(), extra.u16()];
            let mut value = Bytes(extra.take(length.into()));
            if id != LARGE_SIZES {
                continue;
            }
            self.is_large = true;
            if full == IS_LARGE {
                value.skip(8);
            }
            if stored == IS_LARGE {
                self.stored_bytes = value.u64();
            }
            if offset == IS_LARGE {
                self.offset = value.u64();
            }
        }
    }

    /// Whether it cannot be read without a password.
    pub(super) const fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether its sizes and checksum stand behind its data, and not before.
    pub(super) const fn has_descriptor(&self) -> bool {
        self.flags & 8 != 0
    }
}

/// So many bytes of `source`.
fn bytes(source: &mut (impl Read + ?Sized), count: u16) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; count.into()];
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}

/// Takes numbers from the front of bytes; zeros where there are no more.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> &'a [u8] {
        let (front, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        front
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.take(count);
    }

    fn number<const N: usize>(&mut self) -> [u8; N] {
        let mut number = [0; N];
        let front = self.take(N);
        number[..front.len()].copy_from_slice(front);
        number
    }

    pub(super) fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.number())
    }

    pub(super) fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.number())
    }

    pub(super) fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.number())
    }
}
