//! What was told of saved queries, as the home keeps it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use newsdex::search::{Mark, SavedRuns, SavedRunsError};

use super::read;
use crate::failure::Failure;
use crate::home::Home;
use crate::new_file::NewFile;

/// The runs of the saved queries of a home.
pub(super) struct Seen {
    path: PathBuf,
    runs: SavedRuns,
}

/// What a run told of a saved query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Told,
    NothingNew,
}

impl Seen {
    pub(super) fn of(home: &Home) -> Result<Self, Failure> {
        let path = home.saved_runs();
        let runs = read_runs(&path)?;
        Ok(Self { path, runs })
    }

    /// When a query was last run for what is new, in seconds since 1970.
    pub(super) fn last_run(&self, name: &str) -> Option<i64> {
        self.last(name).map(|mark| mark.made_at())
    }

    /// What the index held then.
    pub(super) fn last(&self, name: &str) -> Option<&Arc<Mark>> {
        self.runs.of(name).map(|told| &told.last)
    }

    /// What it had held before the last run that told of articles.
    pub(super) fn before(&self, name: &str) -> Option<&Arc<Mark>> {
        self.runs.of(name).and_then(|told| told.before.as_ref())
    }

    /// Forgets what was told of a query.
    pub(super) fn forget(mut self, name: &str) -> Result<(), Failure> {
        if self.runs.forget(name) {
            NewFile::at(&self.path, true)?.write(self.runs.to_string().as_bytes())?;
        }
        Ok(())
    }

    /// Keeps what these queries were told, when the index held what the mark has. Others
    /// stay as they are now, though another run may have changed them meanwhile; of
    /// two runs of one query at once the last to end counts, so that what is new may
    /// be told twice, and is never lost.
    pub(super) fn keep(
        self,
        file: NewFile,
        outcomes: &[(String, Outcome)],
        mark: &Arc<Mark>,
    ) -> Result<(), Failure> {
        let mut runs = read_runs(&self.path)?;
        for (name, outcome) in outcomes {
            match outcome {
                Outcome::Told => runs.told(name, mark),
                Outcome::NothingNew => runs.found_nothing(name, mark),
            }
        }
        file.write(runs.to_string().as_bytes())
    }

    /// The file, ready to be written anew.
    pub(super) fn file(&self) -> Result<NewFile, Failure> {
        NewFile::at(&self.path, true)
    }
}

fn read_runs(path: &Path) -> Result<SavedRuns, Failure> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    text.parse().map_err(|error: SavedRunsError| {
        let line = error.line;
        let message = format!("`{}:{line}` is not as newsdex writes it", path.display());
        Failure::new(message).hint("remove the file, and everything is new to every saved query")
    })
}
