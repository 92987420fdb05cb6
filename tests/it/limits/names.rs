//! Long names, deep folders, names that are no text, links in circles.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use super::bounded::article;
use crate::harness::Archive;

/// The longest name of a file that common file systems have, in bytes.
const LONGEST: usize = 255;

#[test]
fn names_may_be_long_and_hold_line_ends() {
    let archive = Archive::new();
    let long = format!("{}.txt", "n".repeat(LONGEST - ".txt".len()));
    let accented = format!("{}.txt", "é".repeat(125));
    let names = [&*long, &accented, "two\nlines.txt", "\u{1b}[31mred.txt"];
    for (number, name) in names.iter().enumerate() {
        archive.write(name, article(number));
    }
    archive.index();
    let found = archive.done(&["search", "ferry", "-l", "-0"]);
    assert_eq!(found.stdout.split_terminator('\0').count(), 4);
    assert!(found.stdout.contains(&long));
    assert!(archive.done(&["verify"]).stdout.contains("nothing wrong"));
    fs::remove_file(archive.path(&long)).unwrap();
    archive.index();
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
}

#[test]
fn names_that_are_no_text_are_told_apart() {
    let archive = Archive::new();
    let longest = [&[0xff; LONGEST - 4], &b".txt"[..]].concat();
    let names: [&[u8]; 3] = [b"bad\xff\xfe.txt", b"bad\xff\xfd.txt", &longest];
    for (number, name) in names.iter().enumerate() {
        fs::write(archive.folder().join(OsStr::from_bytes(name)), article(number)).unwrap();
    }
    archive.index();
    assert_eq!(archive.done(&["count"]).stdout, "3\n");
    let again = archive.done(&["index", ".", "--json"]).stdout;
    assert!(again.contains("\"unchanged\": 3"), "{again}");
}

#[test]
fn folders_may_be_a_thousand_deep() {
    let archive = Archive::new();
    archive.write(&format!("{}deepest.txt", "d/".repeat(1000)), article(1));
    archive.index();
    let found = archive.done(&["search", "ferry", "-l"]);
    assert!(found.stdout.ends_with("/d/deepest.txt\n"));
}

#[test]
fn paths_longer_than_the_system_opens_are_reported() {
    let archive = Archive::new();
    archive.write("z.txt", article(1));
    // 3,000 bytes each; put into each other by a move, as no path leads to the end.
    let chain = format!("{}/", "n".repeat(200)).repeat(15);
    archive.write(&format!("lower/{chain}a.txt"), article(2));
    archive.write(&format!("upper/{chain}b.txt"), article(3));
    fs::rename(archive.path("lower"), archive.path(&format!("upper/{chain}lower"))).unwrap();
    let ended = archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    assert!(ended.stderr.contains("too long"), "{ended:#?}");
    assert_eq!(archive.done(&["count"]).stdout, "2\n");
}

#[test]
fn links_in_circles_are_reported_once() {
    let archive = Archive::new();
    archive.write("d/a.txt", article(1));
    symlink("..", archive.path("d/up")).unwrap();
    symlink("itself", archive.path("itself")).unwrap();
    symlink("right", archive.path("left")).unwrap();
    symlink("left", archive.path("right")).unwrap();
    let ended = archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    assert_eq!(ended.stderr.lines().filter(|line| line.starts_with("warning")).count(), 4);
    assert_eq!(archive.done(&["count"]).stdout, "1\n");
}
