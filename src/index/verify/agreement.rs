//! How articles agree with the records of source files and with each other.

use rustc_hash::FxHashMap;
use tantivy::TantivyDocument;
use xxhash_rust::xxh3::xxh3_64;

use super::segment::{Names, OpenSegment, Place, Seen};
use super::verification::{Fault, FaultKind, Listed, RemarkKind, Verification};
use crate::index::reader::stored_article;
use crate::index::{Fields, FileState, IndexError, Manifest, SourceRecord};

/// All segments of a commit, sound each.
pub(super) struct Whole<'a> {
    pub(super) fields: &'a Fields,
    pub(super) segments: &'a [OpenSegment<'a>],
    pub(super) manifest: &'a Manifest,
}

impl Whole<'_> {
    /// Compares what was seen in the segments.
    pub(super) fn compare(
        &self,
        mut seen: Seen,
        found: &mut Verification,
    ) -> Result<(), IndexError> {
        self.compare_records(&seen, found)?;
        self.find_double(&mut seen.ids, &mut found.faults);
        seen.guids.sort_unstable();
        for pair in seen.guids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let what = format!("a version of {}, and both are shown", self.named(pair[0].1));
            found.faults.add(FaultKind::Article, self.named(pair[1].1), what);
        }
        Ok(())
    }

    fn named(&self, (segment, doc): Place) -> String {
        self.segments[segment as usize].named(doc)
    }

    /// Each source file has the articles that its record counts, and a record.
    fn compare_records(&self, seen: &Seen, found: &mut Verification) -> Result<(), IndexError> {
        let mut counts: FxHashMap<u64, u64> = FxHashMap::default();
        for segment in self.segments {
            for names in [&segment.paths, &segment.hidden_paths] {
                count(segment, names, &mut counts);
            }
        }
        found.source_files = self.manifest.len() as u64;
        let mut unread = 0;
        for record in self.manifest.iter() {
            let held = counts.remove(&xxh3_64(record.name.as_bytes())).unwrap_or_default();
            let is_unread = is_unread(record);
            unread += u64::from(is_unread);
            if held != record.articles && !is_unread {
                let what = format!("{held} articles of it, and {} by its record", record.articles);
                found.faults.add(FaultKind::SourceFile, record.name.as_str(), what);
            }
        }
        if seen.records > found.source_files {
            let what = format!("{} records of {} files", seen.records, found.source_files);
            found.faults.add(FaultKind::SourceFile, "", what);
        }
        if unread > 0 {
            let what = format!("{unread} source files are read again by the next update");
            found.remarks.add(RemarkKind::Unread, "", what);
        }
        if !counts.is_empty() {
            self.name_unrecorded(&counts, &mut found.faults)?;
        }
        Ok(())
    }

    /// Names the source files without a record.
    fn name_unrecorded(
        &self,
        counts: &FxHashMap<u64, u64>,
        faults: &mut Listed<Fault>,
    ) -> Result<(), IndexError> {
        let mut told: FxHashMap<u64, ()> = FxHashMap::default();
        for segment in self.segments {
            for names in [&segment.paths, &segment.hidden_paths] {
                for (place, hash) in names.hashes.iter().enumerate() {
                    if let Some(articles) = counts.get(hash)
                        && told.insert(*hash, ()).is_none()
                    {
                        let what = format!("{articles} articles of it, and no record");
                        faults.add(FaultKind::SourceFile, names.name(place)?, what);
                    }
                }
            }
        }
        Ok(())
    }

    /// No identifier is that of two articles, but by chance: 48 bits of a hash are.
    fn find_double(&self, ids: &mut [(u64, Place)], faults: &mut Listed<Fault>) {
        ids.sort_unstable();
        for pair in ids.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let (one, other) = (self.origin(pair[0].1), self.origin(pair[1].1));
            if one.is_some() && one == other {
                faults.add(FaultKind::Article, self.named(pair[1].1), "in the index twice");
            }
        }
    }

    /// The source file of an article, and its place in it.
    fn origin(&self, (segment, doc): Place) -> Option<(String, String)> {
        let store = self.segments[segment as usize].reader.get_store_reader(1).ok()?;
        let document: TantivyDocument = store.get(doc).ok()?;
        let article = stored_article(self.fields, &document).ok()?;
        Some((article.path, article.part))
    }
}

/// Counts the documents of each name of a column.
fn count(segment: &OpenSegment<'_>, names: &Names, counts: &mut FxHashMap<u64, u64>) {
    let mut of_name = vec![0_u32; names.hashes.len()];
    for place in segment.reader.doc_ids_alive().filter_map(|doc| names.place(doc)) {
        if let Some(count) = of_name.get_mut(place) {
            *count += 1;
        }
    }
    for (hash, count) in names.hashes.iter().zip(of_name).filter(|(_, count)| *count > 0) {
        *counts.entry(*hash).or_default() += u64::from(count);
    }
}

/// Whether an update was interrupted in the file, or is to read it anew.
fn is_unread(record: &SourceRecord) -> bool {
    record.state == FileState::default() || record.hash.is_none() && record.trouble.is_none()
}
