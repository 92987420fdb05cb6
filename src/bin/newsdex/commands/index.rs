//! `newsdex index`: make the index agree with folders, or make it of an export.

mod named_export;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use newsdex::ingest::{FieldName, ReadOptions, field_named};
use newsdex::output::{ReportWire, plural, safe_line, to_json, write_failures, write_report};
use newsdex::update::{Piped, Rebuilt, Report};

use self::named_export::NamedExport;

use crate::args::{Format, FormatArguments};
use crate::clock::Stopwatch;
use crate::failure::{Failure, INTERRUPTED, SOME_UNREAD};
use crate::home::Home;
use crate::interrupt::stop_on_ctrl_c;
use crate::memory::{Shares, size};
use crate::output::{Output, style};
use crate::path_list;
use crate::reading::{BoundArguments, SelectionArguments};
use crate::recognition::RecognitionArguments;
use crate::refresh::{Wanted, make_anew, refresh, restore_export};
use crate::settings::Settings;

/// Index folders, or bring their index up to date
///
/// Reads what is new or changed below the given paths, forgets what is gone,
/// and leaves the rest. The index is kept in the folder itself, in `.newsdex`.
///
/// A path that is an export (see `newsdex export`) is restored: to the index that was
/// exported, where there is none.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex index ~/news\n  newsdex index dump.jsonl --map body=full_text --map outlet=paper\n  newsdex index ~/news --exclude drafts/ --exclude '*.bak.html'\n  find . -newer last -name '*.html' -print0 | newsdex index --files-from - -0\n  zcat dump.jsonl.gz | newsdex index - --name dump.jsonl\n  newsdex index --index ~/indexes/news /mnt/archive\n  newsdex index --index ~/copy/.newsdex export.jsonl"
)]
pub(crate) struct Arguments {
    /// Files and folders; `-` is standard input, whose articles stay until something
    /// else comes under its name [default: the folder of the nearest index]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read the files that this file lists, one a line; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    files_from: Option<PathBuf>,
    /// The files of the list end with NUL, not with a line
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
    /// The name under which what comes from standard input is kept; its ending may
    /// tell the format [default: -]
    #[arg(long, value_name = "NAME", value_parser = name_of_pipe)]
    name: Option<String>,
    /// Make the index anew from its source files: the one that is there, whatever its
    /// state or version, is searched until the new one is whole. What cannot be read
    /// again is carried over
    #[arg(long, conflicts_with_all = ["files_from", "name"])]
    rebuild: bool,
    /// In JSON, read this field from the member of that name
    #[arg(long = "map", value_name = "FIELD=NAME", value_parser = mapping)]
    map: Vec<(FieldName, String)>,
    #[command(flatten)]
    recognition: RecognitionArguments,
    /// Threads that read [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// About how much memory to take, as in `256M` or `1G`; 96M at least [default: 160M]
    #[arg(long, value_name = "SIZE", value_parser = size)]
    memory: Option<usize>,
    /// Bytes of source files after which is committed; few, so that the tests of
    /// interruptions see many commits
    #[arg(long, value_name = "BYTES", hide = true)]
    commit_bytes: Option<u64>,
    #[command(flatten)]
    format: FormatArguments,
    #[command(flatten)]
    selection: SelectionArguments,
    #[command(flatten)]
    bounds: BoundArguments,
}

impl Arguments {
    fn shares(&self) -> Result<Shares, Failure> {
        Shares::new(self.memory, self.threads)
    }

    /// What is to be read, and into which index.
    fn wanted(&self, settings: &Settings) -> Result<(Home, Wanted), Failure> {
        let is_pipe = |path: &PathBuf| path == Path::new(PIPE);
        let (pipes, paths): (Vec<_>, Vec<_>) = self.paths.iter().cloned().partition(is_pipe);
        if pipes.is_empty() && self.name.is_some() {
            return Err(Failure::new("`--name` names what comes from standard input")
                .hint("give `-` as a path to read it"));
        }
        if self.rebuild && !pipes.is_empty() {
            return Err(Failure::new("`--rebuild` reads files, and `-` is none")
                .hint("what came through a pipe before is carried over"));
        }
        let name = self.name.clone().unwrap_or_else(|| PIPE.to_owned());
        let piped = (!pipes.is_empty()).then_some(Piped { name, open: || Box::new(io::stdin()) });
        let mut wanted = Wanted {
            piped,
            selection: self.selection.change(),
            read: ReadOptions { map: self.map.clone(), ..self.bounds.read_options() },
            recognition: self.recognition.wanted()?,
            shares: self.shares()?,
            commit_bytes: self.commit_bytes,
            ..Wanted::default()
        };
        let home = if let Some(list) = &self.files_from {
            let listed = path_list::read(list, self.null)?;
            let home = Home::of_working_folder(settings)?;
            let listed = listed.iter().map(|path| home.listed(&settings.working_folder, path));
            wanted.listed = listed.filter(|path| !home.holds(path)).collect();
            home
        } else if paths.is_empty() && wanted.piped.is_some() {
            Home::to_read(settings)?
        } else {
            let (home, roots) = Home::to_index(&paths, settings)?;
            // Without paths, the index that is there says what it is made anew of.
            wanted.roots = if self.rebuild && paths.is_empty() { Vec::new() } else { roots };
            home
        };
        Ok((home, wanted))
    }
}

/// Standard input in the place of a path, and the name of what comes from it.
const PIPE: &str = "-";

fn name_of_pipe(name: &str) -> Result<String, String> {
    let is_usable = !name.trim().is_empty() && !name.contains(char::is_control);
    is_usable.then(|| name.to_owned()).ok_or_else(|| "expected a name".to_owned())
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let watch = Stopwatch::start();
    let format = arguments.format.format();
    if !matches!(format, Format::Text | Format::Json) {
        return Err(Failure::new("`index` writes its summary as text or JSON only"));
    }
    let (home, report) = make(arguments, settings)?;
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

/// Does what the arguments say.
fn make(arguments: &Arguments, settings: &Settings) -> Result<(Home, Report), Failure> {
    if let Some(NamedExport { home, mut lines, bytes }) = NamedExport::among(arguments, settings)? {
        let read = arguments.bounds.read_options();
        let shares = arguments.shares()?;
        let wanted = Wanted { read, shares, ..Wanted::default() };
        let stop = stop_on_ctrl_c()?;
        let report = restore_export(&home, (&mut *lines, bytes), wanted, settings, stop)?;
        return Ok((home, report));
    }
    let (home, wanted) = arguments.wanted(settings)?;
    let stop = stop_on_ctrl_c()?;
    if !arguments.rebuild {
        let report = refresh(&home, wanted, settings, stop)?;
        return Ok((home, report));
    }
    let Rebuilt { report, carried, unreadable } = make_anew(&home, wanted, settings, stop)?;
    if report.interrupted {
        return Ok((home, report));
    }
    let mut told = io::stderr().lock();
    if let Some(reason) = unreadable {
        // Where standard error is closed nobody can be told.
        let _ = writeln!(
            told,
            "warning: the old index could not be read: {}\n\
             warning: what came through pipes or lies outside of `{}` is not in the new one, and \
             all articles were first seen now",
            safe_line(&reason),
            safe_line(&home.base.to_string_lossy()),
        );
    }
    if carried > 0 {
        let articles = plural(carried, "article");
        let _ = writeln!(told, "carried over {articles} whose source files cannot be read again");
    }
    Ok((home, report))
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
