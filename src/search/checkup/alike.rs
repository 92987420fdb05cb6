//! Names that one slip makes of each other.

use std::collections::BTreeMap;

/// Letters of the shortest key that is compared. Shorter names of different outlets are
/// often one letter apart: *Daily Mail*, *Daily Mall*.
const LEAST_LETTERS: usize = 11;
/// Letters of the longest; what is longer is no name, and has too many neighbours.
const MOST_LETTERS: usize = 80;

/// Pairs of keys, as numbers, between which a letter is missing, wrong, or has changed
/// places with the next. Digits tell names apart, and so does an `s` at the end.
///
/// Keys with one slip between them have a form in common from which one letter is left
/// out (Garbe 2012, symmetric delete): so no key is compared with every other.
pub(super) fn alike(keys: &[&str]) -> Vec<(usize, usize)> {
    let mut by_form: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, key) in keys.iter().enumerate() {
        let letters = key.chars().count();
        if !(LEAST_LETTERS..=MOST_LETTERS).contains(&letters) {
            continue;
        }
        let mut forms: Vec<String> = key
            .char_indices()
            .map(|(at, letter)| [&key[..at], &key[at + letter.len_utf8()..]].concat())
            .chain([(*key).to_owned()])
            .collect();
        forms.sort_unstable();
        forms.dedup();
        for form in forms {
            by_form.entry(form).or_default().push(number);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for numbers in by_form.into_values() {
        for (place, one) in numbers.iter().enumerate() {
            let others = numbers[place + 1..].iter();
            let others = others.filter(|other| is_one_slip(keys[*one], keys[**other]));
            pairs.extend(others.map(|other| (*one, *other)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Whether one slip makes one key of the other.
fn is_one_slip(one: &str, other: &str) -> bool {
    let one: Vec<char> = one.chars().collect();
    let other: Vec<char> = other.chars().collect();
    let start = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[start..], &other[start..]);
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other);
    let end = same_end.count();
    let (left, right) = (&one[..one.len() - end], &other[..other.len() - end]);
    let is_slip = match (left, right) {
        // An `s` at the end makes another name.
        ([letter], []) | ([], [letter]) => end > 0 || *letter != 's',
        ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    is_slip && !left.iter().chain(right).any(|letter| letter.is_numeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{alike, is_one_slip};

    #[test]
    fn one_slip_makes_names_alike() {
        for (one, other, expected) in [
            ("tucsonweekly", "tusconweekly", true),
            ("minneapolisstar", "mineapolisstar", true),
            ("harbourtimesdaily", "harbourtimesdail", true),
            ("sandiegotribune", "sandiegotribbune", true),
            ("manchestergazette", "manchestergazetta", true),
            // Short, a digit, a plural, two slips.
            ("dailymail", "dailymall", false),
            ("northchannel4", "northchannel5", false),
            ("northerntime", "northerntimes", false),
            ("easternherald", "westernherald", false),
            ("harbourtimes", "harbourtimes", false),
        ] {
            let pairs = alike(&[one, other]);
            assert_eq!(pairs.len(), usize::from(expected), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn no_pair_is_missed(keys in prop::collection::vec("[abs1]{10,12}", 0..12)) {
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let mut expected = Vec::new();
            for (one, key) in keys.iter().enumerate() {
                for (other, another) in keys.iter().enumerate().skip(one + 1) {
                    let long = key.len().min(another.len()) >= 11;
                    if long && is_one_slip(key, another) {
                        expected.push((one, other));
                    }
                }
            }
            prop_assert_eq!(alike(&keys), expected);
        }
    }
}
