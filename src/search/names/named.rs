//! Articles that name somebody, as the engine's query.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::postings::TermInfo;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, TERMINATED, TantivyError};

use super::{NameColumns, Names};
use crate::index::terms::split;
use crate::index::{Fields, NameTable};
use crate::search::list::List;

/// Articles of any of some postings.
#[derive(Clone, Debug)]
pub(in crate::search) struct Named {
    pub(in crate::search) fields: Arc<Fields>,
    pub(in crate::search) postings: Arc<[PostingsOf]>,
}

/// What stands for a name in a field of names.
#[derive(Clone, Debug)]
pub(in crate::search) enum NameTerm {
    /// This term.
    Whole(String),
    /// All terms that begin so: the forms of a key.
    Start(String),
}

impl NameTerm {
    /// The key, or the word, that it is a term of.
    pub(in crate::search) fn key(&self) -> Option<&str> {
        let (Self::Whole(term) | Self::Start(term)) = self;
        split(term.as_bytes()).map(|(key, ..)| key)
    }

    /// Where its postings are.
    fn find(&self, index: &InvertedIndexReader) -> tantivy::Result<Vec<TermInfo>> {
        let mut found = Vec::new();
        match self {
            Self::Whole(term) => found.extend(index.terms().get(term)?),
            Self::Start(start) => {
                let mut stream = index.terms().range().ge(start).into_stream()?;
                while stream.advance() && stream.key().starts_with(start.as_bytes()) {
                    found.push(stream.value().clone());
                }
            }
        }
        Ok(found)
    }
}

/// The postings of terms in a field of names; of a part of a name only the
/// articles in which the right one is meant.
#[derive(Clone, Debug)]
pub(in crate::search) struct PostingsOf {
    /// The ordinal of the field.
    pub(in crate::search) field: usize,
    pub(in crate::search) term: NameTerm,
    pub(in crate::search) part: Option<Part>,
}

/// Articles in which a part of a name means one of some people, or none of them.
#[derive(Clone, Debug)]
pub(in crate::search) struct Part {
    pub(super) table: Arc<NameTable>,
    /// The part of a name; among `owners` it stands for nobody.
    pub(super) name: u32,
    pub(super) owners: Vec<u32>,
    pub(super) wanted: bool,
}

impl Part {
    fn takes(&self, first_day: Option<i64>, last_day: Option<i64>) -> bool {
        let part = self.table.partial(self.name);
        let owner = part.and_then(|part| part.owner(first_day, last_day)).unwrap_or(self.name);
        self.owners.contains(&owner) == self.wanted
    }
}

impl Named {
    /// The articles in a segment, in order.
    pub(in crate::search) fn docs(&self, segment: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let mut docs = Vec::new();
        let names = self.fields.names();
        for posting in self.postings.iter() {
            let field: Field = names[posting.field].terms;
            let index = segment.inverted_index(field)?;
            let fast = segment.fast_fields();
            let days = match &posting.part {
                Some(part) => Some((
                    part,
                    fast.i64(self.fields.name_of(self.fields.day_first))?,
                    fast.i64(self.fields.name_of(self.fields.day_last))?,
                )),
                None => None,
            };
            for info in posting.term.find(&index)? {
                let mut found =
                    index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                while found.doc() != TERMINATED {
                    let doc = found.doc();
                    let taken = match &days {
                        None => true,
                        Some((part, first, last)) => part.takes(first.first(doc), last.first(doc)),
                    };
                    if taken {
                        docs.push(doc);
                    }
                    found.advance();
                }
            }
        }
        docs.sort_unstable();
        docs.dedup();
        Ok(docs)
    }
}

/// Articles that name anybody in a field, under the user's aliases.
#[derive(Clone, Debug)]
pub(in crate::search) struct AnyName {
    pub(in crate::search) fields: Arc<Fields>,
    pub(in crate::search) names: Arc<Names>,
    pub(in crate::search) field: usize,
    /// The segments in the order of the names' table.
    pub(in crate::search) segments: Arc<[tantivy::index::SegmentId]>,
}

impl AnyName {
    fn docs(&self, segment: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let id = segment.segment_id();
        let number = self.segments.iter().position(|known| *known == id).unwrap_or_default();
        let columns = NameColumns::open(&self.names, &self.fields, self.field, number, segment)?;
        let is_named = |doc: &DocId| {
            let mut any = false;
            columns.each(*doc, |_| any = true);
            any
        };
        Ok((0..segment.max_doc()).filter(is_named).collect())
    }
}

/// A query whose articles in a segment are found at once.
trait Listed: Query + Clone {
    fn list(&self, segment: &SegmentReader) -> tantivy::Result<Vec<DocId>>;
}

impl Listed for Named {
    fn list(&self, segment: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        self.docs(segment)
    }
}

impl Listed for AnyName {
    fn list(&self, segment: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        self.docs(segment)
    }
}

impl Query for Named {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ListWeight(self.clone())))
    }
}

impl Query for AnyName {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ListWeight(self.clone())))
    }
}

struct ListWeight<Q>(Q);

impl<Q: Listed> Weight for ListWeight<Q> {
    fn scorer(&self, segment: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(List::new(self.0.list(segment)?, Vec::new())))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.0.list(segment)?.binary_search(&doc).is_err() {
            return Err(TantivyError::InvalidArgument(format!("article {doc} does not match")));
        }
        Ok(Explanation::new("named", 0.0))
    }
}
