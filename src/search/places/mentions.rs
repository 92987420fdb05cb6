//! Where people, organizations and places are mentioned in the articles of one
//! segment.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::columnar::Column;
use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

use super::Place;
use crate::index::Fields;
use crate::index::terms::{MENTION, split, term};
use crate::search::names::{NameColumns, Named, Names};

/// Which mentions are meant, for any segment.
#[derive(Clone, Debug)]
pub(in crate::search) struct Mentioned {
    pub(in crate::search) fields: Arc<Fields>,
    /// The ordinal of the field of those who are meant.
    pub(in crate::search) field: usize,
    /// The ordinals of the fields in which the index may have them.
    pub(in crate::search) sources: Vec<usize>,
    /// Of whom; all, if there are no aliases that take any away.
    pub(in crate::search) of: Option<Wanted>,
    /// The segments in the order of the table of names.
    pub(in crate::search) segments: Arc<[SegmentId]>,
}

/// Who is meant.
#[derive(Clone, Debug)]
pub(in crate::search) struct Wanted {
    pub(in crate::search) names: Arc<Names>,
    /// Only these; anybody in the field, if none.
    pub(in crate::search) only: Option<Arc<Only>>,
    /// The articles that name them, if these can be listed.
    pub(in crate::search) articles: Option<Named>,
}

/// Those whom a name means.
#[derive(Debug, Default)]
pub(in crate::search) struct Only {
    /// These, in every article.
    pub(in crate::search) always: FxHashSet<u32>,
    /// Whom an article names or mentions in a way that is one of these terms, each with
    /// the ordinal of its field: one who is written so elsewhere is not meant.
    pub(in crate::search) written: Vec<(usize, String)>,
}

/// Mentions at work in one field of a segment.
pub(in crate::search) struct MentionMarks {
    sources: Vec<Source>,
    /// The articles that can have any, and where they are looked at.
    articles: Option<(Vec<DocId>, usize)>,
    /// First words, each with the number of words in the lower half: so they sort
    /// as numbers.
    starts: Vec<u64>,
    found: Vec<Place>,
    positions: Vec<u32>,
}

struct Source {
    /// Postings of the first words of mentions, by how many words these have.
    by_length: Vec<(u32, SegmentPostings)>,
    filter: Option<Filter>,
}

/// Which entity of the article each mention names, and who is meant.
struct Filter {
    entities: Column<u64>,
    meant: Arc<Meant>,
    source: usize,
    /// Articles with the ordinals of the keys that they write as is wanted; sorted.
    written: Vec<(DocId, u64)>,
}

/// Whether the entities of articles are meant.
struct Meant {
    columns: NameColumns,
    only: Option<Arc<Only>>,
}

impl Mentioned {
    pub(in crate::search) fn open(
        &self,
        segment: &SegmentReader,
        field: Field,
    ) -> tantivy::Result<MentionMarks> {
        let id = segment.segment_id();
        let number = self.segments.iter().position(|known| *known == id).unwrap_or_default();
        let meant = match &self.of {
            None => None,
            Some(wanted) => Some(Arc::new(Meant {
                columns: NameColumns::open(
                    &wanted.names,
                    &self.fields,
                    self.field,
                    number,
                    segment,
                )?,
                only: wanted.only.clone(),
            })),
        };
        let mut sources = Vec::with_capacity(self.sources.len());
        for source in &self.sources {
            let filter = match &meant {
                None => None,
                Some(meant) => {
                    let column = self.fields.mentions_in(*source, field);
                    Some(Filter {
                        entities: segment.fast_fields().u64(self.fields.name_of(column))?,
                        meant: Arc::clone(meant),
                        source: *source,
                        written: self.written(meant, segment, *source)?,
                    })
                }
            };
            sources.push(Source { by_length: marks(segment, field, *source)?, filter });
        }
        let articles = self.of.as_ref().and_then(|wanted| wanted.articles.as_ref());
        let articles = articles.map(|named| named.docs(segment)).transpose()?;
        Ok(MentionMarks {
            sources,
            articles: articles.map(|docs| (docs, 0)),
            starts: Vec::new(),
            found: Vec::new(),
            positions: Vec::new(),
        })
    }
}

impl Mentioned {
    /// The articles of a segment that write a name of the field `source` as is wanted,
    /// each with the ordinal of the key of that name.
    fn written(
        &self,
        meant: &Meant,
        segment: &SegmentReader,
        source: usize,
    ) -> tantivy::Result<Vec<(DocId, u64)>> {
        let mut written = Vec::new();
        let Some(only) = &meant.only else { return Ok(written) };
        let index = segment.inverted_index(self.fields.names()[source].terms)?;
        for (_, term) in only.written.iter().filter(|(of, _)| *of == source) {
            let Some((key, ..)) = split(term.as_bytes()) else { continue };
            let Some(info) = index.terms().get(term)? else { continue };
            let Some(ord) = meant.columns.ord_of(source, key)? else { continue };
            let mut found = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while found.doc() != TERMINATED {
                written.push((found.doc(), ord));
                found.advance();
            }
        }
        written.sort_unstable();
        Ok(written)
    }
}

/// The postings of the marks of one kind of entity.
fn marks(
    segment: &SegmentReader,
    field: Field,
    source: usize,
) -> tantivy::Result<Vec<(u32, SegmentPostings)>> {
    let index = segment.inverted_index(field)?;
    let prefix = term("", MENTION, &source.to_string());
    let mut marks = Vec::new();
    let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
    while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
        let length = split(stream.key()).and_then(|(_, _, rest)| rest[1..].parse().ok());
        if let Some(length) = length {
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = index.read_postings_from_terminfo(stream.value(), option)?;
            marks.push((length, postings));
        }
    }
    Ok(marks)
}

impl MentionMarks {
    /// The first article at or after `target` that may have any.
    pub(super) fn seek(&mut self, mut target: DocId) -> DocId {
        loop {
            if let Some((docs, at)) = &mut self.articles {
                *at += docs[*at..].partition_point(|doc| *doc < target);
                let Some(doc) = docs.get(*at) else { return TERMINATED };
                target = *doc;
            }
            let mut next = TERMINATED;
            for (_, postings) in self.sources.iter_mut().flat_map(|source| &mut source.by_length) {
                let doc =
                    if postings.doc() < target { postings.seek(target) } else { postings.doc() };
                next = next.min(doc);
            }
            if self.articles.is_none() || next == target || next == TERMINATED {
                return next;
            }
            target = next;
        }
    }

    /// At most so many articles have any.
    pub(super) fn size_hint(&self) -> u32 {
        let by_length = self.sources.iter().flat_map(|source| &source.by_length);
        let marked = by_length.map(|(_, postings)| postings.size_hint());
        let marked = marked.fold(0, u32::saturating_add);
        self.articles.as_ref().map_or(marked, |(docs, _)| marked.min(docs.len() as u32))
    }

    /// The mentions in an article, in order.
    pub(super) fn places(&mut self, doc: DocId, out: &mut Vec<Place>) {
        let Self { sources, starts, found, positions, .. } = self;
        let several = sources.len() > 1;
        for source in sources {
            starts.clear();
            for (length, postings) in &mut source.by_length {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                if at == doc {
                    postings.positions(positions);
                    let packed = |start: &u32| u64::from(*start) << 32 | u64::from(*length);
                    starts.extend(positions.iter().map(packed));
                }
            }
            if starts.is_empty() {
                continue;
            }
            starts.sort_unstable();
            found.clear();
            found.extend(starts.iter().map(|packed| {
                let (start, length) = ((packed >> 32) as u32, *packed as u32);
                Place { start, end: start + length - 1 }
            }));
            if let Some(filter) = &source.filter {
                filter.keep_meant(doc, found);
            }
            out.extend_from_slice(found);
        }
        if several {
            out.sort_unstable();
            out.dedup();
        }
    }
}

impl Filter {
    /// Keeps the mentions of those who are meant.
    fn keep_meant(&self, doc: DocId, found: &mut Vec<Place>) {
        let Meant { columns, only } = &*self.meant;
        let mut is_meant = Vec::new();
        columns.each_of_source(self.source, doc, |ord, name| {
            let is_wanted = |name| {
                only.as_ref().is_none_or(|only| only.always.contains(&name))
                    || self.written.binary_search(&(doc, ord)).is_ok()
            };
            is_meant.push(name.is_some_and(is_wanted));
        });
        let mut entities = self.entities.values_for_doc(doc);
        found.retain(|_| {
            let entity = entities.next().unwrap_or(u64::MAX) as usize;
            is_meant.get(entity).copied().unwrap_or(false)
        });
    }
}
