//! What is asked of an explanation, and what it says. Plain data.

use std::sync::Arc;

use jiff::civil::Date;

use crate::query::Query;
use crate::search::bm25::FieldScore;
use crate::search::kwic::KwicLine;
use crate::search::names::Aliases;

/// A query to be explained.
#[derive(Clone, Debug)]
pub struct ExplainRequest {
    /// The query.
    pub query: Query,
    /// The day that relative dates in the query count from.
    pub today: Date,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// How many different words of the index a pattern may take in.
    pub pattern_limit: usize,
}

/// A part of a query, and what it means in an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedPart {
    /// The part as a query.
    pub query: String,
    /// How many articles of the index it finds alone.
    pub articles: u64,
    /// What became of it; for a word one entry, for words side by side one for each.
    pub meanings: Vec<Meaning>,
    /// The parts that it is made of.
    pub parts: Vec<Self>,
}

/// How an article stands to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedArticle {
    /// The score that a search gives it; none if it does not match.
    pub score: Option<f32>,
    /// The whole query.
    pub root: PartInArticle,
}

/// How an article stands to a part of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct PartInArticle {
    /// The part as a query.
    pub query: String,
    /// Whether the part alone finds the article.
    pub matches: bool,
    /// Where it stands in the article, by its own words; of a group, its parts tell.
    pub places: Vec<KwicLine>,
    /// What it adds to the score, in title and body: those of all parts together are
    /// the score of the article.
    pub scores: Vec<FieldScore>,
    /// The parts that it is made of.
    pub parts: Vec<Self>,
}

/// What became of a word, a name or a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Words of the index, folded, with how many of the articles that the part finds
    /// have each; most articles first, then by word.
    Words {
        /// How the word of the query was taken.
        form: FormKind,
        /// The words.
        words: Vec<(String, u64)>,
    },
    /// The values of a field that the part finds, as a facet shows them, with how
    /// many articles have each.
    Names(Vec<(String, u64)>),
    /// How articles write the one name that is meant, with how many do.
    Written(Vec<(String, u64)>),
    /// Days from the first to the last, each open if absent.
    Days(Option<Date>, Option<Date>),
}

/// How a word of a query was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    /// In any inflection.
    Inflected,
    /// As it is.
    Exact,
    /// Only where it is an acronym.
    Acronym,
    /// As a pattern.
    Pattern,
}
