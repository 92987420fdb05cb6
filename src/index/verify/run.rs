//! A verification from end to end.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::directory::Directory;
use tantivy::index::SegmentMeta;
use tantivy::{Index, SegmentReader};

use super::agreement::Whole;
use super::files::{self, Checked, MANAGED_FILE};
use super::segment::{OpenSegment, Seen, Stretch, stretches};
use super::verification::{Depth, FaultKind, RemarkKind, Verification};
use crate::index::directory::COMMIT_FILE;
use crate::index::names::build;
use crate::index::reader::{NAMES_FILE, open_index};
use crate::index::segment_files::{files_of, files_of_listed, is_of_segment};
use crate::index::{Fields, IndexError, IndexReader, Manifest, NameTable, in_stretches};

/// Looks whether the index in `folder` is whole, with so many threads. A writer may be at
/// work meanwhile: what is looked at is the last commit before.
///
/// # Errors
///
/// When there is no index, it is of another version, or the folder cannot be read. What is
/// wrong with an index is no error.
pub fn verify(folder: &Path, depth: Depth, threads: usize) -> Result<Verification, IndexError> {
    let run = Run { folder, threads, fields: Fields::new() };
    let found = files::in_folder(folder).map_err(|error| match error {
        IndexError::Io { path, cause } if cause.kind() == ErrorKind::NotFound => {
            IndexError::NotFound { folder: path }
        }
        other => other,
    })?;
    let mut verification = Verification::new(depth);
    let commit = run.open(&found)?;
    verification.revision = commit.reader.as_ref().map(IndexReader::revision);
    let checked = run.check_files(&commit, &found, &mut verification)?;
    if depth == Depth::Everything {
        run.check_segments(&commit, &checked, &mut verification);
    }
    verification.faults.first.sort();
    verification.remarks.first.sort();
    Ok(verification)
}

/// A verification that is going on.
struct Run<'a> {
    folder: &'a Path,
    threads: usize,
    fields: Fields,
}

/// The commit that is looked at, as far as it can be opened.
#[derive(Default)]
struct Commit {
    /// The engine's lists; none where they are not as they were written.
    index: Option<Index>,
    reader: Option<IndexReader>,
    segments: Vec<Segment>,
}

/// A part of a commit.
struct Segment {
    files: Vec<String>,
    reader: Option<SegmentReader>,
    /// What the list of files says of it, if that is still of this commit.
    meta: Option<SegmentMeta>,
}

impl Segment {
    fn id(&self) -> &str {
        let file = self.files.first().map_or("", String::as_str);
        file.split('.').next().unwrap_or(file)
    }

    /// What is wrong with how many documents it has.
    fn miscount(&self) -> Option<String> {
        let (reader, meta) = self.reader.as_ref().zip(self.meta.as_ref())?;
        let (told, held) = (meta.num_docs(), reader.num_docs());
        (told != held).then(|| format!("{held} documents, and {told} by the list of files"))
    }
}

impl Commit {
    fn files(&self) -> BTreeSet<String> {
        self.segments.iter().flat_map(|segment| segment.files.iter().cloned()).collect()
    }
}

/// What `work` gives, or an error where the engine fails on what it reads.
fn guarded<T>(work: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    let damaged = IndexError::Damaged { what: "the engine fails on it" };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(damaged))
}

impl Run<'_> {
    /// Opens the last commit, as far as possible.
    fn open(&self, found: &BTreeSet<String>) -> Result<Commit, IndexError> {
        if !found.contains(COMMIT_FILE) && found.iter().any(|name| is_of_segment(name)) {
            return Ok(Commit::default());
        }
        let index = match open_index(self.folder, &self.fields) {
            Ok((index, ..)) => index,
            Err(error @ (IndexError::NotFound { .. } | IndexError::OtherVersion { .. })) => {
                return Err(error);
            }
            // The checksums of the lists tell what is wrong with them.
            Err(_) => return Ok(Commit::default()),
        };
        let metas = index.load_metas().map(|metas| metas.segments).unwrap_or_default();
        let reader = guarded(|| IndexReader::open(self.folder)).ok();
        let segments = match &reader {
            Some(reader) => {
                let opened = reader.searcher().segment_readers().iter();
                opened.map(|segment| Segment::of_reader(segment, &metas)).collect()
            }
            None => metas.into_iter().map(|meta| Segment::of_meta(meta, &index)).collect(),
        };
        Ok(Commit { index: Some(index), reader, segments })
    }

    /// The files of the commit as it is by now.
    fn files_by_now(&self) -> Option<BTreeSet<String>> {
        let (index, ..) = open_index(self.folder, &self.fields).ok()?;
        let metas = index.load_metas().ok()?;
        Some(metas.segments.iter().flat_map(files_of_listed).collect())
    }

    /// Compares the files with their checksums.
    fn check_files(
        &self,
        commit: &Commit,
        found: &BTreeSet<String>,
        verification: &mut Verification,
    ) -> Result<Checked, IndexError> {
        let lists = [COMMIT_FILE, MANAGED_FILE].map(str::to_owned);
        let of_commit = commit.files();
        let mut names: BTreeSet<String> = of_commit.union(&lists.clone().into()).cloned().collect();
        names.extend(found.get(NAMES_FILE).cloned());
        if commit.index.is_none() {
            // Which files there should be is not known; those that are there say themselves
            // whether they are as they were.
            names.extend(found.iter().filter(|name| is_of_segment(name)).cloned());
        }
        let names: Vec<String> = names.into_iter().collect();
        let mut checked = files::check(self.folder, &names, self.threads)?;
        if !checked.missing.is_empty() {
            // A writer removes what a later commit has no more.
            let still = match commit.index {
                Some(_) => self.files_by_now().unwrap_or_else(|| of_commit.clone()),
                None => BTreeSet::new(),
            };
            checked.miss(&still.into_iter().chain(lists).collect());
        }
        verification.files = checked.files;
        verification.bytes = checked.bytes;
        verification.faults.join(std::mem::take(&mut checked.faults));
        if let Some(index) = &commit.index {
            let managed = index.directory().list_managed_files();
            let is_managed =
                |name: &str| managed.contains(Path::new(name)) || name.starts_with(".tmp");
            files::remark(found, &of_commit, is_managed, &mut verification.remarks);
        }
        Ok(checked)
    }

    /// Looks into all segments whose files are as they were written, and how they agree.
    fn check_segments(&self, commit: &Commit, checked: &Checked, found: &mut Verification) {
        let sound = commit.segments.iter().filter(|segment| checked.are_sound(&segment.files));
        let mut open = Vec::new();
        for segment in sound {
            let opened = match &segment.reader {
                Some(reader) => guarded(|| Ok(OpenSegment::open(&self.fields, reader)?)),
                None => Err(IndexError::Damaged { what: "the engine fails on it" }),
            };
            let wrong = match opened {
                Ok(opened) => {
                    open.push(opened);
                    segment.miscount()
                }
                Err(error) => Some(format!("cannot be opened: {error}")),
            };
            if let Some(what) = wrong {
                found.faults.add(FaultKind::Segment, segment.id(), what);
            }
        }
        let seen = self.look_at(&open);
        found.articles = seen.articles;
        let is_whole = commit.index.is_some() && open.len() == commit.segments.len();
        let Some(reader) = commit.reader.as_ref().filter(|_| is_whole) else {
            return found.faults.join(seen.faults);
        };
        if let Err(error) = guarded(|| self.compare(reader, &open, seen, checked, found)) {
            found.faults.add(FaultKind::Segment, "", error.to_string());
        }
    }

    /// Looks at all documents.
    fn look_at(&self, segments: &[OpenSegment<'_>]) -> Seen {
        let parts = in_stretches(&stretches(segments), self.threads, |stretches: &[Stretch]| {
            let mut seen = Seen::default();
            for stretch in stretches {
                segments[stretch.segment].look_at(&self.fields, stretch, &mut seen);
            }
            Ok::<_, std::convert::Infallible>(seen)
        });
        let mut all = Seen::default();
        for part in parts.unwrap_or_default() {
            all.join(part);
        }
        all
    }

    /// Compares articles, records and names.
    fn compare(
        &self,
        reader: &IndexReader,
        segments: &[OpenSegment<'_>],
        mut seen: Seen,
        checked: &Checked,
        found: &mut Verification,
    ) -> Result<(), IndexError> {
        found.faults.join(std::mem::take(&mut seen.faults));
        let manifest = Manifest::read(&self.fields, reader.searcher().segment_readers())?;
        Whole { fields: &self.fields, segments, manifest: &manifest }.compare(seen, found)?;
        if checked.unsound.contains(NAMES_FILE) {
            return Ok(());
        }
        let kept = reader.directory.open_read(Path::new(NAMES_FILE));
        let kept = kept.ok().and_then(|file| file.read_bytes().ok());
        let of_commit = kept.filter(|bytes| {
            NameTable::open(bytes.clone(), reader.searcher().segment_readers()).is_some()
        });
        match of_commit {
            None => found.remarks.add(
                RemarkKind::NoNames,
                NAMES_FILE,
                "of an earlier commit, or not there: it is made anew where it is needed",
            ),
            Some(bytes) => {
                if *bytes != *build(&self.fields, reader.searcher())? {
                    let what = "not the names of the articles";
                    found.faults.add(FaultKind::Names, NAMES_FILE, what);
                }
            }
        }
        Ok(())
    }
}

impl Segment {
    fn of_reader(reader: &SegmentReader, metas: &[SegmentMeta]) -> Self {
        let is_its = |meta: &&SegmentMeta| {
            meta.id() == reader.segment_id() && meta.delete_opstamp() == reader.delete_opstamp()
        };
        let meta = metas.iter().find(is_its).cloned();
        Self { files: files_of(reader), reader: Some(reader.clone()), meta }
    }

    fn of_meta(meta: SegmentMeta, index: &Index) -> Self {
        let reader = guarded(|| Ok(SegmentReader::open(&index.segment(meta.clone()))?)).ok();
        Self { files: files_of_listed(&meta), reader, meta: Some(meta) }
    }
}
