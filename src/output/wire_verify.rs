//! The wire format of whether an index is whole.

use serde::Serialize;

use super::wire::WIRE_VERSION;
use crate::index::{Depth, Fault, Remark, Verification};

/// What a verification found.
#[derive(Debug, Serialize)]
pub struct VerificationWire<'a> {
    version: u32,
    revision: Option<&'a str>,
    index: &'a str,
    whole: bool,
    depth: &'static str,
    checked: CheckedWire,
    fault_count: u64,
    faults: Vec<NoticeWire<'a>>,
    remark_count: u64,
    remarks: Vec<NoticeWire<'a>>,
}

#[derive(Debug, Serialize)]
struct CheckedWire {
    files: u64,
    bytes: u64,
    articles: u64,
    source_files: u64,
}

/// A fault or a remark.
#[derive(Debug, Serialize)]
struct NoticeWire<'a> {
    kind: &'static str,
    subject: Option<&'a str>,
    what: &'a str,
}

impl<'a> VerificationWire<'a> {
    /// What was found in the index in the folder of that name.
    #[must_use]
    pub fn new(index: &'a str, verification: &'a Verification) -> Self {
        let Verification { files, bytes, articles, source_files, .. } = *verification;
        Self {
            version: WIRE_VERSION,
            revision: verification.revision.as_deref(),
            index,
            whole: verification.is_whole(),
            depth: match verification.depth {
                Depth::Checksums => "checksums",
                Depth::Everything => "everything",
            },
            checked: CheckedWire { files, bytes, articles, source_files },
            fault_count: verification.faults.count,
            faults: verification.faults.first.iter().map(NoticeWire::from).collect(),
            remark_count: verification.remarks.count,
            remarks: verification.remarks.first.iter().map(NoticeWire::from).collect(),
        }
    }
}

impl<'a> NoticeWire<'a> {
    fn new(kind: &'static str, subject: &'a str, what: &'a str) -> Self {
        Self { kind, subject: Some(subject).filter(|subject| !subject.is_empty()), what }
    }
}

impl<'a> From<&'a Fault> for NoticeWire<'a> {
    fn from(Fault { kind, subject, what }: &'a Fault) -> Self {
        Self::new(kind.name(), subject, what)
    }
}

impl<'a> From<&'a Remark> for NoticeWire<'a> {
    fn from(Remark { kind, subject, what }: &'a Remark) -> Self {
        Self::new(kind.name(), subject, what)
    }
}
