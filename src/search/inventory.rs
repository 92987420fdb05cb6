//! What exactly an index holds, so that results can be told to be of the same
//! articles: counts, dates, and hashes over all articles.

use std::sync::Arc;

use jiff::civil::Date;
use tantivy::DocAddress;
use xxhash_rust::xxh3::xxh3_128;

use super::compile::Compiler;
use super::error::SearchError;
use super::execute::Search;
use super::matching::{Matched, each_match};
use super::names::LazyNames;
use super::rank::{Limit, Order, SortKey};
use super::results::{Drill, FacetField, FacetRequest, SearchRequest};
use super::summary::Summary;
use crate::article::ArticleId;
use crate::index::in_stretches;
use crate::index::{IndexError, IndexReader, StoredArticle, StoredEntity};
use crate::query::{NameField, Query};

/// What an index holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inventory {
    /// How many articles.
    pub articles: u64,
    /// How many of them with a date of publication.
    pub dated: u64,
    /// The first and the last day of publication.
    pub days: Option<(Date, Date)>,
    /// Words of titles and bodies.
    pub words: u64,
    /// How many different outlets there are.
    pub outlets: u64,
    /// How many languages.
    pub languages: u64,
    /// XXH3-128 over the articles as they were read, by identifier: texts and fields,
    /// without when they were indexed. The same files below the same folder have the
    /// same hash in every index that reads them alike.
    pub articles_hash: u128,
    /// XXH3-128 over the people, organizations and places of the articles and their
    /// mentions: it depends on the model too.
    pub entities_hash: u128,
}

impl Inventory {
    /// Reads all articles, with so many threads.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn of(reader: &IndexReader, threads: usize) -> Result<Self, SearchError> {
        let Summary { articles, dated, days, .. } = Summary::of(reader)?;
        let everything = everything();
        let facets = Search::run(reader, &everything)?.facets;
        let addresses = addresses(reader, &everything)?;
        let digests = in_stretches(&addresses, threads, |addresses| {
            let digests = addresses.iter().map(|address| Digest::of(reader.article(*address)?));
            digests.collect::<Result<Vec<_>, SearchError>>()
        })?;
        let mut digests = digests.concat();
        digests.sort_unstable();
        let over = |part: fn(&Digest) -> u128| {
            let bytes: Vec<u8> = digests
                .iter()
                .flat_map(|digest| [u128::from(digest.id), part(digest)])
                .flat_map(u128::to_le_bytes)
                .collect();
            xxh3_128(&bytes)
        };
        Ok(Self {
            articles,
            dated,
            days,
            words: digests.iter().map(|digest| digest.words).sum(),
            outlets: facets[0].distinct,
            languages: facets[1].distinct,
            articles_hash: over(|digest| digest.article),
            entities_hash: over(|digest| digest.entities),
        })
    }
}

/// What one article adds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Digest {
    id: u64,
    article: u128,
    entities: u128,
    words: u64,
}

impl Digest {
    fn of(mut article: StoredArticle) -> Result<Self, SearchError> {
        article.indexed_at = 0;
        let bytes = serde_json::to_vec(&article).map_err(IndexError::Stored)?;
        let entities: Vec<String> = article.entities.iter().map(entity_text).collect();
        Ok(Self {
            id: ArticleId::number(article.id),
            article: xxh3_128(&bytes),
            entities: xxh3_128(entities.concat().as_bytes()),
            words: article.word_count,
        })
    }
}

fn entity_text(entity: &StoredEntity) -> String {
    let StoredEntity { kind, name, origin, partial, about, mentions } = entity;
    format!("{kind:?}\0{name}\0{origin:?}\0{partial}\0{about}\0{mentions:?}\n")
}

/// Where all articles are.
fn addresses(
    reader: &IndexReader,
    everything: &SearchRequest,
) -> Result<Vec<DocAddress>, SearchError> {
    let names = LazyNames::new(reader, &everything.aliases);
    let compiler = Compiler::new(&names, everything.today, everything.pattern_limit)?;
    let mut matched = Matched::default();
    each_match(&names, &compiler, &everything.query, &mut matched)?;
    Ok(matched.addresses())
}

/// Every article, with how many outlets and languages they have.
fn everything() -> SearchRequest {
    let distinct = |field| FacetRequest {
        field: FacetField::Name(field),
        limit: Some(0),
        prefix: None,
        filter: None,
        drill: Drill::Down,
    };
    SearchRequest {
        query: Query::default(),
        // No part of it depends on the day, or is a pattern.
        today: Date::ZERO,
        pattern_limit: 0,
        threads: 1,
        order: Order { key: SortKey::Date, ascending: false },
        offset: 0,
        limit: Limit::First(0),
        facets: [NameField::Outlet, NameField::Language].map(distinct).into(),
        aliases: Arc::default(),
    }
}
