//! The dictionary of the index: which terms stand for a form of a word.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::schema::Field;

use super::error::SearchError;
use super::forms::WordForm;
use super::glob::Glob;
use crate::index::{IndexReader, decode_form, terms};
use crate::text::Stemmer;

/// The terms of an index, with the languages that its articles are in.
#[derive(Clone)]
pub(super) struct Vocabulary<'a> {
    reader: &'a IndexReader,
    stemmers: Vec<Stemmer>,
    /// How many words a pattern may take in.
    limit: usize,
}

/// Terms of one field, sorted, each once.
pub(super) type Terms = Vec<String>;

impl<'a> Vocabulary<'a> {
    pub(super) fn new(reader: &'a IndexReader, limit: usize) -> Result<Self, SearchError> {
        let mut vocabulary = Self { reader, stemmers: Vec::new(), limit };
        let languages = vocabulary
            .scan(reader.fields().language.terms, "", |_, kind, _| kind == terms::NAME_FORM)?;
        let languages = languages.iter().filter_map(|term| terms::split(term.as_bytes()));
        // The empty language is that of articles whose language is unknown.
        let languages = languages.map(|(language, ..)| language).chain([""]);
        let stemmers = languages.map(Stemmer::for_language).chain([Stemmer::NONE]);
        let by_code: BTreeMap<_, _> = stemmers.map(|stemmer| (stemmer.code(), stemmer)).collect();
        vocabulary.stemmers = by_code.into_values().collect();
        Ok(vocabulary)
    }

    /// The terms that stand for `form` in a field of words.
    pub(super) fn terms_of(&self, field: Field, form: &WordForm) -> Result<Terms, SearchError> {
        match form {
            WordForm::Inflected(word) => Ok(self.inflections(word)),
            WordForm::Acronym(word) => Ok(vec![terms::term(word, terms::ACRONYM, "")]),
            WordForm::Exact(word) => {
                let prefix = format!("{word}{}", terms::SEPARATOR);
                self.scan(field, &prefix, |_, kind, _| is_exact(kind))
            }
            WordForm::Fitting(pattern, _) => {
                self.scan(field, &pattern.prefix(), |word, kind, _| {
                    is_exact(kind) && pattern.matches(word)
                })
            }
        }
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
            for term in self.terms_of(*field, form)? {
                words.extend(terms::split(term.as_bytes()).map(|(word, ..)| word.to_owned()));
            }
        }
        self.within_limit(typed, words.len())
    }

    fn within_limit(&self, pattern: &str, words: usize) -> Result<(), SearchError> {
        if words <= self.limit {
            return Ok(());
        }
        Err(SearchError::TooBroad { pattern: pattern.to_owned(), words, limit: self.limit })
    }

    /// Every stem of the word, in each language of the index.
    fn inflections(&self, word: &str) -> Terms {
        let terms: BTreeSet<String> = self
            .stemmers
            .iter()
            .flat_map(|stemmer| {
                let stem = stemmer.stem(word);
                [terms::OWN_STEM, terms::STEM].map(|kind| terms::term(&stem, kind, stemmer.code()))
            })
            .collect();
        terms.into_iter().collect()
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

/// Whether a term of this kind stands where the text has its very word.
fn is_exact(kind: char) -> bool {
    matches!(kind, terms::OWN_STEM | terms::INFLECTED)
}
