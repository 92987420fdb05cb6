//! Articles as the collection of the Washington Post has them (TREC News Track,
//! versions 2 to 4): a record whose text stands in typed pieces.

use serde_json::{Map, Value};

use super::value::{authors, date, date_text, text};
use crate::article::{Article, DateFrom};
use crate::ingest::dates::best_date;
use crate::ingest::formats::html::plain_text;

type Record = Map<String, Value>;

/// What stands before the addresses of articles that are given without a host.
const SITE: &str = "https://www.washingtonpost.com";

/// The pieces of an article; none where `record` has another form.
pub(super) fn pieces(record: &Record) -> Option<&[Value]> {
    let contents = record.get("contents")?.as_array()?;
    let has_types = contents.iter().any(|piece| !kind(piece).is_empty());
    (has_types && record.contains_key("article_url")).then_some(contents)
}

fn kind(piece: &Value) -> &str {
    piece.get("type").and_then(Value::as_str).unwrap_or_default()
}

/// The article of a record with `pieces`.
pub(super) fn article(record: &Record, pieces: &[Value]) -> Article {
    let field = |name| record.get(name).map(text).unwrap_or_default();
    let piece = |name: &str| {
        let found = pieces.iter().filter(|piece| kind(piece) == name);
        found.filter_map(|piece| piece.get("content")).find(|content| !content.is_null())
    };
    let address = field("article_url");
    let title = Some(field("title")).filter(|title| !title.is_empty());
    let byline = record.get("author").filter(|author| !text(author).trim().is_empty());
    let mut article = Article {
        title: plain(&title.or_else(|| piece("title").map(text)).unwrap_or_default()),
        body: pieces.iter().filter_map(paragraph).collect::<Vec<_>>().join("\n\n"),
        url: if address.starts_with('/') { format!("{SITE}{address}") } else { address },
        outlet: field("source"),
        authors: byline.or_else(|| piece("byline")).map(authors).unwrap_or_default(),
        section: piece("kicker").map(text).unwrap_or_default(),
        ..Article::default()
    };
    let dates = [record.get("published_date"), piece("date")].into_iter().flatten();
    let (published, unread) = best_date(dates.map(|value| (date_text(value), date(value))));
    article.published = published.map(|published| (published, DateFrom::Metadata));
    article.date_text = unread;
    article
}

/// The text of a piece that is part of the article's; pictures, tweets and notes on
/// the author are not.
fn paragraph(piece: &Value) -> Option<String> {
    let is_quoted_again = piece.get("subtype").and_then(Value::as_str) == Some("pullquote");
    let text = match kind(piece) {
        "sanitized_html" | "correction" if !is_quoted_again => text(piece.get("content")?),
        "list" => text(piece.get("content")?),
        _ => return None,
    };
    let plain = plain(&text);
    (!plain.trim().is_empty()).then_some(plain)
}

fn plain(text: &str) -> String {
    plain_text(text).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{article, pieces};
    use crate::ingest::formats::shown;

    #[test]
    fn pieces_become_paragraphs() {
        let record = json!({
            "id": "a1", "article_url": "/local/2023/05/04/rain_story.html", "title": null,
            "author": "", "published_date": 1_683_182_000_000_i64, "source": "The Lorne Post",
            "contents": [
                {"type": "kicker", "content": "Weather"},
                {"type": "title", "content": "Rain &amp; wind"},
                {"type": "byline", "content": "By Ann Lee and Bo Lind"},
                {"type": "date", "content": 1_683_182_000_000_i64},
                {"type": "image", "fullcaption": "Clouds."},
                {"type": "sanitized_html", "subtype": "paragraph", "content": "It <b>rains</b>."},
                {"type": "sanitized_html", "subtype": "pullquote", "content": "It rains."},
                {"type": "sanitized_html", "content": null},
                {"type": "list", "content": ["One", "Two"]},
                null,
                {"type": "author_info", "bio": "She writes."},
            ],
        });
        let record = record.as_object().unwrap();
        insta::assert_snapshot!(shown(&article(record, pieces(record).unwrap())), @r"
        title = Rain & wind
        url = https://www.washingtonpost.com/local/2023/05/04/rain_story.html
        outlet = The Lorne Post
        authors = Ann Lee; Bo Lind
        section = Weather
        published = 2023-05-04T06:33:20Z (metadata)

        It rains.

        One

        Two
        ");
    }

    #[test]
    fn other_records_have_no_pieces() {
        for record in [
            json!({"article_url": "a", "contents": "text"}),
            json!({"article_url": "a", "contents": [1, null]}),
            json!({"contents": [{"type": "p"}]}),
        ] {
            assert!(pieces(record.as_object().unwrap()).is_none(), "{record}");
        }
    }
}
