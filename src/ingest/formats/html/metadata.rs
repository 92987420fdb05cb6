//! What a page says of itself: JSON-LD, Open Graph and other `meta` elements,
//! `time`, and the elements that show the title.

use scraper::Html;
use serde_json::{Map, Value};

use super::authors::{self, Trust, is_name};
use super::elements::Elements;
use super::published::{self, Clues};
use super::title::{Titles, title};
use crate::article::Article;
use crate::ingest::byline::names_in_byline;
use crate::ingest::formats::json::parse;
use crate::ingest::formats::json::value::{self, Comma};
use crate::ingest::stream::Hints;

/// Names of `meta` elements, most telling first. They are those of Open Graph,
/// Dublin Core, Parse.ly, Sailthru, schema.org and of the large outlets.
const TITLES: [&str; 5] = ["og:title", "twitter:title", "headline", "dc.title", "parsely-title"];
const AUTHORS: [&str; 7] = [
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "byline",
];
const OUTLETS: [&str; 4] = ["og:site_name", "publisher", "dc.publisher", "application-name"];
const SECTIONS: [&str; 3] = ["article:section", "parsely-section", "section"];
const LANGUAGES: [&str; 4] = ["og:locale", "content-language", "dc.language", "language"];
const TAGS: [&str; 5] =
    ["article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"];

/// Endings of the schema.org types that are articles.
const ARTICLE_TYPES: [&str; 3] = ["Article", "Posting", "Report"];

/// What a page claims to be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Claims {
    /// It is an article.
    pub(super) is_article: bool,
    /// It is not free to read.
    pub(super) is_closed: bool,
}

/// The fields of the article that the page states; all but the text. The
/// page's headings are `headings`.
pub(super) fn read(
    document: &Html,
    elements: &Elements<'_>,
    headings: Vec<(u8, &str)>,
    hints: &Hints<'_>,
) -> (Article, Claims) {
    let meta = Meta(&elements.meta);
    let linked_objects = Linked::of(&elements.linked);
    let linked = linked_objects.article();
    let of_linked = |key: &str| linked.and_then(|article| article.get(key));
    let linked_text = |key| of_linked(key).map(value::first_text).unwrap_or_default();
    let mut article = Article {
        outlet: first_of([
            meta.first(&OUTLETS[..1]),
            linked_text("publisher"),
            meta.first(&OUTLETS),
        ]),
        url: first_of([
            elements.canonical.to_owned(),
            meta.first(&["og:url"]),
            hints.url.to_owned(),
        ]),
        section: first_of([linked_text("articleSection"), meta.first(&SECTIONS)]),
        lang: first_of([
            elements.lang.to_owned(),
            linked_text("inLanguage"),
            meta.first(&LANGUAGES),
        ]),
        tags: meta.all(&TAGS),
        ..Article::default()
    };
    article.authors = authors(&linked_objects, &meta, elements, &article.outlet);
    if article.tags.is_empty() {
        let keywords = of_linked("keywords").map(|tags| value::list(tags, Comma::Separates));
        article.tags = keywords.unwrap_or_default();
    }
    let stated = [linked_text("headline")].into_iter().chain(meta.each(&TITLES));
    article.title = title(&Titles {
        stated: stated.map(|title| value_text(&title)).filter(|title| !title.is_empty()).collect(),
        element: &elements.title,
        headings,
        outlet: &article.outlet,
        url: &article.url,
    });
    let clues = Clues {
        title: &article.title,
        url: &article.url,
        lang: &article.lang,
        captured: hints.captured,
    };
    let finding = published::find(document, &linked_objects.0, &clues);
    article.published = finding.chosen;
    article.rival_dates = finding.rivals;
    article.date_text = finding.unread;
    let claims = Claims {
        is_article: linked.is_some() || meta.first(&["og:type"]).eq_ignore_ascii_case("article"),
        is_closed: of_linked("isAccessibleForFree").is_some_and(is_false),
    };
    (article, claims)
}

fn is_false(value: &Value) -> bool {
    value == &Value::Bool(false)
        || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false"))
}

/// Who wrote the article: as JSON-LD, the elements of the page or those of
/// its head say, where that is no site.
fn authors(linked: &Linked, meta: &Meta<'_>, elements: &Elements<'_>, outlet: &str) -> Vec<String> {
    let is_outlet = |name: &str| same(name, outlet);
    let sources: [&dyn Fn() -> Vec<String>; 4] = [
        &|| linked.authors(),
        &|| meta.names(&AUTHORS),
        &|| authors::names(&elements.authors, Trust::Stated),
        &|| authors::names(&elements.bylines, Trust::Guessed),
    ];
    let mut desks = Vec::new();
    for source in sources {
        let names = source().into_iter().filter(|name| !is_site(name));
        let (people, others): (Vec<_>, Vec<_>) =
            names.partition(|name| is_name(name) && !is_outlet(name));
        if !people.is_empty() {
            return people;
        }
        if desks.is_empty() {
            desks = others;
        }
    }
    desks
}

/// Whether two names have the same letters and digits.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}

/// Whether a name is that of a site or of its program.
fn is_site(name: &str) -> bool {
    let is_address = name.contains("://") || name.contains("www.") || name.contains('@');
    is_address || authors::is_address(name) || name.eq_ignore_ascii_case("admin")
}

/// Entities that were escaped twice are common in JSON-LD.
fn value_text(text: &str) -> String {
    super::plain_text(text).into_owned()
}

fn first_of<const N: usize>(texts: [String; N]) -> String {
    texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// The `meta` elements: name in lower case, and content.
struct Meta<'d>(&'d [(String, &'d str)]);

impl Meta<'_> {
    /// The contents under each of `names`, in the order of `names`.
    fn each(&self, names: &[&str]) -> impl Iterator<Item = String> {
        names.iter().flat_map(|name| {
            let named = self.0.iter().filter(move |(known, _)| known == name);
            named.map(|(_, content)| (*content).to_owned())
        })
    }

    fn first(&self, names: &[&str]) -> String {
        self.each(names).next().unwrap_or_default()
    }

    /// All members of the lists under the first name that has some.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let lists = names.iter().map(|name| {
            let contents = self.each(&[name]).collect::<Vec<_>>();
            contents
                .iter()
                .flat_map(|content| content.split([',', ';']))
                .map(|tag| tag.trim().to_owned())
                .collect()
        });
        { lists }.find(|list: &Vec<String>| !list.is_empty()).unwrap_or_default()
    }

    /// The names under the first name that has some; addresses are none.
    fn names(&self, names: &[&str]) -> Vec<String> {
        let bylines = self.each(names).filter(|byline| !byline.contains("://"));
        { bylines }
            .map(|byline| names_in_byline(&byline))
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    }
}

/// The objects of all JSON-LD scripts.
struct Linked(Vec<Map<String, Value>>);

impl Linked {
    fn of(scripts: &[String]) -> Self {
        let mut objects = Vec::new();
        for script in scripts {
            let text = script.replace("<![CDATA[", "").replace("]]>", "");
            // Some pages put comments or CDATA around, or a semicolon behind.
            let start = text.find(['{', '[']).unwrap_or(text.len());
            let end = text.rfind(['}', ']']).map_or(start, |end| end + 1);
            if let Some(Ok(value)) = text.get(start..end).map(parse) {
                push_objects(value, &mut objects);
            }
        }
        Self(objects)
    }

    /// The authors of the article; those that it only refers to are found by
    /// their `@id`.
    fn authors(&self) -> Vec<String> {
        let authors = self.article().and_then(|article| article.get("author"));
        let each = match authors {
            Some(Value::Array(authors)) => authors.as_slice(),
            Some(author) => std::slice::from_ref(author),
            None => &[],
        };
        each.iter().flat_map(|author| value::authors(self.referred(author))).collect()
    }

    /// The object with the `@id` of `value`, if that is no more than one.
    fn referred<'v>(&'v self, value: &'v Value) -> &'v Value {
        let id = value.get("@id").filter(|_| value.get("name").is_none());
        let known = id.and_then(|id| {
            self.0
                .iter()
                .find(|object| object.get("@id") == Some(id) && object.contains_key("name"))
        });
        known.and_then(|object| object.get("name")).unwrap_or(value)
    }

    /// The first object that is an article; else the first that is dated.
    fn article(&self) -> Option<&Map<String, Value>> {
        let is_article = |object: &&Map<String, Value>| {
            let types = object.get("@type").map(|types| value::list(types, Comma::Belongs));
            let mut types = types.unwrap_or_default().into_iter();
            types.any(|name| ARTICLE_TYPES.iter().any(|ending| name.ends_with(ending)))
        };
        let is_dated = |object: &&Map<String, Value>| object.contains_key("datePublished");
        self.0.iter().find(is_article).or_else(|| self.0.iter().find(is_dated))
    }
}

/// Appends the objects of `value` and of its `@graph` and `mainEntity`. The
/// depth is that of the JSON, which the parser bounds.
fn push_objects(value: Value, objects: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(members) => {
            members.into_iter().for_each(|member| push_objects(member, objects))
        }
        Value::Object(mut object) => {
            let inner = ["@graph", "mainEntity"].map(|key| object.remove(key));
            objects.push(object);
            inner.into_iter().flatten().for_each(|inner| push_objects(inner, objects));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::super::blocks::Blocks;
    use super::super::elements::Elements;
    use super::super::names::Marks;
    use super::read;
    use crate::article::Article;
    use crate::ingest::stream::Hints;

    fn metadata(page: &str) -> Article {
        let document = Html::parse_document(page);
        let blocks = Blocks::of(document.tree.root(), Marks::of);
        read(&document, &Elements::of(&document), blocks.headings(), &Hints::default()).0
    }

    #[test]
    fn linked_data_is_read() {
        let article = metadata(
            r#"<html lang="en-GB"><script type="application/ld+json">
            [{"@context": "https://schema.org", "@graph": [
                {"@type": "WebPage", "name": "x"},
                {"@type": ["NewsArticle"], "headline": "Rain &amp; wind", "articleSection": "Weather",
                 "author": [{"@type": "Person", "name": "Ann Lee"}, {"name": "Bob Roy"}],
                 "publisher": {"@type": "Organization", "name": "The Gull"},
                 "datePublished": "some day", "keywords": ["rain", "wind"]}]}]
            </script><link rel=canonical href="https://gull.example/rain">"#,
        );
        assert_eq!(article.title, "Rain & wind");
        assert_eq!(article.authors, ["Ann Lee", "Bob Roy"]);
        assert_eq!(article.outlet, "The Gull");
        assert_eq!(article.section, "Weather");
        assert_eq!(article.tags, ["rain", "wind"]);
        assert_eq!(article.url, "https://gull.example/rain");
        assert_eq!(article.lang, "en-GB");
        assert_eq!(article.date_text, "some day");
    }

    #[test]
    fn broken_linked_data_is_mended_or_passed_over() {
        let article = metadata(concat!(
            "<script type='application/ld+json'>{\"@type\": \"Article\", </script>",
            "<script type='Application/LD+JSON'>/*<![CDATA[*/{\"@type\": \"BlogPosting\",\n",
            "\"headline\": \"Rain\nand wind\"};/*]]>*/</script>",
        ));
        assert_eq!(article.title, "Rain\nand wind");
    }

    #[test]
    fn meta_elements_are_read() {
        let article = metadata(
            "<meta property='og:title' content='Rain comes - The Gull'>\
             <meta property='og:site_name' content='The Gull'>\
             <meta name='Author' content='https://gull.example/ann'>\
             <meta property='article:author' content='By Ann Lee and Bob Roy'>\
             <meta property='article:tag' content='rain'><meta property='article:tag' content='wind'>\
             <meta name='keywords' content='x, y'><meta property='article:section' content='Weather'>",
        );
        assert_eq!(article.title, "Rain comes");
        assert_eq!(article.authors, ["Ann Lee", "Bob Roy"]);
        assert_eq!(article.tags, ["rain", "wind"]);
        assert_eq!(article.section, "Weather");
    }

    #[test]
    fn titles_lose_their_outlet() {
        let cases = [
            ("<title>Rain - wind | The Gull</title><h1>Rain - wind</h1>", "Rain - wind"),
            ("<title>Rain - wind</title>", "Rain - wind"),
            ("<title>Rain comes again – The Gull</title><h1>The Gull</h1>", "Rain comes again"),
            ("<h1> <b>Rain</b>\n comes</h1>", "Rain comes"),
            ("<title>Rain | Gull</title><meta name=publisher content=gull>", "Rain"),
            ("", ""),
        ];
        for (page, title) in cases {
            assert_eq!(metadata(page).title, title, "{page}");
        }
    }
}
