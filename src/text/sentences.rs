//! Where sentences and paragraphs begin.
//!
//! Simple rules that a reader can apply by hand, since queries (`w/s`, `w/p`)
//! promise what they find.

use super::Token;

/// How a word stands to the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// In the same sentence.
    #[default]
    None,
    /// It begins a sentence.
    Sentence,
    /// It begins a paragraph, and so a sentence.
    Paragraph,
}

/// For each word of `text` how it stands to the one before it. `tokens` are all
/// words of the text, in order.
///
/// * A paragraph begins after an empty line, and with the text.
/// * A sentence begins with a paragraph, and with a word that is not in lower case
///   after `.`, `!`, `?` or `…`, closing quotes and brackets, and white space. The
///   dot of an initial (*J.*), of common abbreviations (*Mr.*, *Sept.*) and inside a word
///   of dots (*U.S.*) ends none, unless a word such as *The* follows the latter.
/// * In Chinese and Japanese a sentence begins after `。`, `！` or `？`.
pub fn breaks<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = Break> + 't {
    (0..tokens.len()).map(move |at| {
        let Some(before) = at.checked_sub(1).map(|before| tokens[before]) else {
            return Break::Paragraph;
        };
        let gap = &text[before.span.end..tokens[at].span.start];
        if gap == " " {
            // Most words: nothing but a space, and no dot inside the word before.
            let dotted = before.span.of(text).ends_with('.');
            let ends = dotted && ends_sentence(text, before, gap, tokens[at]);
            return if ends { Break::Sentence } else { Break::None };
        }
        if has_empty_line(gap) {
            Break::Paragraph
        } else if ends_sentence(text, before, gap, tokens[at]) {
            Break::Sentence
        } else {
            Break::None
        }
    })
}

/// Abbreviations after which a name or a number follows.
const ABBREVIATIONS: [&str; 44] = [
    "adm", "apr", "aug", "brig", "capt", "cmdr", "col", "dec", "dept", "det", "dr", "feb", "fig",
    "ft", "gen", "gov", "govs", "hon", "jan", "lt", "maj", "mr", "mrs", "ms", "mt", "no", "nov",
    "oct", "pres", "prof", "rep", "reps", "rev", "sec", "sen", "sens", "sep", "sept", "sgt", "spc",
    "st", "supt", "vs", "approx",
];

/// Words that begin a sentence and hardly ever a name, which follows *U.S.*
/// otherwise.
const OPENERS: [&str; 22] = [
    "A", "After", "An", "And", "As", "At", "But", "For", "He", "His", "However", "I", "If", "In",
    "It", "On", "She", "That", "The", "They", "This", "We",
];

fn ends_sentence(text: &str, before: Token, gap: &str, next: Token) -> bool {
    let word = before.span.of(text);
    if gap.contains(['。', '！', '？']) {
        return true;
    }
    let next = next.span.of(text);
    // What stands behind the mark is closing and opening marks and white space.
    let in_word = word.ends_with('.');
    let mark = gap.find(['.', '!', '?', '…']);
    if mark.is_none() && !in_word || !gap.contains(char::is_whitespace) {
        return false;
    }
    if next.starts_with(char::is_lowercase) {
        return false;
    }
    if in_word && mark.is_none() {
        return OPENERS.contains(&next);
    }
    let is_dot = mark.is_some_and(|at| gap[at..].starts_with('.')) && !gap.contains(['!', '?']);
    !(is_dot && gap.starts_with('.') && is_abbreviated(word))
}

/// Whether the dot behind a word belongs to it.
fn is_abbreviated(word: &str) -> bool {
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_initial && word != "I"
        || word.starts_with(char::is_uppercase)
            && ABBREVIATIONS.iter().any(|abbreviation| word.eq_ignore_ascii_case(abbreviation))
        || word == "vs"
}

/// Whether a line without anything on it stands in `gap`.
fn has_empty_line(gap: &str) -> bool {
    let Some(first) = gap.find('\n') else { return false };
    let mut rest = &gap[first + 1..];
    while let Some(end) = rest.find('\n') {
        if rest[..end].trim().is_empty() {
            return true;
        }
        rest = &rest[end + 1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Break, breaks};
    use crate::text::tokens;

    /// The text with `|` where a sentence begins and `¶` where a paragraph does.
    fn marked(text: &str) -> String {
        let words: Vec<_> = tokens(text).collect();
        let mut marked = String::new();
        for (word, found) in words.iter().zip(breaks(text, &words)) {
            marked.push_str(match found {
                Break::None => " ",
                Break::Sentence => " | ",
                Break::Paragraph => " ¶ ",
            });
            marked.push_str(word.span.of(text));
        }
        marked.trim_start().to_owned()
    }

    #[test]
    fn sentences_and_paragraphs_of_news() {
        for (text, expected) in [
            ("Rain fell. It stopped.", "¶ Rain fell | It stopped"),
            ("Rain fell.\n \nIt stopped", "¶ Rain fell ¶ It stopped"),
            ("Rain\nfell. It\nstopped", "¶ Rain fell | It stopped"),
            ("Mr. Lee met Sen. Roy at St. Ives.", "¶ Mr Lee met Sen Roy at St Ives"),
            ("J. K. Roy left. He ran.", "¶ J K Roy left | He ran"),
            ("the U.S. Senate and the U.S. The vote", "¶ the U.S. Senate and the U.S. | The vote"),
            ("\"Go!\" he said. \"Why?\" Ann asked", "¶ Go he said | Why | Ann asked"),
            ("It rose 4.2 percent to 7. Ann", "¶ It rose 4.2 percent to 7 | Ann"),
            ("on Sept. 11 at 5 p.m. Monday", "¶ on Sept 11 at 5 p.m. Monday"),
            ("He said no. Ann left (at last). Bo", "¶ He said no | Ann left at last | Bo"),
            ("wait... what? 12 men", "¶ wait what | 12 men"),
            ("example.com is up", "¶ example com is up"),
            ("雨。晴", "¶ 雨 | 晴"),
        ] {
            assert_eq!(marked(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_word_has_one_break(text in "(?s:.){0,60}|[A-Za-z .!?\\n\"”)]{0,60}") {
            let words: Vec<_> = tokens(&text).collect();
            let found: Vec<_> = breaks(&text, &words).collect();
            prop_assert_eq!(found.len(), words.len());
            prop_assert!(found.first().is_none_or(|first| *first == Break::Paragraph));
        }
    }
}
