//! The terms of the index: how a word is written down so that it is found
//! exactly, in any inflection, and as an acronym.
//!
//! A term is the folded word, a NUL, and a letter for how it stands there.
//! Terms of one word therefore lie side by side in the dictionary, and a
//! prefix of a word is a prefix of its terms.
//!
//! | term | stands where the text has |
//! |---|---|
//! | `port` `=en` | *port*, which is its own stem in English |
//! | `strikes` `+` | *strikes*, which is not its own stem |
//! | `strike` `~en` | a word other than *strike* whose English stem is *strike* |
//! | `who` `^` | *WHO*, in capitals |
//! | `京都` `<` | 東京都, a word of a script without spaces that ends so |
//!
//! So the exact word is `=` (in any language) or `+`, all inflections are `=`
//! and `~` of the language, and an acronym is `^`; no word needs more than two
//! terms unless it is an acronym or of a script without spaces. All terms of one word share its position.
//!
//! Marks of no word share the positions of words too (`place_marks.rs`): where a
//! sentence begins (`.`), a paragraph (`|`), the mention of an entity (`#`).
//!
//! Names (people, outlets, tags) have terms without positions: each word of
//! the name with `w`, and the key of the whole name with `:` and the name as
//! written, from which facets take the commonest form. What is written is a
//! [code](super::decode_form): most forms are their keys with capitals. The
//! articles with a name are those with any of its forms.
//!
//! People, organizations and places have some more. The key of a person known
//! only by a part of the name ends with [`PARTIAL`]. Of each form other than
//! the name under which the article mentions the entity, its words stand with
//! `w`, its key with `m`, and the entity's key with `/` and the form as written.
//! An entity that the article is about has its key with `!` too, the keys of
//! its other forms with `b`, and the words of all with `a`.

/// Between the word and how it stands there.
pub const SEPARATOR: char = '\0';
/// The word, which is its own stem; the language follows.
pub const OWN_STEM: char = '=';
/// The word, which is not its own stem.
pub const INFLECTED: char = '+';
/// The stem of another word; the language follows.
pub const STEM: char = '~';
/// The word in capitals.
pub const ACRONYM: char = '^';
/// The end of a longer word of a script without spaces.
pub const TAIL: char = '<';
/// A word of a name.
pub const NAME_WORD: char = 'w';
/// The key of a whole name; the code of the name as written follows.
pub const NAME_FORM: char = ':';
/// The key of an entity; the code of a form in which the article mentions it
/// follows.
pub const NAME_MENTION: char = '/';
/// The key of a form, other than the name, in which an entity is mentioned.
pub const FORM_KEY: char = 'm';
/// The key of an entity that the article is about.
pub const ABOUT_KEY: char = '!';
/// The key of a form, other than the name, of an entity that the article is
/// about.
pub const ABOUT_FORM: char = 'b';
/// A word of the name or of a form of an entity that the article is about.
pub const ABOUT_WORD: char = 'a';

/// Of no word: here a sentence begins.
pub const SENTENCE: char = '.';
/// Of no word: here a paragraph begins.
pub const PARAGRAPH: char = '|';
/// Of no word: here an entity is mentioned. A digit for its kind and the number of
/// words of the mention follow.
pub const MENTION: char = '#';

/// The end of the key of a person of whom only a part of the name is known,
/// such as the surname. No whole name's key has it: commas separate names.
pub const PARTIAL: char = ',';

/// Bytes of the longest word that is indexed; longer ones are encoded data,
/// not words. They keep their position.
pub const LONGEST_WORD_BYTES: usize = 200;

/// Bytes of the longest name that is indexed; a longer one is no name.
pub const LONGEST_NAME_BYTES: usize = 2000;

/// The term for `word` standing as `kind`, with what follows the kind.
#[must_use]
pub fn term(word: &str, kind: char, rest: &str) -> String {
    let mut term = String::with_capacity(word.len() + rest.len() + 2);
    term.push_str(word);
    term.push(SEPARATOR);
    term.push(kind);
    term.push_str(rest);
    term
}

/// The word and the kind of a term, and what follows the kind.
///
/// None for bytes that are no term.
#[must_use]
pub fn split(term: &[u8]) -> Option<(&str, char, &str)> {
    let text = std::str::from_utf8(term).ok()?;
    let (word, rest) = text.split_once(SEPARATOR)?;
    let kind = rest.chars().next()?;
    Some((word, kind, &rest[kind.len_utf8()..]))
}

#[cfg(test)]
mod tests {
    use super::{OWN_STEM, split, term};

    #[test]
    fn terms_split_into_what_made_them() {
        assert_eq!(split(term("port", OWN_STEM, "en").as_bytes()), Some(("port", '=', "en")));
        assert_eq!(split(b"port"), None);
        assert_eq!(split(&[0xff, 0, b'=']), None);
    }
}
