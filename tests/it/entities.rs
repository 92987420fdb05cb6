//! People, organizations and places across articles: facets, drill-down, the
//! user's aliases, `newsdex entities`, `newsdex show`.

use serde::Deserialize;

use crate::harness::Archive;
use crate::wire::{Alias, Answer, Facets, Shown, Status};

/// An article with these people, organizations and places.
fn line(title: &str, date: &str, people: &[&str], orgs: &[&str], places: &[&str]) -> String {
    let article = serde_json::json!({
        "title": title, "text": format!("{title}, said the report."), "date": date,
        "language": "en", "people": people, "organizations": orgs, "places": places,
    });
    format!("{article}\n")
}

fn archive() -> Archive {
    let mut lines = String::new();
    lines +=
        &line("Harvest", "2024-01-02", &["Joe Marsh", "Ann Lee"], &["Apex Inc."], &["Kestrel"]);
    lines += &line("Ferry", "2024-01-05", &["JOSEPH MARSH"], &["The Apex"], &["Kestrel"]);
    lines += &line("Bridge", "2024-02-01", &["Marsh, Joe", "Bo Lind"], &["Apex"], &[]);
    lines += &line("Tunnel", "2024-03-01", &["Joseph R. Marsh Jr.", "Ann Lee"], &[], &["Kestrel"]);
    lines += &line("Tower", "2024-04-01", &["George W. Hill", "Ann Lee"], &["Kestrel"], &[]);
    lines +=
        &line("Tower again", "2024-04-02", &["George H. W. Hill"], &["Kestrel"], &["Hilldale"]);
    indexed(lines)
}

/// An index of these articles with the names that their metadata give, alone.
fn indexed(lines: String) -> Archive {
    let archive = Archive::with(&[("wire.jsonl", lines)]);
    archive.done(&["index", ".", "--no-recognition"]);
    archive
}

/// The values of a facet with their counts.
fn facet(archive: &Archive, query: &str, field: &str) -> Vec<(String, u64)> {
    let facets: Facets =
        archive.run(&["facets", query, "--facet", field, "--facet-limit", "all", "--json"]).json();
    facets.facets[0].values.iter().map(|value| (value.value.clone(), value.count)).collect()
}

fn pairs(values: &[(&str, u64)]) -> Vec<(String, u64)> {
    values.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

/// Every value of a facet finds as many articles as it counts.
fn drill(archive: &Archive, field: &str) {
    for (value, count) in facet(archive, "", field) {
        let query = format!("{field}:\"{value}\"");
        let found = archive.run(&["search", &query, "-n", "all", "-l"]).lines().len();
        let total = archive.run(&["count", &query]).stdout;
        assert_eq!(total.trim(), count.to_string(), "{query}");
        // One file holds them all.
        assert_eq!(found, 1, "{query}");
    }
}

#[test]
fn the_ways_to_write_a_name_are_one_value() {
    let archive = archive();
    let people = pairs(&[
        ("Joe Marsh", 4),
        ("Ann Lee", 3),
        ("Bo Lind", 1),
        ("George H. W. Hill", 1),
        ("George W. Hill", 1),
    ]);
    assert_eq!(facet(&archive, "", "person"), people);
    assert_eq!(facet(&archive, "", "org"), pairs(&[("Apex", 3), ("Kestrel", 2)]));
    for field in ["person", "org", "place"] {
        drill(&archive, field);
    }
    // Under any of its names, also under one that no article has.
    for name in ["JOE MARSH", "Joseph R. Marsh Jr.", "Marsh, Joseph", "Joe A. Marsh"] {
        let query = format!("person:\"{name}\"");
        assert_eq!(archive.done(&["count", &query]).stdout, "4\n", "{name}");
    }
    assert_eq!(archive.run(&["count", "person:\"George Hill\""]).stdout, "0\n");
    assert_eq!(archive.done(&["count", "person:hill"]).stdout, "2\n");
}

#[test]
fn json_and_show_name_entities_as_facets_do() {
    let archive = archive();
    let answer: Answer = archive.done(&["search", "ferry", "--json"]).json();
    assert_eq!(answer.hits[0].people[0].name, "Joe Marsh");
    let shown: Shown = archive.done(&["show", "wire.jsonl#3", "--json"]).json();
    assert_eq!(shown.articles[0].people[0].name, "Joe Marsh");
    assert!(!shown.articles[0].people[0].partial && !shown.articles[0].people[0].about);
    let text = archive.done(&["show", "wire.jsonl#2"]).stdout;
    assert!(text.contains("people         Joe Marsh\n"), "{text}");
}

#[test]
fn aliases_hold_from_the_next_command_on() {
    let archive = archive();
    let lines = "# Mine\nmerge\tperson\tJoe Marsh\tBo Lind\nrename\tperson\tAnn Lee\tAnna Lee-Orr\n\
                 kind\torg\tKestrel\tplace\nignore\tperson\tGeorge W. Hill\n";
    archive.write(".newsdex/aliases.tsv", lines);
    let people = pairs(&[("Joe Marsh", 4), ("Anna Lee-Orr", 3), ("George H. W. Hill", 1)]);
    assert_eq!(facet(&archive, "", "person"), people);
    assert_eq!(facet(&archive, "", "org"), pairs(&[("Apex", 3)]));
    assert_eq!(facet(&archive, "", "place"), pairs(&[("Kestrel", 5), ("Hilldale", 1)]));
    for field in ["person", "org", "place"] {
        drill(&archive, field);
    }
    for (query, count) in [
        ("person:\"Bo Lind\"", 4),
        ("person:lind", 1),
        ("person:anna", 3),
        ("person:lee", 3),
        ("person:\"Ann Lee\"", 3),
        ("person:hill", 1),
        ("person:\"George W. Hill\"", 0),
        ("person:geo*", 1),
        ("org:kestrel", 0),
        ("place:kestrel", 5),
        ("place:kes*", 5),
        ("has:place", 5),
        ("has:org", 3),
        ("has:person", 6),
        ("-has:person", 0),
    ] {
        let found = archive.run(&["count", query]).stdout;
        assert_eq!(found.trim(), count.to_string(), "{query}");
    }
    let shown: Shown = archive.done(&["show", "wire.jsonl#5", "--json"]).json();
    let names = |entities: &[crate::wire::Entity]| -> Vec<String> {
        entities.iter().map(|entity| entity.name.clone()).collect()
    };
    assert_eq!(names(&shown.articles[0].people), ["Anna Lee-Orr"]);
    assert_eq!(names(&shown.articles[0].places), ["Kestrel"]);
    archive.write(".newsdex/aliases.tsv", format!("{lines}ignore\torg\tNowhere Ltd\n"));
    let status: Status = archive.done(&["status", "--json"]).json();
    let unknown = Alias { line: 6, name: "Nowhere Ltd".into() };
    assert_eq!((status.aliases, status.aliases_without_articles), (5, vec![unknown]));
    let text = archive.done(&["status"]).stdout;
    assert!(text.contains("no article names `Nowhere Ltd` (aliases.tsv, line 6)\n"), "{text}");
    archive.write(".newsdex/aliases.tsv", "");
    assert_eq!(facet(&archive, "", "org"), pairs(&[("Apex", 3), ("Kestrel", 2)]));
}

#[test]
fn an_alias_that_cannot_be_followed_is_told_with_its_line() {
    let archive = archive();
    let told = |text: &[u8]| {
        archive.write(".newsdex/aliases.tsv", text);
        let output = archive.run(&["count", "person:\"Joe Marsh\""]).with_code(2);
        assert_eq!(output.stdout, "");
        output.stderr
    };
    let error = told(b"merge\tperson\tA\tB\nmerg\tperson\tA\tC\n");
    assert!(error.contains("aliases.tsv:2`: unknown instruction `merg`"), "{error}");
    assert!(error.contains("\nhint: did you mean `merge`?\n"), "{error}");
    let error = told(b"merge\tperson\tA\tB\n\xff\n");
    assert!(error.contains("aliases.tsv:2` is not UTF-8"), "{error}");
    // Two names of one person become two.
    let error = told(b"rename\tperson\tJoe Marsh\tA\nrename\tperson\tJoseph Marsh\tB\n");
    assert!(
        error.contains("aliases.tsv:2`: line 1 says something else of `Joseph Marsh`"),
        "{error}"
    );
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entities {
    version: u32,
    revision: String,
    query: String,
    articles: u64,
    distinct: u64,
    with: Option<String>,
    entities: Vec<Row>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    version: Option<u32>,
    kind: String,
    name: String,
    partial: bool,
    articles: u64,
    mentions: u64,
    first: Option<String>,
    last: Option<String>,
    forms: Vec<Form>,
    in_index: Option<u64>,
    g2: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    articles: u64,
}

fn listed(archive: &Archive, arguments: &[&str]) -> Entities {
    archive.done(&[&["entities", "--json"], arguments].concat()).json()
}

fn names(list: &Entities) -> Vec<(&str, u64)> {
    list.entities.iter().map(|row| (row.name.as_str(), row.articles)).collect()
}

#[test]
fn entities_are_listed_with_counts_forms_and_dates() {
    let archive = archive();
    let list = listed(&archive, &["--kind", "person"]);
    assert_eq!(list.revision.len(), 16);
    assert_eq!((list.version, list.query.as_str(), list.articles, list.distinct), (1, "*", 6, 5));
    assert_eq!(list.with, None);
    let expected = [
        ("Joe Marsh", 4),
        ("Ann Lee", 3),
        ("Bo Lind", 1),
        ("George H. W. Hill", 1),
        ("George W. Hill", 1),
    ];
    assert_eq!(names(&list), expected);
    let first = &list.entities[0];
    assert_eq!((first.kind.as_str(), first.partial, first.mentions), ("person", false, 0));
    let days = (first.first.as_deref(), first.last.as_deref());
    assert_eq!(days, (Some("2024-01-02"), Some("2024-03-01")));
    let forms: Vec<_> =
        first.forms.iter().map(|form| (form.name.as_str(), form.articles)).collect();
    let expected = [("Joe Marsh", 2), ("Joseph Marsh", 1), ("Joseph R. Marsh Jr.", 1)];
    assert_eq!(forms, expected);
    assert_eq!((first.in_index, first.g2, first.version), (None, None, None));

    let list = listed(&archive, &["date:2024-01", "--sort", "name", "-n", "2"]);
    assert_eq!((names(&list), list.distinct), (vec![("Ann Lee", 1), ("Apex", 2)], 4));
    let list = listed(&archive, &["--prefix", "hil", "--sort", "last"]);
    assert_eq!(names(&list), [("George H. W. Hill", 1), ("Hilldale", 1), ("George W. Hill", 1)]);
    let text = archive.done(&["entities", "ferry"]).stdout;
    insta::assert_snapshot!(text, @r"
    3 names in 1 article
    kind    name       articles  mentions       first        last  other forms
    org     Apex              1         0  2024-01-05  2024-01-05
    person  Joe Marsh         1         0  2024-01-05  2024-01-05  Joseph Marsh, Joseph R. Marsh Jr.
    place   Kestrel           1         0  2024-01-05  2024-01-05
    ");
    archive.run(&["entities", "zebra"]).with_code(1);
}

#[test]
fn who_is_named_together_and_unusually() {
    let archive = archive();
    let list = listed(&archive, &["--with", "ann lee", "--kind", "person"]);
    assert_eq!(list.with.as_deref(), Some("Ann Lee"));
    assert_eq!(list.articles, 3);
    assert_eq!(names(&list), [("Joe Marsh", 2), ("George W. Hill", 1)]);
    let list = listed(&archive, &["--with", "org:Kestrel"]);
    let expected =
        [("Ann Lee", 1), ("George H. W. Hill", 1), ("George W. Hill", 1), ("Hilldale", 1)];
    assert_eq!(names(&list), expected);
    let error = archive.run(&["entities", "--with", "Zed"]).with_code(2).stderr;
    assert!(error.starts_with("error: no article names `Zed`\nhint: "), "{error}");

    let list = listed(&archive, &["date:2024-01", "--over-represented"]);
    let found: Vec<_> = list
        .entities
        .iter()
        .map(|row| (row.name.as_str(), row.articles, row.in_index.unwrap()))
        .collect();
    assert_eq!(found, [("Apex", 2, 3), ("Kestrel", 2, 3), ("Joe Marsh", 2, 4)]);
    assert!(list.entities.windows(2).all(|rows| rows[0].g2 >= rows[1].g2));
}

#[test]
fn the_network_is_pairs_with_articles_in_common() {
    let archive = archive();
    let arguments = ["entities", "--kind", "person", "-n", "3", "--network", "--format", "csv"];
    let expected = "source,source_kind,target,target_kind,articles\n\
                    Joe Marsh,person,Ann Lee,person,2\nJoe Marsh,person,Bo Lind,person,1\n";
    assert_eq!(archive.done(&arguments).stdout, expected);
    let graph = archive.done(&["entities", "--format", "graphml"]).stdout;
    assert!(graph.starts_with("<?xml version=\"1.0\""), "{graph}");
    assert!(graph.contains("<data key=\"label\">Joe Marsh</data><data key=\"kind\">person</data>"));
    assert_eq!(graph.matches("<node ").count(), 9);
    let error = archive.run(&["entities", "--network", "-n", "all"]).with_code(2).stderr;
    assert!(error.contains("hint: give `-n` a number up to 2000"), "{error}");
}

#[test]
fn suggested_merges_are_lines_of_aliases() {
    let mut lines = String::new();
    for day in 1..=9 {
        let date = format!("2024-05-0{day}");
        let name = if day < 6 { "Oksana Prytulenko" } else { "Oksana Pritulenko" };
        lines += &line("Talks", &date, &[name, "Ivo Brandt"], &["Harbour Union"], &["Kestrel"]);
        lines += &line("Weather", &date, &["Ann Lee"], &["Met Desk"], &["Anywhere"]);
    }
    let archive = indexed(lines);
    let text = archive.done(&["entities", "--suggest-merges"]).stdout;
    insta::assert_snapshot!(text, @r"
    # 1 suggestion for aliases.tsv
    # 5 and 4 articles, 0 with both; one letter differs; company alike by 1.00: Ivo Brandt, Harbour Union, Kestrel
    merge	person	Oksana Prytulenko	Oksana Pritulenko
    ");
    archive.write(".newsdex/aliases.tsv", &text);
    let people = pairs(&[("Ann Lee", 9), ("Ivo Brandt", 9), ("Oksana Prytulenko", 9)]);
    assert_eq!(facet(&archive, "", "person"), people);
    archive.run(&["entities", "--suggest-merges"]).with_code(1);
}
