//! `newsdex index`: make the index agree with folders.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use newsdex::ingest::{FieldName, ReadOptions, field_named};
use newsdex::output::{ReportWire, to_json, write_failures, write_report};
use newsdex::update::Report;

use crate::args::{Format, FormatArguments};
use crate::clock::Stopwatch;
use crate::failure::{Failure, INTERRUPTED, SOME_UNREAD};
use crate::home::Home;
use crate::interrupt::stop_on_ctrl_c;
use crate::output::{Output, style};
use crate::recognition::RecognitionArguments;
use crate::refresh::refresh;
use crate::settings::Settings;

/// Index folders, or bring their index up to date
///
/// Reads what is new or changed below the given paths, forgets what is gone,
/// and leaves the rest. The index is kept in the folder itself, in `.newsdex`.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex index ~/news\n  newsdex index dump.jsonl --map body=full_text --map outlet=paper\n  newsdex index --model my.model\n  newsdex index --index ~/indexes/news /mnt/archive"
)]
pub(crate) struct Arguments {
    /// Files and folders [default: the folder of the nearest index]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// In JSON, read this field from the member of that name
    #[arg(long = "map", value_name = "FIELD=NAME", value_parser = mapping)]
    map: Vec<(FieldName, String)>,
    #[command(flatten)]
    recognition: RecognitionArguments,
    /// Threads that read [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let watch = Stopwatch::start();
    let format = arguments.format.format();
    if !matches!(format, Format::Text | Format::Json) {
        return Err(Failure::new("`index` writes its summary as text or JSON only"));
    }
    let (home, roots) = Home::to_index(&arguments.paths, settings)?;
    let read = ReadOptions { map: arguments.map.clone(), ..ReadOptions::default() };
    let recognition = arguments.recognition.wanted()?;
    let stop = stop_on_ctrl_c()?;
    let report = refresh(&home, roots, read, recognition, arguments.threads, settings, stop)?;
    write_failures(&mut io::stderr().lock(), &report)?;
    let mut out = Output::plain();
    if format == Format::Json {
        out.write_all(&to_json(&ReportWire::new(&report, watch.seconds()))?)?;
    } else {
        write_report(&mut out, &style(settings, &home), &report, watch.seconds())?;
    }
    out.finish()?;
    Ok(exit_code(&report))
}

fn exit_code(report: &Report) -> ExitCode {
    if report.interrupted {
        // Where standard error is closed nobody can be told.
        let _ = writeln!(io::stderr(), "interrupted: run the same command again to go on");
        return ExitCode::from(INTERRUPTED);
    }
    if report.failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_UNREAD) }
}

fn mapping(text: &str) -> Result<(FieldName, String), String> {
    let (field, name) = text.split_once('=').ok_or("expected FIELD=NAME, as in body=full_text")?;
    let known = field_named(field)
        .ok_or_else(|| format!("there is no field `{field}`; try title, date, body or outlet"))?;
    Ok((known, name.to_owned()))
}
