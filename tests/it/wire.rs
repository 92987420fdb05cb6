//! JSON output, read by readers that refuse what they do not know: whatever is
//! added, renamed or left out shows here first.

use serde::Deserialize;

use crate::harness::Archive;
use crate::newsroom;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) version: u32,
    pub(crate) revision: String,
    pub(crate) query: String,
    pub(crate) total: u64,
    pub(crate) offset: usize,
    pub(crate) hits: Vec<Hit>,
    pub(crate) facets: Vec<Facet>,
}

/// Another day of publication.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rival {
    pub(crate) published: String,
    pub(crate) date_from: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hit {
    /// In JSON Lines only.
    pub(crate) version: Option<u32>,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) published: Option<String>,
    pub(crate) date_from: Option<String>,
    pub(crate) rival_dates: Option<Vec<Rival>>,
    pub(crate) date_text: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) section: Option<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) lang: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) path: String,
    pub(crate) part: Option<String>,
    pub(crate) dateline: Option<String>,
    pub(crate) guid: Option<String>,
    pub(crate) guid_version: Option<i64>,
    pub(crate) status: Option<String>,
    pub(crate) embargoed_until: Option<String>,
    pub(crate) doubts: Option<Vec<String>>,
    pub(crate) indexed_at: String,
    pub(crate) words: u64,
    pub(crate) people: Vec<Entity>,
    pub(crate) organizations: Vec<Entity>,
    pub(crate) places: Vec<Entity>,
    pub(crate) score: Option<f32>,
    pub(crate) snippet: Option<Snippet>,
    /// In `show` only.
    pub(crate) body: Option<String>,
    /// In lists of queries only.
    pub(crate) label: Option<String>,
    /// Of saved queries only.
    pub(crate) matched: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entity {
    pub(crate) name: String,
    pub(crate) from: String,
    pub(crate) partial: bool,
    pub(crate) about: bool,
    pub(crate) mentions: Vec<Mention>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mention {
    #[serde(rename = "in")]
    pub(crate) part: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Snippet {
    pub(crate) text: String,
    pub(crate) marks: Vec<(usize, usize)>,
    pub(crate) more_before: bool,
    pub(crate) more_after: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facet {
    /// In JSON Lines only.
    pub(crate) version: Option<u32>,
    pub(crate) field: String,
    pub(crate) values: Vec<Value>,
    pub(crate) distinct: u64,
    pub(crate) articles: u64,
    pub(crate) without: u64,
    pub(crate) sideways: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Value {
    pub(crate) value: String,
    pub(crate) count: u64,
    pub(crate) selected: bool,
    pub(crate) partial: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Count {
    pub(crate) version: u32,
    /// Of a document, not of a line.
    pub(crate) revision: Option<String>,
    pub(crate) query: String,
    pub(crate) total: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchCounts {
    pub(crate) version: u32,
    pub(crate) revision: String,
    /// With `--by` only.
    pub(crate) by: Option<Vec<String>>,
    pub(crate) queries: Vec<QueryCount>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BatchHits {
    pub(crate) version: u32,
    pub(crate) revision: String,
    pub(crate) hits: Vec<Hit>,
    pub(crate) queries: Vec<QueryCount>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QueryCount {
    /// In JSON Lines only.
    pub(crate) version: Option<u32>,
    pub(crate) label: String,
    pub(crate) query: String,
    pub(crate) total: u64,
    /// With `--by` only.
    pub(crate) cells: Option<Vec<Cell>>,
}

/// A cell of counts by some of these fields.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cell {
    /// In JSON Lines only.
    pub(crate) version: Option<u32>,
    /// In JSON Lines only.
    pub(crate) label: Option<String>,
    pub(crate) year: Option<String>,
    pub(crate) lang: Option<String>,
    pub(crate) articles: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedList {
    pub(crate) version: u32,
    pub(crate) saved: Vec<Saved>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Saved {
    pub(crate) name: String,
    pub(crate) query: String,
    pub(crate) last_run: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facets {
    pub(crate) version: u32,
    pub(crate) revision: String,
    pub(crate) query: String,
    pub(crate) total: u64,
    pub(crate) facets: Vec<Facet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shown {
    pub(crate) version: u32,
    pub(crate) revision: String,
    pub(crate) articles: Vec<Hit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Status {
    pub(crate) version: u32,
    pub(crate) revision: String,
    pub(crate) index: String,
    pub(crate) schema: u32,
    pub(crate) articles: u64,
    pub(crate) dated: u64,
    pub(crate) first_day: Option<String>,
    pub(crate) last_day: Option<String>,
    pub(crate) source_files: u64,
    pub(crate) bytes: u64,
    pub(crate) recognition: Recognition,
    pub(crate) aliases: u64,
    pub(crate) aliases_without_articles: Vec<Alias>,
    pub(crate) failed: Vec<Failed>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Alias {
    pub(crate) line: usize,
    pub(crate) name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Recognition {
    pub(crate) model: Option<String>,
    pub(crate) file: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Failed {
    pub(crate) path: String,
    pub(crate) reason: String,
    /// In reports only.
    pub(crate) articles: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    pub(crate) version: u32,
    pub(crate) added: u64,
    pub(crate) replaced: u64,
    pub(crate) removed: u64,
    pub(crate) unchanged: u64,
    pub(crate) failed: Vec<Failed>,
    pub(crate) passed_over: u64,
    pub(crate) hidden: u64,
    pub(crate) articles_read: u64,
    pub(crate) articles: u64,
    pub(crate) bytes: u64,
    pub(crate) unread_dates: u64,
    pub(crate) encodings_guessed: u64,
    pub(crate) interrupted: bool,
    pub(crate) seconds: f64,
}

#[test]
fn a_hit_says_all_that_is_known() {
    let archive = newsroom::indexed();
    let answer: Answer = archive.run(&["search", "dockers iran", "--json"]).with_code(1).json();
    assert_eq!((answer.total, answer.hits.len()), (0, 0), "places are no words");
    let answer: Answer = archive.done(&["search", "dockers place:iran", "--json"]).json();
    assert_eq!(answer.revision.len(), 16);
    assert_eq!((answer.version, answer.total, answer.offset), (1, 1, 0));
    assert_eq!(answer.query, "dockers place:iran");
    assert!(answer.facets.is_empty());
    let hit = &answer.hits[0];
    assert_eq!(hit.version, None);
    assert_eq!(hit.id.len(), 12);
    assert_eq!(hit.title, "Dockers strike at the port");
    assert_eq!(hit.published.as_deref(), Some("2024-04-14"));
    assert_eq!(hit.date_from.as_deref(), Some("metadata"));
    assert_eq!((hit.date_text.as_deref(), hit.dateline.as_deref()), (None, None));
    assert_eq!(hit.outlet.as_deref(), Some("Northern Wire"));
    assert_eq!(
        (&hit.authors[..], &hit.tags[..]),
        (&["Bo Lind".into()][..], &["labour".into(), "port".into()][..])
    );
    assert_eq!(hit.section.as_deref(), Some("Business"));
    assert_eq!(hit.lang.as_deref(), Some("en"));
    assert_eq!(hit.url.as_deref(), Some("https://example.org/strike"));
    assert_eq!((hit.path.as_str(), hit.part.as_deref()), ("wire.jsonl", Some("1")));
    assert!(hit.indexed_at.ends_with('Z'), "{}", hit.indexed_at);
    assert_eq!(hit.words, 18);
    let people: Vec<_> = hit.people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(people, ["Ann Lee", "Joe Biden"]);
    let entities = hit.people.iter().chain(&hit.organizations).chain(&hit.places);
    for entity in entities {
        assert!(matches!(entity.from.as_str(), "metadata" | "text"), "{entity:?}");
        for mention in &entity.mentions {
            assert!(mention.start < mention.end && !mention.part.is_empty(), "{entity:?}");
        }
    }
    assert!(hit.score.is_some_and(|score| score > 0.0));
    assert_eq!(hit.body, None);
    let snippet = hit.snippet.as_ref().unwrap();
    let marked: Vec<_> =
        snippet.marks.iter().map(|(start, end)| &snippet.text[*start..*end]).collect();
    assert_eq!(marked, ["Dockers"]);
    assert!(!snippet.more_before && (snippet.more_after || snippet.text.ends_with("strike.")));
}

#[test]
fn a_date_that_is_no_date_is_given_as_it_was_written() {
    let archive = newsroom::indexed();
    let answer: Answer = archive.done(&["search", "fog", "--json"]).json();
    assert_eq!(answer.hits[0].date_text.as_deref(), Some("soon"));
    assert_eq!(
        (answer.hits[0].published.as_deref(), answer.hits[0].date_from.as_deref()),
        (None, None)
    );
}

#[test]
fn json_lines_are_one_line_each() {
    let archive = newsroom::indexed();
    let hits: Vec<Hit> = archive.done(&["search", "port", "--format", "jsonl"]).json_lines();
    assert_eq!(hits.len(), 3);
    assert!(hits.iter().all(|hit| hit.version == Some(1)));
    let shown: Vec<Hit> = archive.done(&["show", "wire.jsonl", "--format", "jsonl"]).json_lines();
    assert_eq!(shown.len(), 3);
    assert!(shown.iter().all(|article| article.body.is_some() && article.version == Some(1)));
    let counts: Vec<Count> = archive.done(&["count", "port", "--format", "jsonl"]).json_lines();
    assert_eq!(counts.len(), 1);
    let arguments = ["facets", "--facet", "outlet,tag", "--format", "jsonl"];
    let facets: Vec<Facet> = archive.done(&arguments).json_lines();
    assert_eq!(facets.len(), 2);
    assert!(facets.iter().all(|facet| facet.version == Some(1)));
}

#[test]
fn counts_and_facets_in_json() {
    let archive = newsroom::indexed();
    let count: Count = archive.done(&["count", "port OR fog", "--json"]).json();
    assert_eq!((count.version, count.query.as_str(), count.total), (1, "port OR fog", 4));
    let arguments = ["facets", "outlet:harbour", "--facet", "outlet,date:month", "--json"];
    let facets: Facets = archive.done(&arguments).json();
    assert_eq!(facets.revision.len(), 16);
    assert_eq!((facets.version, facets.query.as_str(), facets.total), (1, "outlet:harbour", 2));
    let [outlet, month] = &facets.facets[..] else { panic!("{facets:?}") };
    assert_eq!((outlet.field.as_str(), outlet.sideways, outlet.articles), ("outlet", true, 5));
    assert_eq!((outlet.distinct, outlet.without, outlet.version), (3, 1, None));
    let first = &outlet.values[0];
    assert_eq!((first.value.as_str(), first.count, first.selected), ("Harbour Times", 2, true));
    assert!(!first.partial);
    assert_eq!((month.field.as_str(), month.sideways, month.articles), ("date:month", false, 2));
}

#[test]
fn articles_status_and_reports_in_json() {
    let archive = newsroom::unindexed();
    archive.write("bad.json", "{\"title\": ");
    archive.write("picture.jpg", "x");
    let report: Report = archive.run(&["index", ".", "--json"]).with_code(3).json();
    assert_eq!((report.version, report.added, report.replaced, report.removed), (1, 3, 0, 0));
    assert_eq!((report.unchanged, report.passed_over, report.unread_dates), (0, 1, 1));
    assert_eq!((report.articles, report.articles_read, report.encodings_guessed), (5, 5, 0));
    assert!(report.bytes > 0 && report.seconds >= 0.0 && !report.interrupted);
    let failed = &report.failed[0];
    assert_eq!((failed.path.as_str(), failed.articles), ("bad.json", Some(0)));
    assert!(failed.reason.starts_with("cut short"), "{}", failed.reason);

    let status: Status = archive.done(&["status", "--json"]).json();
    assert_eq!(status.revision.len(), 16);
    assert_eq!((status.version, status.articles, status.dated), (1, 5, 4));
    assert_eq!(status.first_day.as_deref(), Some("2024-03-02"));
    assert_eq!(status.last_day.as_deref(), Some("2024-04-30"));
    assert_eq!((status.source_files, status.failed.len(), status.failed[0].articles), (4, 1, None));
    assert_eq!((status.aliases, status.aliases_without_articles), (0, Vec::new()));
    assert!(status.bytes > 0 && status.schema > 0 && status.index.ends_with("/.newsdex/index"));

    let shown: Shown = archive.done(&["show", "2024/storm.txt", "--json"]).json();
    assert_eq!(shown.revision.len(), 16);
    assert_eq!((shown.version, shown.articles.len()), (1, 1));
    assert_eq!(shown.articles[0].body.as_deref(), Some("The storm took roofs off."));
    assert!(shown.articles[0].snippet.is_none());
}

#[test]
fn what_publishers_say_of_an_article_is_told() {
    let delivery = |version: u32, status: &str| {
        format!(
            "{{\"uri\": \"urn:gull:7\", \"type\": \"text\", \"version\": \"{version}\", \"pubstatus\": \
             \"{status}\", \"headline\": \"Storm {version}\", \"body_text\": \"It came ashore.\", \
             \"embargoed\": \"2024-04-15T06:00:00Z\"}}"
        )
    };
    let archive = Archive::with(&[
        ("a.json", delivery(2, "usable")),
        ("b.json", delivery(1, "usable")),
        (
            "c.html",
            "<html lang=en><title>Harbour</title><meta name=date content=2024-05-01><h1>Harbour</h1>\
             <p class=published>14 April 2024</p><p>The harbour was closed after the storm.</p>"
                .to_owned(),
        ),
    ]);
    let report: Report = archive.done(&["index", ".", "--json"]).json();
    assert_eq!((report.articles, report.hidden), (2, 1));
    let answer: Answer = archive.done(&["search", "title:storm has:embargo", "--json"]).json();
    let hit = &answer.hits[0];
    assert_eq!((answer.total, hit.title.as_str()), (1, "Storm 2"));
    assert_eq!((hit.guid.as_deref(), hit.guid_version), (Some("urn:gull:7"), Some(2)));
    assert_eq!(hit.embargoed_until.as_deref(), Some("2024-04-15T06:00:00Z"));
    assert!(matches!(hit.status.as_deref(), Some("usable" | "embargoed")), "{hit:?}");
    let answer: Answer = archive.done(&["search", "has:date-conflict", "--json"]).json();
    let hit = &answer.hits[0];
    assert_eq!(hit.doubts.as_deref(), Some(&["date-conflict".to_owned()][..]));
    let rivals: Vec<_> = hit.rival_dates.iter().flatten().collect();
    assert_eq!((rivals.len(), rivals[0].date_from.as_str()), (1, "metadata"));
    assert_eq!(rivals[0].published, "2024-05-01");
    assert_eq!(hit.published.as_deref(), Some("2024-04-14"));
}
