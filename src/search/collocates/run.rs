//! Finds the words near a query: reads the matching articles, counts, scores.

use tantivy::DocAddress;

use super::index_counts::{occurrences, words_of_articles};
use super::request::CollocateRequest;
use super::results::{Collocate, Collocates};
use super::tally::Tally;
use crate::index::IndexReader;
use crate::index::in_stretches;
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::execute::Search;
use crate::search::matching::{Matched, each_match};
use crate::search::names::LazyNames;
use crate::search::rank::Limit;

/// The words that stand near the places of a query. Where a query is to be narrowed to a
/// folder and the like, that has no places and so changes nothing else.
///
/// # Errors
///
/// When nothing in the query has a place, a pattern takes in too much, or the index
/// cannot be read.
pub fn collocates(
    reader: &IndexReader,
    request: &CollocateRequest,
) -> Result<Collocates, SearchError> {
    let search = Search::new(reader, &request.aliases, &request.query)?;
    if search.highlighter.is_empty() {
        return Err(SearchError::NoPlaces { query: request.query.to_string() });
    }
    let articles = matching(reader, request)?;
    let tally = read(reader, &search, &articles, request)?;
    let mut found = Collocates {
        words: Vec::new(),
        distinct: 0,
        articles: articles.len() as u64,
        places: tally.places,
        near: tally.near,
        all: words_of_articles(reader)?,
    };
    let words = tally.words(request.least);
    let counts = occurrences(reader, &words, request.threads)?;
    let scored = words.into_iter().zip(counts).filter_map(|(word, all)| {
        let score = request.measure.score(word.near, all, &found)?;
        Some(Collocate { word: word.written, near: word.near, all, score })
    });
    let mut scored: Vec<Collocate> = scored.collect();
    scored.sort_unstable_by(|one, other| {
        let by_score = other.score.total_cmp(&one.score);
        by_score.then(other.near.cmp(&one.near)).then_with(|| one.word.cmp(&other.word))
    });
    found.distinct = scored.len() as u64;
    if let Limit::First(limit) = request.limit {
        scored.truncate(limit);
    }
    found.words = scored;
    Ok(found)
}

/// The articles that match, in the order in which the index keeps them.
fn matching(
    reader: &IndexReader,
    request: &CollocateRequest,
) -> Result<Vec<DocAddress>, SearchError> {
    let names = LazyNames::new(reader, &request.aliases);
    let compiler = Compiler::new(&names, request.today, request.pattern_limit)?;
    let mut matched = Matched::default();
    each_match(&names, &compiler, &request.query, &mut matched)?;
    Ok(matched.addresses())
}

fn read(
    reader: &IndexReader,
    search: &Search<'_>,
    articles: &[DocAddress],
    request: &CollocateRequest,
) -> Result<Tally, SearchError> {
    let tallies = in_stretches(articles, request.threads, |articles| {
        let mut tally = Tally::default();
        for address in articles {
            let article = reader.article(*address)?;
            let [title, body] = search.highlighter.standing(&article);
            tally.add(&article.title, &title, request.window);
            tally.add(&article.body, &body, request.window);
        }
        Ok::<_, SearchError>(tally)
    })?;
    let mut whole = Tally::default();
    tallies.into_iter().for_each(|tally| whole.join(tally));
    Ok(whole)
}
