//! `newsdex verify`: whether the index is whole.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use newsdex::index::{Depth, cores, verify};
use newsdex::output::{VerificationWire, to_json, write_verification};

use crate::args::{Format, FormatArguments};
use crate::failure::{ERROR, Failure};
use crate::home::Home;
use crate::output::{Output, style};
use crate::settings::Settings;

/// Check that the index is whole
///
/// Compares every file with its checksum, reads every article, and compares articles with
/// the record of source files. It changes nothing, and works while the index is written to
/// and where it cannot be written to. The exit code is 0 if nothing is wrong, else 2.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex verify\n  newsdex verify --quick\n  newsdex verify --json"
)]
pub(crate) struct Arguments {
    /// Compare checksums alone
    #[arg(long)]
    quick: bool,
    #[command(flatten)]
    format: FormatArguments,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let format = arguments.format.format();
    if !matches!(format, Format::Text | Format::Json) {
        return Err(Failure::new("`verify` writes text or JSON only"));
    }
    let home = Home::to_read(settings)?;
    let index = home.index();
    let depth = if arguments.quick { Depth::Checksums } else { Depth::Everything };
    let found =
        verify(&index, depth, cores()).map_err(|error| Failure::of_index(error, Some(&index)))?;
    let name = index.to_string_lossy();
    let mut out = Output::plain();
    match format {
        Format::Json => out.write_all(&to_json(&VerificationWire::new(&name, &found))?)?,
        _ => write_verification(&mut out, &style(settings, &home), &name, &found)?,
    }
    out.finish()?;
    Ok(if found.is_whole() { ExitCode::SUCCESS } else { ExitCode::from(ERROR) })
}
