//! `newsdex model eval`: how well a model finds the names that are marked in
//! files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use newsdex::annotate::recogniser::corpus::{Casing, LabelledArticle};
use newsdex::annotate::recogniser::{Evaluation, NameKind, Recogniser, RecogniserMemory, Score};
use newsdex::output::{RowFormat, RowWriter, WIRE_VERSION, grouped, safe_line, to_json};

use super::{FileArguments, KindArguments, read_labelled};
use crate::args::{Format, FormatArguments};
use crate::clock::Stopwatch;
use crate::failure::Failure;
use crate::output::Output;
use crate::recognition::model;
use crate::settings::Settings;

/// Measure how well a model recognises names
///
/// Compares what it finds in the words of each file with what is marked there. A
/// name counts only if its first and its last word and its kind are right.
/// Precision is the share of found names that are marked, recall the share of
/// marked names that are found, F1 their harmonic mean, all in percent.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex model eval dev.tsv\n  newsdex model eval dev.tsv test.tsv --model my.model --casing capitals\n  newsdex model eval dev.tsv --map GPE=place --map VESSEL=misc --json"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    files: FileArguments,
    /// The model [default: the one inside newsdex]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    #[command(flatten)]
    kinds: KindArguments,
    /// How the words are set before they are read: as they are, like headlines, or
    /// in capitals
    #[arg(long, value_name = "CASING", default_value = "as-written")]
    casing: CasingArgument,
    #[command(flatten)]
    format: FormatArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum CasingArgument {
    AsWritten,
    Title,
    Capitals,
}

impl CasingArgument {
    const fn casing(self) -> Casing {
        match self {
            Self::AsWritten => Casing::AsWritten,
            Self::Title => Casing::TitleCase,
            Self::Capitals => Casing::Capitals,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::AsWritten => "as-written",
            Self::Title => "title",
            Self::Capitals => "capitals",
        }
    }
}

/// The name of all kinds of entity together.
const TOGETHER: &str = "entities";

/// What was measured on a file.
struct Measured<'a> {
    file: &'a Path,
    evaluation: Evaluation,
    seconds: f64,
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let recogniser = Recogniser::new(model(arguments.model.as_deref())?);
    let kinds = arguments.kinds.names()?;
    let casing = arguments.casing;
    let mut memory = RecogniserMemory::default();
    let mut measured = Vec::new();
    for file in &arguments.files.files {
        let articles = read_labelled(file, &kinds)?;
        measured.push(measure(&recogniser, file, &articles, casing.casing(), &mut memory));
    }
    let mut out = Output::plain();
    match arguments.format.format() {
        Format::Text => write_tables(&mut out, &measured, casing)?,
        Format::Json => out.write_all(&to_json(&json(&measured, casing))?)?,
        Format::Csv => write_rows(&mut out, RowFormat::Csv, &measured, casing, settings)?,
        Format::Tsv => write_rows(&mut out, RowFormat::Tsv, &measured, casing, settings)?,
        Format::Jsonl => return Err(Failure::new("`model eval` writes text, JSON, CSV or TSV")),
    }
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn measure<'a>(
    recogniser: &Recogniser,
    file: &'a Path,
    articles: &[LabelledArticle],
    casing: Casing,
    memory: &mut RecogniserMemory,
) -> Measured<'a> {
    let mut evaluation = Evaluation::default();
    let mut seconds = 0.0;
    for article in articles {
        let watch = Stopwatch::start();
        let names = recogniser.label(article, casing, memory);
        seconds += watch.seconds();
        evaluation.add(article, &names);
    }
    Measured { file, evaluation, seconds }
}

impl Measured<'_> {
    /// The kinds by name, and all of entities together before the kind that is
    /// none.
    fn scores(&self) -> [(&'static str, Score); 5] {
        let [person, org, place, misc] = NameKind::ALL.map(|kind| self.evaluation.of(kind));
        [
            ("person", person),
            ("org", org),
            ("place", place),
            (TOGETHER, self.evaluation.entities()),
            ("misc", misc),
        ]
    }

    /// Words a second, by one thread.
    fn rate(&self) -> f64 {
        if self.seconds > 0.0 { self.evaluation.words as f64 / self.seconds } else { 0.0 }
    }
}

fn write_tables(
    out: &mut impl Write,
    measured: &[Measured<'_>],
    casing: CasingArgument,
) -> io::Result<()> {
    for (number, of_file) in measured.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", safe_line(&of_file.file.to_string_lossy()))?;
        match casing {
            CasingArgument::AsWritten => writeln!(out)?,
            other => writeln!(out, "  (set in {})", other.name())?,
        }
        writeln!(out, "kind      precision   recall       F1   marked    found    right")?;
        for (kind, score) in of_file.scores() {
            writeln!(
                out,
                "{kind:<10}{:>9.2}{:>9.2}{:>9.2}{:>9}{:>9}{:>9}",
                score.precision(),
                score.recall(),
                score.f1(),
                grouped(score.marked as u64),
                grouped(score.recognised as u64),
                grouped(score.right as u64),
            )?;
        }
        let words = grouped(of_file.evaluation.words as u64);
        let rate = of_file.rate() / 1e6;
        writeln!(out, "{words} words, {rate:.2} million a second and core")?;
    }
    Ok(())
}

fn write_rows(
    out: &mut Output,
    format: RowFormat,
    measured: &[Measured<'_>],
    casing: CasingArgument,
    settings: &Settings,
) -> Result<(), Failure> {
    let mut rows = RowWriter::new(out, format, settings.cells);
    let header =
        ["file", "casing", "kind", "precision", "recall", "f1", "marked", "found", "right"];
    rows.write(&header)?;
    for of_file in measured {
        let file = of_file.file.to_string_lossy();
        for (kind, score) in of_file.scores() {
            let [precision, recall, f1] =
                [score.precision(), score.recall(), score.f1()].map(|part| format!("{part:.2}"));
            let [marked, found, right] =
                [score.marked, score.recognised, score.right].map(|count| count.to_string());
            let cells = [&precision, &recall, &f1, &marked, &found, &right].map(String::as_str);
            rows.write(&[&[&*file, casing.name(), kind], &cells[..]].concat())?;
        }
    }
    Ok(rows.flush()?)
}

fn json(measured: &[Measured<'_>], casing: CasingArgument) -> serde_json::Value {
    // Percent to two places, as in the table.
    let percent = |part: f64| (part * 100.0).round() / 100.0;
    let of_score = |score: Score| {
        serde_json::json!({
            "precision": percent(score.precision()),
            "recall": percent(score.recall()),
            "f1": percent(score.f1()),
            "marked": score.marked,
            "found": score.recognised,
            "right": score.right,
        })
    };
    let of_file = |of_file: &Measured<'_>| {
        let scores = of_file.scores().map(|(kind, score)| (kind.to_owned(), of_score(score)));
        serde_json::json!({
            "file": of_file.file.to_string_lossy(),
            "casing": casing.name(),
            "words": of_file.evaluation.words,
            "words_per_second": of_file.rate().round(),
            "scores": serde_json::Map::from_iter(scores),
        })
    };
    serde_json::json!({
        "version": WIRE_VERSION,
        "files": measured.iter().map(of_file).collect::<Vec<_>>(),
    })
}
