//! Web pages, and HTML inside other formats.
//!
//! `blocks` cuts a page into blocks, `names` and `furniture` tell which of
//! them are foreign to an article, `text` finds the article among them.
//! `elements` gathers what the page says of itself; `metadata`, `title` and
//! `authors` read it, `kind` tells what it is. `nesting` keeps broken pages from costing too much.

mod authors;
mod blocks;
mod elements;
mod fragment;
mod furniture;
mod kind;
mod metadata;
mod names;
mod nesting;
mod text;
mod title;

pub(super) use self::fragment::plain_text;
pub(crate) use self::kind::PageKind;

use scraper::Html;

use self::blocks::Blocks;
use self::elements::Elements;
use self::names::Marks;
use crate::article::Article;

/// What is known of a page besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PageHints<'h> {
    /// Its address; empty if it is not known.
    pub(crate) url: &'h str,
}

/// A page as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) article: Article,
    pub(crate) kind: PageKind,
}

/// Reads `page`.
pub(crate) fn read(page: &str, hints: &PageHints<'_>) -> Page {
    let document = Html::parse_document(&nesting::flattened(page));
    let elements = Elements::of(&document);
    let mut blocks = Blocks::of(document.tree.root(), Marks::of);
    text::unmark(&mut blocks.blocks);
    let (metadata, claims) = metadata::read(&document, &elements, blocks.headings(), hints.url);
    let body = text::article_text(&blocks, &metadata.title);
    let kind = kind::kind(&blocks.blocks, &body, &metadata.url, claims);
    Page { article: Article { body, ..metadata }, kind }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{PageHints, read};

    #[test]
    fn the_known_address_is_the_last_resort() {
        let hints = PageHints { url: "https://gull.example/rain" };
        assert_eq!(read("<p>Rain.", &hints).article.url, hints.url);
        let page = "<link rel=canonical href=https://gull.example/wind>";
        assert_eq!(read(page, &hints).article.url, "https://gull.example/wind");
    }

    #[test]
    fn hostile_pages_are_read_in_time() {
        // Each would take minutes where the time were quadratic.
        for piece in [
            "<div class='author'>",
            "<p rel=author>By",
            "<a href=x>",
            "<h1>Rain",
            "<b><i><p>",
            "<table><tr><td>x",
            "<span class='a-b-c-d comment'>",
            "<script type=application/ld+json>[",
            "<svg><title>",
            "<meta name=author content='A, B'>",
            "<li><a href=x>Rain and wind and rain again</a>",
        ] {
            read(&piece.repeat(20_000), &PageHints::default());
        }
    }

    proptest! {
        #[test]
        fn any_page_is_survived(page in "(<(/)?(p|div|a|h1|ul|li|td|table|br|b|article|title|script|style|meta|time|nav|pre)( class=(author|share|Body|comment))?( itemprop=(author|articleBody))?>|[a-zA-Zéß .,:©&;#<>|-]){0,60}") {
            read(&page, &PageHints::default());
        }
    }
}
