//! Which of several versions of one article is shown.
//!
//! Publishers deliver an article again when they correct it, and take it back when
//! they must, each time under the same name (`guid`) in another source file. Of all
//! versions that the source files hold the last is shown: the greatest version, then
//! the last path, then the last identifier. Of each other the index keeps a document
//! that has only the name of its source file and what it is a version of: when the file
//! of the shown version changes or goes, the files of the others are read again. A
//! withdrawal is such a document too.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, OwnedValue};
use tantivy::{DocId, Searcher, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use super::{ExportedVersion, Fields, IndexError};
use crate::article::{Article, ArticleId};

/// A version of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edition {
    /// Hash of what its publisher calls it.
    pub(super) guid: u64,
    pub(super) version: i64,
    pub(super) id: ArticleId,
    /// Whether it takes the article back.
    pub(super) withdraws: bool,
}

impl Edition {
    /// The version that `article` is; none where its publisher gives no name. Two names
    /// of 10 million share a hash of 64 bits with a chance of 3 in a million.
    pub(super) fn of(article: &Article, id: ArticleId) -> Option<Self> {
        (!article.guid.is_empty()).then(|| Self {
            guid: xxh3_64(article.guid.as_bytes()),
            version: article.version,
            id,
            withdraws: article.status.is_withdrawn(),
        })
    }

    /// The values of a document for it in the source file `path` while it is not shown.
    pub(super) fn hidden_values(self, fields: &Fields, path: &str) -> Vec<(Field, OwnedValue)> {
        vec![
            (fields.hidden_path, OwnedValue::Str(path.to_owned())),
            (fields.guid, OwnedValue::U64(self.guid)),
            (fields.guid_version, OwnedValue::I64(self.version)),
            (fields.withdraws, OwnedValue::U64(u64::from(self.withdraws))),
        ]
    }
}

/// A version with the source file that it is from.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) path: Arc<str>,
    pub(super) edition: Edition,
}

impl Placed {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |placed: &Self| (placed.edition.version, placed.edition.id);
        let ((version, id), (other_version, other_id)) = (key(self), key(other));
        version.cmp(&other_version).then_with(|| self.path.cmp(&other.path)).then(id.cmp(&other_id))
    }
}

/// What becomes of a version that is new to the index.
#[derive(Debug)]
pub(super) enum Verdict {
    /// It is shown, instead of this one if there is one.
    Shown(Option<Placed>),
    /// A later one is.
    Hidden,
}

/// The versions that count, of all articles that their publishers give a name.
#[derive(Debug, Default)]
pub struct Editions {
    /// The last version of each name: an article that is shown, or its withdrawal.
    last: FxHashMap<u64, Placed>,
    /// The names whose last version is in a source file.
    of_file: FxHashMap<Arc<str>, Vec<u64>>,
    /// The source files that hold other versions.
    others: FxHashMap<u64, Vec<Arc<str>>>,
    /// Versions that counted until their source file was forgotten.
    lost: FxHashMap<u64, Placed>,
    /// How many versions were put aside since it was read.
    hidden: u64,
}

impl Editions {
    /// Those of the last commit.
    pub(super) fn read(fields: &Fields, searcher: &Searcher) -> Result<Self, IndexError> {
        let mut editions = Self::default();
        let mut paths = Paths::default();
        for segment in searcher.segment_readers() {
            let Some(columns) = EditionColumns::open(fields, segment)? else { continue };
            for doc in segment.doc_ids_alive() {
                if let Some((placed, is_shown)) = columns.edition(doc, &mut paths)? {
                    editions.add(placed, is_shown);
                }
            }
        }
        Ok(editions)
    }

    fn add(&mut self, placed: Placed, is_shown: bool) {
        let guid = placed.edition.guid;
        // What is shown is the last; where nothing is, the last withdrawal.
        let is_last = is_shown
            || (placed.edition.withdraws
                && self
                    .last
                    .get(&guid)
                    .is_none_or(|last| last.edition.withdraws && placed.cmp(last).is_gt()));
        if !is_last {
            self.others.entry(guid).or_default().push(placed.path);
        } else if let Some(before) = self.put(placed) {
            self.others.entry(guid).or_default().push(before.path);
        }
    }

    /// Makes a version the last of its name, and gives the one before.
    fn put(&mut self, placed: Placed) -> Option<Placed> {
        let guid = placed.edition.guid;
        self.of_file.entry(Arc::clone(&placed.path)).or_default().push(guid);
        self.last.insert(guid, placed)
    }

    /// How many versions were put aside since the last commit was read, because there is a
    /// later one or a withdrawal.
    #[must_use]
    pub const fn hidden(&self) -> u64 {
        self.hidden
    }

    /// The source files that hold other versions of what is shown from these files; without
    /// these files themselves.
    #[must_use]
    pub fn entangled(&self, files: &BTreeSet<String>) -> BTreeSet<String> {
        let guids = files.iter().filter_map(|file| self.of_file.get(file.as_str())).flatten();
        let others = guids.filter_map(|guid| self.others.get(guid)).flatten();
        others.filter(|path| !files.contains(&***path)).map(|path| path.to_string()).collect()
    }

    /// Forgets the versions of a source file.
    pub(super) fn forget(&mut self, path: &str) {
        for guid in self.of_file.remove(path).unwrap_or_default() {
            if self.last.get(&guid).is_some_and(|last| &*last.path == path)
                && let Some(last) = self.last.remove(&guid)
            {
                self.lost.insert(guid, last);
            }
        }
    }

    /// Takes a version of the source file `path`.
    pub(super) fn admit(&mut self, path: &Arc<str>, edition: Edition) -> Verdict {
        let placed = Placed { path: Arc::clone(path), edition };
        if self.last.get(&edition.guid).is_some_and(|last| placed.cmp(last).is_lt()) {
            self.hidden += u64::from(!edition.withdraws);
            self.others.entry(edition.guid).or_default().push(placed.path);
            return Verdict::Hidden;
        }
        let before = self.put(placed);
        if let Some(before) = &before {
            self.others.entry(edition.guid).or_default().push(Arc::clone(&before.path));
        }
        let before = before.filter(|before| !before.edition.withdraws);
        self.hidden += u64::from(before.is_some());
        Verdict::Shown(before)
    }

    /// The source files with versions that may count now, because the last was forgotten and
    /// none as late has come. Tells each once.
    pub(super) fn orphaned(&mut self) -> BTreeSet<String> {
        let lost = std::mem::take(&mut self.lost);
        let fallen = lost
            .into_iter()
            .filter(|(guid, was)| self.last.get(guid).is_none_or(|now| now.cmp(was).is_lt()));
        let others = fallen.filter_map(|(guid, _)| self.others.get(&guid)).flatten();
        others.map(|path| path.to_string()).collect()
    }
}

/// Each path once, shared.
#[derive(Default)]
struct Paths {
    by_name: FxHashMap<Arc<str>, ()>,
}

impl Paths {
    fn shared(&mut self, path: &str) -> Arc<str> {
        if let Some((known, ())) = self.by_name.get_key_value(path) {
            return Arc::clone(known);
        }
        let path: Arc<str> = path.into();
        self.by_name.insert(Arc::clone(&path), ());
        path
    }
}

/// The columns of versions in one segment.
pub(super) struct EditionColumns {
    guids: Column<u64>,
    versions: Column<i64>,
    ids: Option<Column<u64>>,
    paths: Option<StrColumn>,
    hidden_paths: Option<StrColumn>,
    withdraws: Option<Column<u64>>,
}

impl EditionColumns {
    /// None for a segment in which nothing has a name.
    pub(super) fn open(
        fields: &Fields,
        segment: &SegmentReader,
    ) -> Result<Option<Self>, IndexError> {
        let columns = segment.fast_fields();
        let (guids, versions) = (fields.name_of(fields.guid), fields.name_of(fields.guid_version));
        let Some(guids) = columns.column_opt(guids)? else { return Ok(None) };
        let Some(versions) = columns.column_opt(versions)? else { return Ok(None) };
        Ok(Some(Self {
            guids,
            versions,
            ids: columns.column_opt(fields.name_of(fields.id))?,
            paths: columns.str(fields.name_of(fields.path))?,
            hidden_paths: columns.str(fields.name_of(fields.hidden_path))?,
            withdraws: columns.column_opt(fields.name_of(fields.withdraws))?,
        }))
    }

    /// The version that a document stands for; none if it is shown, or no version.
    pub(super) fn hidden_version(&self, doc: DocId) -> Result<Option<ExportedVersion>, IndexError> {
        let Some((Placed { path, edition }, false)) = self.edition(doc, &mut Paths::default())?
        else {
            return Ok(None);
        };
        let Edition { guid, version, withdraws, .. } = edition;
        Ok(Some(ExportedVersion::new(&path, guid, version, withdraws)))
    }

    /// The version that a document is or stands for, and whether it is shown.
    fn edition(&self, doc: DocId, paths: &mut Paths) -> Result<Option<(Placed, bool)>, IndexError> {
        let Some(guid) = self.guids.first(doc) else { return Ok(None) };
        let first =
            |column: &Option<Column<u64>>| column.as_ref().and_then(|column| column.first(doc));
        let mut path = String::new();
        let mut is_shown = false;
        for (column, of_shown) in [(&self.paths, true), (&self.hidden_paths, false)] {
            let Some(column) = column else { continue };
            if let Some(ord) = column.ords().first(doc) {
                column.ord_to_str(ord, &mut path)?;
                is_shown = of_shown;
            }
        }
        let edition = Edition {
            guid,
            version: self.versions.first(doc).unwrap_or_default(),
            id: ArticleId::from_number(first(&self.ids).unwrap_or_default()),
            withdraws: first(&self.withdraws).unwrap_or_default() > 0,
        };
        Ok(Some((Placed { path: paths.shared(&path), edition }, is_shown)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Edition, Editions, Verdict};
    use crate::article::ArticleId;

    fn edition(guid: u64, version: i64, withdraws: bool) -> Edition {
        Edition { guid, version, id: ArticleId::from_number(version as u64), withdraws }
    }

    #[test]
    fn the_last_version_is_shown_whatever_the_order() {
        let files: Vec<Arc<str>> = ["a", "b", "c"].map(Arc::from).into();
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut editions = Editions::default();
            for number in order {
                editions.admit(&files[number], edition(7, number as i64 / 2, false));
            }
            assert_eq!(&*editions.last[&7].path, "c", "{order:?}");
            assert_eq!(editions.hidden(), 2, "{order:?}");
        }
    }

    #[test]
    fn withdrawals_hide_and_are_not_hidden_themselves() {
        let (a, b): (Arc<str>, Arc<str>) = ("a".into(), "b".into());
        let mut editions = Editions::default();
        assert!(matches!(editions.admit(&b, edition(7, 2, true)), Verdict::Shown(None)));
        assert!(matches!(editions.admit(&a, edition(7, 1, false)), Verdict::Hidden));
        assert!(matches!(editions.admit(&a, edition(7, 3, false)), Verdict::Shown(None)));
        editions.forget("a");
        assert!(matches!(editions.admit(&b, edition(7, 1, false)), Verdict::Shown(None)));
    }
}
