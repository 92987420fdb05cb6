//! Many files, large files, many saved queries.

use std::fs::{self, File};
use std::io::{BufWriter, Write};

use super::bounded::{article, articles, in_full, peak_mb};
use crate::harness::Archive;

/// Memory that no update takes with the usual settings, in MB. Optimised it takes 150.
const MOST_MB: u64 = 220;

#[test]
fn many_tiny_files_come_and_go_in_bounded_memory() {
    let count = if in_full() { 200_000 } else { 2_000 };
    let archive = articles(count);
    let index = ["index", ".", "--no-recognition"];
    assert!(peak_mb(&archive, &index) < MOST_MB);
    assert_eq!(archive.done(&["count"]).stdout, format!("{count}\n"));
    assert!(peak_mb(&archive, &index) < MOST_MB);
    for number in 0..count {
        fs::remove_file(archive.path(&format!("a{number:06}.txt"))).unwrap();
    }
    // What is to be deleted is kept until the next commit.
    assert!(peak_mb(&archive, &index) < MOST_MB);
    archive.run(&["count"]).with_code(1);
}

#[test]
fn a_large_file_of_articles_is_read_in_bounded_memory() {
    let bytes = if in_full() { 2_000_000_000 } else { 4_000_000 };
    let archive = Archive::new();
    let mut file = BufWriter::new(File::create(archive.path("all.jsonl")).unwrap());
    let (mut written, mut count) = (0, 0);
    while written < bytes {
        let text = article(count).replace('\n', " ").repeat(30);
        let line = format!("{{\"title\": \"Ferry {count}\", \"body\": \"{text}\"}}\n");
        file.write_all(line.as_bytes()).unwrap();
        written += line.len();
        count += 1;
    }
    file.into_inner().unwrap();
    let index = ["index", ".", "--no-recognition", "--memory", "128M"];
    assert!(peak_mb(&archive, &index) < MOST_MB);
    assert_eq!(archive.done(&["count"]).stdout, format!("{count}\n"));
}

#[test]
fn a_file_that_is_one_huge_article_is_refused_without_being_held() {
    let archive = articles(1);
    // A file with a hole takes no room on the disk.
    let size = if in_full() { 2_000_000_000 } else { 200_000_000 };
    for name in ["b.txt", "b.html", "b.eml"] {
        let file = File::create(archive.path(name)).unwrap();
        file.set_len(size).unwrap();
    }
    archive.write("line.csv", format!("title,body\none,{}\n", "x".repeat(40 << 20)));
    let refused = archive.run(&["index", ".", "--no-recognition"]).with_code(3);
    assert!(
        refused.stderr.contains("line.csv`: line 2: article larger than 32 MiB"),
        "{refused:#?}"
    );
    assert_eq!(archive.done(&["count"]).stdout, "1\n");
}

#[test]
fn thousands_of_saved_queries_are_kept_and_asked() {
    let count = if in_full() { 10_000 } else { 500 };
    let archive = articles(20);
    archive.index();
    let saved: String =
        (0..count).map(|number| format!("q{number}\tferry {}\n", number % 40)).collect();
    archive.write(".newsdex/saved.tsv", saved);
    // Behind a line that says what the columns are.
    assert_eq!(archive.done(&["saved", "list"]).lines().len(), count + 1);
    archive.done(&["saved", "add", "one more", "harbour"]);
    assert_eq!(archive.done(&["saved", "list"]).lines().len(), count + 2);
    let asked = archive.done(&["batch", ".newsdex/saved.tsv", "--format", "csv"]);
    assert_eq!(asked.lines().len(), count + 2);
    assert!(archive.done(&["saved", "run", "--new"]).stdout.contains("one more"));
    archive.run(&["saved", "run", "--new"]).with_code(1);
}
