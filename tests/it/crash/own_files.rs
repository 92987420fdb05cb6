//! The user's own files, when the disk fails while they are written: whole, or as before.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::faults::{Fault, Faults, SIGKILL};
use crate::newsroom;

/// Lets each call of a command that changes `file` fail in turn, and asserts that the file
/// is as before, or as it is `after` the command.
#[track_caller]
fn whole_or_untouched(file: &Path, command: impl Fn() -> Command) {
    let Some(faults) = Faults::compiled() else { return };
    let before = fs::read(file).ok();
    let reset = || match &before {
        Some(bytes) => fs::write(file, bytes).unwrap(),
        None => drop(fs::remove_file(file)),
    };
    // The file and its draft, which has its name and more.
    let folder = file.parent().unwrap().canonicalize().unwrap();
    let below = folder.join(file.file_name().unwrap());
    let counting = Fault { below: below.clone(), calls: "wsncout", ..Fault::default() };
    let (ended, log) = faults.run(&counting, &mut command());
    assert!(matches!(ended.code, Some(0 | 1)), "{ended:?}");
    let after = fs::read(file).unwrap();
    assert!(Some(&after) != before.as_ref() && log.len() > 3, "nothing was written: {log:?}");
    for at in 1..=log.len() {
        for deed in ["EIO", "ENOSPC", "kill"] {
            reset();
            let fault =
                Fault { below: below.clone(), calls: "wsncout", at, deed, ..Fault::default() };
            let (ended, _) = faults.run(&fault, &mut command());
            let now = fs::read(file).ok();
            let kept =
                |bytes: &Vec<u8>| bytes.len() == after.len() || Some(bytes) == before.as_ref();
            assert!(now == before || now.as_ref().is_some_and(kept), "{fault:?}: {ended:?}");
            match ended.code {
                Some(2) => {
                    assert!(ended.stderr.contains("error: cannot "), "{ended:?}");
                    assert_eq!(now, before, "{fault:?}: it failed, and wrote all the same");
                }
                Some(_) => assert!(now != before, "{fault:?}: it said nothing: {ended:?}"),
                None => assert_eq!(ended.signal, Some(SIGKILL)),
            }
        }
    }
}

#[test]
fn what_was_told_of_saved_queries_is_whole_or_untouched() {
    let archive = newsroom::indexed();
    archive.done(&["saved", "add", "strikes", "strike"]);
    let file = archive.path(".newsdex/saved-runs.tsv");
    whole_or_untouched(&file, || archive.command(&["saved", "run", "--new"]));
}

#[test]
fn the_list_of_saved_queries_is_whole_or_untouched() {
    let archive = newsroom::indexed();
    archive.done(&["saved", "add", "strikes", "strike"]);
    let file = archive.path(".newsdex/saved.tsv");
    whole_or_untouched(&file, || archive.command(&["saved", "add", "fogs", "fog"]));
}

#[test]
fn a_plot_is_whole_or_untouched() {
    let archive = newsroom::indexed();
    let file = archive.folder().canonicalize().unwrap().join("plot.svg");
    let path = file.to_str().unwrap();
    whole_or_untouched(&file, || archive.command(&["timeline", "", "--svg", path]));
}
