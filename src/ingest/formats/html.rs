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
mod word_list;

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
    let mut body = text::article_text(&blocks, &metadata.title);
    if body.len() < text::BODY_BYTES {
        let other = unshown_text(&elements, &metadata.title);
        if other.len() > 2 * body.len() {
            body = other;
        }
    }
    let doubt = kind::doubt(&blocks.blocks, &body, &metadata.url, claims);
    let mut article = Article { body, ..metadata };
    if let Some(doubt) = doubt {
        article.doubt(doubt);
    }
    article
}

/// The text of the article in what the page shows by script only.
fn unshown_text(elements: &Elements<'_>, title: &str) -> String {
    let texts = elements.unshown.iter().map(|markup| {
        let fragment = Html::parse_fragment(&nesting::flattened(markup));
        let mut blocks = Blocks::of(fragment.tree.root(), Marks::of);
        text::unmark(&mut blocks.blocks);
        text::article_text(&blocks, title)
    });
    { texts }.max_by_key(String::len).unwrap_or_default()
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
    fn text_that_only_scripts_show_is_found() {
        let text = "The harbour was closed for a second day after the storm. ".repeat(6);
        let template = format!("<script type='text/template'><p>{text}</p></script>");
        let noscript = format!("<noscript><div><p>{text}</p></div></noscript>");
        for page in [template, noscript] {
            let article = read(&page, &Hints::default());
            assert_eq!(article.body, text.trim(), "{page}");
        }
        let shown = "No ship was seen to leave the harbour. ".repeat(8);
        let page = format!("<p>{shown}</p><noscript><p>{text}{text}</p></noscript>");
        assert_eq!(read(&page, &Hints::default()).body, shown.trim());
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
        let title = "Gull | ".repeat(100_000);
        let page = format!(
            "<meta property=og:site_name content='{title}'><meta property=og:title content='{title}'>\
             <title>{title}</title>{}",
            "<h1>Gull</h1>".repeat(20_000)
        );
        read(&page, &Hints { url: &format!("https://{title}"), ..Hints::default() });
    }

    proptest! {
        #[test]
        fn any_page_is_survived(page in "(<(/)?(p|div|a|h1|ul|li|td|table|br|b|article|title|script|style|meta|time|nav|pre)( class=(author|share|Body|comment))?( itemprop=(author|articleBody))?>|[a-zA-Zéß .,:©&;#<>|-]){0,60}") {
            read(&page, &Hints::default());
        }
    }
}
