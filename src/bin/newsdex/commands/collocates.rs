//! `newsdex collocates`: which words stand near a query more often than elsewhere.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use newsdex::index::cores;
use newsdex::output::{
    COLLOCATE_COLUMNS, CollocatesWire, RowFormat, RowWriter, WIRE_VERSION, collocate_record,
    write_collocates, write_json_line,
};
use newsdex::query::closest;
use newsdex::search::{CollocateRequest, Collocates, Limit, Measure, collocates};

use crate::args::{
    CountOrAll, Format, FormatArguments, QueryArguments, at_least_one, count_or_all,
};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Words unless another number is given; a screenful.
const WORDS: usize = 20;

/// Show which words stand near a query more often than elsewhere
///
/// Looks at the words before and behind each place of the query, in the titles and
/// texts of the articles that match, and compares with all words of the index. Parts of
/// the query that stand nowhere in the text, such as outlet: and date:, narrow the
/// articles.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex collocates 'migrants'\n  newsdex collocates '\"climate change\" outlet:bbc' --window 3 --measure logdice\n  newsdex collocates 'strike near/5 port date:2024' -n all --format csv"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    /// How many words on either side of a place are near it
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = at_least_one)]
    window: usize,
    /// By log-likelihood (how sure it is that a word is more frequent there), logdice
    /// (how much of the word stands there) or pmi (how many times likelier it is there)
    #[arg(long, value_name = "MEASURE", default_value = "log-likelihood", value_parser = measure)]
    measure: Measure,
    /// How often a word must stand there, at least
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = at_least_one)]
    min: usize,
    /// How many words, or `all` [default: 20]
    #[arg(short = 'n', long, value_name = "N", value_parser = count_or_all)]
    limit: Option<CountOrAll>,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let asked = Asked::new(&arguments.query, settings)?;
    let request = arguments.request(&asked, settings);
    let found = collocates(&asked.reader, &request)?;
    let answer = Answer { asked: &asked, request: &request, found: &found, settings };
    answer.write(arguments.format.format())?.finish()?;
    Ok(asked.exit_code(found.distinct))
}

impl Arguments {
    fn request(&self, asked: &Asked, settings: &Settings) -> CollocateRequest {
        let search = asked.request(&self.query, settings);
        CollocateRequest {
            query: search.query,
            today: search.today,
            aliases: Arc::clone(&asked.aliases),
            pattern_limit: search.pattern_limit,
            window: self.window,
            least: self.min as u64,
            measure: self.measure,
            limit: match self.limit {
                Some(CountOrAll::Count(count)) => Limit::First(count),
                Some(CountOrAll::All) => Limit::All,
                None => Limit::First(WORDS),
            },
            threads: cores(),
        }
    }
}

/// What was found, ready to be written in any form.
struct Answer<'a> {
    asked: &'a Asked,
    request: &'a CollocateRequest,
    found: &'a Collocates,
    settings: &'a Settings,
}

impl Answer<'_> {
    fn write(&self, format: Format) -> Result<Output, Failure> {
        let mut out;
        match format {
            Format::Text => {
                out = Output::paged(self.settings);
                let style = style(self.settings, &self.asked.home);
                write_collocates(&mut out, &style, self.request, self.found)?;
            }
            Format::Json => {
                out = Output::plain();
                let query = self.asked.query.to_string();
                out.write_all(&self.asked.document(&CollocatesWire::new(
                    query,
                    self.request,
                    self.found,
                ))?)?;
            }
            Format::Jsonl => {
                out = Output::plain();
                for word in &self.found.words {
                    let mut record = collocate_record(word, self.request.measure);
                    record.values.insert(0, ("version", WIRE_VERSION.into()));
                    write_json_line(&mut out, &record)?;
                }
            }
            Format::Csv => out = self.rows(RowFormat::Csv)?,
            Format::Tsv => out = self.rows(RowFormat::Tsv)?,
        }
        Ok(out)
    }

    fn rows(&self, format: RowFormat) -> Result<Output, Failure> {
        let mut out = Output::plain();
        let mut rows = RowWriter::new(&mut out, format, self.settings.cells);
        rows.write(&COLLOCATE_COLUMNS)?;
        for word in &self.found.words {
            rows.write_record(&collocate_record(word, self.request.measure))?;
        }
        rows.flush()?;
        drop(rows);
        Ok(out)
    }
}

fn measure(name: &str) -> Result<Measure, String> {
    Measure::from_name(name).ok_or_else(|| {
        let names = || Measure::ALL.into_iter().map(Measure::name);
        let known = names().collect::<Vec<_>>().join(", ");
        let meant = closest(name, names());
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        format!("there is no such measure{meant} (measures: {known})")
    })
}
