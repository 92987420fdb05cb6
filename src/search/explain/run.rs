//! Goes through the tree of a query and counts each part.

use super::explained::{ExplainRequest, ExplainedPart};
use super::meaning::meanings;
use crate::index::IndexReader;
use crate::query::{Expr, Query};
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::count;
use crate::search::names::LazyNames;

/// Explains a query: what each part of it means in the index.
///
/// # Errors
///
/// When a pattern takes in too much, or the index cannot be read.
pub fn explain(
    reader: &IndexReader,
    request: &ExplainRequest,
) -> Result<ExplainedPart, SearchError> {
    let names = LazyNames::new(reader, &request.aliases);
    let compiler = Compiler::new(&names, request.today, request.pattern_limit)?;
    Explanation { names: &names, compiler: &compiler, request }.part(&request.query.root)
}

/// An index and a query that is explained by it.
pub(super) struct Explanation<'a> {
    pub(super) names: &'a LazyNames<'a>,
    pub(super) compiler: &'a Compiler<'a>,
    pub(super) request: &'a ExplainRequest,
}

impl Explanation<'_> {
    fn part(&self, expr: &Expr) -> Result<ExplainedPart, SearchError> {
        let query = Query { root: expr.clone() };
        let engine = self.compiler.compile(&query)?;
        Ok(ExplainedPart {
            query: query.to_string(),
            articles: count(self.names.reader, engine.as_ref())?,
            meanings: meanings(self, expr, engine.as_ref())?,
            parts: expr
                .parts()
                .into_iter()
                .map(|part| self.part(part))
                .collect::<Result<_, _>>()?,
        })
    }
}
