//! Lists the people, organizations and places of matching articles.

use std::sync::Arc;

use jiff::civil::Date;

use super::rows::{Ranked, compare, row};
use super::tally::Tally;
use crate::annotate::EntityKind;
use crate::index::{ENTITY_FIELDS, IndexReader};
use crate::query::{Expr, NameField, NameMatch, Node, Query};
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::each_match;
use crate::search::name_counts::begins;
use crate::search::names::{Aliases, LazyNames, Names};
use crate::search::rank::Limit;
use crate::search::surprise::surprise;
use crate::text::name_key;

/// What is asked of the entities of an index.
#[derive(Clone, Debug)]
pub struct EntityRequest {
    /// Of which articles.
    pub query: Query,
    /// The day that relative dates in the query count from.
    pub today: Date,
    /// How many different words of the index a pattern may take in.
    pub pattern_limit: usize,
    /// What the user says of names.
    pub aliases: Arc<Aliases>,
    /// Of which kinds; of all if empty.
    pub kinds: Vec<EntityKind>,
    /// Only articles that name this one too: a name, or `org:` and a name.
    pub with: Option<String>,
    /// Whether only those are wanted that the articles name more often than the
    /// rest of the index does.
    pub over_represented: bool,
    /// Only names of which a word begins so.
    pub prefix: Option<String>,
    /// In which order.
    pub order: EntityOrder,
    /// How many.
    pub limit: Limit,
}

/// An order of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntityOrder {
    /// By what.
    pub by: EntitySort,
    /// Least, earliest or `a` first.
    pub ascending: bool,
}

/// What entities are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntitySort {
    /// How many articles name them.
    Articles,
    /// How often they are mentioned.
    Mentions,
    /// How unusual it is that they are named so often.
    Surprise,
    /// Their name.
    Name,
    /// The date of the first article.
    First,
    /// The date of the last article.
    Last,
}

/// Entities of matching articles.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityList {
    /// Those asked for, in order.
    pub rows: Vec<EntityRow>,
    /// How many there are.
    pub distinct: u64,
    /// How many articles were looked at.
    pub articles: u64,
    /// With whom, as facets show the name.
    pub with: Option<String>,
}

/// An entity of matching articles.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityRow {
    /// Person, organization or place.
    pub kind: EntityKind,
    /// The name, as facets show it.
    pub name: String,
    /// Whether it is a part of a person's name, and nobody knows whose.
    pub partial: bool,
    /// How many of the articles name it.
    pub articles: u64,
    /// How often they mention it in their texts.
    pub mentions: u64,
    /// The first day on which such an article was published.
    pub first: Option<Date>,
    /// The last day.
    pub last: Option<Date>,
    /// How many articles of the whole index name it, where that was asked for.
    pub in_index: Option<u64>,
    /// The log-likelihood ratio G² of naming it more often than the rest of the
    /// index, where that was asked for.
    pub surprise: Option<f64>,
    /// Its forms, each with how many articles of the index have it, commonest
    /// first.
    pub forms: Vec<(String, u64)>,
}

/// The entities that `request` asks for.
///
/// # Errors
///
/// When nobody has the name of `with`, a pattern takes in too much, or the index
/// cannot be read.
pub fn list_entities(
    reader: &IndexReader,
    request: &EntityRequest,
) -> Result<EntityList, SearchError> {
    let lazy = LazyNames::new(reader, &request.aliases);
    let names = lazy.get()?;
    let ranking = ranking(&lazy, request)?;
    let distinct = ranking.ranked.len() as u64;
    let mut ranked = ranking.ranked;
    let order = |one: &Ranked, other: &Ranked| compare(names, request.order, one, other);
    if let Limit::First(limit) = request.limit
        && limit < ranked.len()
    {
        if limit > 0 {
            ranked.select_nth_unstable_by(limit - 1, order);
        }
        ranked.truncate(limit);
    }
    ranked.sort_unstable_by(order);
    let rows = ranked.iter().map(|ranked| row(reader, names, ranked));
    Ok(EntityList {
        rows: rows.collect::<Result<_, _>>()?,
        distinct,
        articles: ranking.articles,
        with: ranking.with,
    })
}

/// Entities, counted, in no order.
pub(super) struct Ranking {
    pub(super) ranked: Vec<Ranked>,
    pub(super) articles: u64,
    pub(super) query: Query,
    with: Option<String>,
}

/// Counts the entities that `request` asks for.
pub(super) fn ranking(
    lazy: &LazyNames<'_>,
    request: &EntityRequest,
) -> Result<Ranking, SearchError> {
    let names = lazy.get()?;
    let compiler = Compiler::new(lazy, request.today, request.pattern_limit)?;
    let fields = lazy.reader.fields();
    let of_fields = fields_of(&request.kinds);
    let (query, partners) = match &request.with {
        None => (request.query.clone(), Vec::new()),
        Some(with) => {
            let partners = named(names, with)?;
            (and_named(&request.query, names, &partners), partners)
        }
    };
    let mut tally = Tally::new(names, fields, &of_fields);
    each_match(lazy, &compiler, &query, &mut tally)?;
    let index = match request.over_represented {
        false => None,
        true => {
            let mut index = Tally::new(names, fields, &of_fields);
            let everything = Query { root: Expr { node: Node::All, span: query.root.span } };
            each_match(lazy, &compiler, &everything, &mut index)?;
            Some(index)
        }
    };
    let prefix = request.prefix.as_deref().map(name_key);
    let wanted = |name: u32| {
        !partners.contains(&name)
            && prefix.as_ref().is_none_or(|prefix| begins(names.key(name), prefix))
    };
    let articles = tally.articles;
    let ranked = tally.met().filter(|(name, _)| wanted(*name)).filter_map(|(name, count)| {
        let surprise = match &index {
            None => None,
            Some(index) => {
                let everywhere = index.of(name).articles;
                let (here, there) = (u64::from(count.articles), u64::from(everywhere));
                Some((everywhere, surprise(here, articles, there, index.articles)?))
            }
        };
        Some(Ranked { name, count, surprise })
    });
    let with = partners.first().map(|name| names.shown(*name));
    Ok(Ranking { ranked: ranked.collect(), articles, query, with })
}

/// The numbers of the fields of these kinds; of all if there are none.
pub(super) fn fields_of(kinds: &[EntityKind]) -> Vec<usize> {
    match kinds {
        [] => (0..ENTITY_FIELDS).collect(),
        kinds => {
            let mut fields: Vec<usize> = kinds.iter().map(|kind| *kind as usize).collect();
            fields.sort_unstable();
            fields.dedup();
            fields
        }
    }
}

/// The fields of names, by number.
const FIELDS: [NameField; ENTITY_FIELDS] =
    [NameField::Person, NameField::Organization, NameField::Place];

/// Whom a name typed by the user names, of any kind unless it is said.
fn named(names: &Names, typed: &str) -> Result<Vec<u32>, SearchError> {
    let kind = FIELDS.iter().enumerate().find_map(|(number, field)| {
        let rest = typed.strip_prefix(field.name())?.strip_prefix(':')?;
        Some((number, rest.trim().trim_matches('"')))
    });
    let found: Vec<u32> = match kind {
        Some((field, name)) => names.meant_by(field, name).into_iter().collect(),
        None => (0..ENTITY_FIELDS).filter_map(|field| names.meant_by(field, typed)).collect(),
    };
    if found.is_empty() {
        return Err(SearchError::NobodyNamed { name: typed.to_owned() });
    }
    Ok(found)
}

/// The query for those of its articles that name any of these.
fn and_named(query: &Query, names: &Names, partners: &[u32]) -> Query {
    let part = |node| Expr { node, span: query.root.span };
    let partners = partners.iter().map(|partner| {
        part(Node::Name {
            field: FIELDS[names.field_of(*partner)],
            name: NameMatch::Whole(names.shown(*partner)),
        })
    });
    let either = part(Node::Or(partners.collect()));
    Query { root: part(Node::And(vec![query.root.clone(), either])) }
}
