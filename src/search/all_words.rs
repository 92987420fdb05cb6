//! Articles that have all of some words, each in title or body, as the engine's query.
//!
//! Where the words are about equally frequent, all their postings are read, block by
//! block: a bit for each article tells which have all words, and then only these are
//! scored. That takes half the time of looking each article of one word up in those of
//! the others. Where one word is far rarer, they are looked up.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score};

use super::bm25::{Bm25, Scoring, explanation};
use super::filters::Engine;
use super::list::List;
use super::text_query::{TextQuery, WordsInField};

/// How many postings are read for each article of the rarest word, at most. On news
/// both ways take as long where the words have twelve times as many postings as the
/// rarest.
const READ_FOR_ONE: u64 = 12;

/// Single words, all of which an article must have.
#[derive(Clone, Debug)]
pub(super) struct AllWords {
    words: Arc<[TextQuery]>,
}

impl AllWords {
    /// Of words that are each one word, wherever it stands ([`TextQuery::is_plain`]).
    pub(super) fn new(words: Vec<TextQuery>) -> Self {
        Self { words: words.into() }
    }
}

impl Query for AllWords {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let bm25 = match scoring {
            EnableScoring::Enabled { .. } => Some(self.words.iter().map(TextQuery::bm25).collect()),
            EnableScoring::Disabled { .. } => None,
        };
        let each = |word: &TextQuery| (Occur::Must, Box::new(word.clone()) as Engine);
        let looked_up = BooleanQuery::new(self.words.iter().map(each).collect()).weight(scoring)?;
        Ok(Box::new(AllWordsWeight { words: Arc::clone(&self.words), bm25, looked_up }))
    }
}

struct AllWordsWeight {
    words: Arc<[TextQuery]>,
    /// For each word, its weight in each of its fields.
    bm25: Option<Vec<Vec<Bm25>>>,
    /// The same articles, looked up one by one.
    looked_up: Box<dyn Weight>,
}

impl AllWordsWeight {
    /// Whether all postings are read in a segment.
    fn reads_all(&self, segment: &SegmentReader) -> bool {
        let id = segment.segment_id();
        let of_part = |part: &WordsInField| -> u64 {
            part.words[0].in_segment(id).iter().map(|term| u64::from(term.doc_freq)).sum()
        };
        let of_word = |word: &TextQuery| word.parts.iter().map(of_part).sum::<u64>();
        let frequencies = self.words.iter().map(of_word);
        let rarest = frequencies.clone().min().unwrap_or(0);
        frequencies.sum::<u64>() <= rarest.saturating_mul(READ_FOR_ONE)
    }

    fn found(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<List> {
        let mut having: Option<Bits> = None;
        for word in self.words.iter() {
            let mut bits = Bits::of(segment.max_doc());
            for part in word.parts.iter() {
                part.each_block(segment, IndexRecordOption::Basic, |block| {
                    block.docs().iter().for_each(|doc| bits.set(*doc));
                })?;
            }
            having = Some(match having {
                None => bits,
                Some(having) => having.and(&bits),
            });
        }
        let ranks = Ranks::of(having.unwrap_or_default());
        let mut scores = vec![0.0; if self.bm25.is_some() { ranks.docs.len() } else { 0 }];
        for (word, bm25) in self.words.iter().zip(self.bm25.iter().flatten()) {
            let of_word = word_scores(word, bm25, segment, &ranks, boost)?;
            scores.iter_mut().zip(of_word).for_each(|(score, more)| *score += more);
        }
        Ok(List::new(ranks.docs, scores))
    }
}

/// What a word adds to the score of each article.
fn word_scores(
    word: &TextQuery,
    bm25: &[Bm25],
    segment: &SegmentReader,
    ranks: &Ranks,
    boost: Score,
) -> tantivy::Result<Vec<Score>> {
    let mut scores = vec![0.0; ranks.docs.len()];
    let mut occurrences = vec![0_u32; ranks.docs.len()];
    for (part, bm25) in word.parts.iter().zip(bm25) {
        occurrences.fill(0);
        part.each_block(segment, IndexRecordOption::WithFreqs, |block| {
            for (doc, times) in block.docs().iter().zip(block.freqs()) {
                if let Some(rank) = ranks.of_doc(*doc) {
                    occurrences[rank] += times;
                }
            }
        })?;
        let Some(scoring) = Scoring::open(Some(bm25), segment, part.field)? else { continue };
        let boost = boost * part.boost;
        for ((doc, times), score) in ranks.docs.iter().zip(&occurrences).zip(&mut scores) {
            if *times > 0 {
                *score += boost * scoring.score(*doc, *times);
            }
        }
    }
    Ok(scores)
}

impl WordsInField {
    /// Calls `take` with each block of the postings of the one word.
    fn each_block(
        &self,
        segment: &SegmentReader,
        option: IndexRecordOption,
        mut take: impl FnMut(&BlockSegmentPostings),
    ) -> tantivy::Result<()> {
        let terms = self.words[0].in_segment(segment.segment_id());
        if terms.is_empty() {
            return Ok(());
        }
        let index = segment.inverted_index(self.field)?;
        for term in terms {
            let mut block = index.read_block_postings_from_terminfo(term, option)?;
            while block.block_len() > 0 {
                take(&block);
                block.advance();
            }
        }
        Ok(())
    }
}

impl Weight for AllWordsWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.reads_all(segment) {
            return Ok(Box::new(self.found(segment, boost)?));
        }
        self.looked_up.scorer(segment, boost)
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explanation(self.scorer(segment, 1.0)?, doc)
    }
}

/// A bit for each document of a segment.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn of(documents: u32) -> Self {
        Self(vec![0; documents.div_ceil(64) as usize])
    }

    fn set(&mut self, doc: DocId) {
        self.0[doc as usize / 64] |= 1 << (doc % 64);
    }

    fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(one, other)| *one &= other);
        self
    }
}

/// Documents, and the place of each among them.
struct Ranks {
    bits: Bits,
    /// For each word of bits, how many documents come before it.
    before: Vec<u32>,
    docs: Vec<DocId>,
}

impl Ranks {
    fn of(bits: Bits) -> Self {
        let mut before = Vec::with_capacity(bits.0.len());
        let mut docs = Vec::new();
        for (start, word) in (0..).step_by(64).zip(&bits.0) {
            before.push(docs.len() as u32);
            let mut rest = *word;
            while rest != 0 {
                docs.push(start + rest.trailing_zeros());
                rest &= rest - 1;
            }
        }
        Self { bits, before, docs }
    }

    fn of_doc(&self, doc: DocId) -> Option<usize> {
        let (place, bit) = (doc as usize / 64, doc % 64);
        let word = self.bits.0[place];
        let lower = word & ((1 << bit) - 1);
        (word >> bit & 1 == 1).then(|| (self.before[place] + lower.count_ones()) as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Bits, Ranks};

    proptest! {
        #[test]
        fn documents_of_both_have_their_places(
            one in prop::collection::btree_set(0_u32..300, 0..60),
            other in prop::collection::btree_set(0_u32..300, 0..200),
        ) {
            let bits = |docs: &std::collections::BTreeSet<u32>| {
                let mut bits = Bits::of(300);
                docs.iter().for_each(|doc| bits.set(*doc));
                bits
            };
            let ranks = Ranks::of(bits(&one).and(&bits(&other)));
            let expected: Vec<u32> = one.intersection(&other).copied().collect();
            prop_assert_eq!(&ranks.docs, &expected);
            for doc in 0..300 {
                prop_assert_eq!(ranks.of_doc(doc), expected.iter().position(|it| *it == doc));
            }
        }
    }
}
