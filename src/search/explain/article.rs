//! Why an article matches a query, or why it does not: for each part whether it
//! takes the article, where it stands in it, and what it adds to the score.

use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocSet, TERMINATED};

use super::explained::{ExplainRequest, ExplainedArticle, PartInArticle};
use crate::index::IndexReader;
use crate::query::{Expr, Node, Query};
use crate::search::bm25::FieldScore;
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::execute::Search;
use crate::search::kwic::KwicLine;
use crate::search::names::{Aliases, LazyNames};
use crate::search::places::PlacesQuery;
use crate::search::results::Ranked;
use crate::search::text_query::TextQuery;

/// Words that are shown on either side of a place.
const CONTEXT: usize = 6;

/// Explains how an article stands to a query.
///
/// # Errors
///
/// When a pattern takes in too much, or the index cannot be read.
pub fn explain_article(
    reader: &IndexReader,
    request: &ExplainRequest,
    ranked: &Ranked,
) -> Result<ExplainedArticle, SearchError> {
    let names = LazyNames::new(reader, &request.aliases);
    let compiler = Compiler::new(&names, request.today, request.pattern_limit)?;
    let aliases = &request.aliases;
    let article = ArticleParts { reader, compiler: &compiler, aliases, ranked: *ranked };
    let root = article.part(&request.query.root, true)?;
    let score = article.score(&request.query)?;
    Ok(ExplainedArticle { score, root })
}

/// An article whose parts of a query are looked at.
struct ArticleParts<'a> {
    reader: &'a IndexReader,
    compiler: &'a Compiler<'a>,
    aliases: &'a Aliases,
    ranked: Ranked,
}

impl ArticleParts<'_> {
    /// `counts`: whether what the part finds adds to the score.
    fn part(&self, expr: &Expr, counts: bool) -> Result<PartInArticle, SearchError> {
        let query = Query { root: expr.clone() };
        let engine = self.compiler.compile(&query)?;
        let matches = self.scored(engine.as_ref(), false)?.is_some();
        let counts = counts && matches && !matches!(expr.node, Node::Not(_));
        let is_group = matches!(expr.node, Node::And(_) | Node::Or(_) | Node::Not(_));
        let inner = expr.parts().into_iter().map(|part| self.part(part, counts && is_group));
        Ok(PartInArticle {
            matches,
            places: if is_group { Vec::new() } else { self.places(&query)? },
            scores: if counts { self.field_scores(engine.as_ref())? } else { Vec::new() },
            parts: inner.collect::<Result<_, _>>()?,
            query: query.to_string(),
        })
    }

    fn places(&self, query: &Query) -> Result<Vec<KwicLine>, SearchError> {
        let kwic = Search::new(self.reader, self.aliases, query)?.kwic(&self.ranked)?;
        Ok(kwic.lines(CONTEXT).collect())
    }

    fn field_scores(&self, engine: &dyn EngineQuery) -> Result<Vec<FieldScore>, SearchError> {
        let (searcher, fields) = (self.reader.searcher(), self.reader.fields());
        let at = self.ranked.address;
        if let Some(words) = engine.downcast_ref::<TextQuery>() {
            return Ok(words.field_scores(searcher, at, fields)?);
        }
        match engine.downcast_ref::<PlacesQuery>() {
            Some(places) => Ok(places.field_scores(searcher, at, fields)?),
            None => Ok(Vec::new()),
        }
    }

    /// The score that a search gives the article; none if it does not match.
    fn score(&self, query: &Query) -> Result<Option<f32>, SearchError> {
        self.scored(self.compiler.compile(query)?.as_ref(), true)
    }

    /// The score of the article, or 0 if `scoring` is not wanted; none if it does
    /// not match.
    fn scored(&self, engine: &dyn EngineQuery, scoring: bool) -> Result<Option<f32>, SearchError> {
        let searcher = self.reader.searcher();
        let scoring = match scoring {
            true => EnableScoring::enabled_from_searcher(searcher),
            false => EnableScoring::disabled_from_searcher(searcher),
        };
        let at = self.ranked.address;
        let segment = searcher.segment_reader(at.segment_ord);
        let mut scorer = engine.weight(scoring)?.scorer(segment, 1.0)?;
        let mut doc = scorer.doc();
        if doc < at.doc_id && doc != TERMINATED {
            doc = scorer.seek(at.doc_id);
        }
        Ok((doc == at.doc_id).then(|| scorer.score()))
    }
}
