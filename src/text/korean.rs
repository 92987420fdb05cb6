//! Stems of Korean words: what stands between spaces, without its particles.
//!
//! A Korean noun carries its particles (서울에서, *in Seoul*; 대통령이라고), and most verbs
//! of news are a noun with a form of *hada*, to do, or *doeda*, to become (발표했다,
//! *announced*). Both are taken off by rule, as often as there are any, so that a word and
//! the same with one more particle have one stem. Verbs of Korean's own are left alone.

/// Particles and endings of several syllables, which leave one syllable at least.
#[rustfmt::skip]
const LONG: [&str; 62] = [
    "에서", "에게", "에게서", "한테", "께서", "부터", "까지", "으로", "으로서", "으로써", "로서", "로써", "처럼", "보다",
    "마다", "조차", "마저", "밖에", "에는", "에도", "에만", "에서는", "에서도", "으로는", "으로도", "로는", "로도",
    "와의", "과의", "와는", "과는", "들이", "들은", "들을", "들의", "들에", "들도", "이나", "이란", "이라는", "이라고",
    "라는", "라고", "이다", "입니다", "이었다", "했다", "하다", "하는", "하고", "하며", "하기", "하지", "하면", "한다",
    "합니다", "했습니다", "됐다", "되는", "되고", "된다", "됩니다",
];

/// Particles and endings of one syllable, which leave two: a noun of two syllables often
/// ends as a particle would (국가, 결과, 회의).
#[rustfmt::skip]
const SHORT: [&str; 24] = [
    "은", "는", "이", "가", "을", "를", "의", "에", "도", "와", "과", "로", "만", "들", "께", "나", "한",
    "할", "함", "해", "된", "될", "돼", "고",
];
const LEFT_BY_SHORT: usize = 2;

/// The stem of a folded word; the word itself where it is of another script.
pub(super) fn stem(folded: &str) -> &str {
    let mut stem = folded;
    while let Some(shorter) = without_ending(stem) {
        stem = shorter;
    }
    stem
}

/// A word without its longest ending.
fn without_ending(word: &str) -> Option<&str> {
    let long = LONG.iter().filter(|ending| word.ends_with(*ending)).max_by_key(|it| it.len());
    let short = || SHORT.iter().find(|ending| word.ends_with(*ending));
    let left = |ending: &&str, least: usize| {
        let left = &word[..word.len() - ending.len()];
        (left.chars().count() >= least && left.ends_with(is_syllable)).then_some(left)
    };
    long.and_then(|ending| left(ending, 1))
        .or_else(|| short().and_then(|ending| left(ending, LEFT_BY_SHORT)))
}

const fn is_syllable(letter: char) -> bool {
    matches!(letter, '가'..='힣')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONG, SHORT, stem};

    #[test]
    fn particles_and_endings_go() {
        for (word, expected) in [
            ("서울", "서울"),
            ("서울에서", "서울"),
            ("서울에서는", "서울"),
            ("대통령은", "대통령"),
            ("대통령이라고", "대통령"),
            ("학생들에게", "학생"),
            ("노동자들이", "노동자"),
            ("집에서", "집"),
            ("회의", "회의"),
            ("회의에서도", "회의"),
            ("국가가", "국가"),
            ("발표했다", "발표"),
            ("발표한", "발표"),
            ("발표했습니다", "발표"),
            ("에서", "에서"),
            ("port", "port"),
            ("", ""),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    proptest! {
        #[test]
        fn another_particle_changes_no_stem(
            word in "[서울경기대통령회의국가]{2,6}",
            ending in proptest::sample::select([&LONG[..], &SHORT[..]].concat()),
        ) {
            // Unless the word's last letters and the particle make up a longer one.
            let with = format!("{word}{ending}");
            let is_longer = LONG.iter().any(|it| it.len() > ending.len() && with.ends_with(it));
            prop_assume!(!is_longer);
            prop_assert_eq!(stem(&with), stem(&word));
        }
    }
}
