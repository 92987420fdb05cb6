//! The wire format of words near a query.

use serde::Serialize;
use serde_json::json;

use super::record::Record;
use crate::search::{Collocate, CollocateRequest, Collocates, Measure};

/// The columns of words near a query as a table.
pub const COLLOCATE_COLUMNS: [&str; 5] = ["word", "near", "all", "score", "measure"];

/// The words near a query.
#[derive(Debug, Serialize)]
pub struct CollocatesWire {
    query: String,
    measure: &'static str,
    window: usize,
    min: u64,
    articles: u64,
    places: u64,
    near: u64,
    all: u64,
    distinct: u64,
    collocates: Vec<Record>,
}

impl CollocatesWire {
    /// The words near a query, as understood, that were found for a request.
    #[must_use]
    pub fn new(query: String, request: &CollocateRequest, found: &Collocates) -> Self {
        let record = |word| collocate_record(word, request.measure);
        Self {
            query,
            measure: request.measure.name(),
            window: request.window,
            min: request.least,
            articles: found.articles,
            places: found.places,
            near: found.near,
            all: found.all,
            distinct: found.distinct,
            collocates: found.words.iter().map(record).collect(),
        }
    }
}

/// A word near a query.
#[must_use]
pub fn collocate_record(word: &Collocate, measure: Measure) -> Record {
    // Digits beyond these say nothing.
    let score = (word.score * 1000.0).round() / 1000.0;
    let values =
        [json!(word.word), json!(word.near), json!(word.all), json!(score), json!(measure.name())];
    Record { values: COLLOCATE_COLUMNS.into_iter().zip(values).collect() }
}
