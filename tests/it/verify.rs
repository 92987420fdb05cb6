//! `newsdex verify`: what it finds, what it only mentions, and what it leaves alone.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use newsdex::annotate::{Annotator, recogniser::RecogniserMemory};
use newsdex::article::Article;
use newsdex::index::{
    Budget, Depth, DocumentBuilder, Editions, Fields, FileState, Forget, IndexWriter, Method,
    NewsDocument, SourceRecord, SourceUpdate, Stage, Verification, WriterLock, WriterOptions,
    verify,
};
use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

use crate::harness::Archive;
use crate::library::{FIRST_SEEN, Library};
use crate::newsroom;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    version: u32,
    revision: Option<String>,
    index: String,
    whole: bool,
    depth: String,
    checked: Checked,
    fault_count: u64,
    faults: Vec<Notice>,
    remark_count: u64,
    remarks: Vec<Notice>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Checked {
    files: u64,
    bytes: u64,
    articles: u64,
    source_files: u64,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    kind: String,
    subject: Option<String>,
    what: String,
}

fn found(archive: &Archive, code: i32) -> Found {
    archive.run(&["verify", "--json"]).with_code(code).json()
}

/// The kinds and subjects of what is wrong.
fn faults(archive: &Archive) -> Vec<(String, String)> {
    let faults = found(archive, 2).faults.into_iter();
    faults.map(|fault| (fault.kind, fault.subject.unwrap_or_default())).collect()
}

fn index(archive: &Archive) -> PathBuf {
    archive.path(".newsdex/index")
}

/// The names of the files of an index that hold something of it.
fn files(archive: &Archive) -> Vec<String> {
    let entries = fs::read_dir(index(archive)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".lock")).collect();
    names.sort();
    names
}

#[test]
fn a_whole_index_is_told_to_be_whole() {
    let archive = newsroom::indexed();
    let found = found(&archive, 0);
    assert_eq!((found.version, found.whole, found.depth.as_str()), (1, true, "everything"));
    assert_eq!((found.fault_count, found.faults.len()), (0, 0));
    assert_eq!((found.remark_count, found.remarks.len()), (0, 0), "{found:?}");
    assert!(found.revision.is_some() && found.index.ends_with("/.newsdex/index"));
    let Checked { files: count, bytes, articles, source_files } = found.checked;
    assert_eq!((count, articles, source_files), (files(&archive).len() as u64, 5, 3));
    let lengths = files(&archive).into_iter();
    let lengths = lengths.map(|name| fs::metadata(index(&archive).join(name)).unwrap().len());
    assert_eq!(bytes, lengths.sum::<u64>());

    let text = archive.done(&["verify"]).stdout;
    assert!(text.ends_with("5 articles of 3 source files\nnothing wrong\n"), "{text}");
    let text = archive.done(&["verify", "--quick"]).stdout;
    assert!(text.ends_with("by their checksums alone\nnothing wrong\n"), "{text}");
    archive.run(&["verify", "--format", "csv"]).with_code(2);
}

#[test]
fn every_file_that_is_cut_missing_or_altered_is_named() {
    let archive = newsroom::indexed();
    for name in files(&archive) {
        let path = index(&archive).join(&name);
        let whole = fs::read(&path).unwrap();
        for length in [whole.len() - 1, whole.len() / 2, 3, 0] {
            fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(faults(&archive), [("file-cut".to_owned(), name.clone())], "{length}");
            let quick = archive.run(&["verify", "--quick"]).with_code(2);
            assert!(quick.stdout.contains(&format!("{name}: cut short")), "{quick:?}");
        }
        let mut longer = whole.clone();
        longer.push(b'\n');
        fs::write(&path, &longer).unwrap();
        assert_eq!(faults(&archive), [("file-cut".to_owned(), name.clone())]);
        let mut altered = whole.clone();
        altered[whole.len() / 2] ^= 0x20;
        fs::write(&path, &altered).unwrap();
        assert_eq!(faults(&archive), [("file-altered".to_owned(), name.clone())]);
        fs::remove_file(&path).unwrap();
        if name == "names" {
            // It is made anew where it is needed.
            let remarks = found(&archive, 0).remarks;
            assert_eq!((remarks.len(), remarks[0].kind.as_str()), (1, "no-names"));
        } else {
            assert_eq!(faults(&archive), [("file-missing".to_owned(), name.clone())]);
        }
        fs::write(&path, &whole).unwrap();
    }
    archive.done(&["verify"]);
}

#[test]
fn what_to_do_is_told_with_the_faults() {
    let archive = newsroom::indexed();
    let store = files(&archive).into_iter().find(|name| name.ends_with(".store")).unwrap();
    fs::write(index(&archive).join(&store), "").unwrap();
    let output = archive.run(&["verify"]).with_code(2);
    let told: Vec<&str> = output.stdout.lines().skip(2).collect();
    assert_eq!(told[0], "1 fault");
    assert_eq!(told[1], format!("  {store}: cut short, or its end is overwritten"));
    assert_eq!(told[2], "what to do");
    assert!(told[3].starts_with("  newsdex export") && told[4].starts_with("  newsdex index --re"));
    assert_eq!(output.stderr, "");
    let search = archive.run(&["search", "storm"]).with_code(2);
    assert!(search.stderr.contains("hint: run `newsdex verify` to see"), "{search:?}");
}

#[test]
fn files_that_nobody_knows_are_no_damage() {
    let archive = newsroom::indexed();
    archive.write(".newsdex/index/holiday.jpg", "x");
    archive.write(".newsdex/index/.tmpAbCdEf", "half");
    let found = found(&archive, 0);
    let told: Vec<_> = found
        .remarks
        .iter()
        .map(|remark| (remark.kind.as_str(), remark.subject.as_deref().unwrap()))
        .collect();
    assert_eq!(told, [("left-over", ".tmpAbCdEf"), ("foreign", "holiday.jpg")]);
    let text = archive.done(&["verify"]).stdout;
    assert!(text.contains("no damage, but good to know\n") && text.contains("holiday.jpg"));
}

#[test]
fn no_index_and_those_of_other_versions_are_errors_as_ever() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nText.")]);
    let none = archive.run(&["verify"]).with_code(2);
    assert!(none.stderr.starts_with("error: there is no index here"), "{none:?}");
    archive.index();
    // As versions before checksums wrote it.
    let line = "xxh3 0123456789abcdef\n".len();
    for name in files(&archive) {
        let path = index(&archive).join(&name);
        let mut bytes = fs::read(&path).unwrap();
        bytes.truncate(bytes.len() - line);
        if name == "meta.json" {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("\\\"schema\\\":7,"));
            bytes = text.replace("\\\"schema\\\":7,", "\\\"schema\\\":6,").into_bytes();
        }
        fs::write(path, bytes).unwrap();
    }
    for command in [&["verify"][..], &["count"], &["index"]] {
        let other = archive.run(command).with_code(5);
        assert!(other.stderr.contains("another version of newsdex (schema 6"), "{other:?}");
    }
    fs::remove_dir_all(index(&archive)).unwrap();
    archive.run(&["verify"]).with_code(2);
}

#[test]
fn a_list_of_files_that_lies_is_told_of() {
    let archive = newsroom::indexed();
    let path = index(&archive).join("meta.json");
    let text = fs::read_to_string(&path).unwrap();
    let (content, _) = text.split_at(text.len() - "xxh3 0123456789abcdef\n".len());
    let most = content.split_once("\"max_doc\": ").unwrap().1;
    let most: u32 = most[..most.find(',').unwrap()].parse().unwrap();
    let lie = content.replacen(
        &format!("\"max_doc\": {most},"),
        &format!("\"max_doc\": {},", most + 1),
        1,
    );
    fs::write(&path, format!("{lie}xxh3 {:016x}\n", xxh3_64(lie.as_bytes()))).unwrap();
    let faults = faults(&archive);
    assert!(!faults.is_empty() && faults.iter().all(|(kind, _)| kind == "segment"), "{faults:?}");
}

#[test]
fn names_that_are_not_those_of_the_articles_are_told_of() {
    let archive = newsroom::indexed();
    let path = index(&archive).join("names");
    let mut bytes = fs::read(&path).unwrap();
    bytes.truncate(bytes.len() - "xxh3 0123456789abcdef\n".len());
    let at = bytes.windows(7).position(|name| name == b"ann lee").unwrap();
    bytes[at + 1] = b'm';
    let line = format!("xxh3 {:016x}\n", xxh3_64(&bytes));
    bytes.extend(line.as_bytes());
    fs::write(&path, bytes).unwrap();
    assert_eq!(faults(&archive), [("names".to_owned(), "names".to_owned())]);
}

#[test]
fn what_is_damaged_is_not_merged_into_what_seems_whole() {
    // What an update reads of these seems right.
    for ending in ["pos", "term"] {
        let archive = Archive::with(&[("a.txt", "Title: Storm\n\nIt came ashore at dawn.")]);
        let library = Library { commit_bytes: 1, ..Library::of(archive.folder()) };
        library.update(FIRST_SEEN);
        let name = files(&archive).into_iter().find(|name| name.ends_with(ending)).unwrap();
        let path = index(&archive).join(&name);
        let mut bytes = fs::read(&path).unwrap();
        bytes[5] ^= 1;
        fs::write(&path, bytes).unwrap();
        for number in 0..20 {
            archive.write(&format!("more/{number}.txt"), format!("Fog {number}\n\nIt rose."));
        }
        library.update(FIRST_SEEN + 1);
        let faults = faults(&archive);
        assert!(faults.contains(&("file-altered".to_owned(), name)), "{ending}: {faults:?}");
        // The others are merged as ever.
        let segments = files(&archive).into_iter().filter(|name| name.ends_with(".idx")).count();
        assert!(segments < 16, "{segments}");
    }
}

#[test]
fn a_stored_article_that_is_damaged_is_an_error_and_no_wrong_text() {
    let archive = newsroom::indexed();
    let expected = archive.done(&["search", "", "-n", "all", "--format", "jsonl"]).stdout;
    for name in files(&archive).iter().filter(|name| name.ends_with(".store")) {
        let path = index(&archive).join(name);
        let whole = fs::read(&path).unwrap();
        for place in (0..whole.len()).step_by(whole.len() / 12) {
            let mut flipped = whole.clone();
            flipped[place] ^= 0x40;
            fs::write(&path, &flipped).unwrap();
            let output = archive.run(&["search", "", "-n", "all", "--format", "jsonl"]);
            // What stands behind the pages is not read.
            assert!(output.code == 2 || output.stdout == expected, "{place}: {output:?}");
            assert!(!output.stderr.contains("failed inside"), "{place}: {output:?}");
        }
        fs::write(&path, &whole).unwrap();
    }
}

#[test]
fn a_failure_inside_is_an_error_and_no_panic() {
    let archive = newsroom::indexed();
    for name in files(&archive).iter().filter(|name| name.ends_with(".fast")) {
        let path = index(&archive).join(name);
        let mut bytes = fs::read(&path).unwrap();
        let most = bytes.len() * 2 / 3;
        bytes[..most].fill(0xff);
        fs::write(&path, bytes).unwrap();
    }
    let output = archive.run(&["search", "", "--facet", "person"]).with_code(2);
    let (error, hints) = output.stderr.split_once('\n').unwrap();
    assert!(error.starts_with("error: newsdex failed inside: "), "{output:?}");
    // Where it was, without the folders of whoever built it.
    assert!(error.contains(".rs:") && !error.contains("registry"), "{error}");
    assert!(hints.starts_with("hint: `newsdex verify` tells"), "{hints}");
    assert_eq!(hints.lines().count(), 2);
    archive.run(&["verify"]).with_code(2);
}

/// What a writer puts into an index of its own.
struct Written {
    archive: Archive,
    lock: Option<WriterLock>,
}

impl Written {
    fn new() -> Self {
        Self { archive: Archive::new(), lock: None }
    }

    /// Commits steps, knowing nothing of what was committed before.
    fn commit(&mut self, updates: Vec<SourceUpdate>) -> &mut Self {
        drop(self.lock.take());
        let lock = WriterLock::take(&index(&self.archive), 0).unwrap();
        let options = WriterOptions { threads: 1, bytes_per_thread: 15_000_000 };
        let mut writer =
            IndexWriter::open(lock, options, Method::default(), Editions::default()).unwrap();
        for update in updates {
            writer.apply(update).unwrap();
        }
        writer.commit().unwrap();
        writer.close().unwrap();
        self
    }

    fn verify(&self) -> Verification {
        verify(&index(&self.archive), Depth::Everything, 2).unwrap()
    }

    /// What is wrong, as text.
    fn faults(&self) -> Vec<String> {
        let found = self.verify();
        assert_eq!(found.faults.count, found.faults.first.len() as u64);
        let faults = found.faults.first.iter();
        faults.map(|fault| format!("{}: {}", fault.subject, fault.what)).collect()
    }
}

fn document(path: &str, part: &str, guid: &str) -> NewsDocument {
    let article = Article {
        part: part.to_owned(),
        title: "Storm".to_owned(),
        body: "It came ashore.".to_owned(),
        guid: guid.to_owned(),
        ..Article::default()
    };
    let annotations = Annotator::default().annotate(&article, &mut RecogniserMemory::default());
    let share = Arc::new(Budget::new(1).take(1));
    DocumentBuilder::new(Fields::new())
        .build(&article, &annotations, path, FIRST_SEEN, &share)
        .unwrap()
}

fn step(
    path: &str,
    documents: Vec<NewsDocument>,
    record: Option<(u64, FileState)>,
) -> SourceUpdate {
    let record = record.map(|(articles, state)| SourceRecord {
        name: path.to_owned(),
        state,
        hash: Some(7),
        articles,
        trouble: None,
    });
    let (stage, forget) = (Stage::Whole, Forget::Nothing);
    SourceUpdate { path: path.to_owned(), stage, forget, documents, record, bytes: 0 }
}

const READ: FileState = FileState { size: 10, modified_ns: 1 };

#[test]
fn articles_and_records_that_disagree_are_told_of() {
    let one = |path| vec![document(path, "", "")];
    let mut written = Written::new();
    written.commit(vec![step("a.txt", one("a.txt"), Some((1, READ)))]);
    assert_eq!(written.faults(), [""; 0]);
    written.commit(vec![
        step("b.txt", one("b.txt"), None),
        step("c.txt", Vec::new(), Some((3, READ))),
        step("d.txt", Vec::new(), Some((0, READ))),
    ]);
    assert_eq!(
        written.faults(),
        ["b.txt: 1 articles of it, and no record", "c.txt: 0 articles of it, and 3 by its record"]
    );
    written.commit(vec![step("d.txt", Vec::new(), Some((0, READ)))]);
    assert!(written.faults().contains(&": 4 records of 3 files".to_owned()));
}

#[test]
fn a_file_that_is_read_again_anyway_may_have_any_number_of_articles() {
    let mut written = Written::new();
    let again = FileState::default();
    written.commit(vec![step("a.txt", vec![document("a.txt", "", "")], Some((0, again)))]);
    let found = written.verify();
    assert!(found.is_whole(), "{found:?}");
    assert_eq!(found.remarks.first[0].what, "1 source files are read again by the next update");
}

#[test]
fn articles_that_are_there_twice_are_told_of() {
    let twice = vec![document("a.txt", "", ""), document("a.txt", "", "")];
    let mut written = Written::new();
    written.commit(vec![step("a.txt", twice, Some((2, READ)))]);
    let faults = written.faults();
    assert!(faults.len() == 1 && faults[0].ends_with("of a.txt: in the index twice"), "{faults:?}");
}

#[test]
fn two_versions_that_are_both_shown_are_told_of() {
    let version = |path| step(path, vec![document(path, "", "urn:gull:7")], Some((1, READ)));
    let mut written = Written::new();
    written.commit(vec![version("a.txt")]).commit(vec![version("b.txt")]);
    let faults = written.faults();
    assert!(faults.len() == 1 && faults[0].ends_with("and both are shown"), "{faults:?}");
    // A writer that knows both hides one.
    let mut written = Written::new();
    written.commit(vec![version("a.txt"), version("b.txt")]);
    assert_eq!(written.faults(), [""; 0]);
}

#[test]
fn an_index_that_is_being_written_is_whole_all_the_while() {
    let archive = newsroom::unindexed();
    let library = Library { commit_bytes: 1, ..Library::of(archive.folder()) };
    library.update(FIRST_SEEN);
    let done = AtomicBool::new(false);
    let verified = thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0..12 {
                for number in 0..4 {
                    let text = format!("Storm {round}\n\nIt came ashore {number} times.");
                    archive.write(&format!("notes/{}.txt", (round + number) % 6), text);
                }
                library.update(FIRST_SEEN + round);
            }
            done.store(true, Ordering::Relaxed);
        });
        let mut revisions = BTreeSet::new();
        while !done.load(Ordering::Relaxed) {
            let found = verify(&library.index, Depth::Everything, 2).unwrap();
            assert!(found.is_whole(), "{found:?}");
            revisions.insert(found.revision);
        }
        revisions.len()
    });
    assert!(verified > 1, "{verified}");
}
