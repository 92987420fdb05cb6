//! Articles of science as CORD-19 has them: a record whose text stands in `body_text`,
//! in paragraphs with the names of their sections.

use serde_json::{Map, Value};

use super::value::{authors, text};
use crate::article::Article;

type Record = Map<String, Value>;

/// The paragraphs of a paper; none where `record` has another form.
pub(super) fn paragraphs(record: &Record) -> Option<&[Value]> {
    record.get("paper_id")?;
    Some(record.get("body_text")?.as_array()?.as_slice())
}

/// The article of a record with `paragraphs`.
pub(super) fn article(record: &Record, paragraphs: &[Value]) -> Article {
    let metadata = |name: &str| record.get("metadata").and_then(|metadata| metadata.get(name));
    let lead = record.get("abstract").and_then(Value::as_array).map(Vec::as_slice);
    let texts = lead.unwrap_or_default().iter().chain(paragraphs).map(text);
    Article {
        title: metadata("title").map(text).unwrap_or_default(),
        authors: metadata("authors").map(authors).unwrap_or_default(),
        body: texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n\n"),
        ..Article::default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{article, paragraphs};

    #[test]
    fn a_paper_is_one_article() {
        let record = json!({
            "paper_id": "a1",
            "metadata": {"title": "Rain", "authors": [{"first": "Ann", "middle": [], "last": "Lee"}]},
            "abstract": [{"text": "It rains."}],
            "body_text": [{"text": "It did.", "section": "Intro"}, {"text": ""}],
        });
        let record = record.as_object().unwrap();
        let article = article(record, paragraphs(record).unwrap());
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Rain", "It rains.\n\nIt did.")
        );
        assert_eq!(article.authors, ["Ann Lee"]);
    }
}
