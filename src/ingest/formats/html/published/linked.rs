//! Dates in the JSON-LD objects of a page.

use serde_json::{Map, Value};

use super::weigh::Source;
use super::{Candidates, Clues};
use crate::ingest::formats::json::value::{self, Comma};
use crate::text::fold;

/// Adds the dates of the objects that describe the page.
pub(super) fn collect(
    objects: &[Map<String, Value>],
    clues: &Clues<'_>,
    candidates: &mut Candidates,
) {
    let own = own_article(objects, clues);
    for (place, object) in objects.iter().enumerate() {
        let source = match kind_of(object) {
            Kind::Article if own == Some(place) => Source::LinkedArticle,
            Kind::Article => Source::LinkedOther,
            Kind::Page => Source::LinkedPage,
            Kind::Other => Source::LinkedOther,
        };
        let mut add = |key: &str, source| {
            if let Some(value) = object.get(key) {
                candidates.add_stated(&value::first_text(value), source);
            }
        };
        add("datePublished", source);
        let is_dated = object.contains_key("datePublished");
        add("dateCreated", if is_dated { Source::Modified } else { source });
        add("uploadDate", Source::LinkedOther);
        if source == Source::LinkedArticle || source == Source::LinkedPage {
            add("dateModified", Source::Modified);
        }
    }
}

/// What an object describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Article,
    Page,
    Other,
}

fn kind_of(object: &Map<String, Value>) -> Kind {
    let types = object.get("@type").map(|types| value::list(types, Comma::Belongs));
    let types = types.unwrap_or_default();
    let ends = |endings: &[&str]| {
        types.iter().any(|name| endings.iter().any(|ending| name.ends_with(ending)))
    };
    if ends(&["Article", "Posting", "Report", "CreativeWork", "Blog"]) {
        Kind::Article
    } else if ends(&["Page"]) {
        Kind::Page
    } else {
        Kind::Other
    }
}

/// The place of the article that the page is: of several the one with its
/// title or address, else the first that is dated.
fn own_article(objects: &[Map<String, Value>], clues: &Clues<'_>) -> Option<usize> {
    let is_article = |place: &usize| kind_of(&objects[*place]) == Kind::Article;
    let is_dated = |place: &usize| objects[*place].contains_key("datePublished");
    let articles: Vec<usize> = (0..objects.len()).filter(is_article).filter(is_dated).collect();
    if articles.len() < 2 {
        return articles.first().copied();
    }
    let title = fold(clues.title);
    let is_own = |place: &&usize| {
        let text = |key: &str| objects[**place].get(key).map(value::first_text).unwrap_or_default();
        let headline = fold(&text("headline"));
        (!title.is_empty() && headline == title)
            || (!clues.url.is_empty() && [text("url"), text("@id")].contains(&clues.url.to_owned()))
    };
    articles.iter().find(is_own).or(articles.first()).copied()
}
