//! The wire format of keywords in context.

use serde::Serialize;
use serde_json::{Value, json};

use super::field::Field;
use super::record::Record;
use super::wire::{FacetWire, article_record, part_name};
use crate::index::StoredArticle;
use crate::search::{KwicLine, Matches};
use crate::text::Span;

/// The columns of keywords in context as a table.
pub const KWIC_COLUMNS: [&str; 9] =
    ["id", "published", "outlet", "part", "word", "left", "match", "right", "path"];

/// The places of a query with their contexts.
#[derive(Debug, Serialize)]
pub struct KwicWire {
    query: String,
    total: u64,
    offset: usize,
    lines: Vec<Record>,
    facets: Vec<FacetWire>,
}

impl KwicWire {
    /// The lines of the articles of a query, as understood, after the first `offset`.
    #[must_use]
    pub fn new(query: String, matches: &Matches, offset: usize, lines: Vec<Record>) -> Self {
        Self {
            query,
            total: matches.total,
            offset,
            lines,
            facets: matches.facets.iter().map(FacetWire::from).collect(),
        }
    }
}

/// A place in an article, as a row of a table.
#[must_use]
pub fn kwic_row(article: &StoredArticle, line: &KwicLine) -> Record {
    let mut record = article_record(article, &[Field::Id, Field::Published, Field::Outlet]);
    record.values.extend(place_values(line));
    record.values.push(("path", json!(article.path)));
    record
}

fn place_values(line: &KwicLine) -> [(&'static str, Value); 5] {
    [
        ("part", json!(part_name(line.part))),
        ("word", json!(line.word)),
        ("left", json!(line.left.trim())),
        ("match", json!(line.place)),
        ("right", json!(line.right.trim())),
    ]
}

/// The same with the words that make the place one.
#[must_use]
pub fn kwic_record(article: &StoredArticle, line: &KwicLine) -> Record {
    let mut record = kwic_row(article, line);
    record.values.push(("marks", marks(line)));
    record
}

/// A place without its article.
pub(super) fn place_record(line: &KwicLine) -> Record {
    let mut record = Record { values: place_values(line).into() };
    record.values.push(("marks", marks(line)));
    record
}

fn marks(line: &KwicLine) -> Value {
    line.marks.iter().map(|Span { start, end }| json!([start, end])).collect()
}
