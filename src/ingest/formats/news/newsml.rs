//! NewsML 1: `NewsItem` elements, whose components nest and may give the same story in
//! several languages, each of which is an article.

use super::nitf;
use super::values::{add, date, first, set_date, status};
use crate::article::{Article, Status};
use crate::ingest::byline::names_in_byline;
use crate::ingest::formats::html::plain_text;
use crate::ingest::formats::xml::{Element, Piece, prose};

/// Roles of components that are the story.
const MAIN_ROLES: [&str; 4] = ["main", "body", "maintext", "story"];

/// Roles of components with text that is no part of the story.
const SIDE_ROLES: [&str; 9] = [
    "stylesheet",
    "subheadline",
    "headline",
    "contact",
    "caption",
    "logo",
    "photo",
    "summary",
    "abstract",
];

/// Languages of one item that are told apart; wires of news have up to ten.
const MOST_LANGUAGES: usize = 100;

/// What the components around a text say, the inner ones before the outer.
#[derive(Clone, Copy, Default)]
struct Setting<'t> {
    role: &'t str,
    lang: &'t str,
    title: Option<Element<'t>>,
    byline: Option<Element<'t>>,
    dateline: Option<Element<'t>>,
}

/// The articles of `item`, one in each of its languages.
pub(in crate::ingest) fn articles(item: Element<'_>, around: Option<Element<'_>>) -> Vec<Article> {
    let shared = shared(item, around);
    let mut articles: Vec<Article> = Vec::new();
    for (setting, content) in story_texts(item) {
        let known = articles.iter().position(|article| article.lang == setting.lang);
        if known.is_none() && articles.len() < MOST_LANGUAGES {
            articles.push(with_setting(&shared, setting));
        }
        let place = known.unwrap_or(articles.len().saturating_sub(1));
        push_content(&mut articles[place], content);
    }
    // One keeps the name, the same in every revision: what has no text takes only that back.
    let main = articles.iter().map(|article| article.lang.clone()).min().unwrap_or_default();
    let others = articles.iter_mut().filter(|article| article.lang != main);
    for article in others.filter(|article| !article.guid.is_empty()) {
        article.guid = format!("{}#{}", article.guid, article.lang);
    }
    if articles.is_empty() {
        let component = item.child("NewsComponent");
        let setting = component.map(|component| inner(Setting::default(), component));
        articles.push(with_setting(&shared, setting.unwrap_or_default()));
    }
    articles
}

/// What all texts of an item have in common.
fn shared(item: Element<'_>, around: Option<Element<'_>>) -> Article {
    let identifier = item.path(&["Identification", "NewsIdentifier"]);
    let part = |name| {
        identifier
            .and_then(|identifier| identifier.child(name))
            .map(Element::line)
            .unwrap_or_default()
    };
    let management = item.child("NewsManagement");
    let managed = |name| management.and_then(|management| management.child(name));
    let envelope = around.and_then(|root| root.child("NewsEnvelope"));
    let mut article =
        Article { version: part("RevisionId").parse().unwrap_or_default(), ..Article::default() };
    if !part("NewsItemId").is_empty() && !part("ProviderId").is_empty() {
        let names = [part("ProviderId"), part("DateId"), part("NewsItemId")];
        article.guid = format!("urn:newsml:{}", names.join(":"));
    }
    let sender = envelope.and_then(|envelope| envelope.path(&["SentFrom", "Party"]));
    let provider = item.find("Provider").and_then(|provider| provider.child("Party"));
    article.outlet = first([
        provider.map(formal_name).unwrap_or_default(),
        sender.map(formal_name).unwrap_or_default(),
        item.find("CreditLine").map(Element::line).unwrap_or_default(),
        part("ProviderId"),
    ]);
    let text_of = |element: Option<Element<'_>>| element.map(Element::line).unwrap_or_default();
    set_date(
        &mut article,
        [
            text_of(managed("FirstCreated")),
            text_of(managed("ThisRevisionCreated")),
            text_of(envelope.and_then(|envelope| envelope.child("DateAndTime"))),
            part("DateId"),
        ],
    );
    article.status = status(&managed("Status").map(formal_name).unwrap_or_default());
    let change = managed("StatusWillChange").and_then(|change| change.child("DateAndTime"));
    if article.status == Status::Embargoed {
        article.embargoed_until = change.and_then(|change| date(&change.line()).ok());
    }
    fill_topics(&mut article, item);
    article
}

/// Fills tags and places from all metadata of `item`.
fn fill_topics(article: &mut Article, item: Element<'_>) {
    for line in item.outermost(|inner| inner.is("KeywordLine")) {
        add(&mut article.tags, line.line());
    }
    for inner in item.descendants() {
        let name = inner.attribute("FormalName");
        let value = inner.attribute("Value");
        let is_place =
            ["Country", "State", "Region", "City"].iter().any(|kind| name.contains(kind));
        if inner.is("Property") && name.contains("Keyword") {
            add(if is_place { &mut article.places } else { &mut article.tags }, value.to_owned());
        } else if inner.is("Location") {
            for property in inner.all("Property") {
                add(&mut article.places, property.attribute("Value").to_owned());
            }
        }
    }
}

fn with_setting(shared: &Article, setting: Setting<'_>) -> Article {
    let line = |element: Option<Element<'_>>| element.map(Element::line).unwrap_or_default();
    Article {
        title: line(setting.title),
        lang: setting.lang.to_owned(),
        authors: names_in_byline(&line(setting.byline)),
        dateline: line(setting.dateline),
        ..shared.clone()
    }
}

/// The texts of `item` that are the story, in order.
fn story_texts(item: Element<'_>) -> Vec<(Setting<'_>, Element<'_>)> {
    let mut settings: Vec<Setting<'_>> = Vec::new();
    let mut texts = Vec::new();
    item.walk(
        // What stands inside a content is part of it.
        |inner| {
            ["NewsLines", "DescriptiveMetadata", "DataContent"].iter().any(|name| inner.is(name))
        },
        |piece| match piece {
            Piece::Open(element) if element.is("NewsComponent") => {
                let outer = settings.last().copied().unwrap_or_default();
                settings.push(inner(outer, element));
            }
            Piece::Close(element) if element.is("NewsComponent") => {
                settings.pop();
            }
            Piece::Open(element) if element.is("ContentItem") && is_text(element) => {
                let setting = settings.last().copied().unwrap_or_default();
                texts.extend(element.all("DataContent").map(|content| (setting, content)));
            }
            _ => {}
        },
    );
    let has_role = |setting: &Setting<'_>, roles: &[&str]| {
        roles.iter().any(|role| setting.role.eq_ignore_ascii_case(role))
    };
    if texts.iter().any(|(setting, _)| has_role(setting, &MAIN_ROLES)) {
        texts.retain(|(setting, _)| has_role(setting, &MAIN_ROLES));
    } else {
        texts.retain(|(setting, _)| !has_role(setting, &SIDE_ROLES));
    }
    texts
}

/// The setting inside `component`.
fn inner<'t>(outer: Setting<'t>, component: Element<'t>) -> Setting<'t> {
    let lines = component.child("NewsLines");
    let line = |name: &str| lines.and_then(|lines| lines.child(name));
    let known = |text: &'t str, outer: &'t str| if text.is_empty() { outer } else { text };
    let formal =
        |path: &[&str]| component.path(path).map_or("", |named| named.attribute("FormalName"));
    let language = known(formal(&["DescriptiveMetadata", "Language"]), component.attribute("lang"));
    Setting {
        role: known(formal(&["Role"]), outer.role),
        lang: known(language, outer.lang),
        title: line("HeadLine").or(outer.title),
        byline: line("ByLine").or(outer.byline),
        dateline: line("DateLine").or(outer.dateline),
    }
}

/// Whether the content of an item is text to be read.
fn is_text(item: Element<'_>) -> bool {
    let kinds = ["MimeType", "Format", "MediaType"]
        .map(|name| item.child(name).map(formal_name).unwrap_or_default());
    let is_other = |kind: &String| {
        let kind = kind.to_ascii_lowercase();
        kind.contains("css")
            || kind.starts_with("image")
            || kind.starts_with("video")
            || kind.starts_with("audio")
    };
    !kinds.iter().any(is_other)
}

/// Adds the text of `content` to `article`.
fn push_content(article: &mut Article, content: Element<'_>) {
    let mut piece = Article { title: article.title.clone(), ..Article::default() };
    if let Some(document) = content.find("nitf") {
        nitf::fill_from_body(&mut piece, document);
    } else if content.children().next().is_some() {
        piece.body = prose(content, |_| false);
    } else {
        piece.body = plain_text(&content.text()).into_owned();
    }
    article.title = piece.title;
    if article.authors.is_empty() {
        article.authors = piece.authors;
    }
    if article.dateline.is_empty() {
        article.dateline = piece.dateline;
    }
    if !article.body.is_empty() && !piece.body.is_empty() {
        article.body.push_str("\n\n");
    }
    article.body.push_str(&piece.body);
}

/// The name by which `element` is known in its vocabulary, or its name in words.
fn formal_name(element: Element<'_>) -> String {
    let name = element.child("Name").map(Element::line);
    first([name.unwrap_or_default(), element.attribute("FormalName").to_owned()])
}
