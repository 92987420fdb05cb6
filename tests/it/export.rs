//! `export`: what its lines say, and in what order.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::Stdio;

use serde::Deserialize;
use serde_json::Value;

use crate::harness::{Archive, Output};
use crate::versions::Delivery;
use crate::wire::{Entity, Mention, Rival};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    newsdex_export: u32,
    program: String,
    schema: u32,
    revision: String,
    query: Option<String>,
    map: Vec<BTreeMap<String, String>>,
    recognition: Recognition,
    selection: Selection,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recognition {
    model: Option<String>,
    file: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Selection {
    include: Vec<String>,
    exclude: Vec<String>,
    hidden: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum Line {
    Source(Source),
    Article(Box<Article>),
    Hidden(Hidden),
    End(End),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    name: String,
    size: Option<u64>,
    modified: Option<String>,
    hash: Option<String>,
    articles: u64,
    trouble: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hidden {
    path: String,
    guid_hash: String,
    guid_version: i64,
    withdrawn: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    sources: u64,
    articles: u64,
    hidden: u64,
    hash: String,
}

/// Members that are absent are empty or false.
#[expect(dead_code, reason = "what is not looked at is refused all the same if it is unknown")]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    id: String,
    title: Option<String>,
    published: Option<String>,
    date_from: Option<String>,
    #[serde(default)]
    rival_dates: Vec<Rival>,
    date_text: Option<String>,
    outlet: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    section: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    lang: Option<String>,
    url: Option<String>,
    path: String,
    part: Option<String>,
    dateline: Option<String>,
    guid: Option<String>,
    guid_version: Option<i64>,
    status: Option<String>,
    embargoed_until: Option<String>,
    #[serde(default)]
    doubts: Vec<String>,
    indexed_at: String,
    words: u64,
    #[serde(default)]
    people: Vec<Named>,
    #[serde(default)]
    organizations: Vec<Named>,
    #[serde(default)]
    places: Vec<Named>,
    body: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
    from: String,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    about: bool,
    #[serde(default)]
    mentions: Vec<Mention>,
}

/// The first line of an export and the others.
fn lines(text: &str) -> (Header, Vec<Line>) {
    let (first, rest) = text.split_once('\n').unwrap();
    let read = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    (serde_json::from_str(first).unwrap(), rest.lines().map(read).collect())
}

/// An archive of files, of which one is broken, and an article from a pipe.
pub(crate) fn newsroom() -> Archive {
    // The model knows no German: names of the metadata are looked for.
    let text = "{\"title\": \"Port strike\", \"date\": \"2024-04-14\", \"lang\": \"de\", \
                \"authors\": [\"Bo Chan\"], \"tags\": [\"labour\", \"ports\"], \
                \"people\": [\"Ann Lee\"], \"url\": \"https://gull.example/a?x=1\", \
                \"text\": \"Ann Lee spoke at the port.\\u202e\\n\\nAnn Lee left.\"}";
    let archive = Archive::with(&[
        ("news/b.json", text),
        (
            "news/a/d.jsonl",
            "{\"title\": \"One\", \"text\": \"x\"}\n{\"title\": \"Two\", \"text\": \"y\"}\n",
        ),
        ("news/broken.json", "{\"title\": "),
    ]);
    let delivery = |version, status| Delivery { article: 1, version, status }.json();
    archive.write("news/v1.json", delivery(1, "usable"));
    archive.write("news/v2.json", delivery(2, "usable"));
    archive.run(&["index", "news"]).with_code(3);
    pipe(
        &archive,
        "{\"title\": \"Piped\", \"text\": \"z\"}\n",
        &["index", "-", "--name", "p.jsonl"],
    )
    .with_code(0);
    archive
}

/// Runs the program with this standard input, with the index of `news`.
pub(crate) fn pipe(archive: &Archive, input: &str, arguments: &[&str]) -> Output {
    let arguments = [&["--index", "news/.newsdex"], arguments].concat();
    let mut command = archive.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Whoever refuses what comes does not read it.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Output {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn export(archive: &Archive) -> String {
    archive.run_in("news", &["export"]).with_code(0).stdout
}

/// An export without what names the state of the index it is of.
pub(crate) fn without_revision(export: &str) -> String {
    let (first, rest) = export.split_once('\n').unwrap();
    let mut header: Value = serde_json::from_str(first).unwrap();
    header["revision"] = Value::Null;
    let mut rest: Vec<&str> = rest.lines().collect();
    // The hash in the last line is of the first too.
    let last = rest.pop().unwrap().split(",\"hash\"").next().unwrap();
    format!("{header}\n{}\n{last}", rest.join("\n"))
}

/// Puts the home of `news` aside, and makes it of an export of it. Gives what the program
/// said.
pub(crate) fn restore(archive: &Archive, export: &str) -> Output {
    archive.write("export.jsonl", export);
    fs::rename(archive.path("news/.newsdex"), archive.path("old-home")).unwrap();
    archive.run(&["index", "--index", "news/.newsdex", "export.jsonl"])
}

pub(crate) fn manifest(archive: &Archive) -> Value {
    let mut manifest: Value =
        archive.run_in("news", &["status", "--manifest", "--json"]).with_code(0).json();
    manifest["revision"] = Value::Null;
    manifest
}

#[test]
fn lines_say_what_the_documents_promise() {
    let archive = newsroom();
    let text = export(&archive);
    assert!(!text.contains('\u{202e}'));
    let (header, lines) = lines(&text);
    assert_eq!((header.newsdex_export, header.query), (1, None));
    assert_eq!((header.program.as_str(), header.map.len()), (env!("CARGO_PKG_VERSION"), 0));
    assert!(header.schema > 5 && header.revision.len() == 16);
    assert_eq!((header.recognition.model.unwrap().len(), header.recognition.file), (16, None));
    assert!(header.selection.include.is_empty() && header.selection.exclude.is_empty());
    assert!(!header.selection.hidden);

    let mut told: Vec<String> = Vec::new();
    for line in &lines {
        told.push(match line {
            Line::Source(source) => {
                let is_file = source.size.is_some() && source.modified.is_some();
                let has_hash = source.hash.as_ref().is_some_and(|hash| hash.len() == 16);
                let trouble = source.trouble.is_some();
                format!("{} {} {is_file} {has_hash} {trouble}", source.name, source.articles)
            }
            Line::Article(article) => {
                let part = article.part.clone().unwrap_or_default();
                format!("{}#{part} {}", article.path, article.title.clone().unwrap_or_default())
            }
            Line::Hidden(hidden) => {
                assert_eq!(hidden.guid_hash.len(), 16);
                format!("{} {} {}", hidden.path, hidden.guid_version, hidden.withdrawn)
            }
            Line::End(end) => {
                assert_eq!(end.hash.len(), 32);
                format!("{} {} {}", end.sources, end.articles, end.hidden)
            }
        });
    }
    // Those of one file are in the order of their identifiers.
    told[6..8].sort();
    insta::assert_snapshot!(told.join("\n"), @r"
    a/d.jsonl 2 true true false
    b.json 1 true true false
    broken.json 0 true false true
    p.jsonl 1 false true false
    v1.json 1 true true false
    v2.json 1 true true false
    a/d.jsonl#1 One
    a/d.jsonl#2 Two
    b.json# Port strike
    p.jsonl#1 Piped
    v2.json# Storm 1, version 2
    v1.json 1 false
    6 5 1
    ");
    let article = lines.iter().find_map(|line| match line {
        Line::Article(article) if article.path == "b.json" => Some(article),
        _ => None,
    });
    let article = article.unwrap();
    let body = article.body.as_deref().unwrap();
    assert_eq!(article.published.as_deref(), Some("2024-04-14"));
    assert_eq!((article.authors.len(), article.tags.len(), article.words), (1, 2, 11));
    assert_eq!(article.url.as_deref(), Some("https://gull.example/a?x=1"));
    let lee = &article.people[0];
    assert_eq!((lee.name.as_str(), lee.from.as_str(), lee.partial), ("Ann Lee", "metadata", false));
    let forms: Vec<_> = lee.mentions.iter().map(|found| &body[found.start..found.end]).collect();
    assert_eq!(forms, ["Ann Lee", "Ann Lee"]);
    // They are what `show` says.
    let shown: Value = archive.run_in("news", &["show", &article.id, "--json"]).with_code(0).json();
    let shown = &shown["articles"][0];
    let line = text.lines().find(|line| line.contains(&article.id)).unwrap();
    let exported: BTreeMap<String, BTreeMap<String, Value>> = serde_json::from_str(line).unwrap();
    for (name, value) in &exported["article"] {
        if !matches!(name.as_str(), "people" | "organizations" | "places") {
            assert_eq!(Some(value), shown.get(name), "{name}");
        }
    }
    let shown: Vec<Entity> = serde_json::from_value(shown["people"].clone()).unwrap();
    assert_eq!((shown[0].about, shown[0].from.as_str()), (lee.about, "metadata"));
    assert_eq!(shown.len(), article.people.len());
}

#[test]
fn a_query_gives_a_list_that_is_no_archive() {
    let archive = newsroom();
    let text = archive.run_in("news", &["export", "title:one OR piped"]).with_code(0).stdout;
    let (header, lines) = lines(&text);
    assert_eq!(header.query.as_deref(), Some("title:one OR piped"));
    let paths: Vec<_> = lines
        .iter()
        .filter_map(|line| match line {
            Line::Article(article) => Some(article.path.as_str()),
            Line::End(_) => None,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(paths, ["a/d.jsonl", "p.jsonl"]);
    let output = restore(&archive, &text).with_code(2);
    assert!(
        output.stderr.contains("only the articles that match `title:one OR piped`"),
        "{output:?}"
    );
    assert!(!archive.path("news/.newsdex").is_dir());
}

#[test]
fn an_export_to_a_file_is_whole_or_not_there() {
    let archive = newsroom();
    let output = archive.run_in("news", &["export", "-o", "../x.jsonl"]).with_code(0);
    assert_eq!((output.stdout.as_str(), output.stderr.as_str()), ("", "exported 5 articles\n"));
    assert_eq!(fs::read_to_string(archive.path("x.jsonl")).unwrap(), export(&archive));
    archive.run_in("news", &["export", "-o", "../x.jsonl"]).with_code(2);
    archive.run_in("news", &["export", "-o", "../x.jsonl", "--force"]).with_code(0);
    archive.run_in("news", &["export", "-o", "../none/x.jsonl"]).with_code(2);
    // A query that fails late leaves nothing either.
    archive.run_in("news", &["export", "x*", "--pattern-limit", "0", "-o", "../y"]).with_code(2);
    let names = fs::read_dir(archive.folder()).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["news", "x.jsonl"]);
}
