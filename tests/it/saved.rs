//! `saved`: keeping queries, and telling what is new of them once.

use std::fs;
use std::io::pipe;
use std::thread;

use crate::harness::{Archive, Output};
use crate::newsroom;
use crate::wire::{BatchHits, Hit, SavedList};

/// An archive with two saved queries.
fn archive() -> Archive {
    let archive = newsroom::indexed();
    archive.done(&["saved", "add", "port", "port strike"]);
    archive.done(&["saved", "add", "it's weather", "fog OR storm"]);
    archive
}

fn saved(archive: &Archive) -> String {
    fs::read_to_string(archive.path(".newsdex/saved.tsv")).unwrap()
}

fn state(archive: &Archive) -> Option<String> {
    fs::read_to_string(archive.path(".newsdex/saved-runs.tsv")).ok()
}

/// The labels and titles of what is new.
fn news(archive: &Archive, arguments: &[&str]) -> Vec<(String, String)> {
    let arguments = [&["saved", "run", "--new", "--format", "jsonl"], arguments].concat();
    let hits: Vec<Hit> = archive.run(&arguments).json_lines();
    hits.into_iter().map(|hit| (hit.label.unwrap(), hit.title)).collect()
}

fn pairs(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(label, title)| ((*label).to_owned(), (*title).to_owned())).collect()
}

#[test]
fn queries_are_kept_in_a_plain_file() {
    let archive = newsroom::indexed();
    let empty = archive.done(&["saved", "list"]);
    assert_eq!((empty.stdout.as_str(), empty.stderr.starts_with("hint: ")), ("", true));
    archive.done(&["saved", "add", "port", "port strike"]);
    archive.done(&["saved", "add", " fog ", "fog\nOR\tmist"]);
    assert_eq!(saved(&archive), "port\tport strike\nfog\tfog OR mist\n");
    // What somebody writes into it by hand stays.
    let by_hand = format!("# mine\n\n{}-storm\n", saved(&archive));
    archive.write(".newsdex/saved.tsv", &by_hand);
    let known = archive.run(&["saved", "add", "fog", "x"]).with_code(2);
    insta::assert_snapshot!(known.stderr, @"
    error: there is a saved query `fog` already
    hint: `--replace` puts this one in its place
    ");
    archive.done(&["saved", "add", "fog", "-fog", "--replace"]);
    assert_eq!(saved(&archive), "# mine\n\nport\tport strike\nfog\t-fog\n-storm\n");
    insta::assert_snapshot!(archive.done(&["saved", "list"]).stdout, @"
    name    query        last run --new
    port    port strike  never
    fog     -fog         never
    -storm  -storm       never
    ");
    let list: SavedList = archive.done(&["saved", "list", "--json"]).json();
    assert_eq!((list.version, list.saved.len()), (1, 3));
    assert_eq!((&*list.saved[1].name, &*list.saved[1].query), ("fog", "-fog"));
    assert_eq!(list.saved[1].last_run, None);
    let csv = archive.done(&["saved", "list", "--format", "csv"]).stdout;
    assert_eq!(csv, "name,query,last_run\nport,port strike,\nfog,-fog,\n-storm,-storm,\n");
    archive.done(&["saved", "remove", "port"]);
    assert_eq!(saved(&archive), "# mine\n\nfog\t-fog\n-storm\n");
    let counts = archive.done(&["batch", ".newsdex/saved.tsv", "--format", "csv"]).stdout;
    assert_eq!(counts, "label,query,total\nfog,-fog,4\n-storm,-storm,4\n");
}

#[test]
fn slips_are_refused() {
    let archive = archive();
    for (arguments, words) in [
        (&["add", "x", "peron:x"][..], "unknown field `peron`"),
        (&["add", "a\tb", "x"], "cannot be the name of a saved query: it has a tab"),
        (&["add", " ", "x"], "cannot be the name of a saved query: it is empty"),
        (&["add", "#x", "x"], "`#` begins a comment"),
        (&["remove", "prot"], "there is no saved query `prot`\nhint: did you mean `port`?"),
        (&["run", "port", "zebra"], "there is no saved query `zebra`"),
        (&["run", "--most", "3"], "`--most` needs `--new` or `--again`"),
        (&["run", "--new", "-n", "3"], "cannot be used with"),
        (&["run", "--new", "--again"], "cannot be used with"),
        (&["run", "--fields", "id"], "`--fields` needs `--format`"),
    ] {
        let output = archive.run(&[&["saved"], arguments].concat()).with_code(2);
        assert!(output.stderr.contains(words), "{arguments:?}: {output:?}");
    }
    assert_eq!(saved(&archive).lines().count(), 2);
    let none = newsroom::indexed().run(&["saved", "run"]).with_code(2);
    assert!(none.stderr.contains("there are no saved queries"), "{none:?}");
}

#[test]
fn a_run_gives_every_hit_with_the_words_that_match() {
    let archive = archive();
    let run = ["saved", "run", "--sort", "date", "--format", "csv", "--fields", "title"];
    insta::assert_snapshot!(archive.done(&run).stdout, @"
    label,title,matched
    port,Port strike ends,Port; strike; strikes
    port,Dockers strike at the port,strike; port
    it's weather,Storm over the town,Storm
    it's weather,Fog,Fog
    ");
    let one = archive.done(&["saved", "run", "port", "-n", "1", "--sort", "date"]).stdout;
    insta::assert_snapshot!(one, @"
    port  2 articles

     1  Port strike ends
        2024-04-18T09:30:00+02:00 · Harbour Times · c7eccaae4769
        wire.jsonl#2
        The strikes are over, who knows why, and it is up to us.
        matched: Port, strike, strikes
    ");
    assert_eq!(state(&archive), None);
}

#[test]
fn what_is_new_is_told_once() {
    let archive = archive();
    let all = [
        ("port", "Port strike ends"),
        ("port", "Dockers strike at the port"),
        ("it's weather", "Storm over the town"),
        ("it's weather", "Fog"),
    ];
    assert_eq!(news(&archive, &["port"]), pairs(&all[..2]));
    assert_eq!(news(&archive, &[]), pairs(&all[2..]));
    let nothing = archive.run(&["saved", "run", "--new"]).with_code(1);
    assert_eq!((nothing.stdout.as_str(), nothing.stderr.as_str()), ("", ""));
    let nothing: BatchHits = archive.run(&["saved", "run", "--new", "--json"]).with_code(1).json();
    assert_eq!((nothing.hits.len(), nothing.queries.len()), (0, 2));
    archive.write("new.txt", "Title: Storm closes port\nDate: 2024-04-19\n\nA strike, too.\n");
    archive.index();
    insta::assert_snapshot!(archive.done(&["saved", "run", "--new"]).stdout, @"
    port  1 new article

     1  Storm closes port
        2024-04-19 · 4a5bc6eb1ba8
        new.txt
        A strike, too.
        matched: port, strike

    it's weather  1 new article

     1  Storm closes port
        2024-04-19 · 4a5bc6eb1ba8
        new.txt
        A strike, too.
        matched: Storm
    ");
    archive.run(&["saved", "run", "--new"]).with_code(1);
    // The last that was told, once more, though nothing came since.
    let again = archive.done(&["saved", "run", "--again", "port", "--json"]);
    let again: BatchHits = again.json();
    assert_eq!((again.hits.len(), again.queries[0].total), (1, 1));
    assert_eq!(again.hits[0].matched.as_deref(), Some(&["port".into(), "strike".into()][..]));
    let list: SavedList = archive.done(&["saved", "list", "--json"]).json();
    assert!(list.saved.iter().all(|saved| saved.last_run.is_some()));
}

#[test]
fn a_file_that_is_read_again_is_not_new_and_one_that_went_and_came_is() {
    let archive = archive();
    archive.write("calm.txt", "Calm\n\nNothing happened.\n");
    archive.index();
    assert_eq!(news(&archive, &[]).len(), 4);
    archive.write("calm.txt", "Calm\n\nNothing happened but a storm.\n");
    archive.index();
    assert_eq!(news(&archive, &[]), []);
    fs::remove_file(archive.path("calm.txt")).unwrap();
    archive.index();
    // Elsewhere it is another article.
    archive.write("2024/calm.txt", "Calm\n\nNothing happened but a storm.\n");
    archive.index();
    assert_eq!(news(&archive, &[]), pairs(&[("it's weather", "Calm")]));
}

#[test]
fn a_flood_is_announced() {
    let archive = archive();
    let text = archive.done(&["saved", "run", "--new", "--most", "1", "it's weather"]).stdout;
    let first = text.lines().next().unwrap();
    assert_eq!(
        first,
        "it's weather  2 new articles; the newest is shown, all by: newsdex saved run \
         'it'\\''s weather' --again"
    );
    assert_eq!(text.matches("matched: ").count(), 1);
    // The command that it names gives all.
    let again = ["saved", "run", "it's weather", "--again", "--format", "jsonl"];
    assert_eq!(archive.done(&again).lines().len(), 2);
    let csv = ["saved", "run", "--new", "--most", "0", "--format", "csv", "--fields", "id"];
    let csv = archive.done(&csv);
    assert_eq!(csv.stdout, "label,id,matched\n");
    assert!(
        csv.stderr.starts_with("note: port  2 new articles; none is shown, all by: "),
        "{csv:?}"
    );
    let many: Vec<String> =
        (0..60).map(|number| format!(r#"{{"title": "Fog {number}", "text": "Fog."}}"#)).collect();
    archive.write("many.jsonl", many.join("\n"));
    archive.index();
    let flood: BatchHits = archive.done(&["saved", "run", "--new", "--json"]).json();
    assert_eq!((flood.hits.len(), flood.queries[1].total), (5, 60));
    assert_eq!(archive.done(&again).lines().len(), 60);
    let all = ["saved", "run", "--new", "--most", "all", "--format", "jsonl"];
    archive.done(&["saved", "add", "fog", "fog"]);
    assert_eq!(archive.done(&all).lines().len(), 61);
}

#[test]
fn what_was_not_written_is_told_again() {
    let archive = archive();
    let closed = || {
        let (reader, writer) = pipe().unwrap();
        drop(reader);
        let mut command = archive.command(&["saved", "run", "--new"]);
        let code = command.stdout(writer).status().unwrap().code();
        assert_eq!(code, Some(0), "a closed pipe ends it quietly");
    };
    closed();
    assert_eq!(state(&archive), None);
    assert_eq!(news(&archive, &["port"]).len(), 2);
    let before = state(&archive);
    closed();
    assert_eq!(state(&archive), before);
    assert_eq!(news(&archive, &[]).len(), 2);
}

#[test]
fn a_query_that_cannot_be_asked_does_not_stop_the_others() {
    let archive = archive();
    let list = format!("bad\tperon:x\n{}broad\t*e*\n", saved(&archive));
    archive.write(".newsdex/saved.tsv", list);
    let run = ["saved", "run", "--new", "--pattern-limit", "2", "--format", "csv"];
    let output = archive.run(&run).with_code(3);
    assert_eq!(output.lines().len(), 5);
    let file = archive.folder().canonicalize().unwrap().join(".newsdex/saved.tsv");
    for (line, words) in [(1, "unknown field `peron`"), (4, "`*e*` takes in 14 different words")] {
        let told = format!("error: {}:{line}: {words}", file.display());
        assert!(output.stderr.contains(&told), "{output:?}");
    }
    // What could be asked was told.
    let again = archive.run(&run).with_code(3);
    assert_eq!(again.stdout, "");
    archive.run(&["saved", "list"]).with_code(3);
    // It was never told, so all of it is new.
    assert_eq!(news(&archive, &["broad"]).len(), 5);
}

#[test]
fn what_was_told_is_forgotten_with_the_query() {
    let archive = archive();
    assert_eq!(news(&archive, &[]).len(), 4);
    archive.done(&["saved", "add", "port", "dockers", "--replace"]);
    assert_eq!(news(&archive, &[]), []);
    archive.done(&["saved", "remove", "port"]);
    assert!(!state(&archive).unwrap().contains("\tport\n"));
    archive.done(&["saved", "add", "port", "dockers"]);
    assert_eq!(news(&archive, &[]), pairs(&[("port", "Dockers strike at the port")]));
    archive.write(".newsdex/saved-runs.tsv", "something else\n");
    let damaged = archive.run(&["saved", "run", "--new"]).with_code(2);
    assert!(
        damaged.stderr.contains("saved-runs.tsv:1` is not as newsdex writes it"),
        "{damaged:?}"
    );
}

#[test]
fn runs_at_the_same_time_leave_a_state_that_is_whole() {
    let archive = archive();
    for round in 0..4 {
        archive.write("new.txt", format!("Fog {round}\n\nA port strike, and more fog.\n"));
        archive.write(&format!("new{round}.txt"), "Fog\n\nA port strike, and fog.\n");
        archive.index();
        let told: Vec<Output> = thread::scope(|scope| {
            let run = || archive.run(&["saved", "run", "--new", "--format", "jsonl"]);
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert!(told.iter().all(|run| matches!(run.code, 0 | 1)), "{told:?}");
        assert!(told.iter().any(|run| run.code == 0), "somebody tells it");
        assert_eq!(news(&archive, &[]), [], "and it is known to be told");
    }
}
