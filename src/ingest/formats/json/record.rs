//! Finds the articles in a JSON value, and the fields in each.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::crawl::is_of_crawl;
use super::feed;
use super::ninjs::{self, is_ninjs};
use super::value::{Comma, authors, date, date_text, first_text, is_empty, list, text};
use super::{paper, post};
use crate::article::{Article, DateFrom};
use crate::ingest::dates::best_date;
use crate::ingest::fields::{FieldName, ranked_field_named};
use crate::ingest::formats::html::plain_text;

type Record = Map<String, Value>;

/// How deep below an element its articles may stand: `response`, `results`,
/// `hits`, `_source` of the search engines and news APIs are four.
const DEEPEST: u8 = 4;

/// Reads records with the names that the user gave to fields, and the known.
pub(in crate::ingest::formats) struct Reader<'o> {
    map: &'o [(FieldName, String)],
}

/// The values of a record that have a field's name, best name first.
type Named<'v> = Vec<(FieldName, usize, &'v Value)>;

impl<'o> Reader<'o> {
    /// A reader with the names of `map` before the known.
    pub(in crate::ingest::formats) fn new(map: &'o [(FieldName, String)]) -> Self {
        Self { map }
    }

    /// The records of `value` that are articles: itself, or members of the
    /// longest array in it that has some.
    pub(super) fn records<'v>(&self, value: &'v Value) -> Vec<&'v Record> {
        let record = value.as_object().filter(|record| !is_schema(record));
        record.map(|record| self.records_within(record, DEEPEST)).unwrap_or_default()
    }

    fn records_within<'v>(&self, record: &'v Record, depth: u8) -> Vec<&'v Record> {
        if has_own_form(record) || self.has_text(record) {
            return vec![record];
        }
        let inner = if depth > 0 { self.records_below(record, depth - 1) } else { Vec::new() };
        let has_text = inner.iter().any(|inner| self.has_text(inner));
        if self.has(record, FieldName::Title) && !has_text { vec![record] } else { inner }
    }

    /// The most records that one value of `record` holds; of equals the first.
    fn records_below<'v>(&self, record: &'v Record, depth: u8) -> Vec<&'v Record> {
        let mut most = Vec::new();
        for value in record.values() {
            let records = match value {
                Value::Object(inner) => self.records_within(inner, depth),
                Value::Array(members) => {
                    let members = members.iter().filter_map(Value::as_object);
                    members.flat_map(|member| self.records_within(member, depth)).collect()
                }
                _ => Vec::new(),
            };
            if records.len() > most.len() {
                most = records;
            }
        }
        most
    }

    /// Whether `record` is beyond doubt an article.
    fn has_text(&self, record: &Record) -> bool {
        self.has(record, FieldName::Body) || is_ninjs(record) || feed::is_item(record)
    }

    fn has(&self, record: &Record, field: FieldName) -> bool {
        self.named(record).iter().any(|(named, _, value)| {
            *named == field && (field != FieldName::Body || is_text(value))
        })
    }

    /// The values with a name, sorted by field and by how telling the name is.
    fn named<'v>(&self, record: &'v Record) -> Named<'v> {
        let mapped = self.map.iter().filter_map(|(field, key)| Some((*field, 0, at(record, key)?)));
        let known = record.iter().filter_map(|(key, value)| {
            let (field, rank) = ranked_field_named(key)?;
            Some((field, rank + 1, value))
        });
        let mut named: Named<'v> =
            mapped.chain(known).filter(|(_, _, value)| !is_empty(value)).collect();
        named.sort_by_key(|(field, rank, _)| (*field, *rank));
        named
    }

    /// The article that `record` is.
    pub(in crate::ingest::formats) fn article(&self, record: &Record) -> Article {
        if is_ninjs(record) {
            return ninjs::article(record);
        }
        if let Some(pieces) = post::pieces(record) {
            return post::article(record, pieces);
        }
        if let Some(paragraphs) = paper::paragraphs(record) {
            return paper::article(record, paragraphs);
        }
        let mut named = self.named(record);
        if is_of_crawl(record) {
            named.retain(|(field, _, _)| *field != FieldName::Date);
        }
        let mut article = Article::default();
        let mut filled = None;
        for (field, _, value) in &named {
            if filled != Some(*field) && *field != FieldName::Date {
                fill(&mut article, *field, value);
                filled = Some(*field);
            }
        }
        fill_date(&mut article, &named);
        tell_outlet_from_url(&mut article);
        if feed::is_item(record) {
            feed::fill_item(&mut article, record);
        }
        article
    }
}

/// Whether a record says what others look like: a JSON Schema, which has a title too.
fn is_schema(record: &Record) -> bool {
    record.contains_key("$schema") && record.contains_key("properties")
}

/// Whether a record is an article in a form that only its collection has.
fn has_own_form(record: &Record) -> bool {
    post::pieces(record).is_some() || paper::paragraphs(record).is_some()
}

/// The value at `key`, a name or a path of names with dots between.
fn at<'v>(record: &'v Record, key: &str) -> Option<&'v Value> {
    record.get(key).or_else(|| {
        let (first, rest) = key.split_once('.')?;
        at(record.get(first)?.as_object()?, rest)
    })
}

/// Whether the value of a body is a text: not an article of its own, nor an
/// array of them.
fn is_text(value: &Value) -> bool {
    let is_article = |value: &Value| {
        value.as_object().is_some_and(|object| {
            let has = |field| {
                object
                    .keys()
                    .any(|key| ranked_field_named(key).is_some_and(|(named, _)| named == field))
            };
            has(FieldName::Title) && has(FieldName::Body)
        })
    };
    match value {
        Value::Array(members) => !members.first().is_some_and(is_article),
        other => !is_article(other),
    }
}

fn fill(article: &mut Article, field: FieldName, value: &Value) {
    match field {
        FieldName::Title => article.title = plain(first_text(value)),
        FieldName::Body => article.body = plain(text(value)),
        FieldName::Outlet => article.outlet = plain(first_text(value)),
        FieldName::Authors => article.authors = authors(value),
        FieldName::Section => article.section = plain(first_text(value)),
        FieldName::Tags => article.tags = list(value, Comma::Separates),
        FieldName::Url => article.url = first_text(value),
        FieldName::Lang => article.lang = first_text(value).replace('_', "-"),
        FieldName::People => article.people = list(value, Comma::Separates),
        // Commas are parts of many of these names.
        FieldName::Organizations => article.organizations = list(value, Comma::Belongs),
        FieldName::Places => article.places = list(value, Comma::Belongs),
        FieldName::Dateline => article.dateline = plain(first_text(value)),
        FieldName::Date => {}
    }
}

/// Without HTML.
pub(super) fn plain(text: String) -> String {
    match plain_text(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(plain) => plain,
    }
}

/// The date under the best name that has a readable one.
fn fill_date(article: &mut Article, named: &Named<'_>) {
    let dates = named.iter().filter(|(field, _, _)| *field == FieldName::Date);
    let (published, text) = best_date(dates.map(|(_, _, value)| (date_text(value), date(value))));
    article.published = published.map(|published| (published, DateFrom::Metadata));
    article.date_text = text;
}

/// A `source` that is an address names the page rather than the outlet.
fn tell_outlet_from_url(article: &mut Article) {
    let address = article.outlet.split_once("://").filter(|(scheme, _)| scheme.starts_with("http"));
    let Some((_, rest)) = address else { return };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or(rest);
    let host = host.strip_prefix("www.").unwrap_or(host).to_owned();
    let address = std::mem::replace(&mut article.outlet, host);
    if article.url.is_empty() {
        article.url = address;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Reader;
    use crate::article::Article;
    use crate::ingest::fields::FieldName;

    fn titles(value: &Value) -> Vec<String> {
        let reader = Reader::new(&[]);
        reader.records(value).into_iter().map(|record| reader.article(record).title).collect()
    }

    fn article(value: &Value) -> Article {
        Reader::new(&[]).article(value.as_object().unwrap())
    }

    #[test]
    fn articles_are_found_in_their_wrappers() {
        let two = json!([{"title": "a", "text": "x"}, {"title": "b", "text": "y"}]);
        let cases = [
            (json!({"articles": two}), vec!["a", "b"]),
            (json!({"title": "Export", "count": 2, "articles": two}), vec!["a", "b"]),
            (json!({"response": {"status": "ok", "docs": two}}), vec!["a", "b"]),
            (json!({"content": two}), vec!["a", "b"]),
            (json!({"hits": {"hits": [{"_id": 1, "_source": two[0]}]}}), vec!["a"]),
            (json!({"article": two[0]}), vec!["a"]),
            (json!({"title": "c", "body": "z", "related": two}), vec!["c"]),
            (json!({"title": "c", "related": [{"title": "d"}, {"title": "e"}]}), vec!["c"]),
            (json!({"tags": [{"name": "x"}], "items": [{"title": "a"}]}), vec!["a"]),
            (json!({"$schema": "x", "title": "News", "properties": {"title": {}}}), vec![]),
            (json!({"title": "c", "content": {"rendered": "<p>z</p>"}}), vec!["c"]),
            (json!({"title": "c", "content": [{"type": "p", "text": "z"}]}), vec!["c"]),
            (json!({"id": 7, "name": "x"}), vec![]),
            (json!([1]), vec![]),
        ];
        for (value, expected) in cases {
            assert_eq!(titles(&value), expected, "{value}");
        }
    }

    #[test]
    fn nested_fields_are_read() {
        let article = article(&json!({
            "headline": {"main": "Rain &amp; wind"},
            "body": ["<p>First.</p>", "<p>Second.</p>"],
            "source": {"id": null, "name": "The Gull"},
            "author": {"name": "Ann Lee"},
            "publishedAt": {"$date": 1_396_353_600_000_i64},
            "keywords": "rain, wind",
            "persons": [{"name": "Bob Roy"}],
            "places": "Paris, France; Lyon",
            "language": "pt_BR",
        }));
        assert_eq!(article.title, "Rain & wind");
        assert_eq!(article.body, "First.\n\nSecond.");
        assert_eq!(article.outlet, "The Gull");
        assert_eq!(article.authors, ["Ann Lee"]);
        assert_eq!(article.published.unwrap().0.to_string(), "2014-04-01T12:00:00Z");
        assert_eq!(article.tags, ["rain", "wind"]);
        assert_eq!(article.people, ["Bob Roy"]);
        assert_eq!(article.places, ["Paris, France", "Lyon"]);
        assert_eq!(article.lang, "pt-BR");
    }

    #[test]
    fn the_best_name_that_says_something_wins() {
        let article = article(&json!({
            "title": "", "headline": "Rain", "date": 1_396_353_600, "published": "some day", "created": 1,
        }));
        assert_eq!(article.title, "Rain");
        assert_eq!(article.published.unwrap().0.to_string(), "2014-04-01T12:00:00Z");
    }

    #[test]
    fn a_better_date_that_may_be_two_is_kept_beside_a_worse() {
        let article =
            article(&json!({"title": "Rain", "created": "2024-05-01", "published": "03/04/2024"}));
        assert_eq!(article.published.unwrap().0.to_string(), "2024-05-01");
        assert_eq!(article.date_text, "03/04/2024");
    }

    #[test]
    fn an_unreadable_date_is_kept_as_text() {
        let article = article(&json!({"title": "Rain", "date": "some day"}));
        assert_eq!((article.published, article.date_text.as_str()), (None, "some day"));
    }

    #[test]
    fn users_names_stand_before_the_known() {
        let map = [
            (FieldName::Body, "full_text".to_owned()),
            (FieldName::Section, "meta.desk".to_owned()),
        ];
        let value = json!({"full_text": "Rain.", "body": "x", "meta": {"desk": "Weather"}});
        let article = Reader::new(&map).article(value.as_object().unwrap());
        assert_eq!((article.body.as_str(), article.section.as_str()), ("Rain.", "Weather"));
    }

    #[test]
    fn a_source_that_is_an_address_gives_its_host() {
        let article = article(&json!({"title": "Rain", "source": "https://www.gull.example/a"}));
        assert_eq!(article.outlet, "gull.example");
        assert_eq!(article.url, "https://www.gull.example/a");
    }
}
