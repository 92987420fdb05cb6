//! What a model takes for a name and is none: pronouns, words, things.
//!
//! The words are in `gazetteer/noise.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::gazetteer::{classes, lines};
use super::known;
use super::words::{WordRange, Words};
use crate::annotate::EntityKind;

/// How much a folded name is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Worth {
    /// Nothing that has a name of the kinds that are looked for.
    Nothing,
    /// A word that is somebody's name only if the article names him in full:
    /// *May*; or a part of an organization's name: *Committee*.
    Part,
    /// It can be a name.
    Name,
}

/// The words of the lists.
struct Noise {
    demonyms: FxHashSet<&'static str>,
    words: FxHashSet<&'static str>,
    things: FxHashSet<String>,
    parts: FxHashSet<String>,
    generic: FxHashSet<&'static str>,
}

static NOISE: LazyLock<Noise> = LazyLock::new(|| {
    let list = include_str!("gazetteer/noise.txt");
    let of_class = |wanted: &'static str| {
        classes(list).filter(move |(class, _)| *class == wanted).map(|(_, word)| word)
    };
    let fold = |name: &str| {
        let mut words = Words::default();
        let range = words.add(name);
        words.key(&range).to_owned()
    };
    Noise {
        demonyms: of_class("demonym").collect(),
        words: of_class("word").collect(),
        things: names_of(list, "thing: ").map(fold).collect(),
        parts: names_of(list, "part: ").map(fold).collect(),
        generic: of_class("generic").collect(),
    }
});

/// The names in the lines of `list` that begin so.
fn names_of(list: &'static str, class: &str) -> impl Iterator<Item = &'static str> {
    lines(list).filter_map(move |line| line.strip_prefix(class)).flat_map(|line| line.split(" | "))
}

/// The worth of the name with these words.
pub(super) fn worth(words: &Words, range: &WordRange) -> Worth {
    let key = words.key(range);
    let mut letters = key.chars().filter(|letter| letter.is_alphabetic());
    let has_letters = match letters.next() {
        // One letter of an alphabet names nobody; an ideograph may.
        Some(letter) => !letter.is_ascii() || letters.next().is_some(),
        None => false,
    };
    if !has_letters || NOISE.things.contains(key) {
        return Worth::Nothing;
    }
    let is_word = range.len() == 1 && NOISE.words.contains(key);
    let is_generic = || range.clone().all(|place| NOISE.generic.contains(words.word(place)));
    if is_word || NOISE.parts.contains(key) || is_generic() { Worth::Part } else { Worth::Name }
}

/// Whether `word` is one of the language, or of many names: *News*.
pub(super) fn is_common_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    NOISE.words.contains(&*lower) || NOISE.generic.contains(&*lower)
}

/// Whether `name` says what kind of organization is meant, and not which:
/// *Foreign Ministry*.
pub(super) fn says_kind_alone(name: &str) -> bool {
    let mut words = Words::default();
    let range = words.add(name);
    !range.is_empty() && range.clone().all(|place| NOISE.generic.contains(words.word(place)))
}

/// Whether `word` says of which nation somebody is, as it is written.
pub(super) fn is_demonym(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && NOISE.demonyms.contains(&*word.to_ascii_lowercase())
}

/// Whether `core`, as it is written, is no name: the mark of a party and a state
/// (*R-Ky.*), two names joined (*US-Russia*), a name cut off (*University of*).
pub(super) fn is_no_name(kind: EntityKind, core: &str) -> bool {
    let Some((first, last)) = core.split_once(['-', ' ']) else { return false };
    let joined = core.as_bytes()[first.len()] == b'-' && !last.contains(char::is_whitespace);
    let is_party_mark = || {
        matches!(first, "R" | "D" | "I") && last.starts_with(|letter: char| letter.is_uppercase())
    };
    let are_two =
        || known::is_country(last) && (kind == EntityKind::Person || known::is_country(first));
    let is_cut_off = || {
        let end = core.rsplit(' ').next().unwrap_or(core);
        kind != EntityKind::Person && matches!(end, "of" | "for" | "the" | "and" | "in" | "&")
    };
    joined && (is_party_mark() || are_two()) || is_cut_off()
}

#[cfg(test)]
mod tests {
    use super::{Worth, is_no_name, worth};
    use crate::annotate::EntityKind::{Organization, Person, Place};
    use crate::annotate::entities::words::Words;

    #[test]
    fn words_and_things_are_no_names() {
        for (text, expected) in [
            ("He", Worth::Part),
            ("May", Worth::Part),
            ("Committee", Worth::Part),
            ("Judiciary Committee", Worth::Part),
            ("Hill", Worth::Part),
            ("Court of Appeals", Worth::Part),
            ("Obamacare", Worth::Nothing),
            ("COVID-19", Worth::Nothing),
            ("J.", Worth::Nothing),
            ("2024", Worth::Nothing),
            ("Theresa May", Worth::Name),
            ("Labour Party", Worth::Name),
            ("李", Worth::Name),
            ("G7", Worth::Nothing),
        ] {
            let mut words = Words::default();
            let range = words.add(text);
            assert_eq!(worth(&words, &range), expected, "{text}");
        }
    }

    #[test]
    fn joined_and_cut_names_are_none() {
        for (kind, text, none) in [
            (Place, "R-Ky.", true),
            (Organization, "D-N.Y", true),
            (Place, "I-95", false),
            (Organization, "R-rated", false),
            (Place, "US-Russia", true),
            (Person, "Trump-Russia", true),
            (Person, "Ocasio-Cortez", false),
            (Organization, "University of", true),
            (Place, "Wilkes-Barre", false),
        ] {
            assert_eq!(is_no_name(kind, text), none, "{text}");
        }
    }
}
