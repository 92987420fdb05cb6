//! The key of a person's name: one for the ways in which newspapers write it.

use std::borrow::Cow;

use super::{given_name, name_key};

/// The key of the name of a person; names with one key may be one person.
///
/// The words as in [`name_key`]. *Biden, Joe* is turned round; the first word of
/// two or more is the full given name of which it is a short form; the last
/// is `jr` for *Junior* and `sr` for *Senior*; an Arabic article before the surname goes
/// (*Bashar al-Assad*). So *Joe Biden*, *JOSEPH BIDEN* and
/// *Biden, Joseph* are one. Middle initials stay, as do generations: *George W. Bush*,
/// *George H. W. Bush* and *George Bush* are three keys, and so are *Ann Lee Jr*
/// and *Ann Lee*. Titles are taken for words of the name.
#[must_use]
pub fn person_key(name: &str) -> String {
    let key = name_key(&turned_round(name));
    let Some((first, rest)) = key.split_once(' ') else { return key };
    let mut plain = String::with_capacity(key.len());
    plain.push_str(given_name(first));
    let mut words = rest.split(' ').peekable();
    while let Some(word) = words.next() {
        let is_last = words.peek().is_none();
        if is_last || !matches!(word, "al" | "el") {
            plain.push(' ');
            plain.push_str(generation(word).filter(|_| is_last).unwrap_or(word));
        }
    }
    plain
}

/// The plain form of a folded word that tells generations of one name apart,
/// `jr` for `junior`; none of other words.
#[must_use]
pub fn generation(word: &str) -> Option<&'static str> {
    Some(match word {
        "jr" | "junior" => "jr",
        "sr" | "senior" => "sr",
        "ii" | "2nd" => "ii",
        "iii" | "3rd" => "iii",
        "iv" | "4th" => "iv",
        _ => return None,
    })
}

/// Words in front of a surname that belong to it, folded; none that is a given
/// name too, as *Ben* is.
const PARTICLES: [&str; 20] = [
    "al", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "le", "ter", "van", "von", "zu",
];

/// Whether a folded word is one that stands before a surname and belongs to it:
/// *van*, *de*, *al*.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// What stands behind a name after a comma and is no given name.
const DEGREES: [&str; 12] =
    ["md", "m.d.", "phd", "ph.d.", "esq", "esq.", "jd", "j.d.", "obe", "cbe", "mbe", "mp"];

/// `name` with the given name first: *Biden, Joseph R., Jr.* is *Joseph R. Biden Jr.*,
/// *Ann Lee, MD* is *Ann Lee*. As it is where no comma says so.
#[must_use]
pub fn turned_round(name: &str) -> Cow<'_, str> {
    let Some((surname, rest)) = name.split_once(',') else { return Cow::Borrowed(name) };
    let surname = surname.trim();
    let mut given = "";
    let mut suffix = "";
    for part in rest.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if is_one_of(part, &DEGREES) {
            continue;
        } else if is_generation(part) {
            suffix = part;
        } else if given.is_empty() {
            given = part;
        } else {
            // More commas than a name has: a list, or no name.
            return Cow::Borrowed(name);
        }
    }
    if given.is_empty() && suffix.is_empty() {
        return Cow::Borrowed(surname);
    }
    let words = [given, surname, suffix].into_iter().filter(|words| !words.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

fn is_one_of(part: &str, words: &[&str]) -> bool {
    words.iter().any(|word| part.eq_ignore_ascii_case(word))
}

fn is_generation(part: &str) -> bool {
    let word = part.trim_end_matches('.');
    is_one_of(word, &["jr", "junior", "sr", "senior", "ii", "iii", "iv", "2nd", "3rd", "4th"])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{person_key, turned_round};

    #[test]
    fn the_ways_to_write_a_person_have_one_key() {
        for (names, key) in [
            (
                &["Joe Biden", "JOSEPH BIDEN", "Biden, Joe", "BIDEN, JOSEPH", "joseph-biden"][..],
                "joseph biden",
            ),
            (
                &["Joseph R. Biden, Jr.", "Joe R Biden Jr", "Biden, Joseph R., Jr."],
                "joseph r biden jr",
            ),
            (&["Joe Biden Sr.", "Joseph Biden, Senior"], "joseph biden sr"),
            (&["George W. Bush"], "george w bush"),
            (&["George H. W. Bush", "George H.W. Bush", "George HW Bush"], "george hw bush"),
            (&["Jean-Luc Picard", "Jean Luc Picard"], "jean luc picard"),
            (&["José Álvarez", "Jose Alvarez"], "jose alvarez"),
            (&["Mohammed bin Salman", "Muhammad Bin Salman"], "mohammed bin salman"),
            (&["Bashar al-Assad", "Bashar Assad", "Bashar el Assad"], "bashar assad"),
            (&["Al Gore"], "al gore"),
            (&["Ann Lee", "Ann Lee, M.D.", "Lee, Ann"], "ann lee"),
            (&["Henry Ives IV", "Henry Ives 4th", "Hank Ives, IV"], "henry ives iv"),
            // A word alone may be a surname.
            (&["Joe", "JOE"], "joe"),
            (&["Bill"], "bill"),
            (&[""], ""),
        ] {
            for name in names {
                assert_eq!(person_key(name), key, "{name}");
            }
        }
    }

    #[test]
    fn lists_are_not_turned_round() {
        for (name, turned) in [
            ("Lee, Ann", "Ann Lee"),
            ("Ann, Bo, Cy", "Ann, Bo, Cy"),
            ("Lee,", "Lee"),
            ("Lee, Jr.", "Lee Jr."),
            (", Ann", "Ann"),
            (",", ""),
        ] {
            assert_eq!(turned_round(name), turned, "{name}");
        }
    }

    #[test]
    fn marks_that_an_apostrophe_kept_apart_are_in_one_order() {
        let key = person_key("\u{20d4}`\u{b4d}");
        assert_eq!(person_key(&key), key);
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "((Joe|Bill|Bibi|J\\.|Lee|Jr\\.|Junior|,| |-|é|李){0,8}|\\PC{0,20})") {
            let key = person_key(&name);
            prop_assert_eq!(person_key(&key), key);
        }
    }
}
