//! Reads what a container holds, by its kind.

use std::io;
use std::ops::ControlFlow;

use super::fault::settle;
use super::{Container, compressed, tar, zip};
use crate::ingest::ReadOptions;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::Stream;

/// Bytes that are read or unpacked at a time; as those of files.
pub(super) const PIECE_BYTES: usize = 64 << 10;

/// Reads the articles of all that the `container` in `stream` holds.
pub(in crate::ingest) fn read(
    container: Container,
    stream: Stream<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let depth = stream.depth;
    if let Some(reason) = delivery.meter.entry(depth) {
        delivery.report(reason);
        return Ok(ControlFlow::Continue(()));
    }
    let end = match container {
        Container::Compressed(compression) => {
            compressed::read(compression, stream, options, delivery)
        }
        Container::Tar => tar::read(stream, options, delivery),
        Container::Zip => zip::read(stream, options, delivery),
    };
    settle(end, depth, delivery)
}
