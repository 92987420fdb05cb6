//! What is asked of the words near a query. Plain data.

use std::sync::Arc;

use jiff::civil::Date;

use super::Measure;
use crate::query::Query;
use crate::search::names::Aliases;
use crate::search::rank::Limit;

/// A question of the words that stand near the places of a query.
#[derive(Clone, Debug)]
pub struct CollocateRequest {
    /// In which articles, and near what in them.
    pub query: Query,
    /// The day that relative dates in the query count from.
    pub today: Date,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// How many different words of the index a pattern may take in.
    pub pattern_limit: usize,
    /// How many words on either side of a place are near it.
    pub window: usize,
    /// How often a word must stand near places, at least.
    pub least: u64,
    /// How words are scored.
    pub measure: Measure,
    /// How many words to give.
    pub limit: Limit,
    /// How many threads read articles.
    pub threads: usize,
}
