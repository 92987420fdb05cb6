//! The measurements, each of which gives figures.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use newsdex::index::IndexReader;
use newsdex::search::Search;
use tempfile::TempDir;

use crate::Outcome;
use crate::bare::{self, BareIndex};
use crate::corpus::Corpus;
use crate::in_process::best_for;
use crate::limits;
use crate::measuring::{Figure, Limits, Memory, Series, Unit, remove, size_of, timed, watched};
use crate::queries;

/// Two words that are common in news but not in every article.
pub(crate) const WORDS: &str = "iran nuclear";
/// Three facets: few values, many values, dates.
const FACETS: &str = "outlet,tag,date:month";

/// Runs of a command that takes some tenths of a second.
const RUNS: usize = 11;
/// Runs of a command that takes some hundredths.
const SHORT_RUNS: usize = 31;

/// newsdex's exit code for a query that finds nothing.
const NOTHING_FOUND: i32 = 1;
/// newsdex's exit code when some files could not be read.
const SOME_UNREAD: i32 = 3;

/// A corpus with a folder for its indexes.
pub(crate) struct Bench<'a> {
    corpus: &'a Corpus,
    folder: PathBuf,
    /// The folder, where it goes with the bench.
    _temporary: Option<TempDir>,
}

impl<'a> Bench<'a> {
    /// A bench with its indexes in `folder`; without one, in one that goes with
    /// the bench.
    pub(crate) fn new(corpus: &'a Corpus, folder: Option<&Path>) -> Outcome<Self> {
        if let Some(folder) = folder {
            return Ok(Self { corpus, folder: folder.to_owned(), _temporary: None });
        }
        let temporary = tempfile::tempdir()?;
        Ok(Self { corpus, folder: temporary.path().to_owned(), _temporary: Some(temporary) })
    }

    /// Builds both indexes in turn, each anew in every round: time, memory and
    /// size.
    pub(crate) fn index(&self, rounds: usize) -> Outcome<Vec<Figure>> {
        let mut own = IndexSeries::new("newsdex");
        let mut bare = IndexSeries::new("bare tantivy");
        for round in 1..=rounds {
            remove(&self.bare_index())?;
            let bare_time = bare.add(&mut self.build_bare()?, &[])?;
            remove(&self.home())?;
            let own_time = own.add(&mut self.newsdex_index(), &[SOME_UNREAD])?;
            println!("round {round} of {rounds}: bare {bare_time:.1?}, newsdex {own_time:.1?}");
        }
        let text = || Series::of_size("text", self.corpus.text_bytes);
        let own_size = Series::of_size("newsdex", size_of(&self.home())?);
        let bare_size = Series::of_size("bare tantivy", size_of(&self.bare_index())?);
        let beside = [own.anonymous, bare.resident];
        Ok(vec![
            Figure::ratio("index : bare tantivy", own.time, bare.time, limits::INDEX),
            Figure::greatest("peak memory of index", own.resident, beside, limits::INDEX_MEMORY),
            Figure::ratio("index size : text size", own_size, text(), limits::INDEX_SIZE),
            Figure::ratio("bare index size : text size", bare_size, text(), Limits::NONE),
        ])
    }

    /// How much the indexes hold and find, to see that they can be compared.
    pub(crate) fn counts(&self) -> Outcome<String> {
        let bare = BareIndex::open(&self.bare_index())?;
        let reader = IndexReader::open(&self.index_folder())?;
        let articles = Search::run(&reader, &best_for("")?)?.total;
        let found = Search::run(&reader, &best_for(WORDS)?)?.total;
        Ok(format!(
            "articles: newsdex {articles}, bare tantivy {}; `{WORDS}`: newsdex {found}, bare \
             tantivy {}",
            bare.articles(),
            bare.top_and_count(WORDS)?,
        ))
    }

    /// A run that finds nothing changed, in turn with the cheapest way to ask
    /// the system for the sizes and times of all files.
    pub(crate) fn index_again(&self) -> Outcome<Figure> {
        let mut own = Series::new("newsdex", Unit::Milliseconds);
        let mut find = Series::new("find", Unit::Milliseconds);
        for _ in 0..RUNS {
            let mut command = Command::new("find");
            command.arg(&self.corpus.folder).args(["-type", "f", "-printf", "%s %T@\n"]);
            find.add_time(timed(&mut command, &[])?);
            own.add_time(timed(&mut self.newsdex_index(), &[SOME_UNREAD])?);
        }
        Ok(Figure::ratio("index again, nothing changed : find", own, find, limits::INDEX_AGAIN))
    }

    /// Answers to queries, as a user waits for them.
    pub(crate) fn answers(&self) -> Outcome<[Figure; 2]> {
        let search = self.answer(&["search", WORDS, "--facet", FACETS])?;
        let facets = self.answer(&["facets", "--facet", FACETS])?;
        Ok([
            Figure::median("search of two words, three facets", search, limits::SEARCH),
            Figure::median("facets over all articles", facets, limits::FACETS),
        ])
    }

    /// Counts of a thousand queries in one process.
    pub(crate) fn batch(&self) -> Outcome<Figure> {
        let list = self.folder.join("queries.tsv");
        fs::write(&list, queries::of_two_words(&self.corpus.folder)?)?;
        let mut series = Series::new("newsdex", Unit::Milliseconds);
        for _ in 0..RUNS {
            let mut command = self.newsdex(&[OsStr::new("batch"), list.as_os_str()]);
            series.add_time(timed(&mut command, &[NOTHING_FOUND])?);
        }
        Ok(Figure::median("1,000 two-word counts by `batch`", series, limits::BATCH))
    }

    fn answer(&self, arguments: &[&str]) -> Outcome<Series> {
        let mut series = Series::new("newsdex", Unit::Milliseconds);
        for _ in 0..SHORT_RUNS {
            let mut command = self.newsdex(arguments);
            series.add_time(timed(&mut command, &[NOTHING_FOUND])?);
        }
        Ok(series)
    }

    fn home(&self) -> PathBuf {
        self.folder.join("home")
    }

    /// Where newsdex keeps the index in its home.
    pub(crate) fn index_folder(&self) -> PathBuf {
        self.home().join("index")
    }

    /// Where the bare index is.
    pub(crate) fn bare_index(&self) -> PathBuf {
        self.folder.join("bare")
    }

    fn newsdex<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
        command.args(arguments).arg("--index").arg(self.home());
        command
    }

    fn newsdex_index(&self) -> Command {
        self.newsdex(&[OsStr::new("index"), self.corpus.folder.as_os_str()])
    }

    fn build_bare(&self) -> Outcome<Command> {
        let mut command = Command::new(env::current_exe()?);
        command.arg(bare::BUILD).arg(&self.corpus.folder).arg(self.bare_index());
        Ok(command)
    }
}

/// What building an index takes.
struct IndexSeries {
    time: Series,
    resident: Series,
    anonymous: Series,
}

impl IndexSeries {
    const fn new(program: &'static str) -> Self {
        Self {
            time: Series::new(program, Unit::Seconds),
            resident: Series::new(program, Unit::Megabytes),
            anonymous: Series::new("of that anonymous", Unit::Megabytes),
        }
    }

    /// Runs a command that builds an index; gives its time.
    fn add(&mut self, command: &mut Command, accepted: &[i32]) -> Outcome<Duration> {
        let run = watched(command, accepted)?;
        self.time.add_time(run.time);
        let Memory { resident, anonymous } = run.memory;
        resident.into_iter().for_each(|bytes| self.resident.add_bytes(bytes));
        anonymous.into_iter().for_each(|bytes| self.anonymous.add_bytes(bytes));
        Ok(run.time)
    }
}

/// A clean release build of the program, without what it downloads.
pub(crate) fn release_build() -> Outcome<Figure> {
    let target = tempfile::tempdir()?;
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let command = |arguments: &[&str]| {
        let mut command = Command::new(&cargo);
        command.args(arguments).args(["--quiet", "--locked", "--manifest-path"]).arg(&manifest);
        command
    };
    timed(&mut command(&["fetch"]), &[])?;
    let mut build = command(&["build", "--release"]);
    let mut series = Series::new("cargo", Unit::Minutes);
    series.add_time(timed(build.arg("--target-dir").arg(target.path()), &[])?);
    Ok(Figure::median("clean release build", series, limits::RELEASE_BUILD))
}
