//! `newsdex timeline`: how much was published, and when.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use jiff::tz::TimeZone;
use newsdex::output::{
    PlotNotes, RowFormat, RowWriter, TIMELINE_COLUMNS, TimelineWire, WIRE_VERSION, not_in_rows,
    timeline_records, write_json_line, write_plot, write_timeline,
};
use newsdex::query::{NameField, Query, closest, parse};
use newsdex::search::{Period, SeriesRequest, Split, Timeline, TimelineRequest, timeline};

use crate::args::{Format, FormatArguments, QueryArguments, at_least_one};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::new_file::NewFile;
use crate::output::{Output, style};
use crate::settings::Settings;
use crate::time_zone::time_zone;

/// Values of `--by` unless another number is given: as many small charts as can
/// be compared at a glance.
const VALUES: usize = 6;

/// Show coverage over time, as bars, a table or a plot
///
/// The number of a period is that of `newsdex count 'QUERY date:PERIOD'`: the
/// articles whose whole date lies in it. Those without a date, and those whose
/// date spans several periods (a year, by month), are named beside the rows.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex timeline 'iran'\n  newsdex timeline 'iran date:2018..2020' --per month --share\n  newsdex timeline 'iran' --compare 'iraq' --svg iran.svg\n  newsdex timeline 'strike' --by outlet --per year --format csv"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    query: QueryArguments,
    /// By day, week (Monday to Sunday), month, quarter or year [default: the
    /// shortest that makes at most 60 rows]
    #[arg(long, value_name = "PERIOD", value_parser = period)]
    per: Option<Period>,
    /// Count what was published at a known instant on the day that it was in this
    /// time zone (`Europe/Berlin`, `local`), instead of the day as written
    #[arg(long, value_name = "ZONE")]
    tz: Option<String>,
    /// In percent of all articles that fit the filters of the query: its outlet:,
    /// lang:, date: and the like, without its words, people and places
    #[arg(long)]
    share: bool,
    /// Another query to compare with; can be repeated. It stands alone: filters
    /// of the first are not added
    #[arg(long, value_name = "QUERY", conflicts_with = "by", allow_hyphen_values = true)]
    compare: Vec<String>,
    /// A timeline for each of the commonest values of a field: outlet, section,
    /// tag, lang, by, person, org, place
    #[arg(long, value_name = "FIELD", value_parser = name_field)]
    by: Option<NameField>,
    /// How many values [default: 6]
    #[arg(long, value_name = "N", requires = "by", value_parser = at_least_one)]
    by_limit: Option<usize>,
    /// Write a plot to this file too; an `.svg` that is there is replaced
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let zone = arguments.zone()?;
    let compared = arguments.compared()?;
    let plot = arguments.svg.as_deref().map(new_plot).transpose()?;
    let asked = Asked::new(&arguments.query, settings)?;
    let request = arguments.request(&asked, &compared, zone, settings);
    let found = timeline(&asked.reader, &request)?;
    let answer = Answer { asked: &asked, request: &request, timeline: &found, settings };
    answer.write(arguments.format.format())?.finish()?;
    answer.advise()?;
    if let Some(file) = plot {
        answer.plot(file)?;
    }
    Ok(asked.exit_code(answer.found()))
}

impl Arguments {
    fn zone(&self) -> Result<Option<TimeZone>, Failure> {
        let Some(name) = &self.tz else { return Ok(None) };
        let failure = |reason| Failure::new(format_args!("`--tz {name}`: {reason}"));
        time_zone(name).map(Some).map_err(failure)
    }

    fn compared(&self) -> Result<Vec<Query>, Failure> {
        let parsed = |text: &String| parse(text).map_err(|error| Failure::query(text, &error));
        self.compare.iter().map(parsed).collect()
    }

    fn request(
        &self,
        asked: &Asked,
        compared: &[Query],
        zone: Option<TimeZone>,
        settings: &Settings,
    ) -> TimelineRequest {
        let search = asked.request(&self.query, settings);
        let series = std::iter::once(&asked.query).chain(compared);
        TimelineRequest {
            series: series
                .map(|query| SeriesRequest {
                    name: query.to_string(),
                    query: asked.within(query.clone()),
                })
                .collect(),
            split: self.by.map(|field| Split { field, limit: self.by_limit.unwrap_or(VALUES) }),
            per: self.per,
            zone,
            share: self.share,
            today: search.today,
            aliases: Arc::clone(&asked.aliases),
            pattern_limit: search.pattern_limit,
        }
    }
}

/// A timeline, ready to be written in any form.
struct Answer<'a> {
    asked: &'a Asked,
    request: &'a TimelineRequest,
    timeline: &'a Timeline,
    settings: &'a Settings,
}

impl Answer<'_> {
    fn write(&self, format: Format) -> Result<Output, Failure> {
        let mut out;
        match format {
            Format::Text => {
                out = Output::paged(self.settings);
                write_timeline(&mut out, &style(self.settings, &self.asked.home), self.timeline)?;
            }
            Format::Json => {
                out = Output::plain();
                let query = self.asked.query.to_string();
                let wire = TimelineWire::new(query, self.zone(), self.timeline);
                out.write_all(&self.asked.document(&wire)?)?;
            }
            Format::Jsonl => {
                out = Output::plain();
                for mut record in timeline_records(self.timeline) {
                    record.values.insert(0, ("version", WIRE_VERSION.into()));
                    write_json_line(&mut out, &record)?;
                }
                self.tell_what_is_in_no_row()?;
            }
            Format::Csv => out = self.rows(RowFormat::Csv)?,
            Format::Tsv => out = self.rows(RowFormat::Tsv)?,
        }
        Ok(out)
    }

    fn rows(&self, format: RowFormat) -> Result<Output, Failure> {
        let mut out = Output::plain();
        let mut rows = RowWriter::new(&mut out, format, self.settings.cells);
        rows.write(&TIMELINE_COLUMNS)?;
        for record in timeline_records(self.timeline) {
            rows.write_record(&record)?;
        }
        rows.flush()?;
        drop(rows);
        self.tell_what_is_in_no_row()?;
        Ok(out)
    }

    /// How many articles match, those of several series more than once.
    fn found(&self) -> u64 {
        let in_series: u64 = self.timeline.series.iter().map(|series| series.articles).sum();
        let others = self.timeline.others.as_ref();
        in_series + others.map_or(0, |others| others.articles + others.without)
    }

    /// The name of the zone that was asked for.
    fn zone(&self) -> Option<String> {
        let zone = self.request.zone.as_ref()?;
        Some(zone.iana_name().unwrap_or("local").to_owned())
    }

    /// Rows have no place for articles that are in none of them.
    fn tell_what_is_in_no_row(&self) -> io::Result<()> {
        for line in not_in_rows(self.timeline) {
            writeln!(io::stderr(), "note: in no row: {line}")?;
        }
        Ok(())
    }

    fn plot(&self, file: NewFile) -> Result<(), Failure> {
        let notes = PlotNotes {
            query: self.asked.query.to_string(),
            indexed: self.asked.reader.article_count()?,
            time_zone: self.zone(),
        };
        match write_plot(self.timeline, &notes) {
            Some(plot) => file.write(plot.as_bytes()),
            None => {
                writeln!(io::stderr(), "warning: no plot is written: it would be empty")?;
                Ok(())
            }
        }
    }

    /// Says what may not have been meant.
    fn advise(&self) -> io::Result<()> {
        let is_whole = |series: &newsdex::search::Series| {
            series.base.as_ref().is_some_and(|base| base.query == series.query)
        };
        let series = &self.timeline.series;
        if !series.is_empty() && series.iter().all(is_whole) {
            writeln!(
                io::stderr(),
                "hint: every share is 100 %: the query has filters only; `--share` is for words, \
                 people, organizations and places"
            )?;
        }
        Ok(())
    }
}

/// The file of a plot. One that is there is replaced if it is a plot by its name,
/// so that a slip does not cost an article.
fn new_plot(path: &Path) -> Result<NewFile, Failure> {
    let is_plot = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    if !is_plot && !path.is_dir() && path.try_exists().unwrap_or(false) {
        let failure = Failure::new(format_args!("`{}` is there already", path.display()));
        return Err(failure.hint("a file is replaced only if its name ends in `.svg`"));
    }
    NewFile::at(path, is_plot)
}

fn period(name: &str) -> Result<Period, String> {
    Period::from_name(name).ok_or_else(|| {
        let names = || Period::ALL.into_iter().map(Period::name);
        let known = names().collect::<Vec<_>>().join(", ");
        let meant =
            names().find(|known| name.starts_with(known)).or_else(|| closest(name, names()));
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        format!("there is no such period{meant} (periods: {known})")
    })
}

fn name_field(name: &str) -> Result<NameField, String> {
    NameField::from_name(name).ok_or_else(|| {
        let names = || NameField::ALL.into_iter().map(NameField::name);
        let known = names().collect::<Vec<_>>().join(", ");
        let meant = closest(name, names());
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        format!("there is no such field{meant} (fields: {known})")
    })
}
