//! Processes that are killed while they index.

use std::collections::BTreeMap;

use super::corpus::{Corpus, NEWS, copy};
use super::faults::{self, Ended, Fault, Faults, SIGKILL, first_round, rounds};
use super::state::{Contents, assert_committed, assert_tidy, contents};
use crate::knowledge::{Knowledge, knowledge, rebuilt};

/// A folder that changed since it was indexed, and what an undisturbed run makes of it.
struct Round {
    corpus: Corpus,
    before: Contents,
    after: Contents,
    undisturbed: Knowledge,
    /// What the undisturbed run ended with, and how many calls it made.
    ended: Ended,
    calls: usize,
}

/// The calls that change files.
const CHANGES: &str = "wsncout";

/// The folder in which the undisturbed run takes place.
const COPY: &str = "copy";

impl Round {
    fn new(seed: u64, faults: Option<&Faults>) -> Self {
        let mut corpus = Corpus::new(seed);
        if corpus.dice.below(4) > 0 {
            let first = faults::run(&mut corpus.command(NEWS), usize::MAX);
            assert!(matches!(first.code, Some(0 | 3)), "{first:?}");
        }
        let (before, _) = contents(&corpus.library(NEWS));
        corpus.edit();
        copy(&corpus.archive.path(NEWS), &corpus.archive.path(COPY));
        let mut command = corpus.command(COPY);
        let (ended, log) = match faults {
            Some(faults) => {
                let below = corpus.archive.path(COPY).join(".newsdex");
                let counting = Fault { below, calls: CHANGES, ..Fault::default() };
                faults.run(&counting, &mut command)
            }
            None => (faults::run(&mut command, usize::MAX), Vec::new()),
        };
        assert!(matches!(ended.code, Some(0 | 3)), "{ended:?}");
        let library = corpus.library(COPY);
        let undisturbed = knowledge(&library);
        assert_eq!(undisturbed, rebuilt(&library), "seed {seed}: an undisturbed run");
        let (after, _) = contents(&library);
        Self { corpus, before, after, undisturbed, ended, calls: log.len() }
    }

    /// Kills a run, at a call or at some time, and checks what is left. Whether it was
    /// killed before it was done.
    fn kill(&mut self, faults: Option<&Faults>) -> bool {
        let dice = &mut self.corpus.dice;
        let ended = match faults {
            Some(faults) => {
                let at = 1 + dice.below(self.calls.max(1));
                let below = self.corpus.home();
                let fault = Fault { below, calls: CHANGES, at, deed: "kill", ..Fault::default() };
                faults.run(&fault, &mut self.corpus.command(NEWS)).0
            }
            None => {
                let time = dice.below(self.ended.polls + 1);
                faults::run(&mut self.corpus.command(NEWS), time)
            }
        };
        let is_killed = ended.signal == Some(SIGKILL);
        assert!(is_killed || ended.code == self.ended.code, "{ended:?}");
        assert_committed(&self.corpus.library(NEWS), &self.before, &self.after);
        is_killed
    }

    /// Runs undisturbed, and checks that nothing is lost or wrong.
    fn finish(&self, seed: u64) {
        let library = self.corpus.library(NEWS);
        let (_, seen_before) = contents(&library);
        let last = faults::run(&mut self.corpus.command(NEWS), usize::MAX);
        assert_eq!(last.code, self.ended.code, "seed {seed}: {last:?}");
        let known = knowledge(&library);
        assert!(
            known == self.undisturbed,
            "seed {seed}: {}",
            difference(&known, &self.undisturbed)
        );
        let (held, seen) = contents(&library);
        let files: BTreeMap<_, _> =
            held.values().flatten().map(|(id, article)| (*id, article.path.as_str())).collect();
        for (id, time) in seen_before.iter().filter(|(id, _)| files.contains_key(id)) {
            let is_wire = files[id].starts_with("wire/");
            assert!(seen[id] == *time || is_wire, "seed {seed}: {id} counts as new");
        }
        assert!(library.reader().has_names(), "seed {seed}: the names are not kept");
        assert_tidy(&library.index);
        let again = faults::run(&mut self.corpus.command(NEWS), usize::MAX);
        assert_eq!(again.code, self.ended.code, "seed {seed}: {again:?}");
        let changes = ["added", "replaced", "removed"];
        let is_idle = !changes.iter().any(|word| again.stdout.contains(word));
        assert!(is_idle, "seed {seed}: there was more to do: {again:?}");
    }
}

/// Where two indexes disagree, in few words.
fn difference(one: &Knowledge, other: &Knowledge) -> String {
    let articles = |known: &Knowledge| -> Vec<String> {
        let told =
            known.articles.iter().map(|one| format!("{} {} {}", one.path, one.id, one.title));
        told.collect()
    };
    let (left, right) = (articles(one), articles(other));
    let lacks: Vec<_> = right.iter().filter(|line| !left.contains(line)).collect();
    let extra: Vec<_> = left.iter().filter(|line| !right.contains(line)).collect();
    let sources: Vec<_> = one.sources.iter().filter(|one| !other.sources.contains(one)).collect();
    format!(
        "lacks {lacks:?}, has besides {extra:?}, records {sources:?}, same facets: {}, \
         same answers: {}, same articles: {}",
        one.facets == other.facets,
        one.found == other.found,
        one.articles == other.articles,
    )
}

/// Rounds of a folder that is changed, killed once or more often, and finished. How many
/// runs were killed.
fn kills(rounds: u64, faults: Option<&Faults>) -> u64 {
    let mut killed = 0;
    let mut seed = first_round();
    let end = seed + rounds;
    while killed < rounds && seed < end {
        let mut round = Round::new(seed, faults);
        for _ in 0..1 + round.corpus.dice.below(4) {
            killed += u64::from(round.kill(faults));
        }
        round.finish(seed);
        seed += 1;
    }
    killed
}

#[test]
fn a_run_killed_at_any_call_leaves_a_commit_and_the_next_reaches_the_end() {
    let Some(faults) = Faults::compiled() else { return };
    let rounds = rounds(12);
    let killed = kills(rounds, Some(&faults));
    faults::tell(format_args!("killed {killed} runs at calls"));
    assert!(killed >= rounds / 2, "only {killed} runs were killed");
}

#[test]
fn a_run_killed_at_any_time_leaves_a_commit_and_the_next_reaches_the_end() {
    let killed = kills(rounds(4), None);
    faults::tell(format_args!("killed {killed} runs at random times"));
}
