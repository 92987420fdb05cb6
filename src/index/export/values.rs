//! Values in the lines of an export, and what can be wrong with them.

use jiff::Timestamp;

/// Why a line that is well-formed cannot be what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportFault {
    /// A value is not of its kind.
    #[error("`{text}` is no {kind}")]
    Value {
        /// What it should be.
        kind: &'static str,
        /// The value.
        text: String,
    },
    /// An article has another identifier than its path and part give.
    #[error("the article `{part}` of `{path}` has the identifier of another")]
    OtherId {
        /// Its source file.
        path: String,
        /// Its part.
        part: String,
    },
    /// A mention points beside the text.
    #[error("a mention of `{name}` does not lie in the text")]
    Mention {
        /// The name of the entity.
        name: String,
    },
}

pub(super) fn hash_text(hash: u64) -> String {
    format!("{hash:016x}")
}

pub(super) fn read_hash(text: &str) -> Result<u64, ExportFault> {
    let fits = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u64::from_str_radix(text, 16).ok().filter(|_| fits);
    number.ok_or_else(|| ExportFault::Value { kind: "hash of 16 digits", text: text.to_owned() })
}

/// A time as RFC 3339. What is beyond the calendar of 20,000 years is its end.
pub(super) fn time_text(time: Result<Timestamp, jiff::Error>) -> String {
    time.unwrap_or(Timestamp::MAX).to_string()
}

pub(super) fn read_time(text: &str) -> Result<Timestamp, ExportFault> {
    text.parse().map_err(|_| ExportFault::Value { kind: "time", text: text.to_owned() })
}
