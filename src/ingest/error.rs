//! Why a source file, or a part of it, cannot be read.

use std::io;

use super::containers;
use super::formats::markdown::MarkdownError;

/// Why a source file gives no article, or fewer than it holds.
///
/// The message does not name the file: whoever reports it does.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is not there (any more).
    #[error("no such file or folder")]
    NotFound,
    /// The system forbids to read it.
    #[error("permission denied")]
    Permission,
    /// A symbolic link leads back to a folder above it.
    #[error("symbolic link leads back to `{to}`")]
    Loop {
        /// The name of that folder.
        to: String,
    },
    /// It is neither a file nor a folder: a socket, a pipe, a device.
    #[error("neither a file nor a folder")]
    NotAFile,
    /// The system failed to read it.
    #[error("cannot be read: {0}")]
    Io(#[source] io::Error),
    /// It holds nothing, or nothing but white space.
    #[error("empty")]
    Empty,
    /// It is no text.
    #[error("not a text file")]
    Binary,
    /// It is in a format that is not read.
    #[error("`.{ending}` files are not read")]
    UnknownFormat {
        /// The ending of its name, in lower case.
        ending: String,
    },
    /// It is XML of a kind that is not read.
    #[error("xml files of `{root}` are not read")]
    UnknownXml {
        /// Its outermost element.
        root: String,
    },
    /// An article is larger than is allowed.
    #[error("{}article larger than {} MiB", at_line(*line), limit_bytes >> 20)]
    TooLarge {
        /// The largest size allowed, in bytes.
        limit_bytes: usize,
        /// The line where the article begins; none if it is the whole file.
        line: Option<u64>,
    },
    /// A part of the file breaks the rules of its format.
    #[error("line {line}: {what}")]
    Malformed {
        /// The line of the fault, counted from 1.
        line: u64,
        /// What is wrong there.
        what: String,
    },
    /// The header of a table names neither titles nor texts.
    #[error("no column is called a title or a text: {columns}")]
    NoTextColumn {
        /// The names of its columns, in backticks.
        columns: String,
    },
    /// A record of an archive is damaged.
    #[error("{what}")]
    Damaged {
        /// What is wrong with it.
        what: &'static str,
    },
    /// The front matter of Markdown cannot be read.
    #[error(transparent)]
    FrontMatter(#[from] MarkdownError),
    /// The file ends in the middle of an article.
    #[error("cut short: the file ends inside what begins at line {line}")]
    Truncated {
        /// The line where the unfinished part begins, counted from 1.
        line: u64,
    },
    /// A record of the file holds neither a title nor a text.
    #[error("line {line}: neither a title nor a text")]
    NoArticle {
        /// The line where the record begins, counted from 1.
        line: u64,
    },
    /// A member of an archive gives no article, or fewer than it holds.
    #[error("`{member}`: {reason}")]
    InMember {
        /// The member, by its path through all archives.
        member: String,
        /// Why.
        reason: Box<ReadError>,
    },
    /// An archive or compressed stream ends too early.
    #[error("cut short: the {container} data end too early")]
    ArchiveCut {
        /// Its format.
        container: &'static str,
    },
    /// An archive or compressed stream breaks the rules of its format.
    #[error("broken {container} data: {what}")]
    BrokenArchive {
        /// Its format.
        container: &'static str,
        /// What is wrong.
        what: String,
    },
    /// A compressed stream wants more memory than it gets.
    #[error("{container} data that take too much memory to unpack")]
    TooMuchMemory {
        /// Its format.
        container: &'static str,
    },
    /// Behind the end of a gzip stream stands something else.
    #[error("bytes that are no gzip stand behind the end of the gzip data")]
    BytesBehindGzip,
    /// A member of an archive is encrypted.
    #[error("encrypted")]
    Encrypted,
    /// A member of an archive is compressed in a way that is not read.
    #[error("compressed by a method that is not read (number {method} of zip)")]
    UnknownMethod {
        /// Its number in the description of zip.
        method: u16,
    },
    /// A member of a zip that is read as a stream does not say where it ends.
    #[error("does not say where it ends, so that the archive can only be read from a file")]
    EndlessMember,
    /// A file unpacks to more than is allowed, as bombs do.
    #[error("unpacks to more than {ratio} times its size (`--max-ratio` sets the bound)")]
    TooDense {
        /// How many times its size are allowed.
        ratio: u64,
    },
    /// Archives lie inside each other deeper than is allowed.
    #[error("more than {limit} archives inside each other (`--max-depth` sets the bound)")]
    TooDeep {
        /// How deep they may lie.
        limit: u32,
    },
    /// An archive has more members than is allowed.
    #[error("more than {limit} members (`--max-members` sets the bound)")]
    TooManyMembers {
        /// How many are allowed.
        limit: u64,
    },
    /// Several parts of the file give no article.
    #[error("{first} (and {more} more{})", and_cut(*cut_at))]
    Several {
        /// What is wrong with the first of them.
        first: Box<ReadError>,
        /// How many more there are.
        more: u64,
        /// The line where the last of them begins, if the file ends inside it.
        cut_at: Option<u64>,
    },
    /// Nothing in the file is an article.
    #[error("holds no article")]
    NoArticles,
    /// It changed while it was being read.
    #[error("changed while it was being read")]
    ChangedWhileRead,
}

impl ReadError {
    /// The trouble to report of two that one file gave: one of the whole file,
    /// else the first, with the number of the others.
    pub(crate) fn with_next(self, next: Self) -> Self {
        if self.is_of_whole_file() {
            return self;
        }
        if next.is_of_whole_file() {
            return next;
        }
        let cut_at = match next {
            Self::Truncated { line } => Some(line),
            _ => None,
        };
        match self {
            Self::Several { first, more, cut_at: cut } => {
                Self::Several { first, more: more + 1, cut_at: cut_at.or(cut) }
            }
            first => Self::Several { first: Box::new(first), more: 1, cut_at },
        }
    }

    /// Whether all of the file is in doubt, rather than some of its records.
    fn is_of_whole_file(&self) -> bool {
        !matches!(
            self,
            Self::NoArticle { .. }
                | Self::Malformed { .. }
                | Self::Damaged { .. }
                | Self::TooLarge { line: Some(_), .. }
                | Self::Truncated { .. }
                | Self::InMember { .. }
                | Self::Several { .. }
        )
    }
}

/// Permission, absence and archives have their own words; the rest keeps the
/// system's.
impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        let error = match containers::reason(error) {
            Ok(reason) => return reason,
            Err(error) => error,
        };
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Permission,
            _ => Self::Io(error),
        }
    }
}

fn at_line(line: Option<u64>) -> String {
    line.map(|line| format!("line {line}: ")).unwrap_or_default()
}

fn and_cut(line: Option<u64>) -> String {
    line.map(|line| format!(", the last cut short at line {line}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::ReadError;

    fn malformed(line: u64) -> ReadError {
        ReadError::Malformed { line, what: "expected `,`".to_owned() }
    }

    /// The message for troubles in that order.
    fn together(troubles: impl IntoIterator<Item = ReadError>) -> String {
        troubles.into_iter().reduce(ReadError::with_next).unwrap().to_string()
    }

    #[test]
    fn messages_say_where() {
        let too_large = |limit_bytes, line| ReadError::TooLarge { limit_bytes, line };
        let cases = [
            (malformed(3), "line 3: expected `,`"),
            (too_large(64 << 20, None), "article larger than 64 MiB"),
            (too_large(1 << 20, Some(7)), "line 7: article larger than 1 MiB"),
            (ReadError::NoArticle { line: 2 }, "line 2: neither a title nor a text"),
        ];
        for (error, message) in cases {
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn the_first_counts_the_others() {
        let empty = || ReadError::NoArticle { line: 2 };
        let cut = || ReadError::Truncated { line: 8 };
        assert_eq!(together([malformed(3), malformed(9)]), "line 3: expected `,` (and 1 more)");
        assert_eq!(
            together([empty(), malformed(3), malformed(4)]),
            "line 2: neither a title nor a text (and 2 more)"
        );
        assert_eq!(
            together([malformed(1), empty(), cut()]),
            "line 1: expected `,` (and 2 more, the last cut short at line 8)"
        );
        assert_eq!(together([cut()]), cut().to_string());
    }

    #[test]
    fn trouble_with_the_whole_file_wins() {
        for troubles in [
            [malformed(3), ReadError::ChangedWhileRead],
            [ReadError::ChangedWhileRead, malformed(3)],
        ] {
            assert_eq!(together(troubles), "changed while it was being read");
        }
    }
}
