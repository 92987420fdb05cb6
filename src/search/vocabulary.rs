//! The dictionary of the index: which terms stand for a form of a word.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;

use super::error::SearchError;
use super::forms::{Open, WordForm};
use super::glob::Glob;
use crate::index::{IndexReader, decode_form, terms};
use crate::text::{Stemmer, begins_with_part, ends_with_part};

/// The terms of an index, with the languages that its articles are in.
#[derive(Clone)]
pub(super) struct Vocabulary<'a> {
    reader: &'a IndexReader,
    stemmers: &'a [Stemmer],
    /// How many words a pattern may take in.
    limit: usize,
}

/// Terms of one field, sorted, each once.
pub(super) type Terms = Vec<String>;

/// What stands for one word of a query in one field: where each segment has the
/// postings of its terms.
#[derive(Clone, Debug, Default)]
pub(super) struct FoundWord {
    segments: Vec<(SegmentId, Vec<TermInfo>)>,
}

impl FoundWord {
    /// The terms of one segment.
    pub(super) fn in_segment(&self, segment: SegmentId) -> &[TermInfo] {
        let found = self.segments.iter().find(|(id, _)| *id == segment);
        found.map_or(&[], |(_, terms)| terms)
    }

    /// How many articles have it, counted once for each term; those that are
    /// deleted too.
    pub(super) fn doc_freq(&self) -> u64 {
        self.segments.iter().flat_map(|(_, terms)| terms).map(|it| u64::from(it.doc_freq)).sum()
    }
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(reader: &'a IndexReader, limit: usize) -> Result<Self, SearchError> {
        Ok(Self { reader, stemmers: reader.stemmers()?, limit })
    }

    /// Finds what stands for `form` in a field of words.
    pub(super) fn find(&self, field: Field, form: &WordForm) -> Result<FoundWord, SearchError> {
        let of_word = |word: &str| format!("{word}{}", terms::SEPARATOR);
        match form {
            WordForm::Inflected(word) => {
                let mut found = FoundWord::default();
                for (stem, languages) in self.stems(word) {
                    self.find_terms(field, &of_word(&stem), &mut found, |_, kind, code| {
                        matches!(kind, terms::OWN_STEM | terms::STEM) && languages.contains(&code)
                    })?;
                }
                Ok(found)
            }
            WordForm::Acronym(word) => self.find_mark(field, word, terms::ACRONYM),
            WordForm::Exact(word) => {
                let mut found = FoundWord::default();
                let prefix = of_word(word);
                self.find_terms(field, &prefix, &mut found, |_, kind, _| is_exact(kind))?;
                Ok(found)
            }
            WordForm::Unspaced(wanted, open) => {
                let mut found = FoundWord::default();
                self.find_terms(field, wanted, &mut found, |word, kind, _| match kind {
                    terms::TAIL => open.takes_ends() && word == wanted,
                    _ => is_exact(kind) && begins_so(word, wanted, *open),
                })?;
                Ok(found)
            }
            WordForm::Fitting(pattern, _) => {
                let mut found = FoundWord::default();
                self.find_terms(field, &pattern.prefix(), &mut found, |word, kind, _| {
                    is_exact(kind) && pattern.matches(word)
                })?;
                Ok(found)
            }
        }
    }

    /// Finds the term of this kind of a word, or of none.
    pub(super) fn find_mark(
        &self,
        field: Field,
        word: &str,
        kind: char,
    ) -> Result<FoundWord, SearchError> {
        let term = terms::term(word, kind, "");
        let mut found = FoundWord::default();
        for segment in self.reader.searcher().segment_readers() {
            let info = segment.inverted_index(field)?.terms().get(&term)?;
            found.segments.push((segment.segment_id(), info.into_iter().collect()));
        }
        Ok(found)
    }

    /// Adds the terms that begin with `prefix` and that `fits` takes: the word, the
    /// kind, and the rest of the term.
    fn find_terms(
        &self,
        field: Field,
        prefix: &str,
        found: &mut FoundWord,
        fits: impl Fn(&str, char, &str) -> bool,
    ) -> Result<(), SearchError> {
        for (place, segment) in self.reader.searcher().segment_readers().iter().enumerate() {
            if place == found.segments.len() {
                found.segments.push((segment.segment_id(), Vec::new()));
            }
            let found = &mut found.segments[place].1;
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(prefix).into_stream()?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                if terms::split(stream.key())
                    .is_some_and(|(word, kind, rest)| fits(word, kind, rest))
                {
                    found.push(stream.value().clone());
                }
            }
        }
        Ok(())
    }

    /// The words of a field that `form` takes in, folded.
    pub(super) fn words_of(
        &self,
        field: Field,
        form: &WordForm,
    ) -> Result<BTreeSet<String>, SearchError> {
        let wanted = match form {
            WordForm::Inflected(wanted) => wanted,
            WordForm::Exact(word) | WordForm::Acronym(word) => {
                return Ok(BTreeSet::from([word.clone()]));
            }
            WordForm::Unspaced(wanted, open) => {
                // What ends so stands under no common prefix.
                let prefix = if open.takes_ends() { "" } else { wanted };
                let words = self.scan(field, prefix, |word, kind, _| {
                    is_exact(kind)
                        && (begins_so(word, wanted, *open)
                            || open.takes_ends() && ends_with_part(word, wanted))
                })?;
                return Ok(words.iter().filter_map(word_of).collect());
            }
            WordForm::Fitting(pattern, _) => {
                let words = self.scan(field, &pattern.prefix(), |word, kind, _| {
                    is_exact(kind) && pattern.matches(word)
                })?;
                return Ok(words.iter().filter_map(word_of).collect());
            }
        };
        // Only of languages in which an article has an inflection of it.
        let mut languages = Vec::new();
        for stemmer in self.stemmers {
            let stem = stemmer.stem(wanted);
            let inflected = terms::term(&stem, terms::STEM, stemmer.code());
            if !self.scan(field, &inflected, |_, _, code| code == stemmer.code())?.is_empty() {
                languages.push(*stemmer);
            }
        }
        let own_stem = |word: &str, code: &str| {
            self.stemmers.iter().any(|it| it.code() == code && it.stem(wanted) == word)
        };
        let words = self.scan(field, "", |word, kind, code| match kind {
            terms::OWN_STEM => own_stem(word, code),
            terms::INFLECTED => languages.iter().any(|it| it.share_stem(word, wanted)),
            _ => false,
        })?;
        Ok(words.iter().filter_map(word_of).collect())
    }

    /// Refuses a pattern that takes in too many words of these fields.
    pub(super) fn check_breadth(
        &self,
        fields: &[Field],
        form: &WordForm,
    ) -> Result<(), SearchError> {
        let WordForm::Fitting(_, typed) = form else { return Ok(()) };
        let mut words = BTreeSet::new();
        for field in fields {
            words.extend(self.words_of(*field, form)?);
        }
        self.within_limit(typed, words.len())
    }

    fn within_limit(&self, pattern: &str, words: usize) -> Result<(), SearchError> {
        if words <= self.limit {
            return Ok(());
        }
        Err(SearchError::TooBroad { pattern: pattern.to_owned(), words, limit: self.limit })
    }

    /// The stems of a word, each with the languages of the index in which it is one.
    fn stems(&self, word: &str) -> BTreeMap<String, Vec<&'static str>> {
        let mut stems: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
        for stemmer in self.stemmers {
            stems.entry(stemmer.stem(word).into_owned()).or_default().push(stemmer.code());
        }
        stems
    }

    /// The terms of this kind for words of names that fit.
    pub(super) fn name_words(
        &self,
        field: Field,
        kind: char,
        glob: &Glob,
        typed: &str,
    ) -> Result<Terms, SearchError> {
        let found =
            self.scan(field, &glob.prefix(), |word, found, _| found == kind && glob.matches(word))?;
        self.within_limit(typed, found.len())?;
        Ok(found)
    }

    /// The terms of names, and of other forms of entities, that are written so.
    /// The key of a name has lost its marks, so its forms decide what its words
    /// are.
    pub(super) fn names_written(
        &self,
        field: Field,
        fits: impl Fn(&str) -> bool,
    ) -> Result<Terms, SearchError> {
        self.scan(field, "", |key, kind, code| {
            matches!(kind, terms::NAME_FORM | terms::NAME_MENTION) && fits(&decode_form(key, code))
        })
    }

    /// The terms of a name with this key: one for each way to write it.
    pub(super) fn name_forms(&self, field: Field, key: &str) -> Result<Terms, SearchError> {
        self.scan(field, &terms::term(key, terms::NAME_FORM, ""), |_, _, _| true)
    }

    /// The terms that begin with `prefix` and that `fits` takes: the word, the
    /// kind, and the rest of the term.
    fn scan(
        &self,
        field: Field,
        prefix: &str,
        fits: impl Fn(&str, char, &str) -> bool,
    ) -> Result<Terms, SearchError> {
        let mut found = BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while stream.advance() {
                if !stream.key().starts_with(prefix.as_bytes()) {
                    break;
                }
                if let Some((word, kind, rest)) = terms::split(stream.key())
                    && fits(word, kind, rest)
                {
                    found.insert(terms::term(word, kind, rest));
                }
            }
        }
        Ok(found.into_iter().collect())
    }
}

/// The word of a term.
fn word_of(term: &String) -> Option<String> {
    terms::split(term.as_bytes()).map(|(word, ..)| word.to_owned())
}

/// Whether a word is the one that is looked for, or begins with it where it may.
fn begins_so(word: &str, wanted: &str, open: Open) -> bool {
    word == wanted || open.takes_beginnings() && begins_with_part(word, wanted)
}

/// Whether a term of this kind stands where the text has its very word.
pub(super) fn is_exact(kind: char) -> bool {
    matches!(kind, terms::OWN_STEM | terms::INFLECTED)
}
