//! The wire format: what JSON output holds. `docs/OUTPUT.md` is its contract.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};

use super::field::Field;
use super::record::Record;
use crate::annotate::{EntityKind, Origin, TextPart};
use crate::article::Published;
use crate::index::StoredArticle;
use crate::search::{Facet, FacetField, FacetValue, Hit, Snippet};
use crate::text::{Span, lead};
use crate::update::{Failure, Report};

/// Raised when a field changes its meaning or goes; new ones do not raise it.
pub const WIRE_VERSION: u32 = 1;

/// The answer to a search.
#[derive(Debug, Serialize)]
pub struct SearchWire {
    /// The query as understood; it parses back to the same.
    pub query: String,
    /// How many articles match.
    pub total: u64,
    /// How many were left out before the first hit.
    pub offset: usize,
    /// The hits.
    pub hits: Vec<Record>,
    /// The facets asked for.
    pub facets: Vec<FacetWire>,
}

/// A facet.
#[derive(Debug, Serialize)]
pub struct FacetWire {
    /// Its field: `person`, `date:month`.
    pub field: String,
    /// The values shown, with their counts.
    pub values: Vec<FacetValueWire>,
    /// How many values there are.
    pub distinct: u64,
    /// Over how many articles was counted.
    pub articles: u64,
    /// How many of them have no value.
    pub without: u64,
    /// Whether values that the query selects were left out of account.
    pub sideways: bool,
}

/// A facet alone.
#[derive(Debug, Serialize)]
pub struct FacetLineWire {
    /// [`WIRE_VERSION`].
    pub version: u32,
    /// The facet.
    #[serde(flatten)]
    pub facet: FacetWire,
}

/// A value of a facet.
#[derive(Debug, Serialize)]
pub struct FacetValueWire {
    /// The value.
    pub value: String,
    /// How many articles have it.
    pub count: u64,
    /// Whether the query selects it.
    pub selected: bool,
    /// Whether it is a part of a person's name, and nobody knows whose.
    pub partial: bool,
}

/// An article alone.
#[derive(Debug, Serialize)]
pub struct ArticleWire {
    /// [`WIRE_VERSION`].
    pub version: u32,
    /// The article.
    #[serde(flatten)]
    pub article: Record,
}

/// What an update did.
#[derive(Debug, Serialize)]
pub struct ReportWire {
    version: u32,
    added: u64,
    replaced: u64,
    removed: u64,
    unchanged: u64,
    failed: Vec<FailureWire>,
    passed_over: u64,
    hidden: u64,
    articles_read: u64,
    articles: u64,
    bytes: u64,
    unread_dates: u64,
    encodings_guessed: u64,
    interrupted: bool,
    seconds: f64,
}

#[derive(Debug, Serialize)]
struct FailureWire {
    path: String,
    reason: String,
    articles: u64,
}

impl ReportWire {
    /// The report of an update that took so many seconds.
    #[must_use]
    pub fn new(report: &Report, seconds: f64) -> Self {
        let failure = |failure: &Failure| FailureWire {
            path: failure.path.clone(),
            reason: failure.reason.clone(),
            articles: failure.articles,
        };
        Self {
            version: WIRE_VERSION,
            added: report.added,
            replaced: report.replaced,
            removed: report.removed,
            unchanged: report.unchanged,
            failed: report.failed.iter().map(failure).collect(),
            passed_over: report.passed_over,
            hidden: report.hidden,
            articles_read: report.articles_read,
            articles: report.articles,
            bytes: report.bytes,
            unread_dates: report.unread_dates,
            encodings_guessed: report.encodings_guessed,
            interrupted: report.interrupted,
            seconds: (seconds * 1000.0).round() / 1000.0,
        }
    }
}

impl From<&Facet> for FacetWire {
    fn from(facet: &Facet) -> Self {
        let value = |value: &FacetValue| FacetValueWire {
            value: value.value.clone(),
            count: value.count,
            selected: value.selected,
            partial: value.partial,
        };
        Self {
            field: facet_name(facet.field),
            values: facet.values.iter().map(value).collect(),
            distinct: facet.distinct,
            articles: facet.articles,
            without: facet.without,
            sideways: facet.sideways,
        }
    }
}

/// What a text of an article is called.
pub(super) const fn part_name(part: TextPart) -> &'static str {
    match part {
        TextPart::Title => "title",
        TextPart::Body => "body",
    }
}

/// The name of a facet: `person`, `date:month`.
pub(super) fn facet_name(field: FacetField) -> String {
    match field {
        FacetField::Name(name) => name.name().to_owned(),
        FacetField::Date(period) => format!("date:{}", period.name()),
    }
}

/// A hit with these fields.
#[must_use]
pub fn hit_record(hit: &Hit, fields: &[Field]) -> Record {
    let mut record = article_record(&hit.article, fields);
    for (field, (_, value)) in fields.iter().zip(&mut record.values) {
        match field {
            Field::Score => *value = json!(hit.score),
            Field::Snippet => *value = snippet_value(&hit.snippet),
            _ => {}
        }
    }
    record
}

/// An article with these fields; score and snippet, which only hits have, are
/// null.
#[must_use]
pub fn article_record(article: &StoredArticle, fields: &[Field]) -> Record {
    let values = fields.iter().map(|field| (field.name(), value_of(article, *field)));
    Record { values: values.collect() }
}

fn value_of(article: &StoredArticle, field: Field) -> Value {
    let text = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    match field {
        Field::Id => json!(article.id),
        Field::Path => json!(article.path),
        Field::Part => text(&article.part),
        Field::Url => text(&article.url),
        Field::Outlet => text(&article.outlet),
        Field::Authors => json!(article.authors),
        Field::Section => text(&article.section),
        Field::Tags => json!(article.tags),
        Field::Lang => text(&article.lang),
        Field::Title => json!(article.title),
        Field::Lead => json!(lead(&article.body).of(&article.body)),
        Field::Body | Field::Text => json!(article.body),
        Field::Published => json!(article.published),
        Field::DateFrom => json!(article.date_from),
        Field::Date => json!(article.published.map(day)),
        Field::RivalDates => rival_dates(article),
        Field::DateText => text(&article.date_text),
        Field::Dateline => text(&article.dateline),
        Field::Guid => text(&article.guid),
        Field::GuidVersion => json!(article.guid_version),
        Field::Status => json!(article.status),
        Field::EmbargoedUntil => json!(article.embargoed_until),
        Field::Doubts => json!(article.doubts),
        Field::IndexedAt => {
            json!(Timestamp::from_second(article.indexed_at).ok().map(|time| time.to_string()))
        }
        Field::Words => json!(article.word_count),
        Field::People => entities(article, EntityKind::Person),
        Field::Organizations => entities(article, EntityKind::Organization),
        Field::Places => entities(article, EntityKind::Place),
        Field::Score | Field::Snippet => Value::Null,
    }
}

/// The day of a date of publication, or as much of it as is known.
fn day(published: Published) -> String {
    let mut day = published.to_string();
    day.truncate("2024-04-14".len());
    day
}

/// Other days of publication, each with where it was read.
fn rival_dates(article: &StoredArticle) -> Value {
    let rivals = article.rival_dates.iter();
    rivals.map(|(published, from)| json!({"published": published, "date_from": from})).collect()
}

/// Entities with where they are known from and where they are named.
fn entities(article: &StoredArticle, kind: EntityKind) -> Value {
    let entities = article.entities.iter().filter(|entity| entity.kind == kind);
    let value = entities.map(|entity| {
        let from = match entity.origin {
            Origin::Metadata => "metadata",
            Origin::Recognised => "text",
        };
        let mentions = entity
            .mentions
            .iter()
            .map(|mention| json!({"in": mention.0, "start": mention.1, "end": mention.2}));
        json!({
            "name": entity.name,
            "from": from,
            "partial": entity.partial,
            "about": entity.about,
            "mentions": mentions.collect::<Vec<_>>(),
        })
    });
    Value::Array(value.collect())
}

fn snippet_value(snippet: &Snippet) -> Value {
    let marks = snippet.marks.iter().map(|Span { start, end }| json!([start, end]));
    json!({
        "text": snippet.text,
        "marks": marks.collect::<Vec<_>>(),
        "more_before": snippet.more_before,
        "more_after": snippet.more_after,
    })
}
