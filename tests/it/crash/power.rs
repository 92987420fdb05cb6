//! The power goes: what a commit names must have reached the disk before the commit does,
//! and the commit before what it no longer needs is removed.

use std::collections::BTreeSet;
use std::fs;

use super::corpus::{Corpus, NEWS};
use super::faults::{Fault, Faults, rounds};

/// What the disk is sure to have after the calls so far. Names begin with a slash; the
/// folder has none.
#[derive(Default)]
struct Disk {
    /// Files written since they were last synced.
    unsynced: BTreeSet<String>,
    /// Files made or renamed since the folder was synced.
    unlisted: BTreeSet<String>,
    commits: usize,
    /// The last commit that the folder was synced after.
    durable: String,
}

/// The file that names the segments of the last commit.
const COMMIT: &str = "/meta.json";

impl Disk {
    /// Takes a call on the file `name`, renamed to `to` if it is that, in the course of
    /// runs that commit these.
    fn call(&mut self, letter: &str, name: &str, to: Option<&str>, commits: &[String]) {
        match letter {
            "w" => drop(self.unsynced.insert(name.to_owned())),
            "c" => drop(self.unlisted.insert(name.to_owned())),
            "s" if name.is_empty() => {
                self.unlisted.clear();
                if let Some(last) = self.commits.checked_sub(1) {
                    self.durable.clone_from(&commits[last]);
                }
            }
            "s" => drop(self.unsynced.remove(name)),
            "n" => {
                assert!(!self.unsynced.contains(name), "`{name}` is renamed before it is synced");
                if to == Some(COMMIT) {
                    self.assert_reached(&commits[self.commits]);
                    self.commits += 1;
                }
                self.unlisted.extend(to.map(str::to_owned));
            }
            // Lists of deletions have a number more: only the segments are looked for.
            "u" if name.matches('.').count() == 1 => {
                let is_needed = names(&self.durable, name);
                assert!(!is_needed, "`{name}` goes, and the last commit on the disk names it");
            }
            _ => {}
        }
    }

    /// Asserts that the files of the segments that a commit names are on the disk.
    fn assert_reached(&self, commit: &str) {
        for name in self.unsynced.iter().chain(&self.unlisted) {
            assert!(!names(commit, name), "`{name}` is not on the disk, and a commit names it");
        }
    }
}

/// Whether a commit names the segment that a file is of.
fn names(commit: &str, file: &str) -> bool {
    // The engine writes the identifiers of segments with hyphens, and their files without.
    let named: String = commit.chars().filter(|letter| *letter != '-').collect();
    let segment = file[1..].split('.').next().unwrap_or_default();
    segment.len() == 32 && named.contains(segment)
}

#[test]
fn what_a_commit_names_is_on_the_disk_before_it() {
    let Some(faults) = Faults::compiled() else { return };
    let mut seen = 0;
    for seed in 0..rounds(4) {
        let mut corpus = Corpus::new(5_000 + seed);
        for _ in 0..2 {
            let fault = Fault { below: corpus.home(), calls: "wsncu", ..Fault::default() };
            fs::create_dir_all(&fault.below).unwrap();
            let index = fault.below.canonicalize().unwrap().join("index");
            let before = fs::read_to_string(index.join("meta.json")).unwrap_or_default();
            let (log, commits) = faults.watch(&fault, &mut corpus.command(NEWS));
            let name = |path: &str| path.strip_prefix(index.to_str().unwrap()).map(str::to_owned);
            let mut disk = Disk { durable: before, ..Disk::default() };
            for line in &log {
                let (letter, paths) = (&line[..1], &line[2..]);
                let (path, to) = match paths.split_once('\t') {
                    Some((from, to)) => (from, name(to)),
                    None => (paths, None),
                };
                if let Some(name) = name(path) {
                    disk.call(letter, &name, to.as_deref(), &commits);
                }
            }
            assert_eq!(disk.commits, commits.len());
            seen += disk.commits;
            corpus.edit();
        }
    }
    assert!(seen > 4, "only {seen} commits were looked at");
}
