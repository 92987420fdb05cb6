//! The program with faults of the file system in it: the library that makes them, compiled
//! when it is first needed, and what became of a run.

use std::fmt::Display;
use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A run of at most so many polls of a millisecond: a thousand times what any takes.
const MOST_POLLS: usize = 120_000;

/// Which calls fail, and how; see `faults.c`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault {
    /// The folder, or a beginning of file names.
    pub(crate) below: PathBuf,
    /// Letters of the calls that count.
    pub(crate) calls: &'static str,
    /// Which of them, from 1; none is 0.
    pub(crate) at: usize,
    /// Whether all later ones fail too.
    pub(crate) always: bool,
    /// `kill`, or the name of an error.
    pub(crate) deed: &'static str,
    /// Whether each read and write does half of what was asked.
    pub(crate) short: bool,
    /// Bytes that can be written.
    pub(crate) room: Option<usize>,
}

/// The compiled library.
pub(crate) struct Faults {
    folder: TempDir,
}

/// What became of a run.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; none if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// How many milliseconds were waited for it.
    pub(crate) polls: usize,
}

/// The signal that cannot be caught.
pub(crate) const SIGKILL: i32 = 9;

impl Faults {
    /// Compiles the library; none where that cannot be, which is told.
    pub(crate) fn compiled() -> Option<Self> {
        if !cfg!(target_os = "linux") {
            tell("skipped: faults are made on Linux alone");
            return None;
        }
        let faults = Self { folder: tempfile::tempdir().unwrap() };
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/crash/faults.c");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(faults.library())
            .arg(source)
            .arg("-ldl")
            .status();
        match compiled {
            Ok(status) => assert!(status.success(), "`cc` does not compile the faults"),
            Err(error) => {
                tell(format_args!("skipped: there is no `cc`: {error}"));
                return None;
            }
        }
        Some(faults)
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("faults.so")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Runs a command and keeps what it commits: the log of its calls, and the files that
    /// name the segments of each commit, in order.
    pub(crate) fn watch(&self, fault: &Fault, command: &mut Command) -> (Vec<String>, Vec<String>) {
        let kept = tempfile::tempdir().unwrap();
        command.env("FAULTS_KEEP", kept.path().join("commit"));
        let (ended, log) = self.run(fault, command);
        assert!(matches!(ended.code, Some(0 | 3)), "{ended:?}");
        let entries = fs::read_dir(kept.path()).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        (log, paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect())
    }

    /// Runs a command with this fault; gives the log of the calls that counted, too.
    pub(crate) fn run(&self, fault: &Fault, command: &mut Command) -> (Ended, Vec<String>) {
        // As `/proc` names it.
        let below = fault.below.canonicalize().unwrap_or_else(|_| fault.below.clone());
        command
            .env("LD_PRELOAD", self.library())
            .env("FAULTS_BELOW", below)
            .env("FAULTS_OPS", fault.calls)
            .env("FAULTS_AT", fault.at.to_string())
            .env("FAULTS_ALWAYS", u8::from(fault.always).to_string())
            .env("FAULTS_DEED", fault.deed)
            .env("FAULTS_SHORT", u8::from(fault.short).to_string())
            .env("FAULTS_LOG", self.log());
        if let Some(room) = fault.room {
            command.env("FAULTS_ROOM", room.to_string());
        }
        drop(fs::remove_file(self.log()));
        let ended = run(command, usize::MAX);
        let log = fs::read(self.log()).unwrap_or_default();
        (ended, String::from_utf8_lossy(&log).lines().map(str::to_owned).collect())
    }
}

/// Runs a command, and kills it after so many milliseconds unless it is done before.
pub(crate) fn run(command: &mut Command, kill_after: usize) -> Ended {
    let folder = tempfile::tempdir().unwrap();
    let (stdout, stderr) = (folder.path().join("stdout"), folder.path().join("stderr"));
    // Files: nobody has to read them meanwhile.
    command.stdout(File::create(&stdout).unwrap()).stderr(File::create(&stderr).unwrap());
    let mut child = command.spawn().unwrap();
    let mut polls = 0;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if polls == kill_after.min(MOST_POLLS) {
            child.kill().unwrap();
            let status = child.wait().unwrap();
            assert!(polls < MOST_POLLS, "{command:?} does not end");
            break status;
        }
        polls += 1;
        thread::sleep(Duration::from_millis(1));
    };
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    Ended {
        code: status.code(),
        signal: status.signal(),
        stdout: text(&stdout),
        stderr: text(&stderr),
        polls,
    }
}

/// Runs a command that needs mounts of its own; none where these are not allowed.
pub(crate) fn unshared(command: &mut Command) -> Option<Ended> {
    if !Path::new("/usr/bin/unshare").is_file() {
        tell("skipped: there is no `unshare`");
        return None;
    }
    let ended = run(command, usize::MAX);
    if matches!(ended.code, Some(1 | 77)) {
        tell(format_args!("skipped: mounts are not allowed here: {}", ended.stderr));
        return None;
    }
    Some(ended)
}

/// Tells the tester what a run did or left out.
#[expect(clippy::print_stderr, reason = "the tester is told")]
pub(crate) fn tell(message: impl Display) {
    eprintln!("{message}");
}

/// How many rounds a test does: as many as `NEWSDEX_CRASH_ROUNDS` says.
#[expect(clippy::disallowed_methods, reason = "the tester says how long to try")]
pub(crate) fn rounds(by_default: u64) -> u64 {
    let asked = std::env::var("NEWSDEX_CRASH_ROUNDS");
    asked.map_or(by_default, |text| text.parse().expect("NEWSDEX_CRASH_ROUNDS is a number"))
}

/// The first of the rounds, so that one that failed can be looked at alone.
#[expect(clippy::disallowed_methods, reason = "the tester says where to begin")]
pub(crate) fn first_round() -> u64 {
    let asked = std::env::var("NEWSDEX_CRASH_FIRST");
    asked.map_or(0, |text| text.parse().expect("NEWSDEX_CRASH_FIRST is a number"))
}
