//! Zip archives, by their directory where the file can be read at any place, else as
//! they stream by.
//!
//! Both ways take as little memory for an archive of a million members as for one of
//! ten, and need no end of the archive: this is why they stand here, and not a package
//! that holds the directory. `entry` reads what is said of members, `directory` finds
//! them, `decode` unpacks them.

mod decode;
mod directory;
mod entry;
mod seek;
mod stream;

use std::io;
use std::ops::ControlFlow;

use self::directory::Directory;
use self::entry::Entry;
use super::bounds::Meter;
use super::members::{Names, is_passed_over};
use crate::ingest::ReadOptions;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::Stream;

/// Reads the members of a zip archive.
pub(super) fn read(
    stream: Stream<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let Some(file) = stream.file else { return stream::read(stream, options, delivery) };
    let restore = seek::position(file)?;
    let read = match Directory::find(file)? {
        Some(directory) => {
            directory::read(file, directory, (stream.depth, stream.hints), options, delivery)
        }
        // It was cut: what is there comes without the directory.
        None => {
            seek::to(file, restore)?;
            return stream::read(stream, options, delivery);
        }
    };
    seek::to(file, restore)?;
    read
}

/// The name under which `entry` is read; none if it is passed over.
fn name_to_read(entry: &Entry, meter: &Meter, names: &mut Names) -> io::Result<Option<String>> {
    if entry.name.is_empty() || entry.name.ends_with('/') {
        return Ok(None);
    }
    meter.member()?;
    Ok((!is_passed_over(&entry.name)).then(|| names.unique(entry.name.clone())))
}
