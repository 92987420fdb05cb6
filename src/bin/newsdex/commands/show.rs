//! `newsdex show`: whole articles.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use newsdex::index::{IndexReader, StoredArticle};
use newsdex::output::{
    ArticleWire, Field, RowFormat, RowWriter, WIRE_VERSION, article_record, grouped, safe_line,
    to_json, write_article, write_json_line,
};
use newsdex::query::Query;
use newsdex::search::{Limit, Names, Order, Search, SearchRequest, SortKey};

use crate::args::{Format, FormatArguments, field};
use crate::failure::{Failure, NOTHING_FOUND};
use crate::home::Home;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Identifiers that are listed where several begin with the given digits.
const LISTED: usize = 5;

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
        let found = find(&reader, &home, named, settings)?;
        if found.is_empty() {
            // Where standard error is closed nobody can be told.
            let named = safe_line(named);
            let _ = writeln!(std::io::stderr(), "error: there is no article `{named}`");
            code = ExitCode::from(NOTHING_FOUND);
        }
        articles.extend(found);
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
    let out = write(&articles, &fields, arguments.format.format(), &home, settings)?;
    out.finish()?;
    Ok(code)
}

/// The articles that `named` names: by path, else by identifier.
fn find(
    reader: &IndexReader,
    home: &Home,
    named: &str,
    settings: &Settings,
) -> Result<Vec<StoredArticle>, Failure> {
    let whole = Some((named, ""));
    for (path, part) in whole.into_iter().chain(named.rsplit_once('#')) {
        for name in names(home, path, &settings.working_folder) {
            let mut articles = of_file(reader, &name, settings)?;
            articles.retain(|article| part.is_empty() || article.part == part);
            if !articles.is_empty() {
                return Ok(articles);
            }
        }
    }
    identified(reader, named, settings)
}

/// The names that source files may have by this path: as hits show it, or as
/// other programs take it.
fn names(home: &Home, path: &str, working_folder: &Path) -> Vec<String> {
    let typed = working_folder.join(path);
    // A link is in the index by its own path or by that of its target; a file
    // that is gone has the first only.
    let paths = [std::path::absolute(&typed), typed.canonicalize()];
    let naming = home.naming();
    let mut names = vec![path.to_owned()];
    names.extend(paths.iter().flatten().map(|path| naming.name_of(path)));
    names.retain(|name| !name.is_empty());
    names
}

/// The articles of the source file with that name.
fn of_file(
    reader: &IndexReader,
    name: &str,
    settings: &Settings,
) -> Result<Vec<StoredArticle>, Failure> {
    let request = request(Query::of_path(name), Limit::All, settings);
    let ranked = Search::run(reader, &request)?.ranked;
    let search = Search::new(reader, &request.query);
    // Of a folder nothing is read: the names come from their column.
    let paths = Search::paths(reader, &ranked)?;
    let of_file = ranked.iter().zip(&paths).filter(|(_, path)| *path == name);
    of_file.map(|(ranked, _)| Ok(search.article(ranked)?)).collect()
}

/// The article whose identifier begins so.
fn identified(
    reader: &IndexReader,
    prefix: &str,
    settings: &Settings,
) -> Result<Vec<StoredArticle>, Failure> {
    let request = request(Query::of_id(prefix), Limit::First(LISTED), settings);
    let matches = Search::run(reader, &request)?;
    let search = Search::new(reader, &request.query);
    let articles: Vec<_> = matches
        .ranked
        .iter()
        .map(|ranked| Ok(search.article(ranked)?))
        .collect::<Result<_, Failure>>()?;
    if matches.total <= 1 {
        return Ok(articles);
    }
    let ids: Vec<_> = articles.iter().map(|article| format!("`{}`", article.id)).collect();
    let more = if matches.total > LISTED as u64 { ", …" } else { "" };
    let message = format!(
        "`{prefix}` begins the identifiers of {} articles: {}{more}",
        grouped(matches.total),
        ids.join(", "),
    );
    Err(Failure::new(message).hint("give more digits"))
}

fn request(query: Query, limit: Limit, settings: &Settings) -> SearchRequest {
    SearchRequest {
        query,
        today: settings.today,
        order: Order { key: SortKey::Date, ascending: false },
        offset: 0,
        limit,
        facets: Vec::new(),
        // Articles are named by path or identifier.
        aliases: Arc::default(),
        pattern_limit: 0,
    }
}

fn write(
    articles: &[StoredArticle],
    fields: &[Field],
    format: Format,
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
            out.write_all(&to_json(&serde_json::json!({
                "version": WIRE_VERSION,
                "articles": records().collect::<Vec<_>>(),
            }))?)?;
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
            let mut rows = RowWriter::new(&mut out, format, settings.stdout_is_terminal);
            rows.write(&fields.iter().map(|field| field.name()).collect::<Vec<_>>())?;
            for record in records() {
                rows.write(&record.cells())?;
            }
            rows.flush()?;
        }
    }
    Ok(out)
}
