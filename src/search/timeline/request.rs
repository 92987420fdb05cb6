//! What is asked of a timeline. Plain data.

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::query::{NameField, Query};
use crate::search::names::Aliases;
use crate::search::results::Period;

/// A question of coverage over time.
#[derive(Clone, Debug)]
pub struct TimelineRequest {
    /// Which articles; several to compare.
    pub series: Vec<SeriesRequest>,
    /// Whether each series becomes one for each of the commonest values of a
    /// field.
    pub split: Option<Split>,
    /// By which period; if none, the shortest that makes at most
    /// [`ROWS_BY_DEFAULT`](super::ROWS_BY_DEFAULT) rows.
    pub per: Option<Period>,
    /// The zone in whose days instants are counted; if none, each in the one that
    /// it was stated in. What is no instant is never moved.
    pub zone: Option<TimeZone>,
    /// Whether to count too what the series are a share of: the articles that fit
    /// their filters (see [`Query::filters`]).
    pub share: bool,
    /// The day that relative dates in the queries count from.
    pub today: Date,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// How many different words of the index a pattern may take in.
    pub pattern_limit: usize,
}

/// A series that is asked for.
#[derive(Clone, Debug)]
pub struct SeriesRequest {
    /// What it is called.
    pub name: String,
    /// Which articles it counts.
    pub query: Query,
}

/// A series for each value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// The field.
    pub field: NameField,
    /// For how many of the values that most articles have.
    pub limit: usize,
}
