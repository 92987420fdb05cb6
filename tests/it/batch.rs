//! `batch`: many queries of one file as counts, by the values of fields, and as
//! hits; lines that are no queries; slips.

use std::io::Write;
use std::process::Stdio;

use crate::harness::{Archive, Output};
use crate::newsroom;
use crate::wire::{BatchCounts, BatchHits, Cell, Hit, QueryCount};

/// Queries as people keep them.
const LIST: &str =
    "\u{feff}# what to watch\r\nstrike\tport strike\r\n\r\nfog OR storm\nnobody\tzebra\nall\t*\n";

fn archive() -> Archive {
    let archive = newsroom::indexed();
    archive.write("list.tsv", LIST);
    archive
}

fn batch(archive: &Archive, arguments: &[&str]) -> Output {
    archive.run(&[&["batch", "list.tsv"], arguments].concat())
}

/// Runs `batch -` with these lines.
fn piped(archive: &Archive, list: &[u8], arguments: &[&str]) -> Output {
    let mut command = archive.command(&[&["batch", "-"], arguments].concat());
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(list).unwrap();
    let output = child.wait_with_output().unwrap();
    Output {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn each_query_has_its_count_in_the_order_of_the_file() {
    let archive = archive();
    insta::assert_snapshot!(batch(&archive, &[]).with_code(0).stdout, @"
    label         total
    strike            2
    fog OR storm      2
    nobody            0
    all               5
    ");
    let csv = batch(&archive, &["--format", "csv"]).with_code(0);
    insta::assert_snapshot!(csv.stdout, @"
    label,query,total
    strike,port strike,2
    fog OR storm,fog OR storm,2
    nobody,zebra,0
    all,*,5
    ");
    let tsv = batch(&archive, &["--format", "tsv"]).with_code(0);
    assert_eq!(tsv.stdout, csv.stdout.replace(',', "\t"));
    let lines: Vec<QueryCount> = batch(&archive, &["--format", "jsonl"]).json_lines();
    let found: BatchCounts = batch(&archive, &["--json"]).json();
    assert_eq!((found.version, found.revision.len(), found.by), (1, 16, None));
    for (line, query) in lines.iter().zip(&found.queries) {
        assert_eq!((line.version, query.version, &query.cells), (Some(1), None, &None));
        assert_eq!(
            (&line.label, &line.query, line.total),
            (&query.label, &query.query, query.total)
        );
        assert_eq!(archive.run(&["count", &query.query]).stdout, format!("{}\n", query.total));
    }
    assert_eq!((lines.len(), found.queries.len()), (4, 4));
}

#[test]
fn a_list_comes_from_a_pipe_too() {
    let archive = newsroom::indexed();
    let found = piped(&archive, b"port\nfog\tstorm", &["--format", "csv"]).with_code(0);
    assert_eq!(found.stdout, "label,query,total\nport,port,3\nfog,storm,1\n");
    let nothing = piped(&archive, b"zebra\n", &["--format", "csv"]).with_code(1);
    assert_eq!(nothing.stdout, "label,query,total\nzebra,zebra,0\n");
    assert_eq!(piped(&archive, b"", &[]).with_code(1).stderr, "");
    // In a folder, which is brought up to date.
    archive.write("2024/more.txt", "Storm\n\nMore of it.");
    let arguments = ["2024", "--format", "tsv"];
    let below = piped(&archive, b"storm\nport\nfog\n", &arguments).with_code(0);
    assert_eq!(below.stdout, "label\tquery\ttotal\nstorm\tstorm\t2\nport\tport\t1\nfog\tfog\t0\n");
}

#[test]
fn a_bad_line_is_told_by_its_number_and_the_others_are_answered() {
    let archive = newsroom::indexed();
    archive.write("bad.tsv", b"a\tport\nb\tperon:x\na\tfog\nc\tx\xff\nd\t*e*\ne\tfog\n");
    let some = archive.run(&["batch", "bad.tsv", "--pattern-limit", "2"]).with_code(3);
    insta::assert_snapshot!(some.stdout, @"
    label  total
    a          3
    e          1
    ");
    insta::assert_snapshot!(some.stderr, @"
    error: bad.tsv:2: unknown field `peron`
      peron:x
      ^^^^^^
    hint: did you mean `person`?
    error: bad.tsv:3: `a` is the label of line 1 already
    error: bad.tsv:4: the line is not UTF-8
    error: bad.tsv:5: `*e*` takes in 14 different words; the limit is 2
    hint: give more letters
    hint: or raise the limit with `--pattern-limit 14`
    ");
    let hits = ["batch", "bad.tsv", "--pattern-limit", "2", "--hits", "--format", "jsonl"];
    let hits = archive.run(&hits).with_code(3);
    assert_eq!((hits.lines().len(), hits.stderr), (4, some.stderr));
    archive.write("bad.tsv", "b\tperon:x\n(\n");
    let all = archive.run(&["batch", "bad.tsv"]).with_code(2);
    assert_eq!(all.stdout, "");
    assert!(all.stderr.contains("error: bad.tsv:2: "), "{all:?}");
    archive.write("bad.tsv", "b\tperon:x\nzebra\n");
    archive.run(&["batch", "bad.tsv"]).with_code(3);
    archive.write("bad.tsv", "*e*\n*o*\n");
    archive.run(&["batch", "bad.tsv", "--pattern-limit", "2"]).with_code(2);
}

#[test]
fn counts_by_fields_are_rows() {
    let archive = archive();
    insta::assert_snapshot!(batch(&archive, &["--by", "month,outlet"]).with_code(0).stdout, @"
    label         month    outlet         articles
    strike        2024-04  Harbour Times         1
    strike        2024-04  Northern Wire         1
    fog OR storm  2024-03                        1
    fog OR storm           Harbour Times         1
    all           2024-03                        1
    all           2024-04  Harbour Times         1
    all           2024-04  Le Phare              1
    all           2024-04  Northern Wire         1
    all                    Harbour Times         1
    ");
    // What spans several weeks is in none; who has two tags is in both.
    let csv = batch(&archive, &["--by", "date:week,person,tag", "--format", "csv"]);
    insta::assert_snapshot!(csv.with_code(0).stdout, @"
    label,week,person,tag,articles
    strike,2024-W15,Ann Lee,labour,1
    strike,2024-W15,Ann Lee,port,1
    strike,2024-W15,Joe Biden,labour,1
    strike,2024-W15,Joe Biden,port,1
    strike,2024-W16,Ann Lee,port,1
    fog OR storm,2024-W09,,,1
    fog OR storm,,,,1
    all,2024-W09,,,1
    all,2024-W15,Ann Lee,labour,1
    all,2024-W15,Ann Lee,port,1
    all,2024-W15,Joe Biden,labour,1
    all,2024-W15,Joe Biden,port,1
    all,2024-W16,Ann Lee,port,1
    all,,,,2
    ");
    let found: BatchCounts = batch(&archive, &["--by", "year", "--json"]).json();
    assert_eq!(found.by.as_deref(), Some(&["year".to_owned()][..]));
    let cells: Vec<_> = found.queries[1].cells.iter().flatten().collect();
    let seen: Vec<_> = cells.iter().map(|cell| (cell.year.as_deref(), cell.articles)).collect();
    assert_eq!(seen, [(Some("2024"), 1), (None, 1)]);
    assert_eq!(found.queries[2].cells.as_ref().map(Vec::len), Some(0));
    let lines: Vec<Cell> =
        batch(&archive, &["--by", "year,lang", "--format", "jsonl"]).json_lines();
    let last = lines.last().unwrap();
    assert_eq!((last.version, last.label.as_deref()), (Some(1), Some("all")));
    assert_eq!((last.year.as_deref(), last.lang.as_deref()), (None, Some("en")));
}

#[test]
fn every_hit_has_the_label_of_its_query() {
    let archive = archive();
    let csv = ["--hits", "--sort", "date", "--format", "csv", "--fields", "published,title"];
    insta::assert_snapshot!(batch(&archive, &csv).with_code(0).stdout, @"
    label,published,title
    strike,2024-04-18T09:30:00+02:00,Port strike ends
    strike,2024-04-14,Dockers strike at the port
    fog OR storm,2024-03-02,Storm over the town
    fog OR storm,,Fog
    all,2024-04-18T09:30:00+02:00,Port strike ends
    all,2024-04-14,Dockers strike at the port
    all,2024-04,Grève au port
    all,2024-03-02,Storm over the town
    all,,Fog
    ");
    let text = batch(&archive, &["--hits", "-n", "1", "--sort", "date:asc"]).with_code(0).stdout;
    let headings: Vec<_> = text.lines().filter(|line| line.contains(" article")).collect();
    assert_eq!(
        headings,
        ["strike  2 articles", "fog OR storm  2 articles", "nobody  0 articles", "all  5 articles"]
    );
    assert!(text.starts_with("strike  2 articles\n\n 1  Dockers strike at the port\n"), "{text}");
    let found: BatchHits = batch(&archive, &["--hits", "--json"]).with_code(0).json();
    let hits: Vec<Hit> = batch(&archive, &["--hits", "--format", "jsonl"]).json_lines();
    assert_eq!(found.revision.len(), 16);
    assert_eq!((found.version, found.hits.len(), hits.len()), (1, 9, 9));
    for (one, other) in found.hits.iter().zip(&hits) {
        assert_eq!((one.version, other.version), (None, Some(1)));
        assert_eq!((&one.label, &one.id, one.score), (&other.label, &other.id, other.score));
        assert!(one.matched.is_none() && one.snippet.is_some());
    }
    let totals: Vec<_> =
        found.queries.iter().map(|query| (query.label.as_str(), query.total)).collect();
    assert_eq!(totals, [("strike", 2), ("fog OR storm", 2), ("nobody", 0), ("all", 5)]);
}

#[test]
fn more_hits_than_a_thread_is_given_at_once_stay_in_order() {
    let archive = Archive::new();
    let articles: Vec<String> = (0..300)
        .map(|number| {
            format!(r#"{{"title": "storm {number}", "text": "Fog.", "date": "2024-04-14"}}"#)
        })
        .collect();
    archive.write("a.jsonl", articles.join("\n"));
    archive.index();
    archive.write("list.tsv", "one\tstorm\ntwo\tfog\n");
    let arguments = ["--hits", "--sort", "date", "--format", "csv", "--fields", "title"];
    let found = batch(&archive, &arguments).with_code(0);
    let search = ["search", "storm", "-n", "all", "--sort", "date", "--format", "csv"];
    let search = archive.done(&[&search[..], &["--fields", "title"]].concat());
    let titles: Vec<_> = search.lines()[1..].to_vec();
    let expected = ["one", "two"]
        .into_iter()
        .flat_map(|label| titles.iter().map(move |title| format!("{label},{title}")));
    assert!(found.lines()[1..].iter().copied().eq(expected), "{}", found.stdout);
}

#[test]
fn slips_are_refused() {
    let archive = archive();
    for (arguments, words) in [
        (&["--by", "moth"][..], "there is no such field; did you mean `month`?"),
        (&["--by", "month,outlet,tag,lang"], "`--by` takes 3 fields at most"),
        (&["--by", "tag,tag"], "`--by` has `tag` twice"),
        (&["--by", "tag", "--hits"], "cannot be used with"),
        (&["-n", "3"], "--hits"),
        (&["--fields", "id"], "--hits"),
        (&["--sort", "date"], "--hits"),
        (&["--hits", "--fields", "id"], "`--fields` needs `--format`"),
        (&["--no-recognition"], "`--no-recognition` needs a folder"),
    ] {
        let output = batch(&archive, arguments).with_code(2);
        assert!(output.stderr.contains(words), "{arguments:?}: {output:?}");
    }
    let missing = archive.run(&["batch", "nowhere.tsv"]).with_code(2);
    assert_eq!(missing.stderr, "error: cannot read `nowhere.tsv`: no such file or folder\n");
}
