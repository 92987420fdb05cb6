//! NITF, the News Industry Text Format, also in the form of the annotated corpus of The
//! New York Times.

use super::values::{add, date, first, set_date, status};
use crate::article::{Article, Status};
use crate::ingest::byline::names_in_byline;
use crate::ingest::formats::xml::{Element, prose};

/// Classifiers of the Times that say what kind of text it is rather than its topic, or
/// that repeat the others as a path.
const NO_TOPICS: [&str; 2] = ["taxonomic_classifier", "types_of_material"];

/// The article that `nitf` is.
pub(in crate::ingest) fn articles(nitf: Element<'_>, _around: Option<Element<'_>>) -> Vec<Article> {
    let mut article = Article::default();
    if let Some(head) = nitf.child("head") {
        fill_from_head(&mut article, head);
    }
    fill_from_body(&mut article, nitf);
    article.lang = nitf.attribute("lang").to_owned();
    vec![article]
}

/// Fills title, text, authors and dateline from the body of `nitf`, as far as they are not
/// known from around it.
pub(super) fn fill_from_body(article: &mut Article, nitf: Element<'_>) {
    let Some(body) = nitf.child("body") else { return };
    let head = body.child("body.head");
    let in_head = |name| head.and_then(|head| head.child(name));
    if article.title.is_empty() {
        let hedline = in_head("hedline");
        let heading = hedline.map(|hedline| hedline.child("hl1").unwrap_or(hedline).line());
        let title = nitf.path(&["head", "title"]).map(Element::line);
        article.title = first([heading, title].into_iter().flatten());
    }
    if article.authors.is_empty() {
        article.authors = authors(head);
    }
    if article.dateline.is_empty() {
        article.dateline = in_head("dateline").map(Element::line).unwrap_or_default();
    }
    article.body = text(body);
    if article.body.is_empty() {
        article.body = in_head("abstract").map(|inner| prose(inner, |_| false)).unwrap_or_default();
    }
}

/// The text of the story; where there is none, what is said of its pictures.
fn text(body: Element<'_>) -> String {
    let Some(content) = body.child("body.content") else { return String::new() };
    // The Times gives the first paragraph once more, in a block of its own.
    let full = content.all("block").find(|block| block.attribute("class") == "full_text");
    let is_lead = |inner: Element<'_>| {
        inner.is("block") && inner.attribute("class").ends_with("lead_paragraph")
    };
    let text = prose(full.unwrap_or(content), is_lead);
    if !text.is_empty() {
        return text;
    }
    let lead = prose(content, |_| false);
    if !lead.is_empty() {
        return lead;
    }
    let captions = content.descendants().filter(|inner| inner.is("media-caption"));
    captions.map(|caption| prose(caption, |_| false)).collect::<Vec<_>>().join("\n\n")
}

/// The names in the bylines of `head`.
fn authors(head: Option<Element<'_>>) -> Vec<String> {
    let Some(head) = head else { return Vec::new() };
    let mut authors = Vec::new();
    let is_turned = |byline: &Element<'_>| byline.attribute("class") == "normalized_byline";
    for byline in head.all("byline").filter(|byline| !is_turned(byline)) {
        let persons: Vec<String> = byline.all("person").map(Element::line).collect();
        let text =
            prose(byline, |inner| inner.is("byttl") || inner.is("location") || inner.is("virtloc"));
        let names = if persons.is_empty() { names_in_byline(&text) } else { persons };
        for name in names {
            add(&mut authors, name);
        }
    }
    authors
}

/// Fills what stands in the head: dates, names, topics and the name of the document.
fn fill_from_head(article: &mut Article, head: Element<'_>) {
    let docdata = head.child("docdata");
    let in_docdata = |name| docdata.and_then(|docdata| docdata.child(name));
    let attribute = |name, attribute| {
        in_docdata(name).map_or("", |element| element.attribute(attribute)).to_owned()
    };
    let pubdata: Vec<Element<'_>> = head.all("pubdata").collect();
    let of_pubdata =
        |name: &str| first(pubdata.iter().map(|pubdata| pubdata.attribute(name).to_owned()));
    let meta = |name: &str| {
        let mut found = head.all("meta").filter(|meta| meta.attribute("name") == name);
        found.next().map_or("", |meta| meta.attribute("content")).to_owned()
    };
    let parts =
        [meta("publication_year"), meta("publication_month"), meta("publication_day_of_month")];
    set_date(
        article,
        [
            of_pubdata("date.publication"),
            attribute("date.issue", "norm"),
            parts.join("-").trim_matches('-').to_owned(),
            attribute("date.release", "norm"),
        ],
    );
    article.outlet = first([
        of_pubdata("name"),
        attribute("doc.copyright", "holder"),
        attribute("doc.rights", "owner"),
    ]);
    article.url = of_pubdata("ex-ref");
    let section = first([of_pubdata("position.section"), meta("online_sections"), meta("dsk")]);
    article.section = section.split(';').next().unwrap_or_default().trim().to_owned();
    let id = attribute("doc-id", "id-string");
    let scheme = first([attribute("doc-id", "regsrc"), article.outlet.clone()]);
    // Without whoever names it so, it is no name.
    if !id.is_empty() && !scheme.is_empty() {
        article.guid = format!("{scheme}:{id}");
    }
    article.version = attribute("du-key", "version").parse().unwrap_or_default();
    article.status = status(docdata.map_or("", |docdata| docdata.attribute("management-status")));
    if article.status == Status::Embargoed {
        article.embargoed_until = date(&attribute("date.release", "norm")).ok();
    }
    fill_topics(article, head, docdata);
}

/// Fills the tags and the names that a head lists.
fn fill_topics(article: &mut Article, head: Element<'_>, docdata: Option<Element<'_>>) {
    for subject in head.descendants().filter(|inner| inner.is("tobject.subject")) {
        let words = ["detail", "matter", "type"]
            .map(|part| subject.attribute(&format!("tobject.subject.{part}")).to_owned());
        add(&mut article.tags, first(words));
    }
    let Some(docdata) = docdata else { return };
    let is_topic = |inner: Element<'_>| {
        ["keyword", "classifier", "person", "org", "location", "evloc"].contains(&inner.name())
    };
    for inner in docdata.outermost(is_topic) {
        match inner.name() {
            "keyword" => add(&mut article.tags, inner.attribute("key").trim().to_owned()),
            "classifier" if !NO_TOPICS.contains(&inner.attribute("type")) => {
                add(&mut article.tags, first([inner.line(), inner.attribute("value").to_owned()]));
            }
            "person" => add(&mut article.people, inner.line()),
            "org" => add(&mut article.organizations, inner.line()),
            "location" => add(&mut article.places, inner.line()),
            "evloc" => add(&mut article.places, inner.attribute("city").to_owned()),
            _ => {}
        }
    }
}
