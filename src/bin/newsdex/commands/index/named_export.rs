//! An export among what `newsdex index` is to read: it is restored, not indexed.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use newsdex::ingest::{is_export, open_export};
use newsdex::update::SelectionChange;

use super::{Arguments, PIPE};
use crate::failure::Failure;
use crate::home::Home;
use crate::settings::Settings;

/// An export that was named.
pub(super) struct NamedExport {
    /// Where it is restored.
    pub(super) home: Home,
    pub(super) lines: Box<dyn BufRead + Send>,
    /// Size of its file; 0 of a pipe.
    pub(super) bytes: u64,
}

impl NamedExport {
    /// The export that `arguments` name, if they do. Nothing else can be asked for with it.
    pub(super) fn among(
        arguments: &Arguments,
        settings: &Settings,
    ) -> Result<Option<Self>, Failure> {
        if arguments.files_from.is_some() {
            return Ok(None);
        }
        let mut opened = arguments.paths.iter().filter_map(|path| Some((path, open(path)?)));
        let Some((path, lines)) = opened.next() else { return Ok(None) };
        refuse_more(arguments, path)?;
        let is_pipe = path == Path::new(PIPE);
        let (home, bytes) = match is_pipe {
            true => (Home::of_working_folder(settings)?, 0),
            false => {
                let (home, _) = Home::to_index(std::slice::from_ref(path), settings)?;
                (home, fs::metadata(path).map_or(0, |file| file.len()))
            }
        };
        Ok(Some(Self { home, lines, bytes }))
    }
}

/// The lines of an export. What cannot be read is told when it is indexed as a source
/// file.
fn open(path: &PathBuf) -> Option<Box<dyn BufRead + Send>> {
    if path == Path::new(PIPE) {
        // What is looked at stays in the buffer that all who read standard input share.
        let is_export = io::stdin().lock().fill_buf().is_ok_and(is_export);
        return is_export.then(|| Box::new(BufReader::new(io::stdin())) as Box<_>);
    }
    if path.is_file() { open_export(path).ok().flatten() } else { None }
}

/// An export says itself how its articles were made.
fn refuse_more(arguments: &Arguments, export: &Path) -> Result<(), Failure> {
    let export = export.display();
    if arguments.paths.len() > 1 {
        let failure = Failure::new(format_args!("the export `{export}` is restored by itself"));
        return Err(failure.hint("index other paths afterwards"));
    }
    let given = [
        (arguments.rebuild, "--rebuild"),
        (!arguments.map.is_empty(), "--map"),
        (arguments.name.is_some(), "--name"),
        (arguments.selection.change() != SelectionChange::default(), "--include or its like"),
    ];
    let given = given.into_iter().filter(|(given, _)| *given).map(|(_, name)| name);
    match given.chain(arguments.recognition.given()).next() {
        None => Ok(()),
        Some(name) => Err(Failure::new(format_args!(
            "`{name}` says how articles are made, and the export `{export}` says so itself"
        ))),
    }
}
