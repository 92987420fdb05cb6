//! The one tokeniser: words of a text with their spans.
//!
//! A word is a run of letters and digits. Beyond that:
//!
//! * an apostrophe between letters stays inside (`don't`, `O'Brien`), but a
//!   final `'s` belongs to no word (`Biden's` is `Biden`), and what Romance
//!   languages elide is a word of its own (`l'Iran` is `l`, `Iran`);
//! * letters with dots between them are one word (`U.S.`, `a.m.`), its last
//!   dot included;
//! * a dot or comma between digits stays inside (`4.2`, `1,200`);
//! * hyphens, slashes and all else separate;
//! * a run of letters of scripts without spaces (Chinese, Japanese, Thai) is cut into
//!   words by dictionaries (`segments`).
//!
//! It is linear in the text and knows no language. It allocates for such runs alone.

use super::segments::push_ends_reversed;
use super::unspaced::script_of;
use super::{Span, fold_into};

/// How a word uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No letter with case, or no capital: `port`, `2024`, `港`.
    Lower,
    /// One capital at the start, or a capital alone: `Port`, `A`.
    Initial,
    /// Two letters or more, all of them capitals: `NATO`, `U.S.`, `G7`
    /// (a capital with a digit counts too).
    Capitals,
    /// Capitals and a plural `s`: `NGOs`.
    PluralCapitals,
    /// Any other mixture: `McDonald`, `iPhone`.
    Mixed,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// How it uses capitals.
    pub case: Case,
}

impl Token {
    /// Appends the form under which the word is found: folded, without the
    /// dots of an abbreviation and the commas between thousands.
    pub fn fold_into(self, text: &str, out: &mut String) {
        let word = self.span.of(text);
        if word.bytes().any(|byte| matches!(byte, b'.' | b',')) {
            let dots_separate_letters = word.starts_with(char::is_alphabetic);
            let plain: String = word
                .chars()
                .filter(|&letter| letter != ',' && !(letter == '.' && dots_separate_letters))
                .collect();
            fold_into(&plain, out);
        } else {
            fold_into(word, out);
        }
    }

    /// The same as a new string.
    #[must_use]
    pub fn folded(self, text: &str) -> String {
        let mut folded = String::new();
        self.fold_into(text, &mut folded);
        folded
    }
}

/// The words of `text`, in order.
#[must_use]
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, ends: Vec::new() }
}

/// Iterator over the words of a text; see [`tokens`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Where the words of the run of letters without spaces end that `at` is in, the
    /// next one last.
    ends: Vec<usize>,
}

/// What a character is to the tokeniser.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lower,
    Upper,
    Digit,
    /// A letter without case, or a mark that continues a word.
    Letter,
    /// A letter or mark of a script without spaces.
    Unspaced,
    Apostrophe,
    Other,
}

const fn ascii_kinds() -> [Kind; 128] {
    let mut kinds = [Kind::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        let as_u8 = byte as u8;
        if as_u8.is_ascii_lowercase() {
            kinds[byte] = Kind::Lower;
        } else if as_u8.is_ascii_uppercase() {
            kinds[byte] = Kind::Upper;
        } else if as_u8.is_ascii_digit() {
            kinds[byte] = Kind::Digit;
        } else if as_u8 == b'\'' {
            kinds[byte] = Kind::Apostrophe;
        }
        byte += 1;
    }
    kinds
}

static ASCII_KINDS: [Kind; 128] = ascii_kinds();

fn kind_of(letter: char) -> Kind {
    match letter {
        '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{ff07}' => Kind::Apostrophe,
        // Combining marks and invisible joiners go on with the word.
        '\u{300}'..='\u{36f}' => Kind::Letter,
        _ if is_joiner(letter) => Kind::Letter,
        '\u{e00}'.. if script_of(letter).is_some() => Kind::Unspaced,
        _ if letter.is_lowercase() => Kind::Lower,
        _ if letter.is_uppercase() => Kind::Upper,
        _ if letter.is_numeric() => Kind::Digit,
        _ if letter.is_alphanumeric() || is_vowel_sign(letter) => Kind::Letter,
        _ => Kind::Other,
    }
}

/// Invisible characters inside words.
const fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Marks of Hebrew, Arabic and Indic scripts that Unicode does not class as
/// alphabetic.
fn is_vowel_sign(letter: char) -> bool {
    matches!(letter, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{dff}')
        && !matches!(letter, '\u{964}' | '\u{965}' | '\u{5be}' | '\u{5c0}' | '\u{5c3}' | '\u{5c6}')
}

/// Prefixes that Romance languages elide before a vowel.
const ELISIONS: [&str; 17] = [
    "l", "d", "j", "m", "n", "s", "t", "c", "qu", "un", "dell", "all", "nell", "sull", "dall",
    "lorsqu", "jusqu",
];

/// Bytes of a run of letters without spaces that are cut into words together; longer
/// ones are cut here. No sentence is as long.
const RUN_BYTES: usize = 4096;

/// Letters of the longest abbreviation with dots; bounds the look-ahead.
const ABBREVIATION_LETTERS: usize = 8;

impl Tokens<'_> {
    /// The kind of the character at `at`, and its length in bytes.
    #[inline]
    fn peek(&self, at: usize) -> Option<(Kind, usize)> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 128 {
            return Some((ASCII_KINDS[usize::from(byte)], 1));
        }
        let letter = self.text[at..].chars().next()?;
        Some((kind_of(letter), letter.len_utf8()))
    }

    /// Whether a letter (not a digit) stands at `at`.
    fn letter_at(&self, at: usize) -> bool {
        matches!(self.peek(at), Some((Kind::Lower | Kind::Upper | Kind::Letter, _)))
    }

    /// Whether the apostrophe at `at` begins a possessive: `'s` and then no
    /// letter or digit.
    fn is_possessive(&self, after_apostrophe: usize) -> bool {
        matches!(self.text.as_bytes().get(after_apostrophe), Some(b's' | b'S'))
            && !matches!(
                self.peek(after_apostrophe + 1),
                Some((Kind::Lower | Kind::Upper | Kind::Letter | Kind::Digit, _))
            )
    }

    /// The end of an abbreviation of single letters with dots that starts at
    /// `start`, such as `U.S.`: two letters at least, no letter after them.
    fn abbreviation_end(&self, start: usize) -> Option<usize> {
        let mut at = start;
        let mut letters = 0;
        while let Some((Kind::Lower | Kind::Upper, length)) = self.peek(at) {
            if letters == ABBREVIATION_LETTERS {
                return None;
            }
            if self.text.as_bytes().get(at + length) != Some(&b'.') {
                // `U.S` without its last dot.
                let ends_here = !matches!(
                    self.peek(at + length),
                    Some((Kind::Lower | Kind::Upper | Kind::Letter | Kind::Digit, _))
                );
                return (letters >= 1 && ends_here).then_some(at + length);
            }
            letters += 1;
            at += length + 1;
        }
        let ends_here = !matches!(self.peek(at), Some((Kind::Letter | Kind::Digit, _)));
        (letters >= 2 && ends_here).then_some(at)
    }

    /// Skips the `'s` that starts at `at`, if one does.
    fn skip_possessive(&mut self) {
        if let Some((Kind::Apostrophe, length)) = self.peek(self.at)
            && self.is_possessive(self.at + length)
        {
            self.at += length + 1;
        }
    }
}

/// What a word is made of so far; decides its [`Case`].
#[derive(Default)]
struct Letters {
    upper: u32,
    lower: u32,
    digits: u32,
    caseless: u32,
    starts_upper: bool,
    ends_in_plural_s: bool,
    ends_in_digit: bool,
}

impl Letters {
    fn add(&mut self, kind: Kind, is_first: bool, is_s: bool) {
        match kind {
            Kind::Lower => self.lower += 1,
            Kind::Upper => {
                self.starts_upper |= is_first;
                self.upper += 1;
            }
            Kind::Digit => self.digits += 1,
            Kind::Letter => self.caseless += 1,
            Kind::Unspaced | Kind::Apostrophe | Kind::Other => return,
        }
        self.ends_in_plural_s = is_s;
        self.ends_in_digit = kind == Kind::Digit;
    }

    /// Whether it is a number so far.
    const fn only_digits(&self) -> bool {
        self.upper + self.lower + self.caseless == 0
    }

    fn case(&self) -> Case {
        match (self.upper, self.lower) {
            (0, _) => Case::Lower,
            (1, 0) if self.digits == 0 => Case::Initial,
            (_, 0) => Case::Capitals,
            (1, _) if self.starts_upper => Case::Initial,
            (2.., 1) if self.ends_in_plural_s && self.digits == 0 => Case::PluralCapitals,
            _ => Case::Mixed,
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let start = self.skip_separators()?;
        if let Some((Kind::Unspaced, _)) = self.peek(start) {
            self.at = self.unspaced_end(start);
            return Some(Token { span: Span::new(start, self.at), case: Case::Lower });
        }
        let (end, case) = self.abbreviation(start).unwrap_or_else(|| self.word(start));
        self.at = end;
        self.skip_possessive();
        Some(Token { span: Span::new(start, end), case })
    }
}

impl Tokens<'_> {
    /// Goes to where the next word starts: not with something invisible.
    fn skip_separators(&mut self) -> Option<usize> {
        while let (kind @ (Kind::Other | Kind::Apostrophe | Kind::Letter), length) =
            self.peek(self.at)?
        {
            if kind == Kind::Letter && !self.text[self.at..].starts_with(is_joiner) {
                break;
            }
            self.at += length;
        }
        Some(self.at)
    }

    /// The end of the word without spaces at `start`, which is in the run that is cut
    /// already or begins one. Not inlined, which would slow the words of all others down.
    #[inline(never)]
    fn unspaced_end(&mut self, start: usize) -> usize {
        if self.ends.is_empty() {
            let mut end = start;
            while let Some((Kind::Unspaced, length)) = self.peek(end)
                && end + length - start <= RUN_BYTES
            {
                end += length;
            }
            push_ends_reversed(&self.text[start..end], &mut self.ends);
            self.ends.iter_mut().for_each(|word_end| *word_end += start);
        }
        // A run has a word at least.
        self.ends.pop().unwrap_or(start)
    }

    /// The end and the case of the abbreviation with dots at `start`, if one is
    /// there.
    fn abbreviation(&self, start: usize) -> Option<(usize, Case)> {
        if self.text.as_bytes().get(start + 1) != Some(&b'.') {
            return None;
        }
        let end = self.abbreviation_end(start)?;
        let is_upper = matches!(self.peek(start), Some((Kind::Upper, _)));
        Some((end, if is_upper { Case::Capitals } else { Case::Lower }))
    }

    /// The end and the case of the ordinary word at `start`.
    fn word(&self, start: usize) -> (usize, Case) {
        let mut letters = Letters::default();
        let mut at = start;
        while let Some((kind, length)) = self.peek(at) {
            let goes_on = match kind {
                Kind::Lower | Kind::Upper | Kind::Digit | Kind::Letter => true,
                Kind::Apostrophe => self.joins_letters(start, at, length, &letters),
                Kind::Other => {
                    letters.ends_in_digit && letters.only_digits() && self.joins_digits(at)
                }
                Kind::Unspaced => false,
            };
            if !goes_on {
                break;
            }
            letters.add(kind, at == start, self.text.as_bytes()[at] == b's');
            at += length;
        }
        (at, letters.case())
    }

    /// Whether the apostrophe at `at` stands inside a word: a letter follows,
    /// it begins no possessive, and what is before it is not elided.
    fn joins_letters(&self, start: usize, at: usize, length: usize, letters: &Letters) -> bool {
        let before = &self.text[start..at];
        self.letter_at(at + length)
            && !self.is_possessive(at + length)
            && !letters.ends_in_digit
            && !ELISIONS.iter().any(|elided| elided.eq_ignore_ascii_case(before))
    }

    /// Whether the dot or comma at `at` stands inside a number: a digit follows
    /// a dot, and three digits, no more, a comma.
    fn joins_digits(&self, at: usize) -> bool {
        let after = &self.text.as_bytes()[at + 1..];
        let digits = after.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
        match self.text.as_bytes()[at] {
            b',' => digits == 3,
            b'.' => digits > 0,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, tokens};
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).map(|token| token.span.of(text)).collect()
    }

    fn folded(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.folded(text)).collect()
    }

    #[test]
    fn words_and_separators() {
        for (text, expected) in [
            ("The anti-war march, 3pm.", vec!["The", "anti", "war", "march", "3pm"]),
            ("Biden's plan and PM Netanyahu’s", vec!["Biden", "plan", "and", "PM", "Netanyahu"]),
            ("BIDEN'S the workers' o'clock", vec!["BIDEN", "the", "workers", "o'clock"]),
            ("don’t O'Brien D'Angelo l’Iran", vec!["don’t", "O'Brien", "D", "Angelo", "l", "Iran"]),
            ("the U.S. and U.S.'s a.m., U.S", vec!["the", "U.S.", "and", "U.S.", "a.m.", "U.S"]),
            ("J. K. Rowling, e.g. this", vec!["J", "K", "Rowling", "e.g.", "this"]),
            ("€4.2m, 1,200 and 2024-04-14", vec!["4.2m", "1,200", "and", "2024", "04", "14"]),
            ("1,2,3 v1.2.3", vec!["1", "2", "3", "v1", "2.3"]),
            ("mail@example.org", vec!["mail", "example", "org"]),
            ("5月Tokyo", vec!["5", "月", "Tokyo"]),
            ("港・湾 \u{200b}港\u{200b}", vec!["港", "湾", "港"]),
            ("हिन्दी में", vec!["हिन्दी", "में"]),
            ("end.Next", vec!["end", "Next"]),
            ("", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn folding_drops_dots_and_thousands() {
        assert_eq!(folded("U.S. 1,200 4.2 José’s a.m."), ["us", "1200", "4.2", "jose", "am"]);
    }

    #[test]
    fn case_of_words() {
        for (word, case) in [
            ("port", Case::Lower),
            ("2024", Case::Lower),
            ("Port", Case::Initial),
            ("A", Case::Initial),
            ("NATO", Case::Capitals),
            ("G7", Case::Capitals),
            ("U.S.", Case::Capitals),
            ("a.m.", Case::Lower),
            ("NGOs", Case::PluralCapitals),
            ("McDonald", Case::Mixed),
            ("iPhone", Case::Mixed),
            ("Élysée", Case::Initial),
        ] {
            let found: Vec<_> = tokens(word).map(|token| token.case).collect();
            assert_eq!(found, [case], "{word}");
        }
    }

    #[test]
    #[cfg(feature = "segmentation")]
    fn words_without_spaces_are_told_apart() {
        assert_eq!(words("東京都知事 in 東京"), ["東京", "都知事", "in", "東京"]);
        assert_eq!(words("ตำรวจไทย 3 นาย"), ["ตำรวจ", "ไทย", "3", "นาย"]);
        assert_eq!(words("タイラー・スウィフト"), ["タイラー", "スウィフト"]);
        assert_eq!(words("covid-19ใน ไทย"), ["covid", "19", "ใน", "ไทย"]);
    }

    #[test]
    fn long_runs_are_cut() {
        let text = "東京都".repeat(10_000);
        let found: Vec<_> = tokens(&text).collect();
        assert!(found.windows(2).all(|pair| pair[0].span.end == pair[1].span.start));
        assert_eq!(found.last().map(|last| last.span.end), Some(text.len()));
    }

    proptest! {
        #[test]
        fn tokens_are_ordered_apart_and_hold_letters(text in "(?s:.){0,60}|[a-zA-Z0-9'.,’ sS]{0,40}|[東京みなとトー。กรุงา\u{200b}a ]{0,40}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= end);
                prop_assert!(!token.span.is_empty());
                prop_assert!(token.span.of(&text).chars().any(|c| !c.is_ascii_punctuation()));
                end = token.span.end;
            }
        }

        #[test]
        fn a_word_alone_is_the_same_word(text in "[a-zA-Z0-9'.,’ sSéß-]{0,40}") {
            // Except that a possessive or an elision needs its neighbours.
            for token in tokens(&text) {
                let word = token.span.of(&text);
                prop_assert_eq!(tokens(word).count(), 1, "{}", word);
            }
        }
    }
}
