//! The forms in which articles write a name, read off the terms of its field.

use std::cmp::Reverse;
use std::ops::{Range, RangeInclusive};

use rustc_hash::FxHashMap;
use tantivy::postings::TermInfo;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader};

use super::keys::Keys;
use super::segments::Segments;
use super::strings::Strings;
use crate::index::{IndexError, NameFields, both, decode_form, terms};

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

/// How many articles write a key in one form.
#[derive(Clone, Copy, Debug)]
struct Tally {
    /// The place of the form in the texts.
    text: u32,
    articles: u32,
}

/// Articles that are still to be counted: some of their segment are deleted, and only
/// where the key has several forms it matters how many.
struct Uncounted {
    segment: usize,
    key: u32,
    text: u32,
    info: TermInfo,
}

/// Bytes of an acronym without its dots: from two letters to six, as in `UNESCO`.
const ACRONYM_BYTES: RangeInclusive<usize> = 2..=6;

impl Forms {
    pub(super) fn read(
        names: NameFields,
        keys: &Keys,
        segments: &Segments<'_>,
    ) -> Result<Self, IndexError> {
        let half = segments.count() / 2;
        let (first, second) = both(
            || FormReader::read(names, keys, segments, 0..half),
            || FormReader::read(names, keys, segments, half..segments.count()),
        );
        let mut forms = first?;
        forms.add(second?);
        forms.count_rest(segments)?;
        Ok(forms.finish(keys))
    }
}

struct FormReader {
    names: NameFields,
    texts: Strings,
    /// For each key, its first form.
    first: Vec<Option<Tally>>,
    /// The other forms of keys that have several; few have.
    others: FxHashMap<u32, Vec<Tally>>,
    /// By segment.
    uncounted: Vec<Uncounted>,
    short: Vec<ShortForm>,
}

impl FormReader {
    /// Reads some of the segments.
    fn read(
        names: NameFields,
        keys: &Keys,
        segments: &Segments<'_>,
        numbers: Range<usize>,
    ) -> Result<Self, IndexError> {
        let mut forms = Self {
            names,
            texts: Strings::default(),
            first: vec![None; keys.texts.len()],
            others: FxHashMap::default(),
            uncounted: Vec::new(),
            short: Vec::new(),
        };
        for number in numbers {
            forms.read_segment(number, &segments.open(number)?, keys)?;
        }
        Ok(forms)
    }

    /// Adds what was read of later segments.
    fn add(&mut self, later: Self) {
        let text = |tally: &Tally| later.texts.get(tally.text as usize);
        for (key, first) in (0..).zip(&later.first) {
            for tally in first.iter().chain(later.others.get(&key).into_iter().flatten()) {
                self.tally(key, text(tally), tally.articles);
            }
        }
        for mut uncounted in later.uncounted {
            let form = later.texts.get(uncounted.text as usize);
            uncounted.text = self.tally(uncounted.key, form, 0);
            self.uncounted.push(uncounted);
        }
        self.short.extend(later.short);
    }

    fn read_segment(
        &mut self,
        number: usize,
        segment: &SegmentReader,
        keys: &Keys,
    ) -> Result<(), IndexError> {
        let index = segment.inverted_index(self.names.terms)?;
        let mut stream = index.terms().stream()?;
        let mut places = keys.places[number].iter().peekable();
        while stream.advance() {
            if !is_form(stream.key()) {
                continue;
            }
            let Some((word, kind, code)) = terms::split(stream.key()) else { continue };
            // Terms are sorted like the keys that they begin with.
            while places.next_if(|place| keys.texts.get(**place as usize) < word).is_some() {}
            let Some(key) = places.peek().map(|place| **place) else { break };
            if keys.texts.get(key as usize) != word {
                continue;
            }
            let form = decode_form(word, code);
            let info = stream.value();
            if kind == terms::NAME_FORM {
                if segment.has_deletes() {
                    let text = self.tally(key, &form, 0);
                    let info = info.clone();
                    self.uncounted.push(Uncounted { segment: number, key, text, info });
                } else {
                    self.tally(key, &form, info.doc_freq);
                }
            } else if self.names.ordinal > 0 {
                // Of people, surnames have rules of their own.
                let articles = articles(segment, &index, info)?;
                let form = crate::text::name_key(&form);
                self.short.push(ShortForm { key: form, entity: key, articles });
            }
        }
        Ok(())
    }

    /// Counts articles that write a key in a form. Gives the place of the form.
    fn tally(&mut self, key: u32, form: &str, articles: u32) -> u32 {
        let Self { texts, first, others, .. } = self;
        let first = &mut first[key as usize];
        let is_this = |tally: &&mut Tally| texts.get(tally.text as usize) == form;
        let known = match first.as_mut().filter(is_this) {
            Some(tally) => Some(tally),
            None => others.get_mut(&key).and_then(|others| others.iter_mut().find(is_this)),
        };
        if let Some(tally) = known {
            tally.articles += articles;
            return tally.text;
        }
        let tally = Tally { text: texts.len() as u32, articles };
        texts.push(form);
        match first {
            None => *first = Some(tally),
            Some(_) => others.entry(key).or_default().push(tally),
        }
        tally.text
    }

    /// Counts what was left for later, of keys that have several forms.
    fn count_rest(&mut self, segments: &Segments<'_>) -> Result<(), IndexError> {
        let mut uncounted = std::mem::take(&mut self.uncounted);
        uncounted.retain(|one| self.others.contains_key(&one.key));
        for of_segment in uncounted.chunk_by(|one, next| one.segment == next.segment) {
            let segment = segments.open(of_segment[0].segment)?;
            let index = segment.inverted_index(self.names.terms)?;
            for Uncounted { key, text, info, .. } in of_segment {
                let articles = articles(&segment, &index, info)?;
                let others = self.others.get_mut(key).into_iter().flatten();
                let mut tallies = self.first[*key as usize].iter_mut().chain(others);
                if let Some(tally) = tallies.find(|tally| tally.text == *text) {
                    tally.articles += articles;
                }
            }
        }
        Ok(())
    }

    fn finish(self, keys: &Keys) -> Forms {
        let Self { texts, first, others, short, .. } = self;
        let mut commonest = Strings::default();
        for (key, first) in first.iter().enumerate() {
            let others = others.get(&(key as u32)).into_iter().flatten();
            let forms = first.iter().chain(others);
            let text = |tally: &Tally| texts.get(tally.text as usize);
            let best = forms.max_by_key(|tally| (tally.articles, Reverse(text(tally))));
            // The form of every key is in the dictionary.
            commonest.push(best.map_or(keys.texts.get(key), text));
        }
        Forms { commonest, short }
    }
}

/// Whether a term is one of a form: most are not, and are found out so at once.
fn is_form(term: &[u8]) -> bool {
    let separator = term.iter().position(|byte| char::from(*byte) == terms::SEPARATOR);
    let kind = separator.and_then(|place| term.get(place + 1));
    kind.is_some_and(|kind| matches!(char::from(*kind), terms::NAME_FORM | terms::NAME_MENTION))
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
