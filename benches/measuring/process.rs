//! Runs whole processes: how long each takes, and how much memory.

use std::fs;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;

/// Time between two looks at a process: short beside the seconds in which an
/// index grows, long beside the microseconds that a look takes.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

/// What a process took.
#[derive(Debug)]
pub(crate) struct Run {
    /// From its start to its end.
    pub(crate) time: Duration,
    /// Its memory at most.
    pub(crate) memory: Memory,
}

/// The memory of a process at most, in bytes; none where the system does not
/// tell, as only Linux does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// All of it in the machine's memory, pages of mapped files too.
    pub(crate) resident: Option<u64>,
    /// Its own, as far as the looks found it.
    pub(crate) anonymous: Option<u64>,
}

/// Runs a process to its end. Its output goes nowhere; `accepted` are the exit
/// codes beside 0 that count as success.
pub(crate) fn timed(command: &mut Command, accepted: &[i32]) -> Outcome<Duration> {
    silence(command);
    let start = Instant::now();
    let status = command.status();
    let time = start.elapsed();
    check(command, status, accepted)?;
    Ok(time)
}

/// Like [`timed`], and looks at the memory of the process while it runs.
pub(crate) fn watched(command: &mut Command, accepted: &[i32]) -> Outcome<Run> {
    silence(command);
    let start = Instant::now();
    let mut child = command.spawn().map_err(|cause| not_run(command, &cause))?;
    let status_file = format!("/proc/{}/status", child.id());
    let ended = AtomicBool::new(false);
    let (status, time, memory) = thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&status_file, &ended));
        let status = child.wait();
        let time = start.elapsed();
        ended.store(true, Ordering::Relaxed);
        (status, time, watcher.join().unwrap_or_default())
    });
    check(command, status, accepted)?;
    Ok(Run { time, memory })
}

fn silence(command: &mut Command) {
    command.stdin(Stdio::null()).stdout(Stdio::null());
}

fn not_run(command: &Command, cause: &std::io::Error) -> String {
    format!("cannot run `{}`: {cause}", command.get_program().display())
}

fn check(command: &Command, status: std::io::Result<ExitStatus>, accepted: &[i32]) -> Outcome<()> {
    let status = status.map_err(|cause| not_run(command, &cause))?;
    if status.success() || status.code().is_some_and(|code| accepted.contains(&code)) {
        return Ok(());
    }
    Err(format!("`{command:?}` failed: {status}").into())
}

fn watch(status_file: &str, ended: &AtomicBool) -> Memory {
    let mut most = Memory::default();
    while !ended.load(Ordering::Relaxed) {
        if let Ok(status) = fs::read_to_string(status_file) {
            most.resident = most.resident.max(field(&status, "VmHWM:"));
            most.anonymous = most.anonymous.max(field(&status, "RssAnon:"));
        }
        thread::sleep(BETWEEN_LOOKS);
    }
    most
}

/// A field of a process's status, which gives KiB, in bytes.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
