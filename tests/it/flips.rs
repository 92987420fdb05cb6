//! Single bits of the index folder, flipped: `verify` tells of each, or it changes nothing
//! that anybody is told; and no command dies of it, hangs, or shows a panic.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use newsdex::update::RecogniseWith;

use crate::dice::Dice;
use crate::harness::{Archive, TODAY};
use crate::library::{FIRST_SEEN, Library};
use crate::newsroom;

/// Flips unless `NEWSDEX_FLIPS` says how many: some seconds of two cores.
const FLIPS: usize = 100;

/// Threads that flip, each in an index of its own.
const THREADS: usize = 2;

/// Milliseconds after which a command counts as hanging; none takes a hundredth of it.
const MOST_MILLISECONDS: usize = 30_000;

/// What is asked of each index, besides whether it is whole.
const ASKED: [&[&str]; 9] = [
    &["search", "storm OR harbour OR port", "--facet", "person,org,place,outlet,tag", "--json"],
    &["search", "", "-n", "all", "--format", "jsonl"],
    &["search", "person:lee near/5 watch*", "--sort", "date", "--json"],
    &["search", "\"the harbour\" OR PERSON w/s storm", "--kwic", "--format", "jsonl"],
    &["entities", "-n", "all", "--json"],
    &["entities", "person:\"Ann Lee\"", "--json"],
    &["timeline", "storm", "--per", "month", "--json"],
    &["status", "--manifest", "--json"],
    &["show", "wire.jsonl", "--json"],
];

/// An archive whose index has several commits, deletions, versions and names.
fn archive() -> Archive {
    let archive = newsroom::unindexed();
    let note = |number: usize, text: &str| {
        format!(
            "Title: Storm {number} over the harbour\nDate: 2024-0{}-1{}\nOutlet: Gull {}\n\
             Tags: weather\nLanguage: en\n\n{text}",
            1 + number % 4,
            number % 10,
            number % 3,
        )
    };
    let delivery = |version: usize| {
        format!(
            "{{\"uri\": \"urn:gull:7\", \"type\": \"text\", \"version\": \"{version}\", \
             \"pubstatus\": \"usable\", \"headline\": \"Tide {version}\", \"body_text\": \"It rose while Ann Lee and Ida Voss watched.\", \
             \"person\": [{{\"name\": \"Ann Lee\"}}, {{\"name\": \"Ida Voss\"}}]}}"
        )
    };
    for number in 0..12 {
        let text = format!("The harbour was closed {number} days. Ann Lee spoke for the port.\n");
        archive.write(&format!("notes/{number}.txt"), note(number, &text.repeat(1 + number)));
    }
    archive.write("tide/1.json", delivery(1));
    let library = Library {
        commit_bytes: 1,
        recognition: RecogniseWith::Embedded,
        ..Library::of(archive.folder())
    };
    library.update(FIRST_SEEN);
    for number in [1, 4, 9] {
        archive.write(&format!("notes/{number}.txt"), note(number, "Nobody was hurt.\n"));
    }
    fs::remove_file(archive.path("notes/2.txt")).unwrap();
    archive.write("tide/2.json", delivery(2));
    Library { commit_bytes: u64::MAX, ..library }.update(FIRST_SEEN + 1);
    archive
}

fn copy(archive: &Archive) -> Archive {
    let copy = Archive::new();
    let index = ".newsdex/index";
    for entry in fs::read_dir(archive.path(index)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        copy.write(&format!("{index}/{name}"), fs::read(entry.path()).unwrap());
    }
    copy
}

/// What a command gave; its exit code is none where it was ended by a signal.
#[derive(Debug, PartialEq)]
struct Answer {
    code: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

/// Asks the program, which must end.
fn ask(folder: &Path, arguments: &[&str], scratch: &Path) -> Answer {
    let file = |name| File::create(scratch.join(name)).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
    command.args(arguments).args(["--today", TODAY]).current_dir(folder).env_clear();
    command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr"));
    let mut child = command.spawn().unwrap();
    for _ in 0..MOST_MILLISECONDS {
        if let Some(status) = child.try_wait().unwrap() {
            return Answer {
                code: status.code(),
                stdout: fs::read(scratch.join("stdout")).unwrap(),
                stderr: String::from_utf8(fs::read(scratch.join("stderr")).unwrap()).unwrap(),
            };
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("{arguments:?} does not end");
}

/// The files of the index, the larger the likelier or all alike.
fn file(files: &[(PathBuf, usize)], dice: &mut Dice) -> usize {
    if dice.one_in(2) {
        return dice.below(files.len());
    }
    let all: usize = files.iter().map(|(_, length)| length).sum();
    let mut place = dice.below(all);
    files
        .iter()
        .position(|(_, length)| {
            let is_here = place < *length;
            place = place.saturating_sub(*length);
            is_here
        })
        .unwrap()
}

/// How many flips were told of, and how many changed nothing.
#[derive(Debug, Default)]
struct Tally {
    told: usize,
    harmless: usize,
}

/// Flips bits of a copy, one after the other.
fn flip(archive: &Archive, seed: u64, flips: usize) -> Tally {
    let copy = copy(archive);
    let scratch = Archive::new();
    let (folder, scratch) = (copy.folder(), scratch.folder());
    let expected: Vec<Answer> = ASKED.iter().map(|asked| ask(folder, asked, scratch)).collect();
    for (asked, answer) in ASKED.iter().zip(&expected) {
        assert!(
            matches!(answer.code, Some(0 | 1)) && answer.stdout.len() > 20,
            "{asked:?}: {answer:?}"
        );
    }
    assert_eq!(ask(folder, &["verify"], scratch).code, Some(0));
    let entries = fs::read_dir(copy.path(".newsdex/index")).unwrap();
    let mut files: Vec<(PathBuf, usize)> = entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.path(), entry.metadata().unwrap().len() as usize))
        .filter(|(_, length)| *length > 0)
        .collect();
    files.sort();
    let mut dice = Dice::new(seed);
    let mut tally = Tally::default();
    for number in 0..flips {
        let (path, length) = &files[file(&files, &mut dice)];
        let bit = dice.below(length * 8);
        let whole = fs::read(path).unwrap();
        let mut flipped = whole.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        fs::write(path, &flipped).unwrap();
        let name = path.file_name().unwrap().display();
        let place = format!("seed {seed}, flip {number}: bit {bit} of {length} bytes of {name}");
        let told = ask(folder, &["verify"], scratch);
        assert!(matches!(told.code, Some(0 | 2)), "{place}: {told:?}");
        tally.told += usize::from(told.code == Some(2));
        tally.harmless += usize::from(told.code == Some(0));
        for (asked, expected) in ASKED.iter().zip(&expected) {
            let answer = ask(folder, asked, scratch);
            if told.code == Some(0) {
                assert_eq!(answer, *expected, "{place}, which verify does not see: {asked:?}");
            }
            let is_calm = matches!(answer.code, Some(0..=2)) && !answer.stderr.contains("panicked");
            assert!(is_calm, "{place}: {asked:?}: {answer:?}");
        }
        fs::write(path, &whole).unwrap();
    }
    assert_eq!(ask(folder, &["verify"], scratch).code, Some(0));
    tally
}

#[expect(clippy::disallowed_methods, reason = "a long run is asked for by the environment")]
fn flips() -> usize {
    std::env::var("NEWSDEX_FLIPS").map_or(FLIPS, |flips| flips.parse().unwrap())
}

#[test]
fn every_flipped_bit_is_told_of_or_harmless() {
    let archive = &archive();
    let each = flips().div_ceil(THREADS);
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let flipping =
            (0..THREADS).map(|seed| scope.spawn(move || flip(archive, seed as u64, each)));
        let flipping: Vec<_> = flipping.collect();
        flipping.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    // Of the files only that of the lock may be anything: it holds a process's number.
    let harmless: usize = tallies.iter().map(|tally| tally.harmless).sum();
    assert!(harmless * 5 < each * THREADS, "{tallies:?}");
}
