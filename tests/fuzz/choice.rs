//! How an input says what it is for: by its first letter, so that seeds can be written
//! and read.

/// The choice that the first byte makes among `many`, `0` the first, `1` the second and so
/// on, and the bytes behind it.
pub(super) fn choice(bytes: &[u8], many: usize) -> (usize, &[u8]) {
    match bytes.split_first() {
        Some((first, rest)) => (usize::from(first.wrapping_sub(b'0')) % many, rest),
        None => (0, bytes),
    }
}

/// Bytes as text, what is not valid replaced, as the program reads arguments and files of
/// its own.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The first line of a text, and what stands behind it.
pub(super) fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}
