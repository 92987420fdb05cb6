//! Web pages, and HTML inside other formats.
//!
//! `blocks` cuts a page into blocks, `names` and `furniture` tell which of
//! them are foreign to an article, `text` finds the article among them.
//! `elements` gathers what the page says of itself; `metadata`, `title` and
//! `authors` read it, `published` finds the date, `kind` tells what it is. `nesting` keeps
//! broken pages from costing too much.

mod authors;
mod blocks;
mod elements;
mod fragment;
mod furniture;
mod kind;
mod metadata;
mod names;
mod nesting;
mod published;
mod text;
mod title;

pub(super) use self::fragment::plain_text;

use scraper::Html;

use self::blocks::Blocks;
use self::elements::Elements;
use self::names::Marks;
use crate::article::Article;
use crate::ingest::stream::Hints;

/// The article of `page`.
pub(crate) fn read(page: &str, hints: &Hints<'_>) -> Article {
    let document = Html::parse_document(&nesting::flattened(page));
    let elements = Elements::of(&document);
    let mut blocks = Blocks::of(document.tree.root(), Marks::of);
    text::unmark(&mut blocks.blocks);
    let (metadata, claims) = metadata::read(&document, &elements, blocks.headings(), hints);
    let body = text::article_text(&blocks, &metadata.title);
    let doubt = kind::doubt(&blocks.blocks, &body, &metadata.url, claims);
    let mut article = Article { body, ..metadata };
    if let Some(doubt) = doubt {
        article.doubt(doubt);
    }
    article
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::read;
    use crate::ingest::stream::Hints;

    #[test]
    fn the_known_address_is_the_last_resort() {
        let hints = Hints { url: "https://gull.example/rain", ..Hints::default() };
        assert_eq!(read("<p>Rain.", &hints).url, hints.url);
        let page = "<link rel=canonical href=https://gull.example/wind>";
        assert_eq!(read(page, &hints).url, "https://gull.example/wind");
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
            read(&piece.repeat(20_000), &Hints::default());
        }
    }

    proptest! {
        #[test]
        fn any_page_is_survived(page in "(<(/)?(p|div|a|h1|ul|li|td|table|br|b|article|title|script|style|meta|time|nav|pre)( class=(author|share|Body|comment))?( itemprop=(author|articleBody))?>|[a-zA-Zéß .,:©&;#<>|-]){0,60}") {
            read(&page, &Hints::default());
        }
    }
}
