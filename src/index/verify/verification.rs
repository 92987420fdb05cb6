//! What a verification says.

/// How much is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The checksum of every file.
    Checksums,
    /// Those, every article, and how articles, records and names agree.
    Everything,
}

/// Of what the fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// A file of the last commit is not there.
    MissingFile,
    /// A file is not as it was written.
    AlteredFile,
    /// A file does not end as it was written: it was cut short or overwritten.
    CutFile,
    /// The system does not let a file be read.
    UnreadableFile,
    /// A segment, the part of the index that some files make, contradicts itself.
    Segment,
    /// An article cannot be read, or what is known of it elsewhere contradicts it.
    Article,
    /// Articles and the record of a source file contradict each other.
    SourceFile,
    /// The table of names is not that of the articles.
    Names,
}

impl FaultKind {
    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MissingFile => "file-missing",
            Self::AlteredFile => "file-altered",
            Self::CutFile => "file-cut",
            Self::UnreadableFile => "file-unreadable",
            Self::Segment => "segment",
            Self::Article => "article",
            Self::SourceFile => "source-file",
            Self::Names => "names",
        }
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Of what.
    pub kind: FaultKind,
    /// The file of the index, segment, article or source file.
    pub subject: String,
    /// What is wrong with it, in words.
    pub what: String,
}

/// Of what a remark is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// A file of the engine's that is not of the last commit: an update is writing it, or
    /// was interrupted.
    LeftOver,
    /// A file that newsdex knows nothing of.
    Foreign,
    /// Source files that the next update reads again, since it was interrupted or articles
    /// are made in another way now.
    Unread,
    /// The table of names is of an earlier commit, or there is none; it is made anew where
    /// it is needed.
    NoNames,
}

impl RemarkKind {
    /// Its name for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeftOver => "left-over",
            Self::Foreign => "foreign",
            Self::Unread => "unread",
            Self::NoNames => "no-names",
        }
    }
}

/// What is as it may be, and worth to be known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Of what.
    pub kind: RemarkKind,
    /// The file of the index; empty where it is about none.
    pub subject: String,
    /// What is to know, in words.
    pub what: String,
}

/// Faults or remarks that are listed at most: more tell nobody more, and an index may have
/// one for each of a million articles.
pub const MOST_LISTED: usize = 100;

/// Faults or remarks, of which the first are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    /// The first [`MOST_LISTED`].
    pub first: Vec<T>,
    /// How many there are.
    pub count: u64,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { first: Vec::new(), count: 0 }
    }
}

impl<T> Listed<T> {
    pub(super) fn push(&mut self, one: T) {
        self.count += 1;
        if self.first.len() < MOST_LISTED {
            self.first.push(one);
        }
    }

    /// Adds those of another, which may have left some out.
    pub(super) fn join(&mut self, other: Self) {
        let left_out = other.count - other.first.len() as u64;
        for one in other.first {
            self.push(one);
        }
        self.count += left_out;
    }
}

impl Listed<Fault> {
    pub(super) fn add(
        &mut self,
        kind: FaultKind,
        subject: impl Into<String>,
        what: impl Into<String>,
    ) {
        self.push(Fault { kind, subject: subject.into(), what: what.into() });
    }
}

impl Listed<Remark> {
    pub(super) fn add(
        &mut self,
        kind: RemarkKind,
        subject: impl Into<String>,
        what: impl Into<String>,
    ) {
        self.push(Remark { kind, subject: subject.into(), what: what.into() });
    }
}

/// What a verification found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// How much was looked at.
    pub depth: Depth,
    /// The commit, as [`IndexReader::revision`](crate::index::IndexReader::revision) names
    /// it; none where it cannot be opened.
    pub revision: Option<String>,
    /// Files of the index whose checksums were compared.
    pub files: u64,
    /// Bytes of these files.
    pub bytes: u64,
    /// Articles that were read.
    pub articles: u64,
    /// Source files whose records were compared with their articles.
    pub source_files: u64,
    /// What is wrong; nothing where the index is whole.
    pub faults: Listed<Fault>,
    /// What else there is to know.
    pub remarks: Listed<Remark>,
}

impl Verification {
    pub(super) fn new(depth: Depth) -> Self {
        Self {
            depth,
            revision: None,
            files: 0,
            bytes: 0,
            articles: 0,
            source_files: 0,
            faults: Listed::default(),
            remarks: Listed::default(),
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.faults.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultKind, Listed, MOST_LISTED};

    #[test]
    fn the_first_are_listed_and_all_are_counted() {
        let mut all: Listed<Fault> = Listed::default();
        for part in 0..3 {
            let mut faults: Listed<Fault> = Listed::default();
            for number in 0..MOST_LISTED {
                faults.add(FaultKind::Article, format!("{part}/{number}"), "");
                faults.add(FaultKind::Article, "more", "");
            }
            all.join(faults);
        }
        assert_eq!((all.first.len(), all.count), (MOST_LISTED, 6 * MOST_LISTED as u64));
        assert_eq!(all.first[MOST_LISTED - 1].subject, "more");
    }
}
