//! Looks at an index: asks the queries of checks, and reads the rest off the columns.

use std::sync::Arc;

use super::copies::copies;
use super::examples::Opener;
use super::files::{put_aside, troubled_files};
use super::outlets::{outlet_names, outlets};
use super::sweep::Sweep;
use super::{Check, CheckupRequest, Finding};
use crate::index::IndexReader;
use crate::query::parse;
use crate::search::error::SearchError;
use crate::search::execute::Search;
use crate::search::rank::Limit;
use crate::search::results::{FacetValue, SearchRequest};

/// What each check of the request finds, in their order; those that find nothing too.
/// Articles are opened only to be shown as examples.
///
/// # Errors
///
/// When the index cannot be read, or the aliases contradict each other.
pub fn check_up(
    reader: &IndexReader,
    request: &CheckupRequest,
) -> Result<Vec<Finding>, SearchError> {
    let needs = |checks: &[Check]| request.checks.iter().any(|check| checks.contains(check));
    let mut seen = Seen::default();
    if needs(&[Check::OutletNames, Check::BeforeOutlet]) {
        seen.outlets = outlets(reader, request)?;
    }
    if needs(&[Check::BeforeOutlet, Check::NoText, Check::Copies]) {
        seen.sweep = Sweep::of(reader, &seen.outlets, request.today)?;
    }
    request.checks.iter().map(|check| find(*check, reader, request, &seen)).collect()
}

/// What was read beforehand for several checks.
#[derive(Default)]
struct Seen {
    outlets: Vec<FacetValue>,
    sweep: Sweep,
}

fn find(
    check: Check,
    reader: &IndexReader,
    request: &CheckupRequest,
    Seen { outlets, sweep }: &Seen,
) -> Result<Finding, SearchError> {
    if let Some(query) = check.query(request.today) {
        return matching(check, query, reader, request);
    }
    let opener = Opener { reader, today: request.today };
    match check {
        Check::BeforeOutlet | Check::NoText => {
            let found = if check == Check::NoText { &sweep.no_text } else { &sweep.too_early };
            let shown = found.iter().take(most(request.examples));
            let examples = shown.map(|(_, _, address)| opener.example(check, *address));
            let examples = examples.collect::<Result<_, _>>()?;
            Ok(Finding::of(check, found.len() as u64, examples))
        }
        Check::Copies => copies(&sweep.texts, request, &opener),
        Check::OutletNames => Ok(outlet_names(outlets, request)),
        Check::Superseded | Check::Withdrawn => put_aside(check, reader, request),
        _ => troubled_files(check, reader, request),
    }
}

/// How many there may be at most.
pub(super) const fn most(limit: Limit) -> usize {
    match limit {
        Limit::First(count) => count,
        Limit::All => usize::MAX,
    }
}

/// The articles that a query finds.
fn matching(
    check: Check,
    query: String,
    reader: &IndexReader,
    request: &CheckupRequest,
) -> Result<Finding, SearchError> {
    let parsed = parse(&query).expect("a test parses the query of every check");
    let matches = Search::run(
        reader,
        &SearchRequest {
            query: parsed,
            today: request.today,
            order: check.order(),
            offset: 0,
            limit: request.examples,
            facets: Vec::new(),
            aliases: Arc::clone(&request.aliases),
            // None of the queries has a pattern.
            pattern_limit: 0,
            threads: 1,
        },
    )?;
    let opener = Opener { reader, today: request.today };
    let examples = matches.ranked.iter().map(|ranked| opener.example(check, ranked.address));
    let examples = examples.collect::<Result<_, _>>()?;
    Ok(Finding { query: Some(query), ..Finding::of(check, matches.total, examples) })
}
