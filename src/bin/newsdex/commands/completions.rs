//! `newsdex completions`: completion scripts for shells.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::failure::Failure;
use crate::output::Output;

/// Print a script that completes `newsdex` in a shell
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex completions bash > ~/.local/share/bash-completion/completions/newsdex"
)]
pub(crate) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    let mut command = crate::args::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "newsdex", &mut script);
    let mut out = Output::plain();
    std::io::Write::write_all(&mut out, &script)?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}
