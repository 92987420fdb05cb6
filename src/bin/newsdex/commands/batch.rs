//! `newsdex batch`: many queries at once, over one opened index.

mod counts;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use newsdex::output::{Field, dimension_name};
use newsdex::query::{NameField, closest};
use newsdex::search::{Counter, FacetField, Limit, MOST_DIMENSIONS, Order, Period};

use self::counts::Counts;
use crate::args::{CountOrAll, Format, FormatArguments, count_or_all, field};
use crate::asked::Opened;
use crate::commands::search::order;
use crate::failure::{ERROR, Failure};
use crate::labelled_hits::LabelledHits;
use crate::output::Output;
use crate::query_file::QueryFile;
use crate::recognition::RecognitionArguments;
use crate::settings::Settings;

/// Ask many queries at once
///
/// Reads a file with one query a line, `label<TAB>query` (a line without a tab is
/// a query that is its own label; `#` begins a comment), and prints how many
/// articles match each: in all, by the values of fields, or every hit. A line that
/// is no query is told of by its number, and does not stop the others.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex batch codebook.tsv --format csv\n  newsdex batch codebook.tsv --by month,outlet --format csv > coverage.csv\n  newsdex batch codebook.tsv --hits --format csv --fields id,published,title"
)]
pub(crate) struct Arguments {
    /// The file of queries; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Index or refresh this folder first, and search in it alone
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Count by up to three of: year, quarter, month, week, day, person, org, place,
    /// outlet, by, section, tag, lang
    #[arg(
        long,
        value_name = "FIELDS",
        value_delimiter = ',',
        value_parser = dimension,
        conflicts_with = "hits"
    )]
    by: Vec<FacetField>,
    /// Print every hit with the label of its query
    #[arg(long)]
    hits: bool,
    /// How many hits of each query, or `all` [default: all]
    #[arg(short = 'n', long, value_name = "N", requires = "hits", value_parser = count_or_all)]
    limit: Option<CountOrAll>,
    /// Order hits by score, date or words; with `:asc`, least or oldest first [default:
    /// score]
    #[arg(long, value_name = "ORDER", requires = "hits", value_parser = order)]
    sort: Option<Order>,
    /// The fields of each hit in JSON, CSV and TSV
    #[arg(
        long,
        value_name = "FIELDS",
        requires = "hits",
        value_delimiter = ',',
        value_parser = field
    )]
    fields: Vec<Field>,
    /// How many different words a wildcard may take in
    #[arg(long, value_name = "WORDS", default_value_t = 10_000)]
    pattern_limit: usize,
    #[command(flatten)]
    recognition: RecognitionArguments,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    arguments.refuse_the_unshowable()?;
    let mut file = QueryFile::read(&arguments.file)?;
    if file.is_all_refused() {
        return Ok(ExitCode::from(ERROR));
    }
    let opened = Opened::new(arguments.folder.as_deref(), &arguments.recognition, settings)?;
    let mut out = if arguments.format.format() == Format::Text {
        Output::paged(settings)
    } else {
        Output::plain()
    };
    if arguments.hits {
        let format = arguments.format.format();
        let request = opened.hits_request(
            arguments.limit.map_or(Limit::All, CountOrAll::limit),
            arguments.sort,
            arguments.pattern_limit,
            settings,
        );
        let hits = LabelledHits::new(&opened, format, &arguments.fields, false, settings)?;
        hits.write_file(&mut out, &mut file, request)?;
    } else {
        let request = opened.count_request(arguments.pattern_limit, arguments.by.clone(), settings);
        let counter = Counter::new(&opened.reader, &request)?;
        let counts = Counts {
            opened: &opened,
            counter: &counter,
            by: &arguments.by,
            format: arguments.format.format(),
            settings,
        };
        counts.write(&mut file, &mut out)?;
    }
    out.finish()?;
    Ok(file.fared.exit_code(&opened))
}

impl Arguments {
    fn refuse_the_unshowable(&self) -> Result<(), Failure> {
        self.format.refuse_fields_of_text(&self.fields)?;
        if self.by.len() > MOST_DIMENSIONS {
            return Err(Failure::new(format_args!(
                "`--by` takes {MOST_DIMENSIONS} fields at most"
            )));
        }
        let twice = self.by.iter().enumerate().find(|(at, by)| self.by[..*at].contains(by));
        match twice {
            Some((_, by)) => {
                Err(Failure::new(format_args!("`--by` has `{}` twice", dimension_name(*by))))
            }
            None => Ok(()),
        }
    }
}

/// A field to count by, as facets and timelines name it.
fn dimension(name: &str) -> Result<FacetField, String> {
    let period = match name {
        "date" => Some(Period::Month),
        _ => Period::from_name(name.strip_prefix("date:").unwrap_or(name)),
    };
    let field = period.map(FacetField::Date);
    field.or_else(|| NameField::from_name(name).map(FacetField::Name)).ok_or_else(|| {
        let periods = Period::ALL.into_iter().map(Period::name);
        let known: Vec<&str> =
            periods.chain(NameField::ALL.into_iter().map(NameField::name)).collect();
        let meant = closest(name, known.iter().copied());
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        format!("there is no such field{meant} (fields: {})", known.join(", "))
    })
}
