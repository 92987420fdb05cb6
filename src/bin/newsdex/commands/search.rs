//! `newsdex search`: which articles match, and why.

mod answer;

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use newsdex::output::{Field, RowFormat};
use newsdex::search::{Limit, Order, SortKey};

use self::answer::Answer;
use crate::args::{
    CountOrAll, FacetArguments, Format, FormatArguments, QueryArguments, count_or_all, field,
};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::output::Output;
use crate::settings::Settings;

/// Hits unless another number is given.
const HITS: usize = 10;

/// Find articles
///
/// Prints the best matches with the piece of text that shows why. With a
/// folder, indexes it first, or brings its index up to date.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex search 'strike port' ~/news --facet person,org\n  newsdex search '\"take the win\" OR ceasefire' --sort date\n  newsdex search 'outlet:bbc iran' -n all --format csv --fields published,title,url"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    /// How many hits, or `all` [default: 10; with -l: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = count_or_all)]
    limit: Option<CountOrAll>,
    /// Leave out the first so many hits
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Order by score, date or words; with `:asc`, least or oldest first
    #[arg(long, value_name = "ORDER", default_value = "score", value_parser = order)]
    sort: Order,
    #[command(flatten)]
    facets: FacetArguments,
    /// The fields of each hit in JSON, CSV and TSV
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = field)]
    fields: Vec<Field>,
    /// Print only the paths of source files with matches
    #[arg(short = 'l', long = "paths", conflicts_with_all = ["count", "quiet"])]
    paths: bool,
    /// End each path with a NUL byte, for `xargs -0`
    #[arg(short = '0', long = "null", requires = "paths")]
    null: bool,
    /// Print only how many articles match
    #[arg(short = 'c', long, conflicts_with = "quiet")]
    count: bool,
    /// Print nothing; the exit code tells whether anything matches
    #[arg(short = 'q', long)]
    quiet: bool,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    arguments.refuse_the_unshowable()?;
    let asked = Asked::new(&arguments.query, settings)?;
    let mut request = asked.request(&arguments.query, settings);
    request.order = arguments.sort;
    request.offset = arguments.offset;
    request.facets = arguments.facets.requests(&[]);
    request.limit = match arguments.limit {
        _ if arguments.count || arguments.quiet => Limit::First(0),
        Some(CountOrAll::Count(count)) => Limit::First(count),
        Some(CountOrAll::All) => Limit::All,
        // Paths are for scripts, which want them all.
        None if arguments.paths => Limit::All,
        None => Limit::First(HITS),
    };
    let matches = asked.run(&request)?;
    if arguments.quiet {
        let found = matches.total > 0;
        return Ok(if found { ExitCode::SUCCESS } else { asked.exit_code(0) });
    }
    let typed = &arguments.query.query;
    let answer = Answer { asked: &asked, typed, request: &request, matches: &matches, settings };
    let out = if arguments.count {
        let mut out = Output::plain();
        writeln!(out, "{}", matches.total)?;
        out
    } else if arguments.paths {
        answer.paths(if arguments.null { 0 } else { b'\n' })?
    } else {
        match arguments.format.format() {
            Format::Text => answer.text()?,
            Format::Json => answer.json(&arguments.fields)?,
            Format::Jsonl => answer.json_lines(&arguments.fields)?,
            Format::Csv => answer.rows(RowFormat::Csv, &arguments.fields)?,
            Format::Tsv => answer.rows(RowFormat::Tsv, &arguments.fields)?,
        }
    };
    out.finish()?;
    Ok(asked.exit_code(matches.total))
}

impl Arguments {
    /// Refuses what the wanted form has no place for, rather than ignore it.
    fn refuse_the_unshowable(&self) -> Result<(), Failure> {
        let format = self.format.format();
        let has_facets = !self.facets.facets.is_empty();
        let has_fields = !self.fields.is_empty();
        let alone = match (self.count, self.paths) {
            (true, _) => Some("-c"),
            (_, true) => Some("-l"),
            _ => None,
        };
        if let Some(alone) = alone {
            let others = [
                (has_facets, "--facet"),
                (has_fields, "--fields"),
                (format != Format::Text, "--format"),
            ];
            if let Some((_, other)) = others.iter().find(|(given, _)| *given) {
                let failure = Failure::new(format_args!("`{alone}` does not go with `{other}`"));
                return Err(if self.count && !has_fields {
                    failure.hint("`newsdex count` and `newsdex facets` take `--format`")
                } else {
                    failure
                });
            }
        }
        self.facets.refuse_without_facet()?;
        let is_rows = matches!(format, Format::Jsonl | Format::Csv | Format::Tsv);
        if is_rows && has_facets {
            let name = format.name();
            return Err(Failure::new(format_args!(
                "`--facet` does not go with `--format {name}`; use `newsdex facets`"
            )));
        }
        self.format.refuse_fields_of_text(&self.fields)
    }
}

/// An order of hits, as typed.
pub(crate) fn order(text: &str) -> Result<Order, String> {
    let (key, direction) = text.split_once(':').unwrap_or((text, ""));
    let key = match key {
        "score" => SortKey::Score,
        "date" => SortKey::Date,
        "words" => SortKey::Words,
        _ => return Err("expected score, date or words".to_owned()),
    };
    match direction {
        "" | "desc" => Ok(Order { key, ascending: false }),
        "asc" => Ok(Order { key, ascending: true }),
        _ => Err("expected `asc` or `desc` after the colon".to_owned()),
    }
}
