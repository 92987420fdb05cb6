//! Writes the terms of a text down for the engine, and reads them back there.
//!
//! Threads that annotate turn a text into a string of terms; the engine's
//! writers, which are fewer, only cut it at its marks. Words repeat, so the
//! terms of a word are worked out once for each language and thread.

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token as EngineToken, TokenStream, Tokenizer};
use xxhash_rust::xxh3::xxh3_64;

use super::form_code;
use super::place_marks::PlaceMarks;
use super::terms::{
    ACRONYM, INFLECTED, LONGEST_WORD_BYTES, NAME_FORM, NAME_WORD, OWN_STEM, SEPARATOR, STEM, TAIL,
};
use crate::annotate::TokenisedText;
use crate::text::{self, Case, Stemmer, Token, breaks};

/// Turns texts into terms; one for each thread.
#[derive(Default)]
pub(super) struct TermEncoder {
    languages: FxHashMap<&'static str, KnownWords>,
}

impl TermEncoder {
    /// Appends the terms of `text` to `out`. `acronyms` tells for each word
    /// whether it is one; `marks` share the positions of words.
    pub(super) fn encode(
        &mut self,
        text: &TokenisedText<'_>,
        language: &str,
        acronyms: &[bool],
        marks: &PlaceMarks,
        out: &mut String,
    ) {
        let stemmer = Stemmer::for_language(language);
        if self.languages.len() == LANGUAGES && !self.languages.contains_key(stemmer.code()) {
            self.languages.clear();
        }
        let known =
            self.languages.entry(stemmer.code()).or_insert_with(|| KnownWords::new(stemmer));
        let mut mentions = 0;
        let breaks = breaks(text.text, &text.tokens);
        let words = text.tokens.iter().zip(acronyms).zip(breaks).enumerate();
        for (number, ((token, &is_acronym), found)) in words {
            known.push_terms(text.text, *token, out);
            if is_acronym {
                push_acronym(text.text, *token, out);
            }
            marks.push(number, found, &mut mentions, out);
        }
    }
}

/// Languages whose words are remembered at a time; each takes 5 MB a thread.
const LANGUAGES: usize = 4;
/// Places for remembered words; 64 Ki different words cover 99 % of the words
/// of a newspaper's year.
const PLACES: usize = 1 << 16;
/// Bytes of remembered words and their terms, after which all are forgotten.
const REMEMBERED_BYTES: usize = 4 << 20;

/// The terms of words met before, each word beside its terms: a word costs two
/// looks into memory. Words that fall on one place take turns.
struct KnownWords {
    stemmer: Stemmer,
    places: Vec<Known>,
    /// Words, each followed by its encoded terms.
    texts: String,
}

/// A remembered word.
#[derive(Clone, Copy, Default)]
struct Known {
    hash: u64,
    /// Where its text starts.
    start: u32,
    word_bytes: u16,
    terms_bytes: u16,
}

impl KnownWords {
    fn new(stemmer: Stemmer) -> Self {
        Self { stemmer, places: vec![Known::default(); PLACES], texts: String::new() }
    }

    fn push_terms(&mut self, text: &str, token: Token, out: &mut String) {
        let word = token.span.of(text);
        let hash = xxh3_64(word.as_bytes());
        let place = hash as usize % PLACES;
        let known = self.places[place];
        if known.hash == hash {
            let start = known.start as usize;
            let end_of_word = start + usize::from(known.word_bytes);
            if &self.texts[start..end_of_word] == word {
                let end = end_of_word + usize::from(known.terms_bytes);
                out.push_str(&self.texts[end_of_word..end]);
                return;
            }
        }
        let before = out.len();
        push_word(&token.folded(text), self.stemmer, out);
        self.remember(place, hash, word, &out[before..]);
    }

    fn remember(&mut self, place: usize, hash: u64, word: &str, terms: &str) {
        let lengths = (u16::try_from(word.len()), u16::try_from(terms.len()));
        let (Ok(word_bytes), Ok(terms_bytes)) = lengths else { return };
        if self.texts.len() > REMEMBERED_BYTES {
            self.texts.clear();
            self.places.fill(Known::default());
        }
        // It stays far below 4 GiB.
        let start = self.texts.len() as u32;
        self.texts.push_str(word);
        self.texts.push_str(terms);
        self.places[place] = Known { hash, start, word_bytes, terms_bytes };
    }
}

/// Where a term stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// One further than the term before it.
    Next,
    /// Where the term before it stands.
    Same,
}

/// Appends the terms of a folded word. A word too long to index leaves its
/// place empty.
fn push_word(folded: &str, stemmer: Stemmer, out: &mut String) {
    if folded.is_empty() || folded.len() > LONGEST_WORD_BYTES {
        push_length(0, Position::Next, out);
        return;
    }
    let stem = stemmer.stem(folded);
    if stem == folded {
        push_term(folded, OWN_STEM, stemmer.code(), Position::Next, out);
    } else {
        push_term(folded, INFLECTED, "", Position::Next, out);
        push_term(&stem, STEM, stemmer.code(), Position::Same, out);
    }
    if text::is_unspaced(folded) {
        for tail in text::tails(folded) {
            push_term(tail, TAIL, "", Position::Same, out);
        }
    }
}

/// Appends the term of an acronym; its plural `s` does not belong to it.
fn push_acronym(text: &str, token: Token, out: &mut String) {
    let folded = token.folded(text);
    let acronym = match token.case {
        Case::PluralCapitals => folded.strip_suffix('s').unwrap_or(&folded),
        _ => &folded,
    };
    if acronym.len() <= LONGEST_WORD_BYTES {
        push_term(acronym, ACRONYM, "", Position::Same, out);
    }
}

pub(super) fn push_term(word: &str, kind: char, rest: &str, position: Position, out: &mut String) {
    push_length(word.len() + rest.len() + 2, position, out);
    out.push_str(word);
    out.push(SEPARATOR);
    out.push(kind);
    out.push_str(rest);
}

/// Appends the length of the term that follows and where it stands, as one
/// character: of twice the length, and one more for a new position. Terms are
/// shorter than 27,648 bytes, beyond which there is no such character.
fn push_length(bytes: usize, position: Position, out: &mut String) {
    let number = bytes as u32 * 2 + u32::from(position == Position::Next);
    out.push(char::from_u32(number).unwrap_or_default());
}

/// The terms of a name with this key: the key with the form it has here, its words.
pub(super) fn name_terms(name: &str, key: &str) -> String {
    let mut terms = String::new();
    push_term(key, NAME_FORM, &form_code::encode(key, name), Position::Next, &mut terms);
    for token in text::tokens(name) {
        push_term(&token.folded(name), NAME_WORD, "", Position::Same, &mut terms);
    }
    terms
}

/// The exact words of an address, such as `example`, `org`, `politics`.
pub(super) fn address_terms(address: &str) -> String {
    let mut terms = String::new();
    for token in text::tokens(address) {
        let word = token.folded(address);
        if word.len() <= LONGEST_WORD_BYTES {
            push_term(&word, INFLECTED, "", Position::Next, &mut terms);
        } else {
            push_length(0, Position::Next, &mut terms);
        }
    }
    terms
}

/// The engine's side: cuts encoded terms apart.
#[derive(Clone, Default)]
pub(super) struct TermCutter {
    token: EngineToken,
}

impl TermCutter {
    /// The name under which the engine knows it.
    pub(super) const NAME: &'static str = "newsdex-terms";
}

impl Tokenizer for TermCutter {
    type TokenStream<'a> = CutTerms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> CutTerms<'a> {
        CutTerms { rest: text, next_position: 0, token: &mut self.token }
    }
}

/// The terms of one encoded text.
pub(super) struct CutTerms<'a> {
    rest: &'a str,
    next_position: usize,
    token: &'a mut EngineToken,
}

impl TokenStream for CutTerms<'_> {
    fn advance(&mut self) -> bool {
        let mut letters = self.rest.chars();
        while let Some(length) = letters.next() {
            let number = u32::from(length);
            self.next_position += (number & 1) as usize;
            let bytes = (number / 2) as usize;
            if bytes > 0 {
                let (term, rest) = letters.as_str().split_at(bytes);
                self.rest = rest;
                self.token.text.clear();
                self.token.text.push_str(term);
                // Positions count from 0, and the first term has a new one.
                self.token.position = self.next_position - 1;
                return true;
            }
        }
        self.rest = "";
        false
    }

    fn token(&self) -> &EngineToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut EngineToken {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    use super::{PlaceMarks, TermCutter, TermEncoder, name_terms};
    use crate::annotate::{TextPart, TokenisedText};

    fn cut(encoded: &str) -> Vec<(usize, String)> {
        let mut cutter = TermCutter::default();
        let mut stream = cutter.token_stream(encoded);
        let mut found = Vec::new();
        while stream.advance() {
            found.push((stream.token().position, stream.token().text.replace('\0', "|")));
        }
        found
    }

    fn encoded(text: &str, acronyms: &[bool]) -> Vec<(usize, String)> {
        let mut out = String::new();
        let tokenised = TokenisedText::new(TextPart::Body, text);
        let marks = PlaceMarks::default();
        TermEncoder::default().encode(&tokenised, "en", acronyms, &marks, &mut out);
        cut(&out)
    }

    fn placed<const N: usize>(terms: [(usize, &str); N]) -> Vec<(usize, String)> {
        terms.into_iter().map(|(place, term)| (place, term.to_owned())).collect()
    }

    #[test]
    fn words_stems_and_acronyms_share_positions() {
        let expected = placed([
            (0, "port|=en"),
            (0, "|."),
            (0, "||"),
            (1, "strikes|+"),
            (1, "strike|~en"),
            (2, "us|=en"),
            (2, "us|^"),
            (3, "ngos|=en"),
            (3, "ngo|^"),
        ]);
        assert_eq!(encoded("Port strikes US NGOs", &[false, false, true, true]), expected);
    }

    #[test]
    #[cfg(feature = "segmentation")]
    fn the_ends_of_words_without_spaces_share_their_positions() {
        let expected = placed([(0, "大学|=en"), (0, "学|<"), (0, "|."), (0, "||")]);
        assert_eq!(encoded("大学", &[false]), expected);
    }

    #[test]
    fn a_word_too_long_keeps_its_place() {
        let text = format!("a {} b", "x".repeat(300));
        assert_eq!(
            encoded(&text, &[false; 3]),
            placed([(0, "a|=en"), (0, "|."), (0, "||"), (2, "b|=en")])
        );
    }

    #[test]
    fn a_name_is_found_by_word_key_and_form() {
        let expected = placed([(0, "joe biden|:\u{1}cu"), (0, "joe|w"), (0, "biden|w")]);
        assert_eq!(cut(&name_terms("Joe BIDEN", "joe biden")), expected);
    }
}
