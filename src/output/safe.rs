//! Text of strangers, made safe for a terminal.
//!
//! Control characters could move the cursor, change the title or worse;
//! characters that turn the direction of writing could make a text read as
//! what it is not. Both are shown as U+FFFD.

use std::borrow::Cow;

/// What stands for a character that is not shown.
const REPLACEMENT: char = '\u{fffd}';

/// Whether a character may control a terminal or the direction of writing.
pub(super) fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text of several lines, safe: line ends and tabs stay.
#[must_use]
pub fn safe_text(text: &str) -> Cow<'_, str> {
    replace(text, |letter| is_unsafe(letter) && !matches!(letter, '\n' | '\t'))
}

/// A text on one line, safe: line ends and tabs become spaces.
#[must_use]
pub fn safe_line(text: &str) -> Cow<'_, str> {
    replace(text, is_unsafe)
}

fn replace(text: &str, is_replaced: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_replaced) {
        return Cow::Borrowed(text);
    }
    let safe = |letter| match letter {
        '\n' | '\r' | '\t' if is_replaced(letter) => ' ',
        _ if is_replaced(letter) => REPLACEMENT,
        _ => letter,
    };
    Cow::Owned(text.chars().map(safe).collect())
}

#[cfg(test)]
mod tests {
    use super::{is_unsafe, safe_line, safe_text};
    use proptest::prelude::*;

    #[test]
    fn controls_and_turns_of_direction_are_shown_not_obeyed() {
        assert_eq!(safe_line("a\u{1b}[31mb\u{202e}c\nd"), "a\u{fffd}[31mb\u{fffd}c d");
        assert_eq!(safe_text("a\tb\nc\u{9b}d"), "a\tb\nc\u{fffd}d");
        assert_eq!(safe_line("Erdoğan 東京 👩‍🚀"), "Erdoğan 東京 👩‍🚀");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(text in "(?s:.){0,60}") {
            prop_assert!(!safe_line(&text).contains(is_unsafe));
        }
    }
}
