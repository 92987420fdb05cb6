//! How well and how fast articles are taken out of web pages.
//!
//! Runs the program itself on folders of pages with what is known of them. A folder has
//! `pages/` and `gold.json`: for each page's file name an object with `date` (the day of
//! publication), or with the strings that the text must hold (`with`) and must not
//! (`without`), or with both. F is counted as the evaluations of htmldate (right day,
//! wrong day, none) and of trafilatura (strings kept and left out) count it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment, and prints what it measured"
)]

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;

type Outcome<T> = Result<T, Box<dyn Error>>;

const USAGE: &str = "\
No pages: nothing is measured. Name folders that have `pages/` and `gold.json`:
  NEWSDEX_BENCH_PAGES=FOLDER[:FOLDER...] cargo bench --bench pages";

/// Runs of which the fastest counts: machines are shared, and nothing makes a run too
/// fast.
const RUNS: usize = 5;

/// What is known of a page.
#[derive(Debug, Deserialize)]
struct Gold {
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// What the program makes of it.
#[derive(Debug, Default, Deserialize)]
struct Read {
    file: PathBuf,
    date: Option<String>,
    text: String,
}

/// Right, wrong and missing.
#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: u32,
    wrong: u32,
    missing: u32,
}

impl Score {
    fn f(self) -> f64 {
        let twice = 2.0 * f64::from(self.right);
        twice / (twice + f64::from(self.wrong + self.missing)).max(1.0)
    }

    fn show(self, what: &str) -> Option<String> {
        (self.right + self.wrong + self.missing > 0).then(|| {
            let Self { right, wrong, missing } = self;
            format!("  {what}: F {:.4} ({right} right, {wrong} wrong, {missing} missing)", self.f())
        })
    }
}

fn main() -> ExitCode {
    let Some(folders) = env::var_os("NEWSDEX_BENCH_PAGES") else {
        eprintln!("{USAGE}");
        return ExitCode::SUCCESS;
    };
    for folder in env::split_paths(&folders) {
        if let Err(error) = measure(&folder) {
            eprintln!("error: `{}`: {error}", folder.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn measure(folder: &Path) -> Outcome<()> {
    let gold: BTreeMap<String, Gold> =
        serde_json::from_slice(&fs::read(folder.join("gold.json"))?)?;
    let pages = folder.join("pages");
    let mut fastest = Duration::MAX;
    let mut read = BTreeMap::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        read = articles(&pages)?;
        fastest = fastest.min(start.elapsed());
    }
    let (mut days, mut strings) = (Score::default(), Score::default());
    let none = Read::default();
    for (name, gold) in &gold {
        let read = read.get(name).unwrap_or(&none);
        score_day(gold, read, &mut days);
        score_text(gold, read, &mut strings);
    }
    let rate = fs::read_dir(&pages)?.count() as f64 / fastest.as_secs_f64();
    println!("{}: {} pages, {rate:.0} pages a second and core", folder.display(), gold.len());
    for line in [days.show("date"), strings.show("text")].into_iter().flatten() {
        println!("{line}");
    }
    Ok(())
}

/// What the program reads from the pages below `folder`, with one thread.
fn articles(folder: &Path) -> Outcome<BTreeMap<String, Read>> {
    let output = Command::new(env!("CARGO_BIN_EXE_newsdex"))
        .args(["annotate", "--threads", "1", "--fields", "title,date,text"])
        .arg(folder)
        .stderr(Stdio::null())
        .output()?;
    let mut read = BTreeMap::new();
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let article: Read = serde_json::from_slice(line)?;
        let name = article.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        read.entry(name).or_insert(article);
    }
    Ok(read)
}

/// A month or a year alone is no day.
fn score_day(gold: &Gold, read: &Read, score: &mut Score) {
    let Some(day) = gold.date.as_ref().filter(|day| !day.is_empty()) else { return };
    match &read.date {
        Some(date) if date == day => score.right += 1,
        Some(date) if date.len() == day.len() => score.wrong += 1,
        _ => score.missing += 1,
    }
}

fn score_text(gold: &Gold, read: &Read, score: &mut Score) {
    let held = |strings: &[String]| {
        strings.iter().filter(|string| read.text.contains(string.as_str())).count() as u32
    };
    score.right += held(&gold.with);
    score.missing += gold.with.len() as u32 - held(&gold.with);
    score.wrong += held(&gold.without);
}
