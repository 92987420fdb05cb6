//! `newsdex doctor`: what in the index deserves a look.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use newsdex::output::{
    CheckupPart, CheckupWire, FINDING_COLUMNS, MEMBER_COLUMNS, Record, RowFormat, RowWriter,
    WIRE_VERSION, finding_record, member_records, write_checkup, write_json_line,
};
use newsdex::query::closest;
use newsdex::search::{Check, CheckupRequest, Finding, Limit, check_up};

use crate::args::{CountOrAll, Format, FormatArguments, count_or_all};
use crate::asked::Opened;
use crate::failure::Failure;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Examples of each finding unless another number is given: enough to see what it is.
const EXAMPLES: usize = 3;

/// Show what in the index deserves a look
///
/// What is missing, odd or double: no date or one that cannot be right, no text, one
/// outlet under several names, copies, files that were not read. Each with how many there
/// are, examples, and the command that lists them all. What is found may well be right.
/// The exit code is 0 whatever is found.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex doctor\n  newsdex doctor outlet-names\n  newsdex doctor copies --format csv > copies.csv"
)]
pub(crate) struct Arguments {
    /// List all that these checks find, instead of examples
    #[arg(value_name = "CHECK", value_parser = check)]
    checks: Vec<Check>,
    /// How many examples of each finding
    #[arg(long, value_name = "N", default_value_t = EXAMPLES, conflicts_with = "checks")]
    examples: usize,
    /// How many of each check at most, or `all` [default: all]
    #[arg(short = 'n', long, value_name = "N", value_parser = count_or_all, requires = "checks")]
    limit: Option<CountOrAll>,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let opened = Opened::nearest(settings)?;
    let findings = check_up(&opened.reader, &arguments.request(&opened, settings))?;
    let answer = Answer { arguments, opened: &opened, findings: &findings, settings };
    answer.write()?.finish()?;
    Ok(ExitCode::SUCCESS)
}

impl Arguments {
    fn request(&self, opened: &Opened, settings: &Settings) -> CheckupRequest {
        let some = Limit::First(self.examples);
        let (checks, examples, members) = match &self.checks[..] {
            [] => (&Check::ALL[..], some, some),
            checks => (checks, self.limit.map_or(Limit::All, CountOrAll::limit), Limit::All),
        };
        CheckupRequest {
            checks: checks.to_vec(),
            today: settings.today,
            aliases: Arc::clone(&opened.aliases),
            examples,
            members,
        }
    }
}

/// What was found, ready to be written in any form.
struct Answer<'a> {
    arguments: &'a Arguments,
    opened: &'a Opened,
    findings: &'a [Finding],
    settings: &'a Settings,
}

impl Answer<'_> {
    fn write(&self) -> Result<Output, Failure> {
        let mut out;
        match self.arguments.format.format() {
            Format::Text => {
                out = Output::paged(self.settings);
                let style = style(self.settings, &self.opened.home);
                write_checkup(&mut out, &style, self.part(), self.findings)?;
            }
            Format::Json => {
                out = Output::plain();
                let answer = CheckupWire::new(self.settings.today, self.findings);
                out.write_all(&self.opened.document(&answer)?)?;
            }
            Format::Jsonl => {
                out = Output::plain();
                for mut record in self.records() {
                    record.values.insert(0, ("version", WIRE_VERSION.into()));
                    write_json_line(&mut out, &record)?;
                }
            }
            Format::Csv => out = self.rows(RowFormat::Csv)?,
            Format::Tsv => out = self.rows(RowFormat::Tsv)?,
        }
        Ok(out)
    }

    fn part(&self) -> CheckupPart {
        match self.arguments.checks.is_empty() {
            true => CheckupPart::Examples,
            false => CheckupPart::Whole,
        }
    }

    /// A record for each finding or, where checks were named, for all that they found.
    fn records(&self) -> Box<dyn Iterator<Item = Record> + '_> {
        match self.part() {
            CheckupPart::Examples => {
                let found = self.findings.iter().filter(|finding| finding.count > 0);
                Box::new(found.map(finding_record))
            }
            CheckupPart::Whole => Box::new(self.findings.iter().flat_map(member_records)),
        }
    }

    fn rows(&self, format: RowFormat) -> Result<Output, Failure> {
        let mut out = Output::plain();
        let mut rows = RowWriter::new(&mut out, format, self.settings.cells);
        match self.part() {
            CheckupPart::Examples => rows.write(&FINDING_COLUMNS)?,
            CheckupPart::Whole => rows.write(&MEMBER_COLUMNS)?,
        }
        for record in self.records() {
            rows.write_record(&record)?;
        }
        rows.flush()?;
        drop(rows);
        Ok(out)
    }
}

fn check(name: &str) -> Result<Check, String> {
    Check::from_name(name).ok_or_else(|| {
        let names = || Check::ALL.into_iter().map(Check::name);
        let known = names().collect::<Vec<_>>().join(", ");
        let meant = closest(name, names());
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        format!("there is no such check{meant} (checks: {known})")
    })
}
