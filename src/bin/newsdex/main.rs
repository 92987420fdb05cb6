//! The program `newsdex`: arguments in, the library's answers out, an exit
//! code at the end.

mod allocator;
mod args;
mod asked;
mod clock;
mod commands;
mod defect;
mod failure;
mod home;
mod in_order;
mod interrupt;
mod labelled_hits;
mod memory;
mod named_article;
mod new_file;
mod open_files;
mod output;
mod path_list;
mod progress_bar;
mod query_file;
mod reading;
mod recognition;
mod refresh;
mod settings;
mod time_zone;

use std::process::ExitCode;

use crate::args::{Arguments, Command};
use crate::failure::Failure;
use crate::settings::Settings;

fn main() -> ExitCode {
    let outcome = defect::caught(|| {
        let arguments = Arguments::typed();
        let settings = Settings::new(&arguments.global)?;
        run(arguments.command, &settings)
    });
    match outcome {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run(command: Command, settings: &Settings) -> Result<ExitCode, Failure> {
    match command {
        Command::Index(arguments) => commands::index::run(&arguments, settings),
        Command::Search(arguments) => commands::search::run(&arguments, settings),
        Command::Count(arguments) => commands::count::run(&arguments, settings),
        Command::Facets(arguments) => commands::facets::run(&arguments, settings),
        Command::Timeline(arguments) => commands::timeline::run(&arguments, settings),
        Command::Explain(arguments) => commands::explain::run(&arguments, settings),
        Command::Collocates(arguments) => commands::collocates::run(&arguments, settings),
        Command::Entities(arguments) => commands::entities::run(&arguments, settings),
        Command::Batch(arguments) => commands::batch::run(&arguments, settings),
        Command::Saved(arguments) => commands::saved::run(&arguments, settings),
        Command::Show(arguments) => commands::show::run(&arguments, settings),
        Command::Status(arguments) => commands::status::run(&arguments, settings),
        Command::Doctor(arguments) => commands::doctor::run(&arguments, settings),
        Command::Verify(arguments) => commands::verify::run(&arguments, settings),
        Command::Export(arguments) => commands::export::run(&arguments, settings),
        Command::Annotate(arguments) => commands::annotate::run(&arguments, settings),
        Command::Model(arguments) => commands::model::run(&arguments, settings),
        Command::Help(arguments) => commands::help::run(&arguments, settings),
        Command::Completions(arguments) => commands::completions::run(&arguments),
    }
}
