//! Writing a name: the case restored that a headline or a dateline took.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::forms::Form;
use super::known::{self, is_capitals};
use super::words::{Words, chunks};
use crate::annotate::EntityKind;
use crate::text::fold;

/// Letters up to which a name of an organization in capitals is an acronym;
/// the longer ones that are (*UNESCO*) stand in the gazetteer.
const ACRONYM_LETTERS: usize = 5;

/// Words of names that have no capital, other than the first.
const SMALL_WORDS: [&str; 22] = [
    "and", "at", "bin", "da", "de", "del", "der", "di", "du", "for", "ibn", "in", "la", "le", "of",
    "on", "the", "to", "und", "von", "y", "zu",
];

/// Writes the names of forms.
#[derive(Debug)]
pub(super) struct Namer<'f, 'a> {
    words: &'f Words,
    forms: &'f [Form<'a>],
    /// The words of names that are written in mixed case somewhere, folded;
    /// made when the first name in capitals asks.
    mixed: Option<FxHashMap<String, &'a str>>,
}

impl<'f, 'a> Namer<'f, 'a> {
    /// One for these forms.
    pub(super) fn new(words: &'f Words, forms: &'f [Form<'a>]) -> Self {
        Self { words, forms, mixed: None }
    }

    /// The name that a form gives.
    pub(super) fn name(&mut self, place: usize) -> String {
        let form = &self.forms[place];
        let core = form.core;
        let mut name = String::with_capacity(core.len());
        for chunk in chunks(core) {
            let is_first = name.is_empty();
            if !is_first {
                let before = core[..offset(core, chunk)].trim_end();
                let keeps_comma = form.kind != EntityKind::Person && before.ends_with(',');
                name.push_str(if keeps_comma { ", " } else { " " });
            }
            let written = self.restored(form, chunk, is_first);
            let behind = &core[offset(core, chunk) + chunk.len()..];
            name.extend(written.chars().map(|letter| if letter == '’' { '\'' } else { letter }));
            // *Workers' Union*: not the quotation mark at the end of a name.
            let is_plural = chunk.ends_with(['s', 'S'])
                && (behind.starts_with("' ") || behind.starts_with("’ "));
            if is_plural {
                name.push('\'');
            }
        }
        let is_last_of = |generation: &str| form.generation == Some(generation);
        if (is_last_of("jr") || is_last_of("sr"))
            && !name.ends_with('.')
            && name.ends_with(['r', 'R'])
        {
            name.push('.');
        }
        if name.is_empty() { self.words.key(&form.words).to_owned() } else { name }
    }

    /// A word of a name in the case in which newspapers write it.
    fn restored<'w>(&mut self, form: &Form<'_>, chunk: &'w str, is_first: bool) -> Cow<'w, str>
    where
        'a: 'w,
    {
        let is_small = || SMALL_WORDS.iter().any(|small| chunk.eq_ignore_ascii_case(small));
        if !is_first && form.kind != EntityKind::Person && !is_capitals(chunk) && is_small() {
            return Cow::Owned(chunk.to_lowercase());
        }
        if !is_capitals(chunk) || keeps_capitals(form, chunk) {
            return Cow::Borrowed(chunk);
        }
        if let Some(mixed) = self.mixed().get(&fold(chunk)) {
            return Cow::Borrowed(mixed);
        }
        if is_acronym(form, chunk) {
            return Cow::Borrowed(chunk);
        }
        if !is_first && form.capitals && is_small() {
            return Cow::Owned(chunk.to_lowercase());
        }
        Cow::Owned(title_case(chunk))
    }

    fn mixed(&mut self) -> &FxHashMap<String, &'a str> {
        let forms = self.forms;
        self.mixed.get_or_insert_with(|| {
            let written = forms.iter().filter(|form| !form.capitals);
            let words = written.flat_map(|form| chunks(form.core));
            let mixed =
                words.filter(|word| word.starts_with(char::is_uppercase) && !is_capitals(word));
            mixed.map(|word| (fold(word), word)).collect()
        })
    }
}

/// Where `part` of `core` starts in it.
fn offset(core: &str, part: &str) -> usize {
    part.as_ptr().addr() - core.as_ptr().addr()
}

/// Whether a word in capitals is written so anywhere: an initial, a number, one
/// word in capitals among others of an organization or place.
fn keeps_capitals(form: &Form<'_>, chunk: &str) -> bool {
    let letters = chunk.chars().filter(|letter| letter.is_alphabetic()).count();
    let is_number = chunk.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X'));
    letters <= 1
        || is_number
        || chunk.contains('.')
        || chunk.bytes().any(|byte| byte.is_ascii_digit())
        || (form.kind != EntityKind::Person && !form.capitals)
}

/// Whether a word in capitals is an acronym, also where all words are capitals.
fn is_acronym(form: &Form<'_>, chunk: &str) -> bool {
    let letters = chunk.split('-').map(|part| part.chars().count()).max().unwrap_or(0);
    let has_vowel = chunk.chars().any(|letter| "AEIOUYÄÖÜ".contains(letter));
    let is_known =
        || known::find_text(form.kind, chunk).is_some_and(|known| is_capitals(known.shown));
    match form.kind {
        EntityKind::Organization if chunk.len() == form.core.len() => letters <= ACRONYM_LETTERS,
        EntityKind::Organization => is_known() || (letters <= 3 && !has_vowel),
        EntityKind::Person | EntityKind::Place => letters <= 3 && !has_vowel,
    }
}

/// `word` with a capital at the start of each of its parts: *Ocasio-Cortez*,
/// *O'Brien*, *McConnell*.
fn title_case(word: &str) -> String {
    let mut titled = String::with_capacity(word.len());
    let mut at_start = true;
    for letter in word.chars() {
        let in_part = titled.rsplit(['-', '/']).next().unwrap_or_default();
        let behind_apostrophe = matches!(in_part, "O'" | "O’" | "D'" | "D’" | "L'" | "L’");
        if at_start || behind_apostrophe || in_part == "Mc" {
            titled.push(letter);
        } else {
            titled.extend(letter.to_lowercase());
        }
        at_start = matches!(letter, '-' | '/');
    }
    titled
}

#[cfg(test)]
mod tests {
    use super::title_case;

    #[test]
    fn title_case_knows_the_parts_of_names() {
        for (capitals, titled) in [
            ("BIDEN", "Biden"),
            ("OCASIO-CORTEZ", "Ocasio-Cortez"),
            ("O'BRIEN", "O'Brien"),
            ("O’ROURKE", "O’Rourke"),
            ("MCCONNELL", "McConnell"),
            ("ÉMILE", "Émile"),
            ("", ""),
        ] {
            assert_eq!(title_case(capitals), titled);
        }
    }
}
