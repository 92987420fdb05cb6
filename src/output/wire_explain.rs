//! The wire format of explained queries.

use serde::Serialize;
use serde_json::{Value, json};

use super::field::Field;
use super::record::Record;
use super::wire::{article_record, part_name};
use super::wire_kwic::place_record;
use crate::index::StoredArticle;
use crate::search::{
    ExplainedArticle, ExplainedPart, FieldScore, FormKind, Meaning, PartInArticle,
};

/// The columns of an explained query as a table.
pub const EXPLAINED_COLUMNS: [&str; 6] =
    ["part", "query", "articles", "kind", "value", "value_articles"];

/// An explained query.
#[derive(Debug, Serialize)]
pub struct ExplainedWire {
    query: String,
    today: String,
    root: PartWire,
}

#[derive(Debug, Serialize)]
struct PartWire {
    query: String,
    articles: u64,
    became: Vec<MeaningWire>,
    parts: Vec<PartWire>,
}

#[derive(Debug, Serialize)]
struct MeaningWire {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<ValueWire>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_day: Option<String>,
}

#[derive(Debug, Serialize)]
struct ValueWire {
    value: String,
    articles: u64,
}

/// How an article stands to a query.
#[derive(Debug, Serialize)]
pub struct ExplainedArticleWire {
    query: String,
    today: String,
    article: Record,
    score: Option<f32>,
    root: PartInArticleWire,
}

#[derive(Debug, Serialize)]
struct PartInArticleWire {
    query: String,
    matches: bool,
    places: Vec<Record>,
    scores: Vec<FieldScoreWire>,
    parts: Vec<PartInArticleWire>,
}

#[derive(Debug, Serialize)]
struct FieldScoreWire {
    part: &'static str,
    occurrences: u32,
    length: u32,
    mean_length: f32,
    idf: f32,
    weight: f32,
    score: f32,
}

impl ExplainedArticleWire {
    /// An article and how it stands to a query as understood, on a day.
    #[must_use]
    pub fn new(today: String, article: &StoredArticle, explained: &ExplainedArticle) -> Self {
        Self {
            query: explained.root.query.clone(),
            today,
            article: article_record(article, &Field::OF_ROW),
            score: explained.score,
            root: PartInArticleWire::from(&explained.root),
        }
    }
}

impl From<&PartInArticle> for PartInArticleWire {
    fn from(part: &PartInArticle) -> Self {
        Self {
            query: part.query.clone(),
            matches: part.matches,
            places: part.places.iter().map(place_record).collect(),
            scores: part.scores.iter().map(FieldScoreWire::from).collect(),
            parts: part.parts.iter().map(Self::from).collect(),
        }
    }
}

impl From<&FieldScore> for FieldScoreWire {
    fn from(score: &FieldScore) -> Self {
        Self {
            part: part_name(score.part),
            occurrences: score.occurrences,
            length: score.length,
            mean_length: score.mean_length,
            idf: score.idf,
            weight: score.weight,
            score: score.score,
        }
    }
}

impl ExplainedWire {
    /// A query as understood, on a day.
    #[must_use]
    pub fn new(today: String, root: &ExplainedPart) -> Self {
        let query = root.query.clone();
        Self { query, today, root: PartWire::from(root) }
    }
}

impl From<&ExplainedPart> for PartWire {
    fn from(part: &ExplainedPart) -> Self {
        Self {
            query: part.query.clone(),
            articles: part.articles,
            became: part.meanings.iter().map(MeaningWire::from).collect(),
            parts: part.parts.iter().map(Self::from).collect(),
        }
    }
}

impl From<&Meaning> for MeaningWire {
    fn from(meaning: &Meaning) -> Self {
        let listed = |kind, values: &[(String, u64)]| {
            let value = |(value, articles): &(String, u64)| ValueWire {
                value: value.clone(),
                articles: *articles,
            };
            let values = Some(values.iter().map(value).collect());
            Self { kind, values, first_day: None, last_day: None }
        };
        match meaning {
            Meaning::Words { form, words } => listed(form_name(*form), words),
            Meaning::Names(names) => listed("names", names),
            Meaning::Written(forms) => listed("written", forms),
            Meaning::Days(first, last) => Self {
                kind: "days",
                values: None,
                first_day: first.map(|day| day.to_string()),
                last_day: last.map(|day| day.to_string()),
            },
        }
    }
}

const fn form_name(form: FormKind) -> &'static str {
    match form {
        FormKind::Inflected => "inflected",
        FormKind::Exact => "exact",
        FormKind::Acronym => "acronym",
        FormKind::Pattern => "pattern",
    }
}

/// The rows of an explained query: for each part one for each value that it became,
/// or one without a value. Parts are numbered as headings are: `1`, `1.1`, `1.2`.
#[must_use]
pub fn explained_records(root: &ExplainedPart) -> Vec<Record> {
    let mut records = Vec::new();
    push_records(root, "1", &mut records);
    records
}

fn push_records(part: &ExplainedPart, number: &str, records: &mut Vec<Record>) {
    let mut row = |kind: Value, value: Value, articles: Value| {
        let values =
            [json!(number), json!(part.query), json!(part.articles), kind, value, articles];
        records.push(Record { values: EXPLAINED_COLUMNS.into_iter().zip(values).collect() });
    };
    let meanings: Vec<_> = part.meanings.iter().map(MeaningWire::from).collect();
    let mut is_listed = false;
    for meaning in meanings {
        is_listed = true;
        let days =
            [&meaning.first_day, &meaning.last_day].map(|day| day.clone().unwrap_or_default());
        match meaning.values {
            None => row(json!(meaning.kind), json!(days.join("..")), Value::Null),
            Some(values) if values.is_empty() => row(json!(meaning.kind), Value::Null, Value::Null),
            Some(values) => {
                for ValueWire { value, articles } in values {
                    row(json!(meaning.kind), json!(value), json!(articles));
                }
            }
        }
    }
    if !is_listed {
        row(Value::Null, Value::Null, Value::Null);
    }
    for (place, inner) in (1..).zip(&part.parts) {
        push_records(inner, &format!("{number}.{place}"), records);
    }
}
