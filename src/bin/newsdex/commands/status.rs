//! `newsdex status`: what the index holds.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;
use newsdex::index::{IndexReader, Recognition, SCHEMA_VERSION, cores};
use newsdex::output::{Record, grouped, safe_line, to_document};
use newsdex::search::{Inventory, Names, Summary};
use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

use crate::args::{Format, FormatArguments};
use crate::failure::Failure;
use crate::home::Home;
use crate::output::Output;
use crate::settings::Settings;

/// Show what the index holds
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex status\n  newsdex status --failed\n  newsdex status --manifest --json"
)]
pub(crate) struct Arguments {
    /// List the source files that could not be read, or not wholly
    #[arg(long)]
    failed: bool,
    /// Read all articles, and show what the index holds so that it can be told from
    /// any other: counts, dates, hashes
    #[arg(long, conflicts_with = "failed")]
    manifest: bool,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let format = arguments.format.format();
    if !matches!(format, Format::Text | Format::Json) {
        return Err(Failure::new("`status` writes text or JSON only"));
    }
    let home = Home::to_read(settings)?;
    let reader = home.open()?;
    if arguments.manifest {
        return show_manifest(&home, &reader, format);
    }
    let manifest = reader.manifest()?;
    let summary = Summary::of(&reader)?;
    let aliases = home.aliases()?;
    let unknown = match aliases.is_empty() {
        true => Vec::new(),
        false => Names::open(&reader, &aliases)?.without_articles(&aliases),
    };
    let failed: Vec<_> = manifest
        .iter()
        .filter_map(|record| Some((record.name.as_str(), record.trouble.as_deref()?)))
        .collect();
    let mut out = Output::plain();
    if format == Format::Json {
        let failed =
            failed.iter().map(|(path, reason)| serde_json::json!({"path": path, "reason": reason}));
        out.write_all(&to_document(
            &reader.revision(),
            &serde_json::json!({
                "index": home.index().to_string_lossy(),
                "schema": SCHEMA_VERSION,
                "articles": summary.articles,
                "dated": summary.dated,
                "first_day": summary.days.map(|(first, _)| first.to_string()),
                "last_day": summary.days.map(|(_, last)| last.to_string()),
                "source_files": manifest.len(),
                "bytes": summary.bytes,
                "recognition": recognition_json(&reader.method().recognition),
                "aliases": aliases.len(),
                "aliases_without_articles": unknown
                    .iter()
                    .map(|(line, name)| serde_json::json!({"line": line, "name": name}))
                    .collect::<Vec<_>>(),
                "failed": failed.collect::<Vec<_>>(),
            }),
        )?)?;
    } else if arguments.failed {
        for (path, reason) in &failed {
            writeln!(out, "{}: {}", safe_line(path), safe_line(reason))?;
        }
    } else {
        writeln!(out, "index     {}", safe_line(&home.index().to_string_lossy()))?;
        writeln!(out, "size      {:.1} MB, schema {SCHEMA_VERSION}", summary.bytes as f64 / 1e6)?;
        writeln!(out, "revision  {}", reader.revision())?;
        writeln!(out, "articles  {}", grouped(summary.articles))?;
        if let Some((first, last)) = summary.days {
            let undated = summary.articles - summary.dated;
            writeln!(out, "dates     {first} to {last}; {} without", grouped(undated))?;
        }
        let unread = match failed.len() as u64 {
            0 => String::new(),
            count => format!("; {} not read, or not wholly (see --failed)", grouped(count)),
        };
        writeln!(out, "files     {}{unread}", grouped(manifest.len() as u64))?;
        writeln!(out, "names     {}", recognition_text(&reader.method().recognition))?;
        if !aliases.is_empty() {
            writeln!(out, "aliases   {}", grouped(aliases.len() as u64))?;
        }
        for (line, name) in unknown {
            let name = safe_line(&name);
            writeln!(out, "          no article names `{name}` (aliases.tsv, line {line})")?;
        }
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

/// Shows what the index holds, in full.
fn show_manifest(home: &Home, reader: &IndexReader, format: Format) -> Result<ExitCode, Failure> {
    let inventory = Inventory::of(reader, cores())?;
    let (first_day, last_day) = inventory.days.unzip();
    let day = |day: Option<Date>| day.map_or(Value::Null, |day| json!(day.to_string()));
    let model = reader.method().recognition.model().map(|model| format!("{model:016x}"));
    let aliases = home.aliases_text()?.map(|text| format!("{:032x}", xxh3_128(text.as_bytes())));
    let rows = [
        ("program", json!(env!("CARGO_PKG_VERSION"))),
        ("schema", json!(SCHEMA_VERSION)),
        ("model", json!(model)),
        ("articles", json!(inventory.articles)),
        ("dated", json!(inventory.dated)),
        ("first_day", day(first_day)),
        ("last_day", day(last_day)),
        ("words", json!(inventory.words)),
        ("outlets", json!(inventory.outlets)),
        ("languages", json!(inventory.languages)),
        ("source_files", json!(reader.manifest()?.len())),
        ("articles_hash", json!(format!("{:032x}", inventory.articles_hash))),
        ("entities_hash", json!(format!("{:032x}", inventory.entities_hash))),
        ("aliases_hash", json!(aliases)),
    ];
    let mut out = Output::plain();
    if format == Format::Json {
        let record = Record { values: rows.into() };
        out.write_all(&to_document(&reader.revision(), &record)?)?;
    } else {
        writeln!(out, "{:13}  {}", "revision", reader.revision())?;
        for (name, value) in rows {
            let value = match value {
                Value::Null => "-".to_owned(),
                Value::String(text) => text,
                value => value.to_string(),
            };
            writeln!(out, "{name:13}  {value}")?;
        }
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn recognition_text(recognition: &Recognition) -> String {
    match recognition {
        Recognition::Nothing => "those that files give".to_owned(),
        Recognition::Embedded { model } => format!("recognised with model {model:016x}"),
        Recognition::File { file, model } => {
            format!("recognised with model {model:016x} of {}", safe_line(file))
        }
    }
}

fn recognition_json(recognition: &Recognition) -> serde_json::Value {
    let file = match recognition {
        Recognition::File { file, .. } => Some(file),
        _ => None,
    };
    let model = recognition.model().map(|model| format!("{model:016x}"));
    serde_json::json!({"model": model, "file": file})
}
