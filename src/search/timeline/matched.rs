//! The articles of the queries of a timeline, each query's found once and kept to be
//! counted more than once.

use std::rc::Rc;

use crate::query::Query;
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::{Matched, each_match};
use crate::search::names::LazyNames;

/// Finds articles; those of the same query once.
pub(super) struct Finder<'a> {
    pub(super) names: &'a LazyNames<'a>,
    compiler: &'a Compiler<'a>,
    found: Vec<(Query, Rc<Matched>)>,
}

impl<'a> Finder<'a> {
    pub(super) const fn new(names: &'a LazyNames<'a>, compiler: &'a Compiler<'a>) -> Self {
        Self { names, compiler, found: Vec::new() }
    }

    pub(super) fn find(&mut self, query: &Query) -> Result<Rc<Matched>, SearchError> {
        if let Some((_, found)) = self.found.iter().find(|(known, _)| known == query) {
            return Ok(Rc::clone(found));
        }
        let mut matched = Matched::default();
        each_match(self.names, self.compiler, query, &mut matched)?;
        let matched = Rc::new(matched);
        self.found.push((query.clone(), Rc::clone(&matched)));
        Ok(matched)
    }
}
