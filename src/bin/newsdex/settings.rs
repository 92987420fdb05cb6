//! What the arguments, the environment and the terminal together mean.

use std::env;
use std::io::IsTerminal;
use std::path::PathBuf;

use jiff::civil::Date;
use newsdex::output::Cells;

use crate::args::{Global, When};
use crate::clock;
use crate::failure::Failure;

/// The settings of a run.
#[derive(Debug)]
pub(crate) struct Settings {
    /// The home that was named.
    pub(crate) home: Option<PathBuf>,
    /// The folder that the program was started in.
    pub(crate) working_folder: PathBuf,
    pub(crate) colour: bool,
    pub(crate) hyperlinks: bool,
    /// The pager's command, where output goes to a terminal and one is wanted.
    pub(crate) pager: Option<String>,
    /// Whether the user has options for `less`.
    pub(crate) less_is_set: bool,
    pub(crate) stdout_is_terminal: bool,
    /// What is done to the cells of CSV and TSV.
    pub(crate) cells: Cells,
    pub(crate) stderr_is_terminal: bool,
    /// Columns of the terminal; none where output goes elsewhere.
    pub(crate) width: Option<usize>,
    pub(crate) today: Date,
}

impl Settings {
    #[expect(clippy::disallowed_methods, reason = "settings are where the environment is read")]
    pub(crate) fn new(global: &Global) -> Result<Self, Failure> {
        let stdout_is_terminal = std::io::stdout().is_terminal();
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        let wanted = |when, by_default| match when {
            When::Always => true,
            When::Never => false,
            When::Auto => by_default,
        };
        let pager = ["NEWSDEX_PAGER", "PAGER"]
            .into_iter()
            .find_map(|name| env::var(name).ok())
            .unwrap_or_else(|| "less".to_owned());
        let pager_wanted = stdout_is_terminal && !global.no_pager && !dumb;
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Ok(Self {
            home: global.index.clone(),
            working_folder: env::current_dir().map_err(Failure::no_working_folder)?,
            colour: wanted(global.color, stdout_is_terminal && !dumb && !is_set("NO_COLOR")),
            hyperlinks: wanted(global.hyperlinks, stdout_is_terminal && !dumb),
            pager: Some(pager).filter(|pager| pager_wanted && !pager.trim().is_empty()),
            less_is_set: env::var_os("LESS").is_some(),
            stdout_is_terminal,
            cells: Cells { for_terminal: stdout_is_terminal, without_formulas: global.no_formulas },
            stderr_is_terminal: std::io::stderr().is_terminal(),
            width: width.filter(|_| stdout_is_terminal),
            today: global.today.unwrap_or_else(clock::today),
        })
    }
}
