//! Words side by side in one field, as the engine's query.
//!
//! One word is the simplest case of it. Each word stands for several terms,
//! whose occurrences count as its own.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED};

use super::bm25::{Bm25, Scoring, explanation};
use super::postings::WordPostings;
use super::vocabulary::Terms;
use crate::index::Fields;

/// Words side by side in a field.
#[derive(Clone, Debug)]
pub(super) struct TextQuery {
    pub(super) field: Field,
    /// For each word, the terms that stand for it.
    pub(super) words: Arc<[Terms]>,
    /// The column of lengths below which they must stand, to be in the lead.
    pub(super) within: Option<String>,
    pub(super) boost: f32,
    fields: Arc<Fields>,
}

impl TextQuery {
    pub(super) fn new(fields: &Fields, field: Field, words: Arc<[Terms]>) -> Self {
        let fields = Arc::new(fields.clone());
        Self { field, words, within: None, boost: 1.0, fields }
    }
}

/// BM25 over all segments for the words whose terms are given, in a field.
pub(super) fn bm25_of<'t>(
    searcher: &Searcher,
    fields: &Fields,
    field: Field,
    words: impl Iterator<Item = &'t Terms> + Clone,
) -> tantivy::Result<Bm25> {
    let mut doc_freqs = vec![0; words.clone().count()];
    let mut articles = 0;
    let mut tokens = 0;
    // The column that articles, and no other documents, have.
    let column = fields.name_of(fields.words);
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        tokens += index.total_num_tokens();
        articles += u64::from(segment.fast_fields().u64(column)?.values.num_vals());
        for (terms, frequency) in words.clone().zip(&mut doc_freqs) {
            for term in terms {
                *frequency += index.terms().get(term)?.map_or(0, |info| u64::from(info.doc_freq));
            }
        }
    }
    Ok(Bm25::new(&doc_freqs, articles, tokens as f32 / articles.max(1) as f32))
}

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { searcher, .. } => {
                Some(bm25_of(searcher, &self.fields, self.field, self.words.iter())?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(TextWeight { query: self.clone(), bm25 }))
    }
}

struct TextWeight {
    query: TextQuery,
    bm25: Option<Bm25>,
}

impl TextWeight {
    fn text_scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<TextScorer> {
        let query = &self.query;
        let needs_positions = query.words.len() > 1 || query.within.is_some();
        let option = match (needs_positions, &self.bm25) {
            (true, _) => IndexRecordOption::WithFreqsAndPositions,
            (false, Some(_)) => IndexRecordOption::WithFreqs,
            (false, None) => IndexRecordOption::Basic,
        };
        let words = query
            .words
            .iter()
            .map(|terms| WordPostings::open(segment, query.field, terms, option))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let within = match &query.within {
            Some(column) => Some(segment.fast_fields().u64(column)?),
            None => None,
        };
        let scoring = Scoring::open(self.bm25.as_ref(), segment, query.field)?;
        let boost = boost * query.boost;
        let mut scorer = TextScorer {
            doc: 0,
            words,
            within,
            scoring,
            boost,
            occurrences: 0,
            starts: Vec::new(),
            positions: Vec::new(),
        };
        let first = scorer.words.iter().map(DocSet::doc).max().unwrap_or(TERMINATED);
        scorer.settle(first);
        Ok(scorer)
    }
}

impl Weight for TextWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.text_scorer(segment, boost)?))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explanation(self.text_scorer(segment, 1.0)?, doc)
    }
}

/// Goes through the articles that have the words side by side.
struct TextScorer {
    doc: DocId,
    words: Vec<WordPostings>,
    within: Option<Column<u64>>,
    scoring: Option<Scoring>,
    boost: Score,
    /// How often they stand side by side in this article.
    occurrences: u32,
    /// Reused: where they may start, and positions of one word.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl TextScorer {
    /// Moves to the first match at or after `doc`, which is where some word
    /// stands, or further.
    fn settle(&mut self, mut doc: DocId) -> DocId {
        'articles: while doc != TERMINATED {
            for word in &mut self.words {
                let found = if word.doc() < doc { word.seek(doc) } else { word.doc() };
                if found > doc {
                    doc = found;
                    continue 'articles;
                }
            }
            self.doc = doc;
            if self.matches_here() {
                return doc;
            }
            doc = self.words[0].advance();
        }
        self.doc = TERMINATED;
        TERMINATED
    }

    /// Whether the words, which all stand in this article, stand side by side.
    fn matches_here(&mut self) -> bool {
        if self.words.len() == 1 && self.within.is_none() {
            return true;
        }
        let Self { words, starts, positions, .. } = self;
        for (offset, word) in (0..).zip(words.iter_mut()) {
            if offset == 0 {
                word.positions(starts);
            } else {
                word.positions(positions);
                keep_followed(starts, positions, offset);
            }
            if starts.is_empty() {
                return false;
            }
        }
        if let Some(lengths) = &self.within {
            let end = lengths.first(self.doc).unwrap_or_default();
            let last = self.words.len() as u64 - 1;
            self.starts.retain(|start| u64::from(*start) + last < end);
        }
        self.occurrences = self.starts.len() as u32;
        self.occurrences > 0
    }
}

/// Keeps those of `starts` that have a position `offset` words further. Both
/// are sorted.
pub(super) fn keep_followed(starts: &mut Vec<u32>, positions: &[u32], offset: u32) {
    let mut rest = positions.iter().copied().peekable();
    starts.retain(|start| {
        let wanted = start + offset;
        while rest.next_if(|position| *position < wanted).is_some() {}
        rest.peek() == Some(&wanted)
    });
}

impl DocSet for TextScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.words[0].advance();
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.settle(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(DocSet::size_hint).min().unwrap_or(0)
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        let Some(scoring) = &self.scoring else { return 0.0 };
        let occurrences = match &self.words[..] {
            [word] if self.within.is_none() => word.occurrences(),
            _ => self.occurrences,
        };
        self.boost * scoring.score(self.doc, occurrences)
    }
}

#[cfg(test)]
mod tests {
    use super::keep_followed;

    #[test]
    fn starts_are_kept_when_the_next_word_follows() {
        let mut starts = vec![1, 4, 9];
        keep_followed(&mut starts, &[2, 6, 11], 2);
        assert_eq!(starts, [4, 9]);
    }
}
