//! Folding: one form for all the ways to write the same letters.
//!
//! Lower case, no accents, compatibility forms resolved (NFKD), typographic
//! apostrophes as `'`. What folds alike is found alike. Vowel signs of Indic
//! scripts are letters, not accents, and stay.

use unicode_normalization::UnicodeNormalization;

/// `text` folded, as a new string.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// Appends `text` folded to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        return;
    }
    let mut before = '\0';
    let letters = text.nfkd().flat_map(char::to_lowercase).filter(|&letter| {
        // Cyrillic short i is a letter of its own, not an i with an accent.
        let dropped = is_accent(letter) && !(before == 'и' && letter == '\u{306}');
        before = letter;
        !dropped
    });
    // Recomposed, so that Hangul syllables and kana stay one character each.
    for letter in letters.nfc() {
        match plain_letters(letter) {
            Some(plain) => out.push_str(plain),
            None => out.push(letter),
        }
    }
}

/// The key of a name; names with one key are one name.
///
/// Folded; hyphens, dots and the like separate words, apostrophes go, and
/// initials stand together. So `harbour-workers-federation` and *Harbour
/// Workers' Federation* are one, and so are *J. R. Okafor* and *J.R. Okafor*.
/// A name of marks alone is its own key.
#[must_use]
pub fn name_key(name: &str) -> String {
    let folded = fold(name);
    let mut key = String::with_capacity(folded.len());
    let mut after_initial = false;
    for word in folded.split(separates_names) {
        let mut word = word.replace('\'', "");
        if !word.is_ascii() && folded.contains('\'') {
            // Marks that an apostrophe kept apart may take another order.
            word = fold(&word);
        }
        let mut letters = word.chars();
        let is_initial =
            letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        if word.is_empty() {
            continue;
        }
        let joins_initials = after_initial && is_initial;
        if !key.is_empty() && !joins_initials {
            key.push(' ');
        }
        key.push_str(&word);
        after_initial = is_initial;
    }
    if key.is_empty() { folded.split_whitespace().collect::<Vec<_>>().join(" ") } else { key }
}

/// Marks between the words of a name. Those that tell names apart (`C++`, `R&B`)
/// are not among them.
fn separates_names(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '-' | '_' | '.' | ',' | ';' | ':' | '/' | '(' | ')' | '[' | ']' | '"' | '\u{2010}'
                ..='\u{2015}' | '“' | '”' | '„' | '«' | '»'
        )
}

/// Marks that readers leave out when they type: Latin, Greek and Cyrillic
/// diacritics, Hebrew points, Arabic vowel signs and the stroke that lengthens words, soft hyphens and joiners.
fn is_accent(letter: char) -> bool {
    matches!(letter,
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Letters that Unicode does not decompose and keyboards lack.
fn plain_letters(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        // What a Greek word ends with in lower case, it has as an ordinary sigma in capitals.
        'ς' => "σ",
        '’' | '‘' | 'ʼ' | '＇' | '`' | '´' => "'",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{fold, name_key};
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_odd_letters_fold() {
        for (written, folded) in [
            ("Joe BIDEN", "joe biden"),
            ("José Álvarez", "jose alvarez"),
            ("Erdoğan", "erdogan"),
            ("İstanbul", "istanbul"),
            ("Straße", "strasse"),
            ("Søren Kierkegaard", "soren kierkegaard"),
            ("don’t", "don't"),
            ("ﬁnance", "finance"),
            ("한국", "한국"),
            ("हिन्दी", "हिन्दी"),
            ("Χρήστος", "χρηστοσ"),
            ("ΧΡΗΣΤΟΣ", "χρηστοσ"),
            ("مـصـر", "مصر"),
            ("Йод и ёлка", "йод и елка"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn names_written_in_several_ways_have_one_key() {
        for (names, key) in [
            (&["Joe Biden", "JOE  BIDEN", "joe-biden", "Joe Biden."][..], "joe biden"),
            (&["J. R. Okafor", "J.R. Okafor", "JR Okafor"], "jr okafor"),
            (
                &["Harbour Workers' Federation", "harbour-workers-federation"],
                "harbour workers federation",
            ),
            (&["U.S.", "US", "u s"], "us"),
            (&["white_house", "White House"], "white house"),
            (&["C++"], "c++"),
            (&["---"], "---"),
            (&["  "], ""),
        ] {
            for name in names {
                assert_eq!(name_key(name), key, "{name}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "[a-zA-Z .'_-]{0,20}") {
            let key = name_key(&name);
            prop_assert_eq!(name_key(&key), key);
        }

        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
