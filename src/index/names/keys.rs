//! The keys of a field of names over all segments, and the articles of each.

use tantivy::columnar::StrColumn;

use super::segments::Segments;
use super::strings::{Strings, merged};
use crate::index::{Fields, IndexError, NameFields};

/// The keys of one field.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Sorted, each once.
    pub(super) texts: Strings,
    /// For each segment, the place in `texts` of each ordinal of its column.
    pub(super) places: Vec<Vec<u32>>,
    /// The articles of each, once they were read.
    pub(super) articles: KeyArticles,
}

/// The articles of each key of one field.
#[derive(Debug, Default)]
pub(super) struct KeyArticles {
    /// Where the articles of each key start in `docs`, and where the last end.
    starts: Vec<u32>,
    /// Articles by number, counted over all segments, in order for each key.
    docs: Vec<u32>,
}

impl Keys {
    pub(super) fn read(
        fields: &Fields,
        names: NameFields,
        segments: &Segments<'_>,
    ) -> Result<Self, IndexError> {
        let field = fields.name_of(names.keys);
        let dictionaries = (0..segments.count()).map(|number| {
            match segments.open(number)?.fast_fields().str(field)? {
                Some(column) => dictionary(&column),
                None => Ok(Strings::default()),
            }
        });
        let (texts, places) = merged(&dictionaries.collect::<Result<Vec<_>, _>>()?);
        Ok(Self { texts, places, articles: KeyArticles::default() })
    }

    /// Reads which articles have which key.
    pub(super) fn read_articles(
        &self,
        fields: &Fields,
        names: NameFields,
        segments: &Segments<'_>,
    ) -> Result<KeyArticles, IndexError> {
        let field = fields.name_of(names.keys);
        let mut starts = vec![0_u32; self.texts.len() + 1];
        self.each_mention(field, segments, |key, _| starts[key as usize + 1] += 1)?;
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut docs = vec![0_u32; starts.last().copied().unwrap_or(0) as usize];
        let mut free = starts.clone();
        self.each_mention(field, segments, |key, doc| {
            let place = &mut free[key as usize];
            docs[*place as usize] = doc;
            *place += 1;
        })?;
        Ok(KeyArticles { starts, docs })
    }

    /// Calls `take` for each key of each article, articles in order.
    fn each_mention(
        &self,
        field: &str,
        segments: &Segments<'_>,
        mut take: impl FnMut(u32, u32),
    ) -> Result<(), IndexError> {
        let mut first = 0;
        for (number, places) in self.places.iter().enumerate() {
            let segment = segments.open(number)?;
            if let Some(column) = segment.fast_fields().str(field)? {
                for doc in segment.doc_ids_alive() {
                    for ord in column.term_ords(doc) {
                        take(places[ord as usize], first + doc);
                    }
                }
            }
            first += segment.max_doc();
        }
        Ok(())
    }

    /// How many articles have the key.
    pub(super) fn articles(&self, key: usize) -> u32 {
        let KeyArticles { starts, .. } = &self.articles;
        starts[key + 1] - starts[key]
    }

    /// Forgets which they are, and keeps how many.
    pub(super) fn forget_docs(&mut self) {
        self.articles.docs = Vec::new();
    }

    /// The articles that have the key.
    pub(super) fn docs(&self, key: usize) -> &[u32] {
        let KeyArticles { starts, docs } = &self.articles;
        &docs[starts[key] as usize..starts[key + 1] as usize]
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
