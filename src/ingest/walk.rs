//! Finds the source files below a path.
//!
//! It reads no source file: what a file holds is found out by `read`. Which files are
//! wanted is asked of `select`.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::error::ReadError;
use super::naming::Naming;
use super::select::{IGNORE_FILE, IgnoreFiles, Kind, Selector};

/// A file that may hold articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path to open.
    pub path: PathBuf,
    /// Its name in the index, by [`Naming`].
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified, in nanoseconds since 1970; 0 where the file
    /// system does not say.
    pub modified_ns: i64,
}

impl SourceFile {
    /// The file at `path` as it now is. A symbolic link is followed.
    ///
    /// # Errors
    ///
    /// When there is no file or it cannot be looked at.
    pub fn at(path: &Path, naming: &Naming) -> Result<Self, ReadError> {
        let metadata = path.metadata()?;
        if !metadata.is_file() {
            return Err(ReadError::NotAFile);
        }
        Ok(Self::new(path, &metadata, naming))
    }

    fn new(path: &Path, metadata: &Metadata, naming: &Naming) -> Self {
        Self {
            path: path.to_owned(),
            name: naming.name_of(path),
            size: metadata.len(),
            modified_ns: modified_ns(metadata),
        }
    }
}

/// A file or folder that cannot be looked at.
#[derive(Debug)]
pub struct WalkTrouble {
    /// Its name, by [`Naming`].
    pub name: String,
    /// Why.
    pub reason: ReadError,
}

/// What a walk passed over in silence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// Files whose names say that they hold no article: pictures, programs,
    /// a README; and files and folders that were left out by a glob or a file
    /// `.newsdexignore`. Hidden files are not counted: their owner hid them.
    pub passed_over: u64,
}

/// Endings of file names that are no articles and not text: the media, tables,
/// programs, models and databases, and the parts of saved web pages, that lie beside
/// articles.
const PASSED_OVER: [&str; 62] = [
    "accdb", "avi", "avif", "bak", "bin", "bmp", "class", "css", "dat", "db", "dll", "dmg", "dtd",
    "dylib", "eot", "exe", "flac", "gif", "heic", "ico", "iso", "jar", "jpeg", "jpg", "js", "lock",
    "m4a", "map", "mdb", "mjs", "mkv", "model", "mov", "mp3", "mp4", "o", "ods", "ogg", "otf",
    "parquet", "png", "ppt", "pptx", "py", "pyc", "so", "sqlite", "sqlite3", "svg", "tif", "tiff",
    "tmp", "ttf", "wav", "webm", "webp", "woff", "xls", "xlsx", "xsd", "xsl", "xslt",
];

/// Walks `root`, a file or a folder, and hands each source file or trouble to
/// `found`, ordered by file name within each folder.
///
/// Symbolic links are followed; one that leads back to a folder above it or
/// above `root` is reported and not entered. Hidden files and folders (`.name`)
/// are left out, and so are the homes of newsdex, files that hold no article
/// by their names, what `selector` does not take, and what a file `.newsdexignore`
/// there or above, up to the base of `naming`, leaves out: unless `root` itself is one.
pub fn walk(
    root: &Path,
    naming: &Naming,
    selector: &Selector,
    found: &mut dyn FnMut(Result<SourceFile, WalkTrouble>),
) -> Walked {
    let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut filter = Filter::new(root, naming, selector);
    let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let is_left_out = |path| filter.leaves_out(path, Kind::File);
                if error.depth() > 0 && error.path().is_some_and(is_left_out) {
                    continue;
                }
                found(Err(trouble(error, root, naming)));
                continue;
            }
        };
        let is_folder = entry.file_type().is_dir();
        let is_taken = filter.takes(&entry);
        for trouble in filter.troubles.drain(..) {
            found(Err(trouble));
        }
        let above = if is_folder && is_taken { leads_above(&entry, &real_root) } else { None };
        if is_folder && (above.is_some() || !is_taken) {
            entries.skip_current_dir();
        }
        if let Some(reason) = above {
            found(Err(WalkTrouble { name: naming.name_of(entry.path()), reason }));
        } else if is_taken && !is_folder {
            found(source_file(&entry, naming));
        }
    }
    Walked { passed_over: filter.passed_over }
}

/// Decides what a walk takes.
struct Filter<'a> {
    naming: &'a Naming,
    selector: &'a Selector,
    ignore_files: IgnoreFiles,
    passed_over: u64,
    /// Files `.newsdexignore` that cannot be read.
    troubles: Vec<WalkTrouble>,
}

impl<'a> Filter<'a> {
    fn new(root: &Path, naming: &'a Naming, selector: &'a Selector) -> Self {
        let mut troubles = Vec::new();
        let ignore_files = IgnoreFiles::above(root, &naming.base, &mut |path, reason| {
            troubles.push(WalkTrouble { name: naming.name_of(path), reason });
        });
        Self { naming, selector, ignore_files, passed_over: 0, troubles }
    }

    /// Whether the user leaves it out.
    fn leaves_out(&self, path: &Path, kind: Kind) -> bool {
        self.selector.excludes(path, kind) || self.ignore_files.exclude(path, kind)
    }

    /// Whether `entry` is entered, if it is a folder, or handed on.
    fn takes(&mut self, entry: &DirEntry) -> bool {
        let depth = entry.depth();
        let kind = if entry.file_type().is_dir() { Kind::Folder } else { Kind::File };
        self.ignore_files.leave(depth);
        if depth > 0 {
            let is_hidden = is_hidden(entry) && (!self.selector.hidden || is_own(entry));
            if is_hidden || (kind == Kind::Folder && is_home(entry)) {
                return false;
            }
            let path = entry.path();
            let is_passed_over =
                self.leaves_out(path, kind) || (kind == Kind::File && holds_no_article(path));
            if is_passed_over {
                self.passed_over += 1;
                return false;
            }
        }
        if kind == Kind::Folder {
            let Self { naming, troubles, .. } = self;
            self.ignore_files.enter(entry.path(), depth, &mut |path, reason| {
                troubles.push(WalkTrouble { name: naming.name_of(path), reason });
            });
        }
        true
    }
}

/// What is wrong with a link below the root to a folder above it: all that
/// lies there would be taken for part of the root.
fn leads_above(entry: &DirEntry, real_root: &Path) -> Option<ReadError> {
    if entry.depth() == 0 || !entry.path_is_symlink() {
        return None;
    }
    let target = entry.path().canonicalize().ok()?;
    real_root.starts_with(&target).then(|| ReadError::Loop { to: target.display().to_string() })
}

fn source_file(entry: &DirEntry, naming: &Naming) -> Result<SourceFile, WalkTrouble> {
    let with_name = |reason| WalkTrouble { name: naming.name_of(entry.path()), reason };
    if !entry.file_type().is_file() {
        return Err(with_name(ReadError::NotAFile));
    }
    match entry.metadata() {
        Ok(metadata) => Ok(SourceFile::new(entry.path(), &metadata, naming)),
        Err(error) => Err(with_name(reason(error, naming))),
    }
}

fn trouble(error: walkdir::Error, root: &Path, naming: &Naming) -> WalkTrouble {
    let name = naming.name_of(error.path().unwrap_or(root));
    WalkTrouble { name, reason: reason(error, naming) }
}

fn reason(error: walkdir::Error, naming: &Naming) -> ReadError {
    if let Some(ancestor) = error.loop_ancestor() {
        let name = naming.name_of(ancestor);
        return ReadError::Loop { to: if name.is_empty() { ".".to_owned() } else { name } };
    }
    error.into_io_error().map_or(ReadError::NotFound, ReadError::from)
}

/// Whether the folder is a home of newsdex, whatever its name: what is in it
/// was made of articles.
fn is_home(entry: &DirEntry) -> bool {
    HOME_FILES.iter().all(|name| entry.path().join("index").join(name).is_file())
}

/// Files in the folder `index` of every home: the description of the index,
/// and the lock of its writer.
const HOME_FILES: [&str; 2] = ["meta.json", "writer.lock"];

/// Whether the file is one of newsdex by its name: a home, also one that is only
/// begun, or a file that says what to leave out.
fn is_own(entry: &DirEntry) -> bool {
    entry.file_name() == HOME || entry.file_name() == IGNORE_FILE
}

/// Name of a home, unless it was given another.
const HOME: &str = ".newsdex";

/// Whether the file is hidden in the manner of Unix.
fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Names, without their ending, of files that speak of their folder.
const ABOUT_FOLDER: [&str; 5] = ["changelog", "copying", "license", "notice", "readme"];

/// Whether the name of a file says that it holds no article.
pub(super) fn holds_no_article(path: &Path) -> bool {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    if stem.is_some_and(|stem| ABOUT_FOLDER.iter().any(|name| stem.eq_ignore_ascii_case(name))) {
        return true;
    }
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        let ending = ending.to_ascii_lowercase();
        PASSED_OVER.binary_search(&ending.as_str()).is_ok()
    })
}

/// Nanoseconds since 1970 of the last modification; negative before.
pub(super) fn modified_ns(metadata: &Metadata) -> i64 {
    let Ok(modified) = metadata.modified() else {
        return 0;
    };
    match modified.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => {
            i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanoseconds| -nanoseconds)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Naming, PASSED_OVER, Selector, SourceFile, Walked, walk};
    use crate::ingest::ReadError;

    fn listing(root: &Path, base: &Path) -> (Vec<String>, Walked) {
        let mut lines = Vec::new();
        let naming = Naming { base: base.to_owned() };
        let walked = walk(root, &naming, &Selector::everything(base), &mut |found| {
            lines.push(match found {
                Ok(file) => format!("{} {}", file.name, file.size),
                Err(trouble) => format!("{}: {}", trouble.name, trouble.reason),
            });
        });
        (lines, walked)
    }

    #[test]
    fn endings_can_be_searched() {
        assert!(PASSED_OVER.is_sorted());
    }

    #[test]
    fn files_come_in_order_and_the_rest_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        for name in
            ["b.txt", "a/z.txt", "a/B.json", ".newsdex/x.txt", "a/.hid.txt", "p.JPG", "README.md"]
        {
            let path = base.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "word").unwrap();
        }
        let (lines, walked) = listing(base, base);
        assert_eq!(lines, ["a/B.json 4", "a/z.txt 4", "b.txt 4"]);
        assert_eq!(walked, Walked { passed_over: 2 });
        assert_eq!(listing(&base.join("p.JPG"), base).0, ["p.JPG 4"]);
        assert_eq!(listing(&base.join(".newsdex"), base).0, [".newsdex/x.txt 4"]);
    }

    #[test]
    fn what_is_not_there_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let (lines, _) = listing(&folder.path().join("gone"), folder.path());
        assert_eq!(lines, ["gone: no such file or folder"]);
    }

    #[cfg(unix)]
    #[test]
    fn loops_and_dangling_links_are_reported_once() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        fs::create_dir(base.join("a")).unwrap();
        fs::write(base.join("a/x.txt"), "word").unwrap();
        symlink(base.join("a"), base.join("a/again")).unwrap();
        symlink(base.join("nowhere"), base.join("dangling")).unwrap();
        symlink(base.join("a/x.txt"), base.join("link.txt")).unwrap();
        let (lines, _) = listing(base, base);
        assert_eq!(
            lines,
            [
                "a/again: symbolic link leads back to `a`",
                "a/x.txt 4",
                "dangling: no such file or folder",
                "link.txt 4",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_to_the_root_and_above_are_not_entered() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let above = folder.path().canonicalize().unwrap();
        let base = above.join("news");
        fs::create_dir(&base).unwrap();
        fs::write(above.join("secret.txt"), "word").unwrap();
        symlink(&base, base.join("itself")).unwrap();
        symlink("..", base.join("up")).unwrap();
        let leads_up = format!("up: symbolic link leads back to `{}`", above.display());
        let expected = ["itself: symbolic link leads back to `.`", &leads_up];
        assert_eq!(listing(&base, &base).0, expected);
    }

    #[test]
    fn homes_are_left_out_whatever_their_name() {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path();
        for name in ["home/index/meta.json", "home/index/writer.lock", "news/index/meta.json"] {
            let path = base.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "word").unwrap();
        }
        assert_eq!(listing(base, base).0, ["news/index/meta.json 4"]);
    }

    #[cfg(unix)]
    #[test]
    fn pipes_are_reported_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert_eq!(
            listing(folder.path(), folder.path()).0,
            ["socket: neither a file nor a folder"]
        );
        let naming = Naming { base: folder.path().to_owned() };
        assert!(matches!(SourceFile::at(&socket, &naming), Err(ReadError::NotAFile)));
    }
}
