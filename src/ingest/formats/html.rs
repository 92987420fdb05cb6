//! Web pages, and HTML inside other formats.
//!
//! `metadata` reads what a page says of itself, `text` finds its article,
//! `nesting` keeps broken pages from costing too much.

mod blocks;
mod fragment;
mod furniture;
mod metadata;
mod names;
mod nesting;
mod text;

pub(super) use self::fragment::plain_text;

use scraper::Html;

use crate::article::Article;

/// The article of a page.
pub(crate) fn read(page: &str) -> Article {
    let document = Html::parse_document(&nesting::flattened(page));
    let metadata = metadata::read(&document);
    Article { body: text::main_text(&document, &metadata.title), ..metadata }
}
