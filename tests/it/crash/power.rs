//! The power goes: what a commit names must have reached the disk before the commit does,
//! and the commit before what it no longer needs is removed.

use std::collections::BTreeSet;

use super::corpus::{Corpus, NEWS};
use super::faults::{Fault, Faults, rounds};

/// What the disk is sure to have after the calls so far.
#[derive(Default)]
struct Disk {
    /// Files written since they were last synced.
    unsynced: BTreeSet<String>,
    /// Whether files were made or renamed since the folder was synced.
    folder_is_unsynced: bool,
    commits: usize,
}

impl Disk {
    /// Takes a call of the log, on a file of the folder `index`.
    fn call(&mut self, letter: &str, path: &str, to: Option<&str>, index: &str) {
        let name = |path: &str| path.strip_prefix(index).unwrap_or(path).to_owned();
        match letter {
            "w" => drop(self.unsynced.insert(name(path))),
            // A file that is made is opened first.
            "o" => self.folder_is_unsynced |= name(path) != "" && !name(path).ends_with(".json"),
            "s" if name(path).is_empty() => self.folder_is_unsynced = false,
            "s" => drop(self.unsynced.remove(&name(path))),
            "n" => {
                assert!(!self.unsynced.contains(&name(path)), "{path} is renamed, not synced");
                if to.map(name).as_deref() == Some("/meta.json") {
                    let left: Vec<_> =
                        self.unsynced.iter().filter(|name| **name != "/writer.lock").collect();
                    assert!(left.is_empty(), "a commit is renamed before {left:?} are synced");
                    self.commits += 1;
                }
                self.folder_is_unsynced = true;
            }
            "u" if !path.ends_with(".draft") && !path.ends_with(".temp") => {
                assert!(!self.folder_is_unsynced, "{path} goes before its commit is durable");
            }
            _ => {}
        }
    }
}

#[test]
fn what_a_commit_names_is_on_the_disk_before_it() {
    let Some(faults) = Faults::compiled() else { return };
    let mut commits = 0;
    for seed in 0..rounds(4) {
        let mut corpus = Corpus::new(5_000 + seed);
        for _ in 0..2 {
            let fault = Fault { below: corpus.home(), calls: "wsnou", ..Fault::default() };
            std::fs::create_dir_all(&fault.below).unwrap();
            let index = fault.below.canonicalize().unwrap().join("index");
            let (_, log) = faults.run(&fault, &mut corpus.command(NEWS));
            let mut disk = Disk::default();
            for line in &log {
                let (letter, paths) = line.split_at(1);
                let (path, to) = match paths[1..].split_once('\t') {
                    Some((from, to)) => (from, Some(to)),
                    None => (&paths[1..], None),
                };
                disk.call(letter, path, to, index.to_str().unwrap());
            }
            commits += disk.commits;
            corpus.edit();
        }
    }
    assert!(commits > 4, "only {commits} commits were looked at");
}
