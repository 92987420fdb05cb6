//! How many source files may be open at once.

/// Files that may be open besides source files: the streams of the program, the locks, and
/// what the engine writes while it merges. An update has been seen to need 17 of them.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
const OTHER_FILES: u64 = 24;

/// Threads that can read at most: each holds one source file open, however deep it lies,
/// and the system may allow few (`ulimit -n`).
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn most_readers() -> usize {
    use rustix::process::{Resource, getrlimit};
    let allowed = getrlimit(Resource::Nofile).current.unwrap_or(u64::MAX);
    usize::try_from(allowed.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX).max(1)
}

/// Threads that can read at most: as many as are wanted.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub(crate) fn most_readers() -> usize {
    usize::MAX
}
