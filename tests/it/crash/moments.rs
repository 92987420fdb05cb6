//! Kills at the moments of a run at which they once did harm.

use std::fs;
use std::path::Path;

use super::corpus::copy;
use super::faults::{self, Fault, Faults, SIGKILL};
use crate::harness::Archive;

/// The calls that change files.
const CHANGES: &str = "wsncout";

/// Kills a run behind each call that `is_moment` takes, each time from the same start, and
/// hands over the folder after the next run.
fn kill_behind(
    archive: &Archive,
    arguments: &[&str],
    is_moment: impl Fn(&str) -> bool,
    check: impl Fn(&Archive),
) {
    let Some(faults) = Faults::compiled() else { return };
    let started = || {
        let start = Archive::new();
        copy(archive.folder(), start.folder());
        fs::create_dir_all(start.path(".newsdex")).unwrap();
        start
    };
    let fault = |start: &Archive, at| Fault {
        below: start.path(".newsdex"),
        calls: CHANGES,
        at,
        deed: "kill",
        ..Fault::default()
    };
    let undisturbed = started();
    let (_, log) = faults.run(&fault(&undisturbed, 0), &mut undisturbed.command(arguments));
    let moments: Vec<_> = (1..=log.len()).filter(|at| is_moment(&log[at - 1])).collect();
    assert!(!moments.is_empty(), "there is no such moment: {log:#?}");
    for at in moments {
        let start = started();
        // The call after it; behind the last nothing can be killed.
        let (ended, _) = faults.run(&fault(&start, at + 1), &mut start.command(arguments));
        assert!(ended.signal == Some(SIGKILL) || at >= log.len() - 1, "{at}: {ended:?}");
        let next = faults::run(&mut start.command(&["index", "."]), usize::MAX);
        assert_eq!(next.code, Some(0), "behind `{}`: {next:?}", log[at - 1]);
        check(&start);
    }
}

/// Whether a call makes a commit.
fn commits(call: &str) -> bool {
    call.starts_with('n') && Path::new(call).ends_with("meta.json")
}

#[test]
fn an_index_killed_before_its_first_commit_recognises_names_all_the_same() {
    let archive = Archive::with(&[(
        "a.txt",
        "Talks at the port\n\nPresident Joe Biden spoke in Washington on Monday.\n",
    )]);
    kill_behind(&archive, &["index", "."], commits, |archive| {
        assert_eq!(archive.done(&["count", "person:biden"]).stdout, "1\n");
    });
}

#[test]
fn a_list_of_deletions_that_was_not_committed_does_not_block_the_next_run() {
    let line = |title: &str| format!("{{\"title\": \"{title}\", \"text\": \"At sea.\"}}\n");
    let archive = Archive::with(&[("a.jsonl", line("Storm")), ("b.jsonl", line("Fog"))]);
    archive.index();
    archive.write("b.jsonl", line("Fog again"));
    let syncs = |call: &str| call.starts_with('s') && call.ends_with(".del");
    kill_behind(&archive, &["index", "."], syncs, |archive| {
        assert_eq!(archive.done(&["count", "again"]).stdout, "1\n");
        assert_eq!(archive.done(&["count", ""]).stdout, "2\n");
    });
}

#[test]
fn an_article_whose_later_version_went_is_not_lost_between_two_commits() {
    let delivery = |article: &str, version: u32| {
        format!(
            "{{\"uri\": \"urn:gull:{article}\", \"type\": \"text\", \"version\": \"{version}\", \
             \"pubstatus\": \"usable\", \"headline\": \"Storm {article}\", \
             \"body_text\": \"The storm came ashore.\"}}\n"
        )
    };
    let archive = Archive::with(&[("feed.jsonl", delivery("one", 1) + &delivery("two", 1))]);
    archive.index();
    // The article moves to a file that is read before the one that it leaves.
    archive.write("archive.jsonl", delivery("one", 1));
    archive.write("feed.jsonl", delivery("two", 1) + &delivery("three", 1));
    let arguments = ["index", ".", "--threads", "1", "--commit-bytes", "1"];
    kill_behind(&archive, &arguments, commits, |archive| {
        assert_eq!(archive.done(&["count", ""]).stdout, "3\n");
    });
}

#[test]
fn an_old_index_that_was_removed_by_half_is_removed_by_the_next_writer() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nAt sea.\n"), ("b.txt", "Fog\n\nAt sea.\n")]);
    archive.index();
    let removals = |call: &str| call.starts_with('u') && call.contains("index-new");
    kill_behind(&archive, &["index", ".", "--rebuild"], removals, |archive| {
        assert_eq!(archive.done(&["count", "sea"]).stdout, "2\n");
        // A writer that has something to do.
        archive.write("c.txt", "Calm\n\nAt sea.\n");
        archive.index();
        assert!(!archive.path(".newsdex/index-new").try_exists().unwrap());
    });
}
