//! Archives and compressed files: from the command line to the hits, and the bounds
//! with their options.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::Archive;
use crate::wire::Report;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/archives").join(name)
}

/// An archive of these fixtures.
fn with(names: &[&str]) -> Archive {
    let archive = Archive::new();
    for name in names {
        archive.write(name, fs::read(fixture(name)).unwrap());
    }
    archive
}

#[test]
fn articles_in_archives_are_found_by_their_member() {
    let archive = with(&["gnu.tar", "info-zip.zip", "pax.txz", "plain.txt.zst"]);
    archive.index();
    let found = archive.done(&["search", "fog", "--fields", "path,part", "--format", "tsv"]);
    let mut lines = found.lines();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "gnu.tar\t2024/weather.jsonl#1",
            "gnu.tar\tinfo-zip.zip/2024/weather.jsonl#1",
            "gnu.tar\tinfo-zip.zip/weather.jsonl.gz#1",
            "gnu.tar\tweather.jsonl.gz#1",
            "info-zip.zip\t2024/weather.jsonl#1",
            "info-zip.zip\tweather.jsonl.gz#1",
            "path\tpart",
            "pax.txz\t2024/weather.jsonl#1",
        ]
    );
    assert_eq!(archive.done(&["count", "hill"]).stdout, "1\n");
    // Nothing changed, so nothing is read.
    let report: Report = archive.done(&["index", ".", "--json"]).json();
    assert_eq!((report.unchanged, report.articles_read), (4, 0));
}

#[test]
fn a_bomb_is_a_named_failure_until_the_bound_is_raised() {
    let archive = with(&["plain.txt.zst"]);
    // An endless line, which would be passed over to its end.
    archive.write("bomb.jsonl.xz", fs::read(fixture("letters-64-mib.xz")).unwrap());
    let output = archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    insta::assert_snapshot!(output.stderr, @"warning: cannot read `bomb.jsonl.xz`: unpacks to more than 1000 times its size (`--max-ratio` sets the bound)");
    assert_eq!(archive.done(&["count"]).stdout, "1\n");
    // It did not change, but now more is allowed.
    let output = archive.run(&["index", ".", "--max-ratio", "10000"]).with_code(3);
    insta::assert_snapshot!(output.stderr, @"warning: cannot read `bomb.jsonl.xz`: line 1: article larger than 32 MiB");
}

#[test]
fn depth_and_members_have_their_bounds() {
    let archive = with(&["gnu.tar"]);
    let output = archive.run(&["index", ".", "--max-depth", "1"]).with_code(3);
    insta::assert_snapshot!(output.stderr, @"warning: cannot read `gnu.tar`: `weather.jsonl.gz`: more than 1 archives inside each other (`--max-depth` sets the bound) (and 1 more) (4 articles of it indexed)");
    let output = archive.run(&["index", ".", "--max-members", "2"]).with_code(3);
    insta::assert_snapshot!(output.stderr, @"warning: cannot read `gnu.tar`: more than 2 members (`--max-members` sets the bound) (3 articles of it indexed)");
    archive.done(&["index", ".", "--max-members", "20"]);
    archive.run(&["index", ".", "--max-ratio", "many"]).with_code(2);
}

#[test]
fn annotate_reads_archives_too() {
    let archive = with(&["gnu.tar", "encrypted.zip"]);
    let output = archive.run(&["annotate", "gnu.tar", "encrypted.zip", "--no-recognition"]);
    assert_eq!(output.lines().len(), 12, "{output:?}");
    let expected = "warning: cannot read `encrypted.zip`: `f.txt`: encrypted (and 1 more)\n";
    assert_eq!((output.code, output.stderr.as_str()), (3, expected));
}
