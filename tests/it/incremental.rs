//! A second run reads what changed and nothing else; whatever happened before,
//! the index ends up as one made from nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use newsdex::index::WriterLock;
use newsdex::query::parse;
use newsdex::search::Search;
use newsdex::update::{Progress, Report};
use xxhash_rust::xxh3::xxh3_64;

use crate::dice::Dice;
use crate::harness::Archive;
use crate::knowledge::{knowledge, rebuilt};
use crate::library::{self, FIRST_SEEN, Library, articles};

/// Files added, replaced, removed, unchanged, failed; articles read and held.
fn counts(report: &Report) -> [u64; 7] {
    let Report { added, replaced, removed, unchanged, articles_read, articles, .. } = *report;
    [added, replaced, removed, unchanged, report.failed.len() as u64, articles_read, articles]
}

fn titles(library: &Library) -> BTreeSet<String> {
    let reader = library.reader();
    let matches = Search::run(&reader, &library::request(parse("").unwrap())).unwrap();
    articles(&reader, &matches).into_iter().map(|article| article.title).collect()
}

fn three_files() -> (Archive, Library) {
    let archive = Archive::with(&[
        ("a.txt", "Storm over the port\n\nThe strike goes on."),
        ("b/c.txt", "Drones sighted\n\nOver the town."),
        (
            "b/d.jsonl",
            "{\"title\": \"One\", \"text\": \"x\"}\n{\"title\": \"Two\", \"text\": \"y\"}\n",
        ),
    ]);
    let library = Library::of(archive.folder());
    assert_eq!(counts(&library.update(FIRST_SEEN)), [3, 0, 0, 0, 0, 4, 4]);
    (archive, library)
}

#[test]
fn nothing_changed_is_nothing_read() {
    let (_archive, library) = three_files();
    assert_eq!(counts(&library.update(FIRST_SEEN)), [0, 0, 0, 3, 0, 0, 4]);
}

#[test]
fn what_is_added_changed_and_removed_is_read_replaced_and_forgotten() {
    let (archive, library) = three_files();
    archive.write("new.txt", "Fog at the bridge\n\nFerries wait.");
    archive.write("a.txt", "Storm is over\n\nThe port is open again.");
    fs::remove_file(archive.path("b/c.txt")).unwrap();
    assert_eq!(counts(&library.update(FIRST_SEEN)), [1, 1, 1, 1, 0, 2, 4]);
    let expected = ["Fog at the bridge", "One", "Storm is over", "Two"];
    assert_eq!(titles(&library), expected.map(str::to_owned).into());
    assert_eq!(knowledge(&library), rebuilt(&library));
}

#[test]
fn a_renamed_file_is_a_new_one() {
    let (archive, library) = three_files();
    fs::rename(archive.path("a.txt"), archive.path("z.txt")).unwrap();
    assert_eq!(counts(&library.update(FIRST_SEEN)), [1, 0, 1, 2, 0, 1, 4]);
    assert_eq!(knowledge(&library), rebuilt(&library));
}

#[test]
fn a_file_with_another_time_and_the_same_content_is_unchanged() {
    let (archive, library) = three_files();
    let file = fs::File::options().append(true).open(archive.path("b/d.jsonl")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
    assert_eq!(counts(&library.update(FIRST_SEEN)), [0, 0, 0, 3, 0, 0, 4]);
    // Its new time is known from now on.
    assert_eq!(counts(&library.update(FIRST_SEEN)), [0, 0, 0, 3, 0, 0, 4]);
    assert_eq!(knowledge(&library), rebuilt(&library));
}

#[test]
fn a_moved_folder_is_not_read_again() {
    let archive = Archive::with(&[("old/a.txt", "Storm\n\nOver."), ("old/b/c.txt", "Fog\n\nToo.")]);
    assert_eq!(
        counts(&Library::of(&archive.path("old")).update(FIRST_SEEN)),
        [2, 0, 0, 0, 0, 2, 2]
    );
    fs::rename(archive.path("old"), archive.path("new")).unwrap();
    let moved = Library::of(&archive.path("new"));
    assert_eq!(counts(&moved.update(FIRST_SEEN)), [0, 0, 0, 2, 0, 0, 2]);
}

#[test]
fn an_emptied_file_leaves_and_is_reported() {
    let (archive, library) = three_files();
    archive.write("a.txt", "");
    let report = library.update(FIRST_SEEN);
    assert_eq!(counts(&report), [0, 0, 0, 2, 1, 0, 3]);
    assert_eq!(
        (report.failed[0].path.as_str(), report.failed[0].reason.as_str()),
        ("a.txt", "empty")
    );
    assert_eq!(knowledge(&library), rebuilt(&library));
}

#[test]
fn a_bad_file_is_reported_on_every_run_until_it_is_mended() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nOver."), ("b.json", "{\"title\": ")]);
    for run in 0..3 {
        let output = archive.run(&["index", "."]).with_code(3);
        assert!(output.stderr.contains("`b.json`: cut short"), "run {run}: {output:?}");
        assert!(output.stdout.contains("1 failed"), "run {run}: {output:?}");
    }
    archive.write("b.json", "{\"title\": \"Mended\", \"text\": \"x\"}");
    let output = archive.done(&["index", "."]);
    assert!(!output.stdout.contains("failed"), "{output:?}");
    assert_eq!(knowledge(&Library::of(archive.folder())), rebuilt(&Library::of(archive.folder())));
}

#[test]
fn replaced_articles_keep_when_they_were_first_seen() {
    let (archive, library) = three_files();
    let more = "{\"title\": \"One\", \"text\": \"changed\"}\n{\"title\": \"Two\", \"text\": \"y\"}\n\
                {\"title\": \"Three\", \"text\": \"z\"}\n";
    archive.write("b/d.jsonl", more);
    library.update(FIRST_SEEN + 1_000);
    let reader = library.reader();
    let matches =
        Search::run(&reader, &library::request(parse("path:b/d.jsonl").unwrap())).unwrap();
    let seen: BTreeSet<_> = articles(&reader, &matches)
        .into_iter()
        .map(|article| (article.title, article.indexed_at - FIRST_SEEN))
        .collect();
    let expected = [("One", 0), ("Two", 0), ("Three", 1_000)];
    assert_eq!(seen, expected.map(|(title, time)| (title.to_owned(), time)).into());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_reported_and_a_folder_is_not_taken_for_gone() {
    use std::os::unix::fs::PermissionsExt;
    let (archive, library) = three_files();
    let allow = |name: &str, mode| {
        fs::set_permissions(archive.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    archive.write("e.txt", "Secret\n\nText.");
    allow("e.txt", 0o000);
    if fs::read(archive.path("e.txt")).is_ok() {
        // The superuser may read everything: there is nothing to test.
        return;
    }
    allow("b", 0o000);
    let report = library.update(FIRST_SEEN);
    let failed: Vec<_> = report.failed.iter().map(|failure| failure.path.as_str()).collect();
    assert_eq!(failed, ["b", "e.txt"]);
    assert_eq!(report.articles, 4, "what cannot be looked at is not gone");
    allow("b", 0o755);
    assert_eq!(counts(&library.update(FIRST_SEEN)), [0, 0, 0, 3, 1, 0, 4]);
    allow("e.txt", 0o644);
    assert_eq!(counts(&library.update(FIRST_SEEN)), [0, 1, 0, 3, 0, 1, 5], "it is read now");
    archive.write("e.txt", "Secret\n\nLonger text.");
    allow("e.txt", 0o000);
    let report = library.update(FIRST_SEEN);
    assert_eq!((report.failed.len(), report.articles), (1, 5), "its article stays");
}

#[test]
fn how_fields_are_mapped_is_remembered() {
    let line = "{\"title\": \"Storm\", \"words_of_it\": \"giraffe\"}\n";
    let archive = Archive::with(&[("news/a.jsonl", line)]);
    archive.done(&["index", "news", "--map", "body=words_of_it"]);
    archive.write("news/a.jsonl", line.repeat(2));
    assert_eq!(archive.done(&["count", "giraffe", "news"]).stdout, "2\n");
    archive.done(&["index", "news", "--map", "body=nothing"]);
    archive.run(&["count", "giraffe", "news"]).with_code(1);
}

#[test]
fn a_second_writer_is_turned_away_and_readers_are_not() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nOver the port.")]);
    archive.index();
    let lock = WriterLock::take(&archive.path(".newsdex/index"), FIRST_SEEN).unwrap();
    archive.done(&["index", "."]);
    archive.write("b.txt", "Calm\n\nAfter it.");
    let output = archive.run(&["index", "."]).with_code(4);
    let holder =
        format!("is locked by process {} since 2023-11-14 22:13:20 UTC", std::process::id());
    assert!(output.stderr.contains(&holder), "{output:?}");
    archive.done(&["search", "storm"]);
    drop(lock);
    archive.index();
}

#[test]
fn an_index_of_another_version_is_named_and_left_alone() {
    let archive = Archive::with(&[("a.txt", "Storm\n\nOver the port.")]);
    archive.index();
    let meta = ".newsdex/index/meta.json";
    let text = fs::read_to_string(archive.path(meta)).unwrap();
    let (text, _) = text.rsplit_once("xxh3 ").unwrap();
    let other = text.replace("\\\"schema\\\":", "\\\"schema\\\":9");
    assert_ne!(text, other);
    let other = format!("{other}xxh3 {:016x}\n", xxh3_64(other.as_bytes()));
    archive.write(meta, &other);
    for arguments in [&["search", "storm"][..], &["index", "."], &["status"], &["search", "", "."]]
    {
        let output = archive.run(arguments).with_code(5);
        assert!(output.stderr.contains("another version"), "{output:?}");
        assert!(output.stderr.contains("\nhint: `newsdex index --rebuild`"), "{output:?}");
        assert_eq!(output.stdout, "");
    }
    assert_eq!(fs::read_to_string(archive.path(meta)).unwrap(), other);
}

/// Sets `stop` after so many articles or files.
struct Interruption<'a> {
    left: AtomicUsize,
    stop: &'a AtomicBool,
}

impl Interruption<'_> {
    fn step(&self) {
        let left =
            self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if left.is_err() {
            self.stop.store(true, Ordering::SeqCst);
        }
    }
}

impl Progress for Interruption<'_> {
    fn planned(&self, _files: u64, _bytes: u64) {
        self.step();
    }
    fn read(&self, _bytes: u64, _articles: u64) {
        self.step();
    }
    fn file_done(&self, _bytes: u64) {
        self.step();
    }
    fn finishing(&self) {
        self.step();
    }
}

/// A source file of some articles, good or bad.
pub(crate) fn random_file(dice: &mut Dice) -> String {
    let record = |dice: &mut Dice| {
        let words: Vec<_> = (0..3 + dice.below(20))
            .map(|_| dice.pick(&["port", "strike", "strikes", "storm", "drone", "drones", "the"]))
            .collect();
        let outlet = dice.pick(&["The Gazette", "Echo"]);
        let person =
            dice.pick(&["Ann Lee", "Joe Lind", "Joseph Lind", "LIND, JOE", "Joe R. Lind Jr."]);
        let month = 1 + dice.below(9);
        format!(
            "{{\"title\": \"{} {}\", \"text\": \"{}\", \"source\": \"{outlet}\", \
             \"people\": [\"{person}\"], \"date\": \"2024-0{month}\"}}\n",
            words[0],
            words[1],
            words.join(" "),
        )
    };
    match dice.below(12) {
        0 => String::new(),
        1 => format!("{}{{\"title\": \"cut", record(dice)),
        // More than one batch: its articles go to several threads.
        2 => {
            let long = "word ".repeat(30_000);
            let one = format!("{{\"title\": \"long storm\", \"text\": \"{long}\"}}\n");
            format!("{}{}", one.repeat(5), record(dice))
        }
        _ => (0..=dice.below(6)).map(|_| record(dice)).collect(),
    }
}

/// Adds, changes, renames and removes files.
fn edit(archive: &Archive, dice: &mut Dice) {
    let name =
        |dice: &mut Dice| format!("news/{}/{}.jsonl", dice.pick(&["a", "b"]), dice.below(12));
    for _ in 0..1 + dice.below(6) {
        let (one, other) = (name(dice), name(dice));
        match dice.below(6) {
            0 => drop(fs::remove_file(archive.path(&one))),
            1 if archive.path(&one).is_file() => {
                archive.write(&other, "");
                fs::rename(archive.path(&one), archive.path(&other)).unwrap();
            }
            _ => archive.write(&one, random_file(dice)),
        }
    }
}

#[test]
fn any_series_of_edits_and_interruptions_ends_as_a_rebuild() {
    for series in 0..12 {
        let mut dice = Dice::new(series);
        let archive = Archive::with(&[("news/a/0.jsonl", "{\"title\": \"First\"}\n")]);
        let library = Library {
            threads: 1 + dice.below(3),
            commit_bytes: dice.pick(&[1_000, 300_000, u64::MAX]),
            ..Library::of(&archive.path("news"))
        };
        for round in 0..5 {
            edit(&archive, &mut dice);
            if dice.one_in(2) {
                let stop = AtomicBool::new(false);
                let left = AtomicUsize::new(dice.below(12));
                let interruption = Interruption { left, stop: &stop };
                library.update_until(FIRST_SEEN, &interruption, &stop).unwrap();
                if dice.one_in(2) {
                    continue;
                }
            }
            let report = library.update(FIRST_SEEN);
            let known = knowledge(&library);
            assert_eq!(known, rebuilt(&library), "series {series}, round {round}");
            assert_eq!(report.articles, known.articles.len() as u64, "series {series}, {report:?}");
            let again = library.update(FIRST_SEEN);
            let [added, replaced, removed, _, _, read, articles] = counts(&again);
            assert_eq!(
                (added, replaced, removed, read),
                (0, 0, 0, 0),
                "series {series}: {again:?}"
            );
            assert_eq!((articles, &again.failed), (report.articles, &report.failed));
        }
    }
}

#[test]
fn an_interrupted_update_keeps_what_was_committed_and_says_so() {
    let archive = Archive::new();
    let mut dice = Dice::new(7);
    for file in 0..40 {
        archive.write(&format!("news/{file}.jsonl"), random_file(&mut dice));
    }
    let library = Library { threads: 1, commit_bytes: 1, ..Library::of(&archive.path("news")) };
    let stop = AtomicBool::new(false);
    let interruption = Interruption { left: AtomicUsize::new(20), stop: &stop };
    let report = library.update_until(FIRST_SEEN, &interruption, &stop).unwrap();
    assert!(report.interrupted);
    let done = library.reader().manifest().unwrap().len();
    assert!((5..40).contains(&done), "{done} of 40 files");
    let rest = library.update(FIRST_SEEN);
    assert!(!rest.interrupted);
    assert!(rest.unchanged > 0, "{rest:?}");
    assert_eq!(knowledge(&library), rebuilt(&library));
}

#[test]
fn a_large_file_stopped_in_its_middle_is_read_again_and_nothing_stands_twice() {
    let archive = Archive::new();
    let library = Library { threads: 1, ..Library::of(&archive.path("news")) };
    // Some ten batches, of which the first is written when it is stopped.
    let line =
        |title| format!("{{\"title\": \"{title}\", \"text\": \"{}\"}}\n", "word ".repeat(9_000));
    for (title, old) in [("Storm", 0), ("Storm again", 120)] {
        archive.write("news/large.jsonl", line(title).repeat(120));
        let stop = AtomicBool::new(false);
        let interruption = Interruption { left: AtomicUsize::new(1), stop: &stop };
        let report = library.update_until(FIRST_SEEN, &interruption, &stop).unwrap();
        assert!(report.interrupted && (1..120).contains(&report.articles_read), "{report:?}");
        let found = knowledge(&library).articles;
        if old == 0 {
            let written = report.articles_read;
            assert_eq!(found.len() as u64, written, "what was written is there, and nothing else");
        } else {
            assert_eq!(found.len(), old, "what was committed stays");
            assert!(found.iter().all(|article| article.title == "Storm"));
        }
        assert_eq!(report.articles, found.len() as u64);
        assert_eq!(library.update(FIRST_SEEN).articles, 120);
        assert_eq!(knowledge(&library), rebuilt(&library));
    }
}

/// Starts `newsdex index` in a folder.
fn indexing(archive: &Archive) -> Child {
    let mut command = archive.command_in("news", &["index", ".", "--threads", "2"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Names of the files in a folder, none if there is no folder.
pub(crate) fn listing(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// Kills the program with a signal that it cannot catch as soon as `is_time`,
/// unless it is done before.
pub(crate) fn kill_when(mut child: Child, is_time: impl Fn() -> bool) {
    while child.try_wait().unwrap().is_none() && !is_time() {
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn a_killed_run_loses_nothing_and_the_next_goes_on() {
    let archive = Archive::new();
    let mut dice = Dice::new(3);
    let mut write = |from: usize, to: usize| {
        for file in from..to {
            let text: String = (0..10).map(|_| random_file(&mut dice)).collect();
            archive.write(&format!("news/{file}.jsonl"), text);
        }
    };
    write(0, 20);
    let library = Library::of(&archive.path("news"));
    let index = library.index.clone();
    // As soon as there is a lock: before anything is written.
    kill_when(indexing(&archive), || listing(&index).contains("writer.lock"));
    // As soon as the first segment is being written.
    kill_when(indexing(&archive), || listing(&index).iter().any(|name| name.contains(".store")));
    archive.run_in("news", &["index"]);
    assert_eq!(knowledge(&library), rebuilt(&library));

    // As soon as a second segment is being written: one commit is there.
    let before = knowledge(&library);
    write(10, 60);
    let known = listing(&index);
    let is_time = || listing(&index).difference(&known).any(|name| name.contains(".store"));
    kill_when(indexing(&archive), is_time);
    let after = knowledge(&library);
    assert!(after == before || after == rebuilt(&library), "a commit is whole or not there");
    archive.run_in("news", &["index"]);
    assert_eq!(knowledge(&library), rebuilt(&library));
}
