//! Which index a command uses, and where one is made.

use std::fs;

use newsdex::index::WriterLock;

use crate::harness::{Archive, Output};
use crate::library::FIRST_SEEN;
use crate::newsroom;

#[test]
fn the_nearest_home_upward_is_used() {
    let archive = newsroom::indexed();
    assert_eq!(archive.run_in("2024/notes", &["count"]).stdout, "5\n");
}

#[test]
fn paths_lead_to_files_from_the_working_folder() {
    let archive = newsroom::unindexed();
    archive.write("2024/-v.txt", "Dash\n\nA file with the name of an option.");
    archive.index();
    let real = archive.folder().canonicalize().unwrap();
    let paths = |folder, word| archive.run_in(folder, &["search", word, "-l"]).stdout;
    assert_eq!(paths("", "storm"), "2024/storm.txt\n");
    assert_eq!(paths("2024", "storm"), "storm.txt\n");
    assert_eq!(paths("2024/notes", "storm"), format!("{}/2024/storm.txt\n", real.display()));
    assert_eq!(paths("", "dash"), "2024/-v.txt\n");
    assert_eq!(paths("2024", "dash"), "./-v.txt\n");
}

#[test]
fn no_home_is_an_error_that_says_what_to_do() {
    let archive = newsroom::unindexed();
    for arguments in
        [&["search", "x"][..], &["count"], &["facets"], &["show", "x"], &["status"], &["index"]]
    {
        let output = archive.run(arguments).with_code(2);
        insta::allow_duplicates! {
            insta::assert_snapshot!(output.stderr, @"
            error: there is no index here: no `.newsdex` in this folder or any above it
            hint: make one with `newsdex index FOLDER`, or name one with `--index DIR`
            ");
        }
    }
    let output = archive.run(&["count", "--index", "nowhere"]).with_code(2);
    assert!(output.stderr.contains("there is no index in"), "{}", output.stderr);
    assert!(!archive.path("nowhere").is_dir(), "asking makes nothing");
}

#[test]
fn a_named_home_wins_and_the_argument_over_the_environment() {
    let archive = newsroom::unindexed();
    archive.done(&["index", "2024", "--index", "one"]);
    archive.done(&["index", "wire.jsonl", "--index", "other"]);
    assert!(!archive.path(".newsdex").is_dir() && !archive.path("2024/.newsdex").is_dir());
    assert_eq!(archive.done(&["count", "--index", "one"]).stdout, "2\n");
    let with_environment =
        |arguments: &[&str]| Output::of(archive.command(arguments).env("NEWSDEX_INDEX", "other"));
    assert_eq!(with_environment(&["count"]).stdout, "3\n");
    assert_eq!(with_environment(&["count", "--index", "one"]).stdout, "2\n");
    assert_eq!(with_environment(&["count", "--index", "nowhere"]).code, 2);
}

#[test]
fn the_folder_of_a_home_names_the_home() {
    let archive = newsroom::indexed();
    let elsewhere = Archive::new();
    let folder = archive.folder().to_str().unwrap();
    assert_eq!(elsewhere.done(&["count", "--index", folder]).stdout, "5\n");
    let home = format!("{folder}/.newsdex");
    assert_eq!(elsewhere.done(&["count", "--index", &home]).stdout, "5\n");
}

#[test]
fn searching_a_folder_indexes_it_and_then_refreshes() {
    let archive = newsroom::unindexed();
    let output = archive.run_in("2024", &["search", "storm", "."]).with_code(0);
    assert!(output.stdout.starts_with("1 article matches\n"), "{}", output.stdout);
    assert!(archive.path("2024/.newsdex").is_dir());
    archive.write("2024/more.txt", "Another storm\n\nAt sea.");
    assert_eq!(archive.done(&["search", "storm", "2024", "-c"]).stdout, "2\n");
    fs::remove_file(archive.path("2024/storm.txt")).unwrap();
    assert_eq!(archive.done(&["count", "storm", "2024"]).stdout, "1\n");
    archive.run(&["search", "storm", "nowhere"]).with_code(2);
}

#[test]
fn a_folder_below_a_home_uses_it_and_finds_only_its_own() {
    let archive = newsroom::indexed();
    archive.write("2024/more.txt", "Another storm\n\nAt sea.");
    archive.write("2024b.txt", "A storm elsewhere\n\nAt sea.");
    assert_eq!(archive.done(&["search", "storm", "2024", "-c"]).stdout, "2\n");
    assert!(!archive.path("2024/.newsdex").is_dir());
    // What lies elsewhere is neither searched nor refreshed.
    assert_eq!(archive.done(&["count", "storm"]).stdout, "2\n");
    assert_eq!(archive.run(&["search", "fog", "2024", "-c"]).with_code(1).stdout, "0\n");
    assert_eq!(
        archive.run_in("2024", &["count", "storm OR fog", "notes"]).with_code(1).stdout,
        "0\n"
    );
    assert_eq!(
        archive.done(&["facets", "", "2024", "--facet", "lang", "--format", "csv"]).lines().len(),
        3
    );
}

#[test]
fn bad_files_in_a_searched_folder_are_told_of() {
    let archive = newsroom::unindexed();
    archive.write("bad.json", "[");
    let output = archive.run(&["search", "fog", "."]).with_code(3);
    assert!(output.stdout.starts_with("1 article matches\n"), "{}", output.stdout);
    assert!(output.stderr.contains("warning: cannot read `bad.json`: "), "{}", output.stderr);
}

#[test]
fn a_folder_whose_index_another_process_writes_is_searched_as_it_is() {
    let archive = newsroom::unindexed();
    let lock = WriterLock::take(&archive.path(".newsdex/index"), FIRST_SEEN).unwrap();
    archive.run(&["search", "fog", "."]).with_code(4);
    drop(lock);
    archive.index();
    archive.write("new.txt", "New fog\n\nAt sea.");
    let lock = WriterLock::take(&archive.path(".newsdex/index"), FIRST_SEEN).unwrap();
    let output = archive.run(&["search", "fog", ".", "-c"]).with_code(0);
    assert_eq!(output.stdout, "1\n");
    let process = std::process::id();
    assert_eq!(
        output.stderr,
        format!(
            "warning: the index is not brought up to date: process {process} since 2023-11-14 22:13:20 UTC is writing it; \
             searching what it holds\n"
        )
    );
    drop(lock);
    assert_eq!(archive.done(&["search", "fog", ".", "-c"]).stdout, "2\n");
}

#[test]
fn a_damaged_index_is_told_of_with_the_way_out() {
    let archive = newsroom::indexed();
    let index = archive.path(".newsdex/index");
    fs::write(index.join("meta.json"), "{").unwrap();
    let output = archive.run(&["search", "fog"]).with_code(2);
    let real = index.canonicalize().unwrap();
    let (error, hint) = output.stderr.split_once('\n').unwrap();
    assert!(
        error.starts_with(&format!("error: the index in `{}` is damaged", real.display())),
        "{error}"
    );
    assert_eq!(
        hint,
        "hint: run `newsdex verify` to see what is damaged\n\
         hint: then run `newsdex index --rebuild` to make the index anew from your files\n"
    );
    // The way out is one.
    archive.done(&["index", "--rebuild"]);
    archive.done(&["search", "fog"]);
}

#[test]
fn words_that_are_not_quoted_are_told_of() {
    let archive = newsroom::indexed();
    let hint = "hint: to search for several words, quote them: newsdex search 'fog bridge";
    let two = archive.run(&["search", "fog", "bridge"]).with_code(2);
    assert_eq!(
        two.stderr,
        format!("error: cannot read `bridge`: no such file or folder\n{hint}'\n")
    );
    let four = archive.run(&["search", "fog", "bridge", "o'er", "sea", "-n", "3"]).with_code(2);
    assert_eq!(four.stderr, format!("error: unexpected argument `o'er`\n{hint} o'\\''er sea'\n"));
    let path = archive.run(&["search", "fog", "./nowhere"]).with_code(2);
    assert!(!path.stderr.contains("hint"), "{path:?}");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_to_is_an_error_that_names_index() {
    use std::os::unix::fs::PermissionsExt;
    let archive = newsroom::unindexed();
    // A file in the home's place cannot become a folder, not even for the
    // superuser.
    archive.write("taken", "x");
    let output = archive.run(&["index", "2024", "--index", "taken/home"]).with_code(2);
    assert!(output.stderr.starts_with("error: cannot use `"), "{}", output.stderr);
    let folder = archive.path("2024");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let allowed = fs::write(folder.join("probe"), "").is_ok();
    let output = archive.run(&["index", "2024"]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // The superuser may write everywhere: then there is nothing to test.
    if !allowed {
        assert_eq!(output.code, 2, "{output:?}");
        assert!(output.stderr.contains("permission denied"), "{}", output.stderr);
        assert!(
            output.stderr.contains("hint: ") && output.stderr.contains("--index"),
            "{}",
            output.stderr
        );
    }
}
