//! `newsdex model train`: a model from labelled words.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use newsdex::annotate::recogniser::corpus::{LabelledArticle, language_of};
use newsdex::annotate::recogniser::train::{TrainingSet, TrainingSettings, train};
use newsdex::annotate::recogniser::{MOST_WORDS, Model};
use newsdex::ingest::{Naming, ReadOptions, Selector, WalkTrouble, read_articles, walk};
use newsdex::output::{grouped, safe_line};

use super::{KindArguments, read_labelled};
use crate::clock::Stopwatch;
use crate::failure::Failure;
use crate::new_file::NewFile;
use crate::output::Output;
use crate::progress_bar::TrainingProgress;
use crate::settings::Settings;

/// Train a model on labelled words
///
/// Reads files of one word a line with its label and writes one file that
/// `--model` takes. After the name of a file may stand how many times it is read
/// in each epoch, and how much it counts: `gold.tsv,times=2`,
/// `silver.tsv,weight=0.5`. A number in the column after the label is how sure it
/// is, from 0 to 1. The same files and settings give the same model.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex model train train.tsv -o my.model\n  newsdex model train gold.tsv,times=2 silver.tsv,weight=0.5 -o my.model --epochs 4\n  newsdex model train ontonotes.tsv --map GPE=place --map VESSEL=misc -o my.model"
)]
pub(crate) struct Arguments {
    /// Files of labelled words, each with how it is read
    #[arg(value_name = "FILE[,times=N][,weight=W]", required = true, value_parser = source)]
    files: Vec<Source>,
    /// Files and folders of articles, read as `index` does, from which is learnt
    /// how words are used; their names need not be marked
    #[arg(long, value_name = "PATH", num_args = 1..)]
    unlabelled: Vec<PathBuf>,
    /// The file to write the model to
    #[arg(short = 'o', long, value_name = "FILE")]
    output: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    kinds: KindArguments,
    /// Languages that the model is for, as codes such as `en,de`; articles in others
    /// are left to the names that files give [default: what most texts are in]
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    languages: Vec<String>,
    #[command(flatten)]
    settings: SettingsArguments,
}

/// A file and how it is read.
#[derive(Clone, Debug, PartialEq)]
struct Source {
    path: PathBuf,
    times: u32,
    weight: f32,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Settings")]
struct SettingsArguments {
    /// Passes over all files
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    epochs: Option<u32>,
    /// Seed of all that is random
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Words that the model knows at most; each takes some 60 bytes
    #[arg(long, value_name = "WORDS", value_parser = vocabulary)]
    vocabulary: Option<usize>,
    /// Times that a word must occur to be one of them
    #[arg(long, value_name = "N")]
    least_count: Option<u32>,
    /// Learning rate at the start
    #[arg(long, value_name = "RATE", value_parser = rate)]
    rate: Option<f32>,
    /// Share of units that are left out at random
    #[arg(long, value_name = "SHARE", value_parser = dropout)]
    dropout: Option<f32>,
}

impl SettingsArguments {
    fn settings(&self) -> TrainingSettings {
        let default = TrainingSettings::default();
        TrainingSettings {
            epochs: self.epochs.unwrap_or(default.epochs),
            seed: self.seed.unwrap_or(default.seed),
            vocabulary: self.vocabulary.unwrap_or(default.vocabulary),
            least_count: self.least_count.unwrap_or(default.least_count),
            rate: self.rate.unwrap_or(default.rate),
            dropout: self.dropout.unwrap_or(default.dropout),
        }
    }
}

pub(super) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let watch = Stopwatch::start();
    let kinds = arguments.kinds.names()?;
    // Before hours of work, not after.
    let file = NewFile::at(&arguments.output, arguments.force)?;
    let mut sets = Vec::new();
    for Source { path, times, weight } in &arguments.files {
        let articles = read_labelled(path, &kinds)?;
        sets.push(TrainingSet { articles, times: *times, weight: *weight });
    }
    let articles = || sets.iter().flat_map(|set| &set.articles);
    if articles().all(|article| article.names.is_empty()) {
        return Err(Failure::new("no name is marked in these files"));
    }
    let languages = match &arguments.languages[..] {
        [] => language_of(articles()).unwrap_or("en").to_owned(),
        named => named.join(" "),
    };
    let unlabelled = read_texts(&arguments.unlabelled)?;
    let training = arguments.settings.settings();
    let mut progress = TrainingProgress::new(training.epochs, settings.stderr_is_terminal);
    let bytes = train(&sets, &unlabelled, training, |at| progress.show(at));
    progress.clear();
    let bytes = Model::with_languages(bytes, &languages).map_err(Failure::new)?;
    // What cannot be read back is not worth writing.
    let model = Model::new(bytes.clone()).map_err(Failure::new)?;
    file.write(&bytes)?;
    write_summary(&arguments.output, &model, articles(), watch.seconds())?;
    Ok(ExitCode::SUCCESS)
}

/// The texts of the articles below `paths`, in the order of their names.
fn read_texts(paths: &[PathBuf]) -> Result<Vec<String>, Failure> {
    // Only their order matters, and that is by name in each folder.
    let naming = Naming { base: PathBuf::new() };
    let mut files = Vec::new();
    for path in paths {
        let mut troubles = Vec::new();
        walk(path, &naming, &Selector::everything(&naming.base), &mut |found| match found {
            Ok(file) => files.push(file),
            Err(trouble) => troubles.push(trouble),
        });
        if let Some(WalkTrouble { name, reason }) = troubles.first() {
            return Err(Failure::new(format_args!("cannot read `{name}`: {reason}")));
        }
    }
    let mut texts = Vec::new();
    for file in &files {
        let read = read_articles(file, &ReadOptions::default(), &mut |article| {
            texts.push(format!("{}\n\n{}", article.title, article.body));
            ControlFlow::Continue(())
        });
        read.map_err(|error| {
            Failure::new(format_args!("cannot read `{}`: {error}", file.path.display()))
        })?;
    }
    Ok(texts)
}

fn write_summary<'a>(
    path: &Path,
    model: &Model,
    articles: impl Iterator<Item = &'a LabelledArticle>,
    seconds: f64,
) -> Result<(), Failure> {
    let (mut count, mut words, mut names) = (0, 0, 0);
    for article in articles {
        count += 1;
        words += article.len() as u64;
        names += article.names.len() as u64;
    }
    let path = path.to_string_lossy();
    let path = safe_line(&path);
    let mut out = Output::plain();
    writeln!(out, "model    {path}, {:.1} MB", model.size() as f64 / 1e6)?;
    writeln!(out, "for      {}", model.languages().replace(' ', ", "))?;
    writeln!(out, "knows    {} words", grouped(model.words() as u64))?;
    writeln!(
        out,
        "read     {} articles, {} words, {} names",
        grouped(count),
        grouped(words),
        grouped(names),
    )?;
    writeln!(out, "seconds  {seconds:.1}")?;
    out.finish()?;
    let mut stderr = io::stderr().lock();
    // Where standard error is closed nobody can be told.
    let _ = writeln!(stderr, "hint: measure it: newsdex model eval FILE --model {path}");
    let _ = writeln!(stderr, "hint: use it: newsdex index FOLDER --model {path}");
    Ok(())
}

fn source(text: &str) -> Result<Source, String> {
    let mut source = Source { path: PathBuf::new(), times: 1, weight: 1.0 };
    let mut rest = text;
    while let Some((before, option)) = rest.rsplit_once(',') {
        if let Some(times) = option.strip_prefix("times=") {
            let times = times.parse().ok().filter(|times| *times > 0);
            source.times = times.ok_or("expected a whole number from 1 after `times=`")?;
        } else if let Some(weight) = option.strip_prefix("weight=") {
            let weight = weight.parse().ok().filter(|weight| *weight > 0.0 && *weight <= 100.0);
            source.weight = weight.ok_or("expected a number above 0 after `weight=`")?;
        } else {
            // A comma in the name.
            break;
        }
        rest = before;
    }
    source.path = rest.into();
    Ok(source)
}

fn vocabulary(text: &str) -> Result<usize, String> {
    let words = text.parse().ok().filter(|words| (1..=MOST_WORDS).contains(words));
    words.ok_or_else(|| format!("expected a number from 1 to {MOST_WORDS}"))
}

fn rate(text: &str) -> Result<f32, String> {
    let rate = text.parse().ok().filter(|rate| *rate > 0.0 && *rate <= 1.0);
    rate.ok_or_else(|| "expected a number above 0, such as 0.0015".to_owned())
}

fn dropout(text: &str) -> Result<f32, String> {
    let share = text.parse().ok().filter(|share| (0.0..0.95).contains(share));
    share.ok_or_else(|| "expected a share from 0 to below 0.95".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Source, source};

    #[test]
    fn files_say_how_they_are_read() {
        for (text, path, times, weight) in [
            ("a.tsv", "a.tsv", 1, 1.0),
            ("a.tsv,times=2", "a.tsv", 2, 1.0),
            ("a,b.tsv,weight=0.5,times=3", "a,b.tsv", 3, 0.5),
            ("a,times=2,b", "a,times=2,b", 1, 1.0),
        ] {
            assert_eq!(source(text), Ok(Source { path: path.into(), times, weight }), "{text}");
        }
        for wrong in ["a,times=0", "a,times=x", "a,weight=0", "a,weight=nan"] {
            assert!(source(wrong).is_err(), "{wrong}");
        }
    }
}
