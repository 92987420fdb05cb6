//! Plain text of the markup of MediaWiki, and what it says of the page.
//!
//! `markup` takes links, templates and tags apart; this puts lines together to
//! paragraphs and leaves out sections that are no text of the article. Templates are
//! not expanded, but for those that stand for words or name the date.

mod markup;

use self::markup::read_markup;
use crate::ingest::formats::html::plain_text;

/// Sections at the end of an article that are not its text, in the languages with the
/// most articles on Wikinews.
const LEFT_OUT: [&str; 34] = [
    "sources",
    "source",
    "related news",
    "related articles",
    "external links",
    "references",
    "see also",
    "sister links",
    "notes",
    "quellen",
    "themenverwandte artikel",
    "weblinks",
    "fuentes",
    "enlaces externos",
    "noticias relacionadas",
    "véase también",
    "referencias",
    "liens externes",
    "voir aussi",
    "articles connexes",
    "références",
    "fonti",
    "articoli correlati",
    "collegamenti esterni",
    "fontes",
    "ver também",
    "bronnen",
    "gerelateerd nieuws",
    "źródła",
    "zobacz też",
    "источники",
    "ссылки",
    "см. также",
    "källor",
];

/// What is known of a page from its markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) text: String,
    /// Names of the categories it is in.
    pub(super) categories: Vec<String>,
    /// Dates that its templates give, as written.
    pub(super) dates: Vec<String>,
    /// The place of its byline.
    pub(super) place: String,
}

/// How a wiki calls the namespaces whose pages are no words of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Namespaces {
    categories: Vec<String>,
    files: Vec<String>,
}

impl Namespaces {
    /// Of the numbers and names that a dump gives; the names of MediaWiki hold in every
    /// wiki (`includes/libs/mime`'s neighbours 6 and 14 in `Defines.php`).
    pub(super) fn new(named: impl Iterator<Item = (String, String)>) -> Self {
        let mut names = Self {
            categories: vec!["category".to_owned()],
            files: vec!["file".to_owned(), "image".to_owned(), "media".to_owned()],
        };
        for (key, name) in named {
            match key.as_str() {
                "14" => names.categories.push(name.to_lowercase()),
                "6" => names.files.push(name.to_lowercase()),
                _ => {}
            }
        }
        names
    }
}

/// Reads the markup of a page.
pub(super) fn read_page(markup: &str, namespaces: &Namespaces) -> Page {
    let mut page = Page::default();
    let flat = read_markup(markup, namespaces, &mut page);
    let text = paragraphs(&flat);
    page.text = plain_text(&text).into_owned();
    page
}

/// Puts lines together: text lines to paragraphs, headings and items of lists as
/// lines of their own. A heading without text below it goes.
fn paragraphs(flat: &str) -> String {
    let mut out = String::with_capacity(flat.len());
    let mut heading = None;
    let mut is_left_out = false;
    let mut separator = "";
    for line in flat.lines() {
        let line = line.trim();
        if let Some(title) = heading_of(line) {
            is_left_out = LEFT_OUT.contains(&title.to_lowercase().as_str());
            heading = (!title.is_empty() && !is_left_out).then_some(title);
            separator = "\n\n";
            continue;
        }
        let is_item = line.starts_with(['*', '#', ':', ';']);
        let line = line.trim_start_matches(['*', '#', ':', ';', ' ']);
        let is_rule = line.starts_with("----") || line.starts_with("__") && line.ends_with("__");
        if line.is_empty() || is_rule {
            separator = "\n\n";
            continue;
        }
        if is_left_out {
            continue;
        }
        if let Some(title) = heading.take() {
            push(&mut out, "\n\n", title);
            separator = "\n\n";
        } else if is_item && separator == " " {
            separator = "\n";
        }
        push(&mut out, separator, line);
        separator = if is_item { "\n" } else { " " };
    }
    out
}

fn push(out: &mut String, separator: &str, text: &str) {
    if !out.is_empty() {
        out.push_str(separator);
    }
    out.push_str(text);
}

/// The title in `== Title ==`.
fn heading_of(line: &str) -> Option<&str> {
    let inner = line.strip_prefix("==")?.strip_suffix("==")?;
    Some(inner.trim_matches('=').trim())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Namespaces, Page, read_page};

    fn read(markup: &str) -> Page {
        let named =
            [("14".to_owned(), "Kategorie".to_owned()), ("6".to_owned(), "Datei".to_owned())];
        read_page(markup, &Namespaces::new(named.into_iter()))
    }

    #[test]
    fn markup_becomes_text() {
        let cases = [
            ("'''Rain''' and ''wind''", "Rain and wind"),
            ("[[Lorne]], [[Lorne|the town]], [[:Category:Rain]]", "Lorne, the town, Category:Rain"),
            ("[[w:Lorne|]] [[w:de:Regen]]", "Lorne Regen"),
            ("a [[File:a.jpg|thumb|A [[mill]] in {{w|Lorne}}]]b", "a b"),
            ("[[Datei:a.jpg|x]]a[[Kategorie:Rain]]", "a"),
            ("[https://gull.example The Gull] and [https://gull.example]", "The Gull and"),
            ("a<ref name=x>b</ref>c<ref name=x />d<!-- e -->f<br/>g", "acdf g"),
            ("<nowiki>[[a]] ''b''</nowiki>", "[[a]] ''b''"),
            ("{| class=x\n| a {{b}}\n|}\nText", "Text"),
            (
                "{{w|Lorne}} and {{w|Lorne|the {{w|town}}}} {{box|a=b\n|c}}here",
                "Lorne and the town here",
            ),
            (
                "One\ntwo.\n\n== Next ==\nThree.\n* a\n* b\nFour",
                "One two.\n\nNext\n\nThree.\na\nb\nFour",
            ),
            ("Text.\n\n== Empty ==\n{{box}}\n== Sources ==\n* {{source|a}}\n* b", "Text."),
            ("a &ndash; b&nbsp;c < d", "a – b\u{a0}c < d"),
            ("<div class=x>a</div> __NOTOC__\n----\nb", "a __NOTOC__\n\nb"),
            ("{{open|a", "open|a"),
            ("a]] b}} [[c", "a]] b}} c"),
        ];
        for (markup, text) in cases {
            assert_eq!(read(markup).text, text, "{markup}");
        }
    }

    #[test]
    fn templates_name_the_date() {
        let page = read("{{date|May 4, 2023}}{{byline|date=May 5, 2023|location=LORNE}}\nRain.");
        assert_eq!(page.dates, ["May 4, 2023", "May 5, 2023"]);
        assert_eq!((page.place.as_str(), page.text.as_str()), ("LORNE", "Rain."));
        assert_eq!(read("{{Datum| 4. Mai 2023 }}").dates, ["4. Mai 2023"]);
        assert_eq!(read("{{date}}{{update|x}}").dates, [""; 0]);
    }

    #[test]
    fn hostile_markup_is_read_in_time() {
        let pieces =
            ["{{", "[[", "[http:", "<ref>", "<!--", "<nowiki>", "''", "{|\n", "[[a|", "&", "<"];
        for piece in pieces {
            read(&piece.repeat(200_000));
        }
        read(&format!("{}{}", "[[a|".repeat(100_000), "]]".repeat(100_000)));
        read(&format!("{}{}", "{{".repeat(100_000), "}}".repeat(100_000)));
    }

    proptest! {
        #[test]
        fn any_markup_is_survived(
            markup in "(\\{\\{|\\}\\}|\\[\\[|\\]\\]|\\[http:|\\]|<ref>|</ref>|<!--|-->|<nowiki>|</nowiki>|\\||=|a|é|\n|''|\\{\\||File:|date|<){0,40}",
        ) {
            let _ = read(&markup);
        }
    }
}
