//! `newsdex show`: whole articles.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use newsdex::index::StoredArticle;
use newsdex::output::{
    ArticleWire, Field, RowFormat, RowWriter, WIRE_VERSION, article_record, safe_line, to_document,
    write_article, write_json_line,
};
use newsdex::search::Names;

use crate::args::{Format, FormatArguments, field};
use crate::failure::{Failure, NOTHING_FOUND};
use crate::home::Home;
use crate::named_article::named_articles;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Print whole articles
///
/// An article is named by the path of its source file, as hits show it or
/// relative to the working folder, with `#` and its part where the file holds
/// several; or by its identifier or the first digits of it.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex show 3fa92c01ab34\n  newsdex show agency/wire.jsonl#12 --format json"
)]
pub(crate) struct Arguments {
    /// Identifiers or paths
    #[arg(value_name = "ARTICLE", required = true)]
    articles: Vec<String>,
    /// The fields to give in JSON, CSV and TSV
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = field)]
    fields: Vec<Field>,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    arguments.format.refuse_fields_of_text(&arguments.fields)?;
    let home = Home::to_read(settings)?;
    let reader = home.open()?;
    let mut articles = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for named in &arguments.articles {
        let found = named_articles(&reader, &home, named, settings)?;
        if found.is_empty() {
            // Where standard error is closed nobody can be told.
            let named = safe_line(named);
            let _ = writeln!(std::io::stderr(), "error: there is no article `{named}`");
            code = ExitCode::from(NOTHING_FOUND);
        }
        for (_, article) in found {
            articles.push(article);
        }
    }
    let names = Names::open(&reader, home.aliases()?.as_ref())?;
    articles.iter_mut().for_each(|article| names.apply_to(article));
    let fields = match &arguments.fields[..] {
        [] => Field::ALL
            .into_iter()
            .filter(|field| !matches!(field, Field::Score | Field::Snippet | Field::Lead))
            .collect(),
        named => named.to_vec(),
    };
    let out =
        write(&articles, &fields, arguments.format.format(), &reader.revision(), &home, settings)?;
    out.finish()?;
    Ok(code)
}

fn write(
    articles: &[StoredArticle],
    fields: &[Field],
    format: Format,
    revision: &str,
    home: &Home,
    settings: &Settings,
) -> Result<Output, Failure> {
    let records = || articles.iter().map(|article| article_record(article, fields));
    let mut out;
    match format {
        Format::Text => {
            out = Output::paged(settings);
            for (place, article) in articles.iter().enumerate() {
                if place > 0 {
                    writeln!(out, "\n{}\n", "─".repeat(settings.width.unwrap_or(80).min(100)))?;
                }
                write_article(&mut out, &style(settings, home), article)?;
            }
        }
        Format::Json => {
            out = Output::plain();
            out.write_all(&to_document(
                revision,
                &serde_json::json!({
                    "articles": records().collect::<Vec<_>>(),
                }),
            )?)?;
        }
        Format::Jsonl => {
            out = Output::plain();
            for article in records() {
                write_json_line(&mut out, &ArticleWire { version: WIRE_VERSION, article })?;
            }
        }
        Format::Csv | Format::Tsv => {
            out = Output::plain();
            let format = if format == Format::Csv { RowFormat::Csv } else { RowFormat::Tsv };
            let mut rows = RowWriter::new(&mut out, format, settings.cells);
            rows.write(&fields.iter().map(|field| field.name()).collect::<Vec<_>>())?;
            for record in records() {
                rows.write_record(&record)?;
            }
            rows.flush()?;
        }
    }
    Ok(out)
}
