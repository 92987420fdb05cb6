//! `newsdex export`: the index as JSON Lines, from which it can be made again.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use newsdex::index::{Export, ExportEnd, ExportLine, IndexError, cores};
use newsdex::output::{plural, write_json_line};
use newsdex::query::{Query, parse};
use newsdex::search::{Limit, Order, Search, SortKey};
use serde::Serialize;
use xxhash_rust::xxh3::Xxh3;

use crate::asked::Opened;
use crate::failure::Failure;
use crate::in_order::in_order;
use crate::new_file::NewFile;
use crate::output::Output;
use crate::settings::Settings;

/// Write the index as JSON Lines, from which `newsdex index` makes it again
///
/// All articles with their annotations, the records of source files and versions that
/// are not shown; `docs/OUTPUT.md` describes the lines. With a query, only the articles
/// that match: a list for other programs, from which no index is made.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex export -o news.jsonl\n  newsdex export | zstd > news.jsonl.zst\n  newsdex index --index ~/copy/.newsdex news.jsonl\n  newsdex export 'person:\"Joe Biden\" date:2024' | jq .article.title"
)]
pub(crate) struct Arguments {
    /// Write only the articles that match (see `newsdex help query`)
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<String>,
    /// Write to this file, whole or not at all, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
    /// How many different words a wildcard may take in
    #[arg(long, value_name = "WORDS", default_value_t = 10_000)]
    pattern_limit: usize,
}

/// Articles that a thread turns into lines at a time: enough that handing them over costs
/// nothing beside reading them, and few enough to wait whatever their length.
const ARTICLES_AT_A_TIME: usize = 16;

/// Articles are sorted by source file afterwards; this order needs no scores.
const ANY_ORDER: Order = Order { key: SortKey::Date, ascending: true };

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let text = arguments.query.as_deref().filter(|text| !text.trim().is_empty());
    let parsed = |text| parse(text).map_err(|error| Failure::query(text, &error));
    let query = text.map(parsed).transpose()?;
    let opened = Opened::nearest(settings)?;
    let exporter = Exporter { arguments, query, opened, settings };
    match &arguments.output {
        None => {
            let mut out = Output::plain();
            exporter.write(&mut out)?;
            out.finish()?;
        }
        Some(path) => {
            let file = NewFile::at(path, arguments.force)?;
            let mut end = ExportEnd::default();
            file.write_with(|out| exporter.write(out).map(|written| end = written))?;
            // Where standard error is closed nobody can be told.
            let _ = writeln!(io::stderr(), "exported {}", plural(end.articles, "article"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is exported.
struct Exporter<'a> {
    arguments: &'a Arguments,
    query: Option<Query>,
    opened: Opened,
    settings: &'a Settings,
}

impl Exporter<'_> {
    /// Writes all lines, and gives the last.
    fn write(&self, out: &mut dyn Write) -> Result<ExportEnd, Failure> {
        let export = Export::new(&self.opened.reader);
        let mut lines = Lines { out, hash: Xxh3::new() };
        let mut end = ExportEnd::default();
        lines.write(&export.header(self.query.as_ref().map(ToString::to_string)))?;
        if self.query.is_none() {
            export.sources(|record| {
                end.sources += 1;
                lines.write(&ExportLine::Source(record.into()))
            })?;
        }
        end.articles = self.write_articles(&export, &mut lines)?;
        if self.query.is_none() {
            for version in export.hidden()? {
                end.hidden += 1;
                lines.write(&ExportLine::Hidden(version))?;
            }
        }
        end.hash = format!("{:032x}", lines.hash.digest128());
        lines.write(&ExportLine::End(end.clone()))?;
        Ok(end)
    }

    /// Writes the articles, and says how many there are.
    fn write_articles(&self, export: &Export<'_>, lines: &mut Lines<'_>) -> Result<u64, Failure> {
        let chosen = match &self.query {
            None => None,
            Some(query) => {
                let limit = self.arguments.pattern_limit;
                let mut request =
                    self.opened.hits_request(Limit::All, Some(ANY_ORDER), limit, self.settings);
                request.query = query.clone();
                Some(Search::run(&self.opened.reader, &request)?.addresses())
            }
        };
        let order = export.articles(chosen)?;
        in_order(
            cores(),
            |give| {
                for some in order.chunks(ARTICLES_AT_A_TIME) {
                    if give(some) == ControlFlow::Break(()) {
                        break;
                    }
                }
            },
            || {
                |some: &[_]| {
                    let mut lines = Vec::new();
                    for address in some {
                        let article = Box::new(export.article(*address)?);
                        // Writing to memory fails only for want of it.
                        let _ = write_json_line(&mut lines, &ExportLine::Article(article));
                    }
                    Ok::<_, IndexError>(lines)
                }
            },
            |some| lines.write_bytes(&some?),
        )?;
        Ok(order.len() as u64)
    }
}

/// Writes lines, and hashes what it writes.
struct Lines<'o> {
    out: &'o mut dyn Write,
    hash: Xxh3,
}

impl Lines<'_> {
    fn write(&mut self, line: &impl Serialize) -> Result<(), Failure> {
        let mut bytes = Vec::new();
        write_json_line(&mut bytes, line)?;
        self.write_bytes(&bytes)
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.hash.update(bytes);
        Ok(self.out.write_all(bytes)?)
    }
}
