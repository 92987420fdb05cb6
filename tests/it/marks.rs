//! What is new since a mark, whatever clocks and commits do: nothing is lost, and
//! nothing is told twice.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use newsdex::index::IndexReader;
use newsdex::query::parse;
use newsdex::search::{CountRequest, Counter, Limit, Mark, SavedRuns};
use newsdex::update::Progress;

use crate::dice::Dice;
use crate::harness::Archive;
use crate::library::{self, FIRST_SEEN, Library};

const DAY: i64 = 24 * 60 * 60;

fn write(base: &Path, name: &str, word: &str) {
    fs::create_dir_all(base).unwrap();
    fs::write(base.join(name), format!("Title: {name}\n\nA {word}.\n")).unwrap();
}

/// The paths of the articles with a word that are new since a mark.
fn new_since(reader: &IndexReader, word: &str, mark: Option<&Mark>) -> Vec<String> {
    let aliases = Arc::default();
    let request = CountRequest { by: Vec::new(), today: library::TODAY, aliases, pattern_limit: 1 };
    let counter = Counter::new(reader, &request).unwrap();
    let new = counter.new_since(mark).unwrap();
    let matches = counter.newest(&parse(word).unwrap(), &new, Limit::All).unwrap();
    assert_eq!(matches.total, matches.ranked.len() as u64);
    let articles = library::articles(reader, &matches);
    let mut paths: Vec<_> = articles.into_iter().map(|article| article.path).collect();
    paths.sort();
    paths
}

#[test]
fn articles_of_the_same_second_are_told_apart() {
    let archive = Archive::new();
    let library = Library::of(&archive.path("news"));
    write(&library.base, "a.txt", "storm");
    library.update(FIRST_SEEN);
    let mark = Mark::of(&library.reader(), FIRST_SEEN).unwrap();
    assert_eq!(new_since(&library.reader(), "storm", None), ["a.txt"]);
    assert_eq!(new_since(&library.reader(), "storm", Some(&mark)), [""; 0]);
    // As another commit of one update would, or a second update in that second.
    write(&library.base, "b.txt", "storm");
    write(&library.base, "c.txt", "calm");
    library.update(FIRST_SEEN);
    assert_eq!(new_since(&library.reader(), "storm", Some(&mark)), ["b.txt"]);
    // What is read again keeps its instant, so it is not new.
    write(&library.base, "a.txt", "storm again");
    library.update(FIRST_SEEN + 9);
    assert_eq!(new_since(&library.reader(), "storm", Some(&mark)), ["b.txt"]);
}

#[test]
fn a_clock_that_went_back_loses_nothing() {
    let archive = Archive::new();
    let library = Library::of(&archive.path("news"));
    write(&library.base, "a.txt", "storm");
    library.update(FIRST_SEEN);
    let mark = Mark::of(&library.reader(), FIRST_SEEN).unwrap();
    for (name, now) in [("b.txt", FIRST_SEEN - 1), ("c.txt", FIRST_SEEN - 400 * DAY), ("d.txt", 7)]
    {
        write(&library.base, name, "storm");
        library.update(now);
    }
    let expected = ["b.txt", "c.txt", "d.txt"];
    assert_eq!(new_since(&library.reader(), "storm", Some(&mark)), expected);
    // Whichever clock is behind, that of the updates or of the runs.
    let mark = Mark::of(&library.reader(), 9).unwrap();
    write(&library.base, "e.txt", "storm");
    library.update(7);
    assert_eq!(new_since(&library.reader(), "storm", Some(&mark)), ["e.txt"]);
}

/// Stops an update after some files.
struct StopAfter<'a> {
    files: Mutex<usize>,
    stop: &'a AtomicBool,
}

impl Progress for StopAfter<'_> {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn read(&self, _bytes: u64, _articles: u64) {}
    fn finishing(&self) {}

    fn file_done(&self, _bytes: u64) {
        let mut files = self.files.lock().unwrap();
        *files = files.saturating_sub(1);
        if *files == 0 {
            self.stop.store(true, Ordering::Relaxed);
        }
    }
}

#[test]
fn every_article_is_told_once_after_any_updates() {
    let mut told_in_all = 0;
    for case in 0..12 {
        let mut dice = Dice::new(case);
        let archive = Archive::new();
        let library = Library {
            threads: 1 + dice.below(2),
            commit_bytes: 1 + dice.below(60) as u64,
            ..Library::of(&archive.path("news"))
        };
        fs::create_dir_all(&library.base).unwrap();
        let mut runs = SavedRuns::default();
        // How often each article was told.
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        let mut back = 0;
        for step in 0..14 {
            for _ in 0..dice.below(4) {
                let name = format!("{}.txt", dice.below(12));
                match library.base.join(&name).try_exists().unwrap() {
                    false => write(&library.base, &name, "storm"),
                    true if dice.one_in(2) => write(&library.base, &name, &format!("storm {step}")),
                    true => {}
                }
            }
            // The second of others, a later one, or one long ago.
            back += 1;
            let now = match dice.below(4) {
                0 => FIRST_SEEN - back * 30 * DAY,
                1 => FIRST_SEEN + step,
                _ => FIRST_SEEN,
            };
            let stop = AtomicBool::new(false);
            let files = Mutex::new(1 + dice.below(3));
            library.update_until(now, &StopAfter { files, stop: &stop }, &stop).unwrap();
            if dice.one_in(2) {
                let reader = library.reader();
                let mark = Mark::of(&reader, FIRST_SEEN + step).unwrap();
                let before = runs.of("q").map(|told| Arc::clone(&told.last));
                let new = new_since(&reader, "storm", before.as_deref());
                told_in_all += new.len();
                match new.is_empty() {
                    true => runs.found_nothing("q", &Arc::new(mark)),
                    false => runs.told("q", &Arc::new(mark)),
                }
                // As if it came from its file.
                runs = runs.to_string().parse().unwrap();
                for path in new {
                    *told.entry(path).or_default() += 1;
                }
                let held = new_since(&reader, "storm", None);
                let once: Vec<_> = held.iter().map(|path| told.get(path)).collect();
                assert!(once.iter().all(|count| *count == Some(&1)), "case {case}: {told:?}");
            }
        }
    }
    assert!(told_in_all > 50, "{told_in_all}");
}
