//! What a timeline says. Plain data.

use jiff::civil::Date;

use crate::query::{NameField, Query};
use crate::search::results::Period;

/// Coverage over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// By which period.
    pub per: Period,
    /// The periods from that of the first article of any series to that of the
    /// last, without gaps.
    pub periods: Vec<PeriodDays>,
    /// The first and the last day of the articles in them.
    pub days: Option<(Date, Date)>,
    /// What was counted: in the order of the request, or by count.
    pub series: Vec<Series>,
    /// Of a timeline by the values of a field: what is not in the series.
    pub others: Option<Others>,
}

/// A calendar period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodDays {
    /// How it is written: `2024`, `2024-Q2`, `2024-04`, `2024-W15`,
    /// `2024-04-14`.
    pub label: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// One series of counts. Those of the periods, `undated` and `spanning` together
/// are `articles`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What it is called.
    pub name: String,
    /// The query whose articles it counts.
    pub query: Query,
    /// How many articles match.
    pub articles: u64,
    /// How many of them have no date of publication.
    pub undated: u64,
    /// How many have a date that spans several periods, as a year does months.
    pub spanning: u64,
    /// For each period, how many articles have their whole date in it.
    pub counts: Vec<u64>,
    /// What it is a share of, where that was asked for.
    pub base: Option<Base>,
}

/// The articles that fit the filters of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// The filters.
    pub query: Query,
    /// How many articles fit them.
    pub articles: u64,
    /// How many of them have no date of publication.
    pub undated: u64,
    /// How many have a date that spans several periods.
    pub spanning: u64,
    /// For each period, how many have their whole date in it.
    pub counts: Vec<u64>,
}

/// What a timeline by the values of a field leaves out of its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Others {
    /// The field.
    pub field: NameField,
    /// How many values have no series.
    pub values: u64,
    /// How many articles have such values only.
    pub articles: u64,
    /// How many articles have no value.
    pub without: u64,
}

impl Series {
    /// The share of the articles of a period that fit the filters, in percent;
    /// none where there are none or it was not asked for.
    #[must_use]
    pub fn share(&self, period: usize) -> Option<f64> {
        let total = *self.base.as_ref()?.counts.get(period)?;
        (total > 0).then(|| self.counts[period] as f64 / total as f64 * 100.0)
    }
}
