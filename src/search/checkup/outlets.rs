//! Outlets that have several names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::alike::alike;
use super::run::most;
use super::{Check, CheckupRequest, Example, Finding, Member};
use crate::article::outlet_key;
use crate::index::IndexReader;
use crate::query::{NameField, Query};
use crate::search::error::SearchError;
use crate::search::execute::Search;
use crate::search::rank::{Limit, Order, SortKey};
use crate::search::results::{Drill, FacetField, FacetRequest, FacetValue, SearchRequest};

/// The groups of names that seem to be of one outlet: those of most articles first, then
/// by the first name. In a group the name of most articles comes first. Names that the
/// index has as one already are one here too.
pub(super) fn outlet_names(outlets: &[FacetValue], request: &CheckupRequest) -> Finding {
    let mut groups = groups(outlets);
    groups.sort_by(|one, other| {
        let articles = |group: &[&FacetValue]| group.iter().map(|it| it.count).sum::<u64>();
        let by_articles = articles(other).cmp(&articles(one));
        by_articles.then_with(|| one[0].value.cmp(&other[0].value))
    });
    let superfluous = groups.iter().map(|group| group.len() as u64 - 1).sum();
    let example = |group: &Vec<&FacetValue>| {
        let member = |outlet: &&FacetValue| Member::Outlet {
            name: outlet.value.clone(),
            articles: outlet.count,
        };
        let members = group.iter().take(most(request.members)).map(member).collect();
        Example { what: String::new(), count: group.len() as u64, members }
    };
    let examples = groups.iter().take(most(request.examples)).map(example).collect();
    let count = groups.len() as u64;
    Finding { superfluous, ..Finding::of(Check::OutletNames, count, examples) }
}

/// All outlets, with how many articles each has; by that, then by name.
pub(super) fn outlets(
    reader: &IndexReader,
    request: &CheckupRequest,
) -> Result<Vec<FacetValue>, SearchError> {
    let facet = FacetRequest {
        field: FacetField::Name(NameField::Outlet),
        limit: None,
        prefix: None,
        filter: None,
        drill: Drill::Down,
    };
    let matches = Search::run(
        reader,
        &SearchRequest {
            query: Query::default(),
            today: request.today,
            order: Order { key: SortKey::Date, ascending: false },
            offset: 0,
            limit: Limit::First(0),
            facets: vec![facet],
            aliases: Arc::clone(&request.aliases),
            pattern_limit: 0,
            threads: 1,
        },
    )?;
    Ok(matches.facets.into_iter().flat_map(|facet| facet.values).collect())
}

/// Names of one key, and of keys that are one slip apart, where there are several.
fn groups(outlets: &[FacetValue]) -> Vec<Vec<&FacetValue>> {
    let mut by_key: BTreeMap<String, Vec<&FacetValue>> = BTreeMap::new();
    for outlet in outlets {
        let key = outlet_key(&outlet.value);
        if !key.is_empty() {
            by_key.entry(key).or_default().push(outlet);
        }
    }
    let (keys, mut groups): (Vec<String>, Vec<Vec<&FacetValue>>) = by_key.into_iter().unzip();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    // Which group each has joined; chains of slips end in one.
    let mut joined: Vec<usize> = (0..groups.len()).collect();
    for (one, other) in alike(&keys) {
        let (from, into) = (end_of(&joined, one), end_of(&joined, other));
        if from != into {
            joined[from] = into;
            let names = std::mem::take(&mut groups[from]);
            groups[into].extend(names);
        }
    }
    groups.retain(|group| group.len() > 1);
    for group in &mut groups {
        group.sort_by(|one, other| {
            other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value))
        });
    }
    groups
}

/// The group that `group` has become.
fn end_of(joined: &[usize], mut group: usize) -> usize {
    while joined[group] != group {
        group = joined[group];
    }
    group
}

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::search::results::FacetValue;

    #[test]
    fn names_of_one_outlet_are_a_group() {
        let outlets: Vec<FacetValue> = [
            ("Harbour Gazette", 3),
            ("harbourgazette.com", 5),
            ("Harbor Gazette", 1),
            ("Habor Gazette", 1),
            ("Harbour Gazettee", 1),
            ("Northern Wire", 9),
            ("---", 2),
            ("!!", 2),
        ]
        .map(|(value, count)| FacetValue {
            value: value.to_owned(),
            count,
            selected: false,
            partial: false,
        })
        .into();
        let found: Vec<Vec<&str>> = groups(&outlets)
            .into_iter()
            .map(|group| group.into_iter().map(|it| it.value.as_str()).collect())
            .collect();
        let names = [
            "harbourgazette.com",
            "Harbour Gazette",
            "Habor Gazette",
            "Harbor Gazette",
            "Harbour Gazettee",
        ];
        assert_eq!(found, [names]);
    }
}
