//! One writer at a time: who is turned away is told by whom, and since when; a lock whose
//! holder is dead is none. Where there are no locks, or nothing can be written, searching
//! works.

use std::fs;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::crash::faults::{self, Fault, Faults};
use crate::harness::Archive;
use crate::newsroom;

/// Bytes of a pipe that are looked at before the lock is taken, and more.
const FIRST_BYTES: usize = 256 << 10;

/// A process that indexes what comes through a pipe, an article on fog, and so holds the
/// lock until the pipe is closed.
fn writer(archive: &Archive) -> Child {
    let mut command = archive.command(&["index", "-", "--name", "pipe.txt", "--no-recognition"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut text = b"Piped fog\n\nAt sea.\n".to_vec();
    text.resize(FIRST_BYTES, b'\n');
    child.stdin.as_mut().unwrap().write_all(&text).unwrap();
    let held = child.id().to_string();
    let lock = archive.path(".newsdex/index/writer.lock");
    for _ in 0..60_000 {
        if fs::read_to_string(&lock).unwrap().starts_with(&held) {
            return child;
        }
        thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    panic!("the writer takes no lock: {:?}", child.wait());
}

#[test]
fn a_second_writer_is_told_who_writes_and_since_when() {
    let archive = newsroom::indexed();
    let mut first = writer(&archive);
    archive.write("new.txt", "New fog\n\nAt sea.");
    let second = archive.run(&["index", "."]).with_code(4);
    let holder = format!("is locked by process {} since 20", first.id());
    assert!(second.stderr.contains(&holder), "{second:?}");
    assert!(
        second.stderr.contains(" UTC\nhint: wait until it is done; searching works"),
        "{second:?}"
    );
    assert_eq!(archive.done(&["count", "fog"]).stdout, "1\n");
    let searched = archive.done(&["count", "fog", "."]);
    let warning = format!("process {} since 20", first.id());
    assert!(searched.stderr.contains(&warning), "{searched:?}");
    drop(first.stdin.take());
    assert!(first.wait().unwrap().success());
    archive.index();
    assert_eq!(archive.done(&["count", "fog"]).stdout, "3\n");
}

#[test]
fn a_lock_whose_holder_is_dead_is_taken_over() {
    let archive = newsroom::indexed();
    let mut first = writer(&archive);
    archive.write("new.txt", "New fog\n\nAt sea.");
    archive.run(&["index", "."]).with_code(4);
    first.kill().unwrap();
    first.wait().unwrap();
    archive.index();
    assert_eq!(archive.done(&["count", "fog"]).stdout, "2\n");
}

#[test]
fn garbage_in_the_lock_file_is_no_problem() {
    let archive = newsroom::indexed();
    for (number, garbage) in
        [&b"\xff\xfe\0\x1b[31m"[..], b"99999999999999999999 x", b""].iter().enumerate()
    {
        fs::write(archive.path(".newsdex/index/writer.lock"), garbage).unwrap();
        archive.write(&format!("{number}.txt"), "Wind\n\nAt sea.");
        archive.index();
    }
}

#[test]
fn a_folder_that_cannot_be_locked_is_told_of_and_searched() {
    let Some(faults) = Faults::compiled() else { return };
    let archive = newsroom::indexed();
    archive.write("new.txt", "New fog\n\nAt sea.");
    let fault = Fault {
        below: archive.path(".newsdex"),
        calls: "l",
        at: 1,
        always: true,
        deed: "ENOLCK",
        ..Fault::default()
    };
    let (ended, _) = faults.run(&fault, &mut archive.command(&["index", "."]));
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.stderr.contains("error: cannot lock the index in `"), "{ended:?}");
    assert!(ended.stderr.contains("hint: keep the index on a disk of this computer"), "{ended:?}");
    let (ended, _) = faults.run(&fault, &mut archive.command(&["count", "fog", "."]));
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), "1\n"), "{ended:?}");
    assert!(ended.stderr.contains("its folder cannot be locked"), "{ended:?}");
}

#[test]
fn on_a_read_only_medium_everything_but_indexing_works() {
    let archive = newsroom::indexed();
    archive.done(&["saved", "add", "fogs", "fog"]);
    let script = r#"
        mount --bind . . && mount -o remount,ro,bind . && cd "$PWD" || exit 77
        set -e
        "$NEWSDEX" count fog
        "$NEWSDEX" search fog -l
        "$NEWSDEX" facets '' --facet outlet --format csv
        "$NEWSDEX" saved list
        "$NEWSDEX" saved run fogs > /dev/null
        "$NEWSDEX" status > /dev/null
        "$NEWSDEX" count fog .
        set +e
        "$NEWSDEX" index . --exclude 2024
        echo code $?
    "#;
    let mut command = Command::new("unshare");
    command
        .args(["-rm", "sh", "-c", script])
        .current_dir(archive.folder())
        .env("NEWSDEX", env!("CARGO_BIN_EXE_newsdex"));
    let Some(ended) = faults::unshared(&mut command) else { return };
    assert!(ended.stdout.starts_with("1\nwire.jsonl\n"), "{ended:?}");
    assert!(ended.stdout.ends_with("1\ncode 2\n"), "{ended:?}");
    assert!(ended.stderr.contains("--index DIR"), "{ended:?}");
}
