//! What a model takes for a name and is none: pronouns, words, things.
//!
//! The words are in `gazetteer/noise.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::gazetteer::{classes, lines};
use super::words::{WordRange, Words};

/// How much a folded name is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// It can be a name.
    Name,
    /// A word that is somebody's name only if the article names him in full:
    /// *May*; or a part of an organization's name: *Committee*.
    Part,
    /// Nothing that has a name of the kinds that are looked for.
    Nothing,
}

/// The words of the lists.
struct Noise {
    words: FxHashSet<&'static str>,
    things: FxHashSet<String>,
    generic: FxHashSet<&'static str>,
}

static NOISE: LazyLock<Noise> = LazyLock::new(|| {
    let list = include_str!("gazetteer/noise.txt");
    let of_class = |wanted: &'static str| {
        classes(list).filter(move |(class, _)| *class == wanted).map(|(_, word)| word)
    };
    let things = lines(list).filter_map(|line| line.strip_prefix("thing: "));
    let fold = |name: &str| {
        let mut words = Words::default();
        let range = words.add(name);
        words.key(&range).to_owned()
    };
    Noise {
        words: of_class("word").collect(),
        things: things.flat_map(|line| line.split(" | ")).map(fold).collect(),
        generic: of_class("generic").collect(),
    }
});

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
    if is_word || is_generic() { Worth::Part } else { Worth::Name }
}

/// Whether `core` is the mark of a party and a state: *R-Ky.*, *D-N.Y.*.
pub(super) fn is_party_mark(core: &str) -> bool {
    matches!(core.as_bytes(), [b'R' | b'D' | b'I', b'-', b'A'..=b'Z', ..])
        && !core.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{Worth, is_party_mark, worth};
    use crate::annotate::entities::words::Words;

    #[test]
    fn words_and_things_are_no_names() {
        for (text, expected) in [
            ("He", Worth::Part),
            ("May", Worth::Part),
            ("Committee", Worth::Part),
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
    fn party_marks_are_told_from_names() {
        for (text, mark) in [
            ("R-Ky.", true),
            ("D-N.Y", true),
            ("I-95", false),
            ("R-rated", false),
            ("D-Day X", false),
        ] {
            assert_eq!(is_party_mark(text), mark, "{text}");
        }
    }
}
