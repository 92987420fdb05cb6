//! `newsdex count`: how many articles match.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use newsdex::output::{WIRE_VERSION, write_json_line};
use newsdex::search::Counter;
use serde_json::json;

use crate::args::{Format, FormatArguments, QueryArguments};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::output::Output;
use crate::settings::Settings;

/// Print how many articles match
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex count 'strike OR walkout date:2024'\n  newsdex count"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let asked = Asked::new(&arguments.query, settings)?;
    let request = asked.count_request(arguments.query.pattern_limit, Vec::new(), settings);
    let query = asked.within(asked.query.clone());
    let total = Counter::new(&asked.reader, &request)?.count(&query)?.total;
    let mut out = Output::plain();
    match arguments.format.format() {
        Format::Text => writeln!(out, "{}", total)?,
        // One column: the two formats are the same.
        Format::Csv | Format::Tsv => writeln!(out, "total\n{}", total)?,
        format @ (Format::Json | Format::Jsonl) => {
            let query = asked.query.to_string();
            if format == Format::Jsonl {
                let count = json!({"version": WIRE_VERSION, "query": query, "total": total});
                write_json_line(&mut out, &count)?;
            } else {
                let count = json!({"query": query, "total": total});
                out.write_all(&asked.document(&count)?)?;
            }
        }
    }
    out.finish()?;
    Ok(asked.exit_code(total))
}
