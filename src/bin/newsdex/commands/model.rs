//! `newsdex model`: train a model of names, measure one, label words with one.

mod eval;
mod tag;
mod train;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use newsdex::annotate::recogniser::corpus::{
    CorpusError, KindNames, LabelledArticle, read_columns,
};

use crate::failure::Failure;
use crate::settings::Settings;

/// Train, measure and try models that recognise names
///
/// They read and write files of one word a line with its label in a column, as
/// CoNLL 2003 has them: separated by tabs or spaces, an empty line after each
/// sentence, labels in IOB1, IOB2, BIOES or BILOU.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex model eval dev.tsv\n  newsdex model train train.tsv -o my.model\n  newsdex model tag words.tsv --model my.model"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Train(train::Arguments),
    Eval(eval::Arguments),
    Tag(tag::Arguments),
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    match &arguments.command {
        Command::Train(arguments) => train::run(arguments, settings),
        Command::Eval(arguments) => eval::run(arguments, settings),
        Command::Tag(arguments) => tag::run(arguments),
    }
}

/// What the names of kinds in files mean.
#[derive(Debug, Args)]
struct KindArguments {
    /// What a kind of the files is: person, org, place, misc or none
    #[arg(long = "map", value_name = "TYPE=KIND")]
    map: Vec<String>,
}

impl KindArguments {
    fn names(&self) -> Result<KindNames, Failure> {
        KindNames::new(self.map.iter().map(String::as_str)).map_err(Failure::new)
    }
}

/// The text of a file; `-` is standard input.
fn read_text(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = read.map_err(|cause| Failure::unreadable_path(path, &cause))?;
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..valid].split(|byte| *byte == b'\n').count();
        let path = path.display();
        Failure::new(format_args!("cannot read `{path}`: line {line}: not UTF-8"))
    })
}

fn read_labelled(path: &Path, kinds: &KindNames) -> Result<Vec<LabelledArticle>, Failure> {
    read_columns(&read_text(path)?, kinds).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, error: &CorpusError) -> Failure {
    let failure = Failure::new(format_args!("cannot read `{}`: {error}", path.display()));
    match error {
        CorpusError::UnknownKind { kind, .. } => failure.hint(format!(
            "say what it is: `--map {kind}=person`, or `org`, `place`, `misc`, `none`"
        )),
        _ => failure,
    }
}

/// Files, of which one at least must be given.
#[derive(Debug, Args)]
struct FileArguments {
    /// Files of labelled words
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}
