//! The articles that match a query, kept to be counted more than once.

use std::rc::Rc;

use tantivy::DocId;
use tantivy::index::SegmentReader;

use crate::query::Query;
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::{Take, each_match};
use crate::search::names::LazyNames;

/// Matching articles, four bytes for each, by segment and in order.
#[derive(Debug, Default)]
pub(super) struct Matched {
    pub(super) segments: Vec<Vec<DocId>>,
}

impl Take for Matched {
    fn segment(&mut self, _number: usize, _segment: &SegmentReader) -> Result<(), SearchError> {
        self.segments.push(Vec::new());
        Ok(())
    }

    fn take(&mut self, doc: DocId) {
        if let Some(segment) = self.segments.last_mut() {
            segment.push(doc);
        }
    }
}

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
