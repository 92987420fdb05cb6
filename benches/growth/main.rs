//! How the program grows with the archive: time, memory, size and answers at ten thousand,
//! a hundred thousand and a million articles, beside each other.
//!
//! It writes its own corpora (see `corpus`), runs whole processes, and prints a table of
//! what was measured, what is allowed at most and what is aimed at; nothing fails because
//! a machine is slow.
//!
//! ```text
//! NEWSDEX_BENCH_GROWTH=10000,100000,1000000 cargo bench --bench growth
//! ```
//!
//! A million articles take some 15 GB of disk and half an hour on two cores. More
//! variables:
//!
//! * `NEWSDEX_BENCH_FOLDER`: a folder that keeps corpora and indexes; the system's folder
//!   for temporary files if absent. Corpora that are there are used again.
//! * `NEWSDEX_BENCH_JSON`: a file that takes the figures, one JSON object a line.
//! * `NEWSDEX_BENCH_PLOT`: a file that takes the curves as a picture (SVG).

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment, and prints what it measured"
)]

mod archive;
mod corpus;
mod limits;
#[path = "../measuring/mod.rs"]
mod measuring;
mod picture;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::archive::{Archive, Growth};
use crate::measuring::{Figure, Series, Unit, json_lines, table_of};

/// What goes wrong is only ever shown: whoever runs a benchmark mends the cause
/// and runs it again.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
No sizes: nothing is measured. Name numbers of articles, from the smallest:
  NEWSDEX_BENCH_GROWTH=10000,100000,1000000 cargo bench --bench growth
Also: NEWSDEX_BENCH_FOLDER=FOLDER, NEWSDEX_BENCH_JSON=FILE, NEWSDEX_BENCH_PLOT=FILE";

/// Times that the smallest archive is indexed: half before the others and half after
/// them, so that a machine that slows down meanwhile shows.
const ROUNDS: usize = 4;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let Some(sizes) = env::var_os("NEWSDEX_BENCH_GROWTH") else {
        println!("{USAGE}");
        return Ok(());
    };
    let sizes =
        sizes.to_string_lossy().split(',').map(str::parse).collect::<Result<Vec<_>, _>>()?;
    let [smallest, .., largest] = sizes[..] else { return Err(USAGE.into()) };
    let temporary = tempfile::tempdir()?;
    let folder = env::var_os("NEWSDEX_BENCH_FOLDER")
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let mut small = Archive::new(&folder, smallest)?;
    for _ in 0..ROUNDS / 2 {
        small.index()?;
    }
    small.ask()?;
    let mut grown = Vec::new();
    for size in &sizes[1..] {
        let mut archive = Archive::new(&folder, *size)?;
        archive.index()?;
        archive.ask()?;
        if *size == largest {
            archive.add()?;
        }
        grown.push(archive.growth);
    }
    for _ in 0..ROUNDS / 2 {
        small.index()?;
    }
    let Some(large) = grown.pop() else { return Err(USAGE.into()) };
    let figures = figures(&small.growth, &large);
    println!("\n{}", table_of(&figures));
    let curve: Vec<Growth> = [small.growth].into_iter().chain(grown).chain([large]).collect();
    println!("{}", archive::rows(&curve));
    if let Some(path) = env::var_os("NEWSDEX_BENCH_JSON") {
        std::fs::write(path, json_lines(&figures)?)?;
    }
    if let Some(path) = env::var_os("NEWSDEX_BENCH_PLOT") {
        std::fs::write(path, picture::of(&curve))?;
    }
    Ok(())
}

/// What the largest archive takes beside the smallest.
fn figures(small: &Growth, large: &Growth) -> Vec<Figure> {
    let per_article = |growth: &Growth| {
        let mut series = Series::new(growth.label, Unit::Microseconds);
        let articles = growth.articles as u32;
        growth.index.iter().for_each(|time| series.add_time(*time / articles));
        series
    };
    let figure = Figure::ratio;
    let mut time = Series::new(large.label, Unit::Minutes);
    large.index.iter().for_each(|one| time.add_time(*one));
    let size = Series::of_size("index", large.index_bytes);
    let text = Series::of_size("text", large.text_bytes);
    vec![
        Figure::median("indexing the largest", time, measuring::Limits::NONE),
        figure("time per article", per_article(large), per_article(small), limits::TIME),
        figure("peak memory", large.resident.clone(), small.resident.clone(), limits::MEMORY),
        Figure::greatest(
            "peak memory, largest",
            large.resident.clone(),
            [large.anonymous.clone()],
            limits::LARGEST_MEMORY,
        ),
        Figure::median("adding 1,000 articles", large.adding.clone(), limits::ADDING),
        Figure::median("adding them by folder", large.adding_folder.clone(), limits::ADDING),
        Figure::median("search, three facets", large.search.clone(), limits::SEARCH),
        Figure::median("facets over all", large.facets.clone(), measuring::Limits::NONE),
        figure("index size : text size", size, text, measuring::Limits::NONE),
        figure("nothing changed : find", large.again.clone(), large.find.clone(), limits::AGAIN),
    ]
}
