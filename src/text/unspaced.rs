//! Scripts written without spaces between words: which letters are theirs, and which
//! parts of their words are found.
//!
//! Where such a text has been cut into words (`segments`), people cut otherwise: who
//! looks for 東京 means 東京都 too. So a word is found by its beginning and by its end.
//! Of ideographs each has a meaning, so that any part counts; of an alphabet only parts
//! of some letters do, or รถ (car) would be found in สามารถ (can).

/// Letters of the shortest part of a word without ideographs that is looked for within
/// longer ones. With four, of the words and sentences of `tests/it/segmentation.rs`, 144
/// of 148 words are found, and 5 of 30 that chance letters make up (27 where each letter
/// is a word); หมา (dog), of three, would be found in หมายเลข (number).
const PART_LETTERS: usize = 4;

/// A script without spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Ideographs of Chinese and Japanese.
    Han,
    Hiragana,
    Katakana,
    Thai,
    Lao,
    Khmer,
    Burmese,
}

/// The script of a letter or mark; none of one that spaces separate, nor of digits
/// and punctuation.
pub(super) const fn script_of(letter: char) -> Option<Script> {
    Some(match letter {
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}' => Script::Thai,
        '\u{e80}'..='\u{ece}' | '\u{edc}'..='\u{edf}' => Script::Lao,
        '\u{1000}'..='\u{103f}' | '\u{1050}'..='\u{108f}' | '\u{109a}'..='\u{109d}' => {
            Script::Burmese
        }
        '\u{a9e0}'..='\u{a9ef}' | '\u{a9fa}'..='\u{a9fe}' | '\u{aa60}'..='\u{aa7f}' => {
            Script::Burmese
        }
        '\u{1780}'..='\u{17d3}' | '\u{17d7}' | '\u{17dc}' | '\u{17dd}' => Script::Khmer,
        '\u{3005}'..='\u{3007}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        // Without the double hyphen and the middle dot, which stand between words.
        '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => {
            Script::Katakana
        }
        '\u{ff66}'..='\u{ff9f}' => Script::Katakana,
        _ => return None,
    })
}

/// Whether a letter, or mark of a letter, cannot begin a part of a word: vowel signs,
/// tone marks, the mark of a long vowel.
pub(super) const fn is_mark(letter: char) -> bool {
    matches!(letter,
        '\u{e30}'..='\u{e3a}' | '\u{e45}'..='\u{e4e}'
        | '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}' | '\u{1056}'..='\u{1059}' | '\u{105e}'..='\u{1060}'
        | '\u{1062}'..='\u{1064}' | '\u{1067}'..='\u{106d}' | '\u{1071}'..='\u{1074}'
        | '\u{1082}'..='\u{108d}' | '\u{108f}' | '\u{109a}'..='\u{109d}'
        | '\u{17b4}'..='\u{17d3}' | '\u{17dd}'
        | '\u{3099}'..='\u{309c}' | '\u{30fc}' | '\u{ff70}' | '\u{ff9e}' | '\u{ff9f}')
}

/// Whether a folded word is of a script without spaces.
#[must_use]
pub fn is_unspaced(folded: &str) -> bool {
    !folded.is_ascii() && folded.chars().next().is_some_and(|letter| script_of(letter).is_some())
}

/// Whether a folded word of such a script is looked for within longer ones: it has an
/// ideograph or letters enough, and begins with a letter.
fn is_part(folded: &str) -> bool {
    let mut letters = folded.chars();
    letters.next().is_some_and(|first| !is_mark(first))
        && (folded.chars().any(|letter| script_of(letter) == Some(Script::Han))
            || letters.count() + 1 >= PART_LETTERS)
}

/// Whether a folded word begins with `part`, a shorter one that is looked for within
/// longer ones: กรุงเทพมหานคร with กรุงเทพ.
#[must_use]
pub fn begins_with_part(folded: &str, part: &str) -> bool {
    let rest = folded.strip_prefix(part).and_then(|rest| rest.chars().next());
    rest.is_some_and(|letter| !is_mark(letter)) && is_part(part)
}

/// Whether `part` is one of the [`tails`] of a folded word.
#[must_use]
pub fn ends_with_part(folded: &str, part: &str) -> bool {
    folded.len() > part.len()
        && folded.ends_with(part)
        && !folded.starts_with(part)
        && is_part(part)
}

/// The ends of a folded word that are looked for within longer ones, the longest first:
/// 京都 and 都 of 東京都. Not those that the word begins with too, so that no word is
/// found twice in one place.
pub fn tails(folded: &str) -> impl Iterator<Item = &str> {
    let starts = folded.char_indices().skip(1).map(|(start, _)| start);
    starts.map(|start| &folded[start..]).filter(|tail| is_part(tail) && !folded.starts_with(tail))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{begins_with_part, ends_with_part, is_unspaced, script_of, tails};

    #[test]
    fn words_are_of_a_script_without_spaces_or_not() {
        for (word, unspaced) in [
            ("港", true),
            ("みなと", true),
            ("กรุงเทพ", true),
            ("ភ្នំពេញ", true),
            ("서울", false),
            ("port", false),
            ("порт", false),
            ("", false),
        ] {
            assert_eq!(is_unspaced(word), unspaced, "{word}");
        }
        // Between words, not of them.
        for mark in ['・', '゠', '。', '๏', '฿', '๓', '។', '\u{200b}'] {
            assert_eq!(script_of(mark), None, "{mark}");
        }
    }

    #[test]
    fn parts_are_found_and_chance_letters_are_not() {
        for (word, part, begins, ends) in [
            ("東京都", "東京", true, false),
            ("東京都", "京都", false, true),
            ("東京都", "東京都", false, false),
            ("天天", "天", true, false),
            ("กรุงเทพมหานคร", "กรุงเทพ", true, false),
            ("กรุงเทพมหานคร", "มหานคร", false, true),
            ("สามารถ", "รถ", false, false),
            ("ตาม", "ตา", false, false),
            // The vowel sign belongs to the letter before it.
            ("ประเทศา", "ประเทศ", false, false),
            ("サッカーワールドカップ", "ワールドカップ", false, true),
            ("アイドル", "ドル", false, false),
        ] {
            assert_eq!(begins_with_part(word, part), begins, "{part} in {word}");
            assert_eq!(ends_with_part(word, part), ends, "{part} in {word}");
        }
    }

    proptest! {
        #[test]
        fn the_tails_are_what_a_word_ends_with(word in "[东京都大学กรงเทพาี้みなートト]{1,6}", cut in 0_usize..6) {
            let found: Vec<_> = tails(&word).collect();
            for (start, _) in word.char_indices() {
                let tail = &word[start..];
                prop_assert_eq!(ends_with_part(&word, tail), found.contains(&tail), "{}", tail);
            }
            let start: String = word.chars().take(cut).collect();
            prop_assert!(!(begins_with_part(&word, &start) && found.contains(&&*start)));
        }
    }
}
