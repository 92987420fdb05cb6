//! What bad input gets: a message with the path, exit code 3, and every other
//! article indexed.

use std::fs;
use std::io::{Seek, SeekFrom, Write};

use crate::harness::{Archive, Output};
use crate::wire::{Failed, Report};

/// An archive with a good file on either side of the bad one.
fn around(name: &str, bytes: impl AsRef<[u8]>) -> Archive {
    let archive = Archive::with(&[
        ("0-before.txt", "Storm before\n\nText."),
        ("zz/after.jsonl", "{\"title\": \"Storm after\", \"text\": \"x\"}\n"),
    ]);
    archive.write(name, bytes);
    archive
}

/// Indexes and expects one failure beside the two good files, with so many
/// articles of the bad one; gives the reason.
#[track_caller]
fn reason(archive: &Archive, name: &str, articles: u64) -> String {
    let report: Report = archive.run(&["index", ".", "--json"]).with_code(3).json();
    assert_eq!(report.articles, 2 + articles, "{report:?}");
    assert_eq!(archive.done(&["count", "storm"]).stdout, "2\n");
    let [Failed { path, reason, articles: Some(told) }] = &report.failed[..] else {
        panic!("{report:?}");
    };
    assert_eq!((path.as_str(), *told), (name, articles), "{reason}");
    // The same in words, and again from the record of source files.
    let again = archive.run(&["index", "."]).with_code(3).stderr;
    assert!(again.contains(&format!("cannot read `{name}`: {reason}")), "{again}");
    let failed = archive.done(&["status", "--failed"]).stdout;
    assert!(failed.contains(&format!("{name}: {reason}")), "{failed}");
    reason.clone()
}

/// Repeated, enough of it that a file is taken for text.
const TEXT: &str = "endless ";

#[test]
fn files_that_hold_no_article_are_named_with_the_reason() {
    let cases: [(&str, &[u8], &str); 10] = [
        ("empty.txt", b"", "empty"),
        ("blank.html", b" \r\n\t ", "empty"),
        ("binary.txt", b"\x7fELF\0\0\0\x01\0\0\x02\0\0\0\0", "not a text file"),
        ("paper.txt", b"%PDF-1.7\n1 0 obj", "not a text file"),
        ("feed.xml", b"<?xml version='1.0'?><rss/>", "holds no article"),
        ("mill.xml", b"<?xml version='1.0'?><mill/>", "xml files of `mill` are not read"),
        ("list.json", b"[1, 2, 3]", "holds no article"),
        ("config.json", b"{\"version\": 3}", "holds no article"),
        (
            "cut.json",
            b"{\"title\": \"Rain",
            "cut short: the file ends inside what begins at line 1",
        ),
        ("garbage.json", b"}}}{{{\"", ""),
    ];
    for (name, bytes, expected) in cases {
        let reason = reason(&around(name, bytes), name, 0);
        assert!(reason.starts_with(expected) && !reason.is_empty(), "{name}: {reason}");
    }
}

#[test]
fn good_articles_before_and_after_a_bad_one_stay() {
    let good = |title: &str| format!("{{\"title\": \"{title}\", \"text\": \"x\"}}\n");
    let lines = format!("{}{{\"title\": \"broken, \n{}", good("one"), good("two"));
    let told = reason(&around("lines.jsonl", lines), "lines.jsonl", 2);
    assert!(told.starts_with("line 2: "), "{told}");

    let cut = format!("{}{}{{\"title\": \"thr", good("one"), good("two"));
    let told = reason(&around("cut.jsonl", cut), "cut.jsonl", 2);
    assert_eq!(told, "cut short: the file ends inside what begins at line 3");

    let array = format!("[{},{},{{\"title\": \"thr", good("one").trim(), good("two").trim());
    let told = reason(&around("cut.json", array), "cut.json", 2);
    assert!(told.starts_with("cut short"), "{told}");

    let empty = format!("{}{{\"title\": \"\"}}\n{}", good("one"), good("two"));
    let told = reason(&around("untold.jsonl", empty), "untold.jsonl", 2);
    assert!(told.starts_with("line 2: "), "{told}");
}

#[test]
fn text_in_other_encodings_is_read() {
    let cases: [(&str, &[u8]); 5] = [
        ("utf-8 with mark", b"\xef\xbb\xbfCaf\xc3\xa9\n\nStorm."),
        ("utf-16 with mark", b"\xff\xfeC\0a\0f\0\xe9\0\n\0\n\0S\0t\0o\0r\0m\0.\0"),
        ("windows-1252", b"Caf\xe9\n\nUn caf\xe9 tr\xe8s serr\xe9, \xe9tabli \xe0 l'\xe9t\xe9."),
        (
            "declared",
            b"<html><meta charset=iso-8859-1><title>Caf\xe9</title><p>Storm over the town.</p>",
        ),
        ("broken utf-8", b"Caf\xc3\xa9\n\nStorm \xff\xfe over the caf\xc3\xa9, na\xc3\xafvely."),
    ];
    for (what, bytes) in cases {
        let archive = Archive::with(&[("a.txt", bytes)]);
        let output = archive.run(&["index", "."]).with_code(0);
        let found = archive.run(&["count", "\"café\""]);
        assert_eq!(found.stdout, "1\n", "{what}: {output:?}");
    }
}

#[test]
fn an_endless_line_is_refused_and_the_rest_is_read() {
    // Text at first, then 80 MB of nothing: sparse, so that it costs no disk.
    let start =
        format!("{{\"title\": \"good\", \"text\": \"x\"}}\n{{\"title\": \"{}", TEXT.repeat(2_000));
    let archive = around("long.jsonl", start);
    let path = archive.path("long.jsonl");
    let mut file = fs::File::options().append(true).open(&path).unwrap();
    file.set_len(80_000_000).unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    file.write_all(b"\"}\n{\"title\": \"good too\", \"text\": \"x\"}\n").unwrap();
    drop(file);
    let told = reason(&archive, "long.jsonl", 2);
    assert!(told.starts_with("line 2: article larger than "), "{told}");
}

#[test]
fn an_endless_file_is_refused() {
    let archive =
        around("long.html", format!("<html><title>Storm</title><p>{}", TEXT.repeat(2_000)));
    let file = fs::File::options().write(true).open(archive.path("long.html")).unwrap();
    file.set_len(80_000_000).unwrap();
    let told = reason(&archive, "long.html", 0);
    assert!(told.starts_with("article larger than "), "{told}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_round_are_named() {
    use std::os::unix::fs::symlink;
    let archive = around("zz/more.txt", "Rain\n\nText.");
    symlink(archive.path("zz"), archive.path("zz/again")).unwrap();
    symlink(archive.path("nowhere"), archive.path("dangling.txt")).unwrap();
    let output = archive.run(&["index", "."]).with_code(3);
    insta::assert_snapshot!(output.stderr, @"
    warning: cannot read `dangling.txt`: no such file or folder
    warning: cannot read `zz/again`: symbolic link leads back to `zz`
    ");
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
}

#[cfg(unix)]
#[test]
fn what_is_neither_a_file_nor_a_folder_is_named_and_never_waited_for() {
    let archive = around("b.txt", "Rain\n\nText.");
    let _socket = std::os::unix::net::UnixListener::bind(archive.path("socket")).unwrap();
    let output = archive.run(&["index", "."]).with_code(3);
    assert!(output.stderr.contains("`socket`: neither a file nor a folder"), "{output:?}");
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_are_indexed_and_given_back_byte_by_byte() {
    use std::os::unix::ffi::OsStrExt;
    let archive = around("b.txt", "Rain\n\nText.");
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(archive.folder().join(name), "Fog\n\nText.").unwrap();
    let bad = std::ffi::OsStr::from_bytes(b"bad\xff.json");
    fs::write(archive.folder().join(bad), "{").unwrap();
    let output = archive.run(&["index", "."]).with_code(3);
    assert!(output.stderr.contains("cannot read `bad"), "{output:?}");
    let paths = archive.command(&["search", "fog", "-l", "-0"]).output().unwrap().stdout;
    assert_eq!(paths, b"caf\xe9.txt\0");
    for arguments in [&["search", "fog"][..], &["search", "fog", "--json"], &["status", "--failed"]]
    {
        // Valid UTF-8, whatever the names are.
        assert!(archive.run(arguments).code < 2, "{arguments:?}");
    }
    fs::remove_file(archive.folder().join(name)).unwrap();
    fs::remove_file(archive.folder().join(bad)).unwrap();
    archive.done(&["index", "."]);
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
}

#[test]
fn many_bad_files_are_counted_and_listed_on_demand() {
    let archive = around("b.txt", "Rain\n\nText.");
    for number in 0..30 {
        archive.write(&format!("bad/{number:02}.json"), "{");
    }
    let output = archive.run(&["index", "."]).with_code(3);
    assert!(output.stdout.contains("30 failed"), "{}", output.stdout);
    assert!(
        output.stderr.contains("warning: 10 files more could not be read\n"),
        "{}",
        output.stderr
    );
    assert_eq!(archive.done(&["status", "--failed"]).lines().len(), 30);
}

#[test]
fn a_damaged_index_is_an_error_that_says_what_to_do() {
    let archive = around("b.txt", "Rain\n\nText.");
    archive.index();
    for entry in fs::read_dir(archive.path(".newsdex/index")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "store" || ending == "fast") {
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        }
    }
    for arguments in [&["search", "storm"][..], &["index", "."], &["count"]] {
        let Output { code, stdout, stderr } = archive.run(arguments);
        assert_eq!(code, 2, "{arguments:?}: {stdout}{stderr}");
        assert!(stderr.starts_with("error: "), "{arguments:?}: {stderr}");
        assert!(!stderr.contains("panicked"), "{arguments:?}: {stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_the_last_commit_stays() {
    let archive = around("b.txt", "Rain\n\nText.");
    archive.index();
    // A limit on the size of files stands in for the disk: what is beyond it
    // cannot be written.
    let program = env!("CARGO_BIN_EXE_newsdex");
    archive.write("more.txt", "word ".repeat(100_000));
    let mut command = std::process::Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f 16; exec '{program}' index .");
    command.args(["-c", &script]).current_dir(archive.folder());
    let output = Output::of(&mut command);
    assert_eq!(output.code, 2, "{output:?}");
    assert!(!output.stderr.contains("panicked"), "{}", output.stderr);
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
    archive.index();
    assert_eq!(archive.done(&["count"]).stdout, "4\n");
}
