//! Counts the articles of queries, alone or by the values of fields.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::article_set::ArticleSet;
use super::dimension::Dimension;
use super::sets::Sets;
use crate::index::IndexReader;
use crate::query::Query;
use crate::search::error::SearchError;
use crate::search::names::Aliases;
use crate::search::results::FacetField;

/// Fields by which can be counted at once. Three make a table whose cells a
/// reader can still find; more would hold few articles each.
pub const MOST_DIMENSIONS: usize = 3;

/// Cells that the counts of one query may have: 60 MB of them. A question by people,
/// organizations and places at once must not fill the memory.
pub const MOST_CELLS: usize = 2_000_000;

/// What is counted, and how queries are understood.
#[derive(Clone, Debug)]
pub struct CountRequest {
    /// By which fields, [`MOST_DIMENSIONS`] at most; by none, each query has its
    /// total alone.
    pub by: Vec<FacetField>,
    /// The day that relative dates in queries count from.
    pub today: Date,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// How many different words of the index a pattern may take in.
    pub pattern_limit: usize,
}

/// Counts queries over one index. Threads may share it: what queries have in
/// common is found once for all.
pub struct Counter<'a> {
    pub(in crate::search) sets: Sets<'a>,
    dimensions: Vec<Dimension>,
}

/// How many articles match a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// All of them.
    pub total: u64,
    /// Those with each combination of values, if any has it, in the order of the
    /// values; [`Counter::values`] gives these. An article with several values of a
    /// field is in the cell of each, one without any in a cell without value.
    pub cells: Vec<Cell>,
}

/// How many articles have certain values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    key: Key,
    /// How many articles.
    pub articles: u64,
}

/// The number of a value in each field that is counted by; 0 beyond them.
type Key = [u32; MOST_DIMENSIONS];

impl<'a> Counter<'a> {
    /// A counter over an index.
    ///
    /// # Errors
    ///
    /// When there are too many fields, the aliases contradict each other, or the index
    /// cannot be read.
    pub fn new(reader: &'a IndexReader, request: &'a CountRequest) -> Result<Self, SearchError> {
        if request.by.len() > MOST_DIMENSIONS {
            return Err(SearchError::TooManyFields { limit: MOST_DIMENSIONS });
        }
        let sets = Sets::new(reader, &request.aliases, request.today, request.pattern_limit)?;
        let dimension =
            |field: &FacetField| Dimension::of(&sets.names, *field, &sets.places, &sets.every);
        let dimensions = request.by.iter().map(dimension).collect::<Result<_, _>>()?;
        Ok(Self { sets, dimensions })
    }

    /// Counts the articles of a query.
    ///
    /// # Errors
    ///
    /// When a pattern takes in too much, there would be more than [`MOST_CELLS`], or
    /// the index cannot be read.
    pub fn count(&self, query: &Query) -> Result<Counted, SearchError> {
        let set = self.sets.of(query)?;
        let cells = match self.dimensions.is_empty() {
            true => Vec::new(),
            false => self.cells(&set)?,
        };
        Ok(Counted { total: set.len(), cells })
    }

    /// The values of a cell, in the order of the fields; none for articles that have
    /// no value of one.
    pub fn values(&self, cell: &Cell) -> impl Iterator<Item = Option<&str>> {
        let key = cell.key;
        self.dimensions.iter().zip(key).map(|(dimension, number)| dimension.value(number))
    }

    fn cells(&self, set: &ArticleSet) -> Result<Vec<Cell>, SearchError> {
        let mut counts: FxHashMap<Key, u64> = FxHashMap::default();
        for place in set.places() {
            let of = |dimension: usize| match self.dimensions.get(dimension) {
                Some(dimension) => dimension.of_article(place),
                None => &[0],
            };
            let (firsts, seconds, thirds) = (of(0), of(1), of(2));
            for first in firsts {
                for second in seconds {
                    for third in thirds {
                        *counts.entry([*first, *second, *third]).or_default() += 1;
                    }
                }
            }
            if counts.len() > MOST_CELLS {
                return Err(SearchError::TooManyCells { limit: MOST_CELLS });
            }
        }
        let mut cells: Vec<Cell> =
            counts.into_iter().map(|(key, articles)| Cell { key, articles }).collect();
        cells.sort_unstable_by_key(|cell| cell.key);
        Ok(cells)
    }
}
