//! The articles of an index that a mark does not have, and those of a query among
//! them.

use super::mark::{Mark, each_article};
use crate::query::Query;
use crate::search::counts::{ArticleSet, Counter};
use crate::search::error::SearchError;
use crate::search::rank::{Limit, Order, Ranking, SortKey};
use crate::search::results::Matches;

/// Articles that are new since a mark, for the counter that found them.
pub struct NewArticles {
    set: ArticleSet,
}

impl Counter<'_> {
    /// The articles that the index held not when the mark was made; all, if there is
    /// no mark.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn new_since(&self, mark: Option<&Mark>) -> Result<NewArticles, SearchError> {
        let mut set = ArticleSet::empty(&self.sets.places);
        each_article(self.sets.names.reader, |segment, doc, instant, id| {
            if mark.is_none_or(|mark| !mark.held(instant, id)) {
                set.insert(self.sets.places.start(segment) + doc as usize);
            }
        })?;
        Ok(NewArticles { set })
    }

    /// The new articles that match a query, the latest published first; `limit` of them
    /// are given, all are counted.
    ///
    /// # Errors
    ///
    /// When a pattern takes in too much, or the index cannot be read.
    pub fn newest(
        &self,
        query: &Query,
        new: &NewArticles,
        limit: Limit,
    ) -> Result<Matches, SearchError> {
        let mut set = self.sets.of(query)?;
        set.keep(&new.set);
        let order = Order { key: SortKey::Date, ascending: false };
        let mut ranking = Ranking::new(order, 0, limit);
        let reader = self.sets.names.reader;
        let total = set.len();
        if total > 0 && !ranking.is_idle() {
            for (number, columns) in reader.order_columns()?.iter().enumerate() {
                for doc in set.documents(&self.sets.places, number) {
                    ranking.offer(columns, number as u32, doc, 0.0);
                }
            }
        }
        Ok(Matches { total, ranked: ranking.finish(), facets: Vec::new() })
    }
}
