//! The index that is asked, brought up to date where a folder was named, and the
//! query that was typed.

use std::io::{self, Write};
use std::ops::Deref;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use newsdex::index::{IndexError, IndexReader, cores};
use newsdex::output::{WIRE_VERSION, to_document, write_failures};
use newsdex::query::{Query, parse};
use newsdex::search::{
    Aliases, CountRequest, FacetField, Limit, Matches, Order, Search, SearchRequest, SortKey,
};
use newsdex::update::UpdateError;
use serde::Serialize;

use crate::args::QueryArguments;
use crate::failure::{Failure, NOTHING_FOUND, SOME_UNREAD, is_forbidden};
use crate::home::Home;
use crate::interrupt::stop_on_ctrl_c;
use crate::recognition::RecognitionArguments;
use crate::refresh::{Wanted, refresh};
use crate::settings::Settings;

/// Articles that are worth a thread of their own: what it takes to start one and to add up
/// what it counted is little beside them.
const ARTICLES_OF_THREAD: u64 = 30_000;

/// The order of hits unless another is given.
const BEST_FIRST: Order = Order { key: SortKey::Score, ascending: false };

/// An index, up to date where a folder was named.
pub(crate) struct Opened {
    pub(crate) home: Home,
    /// The folder that was named, as the index knows it; empty if that is all of
    /// it.
    folder: String,
    pub(crate) reader: IndexReader,
    pub(crate) aliases: Arc<Aliases>,
    /// Whether source files could not be read.
    some_unread: bool,
}

/// A query, parsed, and the index that it is asked of.
pub(crate) struct Asked {
    pub(crate) query: Query,
    opened: Opened,
}

/// Whatever is asked of an index alone can be asked here too.
impl Deref for Asked {
    type Target = Opened;

    fn deref(&self) -> &Opened {
        &self.opened
    }
}

impl Opened {
    /// The index of the home, or of a folder, which is indexed or refreshed first.
    pub(crate) fn new(
        folder: Option<&Path>,
        recognition: &RecognitionArguments,
        settings: &Settings,
    ) -> Result<Self, Failure> {
        let Some(folder) = folder else {
            recognition.refuse_without_folder()?;
            return Self::nearest(settings);
        };
        let (home, roots) = Home::to_index(&[folder.to_owned()], settings)?;
        let name = home.naming().name_of(&roots[0]);
        let recognition = recognition.wanted()?;
        let stop = stop_on_ctrl_c()?;
        let wanted = Wanted { roots, recognition, ..Wanted::default() };
        let some_unread = match refresh(&home, wanted, settings, stop) {
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
        Self::of_home(home, name, some_unread)
    }

    /// The index of the home as it is.
    pub(crate) fn nearest(settings: &Settings) -> Result<Self, Failure> {
        Self::of_home(Home::to_read(settings)?, String::new(), false)
    }

    fn of_home(home: Home, folder: String, some_unread: bool) -> Result<Self, Failure> {
        let reader = home.open()?;
        let aliases = home.aliases()?;
        Ok(Self { home, folder, reader, aliases, some_unread })
    }

    /// A query in the folder that was named.
    pub(crate) fn within(&self, query: Query) -> Query {
        if self.folder.is_empty() { query } else { query.below(&self.folder) }
    }

    /// What counts queries of this index, by these fields.
    pub(crate) fn count_request(
        &self,
        pattern_limit: usize,
        by: Vec<FacetField>,
        settings: &Settings,
    ) -> CountRequest {
        let aliases = Arc::clone(&self.aliases);
        CountRequest { by, today: settings.today, aliases, pattern_limit }
    }

    /// What is asked of each of several queries for its hits, best first unless another
    /// order is given.
    pub(crate) fn hits_request(
        &self,
        limit: Limit,
        order: Option<Order>,
        pattern_limit: usize,
        settings: &Settings,
    ) -> SearchRequest {
        SearchRequest {
            query: Query::default(),
            today: settings.today,
            order: order.unwrap_or(BEST_FIRST),
            offset: 0,
            limit,
            facets: Vec::new(),
            aliases: Arc::clone(&self.aliases),
            pattern_limit,
            // Several queries are worked on side by side.
            threads: 1,
        }
    }

    /// How many threads are worth starting for one query.
    pub(crate) fn threads(&self) -> usize {
        let articles = self.reader.searcher().num_docs() / ARTICLES_OF_THREAD;
        cores().min(usize::try_from(articles).unwrap_or(usize::MAX).saturating_add(1))
    }

    /// An answer as one JSON document.
    pub(crate) fn document(&self, answer: &impl Serialize) -> Result<Vec<u8>, Failure> {
        Ok(to_document(&self.reader.revision(), answer)?)
    }

    /// The start of a document that is written piece by piece, up to the comma.
    pub(crate) fn document_start(&self) -> String {
        format!("{{\"version\":{WIRE_VERSION},\"revision\":\"{}\",", self.reader.revision())
    }

    pub(crate) fn exit_code(&self, total: u64) -> ExitCode {
        match total {
            _ if self.some_unread => ExitCode::from(SOME_UNREAD),
            0 => ExitCode::from(NOTHING_FOUND),
            _ => ExitCode::SUCCESS,
        }
    }
}

impl Asked {
    pub(crate) fn new(arguments: &QueryArguments, settings: &Settings) -> Result<Self, Failure> {
        arguments.refuse_several_words()?;
        let query =
            parse(&arguments.query).map_err(|error| Failure::query(&arguments.query, &error))?;
        let opened = Opened::new(arguments.folder.as_deref(), &arguments.recognition, settings)
            .map_err(|failure| arguments.hint_at_quotes(failure))?;
        Ok(Self { query, opened })
    }

    /// What is asked unless the arguments say more.
    pub(crate) fn request(&self, arguments: &QueryArguments, settings: &Settings) -> SearchRequest {
        SearchRequest {
            query: self.within(self.query.clone()),
            threads: self.threads(),
            ..self.hits_request(Limit::First(0), None, arguments.pattern_limit, settings)
        }
    }

    pub(crate) fn run(&self, request: &SearchRequest) -> Result<Matches, Failure> {
        Ok(Search::run(&self.reader, request)?)
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
        UpdateError::Index(IndexError::NoLock { cause, .. }) => {
            format!("its folder cannot be locked: {cause}")
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
