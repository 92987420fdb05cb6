//! Words of a run of letters of scripts without spaces.
//!
//! A run is first cut where its letters already tell: between scripts, except that what
//! hiragana adds to an ideograph stays with it (食べる). What is left is cut by a
//! dictionary, of Chinese and Japanese together and of Thai, Lao, Khmer and Burmese each;
//! a dictionary rather than a network, since it cuts a word that stands alone, as in a
//! query, more often as it does in a text (of 44 Thai words 41 against 34).
//!
//! Without the feature `segmentation` each ideograph and kana is a word by itself, and of
//! the other scripts each letter with its marks.

use super::unspaced::{Script, script_of};

/// Appends to `ends`, in descending order, where the words of `run` end, as offsets in
/// it. `run` has letters of scripts without spaces alone.
pub(super) fn push_ends_reversed(run: &str, ends: &mut Vec<usize>) {
    let before = ends.len();
    let mut start = 0;
    let mut script = None;
    for (at, letter) in run.char_indices() {
        let next = script_of(letter);
        if at > start && parts(script, next) {
            push_words(&run[start..at], start, ends);
            start = at;
        }
        script = next;
    }
    push_words(&run[start..], start, ends);
    ends[before..].reverse();
}

/// Whether a word ends between letters of these scripts.
fn parts(one: Option<Script>, next: Option<Script>) -> bool {
    one != next && (one, next) != (Some(Script::Han), Some(Script::Hiragana))
}

/// Appends where the words of `stretch` end, which starts at `start`.
#[cfg(feature = "segmentation")]
fn push_words(stretch: &str, start: usize, ends: &mut Vec<usize>) {
    use std::sync::LazyLock;

    use icu_segmenter::options::WordBreakInvariantOptions;
    use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};

    static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
        LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

    // The first boundary is the start.
    ends.extend(SEGMENTER.segment_str(stretch).skip(1).map(|end| start + end));
}

/// Appends where the words of `stretch` end, which starts at `start`.
#[cfg(not(feature = "segmentation"))]
fn push_words(stretch: &str, start: usize, ends: &mut Vec<usize>) {
    let begins = |&(_, letter): &(usize, char)| !super::unspaced::is_mark(letter);
    let starts = stretch.char_indices().skip(1).filter(begins);
    ends.extend(starts.map(|(at, _)| start + at));
    ends.push(start + stretch.len());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::push_ends_reversed;

    fn words(run: &str) -> Vec<&str> {
        let mut ends = Vec::new();
        push_ends_reversed(run, &mut ends);
        let mut start = 0;
        let mut words = Vec::new();
        for end in ends.into_iter().rev() {
            words.push(&run[start..end]);
            start = end;
        }
        words
    }

    #[test]
    #[cfg(feature = "segmentation")]
    fn runs_are_cut_into_words() {
        for (run, expected) in [
            ("東京都知事", vec!["東京", "都知事"]),
            ("横浜港でスト", vec!["横浜", "港", "で", "スト"]),
            ("ロシア軍", vec!["ロシア", "軍"]),
            ("码头工人罢工", vec!["码头", "工人", "罢工"]),
            ("ตำรวจจับกุม", vec!["ตำรวจ", "จับกุม"]),
            ("港กรุง", vec!["港", "กรุง"]),
        ] {
            assert_eq!(words(run), expected, "{run}");
        }
    }

    #[test]
    #[cfg(not(feature = "segmentation"))]
    fn runs_are_cut_into_letters() {
        assert_eq!(words("東京都"), ["東", "京", "都"]);
        assert_eq!(words("ที่นี่"), ["ที่", "นี่"]);
    }

    proptest! {
        #[test]
        fn words_make_up_the_run(run in "[東京都港湾人のをはトーア。กรุงเทพมหาครี่າວລྐກကြ့ខ្មែរ]{1,40}") {
            prop_assert_eq!(words(&run).concat(), &*run);
            prop_assert!(words(&run).iter().all(|word| !word.is_empty()));
        }
    }
}
