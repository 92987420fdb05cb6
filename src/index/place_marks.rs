//! Marks that share the positions of words: where sentences and paragraphs begin,
//! and where an article mentions its people, organizations and places.
//!
//! A mention is marked at its first word, by its kind and its number of words;
//! which entity of the article it names stands in a column, in the order of the
//! marks.

use tantivy::schema::{Field, OwnedValue};

use super::encoder::{Position, push_term};
use super::terms::{MENTION, PARAGRAPH, SENTENCE};
use super::{ENTITY_FIELDS, Fields};
use crate::annotate::{Mention, TextPart, TokenisedText};
use crate::text::Break;

/// A mention of an entity of an article.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntityMention {
    pub(super) mention: Mention,
    /// The kind of the entity, as a number.
    pub(super) kind: usize,
    /// Its number among those of its kind, in the order of their keys' column.
    pub(super) entity: usize,
}

/// The mentions in one text, by words.
#[derive(Debug, Default)]
pub(super) struct PlaceMarks {
    /// First word, number of words, kind and entity; sorted, no two of one kind
    /// at one word.
    mentions: Vec<(usize, usize, usize, usize)>,
}

impl PlaceMarks {
    /// The marks of `text` among `mentions`, those of all texts of the article.
    /// A mention without a word has none.
    pub(super) fn new(text: &TokenisedText<'_>, mentions: &[EntityMention]) -> Self {
        let of_text = mentions.iter().filter(|found| found.mention.part == text.part);
        let mut mentions: Vec<_> = of_text
            .filter_map(|found| {
                let span = found.mention.span;
                let first = text.tokens.partition_point(|token| token.span.end <= span.start);
                let past = text.tokens.partition_point(|token| token.span.start < span.end);
                (first < past).then(|| (first, past - first, found.kind, found.entity))
            })
            .collect();
        mentions.sort_unstable_by_key(|&(first, words, kind, entity)| (first, kind, words, entity));
        mentions.dedup_by_key(|&mut (first, _, kind, _)| (first, kind));
        Self { mentions }
    }

    /// Appends the marks at a word, which stands so to the one before; `at` is how
    /// many mentions were marked before it.
    pub(super) fn push(&self, word: usize, found: Break, at: &mut usize, out: &mut String) {
        if found >= Break::Sentence {
            push_term("", SENTENCE, "", Position::Same, out);
        }
        if found == Break::Paragraph {
            push_term("", PARAGRAPH, "", Position::Same, out);
        }
        while let Some((_, words, kind, _)) =
            self.mentions.get(*at).filter(|(first, ..)| *first == word)
        {
            push_term("", MENTION, &format!("{kind}{words}"), Position::Same, out);
            *at += 1;
        }
    }

    /// Adds the columns of the mentions in a text.
    pub(super) fn add_columns(
        &self,
        fields: &Fields,
        part: TextPart,
        values: &mut Vec<(Field, OwnedValue)>,
    ) {
        for kind in 0..ENTITY_FIELDS {
            let column = fields.mentioned[kind][part as usize];
            let of_kind = self.mentions.iter().filter(|(_, _, of, _)| *of == kind);
            let entities = of_kind.map(|(.., entity)| OwnedValue::U64(*entity as u64));
            values.extend(entities.map(|entity| (column, entity)));
        }
    }
}
