//! BM25: how much a match says about an article.
//!
//! Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and
//! Beyond* (2009), with the idf that stays positive (as in Lucene). Ours, not
//! the engine's, since one word of a query stands for several terms, which
//! count as one.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentReader;
use tantivy::query::{Explanation, Scorer};
use tantivy::schema::Field;
use tantivy::{DocId, TantivyError};

use crate::annotate::TextPart;

/// How soon repetition stops to count; the usual value (Robertson 2009: 1.2 to
/// 2.0).
const K1: f32 = 1.2;
/// How much length counts; the usual value (Robertson 2009: 0.5 to 0.8).
const B: f32 = 0.75;

/// The weight of one match in one field: a word, or words side by side.
#[derive(Clone, Debug)]
pub(super) struct Bm25 {
    idf: f32,
    mean_length: f32,
    /// `K1 * (1 - B + B * length / mean length)` for each length code.
    length_norms: Arc<[f32; 256]>,
}

impl Bm25 {
    /// `doc_freqs`: for each word, how many articles have it; `articles`: how
    /// many there are; `mean_length`: of the field.
    pub(super) fn new(doc_freqs: &[u64], articles: u64, mean_length: f32) -> Self {
        let idf = |frequency: &u64| {
            let frequency = (*frequency).min(articles) as f32;
            (1.0 + (articles as f32 - frequency + 0.5) / (frequency + 0.5)).ln()
        };
        let mut length_norms = [0.0; 256];
        for (code, norm) in (0..=u8::MAX).zip(length_norms.iter_mut()) {
            let length = FieldNormReader::id_to_fieldnorm(code) as f32;
            *norm = K1 * (1.0 - B + B * length / mean_length.max(1.0));
        }
        Self {
            idf: doc_freqs.iter().map(idf).sum(),
            mean_length,
            length_norms: Arc::new(length_norms),
        }
    }

    /// The score of `occurrences` in a field whose length has this code.
    pub(super) fn score(&self, length_code: u8, occurrences: u32) -> f32 {
        let occurrences = occurrences as f32;
        let norm = self.length_norms[usize::from(length_code)];
        self.idf * (1.0 + K1) * occurrences / (occurrences + norm)
    }
}

/// A weight with the lengths of the articles of a segment.
pub(super) struct Scoring {
    bm25: Bm25,
    lengths: FieldNormReader,
}

impl Scoring {
    /// Of one field; none where nothing is scored.
    pub(super) fn open(
        bm25: Option<&Bm25>,
        segment: &SegmentReader,
        field: Field,
    ) -> tantivy::Result<Option<Self>> {
        let Some(bm25) = bm25 else { return Ok(None) };
        Ok(Some(Self { bm25: bm25.clone(), lengths: segment.get_fieldnorms_reader(field)? }))
    }

    /// The score of `occurrences` in an article.
    pub(super) fn score(&self, doc: DocId, occurrences: u32) -> f32 {
        self.bm25.score(self.lengths.fieldnorm_id(doc), occurrences)
    }
}

/// What the score of an article is made of in one field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FieldScore {
    /// The field: title or body.
    pub part: TextPart,
    /// How often the words stand there; of a proximity, how many places it has.
    pub occurrences: u32,
    /// Words of the field and marks among them, as the index keeps it: in one byte.
    pub length: u32,
    /// The mean of that over all articles.
    pub mean_length: f32,
    /// How rare the words are: for each ln(1 + (articles − having + ½) ∕ (having + ½)).
    pub idf: f32,
    /// What a match in this field counts.
    pub weight: f32,
    /// weight · idf · 2.2 · occurrences ∕ (occurrences + 1.2 · (0.25 + 0.75 · length ∕
    /// mean length)).
    pub score: f32,
}

impl Scoring {
    /// What the score of `occurrences` in an article is made of.
    pub(super) fn parts(
        &self,
        doc: DocId,
        occurrences: u32,
        weight: f32,
        part: TextPart,
    ) -> FieldScore {
        FieldScore {
            part,
            occurrences,
            length: self.lengths.fieldnorm(doc),
            mean_length: self.bm25.mean_length,
            idf: self.bm25.idf,
            weight,
            score: weight * self.score(doc, occurrences),
        }
    }
}

/// The engine's explanation of an article's score.
pub(super) fn explanation(mut scorer: impl Scorer, doc: DocId) -> tantivy::Result<Explanation> {
    if scorer.doc() > doc || scorer.doc() < doc && scorer.seek(doc) != doc {
        return Err(TantivyError::InvalidArgument(format!("article {doc} does not match")));
    }
    Ok(Explanation::new("BM25", scorer.score()))
}

#[cfg(test)]
mod tests {
    use super::Bm25;
    use tantivy::fieldnorm::FieldNormReader;

    #[test]
    fn rare_repeated_and_short_count_more() {
        let code = FieldNormReader::fieldnorm_to_id;
        // Lengths are kept in one byte; this is one that is kept exactly.
        let mean = FieldNormReader::id_to_fieldnorm(code(100));
        let rare = Bm25::new(&[5], 1000, mean as f32);
        let common = Bm25::new(&[500], 1000, mean as f32);
        assert!(rare.score(code(mean), 1) > common.score(code(mean), 1));
        assert!(rare.score(code(mean), 2) > rare.score(code(mean), 1));
        assert!(rare.score(code(40), 1) > rare.score(code(400), 1));
        // By hand: idf = ln(1 + 995.5 / 5.5); at mean length and tf 1 the rest is 1.
        assert!((rare.score(code(mean), 1) - (1.0_f32 + 995.5 / 5.5).ln()).abs() < 0.001);
    }
}
