//! Which names of organizations, and of places, are one's.
//!
//! Names that differ in a leading *the* or in the legal form of a company are
//! one. An acronym joins what articles mention under it, if that is plain: see
//! [`LEAST_ARTICLES`] and [`CLEAR`].

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::build::Groups;
use super::forms::{Forms, is_acronym};
use super::keys::Keys;
use super::people::is_share;

/// Articles that must mention something under an acronym before the acronym
/// alone means it; two may be slips of the recogniser.
const LEAST_ARTICLES: u32 = 3;

/// The share of the articles that give an acronym with a longer name in which
/// it must be this name.
const CLEAR: (u32, u32) = (8, 10);

/// Legal forms of companies, which newspapers add or leave out.
const LEGAL_FORMS: [&str; 8] = ["inc", "corp", "co", "ltd", "llc", "plc", "ag", "sa"];

/// What all ways to write such a name have in common. `key` is the name's key.
pub(super) fn base(key: &str) -> &str {
    let mut base = key.strip_prefix("the ").unwrap_or(key);
    while let Some((rest, last)) = base.rsplit_once(' ')
        && LEGAL_FORMS.contains(&last)
    {
        base = rest;
    }
    base
}

/// Joins the names of one organization or place, and gives for each base that
/// some name has, by its hash, the keys with it.
pub(super) fn join(keys: &Keys, forms: &Forms, groups: &mut Groups) -> Vec<(u64, u32)> {
    let mut bases: Vec<(u64, u32)> = Vec::with_capacity(keys.texts.len());
    for (place, key) in keys.texts.iter().enumerate() {
        if keys.articles(place) > 0 {
            bases.push((xxh3_64(base(key).as_bytes()), place as u32));
        }
    }
    bases.sort_unstable();
    for of_base in bases.chunk_by(|one, next| one.0 == next.0) {
        for (_, other) in &of_base[1..] {
            groups.join(of_base[0].1, *other);
        }
    }
    join_acronyms(keys, forms, groups);
    bases
}

/// Joins each acronym that stands alone somewhere to what it stands for.
fn join_acronyms(keys: &Keys, forms: &Forms, groups: &mut Groups) {
    let mut meant: FxHashMap<&str, FxHashMap<u32, u32>> = FxHashMap::default();
    for acronym in forms.acronyms.iter().filter(|acronym| acronym.articles > 0) {
        let entity = groups.first(acronym.entity);
        *meant.entry(&acronym.key).or_default().entry(entity).or_default() += acronym.articles;
    }
    for (place, key) in keys.texts.iter().enumerate() {
        if keys.articles(place) == 0 || !is_acronym(forms.commonest.get(place)) {
            continue;
        }
        let Some(meant) = meant.get(key) else { continue };
        let all: u32 = meant.values().sum();
        let mut most: Vec<(u32, u32)> =
            meant.iter().map(|(entity, count)| (*count, *entity)).collect();
        most.sort_unstable();
        if let Some((count, entity)) = most.pop()
            && count >= LEAST_ARTICLES
            && is_share(count, all, CLEAR)
        {
            groups.join(place as u32, entity);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn articles_and_legal_forms_are_left_out() {
        for (key, expected) in [
            ("the white house", "white house"),
            ("apple inc", "apple"),
            ("ford motor co ltd", "ford motor"),
            ("the", "the"),
            ("inc", "inc"),
            ("theatre group", "theatre group"),
        ] {
            assert_eq!(base(key), expected);
        }
    }
}
