//! Which files are taken: globs, `.newsdexignore`, hidden files, lists, and what
//! comes through a pipe.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::harness::{Archive, Output};
use crate::wire::{Failed, Report};

/// Four articles, one of them hidden.
fn archive() -> Archive {
    Archive::with(&[
        ("a.txt", "Storm one\n\nText."),
        ("drafts/b.txt", "Storm two\n\nText."),
        ("news/c.html", "<title>Storm three</title><p>A text that is long enough to be one."),
        (".old/d.txt", "Storm four\n\nText."),
    ])
}

/// The paths of all articles.
fn paths(archive: &Archive) -> Vec<String> {
    let output = archive.run(&["search", "", "-n", "all", "-l"]);
    let mut paths: Vec<_> = output.lines().into_iter().map(str::to_owned).collect();
    paths.sort();
    paths
}

/// Runs `command` with `input` at its standard input.
fn piped(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn globs_are_remembered_until_others_are_given() {
    let archive = archive();
    archive.done(&["index", ".", "--no-recognition", "--exclude", "drafts"]);
    assert_eq!(paths(&archive), ["a.txt", "news/c.html"]);
    archive.write("drafts/e.txt", "Storm five\n\nText.");
    archive.done(&["index"]);
    archive.done(&["search", "storm", "."]);
    archive.done(&["search", "storm", "drafts"]);
    assert_eq!(paths(&archive), ["a.txt", "drafts/b.txt", "drafts/e.txt", "news/c.html"]);
    archive.done(&["index"]);
    assert_eq!(paths(&archive), ["a.txt", "news/c.html"]);
    // More is left out; nothing is read again.
    let report: Report = archive.done(&["index", "--include", "*.txt", "--json"]).json();
    assert_eq!((report.articles, report.removed, report.articles_read), (1, 1, 0));
    archive.done(&["index", "--include", "", "--hidden"]);
    assert_eq!(paths(&archive), [".old/d.txt", "a.txt", "news/c.html"]);
    archive.done(&["index"]);
    assert_eq!(paths(&archive).len(), 3);
    archive.done(&["index", "--no-hidden", "--exclude", ""]);
    assert_eq!(paths(&archive), ["a.txt", "drafts/b.txt", "drafts/e.txt", "news/c.html"]);
}

#[test]
fn ignore_files_leave_out_and_count_as_passed_over() {
    let archive = archive();
    archive.index();
    archive.write(".newsdexignore", "drafts/\n*.html\n");
    let report: Report = archive.done(&["index", "--json"]).json();
    assert_eq!((report.articles, report.removed, report.passed_over), (1, 2, 2));
    archive.write("news/.newsdexignore", "!c.html\n");
    archive.done(&["search", "storm", "."]);
    assert_eq!(paths(&archive), ["a.txt", "news/c.html"]);
    // Whatever they say, what is named is taken.
    archive.done(&["index", "drafts/b.txt"]);
    assert_eq!(paths(&archive).len(), 3);
    archive.write(".newsdexignore", "{a\n");
    let output = archive.run(&["index"]).with_code(3);
    assert!(output.stderr.contains("`.newsdexignore`: line 1: "), "{output:?}");
}

#[test]
fn broken_globs_are_errors() {
    let archive = archive();
    for command in ["index", "annotate"] {
        let output = archive.run(&[command, ".", "--exclude", "{a"]).with_code(2);
        assert!(output.stderr.starts_with("error: cannot read the glob `{a`: "), "{output:?}");
    }
    let output = archive.run(&["index", ".", "--excluded", "a"]).with_code(2);
    assert!(output.stderr.contains("--exclude"), "{output:?}");
}

#[test]
fn annotate_takes_the_same_files() {
    let archive = archive();
    let files = |arguments: &[&str]| {
        let arguments = [&["annotate", "--no-recognition"], arguments].concat();
        archive.done(&arguments).lines().len()
    };
    assert_eq!(files(&["."]), 3);
    assert_eq!(files(&[".", "--hidden"]), 4);
    assert_eq!(files(&[".", "--exclude", "drafts", "--include", "*.txt"]), 1);
}

#[test]
fn lists_of_files_are_read_and_what_is_missing_is_named() {
    let archive = archive();
    let list = "a.txt\r\n\n  \ngone.txt\n./.old/d.txt\n";
    archive.write("work/list", list);
    let output =
        piped(&mut archive.command(&["index", "--files-from", "-", "--json"]), list.as_bytes());
    let report: Report = output.with_code(3).json();
    assert_eq!((report.added, report.articles), (2, 2));
    let [Failed { path, reason, .. }] = &report.failed[..] else { panic!("{report:?}") };
    assert_eq!((path.as_str(), reason.as_str()), ("gone.txt", "no such file or folder"));
    // Names are relative to the working folder, and the index is the nearest.
    archive.write("drafts/list0", "b.txt\0../news\0\0");
    archive.run_in("drafts", &["index", "--files-from", "list0", "-0"]).with_code(0);
    assert_eq!(paths(&archive), [".old/d.txt", "a.txt", "drafts/b.txt", "news/c.html"]);
    // What a list names and is gone leaves the index.
    std::fs::remove_file(archive.path("a.txt")).unwrap();
    archive.run(&["index", "--files-from", "work/list"]).with_code(3);
    assert_eq!(paths(&archive), [".old/d.txt", "drafts/b.txt", "news/c.html"]);
    archive.run(&["index", "--files-from", "no list"]).with_code(2);
    archive.run(&["index", "a.txt", "--files-from", "work/list"]).with_code(2);
    archive.run(&["index", "-0"]).with_code(2);
}

#[test]
fn files_elsewhere_stay_and_the_home_is_not_read() {
    let archive = Archive::with(&[
        ("here/a.txt", "Rain\n\nIt fell here."),
        ("there/b.txt", "Rain\n\nIt fell there."),
    ]);
    archive.run_in("here", &["index", ".", "--no-recognition"]).with_code(0);
    archive.run_in("here", &["index", "--index", ".newsdex", "../there"]).with_code(0);
    let report: Report = archive.run_in("here", &["index", "--json"]).with_code(0).json();
    assert_eq!((report.removed, report.articles), (0, 2), "{report:?}");
    let list = "a.txt\n.newsdex/index/writer.lock\n.newsdex/index/meta.json\n";
    let mut command = archive.command_in("here", &["index", "--files-from", "-", "--json"]);
    let report: Report = piped(&mut command, list.as_bytes()).with_code(0).json();
    assert_eq!((report.unchanged, report.articles), (1, 2), "{report:?}");
}

#[test]
fn what_is_piped_stays_until_it_is_piped_again() {
    let archive = archive();
    let lines = "{\"title\": \"Hail\", \"text\": \"x\"}\n{\"title\": \"Sleet\", \"text\": \"x\"}\n";
    let index = |arguments: &[&str], input: &str| {
        let arguments = [&["index", "-", "--json"], arguments].concat();
        piped(&mut archive.command(&arguments), input.as_bytes())
    };
    let output = index(&[], lines).with_code(2);
    assert!(output.stderr.contains("there is no index here"), "{output:?}");
    archive.index();
    let report: Report = index(&[], lines).with_code(0).json();
    assert_eq!((report.added, report.articles), (1, 5));
    index(&["--name", "feed.jsonl"], lines).with_code(0);
    assert_eq!(archive.done(&["count", "hail"]).stdout, "2\n");
    let report: Report = archive.done(&["index", ".", "--json"]).json();
    assert_eq!((report.removed, report.articles), (0, 7));
    archive.done(&["search", "hail", "."]);
    // Another map reads the files anew; what was piped is gone and stays.
    archive.done(&["index", ".", "--map", "title=headline"]);
    assert_eq!(archive.done(&["count", "hail"]).stdout, "2\n");
    let report: Report = index(&[], "{\"title\": \"Thaw\", \"text\": \"x\"}").with_code(0).json();
    assert_eq!((report.replaced, report.articles), (1, 6));
    let report: Report = index(&[], "").with_code(3).json();
    assert_eq!((report.failed[0].path.as_str(), report.failed[0].reason.as_str()), ("-", "empty"));
    assert_eq!(
        archive.done(&["count", "thaw"]).stdout,
        "1\n",
        "a failed program takes nothing away"
    );
    // Until it is named itself, as a file that is not there.
    piped(&mut archive.command(&["index", "--files-from", "-"]), b"feed.jsonl\n").with_code(3);
    archive.run(&["count", "hail"]).with_code(1);
    let output = archive.run(&["index", ".", "--name", "x"]).with_code(2);
    assert!(output.stderr.contains("hint: give `-` as a path"), "{output:?}");
}

#[test]
fn annotate_tells_the_format_of_what_is_piped() {
    let archive = Archive::new();
    let mut command = archive.command(&["annotate", "-", "--no-recognition", "--texts"]);
    let output =
        piped(&mut command, b"<html><title>Hail</title><p>It fell on the town for an hour.");
    assert!(output.stdout.contains("\"title\":\"Hail\""), "{output:?}");
}
