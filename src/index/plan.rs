//! What to do with a source file: the comparison of what the index knows of it
//! with what the folder shows.

use super::SourceRecord;

/// A file as the folder shows it, without opening it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// Its size in bytes.
    pub size: u64,
    /// Its time of modification, in nanoseconds since 1970.
    pub modified_ns: i64,
}

/// The time of what came through a pipe, which no file has: 292 years before 1970.
const PIPED_NS: i64 = i64::MIN;

impl FileState {
    /// The state of what came through a pipe and is no file.
    pub const PIPED: Self = Self { size: 0, modified_ns: PIPED_NS };

    /// Whether it came through a pipe, so that no folder says whether it is there.
    #[must_use]
    pub const fn is_piped(&self) -> bool {
        self.modified_ns == PIPED_NS
    }
}

/// What to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is new: read it.
    Add,
    /// It has the size and time of its record: leave it.
    Keep,
    /// Only its time differs: read it if its content differs too.
    Compare,
    /// Its size differs: read it anew.
    Replace,
}

/// What to do with a file in this state, of which the index has this record.
#[must_use]
pub fn action(record: Option<&SourceRecord>, state: FileState) -> Action {
    match record {
        None => Action::Add,
        Some(record) if record.state == state => Action::Keep,
        Some(record) if record.state.size == state.size && record.hash.is_some() => Action::Compare,
        Some(_) => Action::Replace,
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, FileState, action};
    use crate::index::SourceRecord;

    #[test]
    fn size_time_and_hash_decide() {
        let state = FileState { size: 10, modified_ns: 1 };
        let record = SourceRecord { state, hash: Some(7), ..SourceRecord::default() };
        let unhashed = SourceRecord { state, ..SourceRecord::default() };
        let later = FileState { modified_ns: 2, ..state };
        let longer = FileState { size: 11, ..state };
        for (record, state, expected) in [
            (None, state, Action::Add),
            (Some(&record), state, Action::Keep),
            (Some(&record), later, Action::Compare),
            (Some(&unhashed), later, Action::Replace),
            (Some(&record), longer, Action::Replace),
        ] {
            assert_eq!(action(record, state), expected);
        }
    }
}
