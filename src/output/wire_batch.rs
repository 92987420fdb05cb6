//! The wire format of many queries at once: counts, counts by fields, hits.

use serde::Serialize;
use serde_json::{Value, json};

use super::field::Field;
use super::record::Record;
use super::wire::hit_record;
use crate::search::{FacetField, Hit};

/// The name of the column that says which query a row is of.
pub const LABEL: &str = "label";

/// How many articles match a query of a list.
#[derive(Debug, Serialize)]
pub struct QueryCountWire {
    /// What the query is called.
    pub label: String,
    /// The query as understood; it parses back to the same.
    pub query: String,
    /// How many articles match.
    pub total: u64,
    /// How many have each combination of values, where that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cells: Option<Vec<Record>>,
}

impl QueryCountWire {
    /// The same as a row.
    #[must_use]
    pub fn record(&self) -> Record {
        let Self { label, query, total, .. } = self;
        Record {
            values: vec![(LABEL, json!(label)), ("query", json!(query)), ("total", json!(total))],
        }
    }
}

/// The name of a field that is counted by: `month`, `outlet`.
#[must_use]
pub const fn dimension_name(field: FacetField) -> &'static str {
    match field {
        FacetField::Name(field) => field.name(),
        FacetField::Date(period) => period.name(),
    }
}

/// A cell of counts by fields: a value of each, and how many articles have them.
pub fn cell_record<'v>(
    by: &[FacetField],
    values: impl Iterator<Item = Option<&'v str>>,
    articles: u64,
) -> Record {
    let names = by.iter().map(|field| dimension_name(*field));
    let mut record: Vec<(&'static str, Value)> =
        names.zip(values.map(|value| json!(value))).collect();
    record.push(("articles", json!(articles)));
    Record { values: record }
}

/// The names of the columns of a hit of a list: the label, the fields, and for saved
/// queries the words that match.
#[must_use]
pub fn labelled_columns(fields: &[Field], with_words: bool) -> Vec<&'static str> {
    let names = fields.iter().map(|field| field.name());
    std::iter::once(LABEL).chain(names).chain(with_words.then_some("matched")).collect()
}

/// A hit of a query of a list, with the words that it matches by where these are
/// wanted.
#[must_use]
pub fn labelled_record(
    label: &str,
    hit: &Hit,
    fields: &[Field],
    words: Option<&[String]>,
) -> Record {
    let mut record = hit_record(hit, fields);
    record.values.insert(0, (LABEL, json!(label)));
    record.values.extend(words.map(|words| ("matched", json!(words))));
    record
}

/// A saved query.
#[derive(Debug, Serialize)]
pub struct SavedWire {
    /// What it is called; the label where it is run.
    pub name: String,
    /// The query as it stands in the file.
    pub query: String,
    /// When it was last run for what is new; none if never.
    pub last_run: Option<String>,
}

impl SavedWire {
    /// The columns of saved queries as a table.
    pub const COLUMNS: [&'static str; 3] = ["name", "query", "last_run"];

    /// The same as a row.
    #[must_use]
    pub fn record(&self) -> Record {
        let values = [json!(self.name), json!(self.query), json!(self.last_run)];
        Record { values: Self::COLUMNS.into_iter().zip(values).collect() }
    }
}
