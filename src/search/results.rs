//! What is asked of a search, and what it answers. Plain data.

use std::sync::Arc;

use jiff::civil::Date;
use tantivy::DocAddress;

use super::names::Aliases;
use super::rank::{Limit, Order};
use crate::index::StoredArticle;
use crate::query::{NameField, Query};
use crate::text::Span;

/// A question.
#[derive(Clone, Debug)]
pub struct SearchRequest {
    /// Which articles.
    pub query: Query,
    /// The day that relative dates in the query count from.
    pub today: Date,
    /// In which order.
    pub order: Order,
    /// How many of the best to leave out.
    pub offset: usize,
    /// How many to give after those.
    pub limit: Limit,
    /// What to count.
    pub facets: Vec<FacetRequest>,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// How many different words of the index a pattern may take in.
    pub pattern_limit: usize,
    /// How many threads may work on it.
    pub threads: usize,
}

/// A field to count over the matching articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetRequest {
    /// The field.
    pub field: FacetField,
    /// How many values at most; all if absent.
    pub limit: Option<usize>,
    /// Only values of which a word begins so.
    pub prefix: Option<String>,
    /// Only values that have this in them, without case, accents and marks; with `*` or
    /// `?`, values that fit it wholly.
    pub filter: Option<String>,
    /// Whether a value of this field that the query selects narrows the count.
    pub drill: Drill,
}

/// What a selected value does to the facet of its own field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drill {
    /// It does not narrow it: the other values show what they would give.
    #[default]
    Sideways,
    /// It narrows it like any part of the query.
    Down,
}

/// A field that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FacetField {
    /// A field of names.
    Name(NameField),
    /// The date of publication, by calendar period.
    Date(Period),
}

/// A calendar period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// January to December.
    Year,
    /// Three months, the first of which is January, April, July or October.
    Quarter,
    /// A month.
    Month,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A day.
    Day,
}

/// The values of a field with their counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field.
    pub field: FacetField,
    /// Names by count, then name; dates by date.
    pub values: Vec<FacetValue>,
    /// How many values there are, shown or not.
    pub distinct: u64,
    /// Over how many articles was counted.
    pub articles: u64,
    /// How many of them have no value in this field.
    pub without: u64,
    /// Whether values that the query selects were left out of account.
    pub sideways: bool,
    /// Whether only values with certain letters were wanted.
    pub narrowed: bool,
}

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value; of names, the commonest form.
    pub value: String,
    /// How many articles have it.
    pub count: u64,
    /// Whether the query selects it.
    pub selected: bool,
    /// Whether it is a part of a person's name, of whom it is not known who is
    /// meant.
    pub partial: bool,
}

/// The matching articles, ranked but not yet read.
#[derive(Clone, Debug)]
pub struct Matches {
    /// How many articles match.
    pub total: u64,
    /// Those asked for, best first.
    pub ranked: Vec<Ranked>,
    /// The counts asked for.
    pub facets: Vec<Facet>,
}

impl Matches {
    /// Where the index has the articles that were asked for.
    #[must_use]
    pub fn addresses(&self) -> Vec<DocAddress> {
        self.ranked.iter().map(|ranked| ranked.address).collect()
    }
}

/// A matching article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Its score; none where the order is another.
    pub score: Option<f32>,
    /// Where the index has it.
    pub(super) address: DocAddress,
}

/// A matching article with what shows why.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its score; none where the order is another.
    pub score: Option<f32>,
    /// The article.
    pub article: StoredArticle,
    /// What matched in the title.
    pub title_marks: Vec<Span>,
    /// The piece of the text that shows best why it matches.
    pub snippet: Snippet,
}

/// A piece of an article's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text on one line.
    pub text: String,
    /// What matched in it.
    pub marks: Vec<Span>,
    /// Whether text was left out before it.
    pub more_before: bool,
    /// Whether text was left out after it.
    pub more_after: bool,
}
