//! The forms of a name: those in which articles write it, and which of them a
//! query means.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader};

use super::error::SearchError;
use super::glob::Glob;
use crate::index::{IndexReader, NameFields, decode_form, terms};
use crate::query::NameMatch;
use crate::text::{name_key, tokens};

/// The forms in which articles write the name with this key, and of an entity
/// those in which they mention it, each with how many do.
pub(super) fn forms_of(
    reader: &IndexReader,
    fields: NameFields,
    key: &str,
) -> Result<BTreeMap<String, u64>, SearchError> {
    let mut forms: BTreeMap<String, u64> = BTreeMap::new();
    for segment in reader.searcher().segment_readers() {
        let index = segment.inverted_index(fields.terms)?;
        each_form(&index, key, |form, _, info| {
            let postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            let articles = match segment.alive_bitset() {
                Some(alive) => postings.doc_freq_given_deletes(alive),
                None => postings.size_hint(),
            };
            if articles > 0 {
                *forms.entry(form).or_default() += u64::from(articles);
            }
            Ok(())
        })?;
    }
    Ok(forms)
}

/// The same forms, each with its terms.
pub(super) fn terms_of(
    reader: &IndexReader,
    fields: NameFields,
    key: &str,
) -> Result<BTreeMap<String, BTreeSet<String>>, SearchError> {
    let mut terms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for segment in reader.searcher().segment_readers() {
        each_form(&*segment.inverted_index(fields.terms)?, key, |form, term, _| {
            terms.entry(form).or_default().insert(term.to_owned());
            Ok(())
        })?;
    }
    Ok(terms)
}

/// Calls `take` with each form of a key in a segment, its term, and where the postings
/// of that are.
fn each_form(
    index: &InvertedIndexReader,
    key: &str,
    mut take: impl FnMut(String, &str, &TermInfo) -> Result<(), SearchError>,
) -> Result<(), SearchError> {
    for kind in [terms::NAME_MENTION, terms::NAME_FORM] {
        let prefix = terms::term(key, kind, "");
        let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            let Some((_, _, code)) = terms::split(stream.key()) else { continue };
            let form = decode_form(key, code).into_owned();
            take(form, &terms::term(key, kind, code), stream.value())?;
        }
    }
    Ok(())
}

/// Which forms of names a query means.
pub(super) enum FormTest {
    /// Those with this key.
    Key(String),
    /// Those with these folded words side by side.
    Words(Vec<String>),
    /// Those with a word that fits.
    Fitting(Glob),
}

impl FormTest {
    pub(super) fn of(wanted: &NameMatch) -> Self {
        match wanted {
            NameMatch::Whole(name) => Self::Key(name_key(name)),
            NameMatch::Word(word) => {
                Self::Words(tokens(word).map(|token| token.folded(word)).collect())
            }
            NameMatch::Pattern(pattern) => Self::Fitting(Glob::of(pattern)),
        }
    }

    pub(super) fn takes(&self, form: &str) -> bool {
        match self {
            Self::Key(key) => name_key(form) == *key,
            Self::Words(words) => {
                let found: Vec<_> = tokens(form).map(|token| token.folded(form)).collect();
                !words.is_empty() && found.windows(words.len()).any(|window| window == words)
            }
            Self::Fitting(glob) => tokens(form).any(|token| glob.matches(&token.folded(form))),
        }
    }

    /// Whether it takes a name with this key, as far as the key tells.
    pub(super) fn takes_key(&self, found: &str) -> bool {
        match self {
            Self::Key(key) => key == found,
            Self::Words(words) => {
                let words = name_key(&words.join(" "));
                !words.is_empty()
                    && found.match_indices(&words).any(|(at, _)| {
                        !found[..at].ends_with(char::is_alphanumeric)
                            && !found[at + words.len()..].starts_with(char::is_alphanumeric)
                    })
            }
            Self::Fitting(glob) => {
                found.split([' ', terms::PARTIAL]).any(|word| glob.matches(word))
            }
        }
    }
}
