//! What a page says of itself: JSON-LD, Open Graph and other `meta` elements,
//! `time`, and the elements that show the title.

use scraper::{ElementRef, Html, Selector};
use serde_json::{Map, Value};

use super::published::{self, Clues};
use crate::article::Article;
use crate::ingest::byline::names_in_byline;
use crate::ingest::formats::json::parse;
use crate::ingest::formats::json::value::{self, Comma};

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
const TAGS: [&str; 5] =
    ["article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags"];

/// Endings of the schema.org types that are articles.
const ARTICLE_TYPES: [&str; 3] = ["Article", "Posting", "Report"];

/// What stands between the title and the outlet in `<title>`.
const SEPARATORS: [&str; 7] = [" | ", " - ", " – ", " — ", " :: ", " » ", " · "];

/// The fields of the article that the page states; all but the text.
pub(super) fn read(document: &Html) -> Article {
    let meta = Meta::of(document);
    let linked_objects = Linked::of(document);
    let linked = linked_objects.article();
    let of_linked = |key: &str| linked.and_then(|article| article.get(key));
    let linked_text = |key| of_linked(key).map(value::first_text).unwrap_or_default();
    let mut article = Article {
        outlet: first_of([linked_text("publisher"), meta.first(&OUTLETS)]),
        url: first_of([
            attribute(document, "link[rel=canonical]", "href"),
            meta.first(&["og:url"]),
        ]),
        section: first_of([linked_text("articleSection"), meta.first(&SECTIONS)]),
        lang: first_of([attribute(document, "html[lang]", "lang"), linked_text("inLanguage")]),
        tags: meta.all(&TAGS),
        authors: of_linked("author").map(value::authors).unwrap_or_default(),
        ..Article::default()
    };
    if article.authors.is_empty() {
        article.authors = meta.names(&AUTHORS);
    }
    if article.tags.is_empty() {
        let keywords = of_linked("keywords").map(|tags| value::list(tags, Comma::Separates));
        article.tags = keywords.unwrap_or_default();
    }
    article.title = title(document, &meta, linked_text("headline"), &article.outlet);
    let clues =
        Clues { title: &article.title, url: &article.url, lang: &article.lang, captured: None };
    let finding = published::find(document, &linked_objects.0, &clues);
    article.published = finding.chosen;
    article.rival_dates = finding.rivals;
    article.date_text = finding.unread;
    article
}

/// The title, without the name of the outlet behind it.
fn title(document: &Html, meta: &Meta<'_>, linked: String, outlet: &str) -> String {
    let stated = first_of([linked, meta.first(&TITLES)]);
    if !stated.is_empty() {
        let stated = value_text(&stated);
        return without_outlet(&stated, |end| end.eq_ignore_ascii_case(outlet)).to_owned();
    }
    let shown = element_text(document, "h1");
    let titled = element_text(document, "head title");
    let title = without_outlet(&titled, |end| {
        end.eq_ignore_ascii_case(outlet)
            || (!shown.is_empty() && (titled.starts_with(&shown) || end == shown))
    });
    let title = if title.is_empty() { &titled } else { title };
    // A heading that is the end of the title is the outlet's name.
    if title.contains(&shown) || titled.ends_with(&shown) {
        return title.to_owned();
    }
    shown
}

/// Entities that were escaped twice are common in JSON-LD.
fn value_text(text: &str) -> String {
    super::plain_text(text).into_owned()
}

/// `title` before its last separator if what follows that `is_outlet`.
fn without_outlet(title: &str, is_outlet: impl Fn(&str) -> bool) -> &str {
    let split = SEPARATORS.iter().filter_map(|separator| title.rsplit_once(separator));
    match split.max_by_key(|(before, _)| before.len()) {
        Some((before, end)) if is_outlet(end.trim()) => before.trim_end(),
        _ => title,
    }
}

fn first_of<const N: usize>(texts: [String; N]) -> String {
    texts.into_iter().find(|text| !text.trim().is_empty()).unwrap_or_default()
}

/// The attribute of the first element that has it.
fn attribute(document: &Html, selector: &str, name: &str) -> String {
    let mut values = select(document, selector).filter_map(|element| element.attr(name));
    values.find(|value| !value.trim().is_empty()).unwrap_or_default().trim().to_owned()
}

/// The text of the first element that has one.
fn element_text(document: &Html, selector: &str) -> String {
    let texts = select(document, selector).map(|element| {
        element.text().flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
    });
    { texts }.find(|text| !text.is_empty()).unwrap_or_default()
}

fn select<'d>(document: &'d Html, selector: &str) -> impl Iterator<Item = ElementRef<'d>> {
    let selector = Selector::parse(selector).expect("selectors are constants that tests have run");
    document.select(&selector).collect::<Vec<_>>().into_iter()
}

/// The `meta` elements: name in lower case, and content.
struct Meta<'d>(Vec<(String, &'d str)>);

impl<'d> Meta<'d> {
    fn of(document: &'d Html) -> Self {
        let named = select(document, "meta[content]").filter_map(|element| {
            let name =
                ["property", "name", "itemprop"].into_iter().find_map(|key| element.attr(key))?;
            let content = element.attr("content")?.trim();
            (!content.is_empty()).then(|| (name.trim().to_ascii_lowercase(), content))
        });
        Self(named.collect())
    }

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
    fn of(document: &Html) -> Self {
        let mut objects = Vec::new();
        for script in select(document, "script[type='application/ld+json' i]") {
            let text =
                script.text().collect::<String>().replace("<![CDATA[", "").replace("]]>", "");
            // Some pages put comments or CDATA around, or a semicolon behind.
            let start = text.find(['{', '[']).unwrap_or(text.len());
            let end = text.rfind(['}', ']']).map_or(start, |end| end + 1);
            if let Some(Ok(value)) = text.get(start..end).map(parse) {
                push_objects(value, &mut objects);
            }
        }
        Self(objects)
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

    use super::read;
    use crate::article::Article;

    fn metadata(page: &str) -> Article {
        read(&Html::parse_document(page))
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
            ("<title>Rain – The Gull</title><h1>The Gull</h1>", "Rain"),
            ("<h1> <b>Rain</b>\n comes</h1>", "Rain comes"),
            ("<title>Rain | Gull</title><meta name=publisher content=gull>", "Rain"),
            ("", ""),
        ];
        for (page, title) in cases {
            assert_eq!(metadata(page).title, title, "{page}");
        }
    }
}
