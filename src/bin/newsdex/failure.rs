//! What went wrong, in words and as an exit code. The only place where errors
//! of the library become messages.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use newsdex::index::{IndexError, stands_aside};
use newsdex::output::{safe_line, safe_text};
use newsdex::query::{QueryError, QueryLineError, QueryLineErrorKind};
use newsdex::search::{AliasError, EngineTrouble, SearchError, engine_trouble};
use newsdex::update::{ExportError, ModelFileError, UpdateError};

/// Nothing matched.
pub(crate) const NOTHING_FOUND: u8 = 1;
/// An error.
pub(crate) const ERROR: u8 = 2;
/// Done, but some source files could not be read, or some queries of a list not be
/// asked.
pub(crate) const SOME_UNREAD: u8 = 3;
/// The index is locked by another writer.
const LOCKED: u8 = 4;
/// The index is of another version.
const OTHER_VERSION: u8 = 5;
/// Interrupted by Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

/// A failure of the program.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Whoever read the output has gone; nobody is left to tell.
    ClosedPipe,
    /// To be told.
    Told { message: String, hints: Vec<String>, code: u8 },
}

impl Failure {
    /// With a message on one line: what strangers called their files begins no other.
    pub(crate) fn new(message: impl Display) -> Self {
        Self::of_lines(safe_line(&message.to_string()))
    }

    /// With a message of several lines, into which no name was put as it is.
    pub(crate) fn of_lines(message: impl Display) -> Self {
        Self::Told { message: message.to_string(), hints: Vec::new(), code: ERROR }
    }

    fn with_code(mut self, new: u8) -> Self {
        if let Self::Told { code, .. } = &mut self {
            *code = new;
        }
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Self::Told { hints, .. } = &mut self {
            hints.push(hint.into());
        }
        self
    }

    pub(crate) fn interrupted() -> Self {
        Self::new("interrupted").with_code(INTERRUPTED)
    }

    pub(crate) fn no_home() -> Self {
        Self::new("there is no index here: no `.newsdex` in this folder or any above it")
            .hint("make one with `newsdex index FOLDER`, or name one with `--index DIR`")
    }

    pub(crate) fn no_working_folder(cause: io::Error) -> Self {
        Self::new(format_args!("cannot tell the working folder: {}", reason(&cause)))
    }

    pub(crate) fn no_signals(cause: ctrlc::Error) -> Self {
        Self::new(format_args!("cannot watch for Ctrl-C: {cause}"))
    }

    pub(crate) fn unreadable_path(path: &Path, cause: &io::Error) -> Self {
        Self::new(format_args!("cannot read `{}`: {}", path.display(), reason(cause)))
    }

    pub(crate) fn query(text: &str, error: &QueryError) -> Self {
        Self::of_lines(error.render(text).trim_end())
            .hint("`newsdex help query` explains the query language")
    }

    /// A line of the user's aliases that cannot be followed.
    pub(crate) fn aliases(path: &Path, error: &AliasError) -> Self {
        let AliasError { line, kind } = error;
        Self::new(format_args!("`{}:{line}`: {kind}", path.display())).hint(kind.hint())
    }

    /// A line of a list that is no query.
    pub(crate) fn query_line(file: &str, error: &QueryLineError) -> Self {
        let failure = match &error.kind {
            QueryLineErrorKind::Query { text, error } => {
                Self::of_lines(error.render(text).trim_end())
            }
            other => Self::new(other),
        };
        failure.in_line(file, error.line)
    }

    /// The same of a line of a file.
    pub(crate) fn in_line(mut self, file: &str, line: usize) -> Self {
        if let Self::Told { message, .. } = &mut self {
            *message = format!("{}:{line}: {message}", safe_line(file));
        }
        self
    }

    /// Tells it on standard error.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::ClosedPipe => ExitCode::SUCCESS,
            Self::Told { message, hints, code } => {
                let mut stderr = io::stderr().lock();
                // Where standard error is closed nobody can be told.
                let _ = writeln!(stderr, "error: {}", safe_text(&message));
                for hint in hints {
                    let _ = writeln!(stderr, "hint: {}", safe_line(&hint));
                }
                ExitCode::from(code)
            }
        }
    }
}

/// The system's reason in the words of the other messages.
pub(crate) fn reason(cause: &io::Error) -> String {
    match cause.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::OutOfMemory => "not enough memory".to_owned(),
        io::ErrorKind::WouldBlock => "the system starts no more threads".to_owned(),
        _ if has_too_many_files(cause) => "too many open files".to_owned(),
        _ => cause.to_string(),
    }
}

/// Whether this process, or all of them, may open no more files: `EMFILE` and `ENFILE` of
/// Unix, of which Rust has no kind.
fn has_too_many_files(cause: &io::Error) -> bool {
    cfg!(unix) && matches!(cause.raw_os_error(), Some(23 | 24))
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::new(format_args!("cannot write the output: {error}")),
        }
    }
}

impl Failure {
    /// What is wrong with the index in `folder`, where that is known.
    pub(crate) fn of_index(error: IndexError, folder: Option<&Path>) -> Self {
        let failure = Self::new(&error);
        match error {
            IndexError::NotFound { folder } if stands_aside(&folder) => failure.hint(
                "a new one was to take its place and was stopped: `newsdex index` brings it back",
            ),
            IndexError::NotFound { .. } => {
                failure.hint("make one with `newsdex index FOLDER`, or name one with `--index DIR`")
            }
            IndexError::OtherVersion { .. } => failure
                .with_code(OTHER_VERSION)
                .hint("`newsdex index --rebuild` makes it anew; or use the other version"),
            IndexError::Locked { .. } => {
                failure.with_code(LOCKED).hint("wait until it is done; searching works meanwhile")
            }
            IndexError::NoLock { .. } => failure.hint(
                "keep the index on a disk of this computer with `--index DIR`; searching works without",
            ),
            IndexError::NoThread { cause } => Self::unusable("cannot start a thread", &cause),
            IndexError::Io { path, cause } => {
                Self::unusable(format_args!("cannot use `{}`", path.display()), &cause)
            }
            IndexError::Write { folder, cause } => match engine_trouble(&cause) {
                EngineTrouble::Damaged(what) => Self::damaged_index(&what, Some(&folder)),
                EngineTrouble::Unusable(cause) => Self::unusable(
                    format_args!("cannot write {}", index_in(Some(&folder))),
                    &cause,
                )
                .hint("what was committed stays; run the same command again to go on"),
            },
            IndexError::Engine(error) => match engine_trouble(&error) {
                EngineTrouble::Damaged(what) => Self::damaged_index(&what, folder),
                EngineTrouble::Unusable(cause) => {
                    Self::unusable(format_args!("cannot use {}", index_in(folder)), &cause)
                }
            },
            IndexError::Stored(_) => Self::damaged_index("an article of it cannot be read", folder),
            IndexError::TooManyNames => failure,
            IndexError::Damaged { what } => Self::damaged_index(what, folder),
        }
    }

    /// What the system did not let it do, with the way out where there is one.
    fn unusable(what: impl Display, cause: &io::Error) -> Self {
        let failure = Self::new(format_args!("{what}: {}", reason(cause)));
        match cause.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                failure.hint("make room, or keep the index elsewhere with `--index DIR`")
            }
            io::ErrorKind::OutOfMemory => failure.hint(
                "allow more memory (`ulimit -v`), or let `index` take less with `--memory 96M --threads 1`",
            ),
            io::ErrorKind::WouldBlock => failure
                .hint("allow more processes (`ulimit -u`), or let `index` start fewer with `--threads 1`"),
            _ if has_too_many_files(cause) => {
                failure.hint("allow more open files: `ulimit -n 64` is enough")
            }
            _ if is_forbidden(cause) => failure.hint(
                "keep the index elsewhere with `--index DIR`, a folder that can be written to",
            ),
            _ => failure,
        }
    }

    fn damaged_index(what: &str, folder: Option<&Path>) -> Self {
        let index = index_in(folder);
        Self::new(format_args!("{index} is damaged or cannot be read: {what}"))
            .hint("run `newsdex verify` to see what is damaged")
            .hint("then run `newsdex index --rebuild` to make the index anew from your files")
    }
}

fn index_in(folder: Option<&Path>) -> String {
    folder.map_or_else(
        || "the index".to_owned(),
        |folder| format!("the index in `{}`", folder.display()),
    )
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        Self::of_index(error, None)
    }
}

/// Whether a folder cannot be written to, whatever its state.
pub(crate) fn is_forbidden(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

impl Failure {
    fn of_export(error: ExportError) -> Self {
        let hint = match &error {
            ExportError::Io(_) => None,
            ExportError::OtherVersion { .. } => Some("restore it with that version of newsdex"),
            ExportError::Part { .. } => Some("`newsdex export` without a query exports all"),
            ExportError::Malformed { by, .. } if !by.is_empty() => {
                Some("restore it with that version of newsdex")
            }
            ExportError::TooLong { .. } => Some("`--max-article-size` raises the limit"),
            ExportError::Cut { .. }
            | ExportError::Malformed { .. }
            | ExportError::OtherEnd { .. } => {
                Some("it must be as `newsdex export` wrote it: copy or export it again")
            }
        };
        let failure = Self::new(UpdateError::Export(error));
        match hint {
            None => failure,
            Some(hint) => failure.hint(hint),
        }
    }

    fn lost_model(message: impl Display) -> Self {
        Self::new(message)
            .hint("put it back, or name another with `--model FILE`: all files are read again")
            .hint("`--model embedded` is the one inside newsdex, `--no-recognition` is none")
    }
}

impl From<UpdateError> for Failure {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::Index(error) => error.into(),
            UpdateError::Export(error) => Self::of_export(error),
            UpdateError::IndexThere { .. } => Self::new(error)
                .hint("an export is restored where there is none: name another with `--index DIR`")
                .hint("`newsdex index --rebuild` makes an index anew from its source files"),
            UpdateError::NoSuchPath { .. } | UpdateError::Glob(_) => Self::new(error),
            UpdateError::Model { path, cause: ModelFileError::Io(cause) } => Self::new(
                format_args!("cannot use the model `{}`: {}", path.display(), reason(&cause)),
            ),
            UpdateError::Model { .. } => {
                Self::new(error).hint("`newsdex model train` makes models")
            }
            UpdateError::ModelGone { path, cause: ModelFileError::Io(cause) } => {
                Self::lost_model(format_args!(
                    "cannot read the model `{}`, which the index was made with: {}",
                    path.display(),
                    reason(&cause)
                ))
            }
            UpdateError::ModelGone { .. } | UpdateError::OtherModel { .. } => {
                Self::lost_model(error)
            }
        }
    }
}

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Index(error) => error.into(),
            SearchError::TooBroad { words, .. } => Self::new(&error)
                .hint("give more letters")
                .hint(format!("or raise the limit with `--pattern-limit {words}`")),
            SearchError::TimelineTooLong { .. } => Self::new(error).hint(
                "take a longer period with `--per`, or leave out wrong dates with `date:2000..2030`",
            ),
            SearchError::NoPlaces { .. } => Self::new(error)
                .hint("add a word, a phrase or the like, as in `strike` or `\"port strike\"`"),
            SearchError::TooManyCells { .. } => {
                Self::new(error).hint("count by fewer fields, or narrow the query")
            }
            SearchError::NoWords { .. } | SearchError::TooManyFields { .. } => Self::new(error),
            SearchError::NobodyNamed { .. } => Self::new(error)
                .hint("`newsdex entities --prefix LETTERS` lists names that begin so"),
            SearchError::NetworkTooLarge { limit } => {
                Self::new(error).hint(format!("give `-n` a number up to {limit}"))
            }
            SearchError::Aliases(error) => Self::aliases(Path::new("aliases.tsv"), &error),
        }
    }
}
