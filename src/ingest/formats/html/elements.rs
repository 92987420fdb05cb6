//! The elements of a page that tell about it, gathered in one walk over the
//! tree.
//!
//! What they mean is the business of `metadata` and `authors`.

use scraper::{ElementRef, Html, Node};

use super::names::{Marks, words};
use super::text::BODY_BYTES;
use super::word_list::WordList;

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
    /// Markup that browsers show by script only, and is as long as a text.
    pub(super) unshown: Vec<String>,
    /// Texts of elements that name authors by `rel` or `itemprop`.
    pub(super) authors: Vec<String>,
    /// Texts of elements whose class says that they name authors.
    pub(super) bylines: Vec<String>,
    /// How many elements were looked at for authors.
    looked_at: usize,
}

/// Words in `class` of what names the authors.
static BYLINE_WORDS: WordList = WordList::of(&[
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
]);

/// Texts kept as bylines; pages of teasers have hundreds.
const MOST_BYLINES: usize = 12;

/// Elements looked at for authors in vain or not: each takes a look at all
/// around it.
const MOST_LOOKED_AT: usize = 100;

/// Pieces of markup kept in case that the page shows no text.
const MOST_UNSHOWN: usize = 8;

/// Longer texts, in bytes, are no bylines.
const BYLINE_BYTES: usize = 160;

/// Titles are shorter, in bytes: one that fills this has some 150 words.
const TITLE_BYTES: usize = 1_000;

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
            "script" if attribute("type").is_some_and(is_template) => self.add_unshown(element),
            "noscript" => self.add_unshown(element),
            // Pictures have titles too.
            "title" if self.title.is_empty() && !is_in_picture(element) => {
                self.title = cut(one_line(&element.text().collect::<String>()));
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

    fn add_unshown(&mut self, element: ElementRef<'d>) {
        let markup: String = element.text().collect();
        if markup.len() >= BODY_BYTES && self.unshown.len() < MOST_UNSHOWN {
            self.unshown.push(markup);
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
        self.looked_at += 1;
        if self.looked_at <= MOST_LOOKED_AT && texts.len() < MOST_BYLINES && !is_elsewhere(element)
        {
            texts.extend(short_text(element));
        }
    }
}

fn is_linked_data(script: ElementRef<'_>) -> bool {
    script.attr("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
}

/// Whether scripts of this type are markup.
fn is_template(kind: &str) -> bool {
    matches!(kind, "text/template" | "text/html" | "text/x-template")
}

fn is_in_picture(title: ElementRef<'_>) -> bool {
    title.ancestors().filter_map(ElementRef::wrap).any(|around| around.value().name() == "svg")
}

fn is_byline(class: &str) -> bool {
    words(class).any(|word| BYLINE_WORDS.has(word))
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

/// A title without what makes it longer than any title is.
pub(super) fn cut(mut title: String) -> String {
    title.truncate(title.floor_char_boundary(TITLE_BYTES));
    title
}

/// `text` with its words separated by single spaces.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::{BYLINE_WORDS, Elements};

    #[test]
    fn words_can_be_searched() {
        assert!(BYLINE_WORDS.words().is_sorted());
    }

    #[test]
    fn elements_are_gathered() {
        let document = Html::parse_document(
            "<html lang=en><title>Rain\n comes</title><svg><title>Logo</title></svg>\
             <link rel=canonical href=/rain><meta property='OG:Title' content=' Rain '>\
             <meta name=empty content=''><script type='application/LD+json'>{}</script>\
             <p class='article-Author'>By <b>Ann Lee</b></p><a rel='author me'>Bob Roy</a>\
             <div class=comments><b class=author>Cid Fox</b></div>\
             <div class=author><script>x</script>Dan Orr</div>",
        );
        let elements = Elements::of(&document);
        assert_eq!(elements.meta, [("og:title".to_owned(), "Rain")]);
        assert_eq!(elements.linked, ["{}"]);
        assert_eq!((elements.canonical, elements.lang), ("/rain", "en"));
        assert_eq!(elements.title, "Rain comes");
        assert_eq!(elements.authors, ["Bob Roy"]);
        assert_eq!(elements.bylines, ["By Ann Lee"]);
    }
}
