//! Which of the files below a folder are taken: by the user's globs, by the files
//! `.newsdexignore` in the folders, and unless they are hidden.
//!
//! All follow the rules of `.gitignore`. What kinds of files hold no article is the
//! business of `walk`.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::error::ReadError;

/// Name of the files that say what to leave out of their folder.
pub(super) const IGNORE_FILE: &str = ".newsdexignore";

/// The longest such file that is read, in bytes: some ten thousand lines.
const IGNORE_FILE_BYTES: u64 = 1 << 20;

/// Which files are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Globs of files and folders of which one must fit; none is all.
    pub include: Vec<String>,
    /// Globs of files and folders to leave out.
    pub exclude: Vec<String>,
    /// Whether hidden files are taken.
    pub hidden: bool,
}

/// A glob that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the glob `{glob}`: {what}")]
pub struct GlobError {
    /// The glob as written.
    pub glob: String,
    /// What is wrong with it.
    pub what: String,
}

/// A selection, ready to be asked.
#[derive(Clone, Debug)]
pub struct Selector {
    base: PathBuf,
    include: Option<Gitignore>,
    exclude: Gitignore,
    pub(super) hidden: bool,
}

impl Selector {
    /// Of `selection`, whose globs with a `/` before their end are relative to `base`.
    ///
    /// # Errors
    ///
    /// When a glob cannot be read.
    pub fn new(selection: &Selection, base: &Path) -> Result<Self, GlobError> {
        let include = match &selection.include[..] {
            [] => None,
            globs => Some(matcher(globs)?),
        };
        Ok(Self {
            base: base.to_owned(),
            include,
            exclude: matcher(&selection.exclude)?,
            hidden: selection.hidden,
        })
    }

    /// Takes all that is not hidden.
    #[must_use]
    pub fn everything(base: &Path) -> Self {
        let exclude = Gitignore::empty();
        Self { base: base.to_owned(), include: None, exclude, hidden: false }
    }

    /// Whether `path` is left out, with all below it if it is a folder.
    pub(super) fn excludes(&self, path: &Path, kind: Kind) -> bool {
        let path = relative(path, &self.base);
        // A folder that does not fit may hold what does.
        let is_included = kind == Kind::Folder
            || self
                .include
                .as_ref()
                .is_none_or(|include| include.matched_path_or_any_parents(path, false).is_ignore());
        !is_included || self.exclude.matched(path, kind == Kind::Folder).is_ignore()
    }
}

/// What an entry of a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
}

fn matcher(globs: &[String]) -> Result<Gitignore, GlobError> {
    // Matched against paths that are relative already.
    let mut builder = GitignoreBuilder::new("");
    for glob in globs {
        let broken = |error: ignore::Error| GlobError { glob: glob.clone(), what: reason(error) };
        builder.add_line(None, glob).map_err(broken)?;
    }
    let all = |error| GlobError { glob: globs.join(" "), what: reason(error) };
    builder.build().map_err(all)
}

/// What is wrong, without the glob, which stands before it.
fn reason(error: ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err,
        ignore::Error::WithLineNumber { err, .. }
        | ignore::Error::WithPath { err, .. }
        | ignore::Error::WithDepth { err, .. } => reason(*err),
        other => other.to_string(),
    }
}

/// `path` without `base`; without its root if it lies elsewhere.
fn relative<'a>(path: &'a Path, base: &Path) -> &'a Path {
    let relative = path.strip_prefix(base).unwrap_or(path);
    let mut components = relative.components();
    while components.as_path().has_root() {
        components.next();
    }
    components.as_path()
}

/// The files `.newsdexignore` of the folders above the entry that a walk is at.
#[derive(Debug, Default)]
pub(super) struct IgnoreFiles {
    /// Each with the depth of its folder below the root of the walk, 0 for those above.
    files: Vec<(usize, PathBuf, Gitignore)>,
}

impl IgnoreFiles {
    /// Those of the folders from `base` down to above `root`.
    pub(super) fn above(
        root: &Path,
        base: &Path,
        trouble: &mut dyn FnMut(&Path, ReadError),
    ) -> Self {
        let mut above = Self::default();
        let folders: Vec<&Path> =
            root.ancestors().skip(1).take_while(|folder| is_below(folder, base)).collect();
        for folder in folders.into_iter().rev() {
            above.enter(folder, 0, trouble);
        }
        above
    }

    /// Goes into a folder, so many folders below the root of the walk.
    pub(super) fn enter(
        &mut self,
        folder: &Path,
        depth: usize,
        trouble: &mut dyn FnMut(&Path, ReadError),
    ) {
        let path = folder.join(IGNORE_FILE);
        match read(&path, trouble) {
            Ok(None) => {}
            Ok(Some(rules)) => self.files.push((depth, folder.to_owned(), rules)),
            Err(cause) => trouble(&path, cause.into()),
        }
    }

    /// Leaves the folders that an entry at `depth` does not lie in.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.files.last().is_some_and(|(of, ..)| *of >= depth.max(1)) {
            self.files.pop();
        }
    }

    /// Whether they leave out `path`. The nearest that speaks of it decides.
    pub(super) fn exclude(&self, path: &Path, kind: Kind) -> bool {
        for (_, folder, rules) in self.files.iter().rev() {
            match rules.matched(relative(path, folder), kind == Kind::Folder) {
                Match::None => {}
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
            }
        }
        false
    }
}

/// Whether `folder` is `base` or lies below it; an empty base is no folder.
fn is_below(folder: &Path, base: &Path) -> bool {
    !base.as_os_str().is_empty() && folder.starts_with(base)
}

/// The rules of the file at `path`, if there is one. Lines that cannot be read are
/// told and left out.
fn read(path: &Path, trouble: &mut dyn FnMut(&Path, ReadError)) -> io::Result<Option<Gitignore>> {
    let mut bytes = Vec::new();
    match File::open(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        // A folder of that name says nothing.
        Ok(file) if !file.metadata()?.is_file() => return Ok(None),
        file => file?.take(IGNORE_FILE_BYTES).read_to_end(&mut bytes)?,
    };
    let text = String::from_utf8_lossy(&bytes);
    let mut builder = GitignoreBuilder::new("");
    for (line, glob) in (1_u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if let Err(error) = builder.add_line(None, glob) {
            trouble(path, ReadError::Malformed { line, what: reason(error) });
        }
    }
    match builder.build() {
        Ok(rules) => Ok(Some(rules)),
        Err(error) => Err(io::Error::other(reason(error))),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Selection, Selector};
    use crate::ingest::{Naming, walk};

    /// A folder of these files, each with its own name as text; of ignore files the
    /// text is given.
    fn folder(files: &[&str], ignore_files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::Builder::new().prefix("select-").tempdir().unwrap();
        for (name, text) in files
            .iter()
            .map(|name| (name, name))
            .chain(ignore_files.iter().map(|(name, text)| (name, text)))
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// What a walk of `root` below `base` takes, and how much it passes over.
    fn walked(root: &Path, base: &Path, selection: &Selection) -> (Vec<String>, u64) {
        let selector = Selector::new(selection, base).unwrap();
        let mut names = Vec::new();
        let naming = Naming { base: base.to_owned() };
        let walked = walk(root, &naming, &selector, &mut |found| {
            names.push(found.map_or_else(
                |trouble| format!("{}: {}", trouble.name, trouble.reason),
                |file| file.name,
            ));
        });
        (names, walked.passed_over)
    }

    fn globs(include: &[&str], exclude: &[&str]) -> Selection {
        let owned = |globs: &[&str]| globs.iter().map(|glob| (*glob).to_owned()).collect();
        Selection { include: owned(include), exclude: owned(exclude), hidden: false }
    }

    const FILES: [&str; 6] =
        ["a.html", "a.txt", "drafts/b.txt", "news/2024/c.txt", "news/drafts/d.html", "news/e.txt"];

    #[test]
    fn globs_choose_by_the_rules_of_gitignore() {
        let folder = folder(&FILES, &[]);
        let base = folder.path();
        for (include, exclude, expected) in [
            (&["*.html"][..], &[][..], &["a.html", "news/drafts/d.html"][..]),
            (&["news/"], &[], &["news/2024/c.txt", "news/drafts/d.html", "news/e.txt"]),
            (&["news/", "!*.html"], &[], &["news/2024/c.txt", "news/e.txt"]),
            (&["*.txt"], &["/news"], &["a.txt", "drafts/b.txt"]),
            (&[], &["drafts", "a.*"], &["news/2024/c.txt", "news/e.txt"]),
            (&[], &["/drafts", "news/**/*.txt"], &["a.html", "a.txt", "news/drafts/d.html"]),
            (&["c.txt"], &["news/2024/"], &[]),
            (&["*.HTML"], &[], &[]),
        ] {
            let found = walked(base, base, &globs(include, exclude)).0;
            assert_eq!(found, expected, "{include:?} {exclude:?}");
            // The same from a folder inside, and in a folder elsewhere.
            let inside = walked(&base.join("news"), base, &globs(include, exclude)).0;
            let of_news = expected.iter().filter(|name| name.starts_with("news"));
            if !exclude.contains(&"/news") {
                assert!(inside.iter().eq(of_news), "{include:?} {exclude:?}: {inside:?}");
            }
        }
        let elsewhere = walked(base, Path::new("/nowhere"), &globs(&["*.html"], &["drafts"])).0;
        assert_eq!(elsewhere.len(), 1, "{elsewhere:?}");
    }

    #[test]
    fn what_is_named_is_taken_whatever_the_globs() {
        let folder = folder(&FILES, &[(".newsdexignore", "*.txt\ndrafts/")]);
        let base = folder.path();
        let none = globs(&["nothing"], &["*"]);
        assert_eq!(walked(&base.join("a.txt"), base, &none).0, ["a.txt"]);
        let drafts = walked(&base.join("news/drafts"), base, &Selection::default()).0;
        assert_eq!(drafts, ["news/drafts/d.html"]);
    }

    #[test]
    fn ignore_files_count_below_their_folder_and_the_nearest_wins() {
        let ignore_files = [
            (".newsdexignore", "# not yet\n*.txt\n/drafts\nnews/drafts/\n"),
            ("news/.newsdexignore", "!*.txt\n\n2024/*\n!2024/f.txt"),
        ];
        let files = [&FILES[..], &["news/2024/f.txt", "other/g.txt", "other/drafts"]].concat();
        let folder = folder(&files, &ignore_files);
        let base = folder.path();
        let expected = ["a.html", "news/2024/f.txt", "news/e.txt", "other/drafts"];
        let (names, passed_over) = walked(base, base, &Selection::default());
        assert_eq!(names, expected);
        assert_eq!(passed_over, 5);
        let inside = walked(&base.join("news"), base, &Selection::default()).0;
        assert_eq!(inside, expected[1..3]);
    }

    #[test]
    fn broken_lines_are_told_and_the_others_followed() {
        let folder = folder(&["a.txt", "b.txt"], &[(".newsdexignore", "b.*\n{a,b\n")]);
        let (names, _) = walked(folder.path(), folder.path(), &Selection::default());
        assert_eq!(names[1..], ["a.txt"]);
        assert!(names[0].starts_with(".newsdexignore: line 2: "), "{names:?}");
    }

    #[test]
    fn hidden_files_are_taken_where_they_are_wanted() {
        let files = [".a.txt", ".b/c.txt", ".newsdex/d.txt", "e.txt"];
        let folder = folder(&files, &[(".newsdexignore", "")]);
        let hidden = Selection { hidden: true, ..Selection::default() };
        let base = folder.path();
        assert_eq!(walked(base, base, &hidden).0, [".a.txt", ".b/c.txt", "e.txt"]);
        assert_eq!(walked(base, base, &Selection::default()).0, ["e.txt"]);
    }

    #[test]
    fn broken_globs_are_named() {
        let error = Selector::new(&globs(&[], &["a", "{b"]), Path::new("/")).unwrap_err();
        assert!(error.to_string().starts_with("cannot read the glob `{b`: "), "{error}");
    }
}
