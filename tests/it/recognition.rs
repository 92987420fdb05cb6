//! What an index is made with: it is noted, later updates do the same, and where
//! it changes every file is read anew.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use newsdex::annotate::recogniser::Model;
use newsdex::query::parse;
use newsdex::search::Search;
use newsdex::update::{Progress, RecogniseWith};

use crate::harness::Archive;
use crate::library::{self, FIRST_SEEN, Library};
use crate::wire::{Report, Status};

const ENGLISH: &str = "Talks\n\nPresident Joe Biden spoke in Washington on Monday.\n";
const GERMAN: &str =
    "Title: Gipfel\nLanguage: de\n\nPräsident Joe Biden sprach am Montag in Washington.\n";

fn archive() -> Archive {
    Archive::with(&[("en/a.txt", ENGLISH), ("de/b.txt", GERMAN)])
}

/// The embedded model, made for German too.
fn bilingual() -> Vec<u8> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let bytes = fs::read(top.join("src/annotate/recogniser/english.model")).unwrap();
    Model::with_languages(bytes, "en de").unwrap()
}

/// Indexes with these arguments: how many files were read anew, how many left.
#[track_caller]
fn index(archive: &Archive, arguments: &[&str]) -> (u64, u64) {
    let report: Report = archive.done(&[&["index", "--json"], arguments].concat()).json();
    (report.replaced, report.unchanged)
}

/// How many articles name somebody with that name.
fn naming(archive: &Archive) -> String {
    archive.run(&["count", "person:\"Joe Biden\""]).stdout.trim().to_owned()
}

#[test]
fn names_are_recognised_unless_somebody_says_otherwise() {
    let archive = archive();
    assert_eq!(index(&archive, &["."]), (0, 0));
    assert_eq!(naming(&archive), "1");
    assert_eq!(index(&archive, &[]), (0, 2));
    assert_eq!(index(&archive, &["--no-recognition"]), (2, 0));
    assert_eq!(naming(&archive), "0");
    // It stays so.
    assert_eq!(index(&archive, &[]), (0, 2));
    archive.write("en/c.txt", ENGLISH);
    assert_eq!(index(&archive, &[]), (0, 2));
    assert_eq!(naming(&archive), "0");
    assert_eq!(index(&archive, &["--model", "embedded"]), (3, 0));
    assert_eq!(naming(&archive), "2");
    archive.run(&["index", "--model", "embedded", "--no-recognition"]).with_code(2);
}

#[test]
fn a_model_of_ones_own_is_remembered_by_its_content() {
    let archive = archive();
    archive.write("models/my.model", bilingual());
    archive.index();
    assert_eq!(index(&archive, &["en", "de", "--model", "models/my.model"]), (2, 0));
    assert_eq!(naming(&archive), "2");
    assert_eq!(index(&archive, &["en", "de"]), (0, 2));
    let status: Status = archive.done(&["status", "--json"]).json();
    assert_eq!(status.recognition.file.as_deref(), Some("models/my.model"));
    assert!(status.recognition.model.is_some());
    // From anywhere below the home.
    let report: Report = archive.run_in("en", &["index", ".", "--json"]).with_code(0).json();
    assert_eq!((report.replaced, report.unchanged), (0, 1));
    // The same bytes elsewhere are the same model; the new place is noted.
    fs::rename(archive.path("models/my.model"), archive.path("models/moved.model")).unwrap();
    let output = archive.run(&["index", "en"]).with_code(2);
    assert!(output.stderr.starts_with("error: cannot read the model `"), "{output:?}");
    assert!(
        output.stderr.contains("models/my.model`, which the index was made with: no such file")
    );
    assert!(output.stderr.contains("\nhint: `--model embedded` is the one inside newsdex"));
    assert_eq!(index(&archive, &["en", "de", "--model", "models/moved.model"]), (0, 2));
    assert_eq!(index(&archive, &["en", "de"]), (0, 2));
    let trained_again = Model::with_languages(bilingual(), "en de fr").unwrap();
    archive.write("models/moved.model", trained_again);
    let output = archive.run(&["search", "biden", "en"]).with_code(2);
    assert!(output.stderr.contains("is not the one that the index was made with"), "{output:?}");
    // A search that refreshes nothing needs no model.
    assert_eq!(naming(&archive), "2");
    archive.done(&["search", "biden", "en", "--model", "embedded"]);
    assert_eq!(naming(&archive), "2", "what was not looked at is as it was");
    assert_eq!(index(&archive, &["en", "de"]), (1, 1));
    assert_eq!(naming(&archive), "1", "the rest is read anew when it is looked at");
}

#[test]
fn a_search_in_a_folder_takes_the_same_arguments() {
    let archive = archive();
    let query = "person:\"Joe Biden\"";
    archive.run(&["count", query, ".", "--no-recognition"]).with_code(1);
    assert_eq!(archive.done(&["count", query, ".", "--model", "embedded"]).stdout, "1\n");
    for command in ["search", "count", "facets"] {
        let output = archive.run(&[command, query, "--no-recognition"]).with_code(2);
        assert_eq!(output.stderr, "error: `--no-recognition` needs a folder to index or refresh\n");
    }
}

/// Stops after the first file.
struct StopSoon<'a>(&'a AtomicBool);

impl Progress for StopSoon<'_> {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn read(&self, _bytes: u64, _articles: u64) {}
    fn file_done(&self, _bytes: u64) {
        self.0.store(true, Ordering::Relaxed);
    }
    fn finishing(&self) {}
}

#[test]
fn files_that_an_interruption_left_unread_are_read_the_next_time() {
    let archive = Archive::new();
    for number in 0..20 {
        archive.write(&format!("{number}.txt"), ENGLISH);
    }
    let mut library = Library { threads: 1, ..Library::of(archive.folder()) };
    library.update(FIRST_SEEN);
    library.recognition = RecogniseWith::Embedded;
    let stop = AtomicBool::new(false);
    let report = library.update_until(FIRST_SEEN, &StopSoon(&stop), &stop).unwrap();
    assert!(report.interrupted && report.replaced < 20, "{report:?}");
    assert_eq!(report.articles, 20);
    library.recognition = RecogniseWith::AsBefore;
    let rest = library.update(FIRST_SEEN);
    assert_eq!(rest.replaced + report.replaced, 20, "{rest:?}");
    let query = library::request(parse("person:\"Joe Biden\"").unwrap());
    assert_eq!(Search::run(&library.reader(), &query).unwrap().total, 20);
}
