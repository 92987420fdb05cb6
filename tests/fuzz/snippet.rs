//! Of any text, snippets and words in context are pieces, with marks around words of it.

use newsdex::update::RecogniseWith;

use super::answers;
use super::archive::Archive;
use super::choice::{first_line, text};

/// Letters of a text; more take longer and show nothing else.
const MOST_LETTERS: usize = 2000;

/// Checks an input: a line that is a query, one that is a title, then the body.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    let (query, article) = first_line(&text);
    if newsdex::query::parse(query).is_err() {
        return;
    }
    let (title, body) = first_line(article);
    let body: String = body.chars().take(MOST_LETTERS).collect();
    let article =
        serde_json::json!({ "title": title, "text": body, "person": title, "lang": "en" });
    let archive = Archive::new();
    archive.write("a.json", &article.to_string());
    archive.index(RecogniseWith::Nothing).expect("the folder is ours");
    answers::check(&archive.reader(), query);
}
