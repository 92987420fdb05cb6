//! The wire format of timelines.

use serde::Serialize;
use serde_json::json;

use super::record::Record;
use crate::search::{Others, Series, Timeline};

/// The columns of a timeline as a table.
pub const TIMELINE_COLUMNS: [&str; 7] =
    ["series", "period", "first_day", "last_day", "count", "total", "share"];

/// A timeline.
#[derive(Debug, Serialize)]
pub struct TimelineWire {
    query: String,
    per: &'static str,
    time_zone: Option<String>,
    first_day: Option<String>,
    last_day: Option<String>,
    series: Vec<SeriesWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    others: Option<OthersWire>,
}

#[derive(Debug, Serialize)]
struct SeriesWire {
    series: String,
    query: String,
    articles: u64,
    undated: u64,
    spanning: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_of: Option<BaseWire>,
    periods: Vec<Record>,
}

#[derive(Debug, Serialize)]
struct BaseWire {
    query: String,
    articles: u64,
    undated: u64,
    spanning: u64,
}

#[derive(Debug, Serialize)]
struct OthersWire {
    field: &'static str,
    values: u64,
    articles: u64,
    without: u64,
}

impl TimelineWire {
    /// The timeline of a query, as understood, with days of this zone.
    #[must_use]
    pub fn new(query: String, time_zone: Option<String>, timeline: &Timeline) -> Self {
        let series = |(place, series): (usize, &Series)| SeriesWire {
            series: series.name.clone(),
            query: series.query.to_string(),
            articles: series.articles,
            undated: series.undated,
            spanning: series.spanning,
            share_of: series.base.as_ref().map(|base| BaseWire {
                query: base.query.to_string(),
                articles: base.articles,
                undated: base.undated,
                spanning: base.spanning,
            }),
            periods: (0..timeline.periods.len())
                .map(|period| {
                    let mut record = timeline_record(timeline, place, period);
                    // The name stands above.
                    record.values.remove(0);
                    record
                })
                .collect(),
        };
        Self {
            query,
            per: timeline.per.name(),
            time_zone,
            first_day: timeline.days.map(|(first, _)| first.to_string()),
            last_day: timeline.days.map(|(_, last)| last.to_string()),
            series: timeline.series.iter().enumerate().map(series).collect(),
            others: timeline.others.as_ref().map(OthersWire::from),
        }
    }
}

impl From<&Others> for OthersWire {
    fn from(others: &Others) -> Self {
        Self {
            field: others.field.name(),
            values: others.values,
            articles: others.articles,
            without: others.without,
        }
    }
}

/// The rows of a timeline: those of the first series, then of the next.
pub fn timeline_records(timeline: &Timeline) -> impl Iterator<Item = Record> {
    let series = 0..timeline.series.len();
    series.flat_map(move |series| {
        let periods = 0..timeline.periods.len();
        periods.map(move |period| timeline_record(timeline, series, period))
    })
}

fn timeline_record(timeline: &Timeline, series: usize, period: usize) -> Record {
    let (series, days) = (&timeline.series[series], &timeline.periods[period]);
    // Digits beyond these say nothing: a thousandth of a percent.
    let share = series.share(period).map(|share| (share * 1000.0).round() / 1000.0);
    let values = [
        json!(series.name),
        json!(days.label),
        json!(days.first.to_string()),
        json!(days.last.to_string()),
        json!(series.counts[period]),
        json!(series.base.as_ref().map(|base| base.counts[period])),
        json!(share),
    ];
    Record { values: TIMELINE_COLUMNS.into_iter().zip(values).collect() }
}
