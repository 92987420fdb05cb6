//! `newsdex help`: help on commands, and the query language's reference.

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, CommandFactory};

use crate::failure::Failure;
use crate::output::Output;
use crate::settings::Settings;

/// The reference of the query language, which is also part of the
/// documentation.
const QUERY_REFERENCE: &str = include_str!("../../../../docs/QUERY.md");

/// Explain a command, or the query language (`help query`)
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// A command, or `query`
    topic: Option<String>,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let mut program = crate::args::Arguments::command();
    program.build();
    let help = match arguments.topic.as_deref() {
        None => program.render_long_help().to_string(),
        Some("query") => QUERY_REFERENCE.to_owned(),
        Some(topic) => match program.find_subcommand_mut(topic) {
            Some(command) => command.render_long_help().to_string(),
            None => return Err(unknown(topic, &program)),
        },
    };
    let mut out = Output::paged(settings);
    out.write_all(help.as_bytes())?;
    out.finish()?;
    Ok(ExitCode::SUCCESS)
}

fn unknown(topic: &str, program: &clap::Command) -> Failure {
    let topics = program.get_subcommands().map(clap::Command::get_name).chain(["query"]);
    let failure = Failure::new(format_args!("there is no help on `{topic}`"));
    match newsdex::query::closest(topic, topics) {
        Some(meant) => failure.hint(format!("did you mean `{meant}`?")),
        None => failure.hint("`newsdex help` lists the commands"),
    }
}
