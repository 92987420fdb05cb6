//! An archive of one size: its corpus, its index, and what they take.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::corpus::{self, FOLDER_OF_NEW};
use crate::measuring::{Memory, Series, Unit, remove, size_of, timed, watched};

/// Articles that are added at a time.
const ADDED: usize = 1_000;
/// How often.
const ADDINGS: usize = 3;
/// Runs of a command that takes seconds at the largest size.
const RUNS: usize = 5;
/// Runs of a search.
const SHORT_RUNS: usize = 21;
/// Two words of the sample corpus: one that is in every third article of those that are
/// written here, one in every tenth.
const WORDS: &str = "port strike";
/// Three facets: many values, few, dates.
const FACETS: &str = "person,outlet,date:month";

/// What an archive takes.
#[derive(Clone, Debug)]
pub(crate) struct Growth {
    pub(crate) label: &'static str,
    pub(crate) articles: usize,
    /// Times of building its index.
    pub(crate) index: Vec<Duration>,
    pub(crate) resident: Series,
    pub(crate) anonymous: Series,
    pub(crate) index_bytes: u64,
    pub(crate) text_bytes: u64,
    pub(crate) search: Series,
    pub(crate) facets: Series,
    /// Finding nothing changed, and the same by `find`.
    pub(crate) again: Series,
    pub(crate) find: Series,
    pub(crate) adding: Series,
    pub(crate) adding_folder: Series,
}

/// A corpus and its index.
#[derive(Debug)]
pub(crate) struct Archive {
    corpus: PathBuf,
    home: PathBuf,
    pub(crate) growth: Growth,
}

impl Archive {
    /// The archive of so many articles in `folder`; its corpus is written unless it is there.
    pub(crate) fn new(folder: &Path, articles: usize) -> Outcome<Self> {
        let corpus = folder.join(format!("corpus-{articles}"));
        // Written last, so a corpus that has it is whole.
        let size = folder.join(format!("corpus-{articles}.bytes"));
        let text_bytes = match fs::read_to_string(&size) {
            Ok(bytes) => bytes.trim().parse()?,
            Err(_) => {
                remove(&corpus)?;
                let written = corpus::write(&corpus, 0..articles, corpus::Place::ByDay)?;
                fs::write(&size, written.to_string())?;
                written
            }
        };
        println!("{articles} articles, {:.1} MB of text", text_bytes as f64 / 1e6);
        let milliseconds = |of| Series::new(of, Unit::Milliseconds);
        let growth = Growth {
            label: Box::leak(format!("{articles}").into_boxed_str()),
            articles,
            index: Vec::new(),
            resident: Series::new("resident", Unit::Megabytes),
            anonymous: Series::new("of that anonymous", Unit::Megabytes),
            index_bytes: 0,
            text_bytes,
            search: milliseconds("newsdex"),
            facets: milliseconds("newsdex"),
            again: milliseconds("newsdex"),
            find: milliseconds("find"),
            adding: Series::new("newsdex", Unit::Seconds),
            adding_folder: Series::new("newsdex", Unit::Seconds),
        };
        Ok(Self { corpus, home: folder.join(format!("home-{articles}")), growth })
    }

    /// Builds the index anew.
    pub(crate) fn index(&mut self) -> Outcome<()> {
        remove(&self.home)?;
        let run = watched(&mut self.newsdex_index(&self.corpus), &[])?;
        let Memory { resident, anonymous } = run.memory;
        let growth = &mut self.growth;
        growth.index.push(run.time);
        resident.into_iter().for_each(|bytes| growth.resident.add_bytes(bytes));
        anonymous.into_iter().for_each(|bytes| growth.anonymous.add_bytes(bytes));
        growth.index_bytes = size_of(&self.home)?;
        println!("indexed {} articles in {:.1?}", growth.articles, run.time);
        Ok(())
    }

    /// Asks what users ask.
    pub(crate) fn ask(&mut self) -> Outcome<()> {
        for _ in 0..SHORT_RUNS {
            let search = timed(&mut self.newsdex(&["search", WORDS, "--facet", FACETS]), &[])?;
            self.growth.search.add_time(search);
        }
        for _ in 0..RUNS {
            let facets = timed(&mut self.newsdex(&["facets", "--facet", FACETS]), &[])?;
            self.growth.facets.add_time(facets);
            let mut find = Command::new("find");
            find.arg(&self.corpus).args(["-type", "f", "-printf", "%s %T@\n"]);
            self.growth.find.add_time(timed(&mut find, &[])?);
            let again = timed(&mut self.newsdex_index(&self.corpus), &[])?;
            self.growth.again.add_time(again);
        }
        Ok(())
    }

    /// Adds articles: looking through the whole corpus, and looking only where they are.
    /// Takes them away again.
    pub(crate) fn add(&mut self) -> Outcome<()> {
        let new = self.corpus.join(FOLDER_OF_NEW);
        for adding in 0..ADDINGS * 2 {
            let start = self.growth.articles + adding * ADDED;
            corpus::write(&self.corpus, start..start + ADDED, corpus::Place::New)?;
            let is_whole = adding % 2 == 0;
            let root = if is_whole { &self.corpus } else { &new };
            let time = timed(&mut self.newsdex_index(root), &[])?;
            let growth = &mut self.growth;
            let series = if is_whole { &mut growth.adding } else { &mut growth.adding_folder };
            series.add_time(time);
        }
        remove(&new)?;
        timed(&mut self.newsdex_index(&self.corpus), &[])?;
        Ok(())
    }

    fn newsdex<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
        command.args(arguments).arg("--index").arg(&self.home);
        command
    }

    fn newsdex_index(&self, root: &Path) -> Command {
        self.newsdex(&[OsStr::new("index"), root.as_os_str()])
    }
}

/// The curve as a table in Markdown.
pub(crate) fn rows(curve: &[Growth]) -> String {
    let mut rows = String::from(
        "| articles | index | a second | peak memory | of that anonymous | index : text | search | \
         facets over all | nothing changed | find |\n|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for growth in curve {
        let seconds = growth.seconds();
        // Writing to a string cannot fail.
        let _ = writeln!(
            rows,
            "| {} | {seconds:.1} s | {:.0} | {:.0} MB | {:.0} MB | {:.2} | {:.1} ms | {:.1} ms | \
             {:.0} ms | {:.0} ms |",
            growth.articles,
            growth.articles as f64 / seconds,
            growth.resident.greatest(),
            growth.anonymous.greatest(),
            growth.index_bytes as f64 / growth.text_bytes as f64,
            growth.search.median(),
            growth.facets.median(),
            growth.again.median(),
            growth.find.median(),
        );
    }
    rows
}

impl Growth {
    /// The time of building its index, in seconds.
    pub(crate) fn seconds(&self) -> f64 {
        let mut series = Series::new(self.label, Unit::Seconds);
        self.index.iter().for_each(|time| series.add_time(*time));
        series.median()
    }
}
