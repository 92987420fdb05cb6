//! Any number of readers while a writer works: each sees one commit, and opens it at once.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use serde::Deserialize;

use crate::crash::faults::{self, Fault, Faults};
use crate::dice::Dice;
use crate::harness::{Archive, Output};

/// A search's answer, as far as it is compared.
#[derive(Deserialize)]
struct Answer {
    revision: String,
    total: u64,
    hits: Vec<Hit>,
    facets: Vec<Facet>,
}

#[derive(Deserialize)]
struct Hit {
    outlet: String,
    people: Vec<Person>,
}

#[derive(Deserialize)]
struct Person {
    name: String,
}

#[derive(Deserialize)]
struct Facet {
    values: Vec<Value>,
}

#[derive(Deserialize)]
struct Value {
    value: String,
    count: u64,
}

/// Every article, and all values of two facets.
const SEARCH: [&str; 11] = [
    "search",
    "",
    "--json",
    "-n",
    "all",
    "--fields",
    "outlet,people",
    "--facet",
    "outlet,person",
    "--facet-limit",
    "all",
];

/// Asserts that counts are those of the hits beside them.
fn assert_one_commit(output: &Output) -> String {
    assert_eq!(output.code, 0, "{output:?}");
    let answer: Answer = output.json();
    assert_eq!(answer.total, answer.hits.len() as u64, "{}", answer.revision);
    let mut outlets: BTreeMap<String, u64> = BTreeMap::new();
    let mut people: BTreeMap<String, u64> = BTreeMap::new();
    for hit in answer.hits {
        *outlets.entry(hit.outlet).or_default() += 1;
        for person in hit.people {
            *people.entry(person.name).or_default() += 1;
        }
    }
    for (facet, expected) in answer.facets.iter().zip([outlets, people]) {
        let counted: BTreeMap<_, _> =
            facet.values.iter().map(|value| (value.value.clone(), value.count)).collect();
        assert_eq!(counted, expected, "{}", answer.revision);
    }
    answer.revision
}

/// Changes some files.
fn edit(archive: &Archive, dice: &mut Dice) {
    for _ in 0..4 {
        let lines: String = (0..1 + dice.below(6))
            .map(|number| {
                let outlet = dice.pick(&["Echo", "The Gazette"]);
                let person = dice.pick(&["Ann Lee", "Joe Lind", "Bo Ray"]);
                format!(
                    "{{\"title\": \"Storm {number}\", \"text\": \"At sea.\", \
                     \"source\": \"{outlet}\", \"people\": [\"{person}\"]}}\n"
                )
            })
            .collect();
        archive.write(&format!("{}.jsonl", dice.below(20)), lines);
    }
}

/// Lets readers search until the writer has done its rounds. `reader` runs one search.
fn read_while_writing(rounds: u64, reader: impl Fn(&mut Command) -> Output + Sync) {
    let archive = Archive::new();
    let mut dice = Dice::new(11);
    edit(&archive, &mut dice);
    archive.index();
    let (done, searches) = (AtomicBool::new(false), AtomicU64::new(0));
    let revisions = thread::scope(|scope| {
        let read = || {
            let mut revisions = BTreeSet::new();
            while !done.load(Ordering::Relaxed) {
                let output = reader(&mut archive.command(&SEARCH));
                revisions.insert(assert_one_commit(&output));
                searches.fetch_add(1, Ordering::Relaxed);
            }
            revisions.len()
        };
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(read)).collect();
        for _ in 0..rounds {
            edit(&archive, &mut dice);
            // A commit for each file, and so merges of segments.
            let output = archive.run(&["index", ".", "--commit-bytes", "1"]);
            assert_eq!(output.code, 0, "{output:?}");
        }
        done.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().unwrap()).max().unwrap()
    });
    let searches = searches.into_inner();
    faults::tell(format_args!("{searches} searches, {revisions} commits seen by one reader"));
    assert!(searches >= 3, "only {searches} searches");
    assert!(revisions > 1, "no reader saw two commits");
}

#[test]
fn readers_see_one_commit_each_while_a_writer_works() {
    read_while_writing(faults::rounds(12), Output::of);
}

#[test]
fn readers_that_may_not_lock_see_one_commit_each_while_a_writer_works() {
    if Faults::compiled().is_none() {
        return;
    }
    read_while_writing(faults::rounds(12), |command| {
        // Each has its own, since each keeps a log.
        let faults = Faults::compiled().unwrap();
        let folder = command.get_current_dir().unwrap().canonicalize().unwrap();
        let fault = Fault {
            below: folder.join(".newsdex/index/.tantivy-meta.lock"),
            calls: "c",
            at: 1,
            always: true,
            deed: "EACCES",
            ..Fault::default()
        };
        let (ended, log) = faults.run(&fault, command);
        assert!(!log.is_empty(), "no lock was wanted");
        Output { code: ended.code.unwrap_or(-1), stdout: ended.stdout, stderr: ended.stderr }
    });
}
