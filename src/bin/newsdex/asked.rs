//! A query that was typed, and the index that it is asked of, brought up to date
//! where a folder was named.

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use newsdex::index::{IndexError, IndexReader};
use newsdex::ingest::ReadOptions;
use newsdex::output::{to_document, write_failures};
use newsdex::query::{Query, parse};
use newsdex::search::{Aliases, Limit, Matches, Order, Search, SearchRequest, SortKey};
use newsdex::update::UpdateError;
use serde::Serialize;

use crate::args::QueryArguments;
use crate::failure::{Failure, NOTHING_FOUND, SOME_UNREAD, is_forbidden};
use crate::home::Home;
use crate::interrupt::stop_on_ctrl_c;
use crate::refresh::refresh;
use crate::settings::Settings;

/// A query, parsed, and the index that it is asked of, up to date.
pub(crate) struct Asked {
    pub(crate) home: Home,
    pub(crate) query: Query,
    /// The folder that was named, as the index knows it; empty if that is all of
    /// it.
    folder: String,
    pub(crate) reader: IndexReader,
    pub(crate) aliases: Arc<Aliases>,
    /// Whether source files could not be read.
    some_unread: bool,
}

impl Asked {
    pub(crate) fn new(arguments: &QueryArguments, settings: &Settings) -> Result<Self, Failure> {
        arguments.refuse_several_words()?;
        arguments.refuse_without_folder()?;
        let query =
            parse(&arguments.query).map_err(|error| Failure::query(&arguments.query, &error))?;
        let Some(folder) = &arguments.folder else {
            let home = Home::to_read(settings)?;
            let reader = home.open()?;
            let aliases = home.aliases()?;
            return Ok(Self {
                home,
                folder: String::new(),
                query,
                reader,
                aliases,
                some_unread: false,
            });
        };
        let (home, roots) = Home::to_index(std::slice::from_ref(folder), settings)
            .map_err(|failure| arguments.hint_at_quotes(failure))?;
        let name = home.naming().name_of(&roots[0]);
        let recognition = arguments.recognition.wanted()?;
        let stop = stop_on_ctrl_c()?;
        let read = ReadOptions::default();
        let some_unread = match refresh(&home, roots, read, recognition, None, settings, stop) {
            Ok(report) if report.interrupted => return Err(Failure::interrupted()),
            Ok(report) => {
                write_failures(&mut io::stderr().lock(), &report)?;
                !report.failed.is_empty()
            }
            Err(error) => {
                search_as_it_is(&home, error)?;
                false
            }
        };
        // Nothing is left to be committed: from now on one Ctrl-C ends at once.
        stop.store(true, Ordering::Relaxed);
        let reader = home.open()?;
        let aliases = home.aliases()?;
        Ok(Self { home, query, folder: name, reader, aliases, some_unread })
    }

    /// A query in the folder that was named.
    pub(crate) fn within(&self, query: Query) -> Query {
        if self.folder.is_empty() { query } else { query.below(&self.folder) }
    }

    /// What is asked unless the arguments say more.
    pub(crate) fn request(&self, arguments: &QueryArguments, settings: &Settings) -> SearchRequest {
        SearchRequest {
            query: self.within(self.query.clone()),
            today: settings.today,
            order: Order { key: SortKey::Score, ascending: false },
            offset: 0,
            limit: Limit::First(0),
            facets: Vec::new(),
            aliases: Arc::clone(&self.aliases),
            pattern_limit: arguments.pattern_limit,
        }
    }

    pub(crate) fn run(&self, request: &SearchRequest) -> Result<Matches, Failure> {
        Ok(Search::run(&self.reader, request)?)
    }

    /// An answer as one JSON document.
    pub(crate) fn document(&self, answer: &impl Serialize) -> Result<Vec<u8>, Failure> {
        Ok(to_document(&self.reader.revision(), answer)?)
    }

    pub(crate) fn exit_code(&self, total: u64) -> ExitCode {
        match total {
            _ if self.some_unread => ExitCode::from(SOME_UNREAD),
            0 => ExitCode::from(NOTHING_FOUND),
            _ => ExitCode::SUCCESS,
        }
    }
}

/// Warns that an index is searched without being brought up to date: another
/// process writes it, or nobody may. Without an index there, or where something
/// else is wrong, hands the error on.
fn search_as_it_is(home: &Home, error: UpdateError) -> Result<(), Failure> {
    let reason = match &error {
        UpdateError::Index(IndexError::Locked { holder, .. }) => format!("{holder} is writing it"),
        UpdateError::Index(IndexError::Io { cause, .. }) if is_forbidden(cause) => {
            "permission denied".to_owned()
        }
        _ => return Err(error.into()),
    };
    if IndexReader::open(&home.index()).is_err() {
        return Err(error.into());
    }
    // Where standard error is closed nobody can be told.
    let _ = writeln!(
        io::stderr(),
        "warning: the index is not brought up to date: {reason}; searching what it holds"
    );
    Ok(())
}
