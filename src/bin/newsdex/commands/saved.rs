//! `newsdex saved`: queries that are kept, and what is new to them.

mod run;
mod seen;

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use newsdex::output::{
    RowFormat, RowWriter, SavedWire, TableCell, WIRE_VERSION, to_json, write_json_line, write_table,
};
use newsdex::query::{closest, parse, read_queries, with_query, without_query};

use self::seen::Seen;
use crate::args::{Format, FormatArguments};
use crate::failure::{Failure, SOME_UNREAD};
use crate::home::Home;
use crate::new_file::NewFile;
use crate::output::{Output, style};
use crate::query_file::QueryFile;
use crate::settings::Settings;

/// Keep queries, and run them for what is new
///
/// Saved queries stand in the file `.newsdex/saved.tsv`, one a line,
/// `name<TAB>query`; edit it as you like, or give it to `newsdex batch`.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex saved add 'port strike' 'strike near/10 port'\n  newsdex saved list\n  newsdex saved run 'port strike'\n  newsdex index ~/news && newsdex saved run --new --index ~/news"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Add(Add),
    List(List),
    Run(run::Arguments),
    Remove(Remove),
}

/// Keep a query
#[derive(Debug, Args)]
#[command(before_help = "Examples:\n  newsdex saved add 'port strike' 'strike near/10 port'")]
struct Add {
    /// What to call it
    #[arg(value_name = "NAME")]
    name: String,
    /// The query (see `newsdex help query`)
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// Put it in the place of the query of that name
    #[arg(long)]
    replace: bool,
}

/// List the saved queries
#[derive(Debug, Args)]
#[command(before_help = "Examples:\n  newsdex saved list\n  newsdex saved list --json")]
struct List {
    #[command(flatten)]
    format: FormatArguments,
}

/// Forget a saved query, and what was told of it
#[derive(Debug, Args)]
#[command(before_help = "Examples:\n  newsdex saved remove 'port strike'")]
struct Remove {
    /// Its name
    #[arg(value_name = "NAME")]
    name: String,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    match &arguments.action {
        Action::Add(arguments) => arguments.run(settings),
        Action::List(arguments) => arguments.run(settings),
        Action::Run(arguments) => run::run(arguments, settings),
        Action::Remove(arguments) => arguments.run(settings),
    }
}

impl Add {
    fn run(&self, settings: &Settings) -> Result<ExitCode, Failure> {
        let name = name(&self.name)?;
        // A line of the file has no others; to a query they are spaces.
        let query = self.query.trim().replace(['\t', '\r', '\n'], " ");
        parse(&query).map_err(|error| Failure::query(&query, &error))?;
        let home = Home::to_read(settings)?;
        let list = read(&home.saved_queries())?;
        let is_known = without_query(&list, name).is_some();
        if is_known && !self.replace {
            let failure = Failure::new(format_args!("there is a saved query `{name}` already"));
            return Err(failure.hint("`--replace` puts this one in its place"));
        }
        let file = NewFile::at(&home.saved_queries(), true)?;
        file.write(&with_query(&list, name, &query))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Remove {
    fn run(&self, settings: &Settings) -> Result<ExitCode, Failure> {
        let home = Home::to_read(settings)?;
        let list = read(&home.saved_queries())?;
        let Some(list) = without_query(&list, self.name.trim()) else {
            return Err(unknown(&self.name, names(&list)));
        };
        NewFile::at(&home.saved_queries(), true)?.write(&list)?;
        Seen::of(&home)?.forget(self.name.trim())?;
        Ok(ExitCode::SUCCESS)
    }
}

impl List {
    fn run(&self, settings: &Settings) -> Result<ExitCode, Failure> {
        let home = Home::to_read(settings)?;
        let file = saved_queries(&home)?;
        let seen = Seen::of(&home)?;
        let saved: Vec<SavedWire> = file
            .queries
            .iter()
            .map(|saved| SavedWire {
                name: saved.label.clone(),
                query: saved.text.clone(),
                last_run: seen.last_run(&saved.label).and_then(instant),
            })
            .collect();
        let mut out = Output::plain();
        match self.format.format() {
            Format::Text => write_text(&mut out, &saved, &home, settings)?,
            Format::Json => out.write_all(&to_json(
                &serde_json::json!({"version": WIRE_VERSION, "saved": saved}),
            )?)?,
            Format::Jsonl => {
                for saved in &saved {
                    let mut record = saved.record();
                    record.values.insert(0, ("version", WIRE_VERSION.into()));
                    write_json_line(&mut out, &record)?;
                }
            }
            format @ (Format::Csv | Format::Tsv) => {
                let csv = format == Format::Csv;
                let format = if csv { RowFormat::Csv } else { RowFormat::Tsv };
                let mut rows = RowWriter::new(&mut out, format, settings.cells);
                rows.write(&SavedWire::COLUMNS)?;
                for saved in &saved {
                    rows.write_record(&saved.record())?;
                }
                rows.flush()?;
            }
        }
        out.finish()?;
        Ok(if file.has_refused() { ExitCode::from(SOME_UNREAD) } else { ExitCode::SUCCESS })
    }
}

fn write_text(
    out: &mut Output,
    saved: &[SavedWire],
    home: &Home,
    settings: &Settings,
) -> Result<(), Failure> {
    if saved.is_empty() {
        writeln!(io::stderr(), "hint: `newsdex saved add NAME QUERY` keeps a query")?;
        return Ok(());
    }
    let row = |saved: &SavedWire| {
        let last_run = saved.last_run.clone().unwrap_or_else(|| "never".to_owned());
        [&saved.name, &saved.query, &last_run].map(|text| TableCell::Text(text.clone())).to_vec()
    };
    let rows: Vec<_> = saved.iter().map(row).collect();
    Ok(write_table(out, &style(settings, home), &["name", "query", "last run --new"], &rows)?)
}

/// An instant as it is written.
fn instant(seconds: i64) -> Option<String> {
    Timestamp::from_second(seconds).ok().map(|instant| instant.to_string())
}

/// The saved queries of a home.
fn saved_queries(home: &Home) -> Result<QueryFile, Failure> {
    let path = home.saved_queries();
    Ok(QueryFile::of(path.display().to_string(), &read(&path)?))
}

/// The content of a file; nothing if it is not there.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    match fs::read(path) {
        Err(cause) if cause.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        read => read.map_err(|cause| Failure::unreadable_path(path, &cause)),
    }
}

/// A name as it can stand in the file.
fn name(typed: &str) -> Result<&str, Failure> {
    let name = typed.trim();
    let wrong = match name {
        "" => "it is empty",
        _ if name.starts_with('#') => "`#` begins a comment",
        _ if name.contains(char::is_control) => "it has a tab, a line end or the like",
        _ => return Ok(name),
    };
    Err(Failure::new(format_args!("`{name}` cannot be the name of a saved query: {wrong}")))
}

/// The names in a list.
fn names(list: &[u8]) -> Vec<String> {
    read_queries(list).into_iter().flatten().map(|saved| saved.label).collect()
}

/// There is no saved query of that name.
fn unknown(name: &str, names: Vec<String>) -> Failure {
    let failure = Failure::new(format_args!("there is no saved query `{name}`"));
    match closest(name, names.iter().map(String::as_str)) {
        Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
        None => failure.hint("`newsdex saved list` lists them"),
    }
}
