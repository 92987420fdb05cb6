//! What the environment asks for.

use std::env;
use std::path::PathBuf;

use crate::Outcome;

/// What is printed when no corpus is named.
pub(crate) const USAGE: &str = "\
No corpus: nothing is measured. Name a folder of JSON files, one article each:
  NEWSDEX_BENCH_CORPUS=FOLDER cargo bench --bench allsides
Also: NEWSDEX_BENCH_ROUNDS=N, NEWSDEX_BENCH_FOLDER=FOLDER, NEWSDEX_BENCH_JSON=FILE,
NEWSDEX_BENCH_BUILD=1";

/// How often each index is built: the least number that has a median which one
/// disturbed run does not move.
const ROUNDS: usize = 3;

/// The settings of a run.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The folder of the corpus, from the root.
    pub(crate) corpus: PathBuf,
    /// How often each index is built; if never, those in `folder` are used.
    pub(crate) rounds: usize,
    /// The folder that keeps the indexes.
    pub(crate) folder: Option<PathBuf>,
    /// The file that takes the figures as JSON lines.
    pub(crate) json: Option<PathBuf>,
    /// Whether a clean release build is timed.
    pub(crate) build: bool,
}

impl Settings {
    /// The settings, unless the environment names no corpus.
    pub(crate) fn from_environment() -> Outcome<Option<Self>> {
        let Some(corpus) = env::var_os("NEWSDEX_BENCH_CORPUS") else { return Ok(None) };
        let corpus = PathBuf::from(corpus);
        let corpus = corpus
            .canonicalize()
            .map_err(|cause| format!("cannot read `{}`: {cause}", corpus.display()))?;
        let folder = env::var_os("NEWSDEX_BENCH_FOLDER").map(PathBuf::from);
        Ok(Some(Self {
            corpus,
            rounds: rounds(folder.is_some())?,
            folder,
            json: env::var_os("NEWSDEX_BENCH_JSON").map(PathBuf::from),
            build: env::var_os("NEWSDEX_BENCH_BUILD").is_some_and(|value| value == "1"),
        }))
    }
}

fn rounds(may_be_none: bool) -> Outcome<usize> {
    let Some(text) = env::var_os("NEWSDEX_BENCH_ROUNDS") else { return Ok(ROUNDS) };
    let least = usize::from(!may_be_none);
    let rounds = text.to_str().and_then(|text| text.parse().ok());
    let rounds = rounds.filter(|rounds| *rounds >= least);
    Ok(rounds.ok_or("`NEWSDEX_BENCH_ROUNDS` must be a number from 1; or 0 with a folder")?)
}
