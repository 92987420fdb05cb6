//! `newsdex model tag`: a file of words with one more column, the labels that a
//! model gives them.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use newsdex::annotate::recogniser::corpus::{Casing, labels_of, read_words, with_labels};
use newsdex::annotate::recogniser::{Recogniser, RecogniserMemory};

use super::{read_text, unusable};
use crate::failure::Failure;
use crate::output::Output;
use crate::recognition::model;

/// Write a file of words with the names that a model finds in it
///
/// Every line and column stays as it is; each word gets one more column: `O`, or
/// `B-` (the first word of a name) or `I-` (a further one) with PER, ORG, LOC or
/// MISC. The file may have labels already, or words alone.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex model tag words.tsv > tagged.tsv\n  newsdex model tag dev.tsv --model my.model | conlleval -d '\\t'"
)]
pub(crate) struct Arguments {
    /// A file of one word a line; `-` is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The model [default: the one inside newsdex]
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// The mark of byte order that some programs begin a file with.
const BYTE_ORDER_MARK: char = '\u{feff}';

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let recogniser = Recogniser::new(model(arguments.model.as_deref())?);
    let text = read_text(&arguments.file)?;
    let (mark, text) = match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => (&text[..text.len() - rest.len()], rest),
        None => ("", &*text),
    };
    let articles = read_words(text).map_err(|error| unusable(&arguments.file, &error))?;
    let mut memory = RecogniserMemory::default();
    let labels = articles.iter().flat_map(|article| {
        let names = recogniser.label(article, Casing::AsWritten, &mut memory);
        labels_of(article, &names).collect::<Vec<_>>()
    });
    let tagged = with_labels(text, labels);
    let mut out = Output::plain();
    write!(out, "{mark}{tagged}")?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
