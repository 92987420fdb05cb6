//! Which names of people are one person's.
//!
//! Names that differ in nothing but nicknames, middle names and their initials,
//! generations (`Jr.`) and the Arabic article are candidates. Of them,
//!
//! * those with the same initials and generation are one, unless middle names
//!   are written out and differ;
//! * a name without an initial joins the one with an initial if there is just
//!   one such, or if it has [`DOMINANT`] of the articles of all such: *Joe
//!   Biden* is *Joseph R. Biden*, and *George W. Bush* is not *George H. W. Bush*;
//! * a name without a generation joins the one with a generation, chosen in the
//!   same way, if few articles name both: *Joseph R. Biden Jr.* is *Joe
//!   Biden*, while *Donald Trump Jr.* stands beside his father.

use xxhash_rust::xxh3::xxh3_64;

use super::build::Groups;
use super::forms::Forms;
use super::keys::Keys;
use crate::index::terms::PARTIAL;
use crate::text::{generation, is_particle, person_key};

/// The share of the articles from which on one of several people is meant. At
/// nine of ten, one wrong reading in ten is the worst that can come of it.
const DOMINANT: (u32, u32) = (9, 10);

/// The share of the articles with the rarer of two names from which on they are
/// two people's: who is named in both ways in one article is two people, and
/// less than one in ten may be slips.
const TOGETHER: (u32, u32) = (1, 10);

/// A person's name, folded, in its parts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Person {
    /// Given name and surname, with the particles of the surname.
    base: String,
    /// First letters of the middle names.
    initials: String,
    /// The middle names that are written out.
    middle: String,
    generation: Option<&'static str>,
}

/// What all ways to write the name with this key and form have in common; none for
/// a word alone.
pub(super) fn base_of(key: &str, form: &str) -> Option<String> {
    Some(Person::of(key, form)?.base)
}

/// What all ways to write a person's name have in common; none for a word
/// alone, which may be a surname.
#[must_use]
pub(super) fn person_base(name: &str) -> Option<String> {
    Some(Person::of_key(&person_key(name))?.base)
}

impl Person {
    /// The parts of the name with this key. Its form tells where the surname stands
    /// first.
    fn of(key: &str, form: &str) -> Option<Self> {
        Self::of_key(&person_key(if form.contains(',') { form } else { key }))
    }

    /// The parts of the name with this [`person_key`].
    fn of_key(key: &str) -> Option<Self> {
        let (first, rest) = key.split_once(' ')?;
        let mut person = Self { base: first.to_owned(), ..Self::default() };
        let mut words: Vec<&str> = rest.split(' ').collect();
        if words.len() > 1 {
            person.generation = words.last().copied().and_then(generation);
            if person.generation.is_some() {
                words.pop();
            }
        }
        let (last, middle) = words.split_last()?;
        if middle.contains(&first) || middle.contains(last) {
            // Two names that ran into each other.
            return None;
        }
        for word in middle {
            if are_initials(word) {
                person.initials.push_str(word);
            } else if matches!(*word, "al" | "el") {
                // *Bashar al-Assad* is *Bashar Assad* too.
            } else if is_particle(word) || matches!(*word, "st" | "saint") {
                person.push(word);
            } else {
                person.initials.extend(word.chars().next());
                person.middle.push_str(word);
            }
        }
        person.push(last);
        Some(person)
    }

    fn push(&mut self, word: &str) {
        self.base.push(' ');
        self.base.push_str(word);
    }
}

/// Whether a folded word inside a name is one initial or several: `w`, `hw`, but
/// no short name (`bo`, `li`) and no `st`.
fn are_initials(word: &str) -> bool {
    let mut letters = word.chars();
    match (letters.next(), letters.next(), letters.count()) {
        (Some(only), None, _) => only.is_alphabetic(),
        (_, _, 0 | 1) => {
            word != "st"
                && word.bytes().all(|byte| byte.is_ascii_lowercase() && !b"aeiouy".contains(&byte))
        }
        _ => false,
    }
}

/// Names of the same base, initials, middle names and generation.
#[derive(Debug)]
struct Variant {
    initials: String,
    /// The middle names, where one of them writes them out.
    middle: String,
    generation: Option<&'static str>,
    /// One of them.
    key: u32,
    /// The articles that have any, sorted.
    docs: Vec<u32>,
}

/// Joins the names of one person, and gives for each base that some name has,
/// by its hash, the keys with it.
pub(super) fn join(keys: &Keys, forms: &Forms, groups: &mut Groups) -> Vec<(u64, u32)> {
    let mut bases = Vec::new();
    for (place, key) in keys.texts.iter().enumerate() {
        if keys.articles(place) > 0
            && !key.ends_with(PARTIAL)
            && let Some(person) = person_of(keys, forms, place)
        {
            bases.push((xxh3_64(person.base.as_bytes()), place as u32));
        }
    }
    bases.sort_unstable();
    for of_base in bases.chunk_by(|one, next| one.0 == next.0).filter(|chunk| chunk.len() > 1) {
        let places = of_base.iter().map(|(_, place)| *place);
        join_base(variants(places, keys, forms, groups), groups);
    }
    bases
}

/// The person with the key at `place`.
fn person_of(keys: &Keys, forms: &Forms, place: usize) -> Option<Person> {
    Person::of(keys.texts.get(place), forms.commonest.get(place))
}

/// The names of one base by initials and generation; those that share both are
/// joined.
fn variants(
    places: impl Iterator<Item = u32>,
    keys: &Keys,
    forms: &Forms,
    groups: &mut Groups,
) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::new();
    for place in places {
        let Some(person) = person_of(keys, forms, place as usize) else { continue };
        let docs = keys.docs(place as usize);
        let known = variants.iter_mut().find(|variant| {
            variant.initials == person.initials
                && variant.generation == person.generation
                && (variant.middle == person.middle
                    || variant.middle.is_empty()
                    || person.middle.is_empty())
        });
        match known {
            Some(variant) => {
                groups.join(variant.key, place);
                variant.add(docs);
                if variant.middle.is_empty() {
                    variant.middle = person.middle;
                }
            }
            None => variants.push(Variant {
                initials: person.initials,
                middle: person.middle,
                generation: person.generation,
                key: place,
                docs: docs.to_vec(),
            }),
        }
    }
    variants.sort_by(|one, other| one.order().cmp(&other.order()));
    variants
}

impl Variant {
    /// Those of one generation stand together, the ones with fewer middle names
    /// first.
    fn order(&self) -> (Option<&'static str>, usize, &str, &str) {
        (self.generation, self.initials.len(), &self.initials, &self.middle)
    }

    /// Whether this one may be `longer` with a middle name or two left out: the
    /// later ones (*H.* for *H. W.*), or the earlier ones where the others are
    /// written out (*Rodham* for *Diane Rodham*).
    fn may_be(&self, longer: &Self) -> bool {
        longer.initials.len() > self.initials.len()
            && (longer.initials.starts_with(&self.initials)
                || !self.middle.is_empty() && longer.middle.ends_with(&self.middle))
    }

    fn add(&mut self, docs: &[u32]) {
        self.docs.extend_from_slice(docs);
        self.docs.sort_unstable();
        self.docs.dedup();
    }

    fn articles(&self) -> u32 {
        self.docs.len() as u32
    }
}

/// Joins those of a base that are one person.
fn join_base(variants: Vec<Variant>, groups: &mut Groups) {
    let mut by_generation: Vec<Vec<Variant>> = Vec::new();
    for variant in variants {
        match by_generation.last_mut().filter(|last| last[0].generation == variant.generation) {
            Some(last) => last.push(variant),
            None => by_generation.push(vec![variant]),
        }
    }
    for variants in &mut by_generation {
        join_initials(variants, groups);
    }
    // Without a generation comes first.
    let mut generations = by_generation.iter();
    let Some([plain]) = generations.next().map(Vec::as_slice) else { return };
    if plain.generation.is_some() {
        return;
    }
    let mut later: Vec<&Variant> = generations.flatten().collect();
    later.sort_by_key(|variant| (variant.articles(), variant.key));
    let all: u32 = later.iter().map(|variant| variant.articles()).sum();
    if let Some(most) = later.pop()
        && is_share(most.articles(), all, DOMINANT)
        && are_seldom_together(&plain.docs, &most.docs)
    {
        groups.join(plain.key, most.key);
    }
}

/// Joins names with fewer initials to those with more, where it is plain to
/// which; what stays apart is left in `variants`.
fn join_initials(variants: &mut Vec<Variant>, groups: &mut Groups) {
    // Sorted, so that `h` stands before `hw`; the longest are first asked.
    for place in (0..variants.len()).rev() {
        let mut longer: Vec<(u32, usize)> = (place + 1..variants.len())
            .filter(|other| variants[place].may_be(&variants[*other]))
            .map(|other| (variants[other].articles(), other))
            .collect();
        longer.sort_unstable();
        let all: u32 = longer.iter().map(|(articles, _)| articles).sum();
        if let Some((most, other)) = longer.pop()
            && (longer.is_empty() || is_share(most, all, DOMINANT))
        {
            groups.join(variants[place].key, variants[other].key);
            let docs = variants.remove(place).docs;
            variants[other - 1].add(&docs);
        }
    }
}

/// Whether `part` is at least that share of `whole`.
pub(super) fn is_share(part: u32, whole: u32, (share, of): (u32, u32)) -> bool {
    u64::from(part) * u64::from(of) >= u64::from(whole) * u64::from(share)
}

/// Whether few articles are in both lists, which are sorted.
fn are_seldom_together(one: &[u32], other: &[u32]) -> bool {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let both = few.iter().filter(|doc| many.binary_search(doc).is_ok()).count() as u32;
    !is_share(both, few.len() as u32, TOGETHER)
}

#[cfg(test)]
mod tests {
    use super::{Person, Variant, are_initials, join_base, person_base};
    use crate::index::names::build::Groups;
    use crate::text::person_key;

    #[test]
    fn names_fall_into_base_initials_and_generation() {
        for (name, base, initials, generation) in [
            ("Joe Biden", "joseph biden", "", None),
            ("Joseph R. Biden Jr.", "joseph biden", "r", Some("jr")),
            ("George H. W. Bush", "george bush", "hw", None),
            ("Martin Luther King, Jr.", "martin king", "l", Some("jr")),
            ("Donald John Trump", "donald trump", "j", None),
            ("Ursula von der Leyen", "ursula von der leyen", "", None),
            ("Bashar al-Assad", "bashar assad", "", None),
            ("Jill St. John", "jill st john", "", None),
            ("Xi Jinping", "xi jinping", "", None),
        ] {
            let person = Person::of_key(&person_key(name)).unwrap();
            let found = (&*person.base, &*person.initials, person.generation);
            assert_eq!(found, (base, initials, generation), "{name}");
        }
        assert_eq!(person_base("Biden"), None);
        assert_eq!(person_base("Ann Lee Ann Marie Lee"), None);
        assert!(are_initials("é") && !are_initials("bo") && !are_initials("wxyz"));
    }

    /// Which variants are one, as pairs of a variant and the first of its group.
    fn joined(variants: &[(&str, Option<&'static str>, std::ops::Range<u32>)]) -> Vec<u32> {
        let mut sorted: Vec<Variant> = variants
            .iter()
            .zip(0..)
            .map(|((middle, generation, docs), key)| Variant {
                initials: middle
                    .split(' ')
                    .map(|name| if name.len() > 2 { &name[..1] } else { name })
                    .collect(),
                middle: middle.split(' ').filter(|name| name.len() > 2).collect(),
                generation: *generation,
                key,
                docs: docs.clone().collect(),
            })
            .collect();
        sorted.sort_by(|one, other| one.order().cmp(&other.order()));
        let mut groups = Groups::new(variants.len());
        join_base(sorted, &mut groups);
        (0..variants.len() as u32).map(|key| groups.first(key)).collect()
    }

    #[test]
    fn an_initial_is_left_out_where_it_is_plain_who_is_meant() {
        assert_eq!(joined(&[("", None, 0..9), ("r", None, 9..10)]), [0, 0]);
        // Two people, neither of whom dominates.
        assert_eq!(
            joined(&[("", None, 0..9), ("w", None, 9..19), ("hw", None, 19..25)]),
            [0, 1, 2]
        );
        // Nine in ten.
        assert_eq!(
            joined(&[("", None, 0..9), ("w", None, 9..99), ("hw", None, 99..109)]),
            [0, 0, 2]
        );
        assert_eq!(
            joined(&[("h", None, 0..9), ("w", None, 9..19), ("hw", None, 19..25)]),
            [0, 1, 0]
        );
        // *Hillary Rodham Clinton* is *Hillary Diane Rodham Clinton*.
        assert_eq!(
            joined(&[("", None, 0..9), ("rodham", None, 9..19), ("diane rodham", None, 19..25)]),
            [0, 0, 0]
        );
        assert_eq!(
            joined(&[("", None, 0..9), ("r", None, 9..19), ("diane rodham", None, 19..25)]),
            [0, 1, 2]
        );
    }

    #[test]
    fn father_and_son_are_two_where_articles_name_both() {
        let junior = Some("jr");
        assert_eq!(joined(&[("", None, 0..90), ("r", junior, 90..99)]), [0, 0]);
        assert_eq!(joined(&[("", None, 0..90), ("", junior, 80..99)]), [0, 1]);
        assert_eq!(
            joined(&[("", None, 0..9), ("", junior, 9..19), ("", Some("sr"), 19..25)]),
            [0, 1, 2]
        );
    }
}
