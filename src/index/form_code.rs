//! How a form of a name is written down beside its key: as what the key does not
//! tell. Most forms are the key with capitals, or its last words so.
//!
//! | form of `department of justice` | code |
//! |---|---|
//! | *Department Of Justice* | nothing |
//! | *Department of Justice* | mark `cl` |
//! | *DEPARTMENT OF JUSTICE* | mark `uuu` |
//! | *Justice* | mark `2` |
//! | *Justice Dept.* | *Justice Dept.* |
//!
//! After the mark stands how many words the form leaves out, if any; then a letter
//! for each word, without those that have a capital at the end. Only letters of
//! ASCII change, so that the next Unicode changes no form.

use std::borrow::Cow;

use super::terms::PARTIAL;

/// What begins a code that is not the form itself. Names have no control
/// characters.
const MARK: char = '\u{1}';

/// Words up to which a form may leave out those at the start: a digit.
const MOST_LEFT_OUT: usize = 9;

/// How a word of a form comes of that of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// With a capital.
    Capital,
    /// As it is.
    Lower,
    /// In capitals.
    Upper,
    /// With a capital, and a full stop behind it.
    Dotted,
}

impl Case {
    const ALL: [Self; 4] = [Self::Capital, Self::Lower, Self::Upper, Self::Dotted];

    const fn letter(self) -> char {
        match self {
            Self::Capital => 'c',
            Self::Lower => 'l',
            Self::Upper => 'u',
            Self::Dotted => 'd',
        }
    }

    /// Appends a word of the key so.
    fn push(self, word: &str, form: &mut String) {
        let start = form.len();
        form.push_str(word);
        let capitals = match self {
            Self::Lower => 0,
            Self::Upper => word.len(),
            Self::Capital | Self::Dotted => word.len().min(1),
        };
        // In the middle of a character there is no letter of ASCII to change.
        if let Some(capitals) = form.get_mut(start..start + capitals) {
            capitals.make_ascii_uppercase();
        }
        if self == Self::Dotted {
            form.push('.');
        }
    }

    /// Whether a word of the key becomes that of a form.
    fn makes(self, word: &str, written: &str) -> bool {
        let letters = match self {
            Self::Dotted => written.strip_suffix('.'),
            _ => Some(written),
        };
        let Some(letters) = letters.filter(|letters| letters.len() == word.len()) else {
            return false;
        };
        letters.bytes().zip(word.bytes()).enumerate().all(|(place, (written, letter))| {
            let is_capital = self == Self::Upper || self != Self::Lower && place == 0;
            written == if is_capital { letter.to_ascii_uppercase() } else { letter }
        })
    }
}

/// The code of a form of the name with this key. It may be a part of a name.
pub(super) fn encode<'f>(key: &str, form: &'f str) -> Cow<'f, str> {
    let words = key.trim_end_matches(PARTIAL).split(' ');
    let count = words.clone().count();
    let Some(left_out) = count.checked_sub(form.split(' ').count()) else {
        return Cow::Borrowed(form);
    };
    if left_out > MOST_LEFT_OUT {
        return Cow::Borrowed(form);
    }
    let mut code = String::from(MARK);
    if left_out > 0 {
        code.push(char::from(b'0' + left_out as u8));
    }
    for (word, written) in words.skip(left_out).zip(form.split(' ')) {
        let Some(case) = Case::ALL.into_iter().find(|case| case.makes(word, written)) else {
            return Cow::Borrowed(form);
        };
        code.push(case.letter());
    }
    code.truncate(code.trim_end_matches(Case::Capital.letter()).len());
    if code.len() == MARK.len_utf8() {
        code.clear();
    }
    Cow::Owned(code)
}

/// The form of the name with this key that has this code.
#[must_use]
pub fn decode<'f>(key: &str, code: &'f str) -> Cow<'f, str> {
    let mut letters = match code.strip_prefix(MARK) {
        Some(letters) => letters.chars().peekable(),
        None if code.is_empty() => code.chars().peekable(),
        None => return Cow::Borrowed(code),
    };
    let left_out = letters.next_if(char::is_ascii_digit).and_then(|digit| digit.to_digit(10));
    let words = key.trim_end_matches(PARTIAL).split(' ').skip(left_out.unwrap_or(0) as usize);
    let mut form = String::with_capacity(key.len());
    for (place, word) in words.enumerate() {
        if place > 0 {
            form.push(' ');
        }
        let letter = letters.next().unwrap_or(Case::Capital.letter());
        let case = Case::ALL.into_iter().find(|case| case.letter() == letter);
        case.unwrap_or(Case::Capital).push(word, &mut form);
    }
    Cow::Owned(form)
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};
    use crate::text::name_key;
    use proptest::prelude::*;

    #[test]
    fn forms_are_what_their_keys_do_not_tell() {
        for (key, form, code) in [
            ("joe biden", "Joe Biden", ""),
            ("joe biden", "Biden", "\u{1}1"),
            ("joe biden", "BIDEN", "\u{1}1u"),
            ("joe biden", "Joe", "Joe"),
            ("biden,", "Biden", ""),
            ("department of justice", "Department of Justice", "\u{1}cl"),
            ("department of justice", "Justice", "\u{1}2"),
            ("fbi", "FBI", "\u{1}u"),
            ("us", "U.S.", "U.S."),
            ("john f kennedy", "John F. Kennedy", "\u{1}cd"),
            ("john mccain", "John McCain", "John McCain"),
            ("emile zola", "Émile Zola", "Émile Zola"),
            ("émile", "émile", ""),
            ("9 11 commission", "9 11 Commission", ""),
            ("x", "X Y", "X Y"),
        ] {
            assert_eq!(encode(key, form), code, "{form}");
            assert_eq!(decode(key, code), form, "{form}");
        }
    }

    proptest! {
        #[test]
        fn every_form_comes_back(
            name in "([A-Za-zÉé.']{1,4}|of|FBI|한)( ([A-Za-z.']{1,4}|of|FBI|й)){0,3}",
            form in "([A-Za-zÉé.']{1,4}|of|FBI|한)( ([A-Za-z.']{1,4}|of|FBI|й)){0,3}",
            skipped in 0..3_usize,
        ) {
            let key = name_key(&name);
            let rest: Vec<&str> = name.split(' ').skip(skipped).collect();
            for form in [&name, &form, &rest.join(" "), &name.to_uppercase(), &key] {
                if !form.is_empty() {
                    let code = encode(&key, form);
                    prop_assert_eq!(&decode(&key, &code), form);
                    // A list of codes has NUL between them.
                    prop_assert!(!code.contains('\0'));
                }
            }
        }
    }
}
