//! The real program in a temporary folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::de::DeserializeOwned;
use tempfile::TempDir;

/// The day that relative dates count from in tests.
pub(crate) const TODAY: &str = "2024-04-20";

/// A temporary folder of articles, removed at the end.
pub(crate) struct Archive {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Archive {
    pub(crate) fn new() -> Self {
        // No name that begins with a dot: such folders are hidden from walks.
        let folder = tempfile::Builder::new().prefix("newsdex-").tempdir().unwrap();
        Self { folder }
    }

    /// An archive with these files.
    pub(crate) fn with<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        let archive = Self::new();
        for (name, text) in files {
            archive.write(name, text);
        }
        archive
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program, ready to run in a folder below this one, with nothing of
    /// the tester's environment.
    pub(crate) fn command_in(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsdex"));
        command
            .args(arguments)
            .args(["--today", TODAY])
            .current_dir(self.path(folder))
            .env_clear()
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        self.command_in("", arguments)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        Output::of(&mut self.command(arguments))
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str]) -> Output {
        Output::of(&mut self.command_in(folder, arguments))
    }

    /// Runs it and expects it to succeed.
    #[track_caller]
    pub(crate) fn done(&self, arguments: &[&str]) -> Output {
        self.run(arguments).with_code(0)
    }

    /// Indexes this folder and expects no trouble. Names are those of the
    /// metadata, so that no test depends on what a model has learnt.
    #[track_caller]
    pub(crate) fn index(&self) {
        self.done(&["index", ".", "--no-recognition"]);
    }
}

impl Output {
    pub(crate) fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Expects this exit code.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// The standard output as JSON.
    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        match serde_json::from_str(&self.stdout) {
            Ok(value) => value,
            Err(error) => panic!("{error} in {self:#?}"),
        }
    }

    /// Each line of the standard output as JSON.
    #[track_caller]
    pub(crate) fn json_lines<T: DeserializeOwned>(&self) -> Vec<T> {
        let read = |line| match serde_json::from_str(line) {
            Ok(value) => value,
            Err(error) => panic!("{error} in {line}"),
        };
        self.stdout.lines().map(read).collect()
    }

    pub(crate) fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }
}
