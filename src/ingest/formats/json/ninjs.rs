//! ninjs, the IPTC's *News in JSON*, in its versions 1.0 to 3.1.
//!
//! Version 1 has texts in fields whose names end freely (`body_text`, `headline_main`),
//! the others in arrays with roles (`bodies`); version 3 has capitals inside its names.

use serde_json::{Map, Value};

use super::record::plain;
use super::value::{Comma, authors, date, first_text, list, text};
use crate::article::{Article, DateFrom, Status};
use crate::ingest::dates::best_date;
use crate::ingest::formats::news::status;

type Record = Map<String, Value>;

/// Fields that other JSON with a `uri` hardly has, in lower case.
const MARKS: [&str; 12] = [
    "versioncreated",
    "pubstatus",
    "body_text",
    "body_xhtml",
    "body_main",
    "headline_main",
    "headlines",
    "bodies",
    "representationtype",
    "eventdetails",
    "description_text",
    "description_caption_xhtml",
];

/// Words in a role or a type of content that mark a text with its paragraphs.
const RICH: [&str; 3] = ["xhtml", "html", "richtext"];

/// Whether `record` is an item of ninjs.
pub(super) fn is_ninjs(record: &Record) -> bool {
    record.get("uri").is_some_and(Value::is_string)
        && MARKS.iter().any(|mark| field(record, mark).is_some())
}

/// The article that `record` is. What is said of a picture is its text.
pub(super) fn article(record: &Record) -> Article {
    let of = |name| field(record, name).map(first_text).unwrap_or_default();
    let names = |one, many| {
        let values = field(record, many).or_else(|| field(record, one));
        values.map(|values| list(values, Comma::Belongs)).unwrap_or_default()
    };
    let title = plain(best(record, "headline", "headlines"));
    let title = if title.is_empty() { plain(of("title")) } else { title };
    let body = best(record, "body", "bodies");
    let body =
        if body.trim().is_empty() { best(record, "description", "descriptions") } else { body };
    let mut article = Article {
        body: without_title(plain(body), &title),
        title,
        authors: ["bylines", "byline", "by"]
            .iter()
            .find_map(|name| field(record, name))
            .map(authors)
            .unwrap_or_default(),
        outlet: outlet(record),
        lang: of("language"),
        dateline: field(record, "located")
            .or_else(|| field(record, "locateds"))
            .map(first_text)
            .unwrap_or_default(),
        people: names("person", "people"),
        organizations: names("organisation", "organisations"),
        places: names("place", "places"),
        tags: names("subject", "subjects"),
        section: field(record, "genres").map(first_text).unwrap_or_default(),
        guid: of("uri"),
        version: of("version").parse().unwrap_or_default(),
        status: status(&of("pubstatus")),
        ..Article::default()
    };
    if article.guid.starts_with("http") {
        article.url.clone_from(&article.guid);
    }
    fill_dates(&mut article, record);
    article
}

fn fill_dates(article: &mut Article, record: &Record) {
    let names = ["contentcreated", "firstcreated", "versioncreated"];
    let values = names.iter().filter_map(|name| field(record, name));
    let (published, date_text) = best_date(values.map(|value| (text(value), date(value))));
    article.published = published.map(|published| (published, DateFrom::Metadata));
    article.date_text = date_text;
    let version = field(record, "versioncreated").and_then(|value| date(value).ok());
    if article.version == 0 {
        article.version = version.map_or(0, |version| version.timestamp().as_second());
    }
    let embargo = field(record, "embargoed").or_else(|| field(record, "embargoeduntil"));
    if let Some(embargo) = embargo {
        article.embargoed_until = date(embargo).ok();
        if article.status == Status::Usable {
            article.status = Status::Embargoed;
        }
    }
}

/// The field `name`, in any case.
fn field<'v>(record: &'v Record, name: &str) -> Option<&'v Value> {
    let mut found = record.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value).filter(|value| !value.is_null())
}

/// The best of the texts that fields called `one` or `one_…`, or the members of the array
/// `many` give: the main one before others, with its paragraphs before one line.
fn best(record: &Record, one: &str, many: &str) -> String {
    let mut texts: Vec<(u8, String)> = Vec::new();
    for (key, value) in record {
        let key = key.to_ascii_lowercase();
        let Some(role) = key.strip_prefix(one) else { continue };
        if let (true, Value::String(text)) = (role.is_empty() || role.starts_with('_'), value) {
            texts.push((rank(role), text.clone()));
        }
    }
    for member in field(record, many).and_then(Value::as_array).into_iter().flatten() {
        let Some(member) = member.as_object() else { continue };
        let of = |name| {
            field(member, name).and_then(Value::as_str).unwrap_or_default().to_ascii_lowercase()
        };
        let role = format!("{} {}", of("role"), of("contenttype"));
        texts.push((rank(&role), field(member, "value").map(text).unwrap_or_default()));
    }
    texts.retain(|(_, text)| !text.trim().is_empty());
    texts.sort_by_key(|(rank, _)| *rank);
    let best = texts.into_iter().next();
    best.map(|(rank, text)| if rank == 0 { unwrapped(text) } else { text }).unwrap_or_default()
}

/// `text`, which is HTML, without the line ends that mean nothing in it, if it has no tags
/// that would tell.
fn unwrapped(text: String) -> String {
    if text.contains('<') { text } else { text.split_whitespace().collect::<Vec<_>>().join(" ") }
}

/// The place of a text with that role among its kind; the least counts.
fn rank(role: &str) -> u8 {
    let has = |words: &[&str]| words.iter().any(|word| role.contains(word));
    let is_rich = has(&RICH);
    match () {
        () if has(&["nitf", "json", "css"]) => 5,
        () if is_rich => 0,
        () if has(&["main", "text", "plain", "caption"]) || role.trim().is_empty() => 1,
        () => 2,
    }
}

/// Who is said to have published it.
fn outlet(record: &Record) -> String {
    let fields = ["infosources", "source", "copyrightholder", "copyrightnotice"];
    let mut texts = fields.iter().filter_map(|name| field(record, name)).map(first_text);
    let text = texts.find(|text| !text.trim().is_empty()).unwrap_or_default();
    let is_notice = text.to_ascii_lowercase().starts_with("copyright");
    if is_notice { holder_in(&text) } else { text }
}

/// The holder that a notice such as `Copyright 2019 The Gull. All rights reserved.` names.
fn holder_in(notice: &str) -> String {
    let rest = notice.get("copyright".len()..).unwrap_or_default();
    let is_before = |c: char| c.is_ascii_digit() || c.is_whitespace() || "©(),-–".contains(c);
    let rest = rest.trim_start().trim_start_matches("(c)").trim_start_matches(is_before);
    let end = rest.find([',', '.', ';']).unwrap_or(rest.len());
    rest[..end].split(" - ").next().unwrap_or_default().trim().to_owned()
}

/// `body` without a first line that repeats the title, as whole pages have it.
fn without_title(body: String, title: &str) -> String {
    let start = body.trim_start();
    match start.strip_prefix(title) {
        Some(rest) if !title.is_empty() && rest.starts_with(['\n', '\r']) => {
            rest.trim_start().to_owned()
        }
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{article, holder_in, is_ninjs};
    use crate::article::{Article, Status};

    fn read(value: &Value) -> Article {
        let record = value.as_object().unwrap();
        assert!(is_ninjs(record));
        article(record)
    }

    #[test]
    fn all_versions_give_the_same_article() {
        let versions = [
            json!({
                "uri": "urn:gull:1", "versioncreated": "2023-05-06T10:00:00Z", "version": "3",
                "headline": "Rain &amp; wind", "byline": "By Ann Lee and Bob Roy",
                "body_text": "It rained. It blew.", "body_xhtml": "<p>It rained.</p><p>It blew.</p>",
                "person": [{"name": "Ida Holm"}], "subject": [{"name": "Weather"}],
                "copyrightholder": "The Gull", "firstcreated": "2023-05-05T10:00:00Z",
            }),
            json!({
                "uri": "urn:gull:1", "versioncreated": "2023-05-06T10:00:00Z", "version": "3",
                "headlines": [{"role": "short", "value": "Rain"}, {"role": "main", "value": "Rain & wind"}],
                "by": "Ann Lee, Bob Roy", "people": [{"name": "Ida Holm"}],
                "bodies": [
                    {"role": "text", "contenttype": "text/plain", "value": "It rained. It blew."},
                    {"role": "main", "contenttype": "text/html", "value": "<p>It rained.<p>It blew."},
                ],
                "subjects": [{"name": "Weather"}], "infosources": [{"name": "The Gull"}],
                "firstcreated": "2023-05-05T10:00:00Z",
            }),
            json!({
                "uri": "urn:gull:1", "versionCreated": "2023-05-06T10:00:00Z", "version": "3",
                "headlines": [{"value": "Rain & wind"}], "by": "Ann Lee, Bob Roy",
                "people": [{"name": "Ida Holm"}], "subjects": [{"name": "Weather"}],
                "bodies": [{"contentType": "text/html5", "value": "<h1>Rain & wind</h1><p>It rained.<p>It blew."}],
                "copyrightNotice": "Copyright 2023 The Gull. All rights reserved.",
                "firstCreated": "2023-05-05T10:00:00Z",
            }),
        ];
        let first = read(&versions[0]);
        assert_eq!(
            (first.title.as_str(), first.body.as_str()),
            ("Rain & wind", "It rained.\n\nIt blew.")
        );
        assert_eq!(first.authors, ["Ann Lee", "Bob Roy"]);
        assert_eq!((first.outlet.as_str(), first.version), ("The Gull", 3));
        assert_eq!(first.published.unwrap().0.to_string(), "2023-05-05T10:00:00Z");
        for version in &versions[1..] {
            assert_eq!(read(version), first);
        }
    }

    #[test]
    fn states_and_pictures_are_read() {
        let gone = read(&json!({"uri": "urn:gull:2", "pubstatus": "canceled"}));
        assert_eq!((gone.status, gone.guid.as_str()), (Status::Canceled, "urn:gull:2"));
        let later = read(&json!({"uri": "a", "pubstatus": "usable", "embargoed": "2024-01-02"}));
        assert_eq!(later.status, Status::Embargoed);
        assert_eq!(later.embargoed_until.unwrap().to_string(), "2024-01-02");
        let picture = read(&json!({
            "uri": "http://gull.example/3", "versioncreated": "2024-01-02T03:04:05Z",
            "headline": "A gull", "description_text": "A gull sits.",
        }));
        assert_eq!((picture.body.as_str(), picture.version), ("A gull sits.", 1_704_164_645));
        assert_eq!(picture.url, "http://gull.example/3");
    }

    #[test]
    fn other_records_are_not_taken() {
        for value in [json!({"uri": "a", "title": "b"}), json!({"headlines": []}), json!({})] {
            assert!(!is_ninjs(value.as_object().unwrap()));
        }
    }

    #[test]
    fn notices_name_their_holder() {
        for (notice, holder) in [
            ("Copyright 2019 The Gull. All rights reserved.", "The Gull"),
            ("Copyright (c) 2013 The Gull, www.gull.example - all rights reserved.", "The Gull"),
            ("copyright", ""),
        ] {
            assert_eq!(holder_in(notice), holder);
        }
    }
}
