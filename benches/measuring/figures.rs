//! Figures: what was measured, and what came of it.

use std::time::Duration;

use serde::Serialize;

use super::limits::Limits;
use crate::Outcome;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    /// How many times the other.
    Ratio,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// Thousandths of a second.
    Milliseconds,
    /// Millionths of a second.
    Microseconds,
    /// Millions of bytes.
    Megabytes,
}

/// Measurements of one thing, in the order in which they were made.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Series {
    /// What was measured.
    pub(crate) of: &'static str,
    /// What the values count.
    pub(crate) unit: Unit,
    values: Vec<f64>,
}

impl Series {
    /// A series without measurements so far.
    pub(crate) const fn new(of: &'static str, unit: Unit) -> Self {
        Self { of, unit, values: Vec::new() }
    }

    /// A series of one size.
    pub(crate) fn of_size(of: &'static str, bytes: u64) -> Self {
        let mut series = Self::new(of, Unit::Megabytes);
        series.add_bytes(bytes);
        series
    }

    /// Adds a time; the unit must be one of time.
    pub(crate) fn add_time(&mut self, time: Duration) {
        let seconds = time.as_secs_f64();
        self.values.push(match self.unit {
            Unit::Minutes => seconds / 60.0,
            Unit::Milliseconds => seconds * 1e3,
            Unit::Microseconds => seconds * 1e6,
            Unit::Seconds | Unit::Ratio | Unit::Megabytes => seconds,
        });
    }

    /// Adds a size; the unit must be megabytes.
    pub(crate) fn add_bytes(&mut self, bytes: u64) {
        self.values.push(bytes as f64 / 1e6);
    }

    /// The middle value; of an even number, the mean of the two in the middle.
    /// Not a number if there are no measurements.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.len() {
            0 => f64::NAN,
            length if length % 2 == 1 => sorted[middle],
            _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
        }
    }

    /// The least value; not a number if there are no measurements.
    pub(crate) fn least(&self) -> f64 {
        self.values.iter().copied().fold(f64::NAN, f64::min)
    }

    /// The greatest value; not a number if there are no measurements.
    pub(crate) fn greatest(&self) -> f64 {
        self.values.iter().copied().fold(f64::NAN, f64::max)
    }

    /// Whether there is more than one measurement.
    pub(crate) const fn is_spread(&self) -> bool {
        self.values.len() > 1
    }
}

/// A line of the table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Figure {
    /// What it tells.
    pub(crate) what: &'static str,
    /// The figure; not a number where the system does not tell.
    pub(crate) value: f64,
    /// What it counts.
    pub(crate) unit: Unit,
    /// What it may be.
    #[serde(flatten)]
    pub(crate) limits: Limits,
    /// What it was made of.
    pub(crate) series: Vec<Series>,
}

impl Figure {
    /// The median of a series.
    pub(crate) fn median(what: &'static str, series: Series, limits: Limits) -> Self {
        Self { what, value: series.median(), unit: series.unit, limits, series: vec![series] }
    }

    /// The greatest value of a series, beside others that explain it.
    pub(crate) fn greatest(
        what: &'static str,
        series: Series,
        beside: impl IntoIterator<Item = Series>,
        limits: Limits,
    ) -> Self {
        let (value, unit) = (series.greatest(), series.unit);
        Self { what, value, unit, limits, series: [series].into_iter().chain(beside).collect() }
    }

    /// The median of `one` divided by that of `other`.
    pub(crate) fn ratio(what: &'static str, one: Series, other: Series, limits: Limits) -> Self {
        let value = one.median() / other.median();
        Self { what, value, unit: Unit::Ratio, limits, series: vec![one, other] }
    }
}

/// Figures as JSON, one a line.
pub(crate) fn json_lines(figures: &[Figure]) -> Outcome<String> {
    let mut lines = String::new();
    for figure in figures {
        lines.push_str(&serde_json::to_string(figure)?);
        lines.push('\n');
    }
    Ok(lines)
}
