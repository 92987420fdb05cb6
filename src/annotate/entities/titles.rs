//! Titles: what stands before the name of a person and is no part of it.
//!
//! The words are in `gazetteer/titles.txt`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::gazetteer::classes;

/// What the title before a name tells of its bearer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Title {
    /// There is none, or it tells nothing.
    #[default]
    Nothing,
    /// A man: *Mr*, *Sir*.
    Man,
    /// A woman: *Mrs*, *Dame*.
    Woman,
    /// The head of a state or of a government.
    Head,
}

/// How a word before a name belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleWord {
    /// A title by itself.
    Title(Title),
    /// A title that people are called by where a given name alone follows:
    /// *Pope Francis*, *Queen Elizabeth II*.
    Regnal(Title),
    /// A title, but also a given name: *Dean Smith*, *Earl Warren*.
    OrGivenName,
    /// Part of a title where one follows: *Vice President*.
    Modifier,
    /// A relative: *his son*.
    Kin,
}

static TITLE_WORDS: LazyLock<FxHashMap<&str, TitleWord>> = LazyLock::new(|| {
    classes(include_str!("gazetteer/titles.txt"))
        .filter_map(|(class, word)| Some((word, of_class(class)?)))
        .collect()
});

fn of_class(class: &str) -> Option<TitleWord> {
    Some(match class {
        "man" => TitleWord::Title(Title::Man),
        "woman" => TitleWord::Title(Title::Woman),
        "head" => TitleWord::Title(Title::Head),
        "title" => TitleWord::Title(Title::Nothing),
        "regnal-man" => TitleWord::Regnal(Title::Man),
        "regnal-woman" => TitleWord::Regnal(Title::Woman),
        "name" => TitleWord::OrGivenName,
        "modifier" => TitleWord::Modifier,
        "kin" => TitleWord::Kin,
        _ => return None,
    })
}

/// Letters of the longest title; bounds the look back in a text.
const LONGEST_TITLE: usize = 14;

/// The title or the relative that ends right before `start` in `text`, and where
/// it begins: *Mr.*, *his son*, *First Lady*. Titles before names have a capital,
/// relatives have none.
pub(super) fn title_before(text: &str, start: usize) -> Option<(usize, TitleWord)> {
    let (word_start, word) = word_before(text, start)?;
    let has_capital = word.starts_with(|letter: char| letter.is_ascii_uppercase());
    // *Mother Teresa* and *Lady Gaga* are called so; these two are relatives.
    if word == "mother" || text[..start].ends_with("First Lady ") {
        return Some((word_start, TitleWord::Kin));
    }
    let found = title_word_of(word)?;
    (has_capital != (found == TitleWord::Kin)).then_some((word_start, found))
}

/// The ASCII word right before `start`, after a dot or comma, and its place.
pub(super) fn word_before(text: &str, start: usize) -> Option<(usize, &str)> {
    let before = text[..start].strip_suffix([' ', '\u{a0}'])?.trim_end_matches(['.', ',']);
    let letters = before.bytes().rev().take(LONGEST_TITLE + 1);
    let length = letters.take_while(u8::is_ascii_alphabetic).count();
    let word_start = before.len() - length;
    let is_whole = length > 0 && !before[..word_start].ends_with(char::is_alphanumeric);
    is_whole.then(|| (word_start, &before[word_start..]))
}

/// How `word`, as it is written, belongs to a name that follows it.
pub(super) fn title_word_of(word: &str) -> Option<TitleWord> {
    TITLE_WORDS.get(lower(word, &mut [0; LONGEST_TITLE])?).copied()
}

/// `word` in lower case and without dots, in `buffer`; none where it is longer.
fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST_TITLE]) -> Option<&'b str> {
    let mut length = 0;
    for byte in word.bytes().filter(|&byte| byte != b'.') {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_one_class() {
        let words: Vec<_> = classes(include_str!("gazetteer/titles.txt")).collect();
        assert!(words.iter().all(|(class, _)| of_class(class).is_some()));
        assert!(words.iter().all(|(_, word)| word.len() <= LONGEST_TITLE));
        assert_eq!(TITLE_WORDS.len(), words.len());
    }

    #[test]
    fn titles_are_seen_before_a_name() {
        for (text, found) in [
            ("said Mr. Roy", Some(TitleWord::Title(Title::Man))),
            ("Mrs Roy", Some(TitleWord::Title(Title::Woman))),
            ("former President Roy", Some(TitleWord::Title(Title::Head))),
            ("Pope Roy", Some(TitleWord::Regnal(Title::Man))),
            ("the queen Roy", None),
            ("his son Roy", Some(TitleWord::Kin)),
            ("her daughter, Roy", Some(TitleWord::Kin)),
            ("First Lady Roy", Some(TitleWord::Kin)),
            ("Lady Roy", Some(TitleWord::Regnal(Title::Woman))),
            ("her person Roy", None),
            ("Ann Roy", None),
            ("XMr Roy", None),
            ("\u{c9}Mr Roy", None),
            ("Mr.\nRoy", None),
            ("Roy", None),
        ] {
            let start = text.len() - "Roy".len();
            assert_eq!(title_before(text, start).map(|(_, word)| word), found, "{text}");
        }
    }
}
