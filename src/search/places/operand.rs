//! An operand of a query that has places in a text: what it is made of, and
//! where it stands in the articles of one segment.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

use super::mentions::{MentionMarks, Mentioned};
use super::{Near, Place, apart, loosely, together};
use crate::index::terms::{PARAGRAPH, SENTENCE, term};
use crate::query::{Nearness, Relation};
use crate::search::postings::WordPostings;
use crate::search::text_query::keep_followed;
use crate::search::vocabulary::Terms;

/// An operand in one field, for any segment.
#[derive(Clone, Debug)]
pub(in crate::search) enum Operand {
    /// It stands nowhere in this field.
    Nothing,
    /// Words side by side.
    Words(Arc<[Terms]>),
    /// Words in any order: each different one, with how often.
    Loose(Vec<(Terms, usize)>, u32),
    /// Mentions of entities.
    Mentions(Arc<Mentioned>),
    /// Any of them.
    Any(Vec<Operand>),
    /// Two that stand together; or the first where the second does not.
    Near(Box<(Operand, Operand)>, Relation),
    /// Within so many first words.
    First(Box<Operand>, u32),
    /// Within as many first words as this column says.
    Lead(Box<Operand>, String),
}

/// An operand at work in one segment: a set of articles in which it may stand, in
/// order, and where it does.
pub(in crate::search) enum Opened {
    Nothing,
    Words(Vec<WordPostings>),
    Loose(Vec<(WordPostings, usize)>, u32),
    Mentions(Box<MentionMarks>),
    Any(Vec<Opened>),
    Near {
        left: Box<Opened>,
        right: Box<Opened>,
        relation: Relation,
        /// The first words of sentences or paragraphs, if they matter.
        units: Option<WordPostings>,
    },
    First(Box<Opened>, u32),
    Lead(Box<Opened>, Column<u64>),
}

impl Operand {
    /// Every term whose occurrences the operand is made of, without those that
    /// only tell what it must not be near.
    pub(in crate::search) fn terms<'o>(&'o self, out: &mut Vec<&'o Terms>) {
        match self {
            Self::Nothing | Self::Mentions(_) => {}
            Self::Words(words) => out.extend(words.iter()),
            Self::Loose(words, _) => out.extend(words.iter().map(|(terms, _)| terms)),
            Self::Any(parts) => parts.iter().for_each(|part| part.terms(out)),
            Self::Near(operands, relation) => {
                operands.0.terms(out);
                if !relation.refused {
                    operands.1.terms(out);
                }
            }
            Self::First(inner, _) | Self::Lead(inner, _) => inner.terms(out),
        }
    }

    /// Whether it stands nowhere.
    pub(in crate::search) const fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing)
    }

    pub(in crate::search) fn open(
        &self,
        segment: &SegmentReader,
        field: Field,
    ) -> tantivy::Result<Opened> {
        let word = |terms: &Terms| {
            WordPostings::open(segment, field, terms, IndexRecordOption::WithFreqsAndPositions)
        };
        let inner = |operand: &Self| operand.open(segment, field).map(Box::new);
        Ok(match self {
            Self::Nothing => Opened::Nothing,
            Self::Words(words) => {
                Opened::Words(words.iter().map(word).collect::<tantivy::Result<_>>()?)
            }
            Self::Loose(words, distance) => {
                let open = |(terms, times): &(Terms, usize)| Ok((word(terms)?, *times));
                Opened::Loose(words.iter().map(open).collect::<tantivy::Result<_>>()?, *distance)
            }
            Self::Mentions(mentioned) => {
                Opened::Mentions(Box::new(mentioned.open(segment, field)?))
            }
            Self::Any(parts) => {
                let open = |part: &Self| part.open(segment, field);
                Opened::Any(parts.iter().map(open).collect::<tantivy::Result<_>>()?)
            }
            Self::Near(operands, relation) => {
                let mark = match relation.nearness {
                    Nearness::Sentence => Some(SENTENCE),
                    Nearness::Paragraph => Some(PARAGRAPH),
                    Nearness::Near(_) | Nearness::Pre(_) => None,
                };
                let units = mark.map(|mark| word(&vec![term("", mark, "")])).transpose()?;
                Opened::Near {
                    left: inner(&operands.0)?,
                    right: inner(&operands.1)?,
                    relation: *relation,
                    units,
                }
            }
            Self::First(operand, words) => Opened::First(inner(operand)?, *words),
            Self::Lead(operand, column) => {
                Opened::Lead(inner(operand)?, segment.fast_fields().u64(column)?)
            }
        })
    }
}

/// Moves all of `parts` to the first article at or after `target` that all may
/// stand in.
fn meet<P>(parts: &mut [P], mut target: DocId, seek: impl Fn(&mut P, DocId) -> DocId) -> DocId {
    'again: loop {
        if target == TERMINATED {
            return TERMINATED;
        }
        for part in parts.iter_mut() {
            let found = seek(part, target);
            if found > target {
                target = found;
                continue 'again;
            }
        }
        return target;
    }
}

fn seek_word(word: &mut WordPostings, target: DocId) -> DocId {
    if word.doc() < target { word.seek(target) } else { word.doc() }
}

impl Opened {
    /// The first article at or after `target` in which it may stand. Targets
    /// never fall.
    pub(in crate::search) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Nothing => TERMINATED,
            Self::Words(words) => meet(words, target, seek_word),
            Self::Loose(words, _) => {
                meet(words, target, |(word, _), target| seek_word(word, target))
            }
            Self::Mentions(marks) => marks.seek(target),
            Self::Any(parts) => {
                parts.iter_mut().map(|part| part.seek(target)).min().unwrap_or(TERMINATED)
            }
            Self::Near { left, right, relation, .. } => {
                if relation.refused {
                    return left.seek(target);
                }
                let mut both = [&mut **left, &mut **right];
                meet(&mut both, target, |operand, target| operand.seek(target))
            }
            Self::First(inner, _) | Self::Lead(inner, _) => inner.seek(target),
        }
    }

    /// At most so many articles have it.
    pub(in crate::search) fn size_hint(&self) -> u32 {
        let least = |sizes: &mut dyn Iterator<Item = u32>| sizes.min().unwrap_or(0);
        match self {
            Self::Nothing => 0,
            Self::Words(words) => least(&mut words.iter().map(DocSet::size_hint)),
            Self::Loose(words, _) => least(&mut words.iter().map(|(word, _)| word.size_hint())),
            Self::Mentions(marks) => marks.size_hint(),
            Self::Any(parts) => parts.iter().map(Self::size_hint).fold(0, u32::saturating_add),
            Self::Near { left, relation, .. } if relation.refused => left.size_hint(),
            Self::Near { left, right, .. } => left.size_hint().min(right.size_hint()),
            Self::First(inner, _) | Self::Lead(inner, _) => inner.size_hint(),
        }
    }

    /// Where it stands in an article that it was moved to or may be moved to;
    /// sorted, each once.
    pub(in crate::search) fn places(&mut self, doc: DocId, out: &mut Vec<Place>) {
        out.clear();
        match self {
            Self::Nothing => {}
            Self::Words(words) => side_by_side(words, doc, out),
            Self::Loose(words, distance) => {
                let positions: Vec<(Vec<u32>, usize)> =
                    words.iter_mut().map(|(word, times)| (positions(word, doc), *times)).collect();
                loosely(&positions, *distance, out);
            }
            Self::Mentions(marks) => marks.places(doc, out),
            Self::Any(parts) => {
                let mut more = Vec::new();
                for part in parts {
                    part.places(doc, &mut more);
                    out.extend_from_slice(&more);
                }
                out.sort_unstable();
                out.dedup();
            }
            Self::Near { left, right, relation, units } => {
                let (mut of_left, mut of_right) = (Vec::new(), Vec::new());
                left.places(doc, &mut of_left);
                if of_left.is_empty() {
                    return;
                }
                if right.seek(doc) == doc {
                    right.places(doc, &mut of_right);
                }
                let units = units.as_mut().map(|units| positions(units, doc)).unwrap_or_default();
                let near = Near { nearness: relation.nearness, units: &units };
                if relation.refused {
                    apart(&of_left, &of_right, near, out);
                } else {
                    together(&of_left, &of_right, near, out);
                }
            }
            Self::First(inner, words) => {
                inner.places(doc, out);
                out.retain(|place| place.end < *words);
            }
            Self::Lead(inner, lengths) => {
                let words = lengths.first(doc).unwrap_or_default();
                inner.places(doc, out);
                out.retain(|place| u64::from(place.end) < words);
            }
        }
    }
}

/// The positions of a word in an article; none if it is not there.
fn positions(word: &mut WordPostings, doc: DocId) -> Vec<u32> {
    let mut positions = Vec::new();
    if seek_word(word, doc) == doc {
        word.positions(&mut positions);
    }
    positions
}

/// Where words stand side by side.
fn side_by_side(words: &mut [WordPostings], doc: DocId, out: &mut Vec<Place>) {
    let mut starts = Vec::new();
    for (offset, word) in (0..).zip(words.iter_mut()) {
        let positions = positions(word, doc);
        if offset == 0 {
            starts = positions;
        } else {
            keep_followed(&mut starts, &positions, offset);
        }
    }
    let last = words.len() as u32 - 1;
    out.extend(starts.into_iter().map(|start| Place { start, end: start + last }));
}
