//! Line ends and blanks of a text, as every article has them.

use std::borrow::Cow;

/// `text` without a byte order mark, with `\n` for every line end (`\r\n`,
/// `\r`, U+0085, U+2028, and two for U+2029, which parts paragraphs).
pub(super) fn unified(text: &str) -> Cow<'_, str> {
    let text = text.trim_start_matches('\u{feff}');
    let odd = ['\r', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut unified = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(odd) {
        let (before, end) = rest.split_at(at);
        unified.push_str(before);
        unified.push_str(if end.starts_with('\u{2029}') { "\n\n" } else { "\n" });
        let length =
            if end.starts_with("\r\n") { 2 } else { end.chars().next().map_or(0, char::len_utf8) };
        rest = &end[length..];
    }
    unified.push_str(rest);
    Cow::Owned(unified)
}

/// `text`, whose line ends are `\n`, without blanks at the ends of its lines,
/// without empty lines at both its ends, and with one empty line between
/// paragraphs.
pub(super) fn tidied(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut is_gap = false;
    for line in text.lines() {
        // The indent of the first line is no part of the text either.
        let line = if tidied.is_empty() { line.trim() } else { line.trim_end() };
        if line.is_empty() {
            is_gap = true;
            continue;
        }
        if !tidied.is_empty() {
            tidied.push_str(if is_gap { "\n\n" } else { "\n" });
        }
        tidied.push_str(line);
        is_gap = false;
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::{tidied, unified};
    use proptest::prelude::*;

    #[test]
    fn all_line_ends_become_one() {
        assert_eq!(unified("\u{feff}a\r\nb\rc\u{2028}d\u{2029}e\r\r\n"), "a\nb\nc\nd\n\ne\n\n");
    }

    #[test]
    fn paragraphs_are_kept_and_blanks_are_not() {
        assert_eq!(tidied("\n  a \n b\t\n \n\n\nc\n\n"), "a\n b\n\nc");
        assert_eq!(tidied(" \n "), "");
    }

    proptest! {
        #[test]
        fn tidying_twice_changes_nothing(text in "[ab \n\t]{0,40}") {
            let once = tidied(&text);
            prop_assert_eq!(tidied(&once), once);
        }
    }
}
