//! Reads the entries of feeds.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::value::value;
use super::vocabulary::{Vocabulary, vocabulary};
use super::wordpress::{is_published, post_text};
use crate::article::{Article, DateFrom};
use crate::ingest::ReadOptions;
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::{best_date, parse_date};
use crate::ingest::delivery::Delivery;
use crate::ingest::formats::html::plain_text;
use crate::ingest::formats::xml::{Element, read_records};
use crate::ingest::stream::Hints;

/// Elements that are entries, in RSS, Atom and CDF.
const ENTRIES: [&str; 2] = ["item", "entry"];

/// Authors of an entry that are taken, so that lists without end do not cost quadratic
/// time; bylines have hardly more than ten.
const MOST_AUTHORS: usize = 200;

/// Bytes of the longest name of a feed.
const LONGEST_NAME: usize = 1000;

/// Streams the entries of `source`. The part of an article is its number among them.
pub(in crate::ingest) fn read(
    source: impl BufRead,
    hints: &Hints<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    read_records(source, hints.encoding, &ENTRIES, articles, options, delivery)
}

fn articles(entry: Element<'_>, around: Option<Element<'_>>) -> Vec<Article> {
    let feed = around
        .map(|root| if is_holder(root) { root.child("channel").unwrap_or(root) } else { root });
    Item::of(entry).article(feed).into_iter().collect()
}

/// Whether `root` only holds the channel.
fn is_holder(root: Element<'_>) -> bool {
    root.is("rss") || root.is("RDF")
}

/// What an entry says, before it is known which of it counts.
#[derive(Default)]
struct Item {
    title: String,
    /// The candidates for the text, with their ranks.
    texts: Vec<(u8, String)>,
    /// The dates as written, with their ranks.
    dates: Vec<(u8, String)>,
    modified: String,
    authors: Vec<String>,
    tags: Vec<String>,
    section: String,
    url: String,
    guid: String,
    outlet: String,
    lang: String,
    post_type: String,
    status: String,
}

impl Item {
    fn of(entry: Element<'_>) -> Self {
        let mut item = Self {
            lang: entry.attribute("lang").to_owned(),
            url: entry.attribute("href").to_owned(),
            guid: entry.attribute("about").to_owned(),
            ..Self::default()
        };
        // Dates of CDF are attributes.
        item.dates.push((9, entry.attribute("lastmod").to_owned()));
        for child in entry.children() {
            let name = child.name().to_ascii_lowercase();
            match vocabulary(child, entry) {
                Vocabulary::Feed => item.take(child, &name),
                Vocabulary::DublinCore => item.take_dublin_core(child, &name),
                Vocabulary::WordPress => item.take_wordpress(child, &name),
                Vocabulary::Content if name == "encoded" => item.texts.push((0, child.text())),
                Vocabulary::Xhtml => item.texts.push((1, value(child))),
                Vocabulary::FeedBurner if name == "origlink" => item.url = child.line(),
                Vocabulary::Media if name == "keywords" => {
                    item.tags.extend(child.line().split(',').map(|tag| tag.trim().to_owned()));
                }
                _ => {}
            }
        }
        item
    }

    /// Takes an element of the vocabulary of feeds.
    fn take(&mut self, child: Element<'_>, name: &str) {
        match name {
            "title" if self.title.is_empty() => self.title = value(child),
            "content" | "body" | "fullitem" => self.texts.push((1, value(child))),
            "description" => self.texts.push((2, value(child))),
            "summary" | "abstract" => self.texts.push((3, value(child))),
            "pubdate" | "published" | "issued" => self.dates.push((0, child.line())),
            "created" => self.dates.push((3, child.line())),
            "updated" | "modified" => self.modified = child.line(),
            "author" => self.take_author(child),
            "category" => {
                let label = child.attribute("label");
                let term = if label.is_empty() { child.attribute("term") } else { label };
                let tag = if term.is_empty() { value(child) } else { term.to_owned() };
                self.take_category(tag, child.attribute("domain"));
            }
            "link" => self.take_link(child),
            "guid" | "id" => self.take_guid(child),
            "source" => {
                let title = child.child("title").map_or_else(|| child.line(), value);
                if !title.is_empty() {
                    self.outlet = title;
                }
            }
            "language" => self.lang = child.line(),
            _ => {}
        }
        if matches!(name, "content" | "title") && self.lang.is_empty() {
            self.lang = child.attribute("lang").to_owned();
        }
    }

    fn take_dublin_core(&mut self, child: Element<'_>, name: &str) {
        match name {
            "title" if self.title.is_empty() => self.title = value(child),
            "date" | "issued" => self.dates.push((1, child.line())),
            "created" => self.dates.push((3, child.line())),
            "modified" => self.modified = child.line(),
            "creator" | "author" => self.take_author(child),
            "subject" => self.tags.push(value(child)),
            "publisher" if self.outlet.is_empty() => self.outlet = person(&child.line()).to_owned(),
            "language" => self.lang = child.line(),
            "identifier" if self.guid.is_empty() => self.guid = child.line(),
            _ => {}
        }
    }

    fn take_wordpress(&mut self, child: Element<'_>, name: &str) {
        match name {
            "post_type" => self.post_type = child.line(),
            "status" => self.status = child.line(),
            // The day at the place of the paper stands before that of `pubDate`, in UTC.
            "post_date" => self.dates.insert(0, (0, child.line())),
            "post_modified" => self.modified = child.line(),
            _ => {}
        }
    }

    /// Takes an author: a name, or an address with the name in brackets.
    fn take_author(&mut self, child: Element<'_>) {
        let text = child.child("name").unwrap_or(child).line();
        for name in names_in_byline(person(&text)) {
            if self.authors.len() < MOST_AUTHORS && !self.authors.contains(&name) {
                self.authors.push(name);
            }
        }
    }

    fn take_category(&mut self, tag: String, domain: &str) {
        // The words of WordPress for its kinds of categories.
        if domain == "category" && self.section.is_empty() {
            self.section = tag;
        } else if !["nav_menu", "post_format", "author"].contains(&domain) {
            self.tags.push(tag);
        }
    }

    /// Takes the address of the article, not those of other forms or of pictures.
    fn take_link(&mut self, child: Element<'_>) {
        let is_page = matches!(child.attribute("rel"), "" | "alternate");
        let href = child.attribute("href");
        let address = if href.is_empty() { child.line() } else { href.to_owned() };
        if is_page && self.url.is_empty() {
            self.url = address;
        }
    }

    fn take_guid(&mut self, child: Element<'_>) {
        self.guid = child.line();
        let is_link = !child.attribute("isPermaLink").eq_ignore_ascii_case("false");
        if child.is("guid") && is_link && self.guid.starts_with("http") && self.url.is_empty() {
            self.url.clone_from(&self.guid);
        }
    }

    /// The article in the feed around it; none if it was not published.
    fn article(mut self, feed: Option<Element<'_>>) -> Option<Article> {
        if !is_published(&self.post_type, &self.status) {
            return None;
        }
        let feed_value = |name| {
            let child = feed.and_then(|feed| feed.child(name));
            child.filter(|child| child.text().len() <= LONGEST_NAME).map(value).unwrap_or_default()
        };
        self.dates.push((8, self.modified.clone()));
        self.dates.retain(|(_, text)| !text.is_empty());
        self.dates.sort_by_key(|(rank, _)| *rank);
        let (published, date_text) = best_date(self.dates.into_iter().map(|(_, text)| {
            let read = parse_date(&text);
            (text, read)
        }));
        let modified = parse_date(&self.modified).ok().or(published);
        let is_post = !self.post_type.is_empty();
        self.texts.sort_by_key(|(rank, _)| *rank);
        let body = self.texts.into_iter().find_map(|(rank, text)| {
            let text = match rank {
                0 if is_post => post_text(&text),
                0 => plain_text(&text).into_owned(),
                _ => text,
            };
            Some(text).filter(|text| !text.trim().is_empty())
        });
        if self.authors.is_empty() {
            self.authors = feed_authors(feed);
        }
        let lang =
            [self.lang, feed.map(|feed| feed.attribute("lang").to_owned()).unwrap_or_default()];
        let lang = lang.into_iter().find(|lang| !lang.is_empty());
        Some(Article {
            title: self.title,
            body: body.unwrap_or_default(),
            guid: unique(&self.guid, feed),
            version: modified.map_or(0, |date| date.timestamp().as_second()),
            url: self.url,
            outlet: if self.outlet.is_empty() { feed_value("title") } else { self.outlet },
            authors: self.authors,
            section: self.section,
            tags: self.tags,
            lang: lang.unwrap_or_else(|| feed_value("language")),
            published: published.map(|published| (published, DateFrom::Metadata)),
            date_text,
            ..Article::default()
        })
    }
}

/// The authors that stand for all entries of a feed of Atom.
fn feed_authors(feed: Option<Element<'_>>) -> Vec<String> {
    let author =
        feed.filter(|feed| feed.is("feed")).and_then(|feed| feed.path(&["author", "name"]));
    author.map(|name| names_in_byline(&name.line())).unwrap_or_default()
}

/// The name in `ann@gull.example (Ann Lee)` and `Ann Lee <ann@gull.example>`.
fn person(text: &str) -> &str {
    if let Some((before, rest)) = text.split_once('(')
        && before.contains('@')
    {
        return rest.split_once(')').map_or(rest, |(name, _)| name).trim();
    }
    match text.split_once('<') {
        Some((name, _)) if !name.trim().is_empty() => name.trim(),
        _ => text,
    }
}

/// `guid` as a name that no other feed gives: one that is no address of any kind stands
/// behind that of its feed.
fn unique(guid: &str, feed: Option<Element<'_>>) -> String {
    let link =
        feed.and_then(|feed| feed.all("link").map(Element::line).find(|link| !link.is_empty()));
    let home = link.or_else(|| feed.and_then(|feed| feed.child("title")).map(Element::line));
    let home = home.unwrap_or_default();
    let bare = |address: &str| address.trim_end_matches('/').to_owned();
    // The address of the whole feed names none of its items.
    if guid.is_empty() || bare(guid) == bare(&home) {
        return String::new();
    }
    match (guid.contains(':'), home.as_str()) {
        (true, _) => guid.to_owned(),
        (false, "") => String::new(),
        (false, home) => format!("{home}#{guid}"),
    }
}

#[cfg(test)]
mod tests {
    use super::person;

    #[test]
    fn addresses_are_no_names() {
        for (text, name) in [
            ("ann@gull.example (Ann Lee)", "Ann Lee"),
            ("Ann Lee <ann@gull.example>", "Ann Lee"),
            ("Ann Lee (The Gull)", "Ann Lee (The Gull)"),
            ("ann@gull.example", "ann@gull.example"),
            ("<ann@gull.example>", "<ann@gull.example>"),
        ] {
            assert_eq!(person(text), name);
        }
    }
}
