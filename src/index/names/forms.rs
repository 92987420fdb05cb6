//! The forms in which articles write a name, read off the terms of its field.

use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, Searcher, SegmentReader};

use super::keys::Keys;
use super::strings::Strings;
use crate::index::{IndexError, NameFields, decode_form, terms};

/// What the terms of a field say of its keys.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// For each key, its commonest form; of equally common ones the first.
    pub(super) commonest: Strings,
    /// Other forms under which articles mention organizations and places.
    pub(super) short: Vec<ShortForm>,
}

/// That articles mention an entity under another form than its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShortForm {
    /// The key of the form.
    pub(super) key: String,
    /// The place of the key of the entity.
    pub(super) entity: u32,
    /// How many articles.
    pub(super) articles: u32,
}

/// A form, where its key has several.
struct Form {
    segment: usize,
    text: u32,
    info: TermInfo,
}

/// Bytes of an acronym without its dots: from two letters to six, as in `UNESCO`.
const ACRONYM_BYTES: std::ops::RangeInclusive<usize> = 2..=6;

impl Forms {
    pub(super) fn read(
        names: NameFields,
        keys: &Keys,
        searcher: &Searcher,
    ) -> Result<Self, IndexError> {
        let mut forms = FormReader {
            names,
            searcher,
            texts: Strings::default(),
            only: vec![None; keys.texts.len()],
            several: FxHashMap::default(),
            short: Vec::new(),
        };
        for (number, segment) in searcher.segment_readers().iter().enumerate() {
            forms.read_segment(number, segment, keys)?;
        }
        forms.finish(keys)
    }
}

struct FormReader<'a> {
    names: NameFields,
    searcher: &'a Searcher,
    texts: Strings,
    /// For each key, its first form.
    only: Vec<Option<(usize, u32, TermInfo)>>,
    /// The other forms of keys that have several; few have.
    several: FxHashMap<u32, Vec<Form>>,
    short: Vec<ShortForm>,
}

impl FormReader<'_> {
    fn read_segment(
        &mut self,
        number: usize,
        segment: &SegmentReader,
        keys: &Keys,
    ) -> Result<(), IndexError> {
        let index = segment.inverted_index(self.names.terms)?;
        let mut stream = index.terms().stream()?;
        let mut key = 0;
        while stream.advance() {
            let Some((word, kind, code)) = terms::split(stream.key()) else { continue };
            if !matches!(kind, terms::NAME_FORM | terms::NAME_MENTION) {
                continue;
            }
            // Terms are sorted like the keys that they begin with.
            while key < keys.texts.len() && keys.texts.get(key) < word {
                key += 1;
            }
            if key == keys.texts.len() || keys.texts.get(key) != word {
                continue;
            }
            let form = decode_form(word, code);
            if kind == terms::NAME_FORM {
                self.add(number, key, &form, stream.value());
            } else if self.names.ordinal > 0 {
                // Of people, surnames have rules of their own.
                let articles = articles(segment, &index, stream.value())?;
                let form = crate::text::name_key(&form);
                self.short.push(ShortForm { key: form, entity: key as u32, articles });
            }
        }
        Ok(())
    }

    fn add(&mut self, segment: usize, key: usize, form: &str, info: &TermInfo) {
        if let Some((_, text, _)) = &self.only[key] {
            let known = self.texts.get(*text as usize) == form;
            let text = if known { *text } else { self.texts.len() as u32 };
            if !known {
                self.texts.push(form);
            }
            let form = Form { segment, text, info: info.clone() };
            self.several.entry(key as u32).or_default().push(form);
        } else {
            self.only[key] = Some((segment, self.texts.len() as u32, info.clone()));
            self.texts.push(form);
        }
    }

    fn finish(self, keys: &Keys) -> Result<Forms, IndexError> {
        let mut commonest = Strings::default();
        for (key, only) in self.only.iter().enumerate() {
            let others = self.several.get(&(key as u32));
            match (only, others) {
                (Some(first), Some(others)) => commonest.push(self.best(first, others)?),
                (Some((_, text, _)), None) => commonest.push(self.texts.get(*text as usize)),
                // A key whose form is not in the dictionary, which none is.
                (None, _) => commonest.push(keys.texts.get(key)),
            }
        }
        Ok(Forms { commonest, short: self.short })
    }

    /// The form that most articles have.
    fn best(
        &self,
        (segment, text, info): &(usize, u32, TermInfo),
        others: &[Form],
    ) -> Result<&str, IndexError> {
        let first = Form { segment: *segment, text: *text, info: info.clone() };
        let mut counts: Vec<(&str, u32)> = Vec::with_capacity(others.len() + 1);
        for form in std::iter::once(&first).chain(others) {
            let segment = &self.searcher.segment_readers()[form.segment];
            let index = segment.inverted_index(self.names.terms)?;
            let articles = articles(segment, &index, &form.info)?;
            let text = self.texts.get(form.text as usize);
            counts.push((text, articles));
        }
        counts.sort_unstable();
        let mut best = ("", 0);
        for of_form in counts.chunk_by(|one, next| one.0 == next.0) {
            let articles: u32 = of_form.iter().map(|(_, articles)| articles).sum();
            if articles > best.1 || best.0.is_empty() {
                best = (of_form[0].0, articles);
            }
        }
        Ok(best.0)
    }
}

/// How many articles, of those that are not deleted, have a term.
fn articles(
    segment: &SegmentReader,
    index: &InvertedIndexReader,
    info: &TermInfo,
) -> Result<u32, IndexError> {
    let Some(alive) = segment.alive_bitset() else { return Ok(info.doc_freq) };
    let postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    Ok(match postings.size_hint() {
        0 => 0,
        _ => postings.doc_freq_given_deletes(alive),
    })
}

/// Whether a form is an acronym: capitals, with dots or without.
pub(super) fn is_acronym(form: &str) -> bool {
    let letters = form.bytes().filter(|byte| *byte != b'.');
    form.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
        && ACRONYM_BYTES.contains(&letters.count())
}

#[cfg(test)]
mod tests {
    use super::is_acronym;

    #[test]
    fn acronyms_are_short_and_all_capitals() {
        for (form, expected) in [
            ("IDF", true),
            ("U.S.", true),
            ("UNESCO", true),
            ("Fed", false),
            ("G7", false),
            ("A.", false),
            ("REUTERS", false),
            ("WHITE HOUSE", false),
        ] {
            assert_eq!(is_acronym(form), expected, "{form}");
        }
    }
}
