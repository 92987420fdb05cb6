//! What was typed: the arguments that commands share. Each command's own are
//! in its file.

use std::env;
use std::iter;
use std::path::{MAIN_SEPARATOR, PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use newsdex::output::{Field, FieldError, safe_line};
use newsdex::query::{NameField, closest};
use newsdex::search::{Drill, FacetField, FacetRequest, Limit, Period};

use crate::commands::{
    annotate, batch, collocates, completions, count, doctor, entities, explain, export, facets,
    help, index, model, saved, search, show, status, timeline, verify,
};
use crate::failure::Failure;
use crate::recognition::RecognitionArguments;

/// Index folders of news articles and search them.
#[derive(Debug, Parser)]
#[command(
    name = "newsdex",
    version,
    about,
    disable_help_subcommand = true,
    before_help = "Examples:\n  newsdex search 'strike port' ~/news --facet person,org\n  newsdex index ~/news\n  newsdex search 'person:\"Joe Biden\" iran date:2024-04'",
    after_help = "`newsdex help query` explains the query language."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) global: Global,
}

impl Arguments {
    /// Those of this run. Where they are refused the run ends, and what is told quotes them
    /// as they are safe to show: they may be names of files.
    pub(crate) fn typed() -> Self {
        Self::try_parse().unwrap_or_else(|refused| {
            let shown =
                env::args_os().map(|argument| safe_line(&argument.to_string_lossy()).into_owned());
            Self::try_parse_from(shown).err().unwrap_or(refused).exit()
        })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Index(index::Arguments),
    Search(search::Arguments),
    Count(count::Arguments),
    Facets(facets::Arguments),
    Timeline(timeline::Arguments),
    Collocates(collocates::Arguments),
    Entities(entities::Arguments),
    Explain(explain::Arguments),
    Batch(batch::Arguments),
    Saved(saved::Arguments),
    Show(show::Arguments),
    Status(status::Arguments),
    Doctor(doctor::Arguments),
    Verify(verify::Arguments),
    Export(export::Arguments),
    Annotate(annotate::Arguments),
    Model(model::Arguments),
    Help(help::Arguments),
    Completions(completions::Arguments),
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// The index folder to use (`.newsdex`), instead of the nearest one from
    /// the working folder upward
    #[arg(long, global = true, value_name = "DIR", env = "NEWSDEX_INDEX", hide_env = true)]
    pub(crate) index: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
    /// When to make paths links to their files
    #[arg(long, global = true, value_name = "WHEN", default_value = "never")]
    pub(crate) hyperlinks: When,
    /// Do not show long output in a pager
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,
    /// Put `'` before cells of CSV and TSV that a spreadsheet would take for a
    /// formula
    #[arg(long, global = true)]
    pub(crate) no_formulas: bool,
    /// The day that relative dates count from, instead of today
    #[arg(long, global = true, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal
    Auto,
    Always,
    Never,
}

/// The form of results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
}

impl Format {
    /// Its name as typed.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct FormatArguments {
    /// The form of the results
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "json")]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

impl FormatArguments {
    pub(crate) const fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    /// Refuses a choice of fields where text for people is wanted.
    pub(crate) fn refuse_fields_of_text(&self, fields: &[Field]) -> Result<(), Failure> {
        if self.format() == Format::Text && !fields.is_empty() {
            return Err(Failure::new("`--fields` needs `--format` json, jsonl, csv or tsv"));
        }
        Ok(())
    }
}

/// A query and where to ask it.
#[derive(Clone, Debug, Args)]
pub(crate) struct QueryArguments {
    /// What to look for (see `newsdex help query`); every article if absent
    #[arg(value_name = "QUERY", default_value = "", allow_hyphen_values = true)]
    pub(crate) query: String,
    /// Index or refresh this folder first, and search in it alone
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Words of a query that was not quoted; only to say so.
    #[arg(hide = true)]
    more: Vec<String>,
    /// How many different words a wildcard may take in
    #[arg(long, value_name = "WORDS", default_value_t = 10_000)]
    pub(crate) pattern_limit: usize,
    #[command(flatten)]
    pub(crate) recognition: RecognitionArguments,
}

impl QueryArguments {
    /// Refuses a query typed as several arguments.
    pub(crate) fn refuse_several_words(&self) -> Result<(), Failure> {
        match self.more.first() {
            None => Ok(()),
            Some(word) => {
                let failure = Failure::new(format_args!("unexpected argument `{word}`"));
                Err(failure.hint(self.quoted_words()))
            }
        }
    }

    /// The arguments without the article that stands where a folder could, or behind
    /// one, and that article. Words of a query that was not quoted all stay.
    pub(crate) fn without_article(&self) -> (Self, Option<String>) {
        let mut rest = self.clone();
        let is_article = self.folder.as_ref().is_some_and(|folder| !folder.is_dir());
        if self.more.len() > usize::from(!is_article) {
            return (rest, None);
        }
        if is_article {
            let article = rest.folder.take().map(|path| path.to_string_lossy().into_owned());
            return (rest, article);
        }
        let article = (!rest.more.is_empty()).then(|| rest.more.remove(0));
        (rest, article)
    }

    /// Adds, where the folder that is not there may be a word, how to search
    /// for several.
    pub(crate) fn hint_at_quotes(&self, failure: Failure) -> Failure {
        let is_word = |folder: &PathBuf| {
            !folder.to_string_lossy().contains(MAIN_SEPARATOR)
                && !folder.try_exists().unwrap_or(true)
        };
        match &self.folder {
            Some(folder) if is_word(folder) => failure.hint(self.quoted_words()),
            _ => failure,
        }
    }

    fn quoted_words(&self) -> String {
        let folder = self.folder.iter().map(|folder| folder.to_string_lossy());
        let more = self.more.iter().map(|word| word.as_str().into());
        let words: Vec<_> =
            iter::once(self.query.as_str().into()).chain(folder).chain(more).collect();
        // As a shell takes it.
        let query = words.join(" ").replace('\'', r"'\''");
        format!("to search for several words, quote them: newsdex search '{query}'")
    }
}

/// Which facets to count.
#[derive(Debug, Args)]
pub(crate) struct FacetArguments {
    /// Count these fields: person, org, place, outlet, by, section, tag, lang,
    /// date:year, date:quarter, date:month, date:week, date:day; with `:20` after it,
    /// 20 values
    #[arg(long = "facet", value_name = "FIELDS", value_delimiter = ',', value_parser = facet)]
    pub(crate) facets: Vec<WantedFacet>,
    /// How many values of each facet, or `all` [default: 10; dates: all]
    #[arg(long, value_name = "N", value_parser = count_or_all)]
    pub(crate) facet_limit: Option<CountOrAll>,
    /// Only names of which a word begins so
    #[arg(long, value_name = "LETTERS")]
    pub(crate) prefix: Option<String>,
    /// Only values that have these letters in them; with * or ?, that fit wholly
    #[arg(long, value_name = "LETTERS")]
    pub(crate) facet_filter: Option<String>,
    /// What a value that the query selects does to its own facet: nothing
    /// (sideways), or narrow it (down) [default: sideways]
    #[arg(long, value_name = "HOW")]
    pub(crate) drill: Option<DrillArgument>,
}

/// Values of a facet of names unless another number is given.
const FACET_VALUES: usize = 10;

impl FacetArguments {
    /// What to count; the fields of `default` if none was named.
    pub(crate) fn requests(&self, default: &[WantedFacet]) -> Vec<FacetRequest> {
        let wanted = if self.facets.is_empty() { default } else { &self.facets };
        let request = |facet: &WantedFacet| FacetRequest {
            field: facet.field,
            limit: facet.limit.or(match (self.facet_limit, facet.field) {
                (Some(CountOrAll::Count(count)), _) => Some(count),
                (Some(CountOrAll::All), _) | (None, FacetField::Date(_)) => None,
                (None, FacetField::Name(_)) => Some(FACET_VALUES),
            }),
            prefix: self.prefix.clone(),
            filter: self.facet_filter.clone(),
            drill: match self.drill {
                None | Some(DrillArgument::Sideways) => Drill::Sideways,
                Some(DrillArgument::Down) => Drill::Down,
            },
        };
        wanted.iter().map(request).collect()
    }

    /// Refuses what says how to count where nothing is to be counted.
    pub(crate) fn refuse_without_facet(&self) -> Result<(), Failure> {
        let given = [
            (self.facet_limit.is_some(), "--facet-limit"),
            (self.prefix.is_some(), "--prefix"),
            (self.facet_filter.is_some(), "--facet-filter"),
            (self.drill.is_some(), "--drill"),
        ];
        match given.iter().find(|(given, _)| *given) {
            Some((_, name)) if self.facets.is_empty() => {
                Err(Failure::new(format_args!("`{name}` needs `--facet`")))
            }
            _ => Ok(()),
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum DrillArgument {
    Sideways,
    Down,
}

/// A facet as typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WantedFacet {
    pub(crate) field: FacetField,
    pub(crate) limit: Option<usize>,
}

/// `N` or `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountOrAll {
    Count(usize),
    All,
}

impl CountOrAll {
    pub(crate) const fn limit(self) -> Limit {
        match self {
            Self::Count(count) => Limit::First(count),
            Self::All => Limit::All,
        }
    }
}

pub(crate) fn count_or_all(text: &str) -> Result<CountOrAll, String> {
    if text == "all" {
        return Ok(CountOrAll::All);
    }
    let count = text.parse().map_err(|_| "expected a number or `all`".to_owned())?;
    Ok(CountOrAll::Count(count))
}

pub(crate) fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| "expected a number from 1".to_owned())
}

/// A field of output, by its name.
pub(crate) fn field(name: &str) -> Result<Field, String> {
    name.parse().map_err(|error: FieldError| {
        let known = Field::ALL.iter().map(|field| field.name());
        let meant = closest(name.trim(), known);
        meant.map_or_else(|| error.to_string(), |meant| format!("did you mean `{meant}`? {error}"))
    })
}

fn facet(text: &str) -> Result<WantedFacet, String> {
    let (name, limit) = match text.rsplit_once(':') {
        Some((name, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            (name, Some(digits.parse().map_err(|_| format!("`{digits}` is no number"))?))
        }
        _ => (text, None),
    };
    let period = match name {
        "date" => Some(Period::Month),
        _ => name.strip_prefix("date:").and_then(Period::from_name),
    };
    let field = match period {
        Some(period) => FacetField::Date(period),
        None => FacetField::Name(NameField::from_name(name).ok_or_else(|| unknown_facet(name))?),
    };
    Ok(WantedFacet { field, limit })
}

fn unknown_facet(name: &str) -> String {
    let periods = Period::ALL.into_iter().map(|period| format!("date:{}", period.name()));
    let names = NameField::ALL.iter().map(|field| field.name().to_owned());
    let known: Vec<String> = names.chain(periods).collect();
    let meant = closest(name, known.iter().map(String::as_str));
    let hint = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
    format!("there is no such facet{hint} (facets: {})", known.join(", "))
}
