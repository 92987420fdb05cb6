//! How an update divides the memory that it may take.
//!
//! What it takes whatever it is told is not divided: the program and the model, merging,
//! and articles of more than a megabyte, which `--max-article-size` bounds.

use newsdex::index::{WriterOptions, cores};

use crate::failure::Failure;
use crate::open_files::most_readers;

/// Bytes that every update takes: the program and its model, files of the index as they
/// are merged, the record of source files.
const FIXED_BYTES: usize = 64 << 20;
/// Parts in which the rest is divided.
const PARTS: usize = 6;
/// Of these, for segments that the engine's threads fill before they write them. Smaller
/// segments would be merged during the run, which costs a third of its time.
const SEGMENT_PARTS: usize = 4;
/// Of these, for documents that wait for the engine, so that threads go on reading while
/// it writes a segment. The last part is for those threads.
const WAITING_PARTS: usize = 1;
/// What is divided unless somebody says otherwise: 64 MiB of segments. With twice as much
/// an update of 30,000 articles is no faster.
const USUAL_BYTES: usize = FIXED_BYTES + (96 << 20);
/// Bytes that a thread that reads takes: a batch of articles, and what recognising names
/// in it needs. A thousand threads took 0.8 MiB each with small files.
const READER_BYTES: usize = 2 << 20;
/// Bytes that a thread of the engine must have: what the engine asks for.
const LEAST_WRITER_BYTES: usize = 15_000_000;
/// Threads of the engine at most: more make segments small, and are not busy.
const MOST_WRITER_THREADS: usize = 4;
/// The least that can be asked for, in MiB: a thread of the engine, one that reads, and
/// what is not divided.
const LEAST_MIB: usize = 96;

/// What each part of an update may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shares {
    /// Threads that read.
    pub(crate) threads: usize,
    pub(crate) writer: WriterOptions,
    /// Bytes of documents that may wait for the engine.
    pub(crate) waiting_bytes: usize,
}

impl Default for Shares {
    fn default() -> Self {
        Self::of(USUAL_BYTES, cores().min(most_readers()))
    }
}

impl Shares {
    /// Those of an update that is to take about `memory` bytes, and to read with so many
    /// threads.
    pub(crate) fn new(memory: Option<usize>, threads: Option<usize>) -> Result<Self, Failure> {
        let threads = threads.map(|threads| threads.max(1).min(most_readers()));
        let Some(bytes) = memory else {
            let usual = Self::default();
            return Ok(threads.map_or(usual, |threads| Self::of(USUAL_BYTES, threads)));
        };
        let room = (part(bytes) / READER_BYTES).max(1);
        match threads {
            Some(threads) if threads > room => Err(Failure::new(format_args!(
                "`--memory {}M` has room for {room} threads, and `--threads` asks for {threads}",
                bytes >> 20
            ))
            .hint("give more memory, or fewer threads")),
            _ => Ok(Self::of(
                bytes,
                threads.unwrap_or_else(|| cores().min(most_readers())).min(room),
            )),
        }
    }

    fn of(bytes: usize, threads: usize) -> Self {
        let segments = part(bytes) * SEGMENT_PARTS;
        let room = (segments / LEAST_WRITER_BYTES).max(1);
        let writer_threads = threads.min(MOST_WRITER_THREADS).min(room);
        Self {
            threads,
            writer: WriterOptions {
                threads: writer_threads,
                bytes_per_thread: (segments / writer_threads).min(MOST_WRITER_BYTES),
            },
            waiting_bytes: part(bytes) * WAITING_PARTS,
        }
    }
}

/// Bytes that a thread of the engine may have: its offsets are of 32 bits.
const MOST_WRITER_BYTES: usize = 4_000_000_000;

/// A part of what is divided.
const fn part(bytes: usize) -> usize {
    bytes.saturating_sub(FIXED_BYTES) / PARTS
}

/// Bytes of memory, as in `256M` and `1G`.
pub(crate) fn size(text: &str) -> Result<usize, String> {
    let expected = || format!("expected a size from {LEAST_MIB}M, as in `256M` or `1G`");
    let unit = text.find(|letter: char| !letter.is_ascii_digit()).ok_or_else(expected)?;
    let (number, unit) = text.split_at(unit);
    let mib = match unit {
        "M" | "m" | "MB" | "MiB" => 1,
        "G" | "g" | "GB" | "GiB" => 1 << 10,
        _ => return Err(expected()),
    };
    let mib = number.parse().ok().and_then(|number: usize| number.checked_mul(mib));
    let bytes = mib.filter(|mib| *mib >= LEAST_MIB).and_then(|mib| mib.checked_mul(1 << 20));
    bytes.ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    use super::{LEAST_MIB, LEAST_WRITER_BYTES, Shares, size};

    #[test]
    fn sizes_have_a_unit_and_a_least() {
        assert_eq!(size("96M"), Ok(96 << 20));
        assert_eq!(size("1G"), Ok(1 << 30));
        assert_eq!(size("2048MiB"), Ok(2 << 30));
        for text in ["", "M", "256", "95M", "0G", "1T", "-1G", "1.5G", "99999999999999999999G"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn shares_stay_below_what_is_divided() {
        for mib in [LEAST_MIB, 128, 160, 256, 1024, 4096] {
            let Shares { threads, writer, waiting_bytes } =
                Shares::new(Some(mib << 20), None).unwrap();
            assert!(writer.bytes_per_thread >= LEAST_WRITER_BYTES, "{mib}");
            let taken = writer.threads * writer.bytes_per_thread + waiting_bytes;
            assert!(threads > 0 && taken + (64 << 20) <= mib << 20, "{mib}");
        }
        let usual = Shares::new(None, Some(2)).unwrap();
        assert_eq!(usual.writer.bytes_per_thread * usual.writer.threads, 64 << 20);
        assert!(Shares::new(Some(96 << 20), Some(64)).is_err());
    }
}
