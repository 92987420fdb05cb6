//! A folder of source files that change: small ones, some of many articles, archives,
//! versions of articles in several files, and bad ones.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use newsdex::update::RecogniseWith;

use crate::dice::Dice;
use crate::harness::Archive;
use crate::library::Library;

/// The folder, and how it is indexed.
pub(crate) struct Corpus {
    pub(crate) archive: Archive,
    pub(crate) dice: Dice,
    arguments: Vec<String>,
    recognises: bool,
    /// Lines of the files of versions.
    deliveries: BTreeMap<String, Vec<String>>,
    /// No version is delivered twice, so that the last is one.
    next_version: usize,
}

/// The folder of the corpus; those beside it belong to the test.
pub(crate) const NEWS: &str = "news";

impl Corpus {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let recognises = dice.one_in(3);
        // Many small commits, some, and one.
        let commit_bytes = dice.pick(&["1", "2000", "400000", "128000000"]);
        let threads = dice.pick(&["1", "2", "3"]);
        let mut arguments =
            vec!["index", ".", "--commit-bytes", commit_bytes, "--threads", threads];
        if !recognises {
            arguments.push("--no-recognition");
        }
        let arguments = arguments.into_iter().map(str::to_owned).collect();
        let archive = Archive::new();
        fs::create_dir(archive.path(NEWS)).unwrap();
        let deliveries = BTreeMap::new();
        let mut corpus = Self { archive, dice, arguments, recognises, deliveries, next_version: 0 };
        for _ in 0..corpus.dice.below(30) {
            corpus.change();
        }
        corpus.write("first.txt", b"Storm over the port\n\nThe strike goes on.");
        corpus
    }

    /// The command that indexes it.
    pub(crate) fn command(&self, folder: &str) -> Command {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        self.archive.command_in(folder, &arguments)
    }

    pub(crate) fn library(&self, folder: &str) -> Library {
        let recognition =
            if self.recognises { RecogniseWith::Embedded } else { RecogniseWith::Nothing };
        Library { recognition, ..Library::of(&self.archive.path(folder)) }
    }

    /// The folder of the home.
    pub(crate) fn home(&self) -> std::path::PathBuf {
        self.archive.path(NEWS).join(".newsdex")
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        self.archive.write(&format!("{NEWS}/{name}"), bytes);
    }

    /// Adds, changes, renames and removes files.
    pub(crate) fn edit(&mut self) {
        for _ in 0..2 + self.dice.below(12) {
            self.change();
        }
    }

    fn change(&mut self) {
        let number = self.dice.below(12);
        let folder = self.dice.pick(&["a", "b", "c/d"]);
        let name = format!("{folder}/{number}.jsonl");
        match self.dice.below(16) {
            0 | 1 => drop(fs::remove_file(self.archive.path(&format!("{NEWS}/{name}")))),
            2 => self.rename(&name, number),
            3 => {
                let records = self.records(6);
                self.write(&format!("packed/{number}.jsonl.gz"), &gzip(records.as_bytes()));
            }
            4 => {
                let bytes = self.tar();
                self.write(&format!("packed/{}.tar", number % 3), &bytes);
            }
            5 if number < 6 => {
                let text = self.large();
                self.write(&format!("large/{}.jsonl", number % 2), text.as_bytes());
            }
            5..=9 => self.deliver(),
            10 => {
                let cut = format!("{}{{\"title\": \"cut", self.records(2));
                self.write(&name, cut.as_bytes());
            }
            _ => {
                let records = self.records(6);
                self.write(&name, records.as_bytes());
            }
        }
    }

    fn rename(&mut self, name: &str, number: usize) {
        let path = |name: &str| self.archive.path(&format!("{NEWS}/{name}"));
        if path(name).is_file() {
            self.write(&format!("moved/{number}.jsonl"), b"");
            fs::rename(path(name), path(&format!("moved/{number}.jsonl"))).unwrap();
        }
    }

    /// Some articles, one a line.
    fn records(&mut self, most: usize) -> String {
        (0..=self.dice.below(most)).map(|_| self.record()).collect()
    }

    fn record(&mut self) -> String {
        let dice = &mut self.dice;
        let words: Vec<_> = (0..3 + dice.below(40))
            .map(|_| dice.pick(&["port", "strike", "strikes", "storm", "drone", "drones", "the"]))
            .collect();
        let said = dice.pick(&[
            "President Joe Lind spoke in Oslo on Monday. Lind said no.",
            "Ann Lee, who leads the Harbour Union, was in Washington.",
            "Nobody was there.",
        ]);
        let outlet = dice.pick(&["The Gazette", "Echo"]);
        let person = dice.pick(&["Ann Lee", "Joe Lind", "Joseph Lind", "LIND, JOE"]);
        let month = 1 + dice.below(9);
        format!(
            "{{\"title\": \"{} {}\", \"text\": \"{said} {}\", \"source\": \"{outlet}\", \
             \"language\": \"en\", \"people\": [\"{person}\"], \"date\": \"2024-0{month}\"}}\n",
            words[0],
            words[1],
            words.join(" "),
        )
    }

    /// Articles of several batches.
    fn large(&mut self) -> String {
        let word = self.dice.pick(&["calm ", "gale ", "fog "]);
        let text = word.repeat(50_000 / word.len());
        (0..12 + self.dice.below(40))
            .map(|_| {
                let title = self.dice.pick(&["Long storm", "Long strike"]);
                format!("{{\"title\": \"{title}\", \"language\": \"de\", \"text\": \"{text}\"}}\n")
            })
            .collect()
    }

    fn tar(&mut self) -> Vec<u8> {
        let mut tar = tar::Builder::new(Vec::new());
        for number in 0..1 + self.dice.below(4) {
            let records = self.records(4);
            let mut header = tar::Header::new_ustar();
            header.set_size(records.len() as u64);
            header.set_mode(0o644);
            tar.append_data(&mut header, format!("m/{number}.jsonl"), records.as_bytes()).unwrap();
        }
        tar.into_inner().unwrap()
    }

    /// Delivers versions of articles; moves deliveries between files, or takes them away.
    fn deliver(&mut self) {
        let name = format!("wire/{}.jsonl", self.dice.below(6));
        match self.dice.below(5) {
            0 => drop(self.deliveries.remove(&name)),
            1 => {
                let moved = self.deliveries.remove(&name).unwrap_or_default();
                let other = format!("wire/{}.jsonl", self.dice.below(6));
                self.deliveries.insert(other.clone(), moved);
                self.write_deliveries(&other);
            }
            _ => {
                let lines = (0..1 + self.dice.below(3)).map(|_| self.delivery()).collect();
                self.deliveries.insert(name.clone(), lines);
            }
        }
        self.write_deliveries(&name);
    }

    fn write_deliveries(&self, name: &str) {
        match self.deliveries.get(name) {
            Some(lines) if !lines.is_empty() => self.write(name, lines.concat().as_bytes()),
            _ => drop(fs::remove_file(self.archive.path(&format!("{NEWS}/{name}")))),
        }
    }

    fn delivery(&mut self) -> String {
        self.next_version += 1;
        let status = self.dice.pick(&["usable", "usable", "usable", "canceled"]);
        // Not in the order in which they are written.
        let version = self.next_version * 7919 % 10_007;
        let article = self.dice.below(4);
        format!(
            "{{\"uri\": \"urn:gull:{article}\", \"type\": \"text\", \"version\": \"{version}\", \
             \"pubstatus\": \"{status}\", \"headline\": \"Storm {article}, version {version}\", \
             \"body_text\": \"The storm came ashore.\"}}\n"
        )
    }
}

/// Copies a folder with the times of its files, which say whether they changed.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
            let modified = entry.metadata().unwrap().modified().unwrap();
            File::options().append(true).open(&target).unwrap().set_modified(modified).unwrap();
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
