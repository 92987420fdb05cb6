//! Files that change or go while they are being read.

use std::fs;
use std::io::Write;
use std::sync::Once;
use std::sync::atomic::AtomicBool;

use newsdex::update::{Progress, Report};

use crate::harness::Archive;
use crate::library::{FIRST_SEEN, Library};

/// When somebody else meddles with the files.
#[derive(Clone, Copy, PartialEq)]
enum Moment {
    /// After the folder was listed, before any file is read.
    Listed,
    /// When the first articles of a large file are through, and the rest is
    /// not yet read.
    Reading,
}

/// Meddles once.
struct Meddler<F> {
    moment: Moment,
    once: Once,
    deed: F,
}

impl<F: Fn()> Meddler<F> {
    fn now(&self, moment: Moment) {
        if moment == self.moment {
            self.once.call_once(|| (self.deed)());
        }
    }
}

impl<F: Fn() + Sync> Progress for Meddler<F> {
    fn planned(&self, _files: u64, _bytes: u64) {
        self.now(Moment::Listed);
    }
    fn read(&self, _bytes: u64, _articles: u64) {
        self.now(Moment::Reading);
    }
    fn file_done(&self, _bytes: u64) {}
    fn finishing(&self) {}
}

/// One thread, so that the moments come in order.
fn library(archive: &Archive) -> Library {
    Library { threads: 1, ..Library::of(archive.folder()) }
}

fn meddled(archive: &Archive, moment: Moment, deed: impl Fn() + Sync) -> Report {
    let meddler = Meddler { moment, once: Once::new(), deed };
    let stop = AtomicBool::new(false);
    library(archive).update_until(FIRST_SEEN, &meddler, &stop).unwrap()
}

/// The failures as text, and how many articles there are.
fn told(report: &Report) -> (Vec<String>, u64) {
    let failed =
        report.failed.iter().map(|failure| format!("{}: {}", failure.path, failure.reason));
    (failed.collect(), report.articles)
}

#[test]
fn a_file_that_vanishes_after_the_listing_is_reported_once() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nText."), ("b.txt", "Fog\n\nText.")]);
    let path = archive.path("a.txt");
    let report = meddled(&archive, Moment::Listed, || fs::remove_file(&path).unwrap());
    assert_eq!(told(&report), (vec!["a.txt: no such file or folder".to_owned()], 1));
    assert_eq!(told(&library(&archive).update(FIRST_SEEN)), (vec![], 1));
}

#[test]
fn a_known_file_that_vanishes_after_the_listing_takes_its_articles_along() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nText."), ("b.txt", "Fog\n\nText.")]);
    library(&archive).update(FIRST_SEEN);
    archive.write("a.txt", "Storm again\n\nMore text.");
    let path = archive.path("a.txt");
    let report = meddled(&archive, Moment::Listed, || fs::remove_file(&path).unwrap());
    assert_eq!(told(&report), (vec!["a.txt: no such file or folder".to_owned()], 1));
    assert_eq!(told(&library(&archive).update(FIRST_SEEN)), (vec![], 1));
}

#[test]
fn a_file_that_grows_while_it_is_read_is_reported_and_read_again() {
    // Several batches, so that the first is through before the last is read.
    let line = format!("{{\"title\": \"Storm\", \"text\": \"{}\"}}\n", "word ".repeat(20_000));
    let archive =
        Archive::with(&[("a.jsonl", line.repeat(30)), ("b.txt", "Fog\n\nText.".to_owned())]);
    let path = archive.path("a.jsonl");
    let report = meddled(&archive, Moment::Reading, || {
        let mut file = fs::File::options().append(true).open(&path).unwrap();
        file.write_all(line.as_bytes()).unwrap();
    });
    let (failed, articles) = told(&report);
    assert_eq!(failed, ["a.jsonl: changed while it was being read"]);
    assert!((31..=32).contains(&articles), "{articles}");
    assert_eq!(told(&library(&archive).update(FIRST_SEEN)), (vec![], 32));
}

#[test]
fn a_file_that_is_cut_while_it_is_read_is_reported_and_read_again() {
    let line = format!("{{\"title\": \"Storm\", \"text\": \"{}\"}}\n", "word ".repeat(20_000));
    let archive = Archive::with(&[("a.jsonl", line.repeat(30))]);
    let path = archive.path("a.jsonl");
    let report = meddled(&archive, Moment::Reading, || {
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_len(line.len() as u64).unwrap();
    });
    assert_eq!(told(&report).0.len(), 1, "{report:?}");
    assert_eq!(told(&library(&archive).update(FIRST_SEEN)), (vec![], 1));
}
