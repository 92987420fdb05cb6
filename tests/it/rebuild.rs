//! `index --rebuild`: an index is made anew beside the old one, which is searched until the
//! new one is whole; whatever happens, there is one whole index.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use newsdex::index::{IndexError, IndexReader, WriterLock};
use newsdex::update::{Progress, UpdateError};

use crate::dice::Dice;
use crate::harness::Archive;
use crate::incremental::{kill_when, listing, random_file};
use crate::knowledge::{knowledge, rebuilt};
use crate::library::{FIRST_SEEN, Library};
use crate::versions::Delivery;

/// An archive of random files with versions of articles, and its index.
fn newsroom(seed: u64) -> (Archive, Library) {
    let archive = Archive::new();
    let mut dice = Dice::new(seed);
    for file in 0..12 {
        archive.write(&format!("news/{file}.jsonl"), random_file(&mut dice));
    }
    for version in 1..4 {
        let delivery = Delivery { article: version % 2, version, status: "usable" };
        archive.write(&format!("news/v{version}.json"), delivery.json());
    }
    let library = Library::of(&archive.path("news"));
    library.update(FIRST_SEEN);
    (archive, library)
}

/// All lines of an export but the first and the last, which name the state.
fn exported(archive: &Archive) -> Vec<String> {
    let text = archive.run_in("news", &["export"]).with_code(0).stdout;
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[1..lines.len() - 1].to_vec()
}

fn pipe(archive: &Archive, name: &str, input: &str) {
    let mut command = archive.command_in("news", &["index", "-", "--name", name]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    // Some of the articles may be broken.
    assert!(matches!(child.wait().unwrap().code(), Some(0 | 3)));
}

#[test]
fn a_rebuilt_index_is_the_same_and_keeps_what_cannot_be_read_again() {
    for seed in 0..4 {
        let (archive, library) = newsroom(seed);
        pipe(
            &archive,
            "piped.jsonl",
            &format!("{{\"title\": \"Piped\"}}\n{}", random_file(&mut Dice::new(seed))),
        );
        fs::remove_file(archive.path("news/3.jsonl")).unwrap();
        library.update(FIRST_SEEN + 10);
        let (before, known) = (exported(&archive), knowledge(&library));
        let done = library.rebuild(FIRST_SEEN + 1_000);
        assert_eq!(done.unreadable, None);
        assert_eq!(knowledge(&library), known, "seed {seed}");
        // With it, when articles were first seen.
        assert_eq!(exported(&archive), before, "seed {seed}");
        let again = library.update(FIRST_SEEN + 2_000);
        assert_eq!((again.added, again.replaced, again.removed), (0, 0, 0), "{again:?}");
        assert_eq!(listing(&archive.path("news/.newsdex")).len(), 1);
    }
}

#[test]
fn changed_files_are_read_as_they_are() {
    let (archive, library) = newsroom(7);
    archive.write("news/new.txt", "Fog at the port\n\nFerries wait.");
    fs::remove_file(archive.path("news/v3.json")).unwrap();
    library.rebuild(FIRST_SEEN);
    assert_eq!(knowledge(&library), rebuilt(&library));
}

#[test]
fn the_method_and_the_users_files_stay() {
    let archive = Archive::with(&[
        ("news/a.jsonl", "{\"title\": \"Storm\", \"words_of_it\": \"giraffe\"}\n"),
        ("news/b.bak.txt", "Storm\n\nOver."),
    ]);
    archive.done(&["index", "news", "--map", "body=words_of_it", "--exclude", "*.bak.txt"]);
    let own = ["aliases.tsv", "saved.tsv", "saved-runs.tsv", "notes of mine.txt"];
    for name in own {
        archive.write(&format!("news/.newsdex/{name}"), format!("# {name}\r\n"));
    }
    archive.write("news/.newsdex/more/deep.bin", [0, 255, 10]);
    let meta = archive.path("news/.newsdex/index/meta.json");
    let (whole, other) = (fs::read_to_string(&meta).unwrap(), "\\\"schema\\\":9");
    let states: [Box<dyn Fn()>; 4] = [
        Box::new(|| {}),
        // Of another version, which still says how its articles were made.
        Box::new(|| fs::write(&meta, whole.replace("\\\"schema\\\":", other)).unwrap()),
        Box::new(|| fs::write(&meta, "{\"segm").unwrap()),
        Box::new(|| fs::remove_dir_all(archive.path("news/.newsdex/index")).unwrap()),
    ];
    for (number, damage) in states.iter().enumerate() {
        damage();
        let output = archive.run(&["index", "news", "--rebuild"]).with_code(0);
        let is_told = output.stderr.contains("warning: the old index could not be read: ");
        assert_eq!(is_told, matches!(number, 1 | 2), "{number}: {output:?}");
        // What is not known any more has to be said again.
        let count = if number < 2 { "1\n" } else { "0\n" };
        assert_eq!(archive.run_in("news", &["count", "giraffe"]).stdout, count, "{number}");
        for name in own {
            let path = archive.path(&format!("news/.newsdex/{name}"));
            assert_eq!(fs::read_to_string(path).unwrap(), format!("# {name}\r\n"));
        }
        assert_eq!(fs::read(archive.path("news/.newsdex/more/deep.bin")).unwrap(), [0, 255, 10]);
        assert_eq!(listing(&archive.path("news/.newsdex")).len(), own.len() + 2);
    }
    archive.done(&["index", "news", "--rebuild", "--map", "body=words_of_it"]);
    assert_eq!(archive.run_in("news", &["count", "giraffe"]).stdout, "1\n");
}

#[test]
fn files_elsewhere_are_read_or_carried_over() {
    let archive = Archive::with(&[
        ("far/a.txt", "Storm\n\nOver the port."),
        ("lost/b.txt", "Fog\n\nAt sea."),
        ("home/unrelated.txt", "Nothing\n\nAt all."),
    ]);
    let index = ["--index", "home/.newsdex"];
    let run = |arguments: &[&str]| archive.done(&[&index, arguments].concat());
    run(&["index", "far", "lost"]);
    archive.write("far/a.txt", "Storm\n\nOver the harbour.");
    fs::rename(archive.path("lost"), archive.path("unplugged")).unwrap();
    let output = run(&["index", "--rebuild"]);
    assert!(output.stderr.contains("carried over 1 article "), "{output:?}");
    assert_eq!(run(&["count", "harbour OR fog"]).stdout, "2\n");
    assert_eq!(run(&["count"]).stdout, "2\n");
    fs::rename(archive.path("unplugged"), archive.path("lost")).unwrap();
    assert!(run(&["index", "lost"]).stdout.contains("1 unchanged"));
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_read_keep_their_articles() {
    use std::os::unix::fs::PermissionsExt;
    let (archive, library) = newsroom(5);
    archive.write("news/secret.txt", "Secret\n\nText.");
    archive.write("news/closed/a.txt", "Closed\n\nText.");
    library.update(FIRST_SEEN);
    let allow = |name: &str, mode| {
        fs::set_permissions(archive.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow("news/secret.txt", 0o000);
    allow("news/closed", 0o000);
    if fs::read(archive.path("news/secret.txt")).is_ok() {
        // The superuser may read everything: there is nothing to test.
        allow("news/closed", 0o755);
        return;
    }
    let articles = library.reader().article_count().unwrap();
    let done = library.rebuild(FIRST_SEEN);
    assert_eq!((done.carried, done.report.articles), (2, articles));
    allow("news/closed", 0o755);
    allow("news/secret.txt", 0o644);
    library.update(FIRST_SEEN);
    assert_eq!(knowledge(&library), rebuilt(&library));
}

/// Does something when the new index is being made.
struct Meanwhile<F> {
    calls: AtomicUsize,
    deed: F,
}

impl<F: Fn() + Sync> Progress for Meanwhile<F> {
    fn planned(&self, _files: u64, _bytes: u64) {
        (self.deed)();
    }
    fn read(&self, _bytes: u64, _articles: u64) {
        self.calls.fetch_add(1, Ordering::SeqCst);
    }
    fn file_done(&self, _bytes: u64) {}
    fn finishing(&self) {
        (self.deed)();
    }
}

#[test]
fn meanwhile_the_old_is_searched_and_no_other_writes() {
    let (archive, library) = newsroom(9);
    let articles = library.reader().article_count().unwrap();
    let index = library.index.clone();
    let deed = || {
        assert_eq!(IndexReader::open(&index).unwrap().article_count().unwrap(), articles);
        assert!(matches!(WriterLock::take(&index, 0), Err(IndexError::Locked { .. })));
        let output = archive.run_in("news", &["index", "--rebuild"]).with_code(4);
        assert!(output.stderr.contains("locked by"), "{output:?}");
    };
    let progress = Meanwhile { calls: AtomicUsize::new(0), deed };
    library.rebuild_until(FIRST_SEEN, &progress, &AtomicBool::new(false)).unwrap();
    assert!(progress.calls.into_inner() > 0);
    archive.run_in("news", &["index", "--rebuild"]);
    let lock = WriterLock::take(&index, 0).unwrap();
    let refused =
        library.rebuild_until(FIRST_SEEN, &newsdex::update::Silent, &AtomicBool::new(false));
    assert!(matches!(refused, Err(UpdateError::Index(IndexError::Locked { .. }))));
    drop(lock);
}

#[test]
fn an_interrupted_rebuild_changes_nothing() {
    let (archive, library) = newsroom(2);
    archive.write("news/new.txt", "Fog\n\nText.");
    let (before, revision) = (knowledge(&library), library.reader().revision());
    let stop = AtomicBool::new(false);
    let progress =
        Meanwhile { calls: AtomicUsize::new(0), deed: || stop.store(true, Ordering::SeqCst) };
    let done = library.rebuild_until(FIRST_SEEN, &progress, &stop).unwrap();
    assert!(done.report.interrupted);
    assert_eq!((knowledge(&library), library.reader().revision()), (before, revision));
    assert_eq!(listing(&archive.path("news/.newsdex")).len(), 1);
}

#[test]
fn readers_find_a_whole_index_while_others_take_its_place() {
    let (_archive, library) = newsroom(4);
    let articles = library.reader().article_count().unwrap();
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut opened = 0;
            while !is_done.load(Ordering::SeqCst) {
                let reader = IndexReader::open(&library.index).unwrap();
                assert_eq!(reader.article_count().unwrap(), articles);
                opened += 1;
            }
            opened
        });
        let rebuilding = scope.spawn(|| (0..8).for_each(|_| drop(library.rebuild(FIRST_SEEN))));
        let done = rebuilding.join();
        is_done.store(true, Ordering::SeqCst);
        done.unwrap();
        assert!(reading.join().unwrap() > 0);
    });
}

/// Starts `newsdex index --rebuild` in `news`.
fn rebuilding(archive: &Archive) -> Child {
    let mut command = archive.command_in("news", &["index", "--rebuild", "--threads", "2"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// A moment of a rebuild, by what lies in the folder of the new index and in its place.
type Moment = fn(&Path, &Path) -> bool;

#[test]
fn a_killed_rebuild_leaves_a_whole_index_and_the_next_writer_no_rest() {
    let (archive, library) = newsroom(3);
    let mut dice = Dice::new(30);
    for file in 20..50 {
        let text: String = (0..10).map(|_| random_file(&mut dice)).collect();
        archive.write(&format!("news/{file}.jsonl"), text);
    }
    library.update(FIRST_SEEN);
    let before = knowledge(&library);
    let home = archive.path("news/.newsdex");
    let moments: BTreeMap<&str, Moment> = [
        ("begun", (|new, _| new.is_dir()) as Moment),
        ("locked", |new, _| listing(new).contains("writer.lock")),
        ("writing", |new, _| listing(new).iter().any(|name| name.contains(".store"))),
        ("named", |new, _| listing(new).contains("names")),
        ("changing", |new, old| new.is_dir() && !old.join("marker").is_file()),
    ]
    .into();
    for (name, moment) in moments {
        let (index, new) = (home.join("index"), home.join("index-new"));
        fs::write(index.join("marker"), "of the old").unwrap();
        kill_when(rebuilding(&archive), || moment(&new, &index));
        assert_eq!(knowledge(&library), before, "{name}");
        // A writer that has nothing to do takes no lock.
        archive.write("news/more.txt", format!("More\n\nof {name}."));
        archive.run_in("news", &["index"]);
        assert_eq!(listing(&home), ["index".to_owned()].into(), "{name}");
        fs::remove_file(archive.path("news/more.txt")).unwrap();
        archive.run_in("news", &["index"]);
        assert_eq!(knowledge(&library), before, "{name}");
    }
}

#[test]
fn a_rebuild_reads_files_and_paths_that_are_there() {
    let (archive, library) = newsroom(6);
    let before = knowledge(&library);
    archive.run_in("news", &["index", "--rebuild", "-"]).with_code(2);
    archive.run_in("news", &["index", "--rebuild", "no-such-folder"]).with_code(2);
    archive.run_in("news", &["index", "--rebuild", "--model", "none"]).with_code(2);
    assert_eq!(knowledge(&library), before);
    assert_eq!(listing(&archive.path("news/.newsdex")).len(), 1);
}
