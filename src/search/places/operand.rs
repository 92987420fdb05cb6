//! An operand of a query that has places in a text: what it is made of, and
//! where it stands in the articles of one segment.

use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, TERMINATED};

use super::mentions::{MentionMarks, Mentioned};
use super::{Near, Place, apart, loosely, together};
use crate::query::Relation;
use crate::search::postings::WordPostings;
use crate::search::text_query::keep_followed;
use crate::search::vocabulary::FoundWord;

/// An operand in one field, for any segment.
#[derive(Clone, Debug)]
pub(in crate::search) enum Operand {
    /// It stands nowhere in this field.
    Nothing,
    /// Words side by side.
    Words(Arc<[FoundWord]>),
    /// Words in any order: each different one, with how often.
    Loose(Vec<(FoundWord, usize)>, u32),
    /// Mentions of entities.
    Mentions(Arc<Mentioned>),
    /// Any of them.
    Any(Vec<Operand>),
    /// Two that stand together; or the first where the second does not.
    Near {
        operands: Box<(Operand, Operand)>,
        relation: Relation,
        /// The marks at the first words of sentences or paragraphs, if they matter.
        units: Option<FoundWord>,
    },
    /// Within so many first words.
    First(Box<Operand>, u32),
    /// Within as many first words as this column says.
    Lead(Box<Operand>, String),
}

/// An operand at work in one segment: a set of articles in which it may stand, in
/// order, and where it does.
pub(in crate::search) enum Opened {
    Nothing,
    Words {
        words: Vec<WordPostings>,
        /// Reused: where they may start, and positions of one word.
        starts: Vec<u32>,
        positions: Vec<u32>,
    },
    Loose(Vec<(WordPostings, usize)>, u32),
    Mentions(Box<MentionMarks>),
    Any(Vec<Opened>),
    Near {
        left: Box<Opened>,
        right: Box<Opened>,
        relation: Relation,
        /// The first words of sentences or paragraphs, if they matter.
        units: Option<WordPostings>,
        seen: Box<Seen>,
    },
    First(Box<Opened>, u32),
    Lead(Box<Opened>, Column<u64>),
}

/// Reused: where two operands stand in an article, and the sentences or paragraphs.
#[derive(Default)]
pub(in crate::search) struct Seen {
    left: Vec<Place>,
    right: Vec<Place>,
    units: Vec<u32>,
}

impl Operand {
    /// Every word that the operand is made of, without those that only tell what
    /// it must not be near.
    pub(in crate::search) fn words<'o>(&'o self, out: &mut Vec<&'o FoundWord>) {
        match self {
            Self::Nothing | Self::Mentions(_) => {}
            Self::Words(words) => out.extend(words.iter()),
            Self::Loose(words, _) => out.extend(words.iter().map(|(word, _)| word)),
            Self::Any(parts) => parts.iter().for_each(|part| part.words(out)),
            Self::Near { operands, relation, .. } => {
                operands.0.words(out);
                if !relation.refused {
                    operands.1.words(out);
                }
            }
            Self::First(inner, _) | Self::Lead(inner, _) => inner.words(out),
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
        let word = |word: &FoundWord| {
            WordPostings::open(segment, field, word, IndexRecordOption::WithFreqsAndPositions)
        };
        let inner = |operand: &Self| operand.open(segment, field).map(Box::new);
        Ok(match self {
            Self::Nothing => Opened::Nothing,
            Self::Words(words) => {
                let words = words.iter().map(word).collect::<tantivy::Result<_>>()?;
                Opened::Words { words, starts: Vec::new(), positions: Vec::new() }
            }
            Self::Loose(words, distance) => {
                let open = |(found, times): &(FoundWord, usize)| Ok((word(found)?, *times));
                Opened::Loose(words.iter().map(open).collect::<tantivy::Result<_>>()?, *distance)
            }
            Self::Mentions(mentioned) => {
                Opened::Mentions(Box::new(mentioned.open(segment, field)?))
            }
            Self::Any(parts) => {
                let open = |part: &Self| part.open(segment, field);
                Opened::Any(parts.iter().map(open).collect::<tantivy::Result<_>>()?)
            }
            Self::Near { operands, relation, units } => Opened::Near {
                left: inner(&operands.0)?,
                right: inner(&operands.1)?,
                relation: *relation,
                units: units.as_ref().map(word).transpose()?,
                seen: Box::default(),
            },
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
            Self::Words { words, .. } => match &mut words[..] {
                [word] => seek_word(word, target),
                words => meet(words, target, seek_word),
            },
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
            Self::Words { words, .. } => least(&mut words.iter().map(DocSet::size_hint)),
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
            Self::Words { words, starts, positions } => {
                side_by_side(words, doc, starts, positions);
                let more = words.len() as u32 - 1;
                let place = |start: &u32| Place { start: *start, end: start + more };
                out.extend(starts.iter().map(place));
            }
            Self::Loose(words, distance) => {
                let positions = |word: &mut WordPostings| {
                    let mut positions = Vec::new();
                    read_positions(word, doc, &mut positions);
                    positions
                };
                let positions: Vec<(Vec<u32>, usize)> =
                    words.iter_mut().map(|(word, times)| (positions(word), *times)).collect();
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
            Self::Near { left, right, relation, units, seen } => {
                let Seen { left: of_left, right: of_right, units: of_units } = &mut **seen;
                left.places(doc, of_left);
                if of_left.is_empty() {
                    return;
                }
                of_right.clear();
                if right.seek(doc) == doc {
                    right.places(doc, of_right);
                }
                if let Some(units) = units {
                    read_positions(units, doc, of_units);
                }
                let near = Near { nearness: relation.nearness, units: of_units };
                if relation.refused {
                    apart(of_left, of_right, near, out);
                } else {
                    together(of_left, of_right, near, out);
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
fn read_positions(word: &mut WordPostings, doc: DocId, out: &mut Vec<u32>) {
    out.clear();
    if seek_word(word, doc) == doc {
        word.positions(out);
    }
}

/// Where words stand side by side: the first words of their places.
fn side_by_side(
    words: &mut [WordPostings],
    doc: DocId,
    starts: &mut Vec<u32>,
    positions: &mut Vec<u32>,
) {
    for (offset, word) in (0..).zip(words) {
        if offset == 0 {
            read_positions(word, doc, starts);
        } else {
            read_positions(word, doc, positions);
            keep_followed(starts, positions, offset);
        }
    }
}
