//! Little memory, few threads, few open files.

use super::bounded::{article, articles, command, run};
use crate::harness::{Archive, Output};
use crate::knowledge::{Knowledge, knowledge};
use crate::library::Library;

fn known(archive: &Archive) -> Knowledge {
    knowledge(&Library::of(archive.folder()))
}

#[test]
fn the_index_is_the_same_with_any_threads_and_memory() {
    let archive = articles(40);
    archive.index();
    let usual = known(&archive);
    let ways: [&[&str]; 5] = [
        &["--threads", "0"],
        &["--threads", "1"],
        &["--threads", "1000"],
        &["--memory", "96M"],
        &["--memory", "1G", "--threads", "3"],
    ];
    for way in ways {
        let index = ["index", ".", "--rebuild", "--no-recognition"];
        archive.done(&[&index, way].concat());
        assert_eq!(known(&archive), usual, "{way:?}");
    }
}

#[test]
fn memory_that_does_not_suffice_is_refused() {
    let archive = articles(1);
    for size in ["95M", "256", "1T", ""] {
        let refused = archive.run(&["index", ".", "--memory", size]).with_code(2);
        assert!(refused.stderr.contains("expected a size from 96M"), "{refused:#?}");
    }
    let many = ["index", ".", "--memory", "96M", "--threads", "100"];
    let refused = archive.run(&many).with_code(2);
    insta::assert_snapshot!(refused.stderr, @r"
    error: `--memory 96M` has room for 2 threads, and `--threads` asks for 100
    hint: give more memory, or fewer threads
    ");
}

#[test]
fn threads_that_cannot_be_started_are_told_of() {
    let archive = articles(150);
    // Room for the stacks of some twenty threads.
    let few = |arguments: &[&str]| {
        let mut command = command(&archive, "-v 2000000", arguments);
        Output::of(command.env("RUST_MIN_STACK", "67108864"))
    };
    let index = ["index", ".", "--no-recognition"];
    let failed = few(&[&index[..], &["--threads", "100"]].concat()).with_code(2);
    insta::assert_snapshot!(failed.stderr, @r"
    error: cannot start a thread: the system starts no more threads
    hint: allow more processes (`ulimit -u`), or let `index` start fewer with `--threads 1`
    ");
    few(&[&index[..], &["--threads", "2"]].concat()).with_code(0);
    assert_eq!(archive.done(&["count"]).stdout, "150\n");
    // None at all: the work is done by the thread that is there.
    let none = |arguments: &[&str]| {
        let mut command = archive.command(arguments);
        Output::of(command.env("RUST_MIN_STACK", "140737488355328"))
    };
    none(&["verify"]).with_code(0);
    none(&["search", "ferry", "--facet", "person"]).with_code(0);
    let failed = none(&["export"]).with_code(2);
    assert!(failed.stderr.contains("cannot start a thread"), "{failed:#?}");
}

/// A tar archive in a tar archive, ten deep, with an article in each.
fn nested() -> Vec<u8> {
    let mut inner: Option<Vec<u8>> = None;
    for depth in 0..10 {
        let mut archive = tar::Builder::new(Vec::new());
        let mut add = |name: &str, bytes: &[u8]| {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            archive.append_data(&mut header, name, bytes).unwrap();
        };
        add("a.txt", article(depth).as_bytes());
        inner.iter().for_each(|inner| add("inner.tar", inner));
        inner = Some(archive.into_inner().unwrap());
    }
    inner.unwrap()
}

#[test]
fn few_open_files_are_enough_for_everything() {
    let archive = articles(200);
    archive.write("nested.tar", nested());
    archive.write(&format!("{}a.txt", "d/".repeat(60)), article(1000));
    // Many commits, so that there are segments to merge.
    let index = ["index", ".", "--no-recognition", "--max-depth", "12", "--commit-bytes", "2000"];
    for limit in ["-n 64", "-n 32"] {
        run(&archive, limit, &[&index[..], &["--threads", "64"]].concat()).with_code(0);
        assert_eq!(archive.done(&["count"]).stdout, "211\n");
        let facets = ["search", "ferry", "--facet", "person,outlet,date:month"];
        run(&archive, limit, &facets).with_code(0);
        run(&archive, limit, &["verify"]).with_code(0);
        let export = run(&archive, limit, &["export"]).with_code(0);
        assert_eq!(export.lines().iter().filter(|line| line.contains("is late")).count(), 211);
        run(&archive, limit, &[&index[..], &["--rebuild"]].concat()).with_code(0);
        archive.write("a000000.txt", article(2000));
        archive.done(&["index", "."]);
        std::fs::remove_dir_all(archive.path(".newsdex")).unwrap();
    }
}

#[test]
fn too_few_open_files_are_told_of_and_lose_nothing() {
    let archive = articles(30);
    archive.index();
    archive.write("b.txt", article(100));
    let index = ["index", ".", "--no-recognition"];
    let mut refused = 0;
    for limit in 4..20 {
        let ended = run(&archive, &format!("-n {limit}"), &index);
        if ended.code == 2 {
            refused += 1;
            assert!(!ended.stderr.contains("damaged"), "{limit}: {ended:#?}");
            assert!(!ended.stderr.contains("failed inside"), "{limit}: {ended:#?}");
        }
        assert!(archive.done(&["verify"]).stdout.contains("nothing wrong"), "{limit}");
        let count: usize = archive.done(&["count"]).stdout.trim().parse().unwrap();
        assert!((30..=31).contains(&count), "{limit}: {count}");
        // So that there is something to do.
        archive.write("b.txt", article(100 + limit));
    }
    assert!(refused > 0);
    archive.done(&index);
    assert_eq!(archive.done(&["count"]).stdout, "31\n");
}

#[test]
fn too_little_memory_loses_nothing() {
    let archive = articles(30);
    archive.index();
    let mut broken_off = 0;
    for (round, mib) in [20, 40, 60, 80, 100, 150, 200, 300, 400].into_iter().enumerate() {
        archive.write("b.txt", article(100 + round));
        let limit = format!("-v {}", mib * 1024);
        // Output need not be text: the runtime says what it can.
        let ended = command(&archive, &limit, &["index", "."]).output().unwrap();
        broken_off += usize::from(!ended.status.success());
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(!told.contains("damaged"), "{mib} MiB: {told}");
        assert!(archive.done(&["verify"]).stdout.contains("nothing wrong"), "{mib}");
        archive.done(&["index", "."]);
        assert_eq!(archive.done(&["count"]).stdout, "31\n", "{mib}");
    }
    assert!(broken_off > 0);
}

#[test]
fn no_file_is_written_outside_of_the_index() {
    let archive = articles(30);
    let mut index = archive.command(&["index", ".", "--no-recognition"]);
    Output::of(index.env("TMPDIR", archive.path("nowhere"))).with_code(0);
    let mut search = archive.command(&["search", "ferry", "--facet", "person"]);
    Output::of(search.env("TMPDIR", archive.path("nowhere"))).with_code(0);
    assert_eq!(std::fs::read_dir(archive.folder()).unwrap().count(), 31);
}
