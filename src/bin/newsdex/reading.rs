//! The arguments that say which files are taken, and how much is read of them.

use std::path::Path;

use clap::Args;
use newsdex::ingest::{Bounds, MAX_ARTICLE_BYTES, ReadOptions, Selection, Selector};
use newsdex::update::SelectionChange;

use crate::failure::Failure;

/// Which files are taken.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Which files")]
pub(crate) struct SelectionArguments {
    /// Take only files that fit this glob, or lie in a folder that does, by the rules
    /// of `.gitignore`; may be repeated
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leave out files and folders that fit this glob; may be repeated. Files
    /// `.newsdexignore` do the same for the folder that they lie in
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Take hidden files and folders, too
    #[arg(long, overrides_with = "no_hidden")]
    hidden: bool,
    /// Leave hidden files out again
    #[arg(long, overrides_with = "hidden")]
    no_hidden: bool,
}

impl SelectionArguments {
    /// What an index is told: what was not given stays as it was, and an empty glob
    /// takes back those given before.
    pub(crate) fn change(&self) -> SelectionChange {
        let globs = |given: &[String]| (!given.is_empty()).then(|| without_empty(given));
        SelectionChange {
            include: globs(&self.include),
            exclude: globs(&self.exclude),
            hidden: (self.hidden || self.no_hidden).then_some(self.hidden),
        }
    }

    /// What is asked of files where nothing is remembered.
    pub(crate) fn selector(&self, base: &Path) -> Result<Selector, Failure> {
        let selection = Selection {
            include: without_empty(&self.include),
            exclude: without_empty(&self.exclude),
            hidden: self.hidden,
        };
        Selector::new(&selection, base).map_err(Failure::new)
    }
}

fn without_empty(globs: &[String]) -> Vec<String> {
    globs.iter().filter(|glob| !glob.is_empty()).cloned().collect()
}

/// How much is read.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Bounds")]
pub(crate) struct BoundArguments {
    /// How many archives and compressed files may lie inside each other
    #[arg(long, value_name = "N", default_value_t = Bounds::default().max_depth)]
    max_depth: u32,
    /// How many times its size a file may unpack to
    #[arg(long, value_name = "N", default_value_t = Bounds::default().max_ratio)]
    max_ratio: u64,
    /// How many members one archive may have, with those of archives in it
    #[arg(long, value_name = "N", default_value_t = Bounds::default().max_members)]
    max_members: u64,
    /// The largest article, in MiB
    #[arg(long, value_name = "MIB", default_value_t = MAX_ARTICLE_BYTES >> 20, value_parser = size)]
    max_article_size: usize,
}

/// The largest size of an article that can be asked for, in MiB: parsed it takes ten
/// times as much.
const MOST_MIB: usize = 1 << 10;

fn size(text: &str) -> Result<usize, String> {
    let expected = || format!("expected a number of MiB from 1 to {MOST_MIB}");
    text.parse().ok().filter(|mib| (1..=MOST_MIB).contains(mib)).ok_or_else(expected)
}

impl BoundArguments {
    pub(crate) fn read_options(&self) -> ReadOptions {
        ReadOptions {
            map: Vec::new(),
            max_article_bytes: self.max_article_size << 20,
            bounds: Bounds {
                max_ratio: self.max_ratio,
                max_depth: self.max_depth,
                max_members: self.max_members,
            },
        }
    }
}
