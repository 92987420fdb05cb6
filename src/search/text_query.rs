//! Words side by side in title or body, as the engine's query.
//!
//! One word is the simplest case of it. Each word stands for several terms,
//! whose occurrences count as its own.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, TERMINATED};

use super::bm25::{Bm25, FieldScore, Scoring, explanation};
use super::postings::WordPostings;
use super::vocabulary::FoundWord;
use crate::index::Fields;

/// Words side by side in one of some fields.
#[derive(Clone, Debug)]
pub(super) struct TextQuery {
    pub(super) parts: Arc<[WordsInField]>,
    /// How many articles the index has terms of.
    pub(super) articles: u64,
}

/// Words side by side in a field.
#[derive(Clone, Debug)]
pub(super) struct WordsInField {
    pub(super) field: Field,
    pub(super) words: Vec<FoundWord>,
    /// The mean length of the field.
    pub(super) mean_length: f32,
    /// The column of lengths below which they must stand, to be in the lead.
    pub(super) within: Option<String>,
    pub(super) boost: f32,
}

/// BM25 for words in a field, over `articles` of a mean length there.
pub(super) fn bm25_of<'w>(
    articles: u64,
    mean_length: f32,
    words: impl Iterator<Item = &'w FoundWord>,
) -> Bm25 {
    let doc_freqs: Vec<u64> = words.map(FoundWord::doc_freq).collect();
    Bm25::new(&doc_freqs, articles, mean_length)
}

impl TextQuery {
    /// Whether postings alone tell which articles match: one word, wherever it
    /// stands.
    pub(super) fn is_plain(&self) -> bool {
        self.parts.iter().all(|part| part.words.len() == 1 && part.within.is_none())
    }

    /// What a match counts in each of the fields.
    pub(super) fn bm25(&self) -> Vec<Bm25> {
        let of_part =
            |part: &WordsInField| bm25_of(self.articles, part.mean_length, part.words.iter());
        self.parts.iter().map(of_part).collect()
    }

    fn scored(&self) -> TextWeight {
        TextWeight { parts: Arc::clone(&self.parts), bm25: Some(self.bm25()) }
    }

    /// What the score of an article is made of.
    pub(super) fn field_scores(
        &self,
        searcher: &Searcher,
        at: DocAddress,
        fields: &Fields,
    ) -> tantivy::Result<Vec<FieldScore>> {
        let segment = searcher.segment_reader(at.segment_ord);
        let mut scorer = self.scored().text_scorer(segment, 1.0)?;
        scorer.seek(at.doc_id);
        let here = scorer.parts.iter().filter(|part| part.doc == at.doc_id);
        let of_field = |part: &FieldScorer| {
            let text = fields.text_part(part.field)?;
            let scoring = part.scoring.as_ref()?;
            Some(scoring.parts(at.doc_id, part.occurrences(), part.boost, text))
        };
        Ok(here.filter_map(of_field).collect())
    }
}

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(match scoring {
            EnableScoring::Enabled { .. } => self.scored(),
            EnableScoring::Disabled { .. } => {
                TextWeight { parts: Arc::clone(&self.parts), bm25: None }
            }
        }))
    }
}

struct TextWeight {
    parts: Arc<[WordsInField]>,
    bm25: Option<Vec<Bm25>>,
}

impl TextWeight {
    fn text_scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<TextScorer> {
        let mut parts = Vec::with_capacity(self.parts.len());
        for (number, part) in self.parts.iter().enumerate() {
            let bm25 = self.bm25.as_ref().map(|bm25| &bm25[number]);
            let scorer = part.open(segment, bm25, boost)?;
            if scorer.doc() != TERMINATED {
                parts.push(scorer);
            }
        }
        let doc = lowest(&parts);
        Ok(TextScorer { parts, doc })
    }
}

impl WordsInField {
    fn open(
        &self,
        segment: &SegmentReader,
        bm25: Option<&Bm25>,
        boost: Score,
    ) -> tantivy::Result<FieldScorer> {
        let needs_positions = self.words.len() > 1 || self.within.is_some();
        let option = match (needs_positions, bm25) {
            (true, _) => IndexRecordOption::WithFreqsAndPositions,
            (false, Some(_)) => IndexRecordOption::WithFreqs,
            (false, None) => IndexRecordOption::Basic,
        };
        let words = self
            .words
            .iter()
            .map(|word| WordPostings::open(segment, self.field, word, option))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let within = match &self.within {
            Some(column) => Some(segment.fast_fields().u64(column)?),
            None => None,
        };
        let mut scorer = FieldScorer {
            field: self.field,
            doc: 0,
            is_plain: !needs_positions,
            words,
            within,
            scoring: Scoring::open(bm25, segment, self.field)?,
            boost: boost * self.boost,
            occurrences: 0,
            starts: Vec::new(),
            positions: Vec::new(),
        };
        let first = scorer.words.iter().map(DocSet::doc).max().unwrap_or(TERMINATED);
        if scorer.is_plain {
            scorer.doc = first;
        } else {
            scorer.settle(first);
        }
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

/// Goes through the articles that have the words in any of the fields. The score
/// is worked out only where it is asked for: of an intersection, that is where
/// all its parts meet.
struct TextScorer {
    /// Those fields that have them.
    parts: Vec<FieldScorer>,
    doc: DocId,
}

fn lowest(parts: &[FieldScorer]) -> DocId {
    parts.iter().map(|part| part.doc).min().unwrap_or(TERMINATED)
}

impl DocSet for TextScorer {
    fn advance(&mut self) -> DocId {
        for part in &mut self.parts {
            if part.doc == self.doc {
                part.advance();
            }
        }
        self.doc = lowest(&self.parts);
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for part in &mut self.parts {
            part.seek(target);
        }
        self.doc = lowest(&self.parts);
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.parts.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        self.parts.iter().filter(|part| part.doc == self.doc).map(FieldScorer::score).sum()
    }
}

/// Goes through the articles that have the words side by side in one field.
struct FieldScorer {
    field: Field,
    doc: DocId,
    words: Vec<WordPostings>,
    within: Option<Column<u64>>,
    scoring: Option<Scoring>,
    boost: Score,
    /// Whether the postings alone tell which articles have it: one word, wherever
    /// it stands.
    is_plain: bool,
    /// How often they stand side by side in this article.
    occurrences: u32,
    /// Reused: where they may start, and positions of one word.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl FieldScorer {
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

    /// The score of the present article; nothing, where nothing is scored.
    fn score(&self) -> Score {
        let Some(scoring) = &self.scoring else { return 0.0 };
        self.boost * scoring.score(self.doc, self.occurrences())
    }

    /// How often the words stand in the present article.
    fn occurrences(&self) -> u32 {
        if self.is_plain { self.words[0].occurrences() } else { self.occurrences }
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

impl DocSet for FieldScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        let next = self.words[0].advance();
        if self.is_plain {
            self.doc = next;
            return next;
        }
        self.settle(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if self.is_plain {
            self.doc = self.words[0].seek(target);
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
