//! `search --kwic`: places one below the other, and as rows for scripts.

use serde::Deserialize;
use unicode_width::UnicodeWidthStr;

use crate::harness::Archive;
use crate::newsroom;
use crate::wire::Facet;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kwic {
    version: u32,
    revision: String,
    query: String,
    total: u64,
    offset: usize,
    lines: Vec<Line>,
    facets: Vec<Facet>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// In JSON Lines only.
    version: Option<u32>,
    id: String,
    published: Option<String>,
    outlet: Option<String>,
    part: String,
    word: usize,
    left: String,
    #[serde(rename = "match")]
    place: String,
    right: String,
    path: String,
    marks: Vec<(usize, usize)>,
}

impl Line {
    /// The place with what is marked in brackets.
    fn marked(&self) -> String {
        let mut marked = self.place.clone();
        for (start, end) in self.marks.iter().rev() {
            marked.insert(*end, ']');
            marked.insert(*start, '[');
        }
        marked
    }
}

fn lines(archive: &Archive, arguments: &[&str]) -> Vec<Line> {
    archive.done(&[&["search", "--kwic", "--format", "jsonl"], arguments].concat()).json_lines()
}

/// The places of a query, marked, with the text before and behind each.
fn told(archive: &Archive, arguments: &[&str]) -> Vec<String> {
    let lines = lines(archive, arguments);
    lines.iter().map(|line| format!("{}|{}|{}", line.left, line.marked(), line.right)).collect()
}

#[test]
fn places_stand_one_below_the_other() {
    let archive = newsroom::indexed();
    let output = archive.done(&["search", "strike", "--kwic", "--sort", "date"]);
    insta::assert_snapshot!(output.stdout, @"
    2 articles match

    c7eccaae  2024-04-18  Harbour Times                        Port  strike  ends
    c7eccaae  2024-04-18  Harbour Times                         The  strikes  are over, who knows why,
    7c50ca99  2024-04-14  Northern Wire                     Dockers  strike  at the port
    7c50ca99  2024-04-14  Northern Wire    US and the WHO watch the  strike.
    ");
    assert_eq!(output.stderr, "");
    let output = archive.done(&["search", "strike", "--kwic", "-n", "1", "--facet", "outlet"]);
    insta::assert_snapshot!(output.stdout, @"
    2 articles match; lines of 1 article

    c7eccaae  2024-04-18  Harbour Times                        Port  strike  ends
    c7eccaae  2024-04-18  Harbour Times                         The  strikes  are over, who knows why,

    outlet  2 values in 2 articles
       Harbour Times  1  ████████████████████
       Northern Wire  1  ████████████████████
    ");
}

#[test]
fn colour_marks_what_makes_a_place() {
    let archive = newsroom::indexed();
    let output =
        archive.done(&["search", "dockers near/5 port", "--kwic", "--color", "always"]).stdout;
    insta::assert_snapshot!(output.replace('\u{1b}', "ESC"), @"
    1 article matches

    ESC[2m7c50ca99  2024-04-14  Northern Wire   ESC[0m                           ESC[1;31mDockersESC[0m strike at the ESC[1;31mportESC[0m
    ");
}

#[test]
fn rows_are_cells_for_scripts() {
    let archive = newsroom::indexed();
    let arguments = ["search", "strike", "--kwic", "--sort", "date", "--context", "2", "--format"];
    insta::assert_snapshot!(archive.done(&[&arguments[..], &["csv"]].concat()).stdout, @"
    id,published,outlet,part,word,left,match,right,path
    c7eccaae4769,2024-04-18T09:30:00+02:00,Harbour Times,title,1,Port,strike,ends,wire.jsonl
    c7eccaae4769,2024-04-18T09:30:00+02:00,Harbour Times,body,1,The,strikes,are over,wire.jsonl
    7c50ca996ffa,2024-04-14,Northern Wire,title,1,Dockers,strike,at the,wire.jsonl
    7c50ca996ffa,2024-04-14,Northern Wire,body,12,watch the,strike,.,wire.jsonl
    ");
    let rows = archive.run(&["search", "watch w/s dockers", "--kwic", "--format", "tsv"]);
    assert_eq!(rows.with_code(1).lines().len(), 1, "only the header: they are in two sentences");
}

#[test]
fn the_json_says_all() {
    let archive = newsroom::indexed();
    let arguments = ["search", "strike", "--kwic", "--json", "--sort", "date", "--offset", "1"];
    let found: Kwic = archive.done(&[&arguments[..], &["--facet", "outlet"]].concat()).json();
    assert_eq!(found.revision.len(), 16);
    assert_eq!((found.version, found.query.as_str()), (1, "strike"));
    assert_eq!((found.total, found.offset, found.facets.len()), (2, 1, 1));
    let [title, body] = &found.lines[..] else { panic!("{:?}", found.lines) };
    assert_eq!((title.version, title.id.len(), title.path.as_str()), (None, 12, "wire.jsonl"));
    assert_eq!(title.published.as_deref(), Some("2024-04-14"));
    assert_eq!(title.outlet.as_deref(), Some("Northern Wire"));
    assert_eq!((title.part.as_str(), title.word, title.left.as_str()), ("title", 1, "Dockers"));
    assert_eq!((title.place.as_str(), title.right.as_str()), ("strike", "at the port"));
    assert_eq!((body.part.as_str(), body.word), ("body", 12));
    // Ten words, over the end of the paragraph but not into the title.
    assert_eq!(body.left, "out on Monday. The US and the WHO watch the");
    assert_eq!((body.marks.as_slice(), body.right.as_str()), (&[(0, 6)][..], "."));
    let lines = lines(&archive, &["strike"]);
    assert!(lines.iter().all(|line| line.version == Some(1)));
    assert_eq!(lines.len(), 4);
}

const PORT: &str = "Title: Port and harbour\nOutlet: Kestrel Post\n\nThe port-strike vote: \"strike!\" \
    they\tsaid, in   the port's hall.\n\nA ports' strike, a strike; no\nport strike.\n";

#[test]
fn a_place_is_what_the_query_asks_for() {
    let archive = Archive::with(&[("a.txt", PORT)]);
    archive.index();
    let places = |query: &str| -> Vec<String> {
        lines(&archive, &[query]).iter().map(Line::marked).collect()
    };
    for (query, found) in [
        ("\"port strike\"", &["[port-strike]", "[port strike]"][..]),
        // Words of an AND each have their lines, in the order of the text.
        ("vote harbour", &["[harbour]", "[vote]"]),
        ("hall pre/3 strike", &["[hall]. A ports' [strike]"]),
        ("harbr~2 OR /vo.e/", &["[harbour]", "[vote]"]),
        ("\"no a\"~3", &["[a strike; no]"]),
        ("atleast4(strike)", &["[strike]"; 5]),
        ("first/3(port)", &["[port]"]),
        ("title:port", &["[Port]"]),
        ("title:port outlet:kestrel -fog", &["[Port]"]),
        // What stands at the same words is one place.
        ("vote OR \"vote\" OR vot*", &["[vote]"]),
        ("vote OR \"strike vote\"", &["[strike vote]", "[vote]"]),
        // The vote is between two strikes, and so in two places.
        (
            "said near/9 (strike near/9 vote)",
            &["[strike] [vote]: \"strike!\" they [said]", "[vote]: \"[strike]!\" they [said]"],
        ),
    ] {
        assert_eq!(places(query), found, "{query}");
    }
    assert_eq!(
        told(&archive, &["strike", "--context", "2"])[..2],
        ["The port-|[strike]|vote: \"strike", "strike vote: \"|[strike]|!\" they said"],
    );
    assert_eq!(told(&archive, &["hall", "--context", "0"]), ["|[hall]|"]);
    assert_eq!(
        told(&archive, &["\"in the port\"", "--context", "1"]),
        ["said,|[in the port]|'s hall"]
    );
}

#[test]
fn an_article_without_places_has_no_lines() {
    let archive = newsroom::indexed();
    let hint = "hint: nothing that the query asks for stands in the texts of these articles\n";
    for (format, printed) in [
        ("text", "2 articles match\n"),
        ("jsonl", ""),
        ("csv", "id,published,outlet,part,word,left,match,right,path\n"),
    ] {
        let output = archive.done(&["search", "outlet:harbour", "--kwic", "--format", format]);
        assert_eq!((output.stdout.as_str(), output.stderr.as_str()), (printed, hint));
    }
    let nothing = archive.run(&["search", "zebra", "--kwic"]).with_code(1);
    assert_eq!((nothing.stdout.as_str(), nothing.stderr.as_str()), ("0 articles match\n", ""));
    // Some of the articles have places.
    assert_eq!(lines(&archive, &["fog OR outlet:northern"]).len(), 2);
}

#[test]
fn wide_characters_keep_the_columns() {
    let archive = Archive::with(&[
        ("a.txt", "Note\n\n昨日東京で港のストライキが終わった。"),
        ("b.txt", "Note\n\nThe e\u{301}te\u{301} harbour 港 and ❤\u{fe0f} of the 👩‍🚀 port."),
        ("c.txt", "Note\n\nA\u{1b}[2J\u{202e} 港."),
    ]);
    archive.index();
    let output = archive.done(&["search", "港", "--kwic"]).stdout;
    let rows: Vec<&str> = output.lines().skip(2).collect();
    assert_eq!(rows.len(), 3, "{output}");
    for row in rows {
        assert_eq!(row[..row.find('港').unwrap()].width(), 65, "{output}");
        assert!(row.width() <= 100 && !row.contains(['\u{1b}', '\u{202e}']), "{output}");
    }
}

#[test]
fn a_long_place_shows_both_ends() {
    let text = format!("Note\n\nPort {} fog lifted.\n", "of some words ".repeat(100));
    let archive = Archive::with(&[("a.txt", text)]);
    archive.index();
    let query = "port near/1000 fog";
    let output = archive.done(&["search", query, "--kwic"]).stdout;
    let row = output.lines().last().unwrap();
    assert!(row.contains("  Port of some") && row.ends_with("words fog"), "{output}");
    assert!(row.width() <= 100, "{output}");
    let marked = lines(&archive, &[query])[0].marked();
    assert!(marked.starts_with("[Port] of") && marked.ends_with("words [fog]"), "{marked}");
    let words = marked.split(' ').count();
    assert_eq!((words, marked.matches(" … ").count()), (201, 1), "the middle is left out");
    let whole = lines(&archive, &["port near/1000 lifted NOT near/1 x"]);
    assert_eq!(whole.len(), 1);
}

#[test]
fn lines_of_a_text_of_one_word_stay_in_proportion_to_it() {
    let archive = Archive::with(&[("a.txt", format!("Note\n\n{}", "port ".repeat(20_000)))]);
    archive.index();
    let rows = archive.done(&["search", "port", "--kwic", "--format", "csv"]).stdout;
    assert_eq!(rows.lines().count(), 20_001);
    assert!(rows.len() < 20_000 * 200, "{} bytes", rows.len());
    let rows = archive.done(&["search", "port near/9000 port", "--kwic", "--format", "csv"]);
    assert!(rows.stdout.len() < 20_000 * 1_000);
}

#[test]
fn what_prints_no_places_is_refused() {
    let archive = newsroom::indexed();
    for (arguments, words) in [
        (&["-c"][..], "`--kwic` does not go with `-c`"),
        (&["-l"], "`--kwic` does not go with `-l`"),
        (&["-q"], "`--kwic` does not go with `-q`"),
        (&["--fields", "id", "--json"], "`--kwic` does not go with `--fields`"),
        (&["--facet", "outlet", "--format", "csv"], "`--facet` does not go with `--format csv`"),
        (&["--context", "many"], "expected a number up to 1000"),
        (&["--context", "1001"], "expected a number up to 1000"),
    ] {
        let output = archive.run(&[&["search", "port", "--kwic"], arguments].concat()).with_code(2);
        assert!(output.stderr.contains(words), "{arguments:?}: {output:?}");
        assert_eq!(output.stdout, "");
    }
    archive.run(&["search", "port", "--context", "3"]).with_code(2);
}
