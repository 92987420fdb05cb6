//! The program under limits of the system, and how much memory it took.

use std::env;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::harness::{Archive, Output};

/// Whether all is to be done in the size that the guide speaks of.
#[expect(clippy::disallowed_methods, reason = "who runs the tests chooses their size")]
pub(super) fn in_full() -> bool {
    env::var_os("NEWSDEX_LIMITS").is_some()
}

/// The program under what `ulimit` sets.
pub(super) fn command(archive: &Archive, limits: &str, arguments: &[&str]) -> Command {
    let plain = archive.command(arguments);
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", &format!("ulimit {limits} && exec \"$0\" \"$@\"")])
        .arg(plain.get_program())
        .args(plain.get_args())
        .current_dir(archive.folder())
        .env_clear()
        .stdin(Stdio::null());
    command
}

pub(super) fn run(archive: &Archive, limits: &str, arguments: &[&str]) -> Output {
    Output::of(&mut command(archive, limits, arguments))
}

/// Runs the program to a good end and gives the most memory it took, in MB, as far as polls
/// of a millisecond see it.
#[track_caller]
pub(super) fn peak_mb(archive: &Archive, arguments: &[&str]) -> u64 {
    let mut child = archive.command(arguments).stdout(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let ended = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        thread::sleep(Duration::from_millis(1));
    };
    assert_eq!(ended.code(), Some(0));
    peak / 1024
}

/// A short article, different from all others.
pub(super) fn article(number: usize) -> String {
    let (month, day) = (number % 12 + 1, number % 28 + 1);
    format!(
        "date 2024-{month:02}-{day:02}\nFerry {number} is late\n\nThe port strike holds up ferry \
         {number} for another day, said the harbour master.\n"
    )
}

/// An archive of so many short articles in one folder.
pub(super) fn articles(count: usize) -> Archive {
    let archive = Archive::new();
    for number in 0..count {
        archive.write(&format!("a{number:06}.txt"), article(number));
    }
    archive
}
