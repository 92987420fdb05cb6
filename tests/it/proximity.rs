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
