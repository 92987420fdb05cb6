//! The elements of a page that tell about it, gathered in one walk over the
//! tree.
//!
//! What they mean is the business of `metadata` and `authors`.

use scraper::{ElementRef, Html, Node};

use super::names::{Marks, words};

/// What a page tells of itself outside its text.
#[derive(Default)]
pub(super) struct Elements<'d> {
    /// Name in lower case and content of the `meta` elements.
    pub(super) meta: Vec<(String, &'d str)>,
    /// The texts of the JSON-LD scripts.
    pub(super) linked: Vec<String>,
    /// What `<link rel=canonical>` refers to.
    pub(super) canonical: &'d str,
    /// The language of `<html>`.
    pub(super) lang: &'d str,
    /// The text of `<title>`.
    pub(super) title: String,
    /// Texts of elements that name authors by `rel` or `itemprop`.
    pub(super) authors: Vec<String>,
    /// Texts of elements whose class says that they name authors.
    pub(super) bylines: Vec<String>,
}

/// Words in `class` of what names the authors.
const BYLINE_WORDS: [&str; 14] = [
    "auteur",
    "auteurs",
    "author",
    "authorname",
    "authors",
    "autor",
    "autore",
    "autoren",
    "autores",
    "autorin",
    "byline",
    "bylines",
    "redacteur",
    "writer",
];

/// Elements looked at for authors; pages of teasers have hundreds.
const MOST_BYLINES: usize = 12;

/// Longer texts, in bytes, are no bylines.
const BYLINE_BYTES: usize = 160;

/// Nodes looked at for the text of a byline.
const BYLINE_NODES: usize = 60;

impl<'d> Elements<'d> {
    pub(super) fn of(document: &'d Html) -> Self {
        let mut elements = Self::default();
        for element in document.tree.root().descendants().filter_map(ElementRef::wrap) {
            elements.add(element);
        }
        elements
    }

    fn add(&mut self, element: ElementRef<'d>) {
        let attribute = |name| element.attr(name).map(str::trim).filter(|value| !value.is_empty());
        match element.value().name() {
            "meta" => self.add_meta(element),
            "html" if self.lang.is_empty() => self.lang = attribute("lang").unwrap_or_default(),
            "link" if self.canonical.is_empty() && attribute("rel") == Some("canonical") => {
                self.canonical = attribute("href").unwrap_or_default();
            }
            "script" if is_linked_data(element) => self.linked.push(element.text().collect()),
            // Pictures have titles too.
            "title" if self.title.is_empty() && !is_in_picture(element) => {
                self.title = one_line(&element.text().collect::<String>());
            }
            _ => self.add_byline(element),
        }
    }

    fn add_meta(&mut self, element: ElementRef<'d>) {
        let name = ["property", "name", "itemprop"].into_iter().find_map(|key| element.attr(key));
        let content = element.attr("content").map(str::trim).filter(|content| !content.is_empty());
        if let (Some(name), Some(content)) = (name, content) {
            self.meta.push((name.trim().to_ascii_lowercase(), content));
        }
    }

    fn add_byline(&mut self, element: ElementRef<'d>) {
        let says = |key, word: &str| {
            element.attr(key).is_some_and(|names| {
                names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case(word))
            })
        };
        let texts = if says("rel", "author") || says("itemprop", "author") {
            &mut self.authors
        } else if element.attr("class").is_some_and(is_byline) {
            &mut self.bylines
        } else {
            return;
        };
        if texts.len() < MOST_BYLINES && !is_elsewhere(element) {
            texts.extend(short_text(element));
        }
    }
}

fn is_linked_data(script: ElementRef<'_>) -> bool {
    script.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

fn is_in_picture(title: ElementRef<'_>) -> bool {
    title.ancestors().filter_map(ElementRef::wrap).any(|around| around.value().name() == "svg")
}

fn is_byline(class: &str) -> bool {
    words(class).any(|word| {
        BYLINE_WORDS.binary_search(&word).is_ok()
            || BYLINE_WORDS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
    })
}

/// Whether an element belongs to comments or to other articles.
fn is_elsewhere(element: ElementRef<'_>) -> bool {
    let elsewhere = Marks::elsewhere();
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .any(|around| !(Marks::of(around.value()) & elsewhere).is_none())
}

/// The text of an element in one line, if it is short.
fn short_text(element: ElementRef<'_>) -> Option<String> {
    let mut text = String::new();
    for (number, node) in element.descendants().enumerate() {
        if number == BYLINE_NODES || text.len() > BYLINE_BYTES {
            return None;
        }
        match node.value() {
            Node::Text(piece) => {
                text.push(' ');
                text.push_str(piece);
            }
            Node::Element(element) if matches!(element.name(), "script" | "style") => return None,
            _ => {}
        }
    }
    let text = one_line(&text);
    (!text.is_empty()).then_some(text)
}

/// `text` with its words separated by single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
