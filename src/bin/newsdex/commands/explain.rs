//! `newsdex explain`: what a query means in this index, and why an article matches
//! it.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use newsdex::output::{
    EXPLAINED_COLUMNS, ExplainedArticleWire, ExplainedWire, RowFormat, RowWriter, WIRE_VERSION,
    explained_records, safe_line, write_explained, write_explained_article, write_heading,
    write_json_line,
};
use newsdex::search::{ExplainRequest, ExplainedPart, explain, explain_article};

use crate::args::{Format, FormatArguments, QueryArguments};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::named_article::{NamedArticle, named_articles};
use crate::output::{Output, style};
use crate::settings::Settings;

/// Show what a query means, or why an article matches it
///
/// Without an article: the parts of the query, how many articles each finds alone,
/// and what each word became. With one, named as for `newsdex show`: which parts it
/// matches, where, and what its score is made of.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex explain 'strike near/5 (port OR harbo*r)'\n  newsdex explain 'person:biden iran' 3fa92c01ab34\n  newsdex explain 'strike' --json",
    override_usage = "newsdex explain [OPTIONS] [QUERY] [FOLDER] [ARTICLE]"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let (query, article) = arguments.query.without_article();
    let asked = Asked::new(&query, settings)?;
    let request = asked.request(&query, settings);
    let request = ExplainRequest {
        query: request.query,
        today: request.today,
        aliases: request.aliases,
        pattern_limit: request.pattern_limit,
    };
    let format = arguments.format.format();
    if let Some(named) = article {
        let article = named_article(&asked, &named, &arguments.query, settings)?;
        return of_article(&asked, &request, &article, format, settings);
    }
    let root = explain(&asked.reader, &request)?;
    write(&root, format, &asked, settings)?.finish()?;
    Ok(asked.exit_code(root.articles))
}

/// The one article that `named` names; if there is none, it may be a word of a query
/// that was not quoted.
fn named_article(
    asked: &Asked,
    named: &str,
    arguments: &QueryArguments,
    settings: &Settings,
) -> Result<NamedArticle, Failure> {
    let mut found = named_articles(&asked.reader, &asked.home, named, settings)?;
    if found.len() > 1 {
        let message = format!("`{}` holds {} articles", safe_line(named), found.len());
        let hint = "name one with `#` and its part, as hits show it, or by its identifier";
        return Err(Failure::new(message).hint(hint));
    }
    found.pop().ok_or_else(|| {
        let failure = Failure::new(format_args!("there is no article `{}`", safe_line(named)));
        arguments.hint_at_quotes(failure)
    })
}

fn of_article(
    asked: &Asked,
    request: &ExplainRequest,
    (ranked, article): &NamedArticle,
    format: Format,
    settings: &Settings,
) -> Result<ExitCode, Failure> {
    let explained = explain_article(&asked.reader, request, ranked)?;
    let mut out = Output::plain();
    match format {
        Format::Text => {
            out = Output::paged(settings);
            let style = style(settings, &asked.home);
            write_heading(&mut out, &style, article)?;
            write_explained_article(&mut out, &style, &explained)?;
        }
        Format::Json => {
            let today = settings.today.to_string();
            let wire = ExplainedArticleWire::new(today, article, &explained);
            out.write_all(&asked.document(&wire)?)?;
        }
        Format::Jsonl | Format::Csv | Format::Tsv => {
            let name = format.name();
            return Err(Failure::new(format_args!(
                "`--format {name}` does not go with an article; use `--format json`"
            )));
        }
    }
    out.finish()?;
    Ok(asked.exit_code(u64::from(explained.score.is_some())))
}

fn write(
    root: &ExplainedPart,
    format: Format,
    asked: &Asked,
    settings: &Settings,
) -> Result<Output, Failure> {
    let mut out = Output::plain();
    match format {
        Format::Text => {
            out = Output::paged(settings);
            write_explained(&mut out, &style(settings, &asked.home), root)?;
        }
        Format::Json => {
            let today = settings.today.to_string();
            out.write_all(&asked.document(&ExplainedWire::new(today, root))?)?;
        }
        Format::Jsonl => {
            for mut record in explained_records(root) {
                record.values.insert(0, ("version", WIRE_VERSION.into()));
                write_json_line(&mut out, &record)?;
            }
        }
        Format::Csv | Format::Tsv => {
            let format = if format == Format::Csv { RowFormat::Csv } else { RowFormat::Tsv };
            let mut rows = RowWriter::new(&mut out, format, settings.cells);
            rows.write(&EXPLAINED_COLUMNS)?;
            for record in explained_records(root) {
                rows.write_record(&record)?;
            }
            rows.flush()?;
        }
    }
    Ok(out)
}
