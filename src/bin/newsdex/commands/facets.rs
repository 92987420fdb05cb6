//! `newsdex facets`: the values of fields with their counts.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use newsdex::output::{
    FacetLineWire, FacetWire, RowFormat, RowWriter, WIRE_VERSION, write_facets, write_json_line,
};
use newsdex::query::NameField;
use newsdex::search::{FacetField, Limit, Period};

use crate::args::{FacetArguments, Format, FormatArguments, QueryArguments, WantedFacet};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Count people, organizations, outlets, months over the matching articles
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex facets --facet outlet,tag,date:month\n  newsdex facets 'strike' --facet person:20 --format csv"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    #[command(flatten)]
    facets: FacetArguments,
    #[command(flatten)]
    format: FormatArguments,
}

/// What is counted unless fields are named.
const DEFAULT: [FacetField; 6] = [
    FacetField::Name(NameField::Person),
    FacetField::Name(NameField::Organization),
    FacetField::Name(NameField::Place),
    FacetField::Name(NameField::Outlet),
    FacetField::Name(NameField::Tag),
    FacetField::Date(Period::Month),
];

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let asked = Asked::new(&arguments.query, settings)?;
    let mut request = asked.request(&arguments.query, settings);
    request.limit = Limit::First(0);
    let default = DEFAULT.map(|field| WantedFacet { field, limit: None });
    request.facets = arguments.facets.requests(&default);
    let matches = asked.run(&request)?;
    let wires = || matches.facets.iter().map(FacetWire::from);
    let mut out;
    match arguments.format.format() {
        Format::Text => {
            out = Output::paged(settings);
            write_facets(&mut out, &style(settings, &asked.home), &matches.facets)?;
        }
        Format::Json => {
            out = Output::plain();
            out.write_all(&asked.document(&serde_json::json!({
                "query": asked.query.to_string(),
                "total": matches.total,
                "facets": wires().collect::<Vec<_>>(),
            }))?)?;
        }
        Format::Jsonl => {
            out = Output::plain();
            for facet in wires() {
                write_json_line(&mut out, &FacetLineWire { version: WIRE_VERSION, facet })?;
            }
        }
        Format::Csv => out = rows(RowFormat::Csv, wires(), settings)?,
        Format::Tsv => out = rows(RowFormat::Tsv, wires(), settings)?,
    }
    out.finish()?;
    Ok(asked.exit_code(matches.total))
}

fn rows(
    format: RowFormat,
    facets: impl Iterator<Item = FacetWire>,
    settings: &Settings,
) -> Result<Output, Failure> {
    let mut out = Output::plain();
    let mut rows = RowWriter::new(&mut out, format, settings.cells);
    rows.write(&["field", "value", "count", "selected"])?;
    for facet in facets {
        for value in &facet.values {
            let (count, selected) = (value.count.to_string(), value.selected.to_string());
            rows.write(&[&facet.field, &value.value, &count, &selected])?;
        }
    }
    rows.flush()?;
    drop(rows);
    Ok(out)
}
