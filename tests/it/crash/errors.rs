//! Errors of the file system while it is indexed or searched: a message that says what to
//! do, the last commit whole, and when the fault is gone, all as if it had never been.

use std::fs;
use std::process::Command;

use super::corpus::{Corpus, NEWS, copy};
use super::faults::{self, Ended, Fault, Faults, first_round, rounds};
use super::state::{Contents, assert_committed, assert_tidy, contents};
use crate::dice::Dice;
use crate::harness::Archive;
use crate::knowledge::{Knowledge, knowledge};

/// A folder that changed since it was indexed, with what an undisturbed run makes of it.
struct Case {
    corpus: Corpus,
    before: Contents,
    after: Contents,
    undisturbed: Knowledge,
    ended: Ended,
    /// Calls that count, as the undisturbed run made them.
    log: Vec<String>,
}

/// All calls on files of the index.
const ALL: &str = "wsncoutrm";

impl Case {
    fn new(seed: u64, faults: &Faults) -> Self {
        let mut corpus = Corpus::new(seed);
        if corpus.dice.below(4) > 0 {
            faults::run(&mut corpus.command(NEWS), usize::MAX);
        }
        let (before, _) = contents(&corpus.library(NEWS));
        corpus.edit();
        copy(&corpus.archive.path(NEWS), &corpus.archive.path("copy"));
        let below = corpus.archive.path("copy/.newsdex");
        fs::create_dir_all(&below).unwrap();
        let counting = Fault { below, calls: ALL, ..Fault::default() };
        let (ended, log) = faults.run(&counting, &mut corpus.command("copy"));
        let library = corpus.library("copy");
        let (after, _) = contents(&library);
        Self { before, after, undisturbed: knowledge(&library), ended, log, corpus }
    }

    fn calls(&self, letters: &str) -> usize {
        self.log.iter().filter(|line| letters.contains(&line[..1])).count()
    }

    /// Runs with a fault: the run fails as it should, or did what an undisturbed one does.
    #[track_caller]
    fn run(&self, fault: &Fault, faults: &Faults) -> Ended {
        fs::create_dir_all(self.corpus.home()).unwrap();
        let fault = Fault { below: self.corpus.home(), ..fault.clone() };
        let (ended, _) = faults.run(&fault, &mut self.corpus.command(NEWS));
        if ended.code == self.ended.code {
            assert!(!ended.stderr.contains("panicked"), "{fault:?}: {ended:?}");
        } else {
            assert_told(&ended, &fault);
        }
        assert_committed(&self.corpus.library(NEWS), &self.before, &self.after);
        ended
    }

    /// Without faults the next run ends as the undisturbed one did, and the next that
    /// writes leaves nothing behind.
    #[track_caller]
    fn finish(&self) {
        let last = faults::run(&mut self.corpus.command(NEWS), usize::MAX);
        assert_eq!(last.code, self.ended.code, "{last:?}");
        let library = self.corpus.library(NEWS);
        assert!(knowledge(&library) == self.undisturbed, "another index than an undisturbed one");
        self.corpus.archive.write("news/last.txt", "Last words\n\nOf a series of faults.");
        let last = faults::run(&mut self.corpus.command(NEWS), usize::MAX);
        assert_eq!(last.code, self.ended.code, "{last:?}");
        assert_tidy(&library.index);
    }
}

/// Asserts that a run failed with an error that says where and what, and nothing worse.
#[track_caller]
fn assert_told(ended: &Ended, fault: &Fault) {
    assert_eq!(ended.code, Some(2), "{fault:?}: {ended:?}");
    assert!(ended.stderr.contains("error: cannot "), "{fault:?}: {ended:?}");
    assert!(!ended.stderr.contains("panicked"), "{fault:?}: {ended:?}");
    // It would be the wrong advice: nothing is wrong with the index.
    assert!(!ended.stderr.contains("damaged"), "{fault:?}: {ended:?}");
}

/// Rounds of faults of one kind, each of a folder of its own.
fn each(by_default: u64, first: u64, mut fault: impl FnMut(&mut Case, &Faults)) {
    let Some(faults) = Faults::compiled() else { return };
    let from = first + first_round();
    for seed in from..from + rounds(by_default) {
        faults::tell(format_args!("seed {seed}"));
        fault(&mut Case::new(seed, &faults), &faults);
    }
}

#[test]
fn a_full_disk_is_told_of_and_loses_nothing() {
    each(3, 1_000, |case, faults| {
        // Bytes that an undisturbed run writes, about: a new index is all of it.
        let held: u64 = fs::read_dir(case.corpus.archive.path("copy/.newsdex/index"))
            .unwrap()
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .sum();
        for _ in 0..3 {
            let room = Some(case.corpus.dice.below(held as usize));
            let ended = case.run(&Fault { calls: "", room, ..Fault::default() }, faults);
            if ended.code == Some(2) {
                assert!(ended.stderr.contains("the disk is full"), "{ended:?}");
                assert!(ended.stderr.contains("hint: make room"), "{ended:?}");
            }
        }
        case.finish();
    });
}

#[test]
fn calls_that_fail_are_told_of_and_lose_nothing() {
    each(4, 2_000, |case, faults| {
        for (calls, deeds) in [
            ("s", &["EIO"][..]),
            ("n", &["EIO", "EACCES"]),
            ("w", &["EIO"]),
            ("t", &["EIO"]),
            ("u", &["EIO"]),
            ("co", &["EMFILE", "EIO"]),
            ("r", &["EIO"]),
            ("m", &["EIO"]),
        ] {
            let deed = case.corpus.dice.pick(deeds);
            let at = 1 + case.corpus.dice.below(case.calls(calls).max(1));
            let always = case.corpus.dice.one_in(2);
            case.run(&Fault { calls, at, deed, always, ..Fault::default() }, faults);
        }
        case.finish();
    });
}

#[test]
fn short_and_interrupted_calls_do_not_matter() {
    each(2, 3_000, |case, faults| {
        let fault = Fault { calls: "", short: true, ..Fault::default() };
        let ended = case.run(&fault, faults);
        assert_eq!(ended.code, case.ended.code, "{ended:?}");
        case.finish();
    });
    each(2, 3_100, |case, faults| {
        let at = 1 + case.corpus.dice.below(case.calls("wscor"));
        let fault = Fault { calls: "wscor", at, deed: "EINTR", ..Fault::default() };
        let ended = case.run(&fault, faults);
        assert_eq!(ended.code, case.ended.code, "{ended:?}");
        case.finish();
    });
}

#[test]
fn articles_of_a_file_that_cannot_be_read_stay() {
    let Some(faults) = Faults::compiled() else { return };
    let line = format!("{{\"title\": \"Storm\", \"text\": \"{}\"}}\n", "calm ".repeat(20_000));
    let archive = Archive::with(&[
        ("a.txt", "Storm\n\nOver the port.".to_owned()),
        ("b.jsonl", line.repeat(3)),
        ("c.txt", "Fog\n\nOver the town.".to_owned()),
    ]);
    archive.index();
    archive.write("a.txt", "Storm again\n\nOver the port.");
    archive.write("b.jsonl", line.repeat(4));
    // The first read of one, and one in the midst of the larger one.
    for (name, at) in [("a.txt", 1), ("b.jsonl", 1), ("b.jsonl", 4)] {
        let below = archive.folder().canonicalize().unwrap().join(name);
        let fault = Fault { below, calls: "r", at, deed: "EIO", always: true, ..Fault::default() };
        let (ended, log) = faults.run(&fault, &mut archive.command(&["index", name]));
        assert!(log.len() >= at, "`{name}` is read less often");
        assert_eq!(ended.code, Some(3), "{name}, {at}: {ended:?}");
        let warning = format!("warning: cannot read `{name}`");
        assert!(ended.stderr.contains(&warning), "{ended:?}");
        assert_eq!(archive.done(&["count", ""]).stdout, "5\n", "{name}, {at}");
        archive.run(&["count", "again"]).with_code(1);
    }
    archive.index();
    assert_eq!(archive.done(&["count", ""]).stdout, "6\n");
    assert_eq!(archive.done(&["count", "again"]).stdout, "1\n");
}

#[test]
fn a_search_whose_index_cannot_be_read_says_so() {
    let Some(faults) = Faults::compiled() else { return };
    let archive = Archive::with(&[("a.txt", "Storm\n\nOver the port.")]);
    archive.index();
    let below = archive.path(".newsdex");
    let search = || archive.command(&["search", "storm", "--facet", "person"]);
    let counting = Fault { below: below.clone(), calls: "corm", ..Fault::default() };
    let (ended, log) = faults.run(&counting, &mut search());
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for at in 1..=log.len() {
        for deed in ["EIO", "EMFILE"] {
            let fault = Fault { below: below.clone(), calls: "corm", at, deed, ..Fault::default() };
            let (ended, _) = faults.run(&fault, &mut search());
            // What the index keeps only to be faster may be missing.
            if ended.code != Some(0) {
                assert_told(&ended, &fault);
            }
        }
    }
}

#[test]
fn a_really_full_disk_is_told_of_and_loses_nothing() {
    let archive = Archive::new();
    let mount = archive.path("mount");
    fs::create_dir(&mount).unwrap();
    let mut dice = Dice::new(9);
    for room in ["80k", "300k"] {
        let articles: String = (0..300)
            .map(|number| {
                let words: Vec<String> =
                    (0..80).map(|_| format!("w{}", dice.below(100_000))).collect();
                format!("{{\"title\": \"Storm {number}\", \"text\": \"{}\"}}\n", words.join(" "))
            })
            .collect();
        archive.write("news.jsonl", articles);
        let script = format!(
            "mount -t tmpfs -o size={room} tmpfs mount || exit 77\n\
             mkdir mount/.newsdex\n\
             printf 'Calm\\n\\nNothing.\\n' > calm.txt\n\
             \"$NEWSDEX\" index calm.txt --index mount/.newsdex --no-recognition || exit 78\n\
             \"$NEWSDEX\" index news.jsonl calm.txt --index mount/.newsdex; echo code $?\n\
             \"$NEWSDEX\" count calm --index mount/.newsdex\n"
        );
        let mut command = Command::new("unshare");
        command
            .args(["-rm", "sh", "-c", &script])
            .current_dir(archive.folder())
            .env("NEWSDEX", env!("CARGO_BIN_EXE_newsdex"));
        let Some(ended) = faults::unshared(&mut command) else { return };
        assert!(ended.stdout.contains("code 2\n1\n"), "{room}: {ended:?}");
        assert!(ended.stderr.contains("the disk is full\n"), "{room}: {ended:?}");
        assert!(ended.stderr.contains("hint: make room"), "{room}: {ended:?}");
    }
}
