//! Which names of organizations, and of places, are one's.
//!
//! Names that differ in a leading *the* or in the legal form of a company are
//! one. An acronym that stands alone in some articles is what others mention under
//! it, if that is plain: see [`LEAST_ARTICLES`] and [`CLEAR`]. So is another short
//! form of an organization (*Port Authority*, *Fed*) by stricter rules: see
//! [`LEAST_SHORT`], [`VERY_CLEAR`]; and at least as many articles must mention the
//! organization under it as have nothing longer, or it is a name of its own, as
//! *Apple* is beside *Apple Records*.

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

/// Articles that must mention an organization under a short form that is no
/// acronym.
const LEAST_SHORT: u32 = 5;

/// The share of the articles with the short form in which it must be this one.
const VERY_CLEAR: (u32, u32) = (9, 10);

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
pub(super) fn join(
    keys: &Keys,
    forms: &Forms,
    short: Short,
    groups: &mut Groups,
) -> Vec<(u64, u32)> {
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
    join_short_forms(keys, forms, short, groups);
    bases
}

/// Which short forms may stand for what has a longer name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    /// Acronyms: *York* is not New York.
    Acronyms,
    /// Others too.
    Any,
}

/// A name that may be a short form of others.
#[derive(Default)]
struct Alone {
    /// How many articles have it, in any way to write it.
    articles: u32,
    /// Whether any way to write it is an acronym.
    is_acronym: bool,
}

/// Joins each short form that stands alone somewhere to what it stands for.
fn join_short_forms(keys: &Keys, forms: &Forms, short: Short, groups: &mut Groups) {
    let mut alone: FxHashMap<u32, Alone> = FxHashMap::default();
    for place in 0..keys.texts.len() {
        let name = alone.entry(groups.first(place as u32)).or_default();
        name.articles += keys.articles(place);
        name.is_acronym |= keys.articles(place) > 0 && is_acronym(forms.commonest.get(place));
    }
    // The names that each short form stands for, with the articles that say so.
    let mut meant: FxHashMap<&str, FxHashMap<u32, u32>> = FxHashMap::default();
    for form in forms.short.iter().filter(|form| form.articles > 0) {
        let entity = groups.first(form.entity);
        *meant.entry(base(&form.key)).or_default().entry(entity).or_default() += form.articles;
    }
    for (place, key) in keys.texts.iter().enumerate() {
        let place = place as u32;
        let (Some(alone), Some(meant)) = (alone.get(&place), meant.get(base(key))) else {
            continue;
        };
        if alone.articles == 0 || !alone.is_acronym && short == Short::Acronyms {
            continue;
        }
        let others = meant.iter().filter(|(entity, _)| **entity != place);
        let mut most: Vec<(u32, u32)> = others.map(|(entity, count)| (*count, *entity)).collect();
        most.sort_unstable();
        let all: u32 = most.iter().map(|(count, _)| count).sum();
        let Some((count, entity)) = most.pop() else { continue };
        let is_plain = match alone.is_acronym {
            true => count >= LEAST_ARTICLES && is_share(count, all, CLEAR),
            false => count >= LEAST_SHORT.max(alone.articles) && is_share(count, all, VERY_CLEAR),
        };
        if is_plain {
            groups.join(place, entity);
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
