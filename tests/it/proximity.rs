//! Proximity to entities, on texts in which names are recognised; and what is
//! highlighted.

use crate::harness::Archive;

const BRIBE: &str = "Port inquiry\n\nProsecutors said on Monday that Joe Biden had taken no bribe. \
    Mr Biden left. Kamala Harris spoke of the harbour in Washington, and the dockers went home \
    before anybody had heard of the fine.\n";
const FINE: &str = "Harbour news\n\nThe Justice Department fined a shipping line. Joe Biden was in \
    Ottawa. It was the port that had asked for the fine, not the dockers, said the clerk.\n";

fn archive() -> Archive {
    let archive = Archive::with(&[("a.txt", BRIBE), ("b.txt", FINE)]);
    archive.done(&["index", "."]);
    archive
}

#[test]
fn entities_stand_where_they_are_mentioned() {
    let archive = archive();
    for (query, paths) in [
        ("PERSON near/5 bribe", &["a.txt"][..]),
        ("PERSON near/5 bribe NOT near/4 no", &[]),
        ("person:\"Joe Biden\" near/5 bribe", &["a.txt"]),
        // *Mr Biden* is he too.
        ("person:\"Joe Biden\" pre/1 left", &["a.txt"]),
        ("person:biden pre/1 left", &["a.txt"]),
        ("person:harris near/4 bribe", &["a.txt"]),
        ("person:harris near/3 bribe", &[]),
        ("person:\"Kamala Harris\" pre/2 spoke", &["a.txt"]),
        ("ORG w/s fined", &["b.txt"]),
        ("ORG w/s dockers", &[]),
        ("person:\"Joe Biden\" w/s PLACE", &["b.txt"]),
        ("person:\"Joe Biden\" w/p PLACE", &["a.txt", "b.txt"]),
        // A mention is not near the words that it consists of.
        ("person:\"Joe Biden\" near/1 joe", &[]),
        ("atleast2(person:\"Joe Biden\")", &["a.txt"]),
        ("first/9(PERSON)", &["a.txt", "b.txt"]),
        ("first/8(PERSON)", &["a.txt"]),
        ("title:PERSON", &[]),
        ("lead:(PLACE near/9 dockers)", &["a.txt"]),
        ("haarbour~1 OR /har.*r/", &["a.txt", "b.txt"]),
    ] {
        let found = archive.run(&["search", query, "-l"]);
        let mut lines = found.lines();
        lines.sort_unstable();
        assert_eq!(lines, paths, "{query}");
    }
}

#[test]
fn aliases_say_who_is_mentioned() {
    let archive = archive();
    let count = |query: &str| archive.run(&["count", query]).stdout.trim().to_owned();
    assert_eq!(count("person:\"Joe Biden\" pre/1 left"), "1");
    archive.write(".newsdex/aliases.tsv", "ignore\tperson\tJoe Biden\n");
    assert_eq!(count("PERSON pre/1 left"), "0");
    assert_eq!(count("PERSON pre/2 spoke"), "1");
}

#[test]
fn one_who_is_written_so_elsewhere_is_not_meant() {
    let archive = Archive::with(&[
        ("a.txt", "Meeting\n\nTom Harris met Ann Harris on Monday. Harris left the hall early.\n"),
        ("b.txt", "Speech\n\nTom Harris spoke on Monday. Harris then left the hall.\n"),
    ]);
    archive.done(&["index", "."]);
    // In `a.txt`, *Harris* alone is Ann.
    for (query, paths) in [
        ("person:\"Harris\" pre/1 met", &[][..]),
        ("person:\"Harris\" pre/1 on", &["a.txt"]),
        ("person:\"Harris\" pre/1 spoke", &["b.txt"]),
        ("person:harris pre/1 met", &["a.txt"]),
    ] {
        assert_eq!(archive.run(&["search", query, "-l"]).lines(), paths, "{query}");
    }
}

#[test]
fn what_is_highlighted_is_what_matched() {
    let archive = archive();
    for (query, marked) in [
        ("PERSON near/3 bribe", &["bribe", "Biden"][..]),
        ("fine near/9 dockers", &["fine", "dockers"]),
        ("port near/7 fine", &["port", "fine"]),
        ("\"fine port\"~7", &["port that had asked for the fine"]),
    ] {
        let hits: Vec<crate::wire::Hit> =
            archive.done(&["search", query, "--format", "jsonl", "--sort", "words"]).json_lines();
        let snippet = hits.last().unwrap().snippet.as_ref().unwrap();
        let found: Vec<&str> =
            snippet.marks.iter().map(|(start, end)| &snippet.text[*start..*end]).collect();
        assert_eq!(found, marked, "{query}: {}", snippet.text);
    }
}

/// Text with what is marked in brackets.
fn marked(text: &str, marks: &[(usize, usize)]) -> String {
    let mut marked = text.to_owned();
    for (start, end) in marks.iter().rev() {
        marked.insert(*end, ']');
        marked.insert(*start, '[');
    }
    marked
}

const VISIT: &str = "Biden visits the port\n\nJoe Biden came on Monday. Mr Biden met Ann Lind, and \
    Ms Lind asked President Biden for money.\n";

#[test]
fn mentions_are_marked_under_every_form() {
    let archive = Archive::with(&[("a.txt", VISIT), ("b.txt", FINE)]);
    archive.done(&["index", "."]);
    let told = |query: &str| -> Vec<String> {
        let hits: Vec<crate::wire::Hit> =
            archive.done(&["search", query, "--format", "jsonl"]).json_lines();
        let hit = hits.iter().find(|hit| hit.path == "a.txt").unwrap();
        let snippet = hit.snippet.as_ref().unwrap();
        let rows = archive.done(&["search", query, "--kwic", "--format", "tsv"]).stdout;
        let places = rows.lines().filter(|row| row.ends_with("\ta.txt"));
        let of_row = |row: &str| row.split('\t').nth(6).unwrap().to_owned();
        let places = places.map(of_row).collect::<Vec<_>>().join(", ");
        vec![marked(&snippet.text, &snippet.marks), places]
    };
    let both = told("person:\"Joe Biden\"");
    insta::assert_debug_snapshot!(both, @r#"
    [
        "[Joe Biden] came on Monday. Mr [Biden] met Ann Lind, and Ms Lind asked President [Biden] for money.",
        "Biden, Joe Biden, Biden, Biden",
    ]
    "#);
    for same in ["person:biden", "about:\"Joe Biden\"", "about:biden", "person:bid*"] {
        assert_eq!(told(same), both, "{same}");
    }
    insta::assert_debug_snapshot!(told("PERSON"), @r#"
    [
        "[Joe Biden] came on Monday. Mr [Biden] met [Ann Lind], and Ms [Lind] asked President [Biden] for money.",
        "Biden, Joe Biden, Biden, Ann Lind, Lind, Biden",
    ]
    "#);
    archive.write(".newsdex/aliases.tsv", "merge\tperson\tThe Two\tJoe Biden\tAnn Lind\n");
    let merged = told("person:\"The Two\"");
    insta::assert_debug_snapshot!(merged, @r#"
    [
        "[Joe Biden] came on Monday. Mr [Biden] met [Ann Lind], and Ms [Lind] asked President [Biden] for money.",
        "Biden, Joe Biden, Biden, Ann Lind, Lind, Biden",
    ]
    "#);
    for same in ["person:\"Joe Biden\"", "person:two", "about:\"The Two\"", "person:\"Ann Lind\""] {
        assert_eq!(told(same), merged, "{same}");
    }
    archive.write(".newsdex/aliases.tsv", "ignore\tperson\tJoe Biden\n");
    insta::assert_debug_snapshot!(told("PERSON"), @r#"
    [
        "Mr Biden met [Ann Lind], and Ms [Lind] asked President Biden for money.",
        "Ann Lind, Lind",
    ]
    "#);
    assert_eq!(archive.run(&["count", "person:biden"]).stdout, "0\n");
    archive.write(".newsdex/aliases.tsv", "kind\tperson\tAnn Lind\tplace\n");
    insta::assert_debug_snapshot!(told("place:\"Ann Lind\" OR PLACE"), @r#"
    [
        "Mr Biden met [Ann Lind], and Ms [Lind] asked President Biden for money.",
        "Ann Lind, Lind",
    ]
    "#);
}

#[test]
fn forms_of_one_who_is_of_another_kind_now_are_found() {
    let archive = Archive::with(&[("a.txt", VISIT)]);
    archive.done(&["index", "."]);
    let count = |query: &str| archive.run(&["count", query]).stdout.trim().to_owned();
    assert_eq!(count("place:\"Lind\" OR place:lind"), "0");
    archive.write(".newsdex/aliases.tsv", "kind\tperson\tAnn Lind\tplace\n");
    for query in
        ["place:\"Lind\"", "place:lind", "place:\"Lind\" pre/1 asked", "place:\"Ann Lind\""]
    {
        assert_eq!(count(query), "1", "{query}");
    }
    assert_eq!(count("person:\"Lind\" OR person:lind"), "0");
}

#[test]
fn marks_of_the_title_are_those_of_the_query() {
    let archive = Archive::with(&[("a.txt", VISIT)]);
    archive.done(&["index", "."]);
    for (query, title) in [
        ("person:\"Joe Biden\"", "ESC[1mESC[0mESC[1;31mBidenESC[0mESC[1m visits the portESC[0m"),
        ("person:lind", "ESC[1mBiden visits the portESC[0m"),
        (
            "PERSON near/3 port",
            "ESC[1mESC[0mESC[1;31mBidenESC[0mESC[1m visits the ESC[0mESC[1;31mportESC[0mESC[1mESC[0m",
        ),
    ] {
        let output = archive.done(&["search", query, "--color", "always"]).stdout;
        let output = output.replace('\u{1b}', "ESC");
        assert!(output.contains(title), "{query}: {output}");
    }
}
