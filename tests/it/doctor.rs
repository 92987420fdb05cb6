//! `doctor`: what in an index deserves a look, and that it says how much of it there is.

mod corpus;
mod groups;

use std::collections::BTreeSet;

use serde::Deserialize;

use self::corpus::{article, odd_articles, odd_records, written};
use crate::harness::Archive;
use crate::wire::Count;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Checkup {
    version: u32,
    revision: String,
    today: String,
    findings: Vec<Finding>,
    nothing_found: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    check: String,
    of: String,
    count: u64,
    superfluous: u64,
    query: Option<String>,
    examples: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    what: Option<String>,
    count: u64,
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Member {
    path: Option<String>,
    part: Option<String>,
    id: Option<String>,
    outlet: Option<String>,
    articles: u64,
    what: Option<String>,
}

/// A member as a line of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    version: u32,
    check: String,
    example: u64,
    path: Option<String>,
    part: Option<String>,
    id: Option<String>,
    outlet: Option<String>,
    articles: u64,
    what: Option<String>,
}

/// What each check finds in them.
const EXPECTED: [(&str, u64, u64); 20] = [
    ("unread-file", 3, 0),
    ("partly-read-file", 1, 0),
    ("no-date", 2, 0),
    ("unread-date", 1, 0),
    ("future-date", 1, 0),
    ("before-outlet", 2, 0),
    ("date-conflict", 1, 0),
    ("no-title", 1, 0),
    ("no-outlet", 1, 0),
    ("no-text", 1, 0),
    // The empty one, too.
    ("tiny-text", 3, 0),
    ("index-page", 1, 0),
    ("paywall", 1, 0),
    ("guessed-encoding", 1, 0),
    ("outlet-names", 1, 1),
    // The two flashes are alike, and too short.
    ("copies", 2, 3),
    ("large-file", 1, 0),
    ("superseded", 1, 0),
    ("withdrawn", 1, 0),
    ("embargo", 1, 0),
];

fn odd() -> Archive {
    written(&odd_articles(), &odd_records(), 5)
}

fn checkup(archive: &Archive, arguments: &[&str]) -> Checkup {
    archive.done(&[&["doctor", "--json"], arguments].concat()).json()
}

#[test]
fn each_check_finds_what_it_is_for() {
    let archive = odd();
    let found = checkup(&archive, &[]);
    assert_eq!((found.version, found.today.as_str()), (1, "2024-04-20"));
    assert_eq!(found.revision.len(), 16);
    let counts: Vec<_> = found
        .findings
        .iter()
        .map(|finding| (finding.check.as_str(), finding.count, finding.superfluous))
        .collect();
    assert_eq!(counts, EXPECTED);
    assert!(found.nothing_found.is_empty());
    let paths = |check: &str| -> Vec<&str> {
        let finding = found.findings.iter().find(|finding| finding.check == check).unwrap();
        let members = finding.examples.iter().flat_map(|example| &example.members);
        members.map(|member| member.path.as_deref().unwrap_or("")).collect()
    };
    for (check, expected) in [
        // By reason, the commonest first.
        ("unread-file", &["other.pdf", "report.pdf", "cut.jsonl"][..]),
        ("partly-read-file", &["half.jsonl"]),
        ("unread-date", &["unread.txt"]),
        ("future-date", &["future.txt"]),
        ("before-outlet", &["zero.txt", "television.txt"]),
        ("date-conflict", &["conflict.txt"]),
        ("no-title", &["headless.txt"]),
        ("no-outlet", &["nobody.txt"]),
        ("no-text", &["empty.txt"]),
        ("index-page", &["list.html"]),
        ("paywall", &["wall.html"]),
        ("guessed-encoding", &["latin.txt"]),
        ("large-file", &["dump.jsonl"]),
        ("superseded", &["v1.xml"]),
        ("withdrawn", &["gone.xml"]),
        ("embargo", &["later.xml"]),
    ] {
        assert_eq!(paths(check), expected, "{check}");
    }
    // The earliest first; the larger group first.
    let copies = paths("copies");
    assert_eq!(copies.len(), 5);
    assert_eq!(copies[0], "copy-2.txt");
    assert!(copies[3..].iter().all(|path| path.starts_with("pair")), "{copies:?}");
    assert_eq!(paths("tiny-text").len(), 3);
}

#[test]
fn counts_are_what_the_named_command_lists() {
    let archive = odd();
    for finding in checkup(&archive, &["--examples", "0"]).findings {
        assert!(finding.examples.is_empty());
        let whole = checkup(&archive, &[&finding.check]);
        let [all] = &whole.findings[..] else { panic!("{whole:?}") };
        assert_eq!((all.count, all.superfluous), (finding.count, finding.superfluous));
        let rows: Vec<Row> =
            archive.done(&["doctor", &finding.check, "--format", "jsonl"]).json_lines();
        assert!(rows.iter().all(|row| row.version == 1 && row.check == finding.check));
        let groups: BTreeSet<u64> = rows.iter().map(|row| row.example).collect();
        let expected = match finding.of.as_str() {
            "outlets" | "groups" => {
                assert_eq!(rows.len() as u64, finding.count + finding.superfluous);
                groups.len()
            }
            "articles" | "files" | "versions" => rows.len(),
            other => panic!("{other}"),
        };
        assert_eq!(expected as u64, finding.count, "{}", finding.check);
        if let Some(query) = &finding.query {
            let count: Count = archive.done(&["count", query, "--json"]).json();
            assert_eq!(count.total, finding.count, "{query}");
            let hits = archive.done(&["search", query, "-n", "all", "--format", "jsonl"]);
            assert_eq!(hits.lines().len() as u64, finding.count, "{query}");
        }
    }
}

#[test]
fn what_is_found_is_told_for_people() {
    let archive = odd();
    let text = archive.done(&["doctor", "--examples", "1"]).stdout;
    for piece in [
        "2 articles without a date (no-date)\n",
        "  newsdex search '-has:date' -n all\n",
        "    unread.txt  `03/04/2024`: Two ways to read it\n",
        "    future.txt  2050-01-01: Not yet\n",
        "    conflict.txt  2024-04-01 (metadata), 2024-04-03 (url): Two days\n",
        "  newsdex search 'date:2024-04-22..' -n all\n",
        "3 source files not read (unread-file)\n",
        "    2 × `.pdf` files are not read\n      other.pdf\n      and 1 more\n",
        "1 outlet under several names, 1 too many (outlet-names)\n",
        "    CNN (Web News) 1, and 1 more\n",
        "    dump.jsonl  1,000 articles\n",
        "  newsdex doctor outlet-names\n",
        "2 texts that several articles have, 3 articles too many (copies)\n",
        "    later.xml  until 2024-04-30: For tomorrow\n",
    ] {
        assert!(text.contains(piece), "{piece} is not in\n{text}");
    }
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(80), "{text}");
    let one = archive.done(&["doctor", "before-outlet"]).stdout;
    insta::assert_snapshot!(one, @"
    2 articles dated before there was such an outlet (before-outlet)
        zero.txt  0001-01-01: In the year one
        television.txt  1950-06-01 (`CNN (Web News)` began in 1980): Before television
    ");
    let rows = archive.done(&["doctor", "outlet-names", "no-outlet", "--format", "csv"]).stdout;
    let rows: Vec<&str> = rows.lines().collect();
    assert_eq!(
        rows[..3],
        [
            "check,example,path,part,id,outlet,articles,what",
            "outlet-names,1,,,,CNN (Web News),1,",
            "outlet-names,1,,,,cnn.com,1,",
        ]
    );
    assert!(rows[3].starts_with("no-outlet,1,nobody.txt,,"), "{rows:?}");
    let summary = archive.done(&["doctor", "--format", "tsv"]).stdout;
    assert!(summary.starts_with("check\tof\tcount\tsuperfluous\tquery\n"), "{summary}");
    assert!(summary.contains("\ntiny-text\tarticles\t3\t0\twords<30\n"), "{summary}");
}

#[test]
fn where_nothing_is_odd_that_is_said() {
    let archive = written(&[("fine.txt", article("A plain report"))], &[], 1);
    let text = archive.done(&["doctor"]).stdout;
    assert!(text.starts_with("nothing found: unread-file, "), "{text}");
    assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    let found = checkup(&archive, &[]);
    assert!(found.findings.is_empty());
    assert_eq!(found.nothing_found.len(), EXPECTED.len());
    let rows = archive.done(&["doctor", "no-date", "--format", "csv"]).stdout;
    assert_eq!(rows.lines().count(), 1);
}

#[test]
fn real_files_are_looked_at() {
    let archive = Archive::with(&[
        ("a.txt", "Title: Storm\nDate: 03/04/2024\n\nRoofs flew."),
        ("b.pdf", "%PDF-1.7"),
        ("c.pdf", "%PDF-1.7"),
        ("d.txt", ""),
    ]);
    archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    let found = checkup(&archive, &[]);
    let of = |check: &str| found.findings.iter().find(|finding| finding.check == check);
    let unread = of("unread-file").unwrap();
    assert_eq!((unread.of.as_str(), unread.count), ("files", 3));
    let reasons: Vec<_> =
        unread.examples.iter().map(|example| (example.count, example.what.as_deref())).collect();
    assert_eq!(reasons.len(), 2, "{reasons:?}");
    assert_eq!(reasons[0].0, 2);
    let unread_date = &of("unread-date").unwrap().examples[0].members[0];
    assert_eq!(unread_date.path.as_deref(), Some("a.txt"));
    assert_eq!(unread_date.what.as_deref(), Some("`03/04/2024`: Storm"));
    assert_eq!((unread_date.articles, &unread_date.part, &unread_date.outlet), (1, &None, &None));
    assert_eq!(unread_date.id.as_deref().map(str::len), Some(12));
}

#[test]
fn slips_are_answered_with_what_was_meant() {
    let archive = odd();
    for (arguments, words) in [
        (&["no-dates"][..], "did you mean `no-date`?"),
        (&["zebra"], "(checks: unread-file, "),
        (&["no-date", "--examples", "2"], "--examples"),
        (&["-n", "2"], "CHECK"),
        (&["no-date", "-n", "few"], "expected a number or `all`"),
    ] {
        let output = archive.run(&[&["doctor"], arguments].concat()).with_code(2);
        assert!(output.stderr.contains(words), "{arguments:?}: {output:?}");
    }
    let rows = archive.done(&["doctor", "no-date", "-n", "1", "--format", "tsv"]).stdout;
    assert_eq!(rows.lines().count(), 2);
    Archive::new().run(&["doctor"]).with_code(2);
}
