//! The form of the Reuters Corpus RCV1: `newsitem` elements (D. Lewis and others, *RCV1: A
//! New Benchmark Collection*, 2004, and the guide of NIST).

use super::values::{add, first, set_date};
use crate::article::Article;
use crate::ingest::byline::names_in_byline;
use crate::ingest::formats::xml::{Element, prose};

/// The article that `item` is.
pub(in crate::ingest) fn articles(item: Element<'_>, _around: Option<Element<'_>>) -> Vec<Article> {
    let line = |name| item.child(name).map(Element::line).unwrap_or_default();
    let metadata = item.child("metadata");
    let facts: Vec<Element<'_>> =
        metadata.into_iter().flat_map(|metadata| metadata.all("dc")).collect();
    let fact = |name: &str| {
        let mut found = facts.iter().filter(|fact| fact.attribute("element") == name);
        found.next().map_or("", |fact| fact.attribute("value")).to_owned()
    };
    let mut article = Article {
        title: first([line("headline"), line("title")]),
        body: item.child("text").map(|text| prose(text, |_| false)).unwrap_or_default(),
        dateline: line("dateline"),
        authors: names_in_byline(&line("byline")),
        outlet: first([fact("dc.source"), fact("dc.publisher")]),
        lang: item.attribute("lang").to_owned(),
        url: line("link"),
        ..Article::default()
    };
    let dates =
        [fact("dc.date.published"), item.attribute("date").to_owned(), fact("dc.date.created")];
    set_date(&mut article, dates);
    let id = item.attribute("itemid");
    if !id.is_empty() {
        article.guid = format!("rcv1:{id}");
    }
    for codes in metadata.into_iter().flat_map(|metadata| metadata.all("codes")) {
        for code in codes.all("code") {
            add(&mut article.tags, code.attribute("code").to_owned());
        }
    }
    vec![article]
}
