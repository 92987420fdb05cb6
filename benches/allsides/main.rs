//! The benchmark: the whole program beside a bare tantivy index of the same
//! texts, and its answers as a user waits for them.
//!
//! It runs whole processes, and prints one table of what was measured, what is
//! allowed at most and what is aimed at. It is not a test: nothing fails
//! because a machine is slow. Nor does it make a corpus; it is given one:
//!
//! ```text
//! NEWSDEX_BENCH_CORPUS=FOLDER cargo bench --bench allsides
//! ```
//!
//! `FOLDER` holds JSON files of one article each, with at least `title` and
//! `content`. The limits are for two cores; on a larger machine put
//! `taskset -c 0,1` before `cargo`. Indexes are built in the system's folder
//! for temporary files, which `TMPDIR` names. More variables:
//!
//! * `NEWSDEX_BENCH_ROUNDS`: how often each index is built; 3 if absent.
//! * `NEWSDEX_BENCH_FOLDER`: a folder that keeps the indexes; with 0 rounds those
//!   there are used, and building is not measured.
//! * `NEWSDEX_BENCH_JSON`: a file that takes the figures, one JSON object a line.
//! * `NEWSDEX_BENCH_BUILD=1`: also time a clean release build.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment, and prints what it measured"
)]

mod bare;
mod corpus;
mod in_process;
mod limits;
mod measures;
#[path = "../measuring/mod.rs"]
mod measuring;
mod queries;
mod settings;

use std::env;
use std::path::Path;
use std::process::ExitCode;
use std::thread;

use crate::corpus::Corpus;
use crate::measures::Bench;
use crate::measuring::{json_lines, table_of};
use crate::settings::Settings;

/// What goes wrong is only ever shown: whoever runs a benchmark mends the cause
/// and runs it again.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().collect();
    let outcome = match &arguments[..] {
        [_, command, corpus, index] if command == bare::BUILD => {
            bare::build(Path::new(corpus), Path::new(index))
        }
        _ => Settings::from_environment().and_then(|settings| match settings {
            Some(settings) => run(&settings),
            None => {
                println!("{}", settings::USAGE);
                Ok(())
            }
        }),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(settings: &Settings) -> Outcome<()> {
    let corpus = Corpus::measure(&settings.corpus)?;
    println!("{corpus}");
    println!("{}", conditions()?);
    let bench = Bench::new(&corpus, settings.folder.as_deref())?;
    let mut figures = match settings.rounds {
        0 => Vec::new(),
        rounds => bench.index(rounds)?,
    };
    println!("{}", bench.counts()?);
    figures.push(bench.index_again()?);
    figures.extend(bench.answers()?);
    figures.extend(in_process::answers(&bench)?);
    figures.push(bench.batch()?);
    if settings.build {
        figures.push(measures::release_build()?);
    }
    println!("\n{}", table_of(&figures));
    if let Some(path) = &settings.json {
        std::fs::write(path, json_lines(&figures)?)
            .map_err(|cause| format!("cannot write `{}`: {cause}", path.display()))?;
    }
    Ok(())
}

/// What the figures depend on beside the corpus.
fn conditions() -> Outcome<String> {
    let cores = thread::available_parallelism()?;
    Ok(format!(
        "cores: {cores} (the limits are for 2); bare tantivy: {} writer threads of {} MB",
        bare::THREADS,
        bare::BYTES_PER_THREAD / 1_000_000,
    ))
}
