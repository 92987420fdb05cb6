//! Settings of the system's allocator: what is freed goes back to the system.
//!
//! The C library of GNU starts with settings for programs that use the same memory again
//! and again: after the first large piece that is freed it keeps all of that size, and that
//! for each of eight stores a core. An update fills and frees 64 MB in pieces of one, by
//! threads that end with each commit; half as much again lay idle. To who searches those
//! settings are right: what is asked of the system anew has to be cleared each time.

/// Bytes from which on a piece is asked of the system and given back to it alone, at all
/// times; where the library begins.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ALONE_BYTES: libc::c_int = 128 << 10;

/// Tells the allocator to give back what is freed from now on.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    set(libc::M_MMAP_THRESHOLD, ALONE_BYTES);
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // One store for each thread that works at the same time is enough.
    set(libc::M_ARENA_MAX, newsdex::index::cores().try_into().unwrap_or(libc::c_int::MAX));
}

/// Sets one of the allocator's numbers. What it refuses stays as it was.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "no safe interface sets them, and they halve what an update keeps")]
fn set(parameter: libc::c_int, value: libc::c_int) {
    // SAFETY: it takes two numbers, under its own lock, and touches no memory of ours.
    let _ = unsafe { libc::mallopt(parameter, value) };
}
