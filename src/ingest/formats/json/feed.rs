//! JSON Feed, versions 1.0 and 1.1: what its items have of their own, and what the feed
//! says for all of them.

use serde_json::{Map, Value};

use super::value::{authors, date, first_text, text};
use crate::article::Article;
use crate::ingest::formats::html::plain_text;

type Record = Map<String, Value>;

/// Whether `record` is an item of a feed.
pub(super) fn is_item(record: &Record) -> bool {
    record.contains_key("id")
        && (record.contains_key("content_html") || record.contains_key("content_text"))
}

/// Fills of `article` what only items of feeds have.
pub(super) fn fill_item(article: &mut Article, item: &Record) {
    let of = |name| item.get(name).map(text).unwrap_or_default();
    // Names that are no addresses are promised for one feed only: `fill_from_feed` puts
    // the feed before them.
    article.guid = Some(of("id")).filter(|id| id.contains(':')).unwrap_or_default();
    let texts = [plain_text(&of("content_html")).into_owned(), of("content_text")];
    if let Some(text) = texts.into_iter().find(|text| !text.trim().is_empty()) {
        article.body = text;
    } else if article.body.trim().is_empty() {
        article.body = of("summary");
    }
    let modified = item.get("date_modified").and_then(|value| date(value).ok());
    let modified = modified.or(article.published.map(|(published, _)| published));
    article.version = modified.map_or(0, |modified| modified.timestamp().as_second());
}

/// Fills of `article`, which `item` gave, what `feed` says for all its items.
pub(super) fn fill_from_feed(article: &mut Article, item: &Record, feed: &Value) {
    let is_feed =
        feed.get("version").map(text).is_some_and(|version| version.contains("jsonfeed.org"));
    if !is_feed {
        return;
    }
    let of = |name| feed.get(name).map(first_text).unwrap_or_default();
    if article.outlet.is_empty() {
        article.outlet = of("title");
    }
    if article.lang.is_empty() {
        article.lang = of("language");
    }
    if article.authors.is_empty() {
        article.authors =
            feed.get("authors").or_else(|| feed.get("author")).map(authors).unwrap_or_default();
    }
    let id = item.get("id").map(text).unwrap_or_default();
    let home = ["feed_url", "home_page_url", "title"].map(of);
    if let Some(home) = home.iter().find(|home| !home.is_empty())
        && is_item(item)
        && article.guid.is_empty()
        && !id.is_empty()
    {
        article.guid = format!("{home}#{id}");
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use crate::ingest::{ReadOptions, read_from};

    #[test]
    fn items_are_read_with_what_the_feed_says() {
        let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Gull",
            "home_page_url": "https://gull.example/", "language": "en", "authors": [{"name": "Ann Lee"}],
            "items": [
                {"id": "1", "content_html": "<p>Rain.</p><p>Wind.</p>", "date_published": "2023-05-05T10:00:00Z",
                 "authors": [{"name": "Bob Roy"}], "tags": ["sea"]},
                {"id": "https://gull.example/2", "title": "Sun", "content_text": "It shone.",
                 "url": "https://gull.example/2", "date_modified": "2023-05-06T10:00:00Z"}
            ]}"#;
        let mut seen = Vec::new();
        read_from("feed.json", feed.as_bytes(), &ReadOptions::default(), &mut |article| {
            seen.push(article);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[0].body, "Rain.\n\nWind.");
        assert_eq!((seen[0].outlet.as_str(), seen[0].lang.as_str()), ("The Gull", "en"));
        assert_eq!(seen[0].guid, "https://gull.example/#1");
        assert_eq!(
            (&seen[0].authors[0], &seen[1].authors[0]),
            (&"Bob Roy".into(), &"Ann Lee".into())
        );
        assert_eq!((seen[1].title.as_str(), seen[1].body.as_str()), ("Sun", "It shone."));
        assert_eq!((seen[0].version, seen[1].version), (1_683_280_800, 1_683_367_200));
    }
}
