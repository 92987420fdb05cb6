//! NewsML-G2: `newsItem` elements, alone or in a `newsMessage`. Packages, plans and
//! concepts have no text and are no articles.

use super::nitf;
use super::values::{add, date, first, set_date, status};
use crate::article::{Article, Status};
use crate::ingest::byline::names_in_byline;
use crate::ingest::formats::html::plain_text;
use crate::ingest::formats::xml::{Element, prose};

/// The article that `item` is; none if it has no text of any kind.
pub(in crate::ingest) fn articles(item: Element<'_>, _around: Option<Element<'_>>) -> Vec<Article> {
    let mut article = Article {
        guid: item.attribute("guid").to_owned(),
        version: item.attribute("version").parse().unwrap_or_default(),
        ..Article::default()
    };
    let meta = item.child("itemMeta");
    let content = item.child("contentMeta");
    fill_from_item_meta(&mut article, item, meta, content);
    if let Some(content) = content {
        fill_from_content_meta(&mut article, content);
    }
    fill_text(&mut article, item, content);
    if article.title.is_empty() {
        article.title = line(meta, "title");
    }
    if article.lang.is_empty() {
        article.lang = item.attribute("lang").to_owned();
    }
    vec![article]
}

/// Fills what is said of the item: provider, state and dates.
fn fill_from_item_meta(
    article: &mut Article,
    item: Element<'_>,
    meta: Option<Element<'_>>,
    content: Option<Element<'_>>,
) {
    set_date(
        article,
        [line(content, "contentCreated"), line(meta, "firstCreated"), line(meta, "versionCreated")],
    );
    let provider = meta.and_then(|meta| meta.child("provider"));
    let holder = item.path(&["rightsInfo", "copyrightHolder"]);
    article.outlet = first([
        provider.map(name).unwrap_or_default(),
        holder.map(name).unwrap_or_default(),
        provider.map(|provider| code(provider).to_owned()).unwrap_or_default(),
        provider.map(|provider| provider.attribute("literal").to_owned()).unwrap_or_default(),
    ]);
    let state = meta.and_then(|meta| meta.child("pubStatus"));
    let state = state.map(|state| {
        first([state.attribute("qcode").to_owned(), state.attribute("uri").to_owned()])
    });
    article.status = status(&state.unwrap_or_default());
    let embargo = line(meta, "embargoed");
    if article.status == Status::Usable
        && meta.is_some_and(|meta| meta.child("embargoed").is_some())
    {
        article.status = Status::Embargoed;
    }
    if article.status == Status::Embargoed {
        article.embargoed_until = date(&embargo).ok();
    }
}

/// Fills what is said of the content: headline, authors, names and topics.
fn fill_from_content_meta(article: &mut Article, content: Element<'_>) {
    article.title = line(Some(content), "headline");
    let located = content.child("located").map(name).unwrap_or_default();
    article.dateline = first([line(Some(content), "dateline"), located]);
    let language = content.child("language").map(|language| language.attribute("tag").to_owned());
    article.lang = language.unwrap_or_default();
    let is_person = |creator: &Element<'_>| {
        kind(*creator) != "organisation" && creator.child("organisationDetails").is_none()
    };
    for creator in content.all("creator").filter(is_person) {
        for name in names_in_byline(&name(creator)) {
            add(&mut article.authors, name);
        }
    }
    let byline = line(Some(content), "by");
    if !byline.is_empty() {
        article.authors = names_in_byline(&byline);
    }
    for subject in content.all("subject") {
        let concept = subject.child("mainConcept").unwrap_or(subject);
        let name = name(concept);
        match kind(subject).as_str() {
            "person" => add(&mut article.people, name),
            "organisation" | "organization" => add(&mut article.organizations, name),
            "geoArea" | "poi" => add(&mut article.places, name),
            _ => add(&mut article.tags, name),
        }
    }
    for keyword in content.all("keyword") {
        add(&mut article.tags, keyword.line());
    }
}

/// Fills the text: that of the item, else what is said of its pictures.
fn fill_text(article: &mut Article, item: Element<'_>, content: Option<Element<'_>>) {
    for inline in item.child("contentSet").into_iter().flat_map(Element::children) {
        if inline.is("inlineXML") {
            for document in inline.children() {
                if document.is("nitf") {
                    nitf::fill_from_body(article, document);
                } else {
                    article.body = prose(document, |_| false);
                }
            }
        } else if inline.is("inlineData") {
            article.body = plain_text(&inline.text()).into_owned();
        }
        if !article.body.trim().is_empty() {
            return;
        }
    }
    let descriptions = content.into_iter().flat_map(|content| content.all("description"));
    let texts: Vec<String> = descriptions.map(Element::line).collect();
    article.body = texts.join("\n\n");
}

/// The text of the first child of `element` that is called `name`.
fn line(element: Option<Element<'_>>, name: &str) -> String {
    element.and_then(|element| element.child(name)).map(Element::line).unwrap_or_default()
}

/// The name of a concept, in the first language that is given.
fn name(concept: Element<'_>) -> String {
    line(Some(concept), "name")
}

/// What kind of concept it is, without the scheme: `person` of `cpnat:person`.
fn kind(concept: Element<'_>) -> String {
    let kind =
        first([concept.attribute("type").to_owned(), concept.attribute("typeuri").to_owned()]);
    kind.rsplit([':', '/']).next().unwrap_or_default().to_owned()
}

/// The code of a concept without its scheme: `AcmeNews` of `nprov:AcmeNews`.
fn code(concept: Element<'_>) -> &str {
    let code = concept.attribute("qcode");
    code.split_once(':').map_or(code, |(_, code)| code)
}
