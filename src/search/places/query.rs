//! Articles in which an operand has places, as the engine's query.

use std::sync::Arc;

use tantivy::index::SegmentReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, TERMINATED};

use super::operand::{Opened, Operand};
use crate::index::Fields;
use crate::search::bm25::{Bm25, FieldScore, Scoring, explanation};
use crate::search::text_query::bm25_of;

/// An operand in one field, with what a place there counts.
#[derive(Clone, Debug)]
pub(in crate::search) struct InField {
    pub(in crate::search) field: Field,
    pub(in crate::search) operand: Operand,
    pub(in crate::search) boost: f32,
    /// The mean length of the field.
    pub(in crate::search) mean_length: f32,
}

/// Articles in which an operand has at least so many places, in all its fields
/// together.
#[derive(Clone, Debug)]
pub(in crate::search) struct PlacesQuery {
    pub(in crate::search) operands: Arc<[InField]>,
    /// How many articles the index has terms of.
    pub(in crate::search) articles: u64,
    pub(in crate::search) at_least: usize,
}

impl PlacesQuery {
    fn scored(&self) -> PlacesWeight {
        let of_field = |in_field: &InField| {
            let mut words = Vec::new();
            in_field.operand.words(&mut words);
            bm25_of(self.articles, in_field.mean_length, words.into_iter())
        };
        let bm25 = self.operands.iter().map(of_field).collect();
        PlacesWeight { query: self.clone(), bm25: Some(bm25) }
    }

    /// What the score of an article is made of.
    pub(in crate::search) fn field_scores(
        &self,
        searcher: &Searcher,
        at: DocAddress,
        fields: &Fields,
    ) -> tantivy::Result<Vec<FieldScore>> {
        let segment = searcher.segment_reader(at.segment_ord);
        let mut scorer = self.scored().open(segment, 1.0)?;
        if scorer.seek(at.doc_id) != at.doc_id {
            return Ok(Vec::new());
        }
        let of_field = |(place, field): (&FieldPlaces, &InField)| {
            let text = fields.text_part(field.field)?;
            let scoring = place.scoring.as_ref().filter(|_| place.count > 0)?;
            Some(scoring.parts(at.doc_id, place.count as u32, place.boost, text))
        };
        Ok(scorer.fields.iter().zip(self.operands.iter()).filter_map(of_field).collect())
    }
}

impl Query for PlacesQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(match scoring {
            EnableScoring::Enabled { .. } => self.scored(),
            EnableScoring::Disabled { .. } => PlacesWeight { query: self.clone(), bm25: None },
        }))
    }
}

struct PlacesWeight {
    query: PlacesQuery,
    bm25: Option<Vec<Bm25>>,
}

impl PlacesWeight {
    fn open(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<PlacesScorer> {
        let mut fields = Vec::with_capacity(self.query.operands.len());
        for (number, in_field) in self.query.operands.iter().enumerate() {
            let bm25 = self.bm25.as_ref().map(|bm25| &bm25[number]);
            let mut operand = in_field.operand.open(segment, in_field.field)?;
            fields.push(FieldPlaces {
                scoring: Scoring::open(bm25, segment, in_field.field)?,
                boost: boost * in_field.boost,
                doc: operand.seek(0),
                operand,
                count: 0,
            });
        }
        let at_least = self.query.at_least;
        let mut scorer = PlacesScorer { fields, at_least, doc: 0, places: Vec::new() };
        scorer.settle(0);
        Ok(scorer)
    }
}

impl Weight for PlacesWeight {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.open(segment, boost)?))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explanation(self.open(segment, 1.0)?, doc)
    }
}

/// An operand at work in one field of a segment.
struct FieldPlaces {
    operand: Opened,
    scoring: Option<Scoring>,
    boost: Score,
    /// The next article in which it may stand.
    doc: DocId,
    /// How many places it has in the present article.
    count: usize,
}

/// What reading the places of an article costs beside looking it up in a list, so
/// that cheaper parts of a query are asked first: positions of a few words are
/// unpacked and compared.
const READING: u64 = 20;

/// Goes through the articles in which there are places enough.
struct PlacesScorer {
    fields: Vec<FieldPlaces>,
    at_least: usize,
    doc: DocId,
    places: Vec<super::Place>,
}

impl PlacesScorer {
    /// Moves to the first match at or after `target`.
    fn settle(&mut self, mut target: DocId) -> DocId {
        loop {
            for field in &mut self.fields {
                if field.doc < target {
                    field.doc = field.operand.seek(target);
                }
            }
            let doc = self.fields.iter().map(|field| field.doc).min().unwrap_or(TERMINATED);
            self.doc = doc;
            if doc == TERMINATED || self.has_enough() {
                return doc;
            }
            target = doc + 1;
        }
    }

    /// Counts the places in the present article.
    fn has_enough(&mut self) -> bool {
        let mut all = 0;
        for field in &mut self.fields {
            field.count = 0;
            if field.doc == self.doc {
                field.operand.places(self.doc, &mut self.places);
                field.count = self.places.len();
                all += field.count;
            }
        }
        all >= self.at_least
    }
}

impl DocSet for PlacesScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.settle(self.doc + 1)
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
        // At most so many: how many have places, only reading these tells.
        self.fields.iter().map(|field| field.operand.size_hint()).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        u64::from(self.size_hint()) * READING
    }
}

impl Scorer for PlacesScorer {
    fn score(&mut self) -> Score {
        let of_field = |field: &FieldPlaces| match &field.scoring {
            Some(scoring) if field.count > 0 => {
                field.boost * scoring.score(self.doc, field.count as u32)
            }
            _ => 0.0,
        };
        self.fields.iter().map(of_field).sum()
    }
}
