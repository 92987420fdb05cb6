//! `newsdex search`: which articles match, and why.

mod answer;
mod kwic;

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
    before_help = "Examples:\n  newsdex search 'strike port' ~/news --facet person,org\n  newsdex search '\"take the win\" OR ceasefire' --sort date\n  newsdex search 'outlet:bbc iran' -n all --format csv --fields published,title,url\n  newsdex search 'strike near/5 port' --kwic"
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
    /// Print each place of the query with the words around it, one line a place
    #[arg(long)]
    kwic: bool,
    /// How many words on either side [default: as many as fit; as JSON, CSV and
    /// TSV: 10]
    #[arg(long, value_name = "WORDS", requires = "kwic", value_parser = context)]
    context: Option<usize>,
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
    } else if arguments.kwic {
        answer.kwic(arguments.format.format(), arguments.context)?
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
        if self.kwic {
            self.refuse_beside_kwic()?;
        }
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

    /// Refuses what prints no places.
    fn refuse_beside_kwic(&self) -> Result<(), Failure> {
        let others = [
            (self.count, "-c"),
            (self.paths, "-l"),
            (self.quiet, "-q"),
            (!self.fields.is_empty(), "--fields"),
        ];
        match others.iter().find(|(given, _)| *given) {
            Some((_, other)) => {
                Err(Failure::new(format_args!("`--kwic` does not go with `{other}`")))
            }
            None => Ok(()),
        }
    }
}

/// Words of the longest context: an article's worth. More is no context, and the lines
/// of an article together would be as many times longer than it.
const LONGEST_CONTEXT: usize = 1_000;

fn context(text: &str) -> Result<usize, String> {
    let words = text.parse().ok().filter(|words| *words <= LONGEST_CONTEXT);
    words.ok_or_else(|| format!("expected a number up to {LONGEST_CONTEXT}"))
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
