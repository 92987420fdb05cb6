//! Dumps of wikis in XML, as MediaWiki exports them: Wikinews above all.
//!
//! `xml` reads the stream, `wikitext` turns the text of a page into plain text. A
//! page is an article if it is in the main namespace and leads to no other. The time
//! of its last change is not that of its publication, and is not taken for it.

mod wikitext;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use self::wikitext::{Namespaces, Page, read_page};
use super::xml::{Element, Records, Tree};
use crate::article::{Article, DateFrom, Doubt, Precision};
use crate::ingest::dates::parse_date;
use crate::ingest::delivery::Delivery;

/// Streams the articles of `source`, each page of at most `limit_bytes` with all its
/// versions. The part of an article is the number of its page in the wiki.
pub(crate) fn read(
    source: &mut dyn BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut records = Records::new(source, None, &["page"], limit_bytes)?;
    let mut site = None;
    while let Some(record) = records.next()? {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                delivery.report(fault);
                continue;
            }
        };
        let site = site.get_or_insert_with(|| Site::of(records.context()));
        let page = record.tree.root();
        if let Some(mut article) = page.and_then(|page| site.article(page)) {
            if record.is_guessed {
                article.doubt(Doubt::GuessedEncoding);
            }
            if delivery.give(article, record.line).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// What a dump says of its wiki.
struct Site {
    name: String,
    /// The name of its database, which no other wiki of the same keeper has.
    database: String,
    lang: String,
    /// What stands before the name of a page in its address.
    base: String,
    /// The name of the page that leads to the others.
    main_page: String,
    namespaces: Namespaces,
}

impl Site {
    fn of(context: &Tree) -> Self {
        let root = context.root();
        let info = root.and_then(|root| root.child("siteinfo"));
        let line =
            |name| info.and_then(|info| info.child(name)).map(Element::line).unwrap_or_default();
        let base = line("base");
        let (folder, main_page) = base.rsplit_once('/').unwrap_or_default();
        let spaces = info.and_then(|info| info.child("namespaces"));
        let named = spaces.into_iter().flat_map(|spaces| spaces.all("namespace"));
        Self {
            name: line("sitename"),
            database: line("dbname"),
            lang: root.map_or("", |root| root.attribute("lang")).to_owned(),
            base: folder.to_owned(),
            main_page: main_page.replace('_', " "),
            namespaces: Namespaces::new(
                named.map(|space| (space.attribute("key").to_owned(), space.line())),
            ),
        }
    }

    /// The article of a page, if it is one.
    fn article(&self, page: Element<'_>) -> Option<Article> {
        let line = |name| page.child(name).map(Element::line).unwrap_or_default();
        let title = line("title");
        let is_main = matches!(line("ns").as_str(), "" | "0");
        if !is_main || page.child("redirect").is_some() || title == self.main_page {
            return None;
        }
        let of = |revision: Element<'_>, name| revision.child(name).map(Element::line);
        let revision = page.all("revision").max_by_key(|revision| of(*revision, "timestamp"))?;
        let text = revision.child("text")?.text();
        if text.trim_start().starts_with('#') {
            // An old way to lead to another page: `#REDIRECT [[…]]`.
            return None;
        }
        let page = read_page(&text, &self.namespaces);
        let number = line("id");
        let keeper = if self.database.is_empty() { &self.name } else { &self.database };
        let mut article = Article {
            guid: if keeper.is_empty() || number.is_empty() {
                String::new()
            } else {
                format!("{keeper}:{number}")
            },
            version: of(revision, "id").and_then(|id| id.parse().ok()).unwrap_or_default(),
            part: number,
            url: self.address(&title),
            title,
            outlet: self.name.clone(),
            lang: self.lang.clone(),
            ..Article::default()
        };
        fill(&mut article, page);
        Some(article)
    }

    /// The address of the page `title`; empty where the dump does not name its wiki's.
    fn address(&self, title: &str) -> String {
        if self.base.is_empty() {
            return String::new();
        }
        let name = title.replace(' ', "_").replace('%', "%25").replace('?', "%3F");
        format!("{}/{}", self.base, name.replace('#', "%23"))
    }
}

/// Fills what the text of the page says. Its date is that of its template, else of a
/// category that is a day, as Wikinews has one for every article.
fn fill(article: &mut Article, page: Page) {
    article.body = page.text;
    article.dateline = page.place;
    let mut dates = page.dates;
    for category in page.categories {
        match parse_date(&category) {
            Ok(day) if day.precision >= Precision::Day => dates.push(category),
            _ => article.tags.push(category),
        }
    }
    let published = dates.iter().find_map(|date| parse_date(date).ok());
    article.published = published.map(|published| (published, DateFrom::Metadata));
    if published.is_none() {
        article.date_text = dates.into_iter().next().unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use crate::ingest::formats::shown;
    use crate::ingest::{ReadOptions, read_from};

    const DUMP: &str = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" xml:lang="en">
<siteinfo><sitename>Gullnews</sitename><dbname>engull</dbname>
<base>https://en.gull.example/wiki/Main_Page</base>
<namespaces><namespace key="0" /><namespace key="14">Kategorie</namespace></namespaces></siteinfo>
<page><title>Main Page</title><ns>0</ns><id>1</id><revision><id>1</id><text>Hello</text></revision></page>
<page><title>Talk:Rain</title><ns>1</ns><id>2</id><revision><id>2</id><text>Hello</text></revision></page>
<page><title>Rain?</title><ns>0</ns><id>3</id><redirect title="Rain in Lorne" /><revision><id>3</id><text>#REDIRECT [[Rain in Lorne]]</text></revision></page>
<page><title>Rain in Lorne?</title><ns>0</ns><id>4</id>
<revision><id>9</id><timestamp>2023-05-06T00:00:00Z</timestamp><text>{{date|May 4, 2023}}
It '''rains''' in [[Lorne]].
[[Kategorie:Weather]] [[Category:May 4, 2023]]</text></revision>
<revision><id>5</id><timestamp>2023-05-04T00:00:00Z</timestamp><text>Draft</text></revision></page>
<page><title>Undated</title><ns>0</ns><id>5</id><revision><id>6</id><timestamp>2023-05-04T00:00:00Z</timestamp><text>Text.</text></revision></page>
</mediawiki>"#;

    #[test]
    fn the_last_version_of_articles_is_read() {
        let mut out = String::new();
        let reading =
            read_from("a.xml", DUMP.as_bytes(), &ReadOptions::default(), &mut |article| {
                out.push_str(&format!(
                    "{}\n{} {}\n--\n",
                    shown(&article),
                    article.guid,
                    article.version
                ));
                ControlFlow::Continue(())
            });
        assert!(reading.unwrap().trouble.is_none());
        insta::assert_snapshot!(out, @r"
        part = 4
        title = Rain in Lorne?
        url = https://en.gull.example/wiki/Rain_in_Lorne%3F
        outlet = Gullnews
        tags = Weather
        lang = en
        published = 2023-05-04 (metadata)
        guid = engull:4
        version = 9

        It rains in Lorne.
        engull:4 9
        --
        part = 5
        title = Undated
        url = https://en.gull.example/wiki/Undated
        outlet = Gullnews
        lang = en
        guid = engull:5
        version = 6

        Text.
        engull:5 6
        --
        ");
    }
}
