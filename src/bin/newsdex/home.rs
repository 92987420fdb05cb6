//! Which home: the folder `.newsdex` that holds an index and the user's files.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use newsdex::index::IndexReader;
use newsdex::ingest::Naming;
use newsdex::search::Aliases;

use crate::failure::Failure;
use crate::settings::Settings;

/// Name of a home.
const HOME: &str = ".newsdex";
/// Name of the file in it that says what becomes of names.
const ALIASES: &str = "aliases.tsv";

/// Name of the file in it that lists saved queries.
const SAVED_QUERIES: &str = "saved.tsv";
/// Name of the file in it that keeps what was told of them.
const SAVED_RUNS: &str = "saved-runs.tsv";

/// A home, which may not be made yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    folder: PathBuf,
    /// The folder that holds it; names of source files are relative to it.
    pub(crate) base: PathBuf,
}

impl Home {
    fn at(folder: PathBuf) -> Self {
        let base = folder.parent().map_or_else(|| PathBuf::from("/"), Path::to_path_buf);
        Self { folder, base }
    }

    /// The folder of the index.
    pub(crate) fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// Its index, as last committed.
    pub(crate) fn open(&self) -> Result<IndexReader, Failure> {
        let index = self.index();
        IndexReader::open(&index).map_err(|error| Failure::of_index(error, Some(&index)))
    }

    /// What the user says of names in the file of aliases, if there is one.
    pub(crate) fn aliases(&self) -> Result<Arc<Aliases>, Failure> {
        let Some(text) = self.aliases_text()? else { return Ok(Arc::default()) };
        let path = self.folder.join(ALIASES);
        let aliases = Aliases::read(&text).map_err(|error| Failure::aliases(&path, &error))?;
        Ok(Arc::new(aliases))
    }

    /// The file of aliases, if there is one.
    pub(crate) fn aliases_text(&self) -> Result<Option<String>, Failure> {
        let path = self.folder.join(ALIASES);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(Failure::unreadable_path(&path, &cause)),
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
                .iter()
                .filter(|byte| **byte == b'\n')
                .count();
            Failure::new(format_args!("`{}:{}` is not UTF-8", path.display(), line + 1))
                .hint("save the file as UTF-8")
        })?;
        Ok(Some(text))
    }

    /// The file that lists saved queries, which may not be made yet.
    pub(crate) fn saved_queries(&self) -> PathBuf {
        self.folder.join(SAVED_QUERIES)
    }

    /// The file that keeps what was told of saved queries, which may not be made yet.
    pub(crate) fn saved_runs(&self) -> PathBuf {
        self.folder.join(SAVED_RUNS)
    }

    /// How source files are named in it.
    pub(crate) fn naming(&self) -> Naming {
        Naming { base: self.base.clone() }
    }

    /// The path by which programs started in `folder` find the source file of
    /// that name: relative below the folder, else absolute.
    pub(crate) fn path_from(&self, folder: &Path, name: &str) -> PathBuf {
        let path = self.naming().path_of(name);
        match path.strip_prefix(folder) {
            // A program would take it for an option.
            Ok(relative) if relative.as_os_str().as_encoded_bytes().starts_with(b"-") => {
                Path::new(".").join(relative)
            }
            Ok(relative) => relative.to_path_buf(),
            Err(_) => path,
        }
    }

    /// The home to search in: the one that was named, else the nearest from
    /// the working folder upward.
    pub(crate) fn to_read(settings: &Settings) -> Result<Self, Failure> {
        if let Some(named) = named(settings)? {
            return Ok(named);
        }
        nearest(&settings.working_folder)?.ok_or_else(Failure::no_home)
    }

    /// The home to index into what is named from the working folder, and lies anywhere.
    pub(crate) fn of_working_folder(settings: &Settings) -> Result<Self, Failure> {
        if let Some(named) = named(settings)? {
            return Ok(named);
        }
        let folder = real(&settings.working_folder)?;
        Ok(nearest(&folder)?.unwrap_or_else(|| Self::at(folder.join(HOME))))
    }

    /// Whether a file is the home's own.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.folder)
    }

    /// A path of a list, from `folder`: below the folder that holds the home as a walk
    /// names it, also through links; elsewhere as it really is, as far as it is there.
    pub(crate) fn listed(&self, folder: &Path, path: &Path) -> PathBuf {
        // Without the `.` of `./a`.
        let path: PathBuf = folder.join(path).components().collect();
        let is_plain = !path.components().any(|part| part == Component::ParentDir);
        if is_plain && path.starts_with(&self.base) {
            return path;
        }
        if let Ok(real) = path.canonicalize() {
            return real;
        }
        match (path.parent().map(Path::canonicalize), path.file_name()) {
            (Some(Ok(folder)), Some(name)) => folder.join(name),
            _ => path,
        }
    }

    /// The home to index these paths into, and the paths as they really are.
    /// Without paths, those of the nearest home.
    pub(crate) fn to_index(
        paths: &[PathBuf],
        settings: &Settings,
    ) -> Result<(Self, Vec<PathBuf>), Failure> {
        if paths.is_empty() {
            let home = Self::to_read(settings)?;
            let base = real(&home.base)?;
            return Ok((home, vec![base]));
        }
        let roots = paths.iter().map(|path| real(path)).collect::<Result<Vec<_>, _>>()?;
        if let Some(named) = named(settings)? {
            return Ok((named, roots));
        }
        let start = match &roots[..] {
            [folder] if folder.is_dir() => folder.clone(),
            [file] => file.parent().unwrap_or(file).to_path_buf(),
            _ => settings.working_folder.clone(),
        };
        let home = nearest(&start)?.unwrap_or_else(|| Self::at(start.join(HOME)));
        Ok((home, roots))
    }
}

/// The home that was named by argument or environment.
fn named(settings: &Settings) -> Result<Option<Home>, Failure> {
    let Some(folder) = &settings.home else { return Ok(None) };
    let folder = settings.working_folder.join(folder);
    // Whoever names the folder that holds a home means the home.
    let inner = folder.join(HOME);
    let folder = if inner.is_dir() { inner } else { folder };
    // Its last part need not exist yet.
    let folder = match (folder.parent(), folder.file_name()) {
        (Some(parent), Some(name)) if parent.is_dir() => real(parent)?.join(name),
        _ => folder,
    };
    Ok(Some(Home::at(folder)))
}

/// The nearest home from `folder` upward.
fn nearest(folder: &Path) -> Result<Option<Home>, Failure> {
    let folder = real(folder)?;
    let found = folder.ancestors().map(|above| above.join(HOME)).find(|home| home.is_dir());
    Ok(found.map(Home::at))
}

fn real(path: &Path) -> Result<PathBuf, Failure> {
    path.canonicalize().map_err(|cause| Failure::unreadable_path(path, &cause))
}
