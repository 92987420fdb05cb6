//! Goes through the tree of a query and counts each part.

use super::explained::{ExplainRequest, ExplainedPart};
use super::meaning::meanings;
use crate::index::IndexReader;
use crate::query::{Expr, Query};
use crate::search::counts::Sets;
use crate::search::error::SearchError;

/// Explains a query: what each part of it means in the index.
///
/// # Errors
///
/// When a pattern takes in too much, or the index cannot be read.
pub fn explain(
    reader: &IndexReader,
    request: &ExplainRequest,
) -> Result<ExplainedPart, SearchError> {
    let sets = Sets::new(reader, &request.aliases, request.today, request.pattern_limit)?;
    Explanation { sets: &sets, request }.part(&request.query.root)
}

/// The articles of an index and a query that is explained by them.
pub(super) struct Explanation<'a> {
    pub(super) sets: &'a Sets<'a>,
    pub(super) request: &'a ExplainRequest,
}

impl Explanation<'_> {
    fn part(&self, expr: &Expr) -> Result<ExplainedPart, SearchError> {
        let query = Query { root: expr.clone() };
        let found = self.sets.of(&query)?;
        let parts = expr.parts().into_iter().map(|part| self.part(part));
        Ok(ExplainedPart {
            query: query.to_string(),
            articles: found.len(),
            meanings: meanings(self, expr, &found)?,
            parts: parts.collect::<Result<_, _>>()?,
        })
    }
}
