//! What is asked of a check-up. Plain data.

use std::sync::Arc;

use jiff::civil::Date;

use super::Check;
use crate::search::names::Aliases;
use crate::search::rank::Limit;

/// What to look for.
#[derive(Clone, Debug)]
pub struct CheckupRequest {
    /// The checks, in the order of their findings.
    pub checks: Vec<Check>,
    /// The day after which a date is in the future.
    pub today: Date,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// How many examples to give of each finding.
    pub examples: Limit,
    /// How many members to give of each example.
    pub members: Limit,
}
