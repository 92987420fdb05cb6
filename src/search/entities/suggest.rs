//! Which names may be one: suggestions for the user's aliases, with evidence.

use super::contexts::Contexts;
use super::list::{EntityRequest, fields_of};
use super::similar::{Likeness, similar};
use super::tally::Tally;
use crate::annotate::EntityKind;
use crate::index::IndexReader;
use crate::search::compile::Compiler;
use crate::search::error::SearchError;
use crate::search::matching::each_match;
use crate::search::names::{KINDS, LazyNames, Names};
use crate::search::rank::Limit;

/// Names of a kind that are compared: the most frequent. Bounds the work; a merge
/// of rarer ones changes nothing that anybody looks at.
const MOST_NAMES: usize = 20_000;

/// Articles that must have a name before it is compared; one alone may be a slip
/// that no line mends.
const LEAST_ARTICLES: u32 = 2;

/// The share of the articles with the rarer name from which on it speaks against
/// a merge that both are in them.
const TOGETHER: f64 = 0.1;

/// How alike the company of two names must be, by how they are alike and of what
/// kind they are. Read off the 900 pairs that a lower bound gave on ten years of
/// news: below these, most were namesakes (*Columbia* and *Columbus*, *Atlantic*
/// and *Atlantic City*), above them few.
const fn least_company(likeness: Likeness, kind: EntityKind) -> f64 {
    match (likeness, kind) {
        (Likeness::Initials, _) => 0.15,
        (Likeness::OneLetter, EntityKind::Person) => 0.2,
        (Likeness::MoreWords | Likeness::TwoLetters, EntityKind::Person) => 0.25,
        (Likeness::Acronym | Likeness::Order, _) => 0.3,
        (Likeness::MoreWords, _) => 0.4,
        (Likeness::OneLetter | Likeness::TwoLetters, _) => 0.5,
    }
}

/// People, organizations and places that are named as shared company.
const SHOWN: usize = 3;

/// Names that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Of what kind.
    pub kind: EntityKind,
    /// The more frequent name, which would be shown.
    pub name: String,
    /// The other.
    pub other: String,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What speaks for two names being one.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// How the names are alike.
    pub likeness: Likeness,
    /// Articles with the one and with the other.
    pub articles: (u64, u64),
    /// Articles with both, which speak against it.
    pub together: u64,
    /// How alike their company is, from 0 to 1.
    pub company: f64,
    /// Who is named with both.
    pub shared: Vec<String>,
}

/// Suggestions: those that would move most articles first.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestions {
    /// Those asked for.
    pub suggestions: Vec<Suggestion>,
    /// How many there are.
    pub distinct: u64,
}

/// Two names that look alike.
struct Pair {
    names: (u32, u32),
    articles: (u32, u32),
    likeness: Likeness,
}

/// Which names of the articles that `request` asks for may be one.
///
/// # Errors
///
/// As for a list.
pub fn suggest_merges(
    reader: &IndexReader,
    request: &EntityRequest,
) -> Result<Suggestions, SearchError> {
    let lazy = LazyNames::new(reader, &request.aliases);
    let names = lazy.get()?;
    let compiler = Compiler::new(&lazy, request.today, request.pattern_limit)?;
    let mut tally = Tally::new(names, reader.fields(), &fields_of(&[]));
    each_match(&lazy, &compiler, &request.query, &mut tally)?;
    let mut pairs = Vec::new();
    for field in fields_of(&request.kinds) {
        pairs.extend(pairs_of(names, &tally, field));
    }
    let both: Vec<(u32, u32)> = pairs.iter().map(|pair| pair.names).collect();
    let mut contexts = Contexts::new(names, reader.fields(), &both);
    each_match(&lazy, &compiler, &request.query, &mut contexts)?;
    let mut suggestions: Vec<Suggestion> =
        pairs.iter().filter_map(|pair| judge(pair, names, &tally, &contexts)).collect();
    suggestions.sort_by(|one, other| {
        let moved = |suggestion: &Suggestion| suggestion.evidence.articles.1;
        moved(other)
            .cmp(&moved(one))
            .then(other.evidence.company.total_cmp(&one.evidence.company))
            .then_with(|| {
                (one.kind, &one.name, &one.other).cmp(&(other.kind, &other.name, &other.other))
            })
    });
    let distinct = suggestions.len() as u64;
    if let Limit::First(limit) = request.limit {
        suggestions.truncate(limit);
    }
    Ok(Suggestions { suggestions, distinct })
}

/// The names of a field that look alike.
fn pairs_of(names: &Names, tally: &Tally<'_>, field: usize) -> Vec<Pair> {
    let mut counted: Vec<(u32, u32)> = tally
        .met()
        .filter(|(name, count)| {
            names.field_of(*name) == field
                && count.articles >= LEAST_ARTICLES
                && !names.is_partial(*name)
        })
        .map(|(name, count)| (count.articles, name))
        .collect();
    counted.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| names.order(one.1, other.1)));
    counted.truncate(MOST_NAMES);
    let keys: Vec<&str> = counted.iter().map(|(_, name)| names.key(*name)).collect();
    let pair = |(one, other, likeness): (usize, usize, Likeness)| Pair {
        names: (counted[one].1, counted[other].1),
        articles: (counted[one].0, counted[other].0),
        likeness,
    };
    similar(&keys, field == 0).into_iter().map(pair).collect()
}

/// What speaks for a pair, if enough does and little against it.
fn judge(
    pair: &Pair,
    names: &Names,
    tally: &Tally<'_>,
    contexts: &Contexts<'_>,
) -> Option<Suggestion> {
    let (one, other) = pair.names;
    let key = (one.min(other), one.max(other));
    let together = contexts.together.get(&key).copied().unwrap_or(0);
    // An acronym stands beside what it is short for.
    if pair.likeness != Likeness::Acronym
        && f64::from(together) > TOGETHER * f64::from(pair.articles.1)
    {
        return None;
    }
    let all = tally.articles as f64;
    let weight = |name: u32| (all / f64::from(tally.of(name).articles.max(1))).ln().max(0.0);
    let (company, shared) = contexts.alike(one, other, weight);
    let kind = KINDS[names.field_of(one)];
    if company < least_company(pair.likeness, kind) {
        return None;
    }
    // A line of aliases has no room for a name that begins like a comment.
    let (name, other) = (names.shown(one), names.shown(other));
    if name.starts_with('#') || other.starts_with('#') {
        return None;
    }
    let evidence = Evidence {
        likeness: pair.likeness,
        articles: (u64::from(pair.articles.0), u64::from(pair.articles.1)),
        together: u64::from(together),
        company,
        shared: shared.iter().take(SHOWN).map(|name| names.shown(*name)).collect(),
    };
    Some(Suggestion { kind, name, other, evidence })
}
