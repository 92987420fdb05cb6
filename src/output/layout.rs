//! Lines of text: breaking, cutting, padding, grouping digits.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A number with its thousands apart: `37,554`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Columns that `text` takes on a terminal, colours not counted.
pub(super) fn width(text: &str) -> usize {
    let mut columns = 0;
    let mut rest = text;
    while let Some(escape) = rest.find('\u{1b}') {
        columns += rest[..escape].width();
        let after = &rest[escape..];
        // An SGR sequence ends with `m`, a link with ST.
        let end = if after.starts_with("\u{1b}[") { after.find('m') } else { after.find('\\') };
        rest = end.map_or("", |end| &after[end + 1..]);
    }
    columns + rest.width()
}

/// Breaks a text at spaces into lines of at most `columns` columns; a longer
/// word has a line of its own. Colours must not span a space that breaks.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ') {
        let word_width = width(word);
        if used > 0 && used + 1 + word_width > columns {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += word_width;
    }
    lines.push(line);
    lines
}

/// `text` in at most `columns` columns, its end cut off with `…`.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(letter);
    }
    kept.push('…');
    kept
}

/// Letters of a word at most that is left out whole rather than cut: what is longer is
/// no word, or is of a script without spaces.
const WORD_LETTERS: usize = 16;

/// The start of `text` that fits into `columns`; if it is cut, it ends with a whole word
/// where it has one.
pub(super) fn start_within(text: &str, columns: usize) -> &str {
    if text.width() <= columns {
        return text;
    }
    let past = fitting(text.char_indices(), columns).map_or(0, |(at, length)| at + length);
    let mut kept = &text[..past];
    // Some letters are wider beside each other.
    while kept.width() > columns {
        kept = &kept[..kept.char_indices().next_back().map_or(0, |(at, _)| at)];
    }
    if !text[kept.len()..].starts_with(' ')
        && let Some(space) = kept.rfind(' ')
        && kept[space..].chars().count() <= WORD_LETTERS
    {
        kept = &kept[..space];
    }
    kept.trim_end_matches(' ')
}

/// The end of `text` that fits into `columns`; if it is cut, it begins with a whole word
/// where it has one.
pub(super) fn end_within(text: &str, columns: usize) -> &str {
    if text.width() <= columns {
        return text;
    }
    let start = fitting(text.char_indices().rev(), columns).map_or(text.len(), |(at, _)| at);
    let mut kept = &text[start..];
    while kept.width() > columns {
        kept = &kept[kept.chars().next().map_or(0, char::len_utf8)..];
    }
    if !text[..text.len() - kept.len()].ends_with(' ')
        && let Some(space) = kept.find(' ')
        && kept[..space].chars().count() <= WORD_LETTERS
    {
        kept = &kept[space..];
    }
    // What belongs to a letter that is cut off goes with it.
    kept.trim_start_matches(|letter: char| letter == ' ' || letter.width() == Some(0))
}

/// The place and the length of the last of `letters` that fits, one after the other,
/// into `columns`.
fn fitting(letters: impl Iterator<Item = (usize, char)>, columns: usize) -> Option<(usize, usize)> {
    let mut used = 0;
    let fits = |&(_, letter): &(usize, char)| {
        used += letter.width().unwrap_or(0);
        used <= columns
    };
    letters.take_while(fits).last().map(|(at, letter)| (at, letter.len_utf8()))
}

/// A bar in eighths of a column, `columns` long for `most`; what is not nothing
/// is seen.
pub(super) fn bar(value: f64, most: f64, columns: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if value <= 0.0 || most <= 0.0 {
        return String::new();
    }
    let eighths = (value / most * columns as f64 * 8.0).ceil() as usize;
    format!("{}{}", "█".repeat(eighths / 8), EIGHTHS[eighths % 8])
}

/// `1 word`, and of others their number and the plural with `s`.
#[must_use]
pub fn plural(count: u64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{} {word}s", grouped(count)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{bar, cut, end_within, grouped, plural, start_within, width, wrapped};

    #[test]
    fn digits_are_grouped() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (37_554, "37,554")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!(plural(1, "article"), "1 article");
        assert_eq!(plural(2000, "article"), "2,000 articles");
    }

    #[test]
    fn bars_are_in_proportion_and_something_is_seen_of_anything() {
        for (value, drawn) in [(0.0, ""), (0.001, "▏"), (5.0, "██▌"), (10.0, "█████")]
        {
            assert_eq!(bar(value, 10.0, 5), drawn);
        }
        assert_eq!(bar(0.0, 0.0, 5), "");
    }

    #[test]
    fn lines_break_at_spaces_and_count_columns() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("東京 東京", 5), ["東京", "東京"]);
        assert_eq!(wrapped("unbreakable", 3), ["unbreakable"]);
        assert_eq!(width("\u{1b}[1;31mport\u{1b}[0m"), 4);
        assert_eq!(width("\u{1b}]8;;file:///x\u{1b}\\ab\u{1b}]8;;\u{1b}\\"), 2);
        assert_eq!(cut("東京 Tokyo", 6), "東京 …");
    }

    #[test]
    fn ends_are_cut_between_words() {
        for (text, columns, start, end) in [
            ("one two three", 20, "one two three", "one two three"),
            ("one two three", 13, "one two three", "one two three"),
            ("one two three", 12, "one two", "two three"),
            ("one two three", 7, "one two", "three"),
            ("one two three", 2, "on", "ee"),
            ("one two", 0, "", ""),
            ("東京東京東京", 5, "東京", "東京"),
            ("a 東京", 4, "a", "東京"),
            ("unbreakableunbreakable now", 18, "unbreakableunbreak", "now"),
            ("e\u{301}e\u{301} x", 2, "e\u{301}e\u{301}", "x"),
            ("❤\u{fe0f}❤\u{fe0f}", 3, "❤\u{fe0f}❤", "❤\u{fe0f}"),
            ("ae\u{301}e\u{301}", 1, "a", "e\u{301}"),
            ("", 3, "", ""),
        ] {
            assert_eq!(start_within(text, columns), start, "start of {text} in {columns}");
            assert_eq!(end_within(text, columns), end, "end of {text} in {columns}");
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in "[ a東é\u{301}❤\u{fe0f}\u{200d}👩🚀]{0,24}", columns in 0_usize..20) {
            let (start, end) = (start_within(&text, columns), end_within(&text, columns));
            prop_assert!(text.starts_with(start) && text.ends_with(end));
            prop_assert!(width(start) <= columns && width(end) <= columns);
        }
    }
}
