//! Troubles on their way up through readers inside readers, which know only
//! `io::Error`: each says whose it is, so that the right archive reports it once and
//! those around it go on.

use std::io::{self, ErrorKind};
use std::ops::ControlFlow;

use crate::ingest::ReadError;
use crate::ingest::delivery::Delivery;

/// A trouble inside an `io::Error`.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Fault {
    of: Of,
    reason: ReadError,
}

/// What is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The archive or compressed stream at this depth.
    Archive(u32),
    /// The source file: nothing more of it is to be read.
    File,
    /// The same, and it was reported already.
    FileTold,
}

impl Fault {
    /// Of the archive at `depth`.
    pub(super) fn of_archive(depth: u32, reason: ReadError) -> io::Error {
        io::Error::other(Self { of: Of::Archive(depth), reason })
    }

    /// Of the whole source file.
    pub(super) fn of_file(reason: ReadError) -> io::Error {
        io::Error::other(Self { of: Of::File, reason })
    }

    /// `error` of the reader of a `container` at `depth`: its own, unless it is one
    /// of what it reads from.
    pub(super) fn attributed(error: io::Error, container: &'static str, depth: u32) -> io::Error {
        let is_from_below = error.get_ref().is_some_and(|inner| inner.is::<Self>())
            || error.raw_os_error().is_some()
            || error.kind() == ErrorKind::Interrupted;
        if is_from_below {
            return error;
        }
        let reason = match error.kind() {
            ErrorKind::UnexpectedEof => ReadError::ArchiveCut { container },
            ErrorKind::OutOfMemory => ReadError::TooMuchMemory { container },
            _ => ReadError::BrokenArchive { container, what: error.to_string() },
        };
        Self::of_archive(depth, reason)
    }

    fn in_error(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

/// Reports what the archive at `depth`, or the member of it that was read, failed on.
/// What is an error still must end the archive around it, too.
pub(super) fn settle(
    read: io::Result<ControlFlow<()>>,
    depth: u32,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let error = match read {
        Ok(flow) => return Ok(flow),
        Err(error) => error,
    };
    match Fault::in_error(&error).map(|fault| fault.of) {
        Some(Of::Archive(of)) if of == depth => {
            delivery.report(error.into());
            Ok(ControlFlow::Continue(()))
        }
        Some(Of::File) => {
            delivery.report(error.into());
            Err(io::Error::other(Fault { of: Of::FileTold, reason: ReadError::NoArticles }))
        }
        Some(Of::Archive(_) | Of::FileTold) | None => Err(error),
    }
}

/// The end of a source file, less a trouble that was reported already.
pub(in crate::ingest) fn finish(read: io::Result<ControlFlow<()>>) -> io::Result<ControlFlow<()>> {
    match read {
        Err(error) if Fault::in_error(&error).is_some_and(|fault| fault.of == Of::FileTold) => {
            Ok(ControlFlow::Continue(()))
        }
        other => other,
    }
}

/// The trouble that `error` carries.
///
/// # Errors
///
/// `error` itself if it carries none.
pub(in crate::ingest) fn reason(error: io::Error) -> Result<ReadError, io::Error> {
    error.downcast::<Fault>().map(|fault| fault.reason)
}
