//! The keys of a field of names over all segments, and the articles of each.

use tantivy::columnar::StrColumn;
use tantivy::{Searcher, SegmentReader};

use super::strings::Strings;
use crate::index::{Fields, IndexError, NameFields};

/// The keys of one field.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Sorted, each once.
    pub(super) texts: Strings,
    /// For each segment, the place in `texts` of each ordinal of its column.
    pub(super) places: Vec<Vec<u32>>,
    /// Where the articles of each key start in `docs`, and where the last end.
    starts: Vec<u32>,
    /// Articles by number, counted over all segments, in order for each key.
    docs: Vec<u32>,
}

impl Keys {
    pub(super) fn read(
        fields: &Fields,
        names: NameFields,
        searcher: &Searcher,
    ) -> Result<Self, IndexError> {
        let mut columns = Vec::new();
        let mut texts = Strings::default();
        let mut of_segments = Vec::new();
        for segment in searcher.segment_readers() {
            let column = segment.fast_fields().str(fields.name_of(names.keys))?;
            let own = match &column {
                Some(column) => dictionary(column)?,
                None => Strings::default(),
            };
            texts = texts.merged(&own);
            of_segments.push(own);
            columns.push(column);
        }
        let places = of_segments.iter().map(|own| places_in(&texts, own)).collect();
        let mut keys = Self { texts, places, starts: Vec::new(), docs: Vec::new() };
        keys.read_articles(searcher.segment_readers(), &columns);
        Ok(keys)
    }

    /// Which articles have which key.
    fn read_articles(&mut self, segments: &[SegmentReader], columns: &[Option<StrColumn>]) {
        let mut starts = vec![0_u32; self.texts.len() + 1];
        self.each_mention(segments, columns, |key, _| starts[key as usize + 1] += 1);
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut docs = vec![0_u32; starts.last().copied().unwrap_or(0) as usize];
        let mut free = starts.clone();
        self.each_mention(segments, columns, |key, doc| {
            let place = &mut free[key as usize];
            docs[*place as usize] = doc;
            *place += 1;
        });
        self.starts = starts;
        self.docs = docs;
    }

    /// Calls `take` for each key of each article, articles in order.
    fn each_mention(
        &self,
        segments: &[SegmentReader],
        columns: &[Option<StrColumn>],
        mut take: impl FnMut(u32, u32),
    ) {
        let mut first = 0;
        for ((segment, column), places) in segments.iter().zip(columns).zip(&self.places) {
            if let Some(column) = column {
                for doc in segment.doc_ids_alive() {
                    for ord in column.term_ords(doc) {
                        take(places[ord as usize], first + doc);
                    }
                }
            }
            first += segment.max_doc();
        }
    }

    /// How many articles have the key.
    pub(super) fn articles(&self, key: usize) -> u32 {
        self.starts[key + 1] - self.starts[key]
    }

    /// The articles that have the key.
    pub(super) fn docs(&self, key: usize) -> &[u32] {
        &self.docs[self.starts[key] as usize..self.starts[key + 1] as usize]
    }
}

/// The keys in the dictionary of a column, by ordinal.
fn dictionary(column: &StrColumn) -> Result<Strings, IndexError> {
    let mut keys = Strings::default();
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let key = std::str::from_utf8(stream.key())
            .map_err(|_| IndexError::Damaged { what: "a name is no text" })?;
        keys.push(key);
    }
    Ok(keys)
}

/// Where each of `some` stands in `all`; both are sorted.
fn places_in(all: &Strings, some: &Strings) -> Vec<u32> {
    let mut place = 0;
    let places = some.iter().map(|key| {
        while place < all.len() && all.get(place) < key {
            place += 1;
        }
        place as u32
    });
    places.collect()
}
