//! Indexes of earlier versions, kept as they were written: one of this schema gives exactly
//! the results it gave then, any other is refused with the words that say what to do.
//!
//! Whoever raises the schema writes the fixture of the new one, and leaves the others:
//! `cargo test --test it upgrades::write_the_fixture -- --ignored`.

use std::fs;
use std::path::{Path, PathBuf};

use newsdex::index::SCHEMA_VERSION;

use crate::harness::Archive;

/// Articles of the sample corpus that the fixtures hold.
const SOURCES: [&str; 5] = [
    "headers/courier-runoff.txt",
    "headers/gazette-deal.txt",
    "headers/holland-barrier.txt",
    "notes/hafen-streik-bilanz.md",
    "notes/okafor-interview.md",
];

/// What is asked of them; the answers stand in `answers.txt`, one after the other.
const QUESTIONS: [&[&str]; 6] = [
    &["search", "", "--json", "-n", "all", "--facet", "person,org,place,date:month"],
    &["search", "harbo* OR port", "--format", "jsonl", "--fields", "id,score,title,snippet"],
    &["count", "about:Okafor OR \"the council\""],
    &["entities", "--format", "csv"],
    &["timeline", "", "--format", "csv"],
    &["facets", "", "--facet", "outlet,lang", "--format", "csv"],
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/indexes")
}

/// An archive with a copy of a fixture in the place of its home.
fn opened(fixture: &Path) -> Archive {
    let archive = Archive::new();
    for entry in fs::read_dir(fixture.join("index")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        archive.write(&format!(".newsdex/index/{name}"), fs::read(&path).unwrap());
    }
    archive
}

fn answers(archive: &Archive) -> String {
    let answer = |question: &&[&str]| {
        let output = archive.done(question);
        format!("$ newsdex {}\n{}\n", question.join(" "), output.stdout)
    };
    QUESTIONS.iter().map(answer).collect()
}

#[test]
fn an_index_of_each_schema_opens_or_is_refused_with_the_way_out() {
    let mut found = 0;
    for entry in fs::read_dir(fixtures()).unwrap() {
        let fixture = entry.unwrap().path();
        let name = fixture.file_name().unwrap().to_str().unwrap();
        let schema: u32 = name.strip_prefix("schema-").unwrap().parse().unwrap();
        let archive = opened(&fixture);
        if schema == SCHEMA_VERSION {
            let expected = fs::read_to_string(fixture.join("answers.txt")).unwrap();
            assert_eq!(answers(&archive), expected, "{name}");
        } else {
            assert!(schema < SCHEMA_VERSION, "{name} is of the future");
            for question in QUESTIONS.iter().chain(&[&["index", "."][..]]) {
                let output = archive.run(question).with_code(5);
                let told = format!("was written by another version of newsdex (schema {schema};");
                assert!(output.stderr.contains(&told), "{output:?}");
                let hint = "\nhint: `newsdex index --rebuild` makes it anew";
                assert!(output.stderr.contains(hint), "{output:?}");
            }
        }
        found += 1;
    }
    assert!(found > 0, "there are no fixtures");
}

#[test]
#[ignore = "writes the fixture of this schema, once for each"]
fn write_the_fixture() {
    let archive = Archive::new();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let add = |names: &[&str]| {
        for name in names {
            archive.write(name, fs::read(corpus.join(name)).unwrap());
        }
    };
    // Two commits, of which the second deletes something of the first.
    let (first, second) = SOURCES.split_at(3);
    add(first);
    archive.write("notes/gone.txt", "Gone\n\nThe storm at the port is over.");
    archive.done(&["index", "."]);
    fs::remove_file(archive.path("notes/gone.txt")).unwrap();
    add(second);
    archive.done(&["index", "."]);
    let target = fixtures().join(format!("schema-{SCHEMA_VERSION}"));
    fs::create_dir_all(target.join("index")).unwrap();
    for entry in fs::read_dir(archive.path(".newsdex/index")).unwrap() {
        let path = entry.unwrap().path();
        let is_lock = path.extension().is_some_and(|ending| ending == "lock");
        if !is_lock {
            fs::copy(&path, target.join("index").join(path.file_name().unwrap())).unwrap();
        }
    }
    fs::write(target.join("answers.txt"), answers(&opened(&target))).unwrap();
}
