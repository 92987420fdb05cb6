//! The entities of an article as they lie beside it in the index: some ten bits for
//! each mention, since most of what is to know of it the text tells.
//!
//! First come the entities in their order, then the mentions of all of them in the
//! order of the text, then the names that no mention has, as text. A code is a
//! [number](BitWriter::number) of the order in [`order`]:
//!
//! | what | bits |
//! |---|---|
//! | number of entities | code |
//! | entity: whether its kind is that of the one before; else the kind | 1; 2 |
//! | whether it is about, from metadata, partial, without mentions | code |
//! | which of its mentions has its name: 0 the first, then from 2; else 1, and the bytes of the name | code; code |
//! | number of mentions | code |
//! | mention: whose, see [`Company`] | code |
//! | how many words with a capital lie between it and the last one, plus 1; if it does not start with one, 0, and the bytes between them | code; code |
//! | whether it is as long as the entity's last one; else how many words with a capital it has behind its start, 2 left out, if the last of them ends it; else 2, and its length in bytes | 1; code; code |
//!
//! Nothing here depends on how texts are cut into words: what was written stays
//! readable.

use super::bits::{BitReader, BitWriter};
use super::company::Company;
use super::terms::LONGEST_NAME_BYTES;
use super::{ENTITY_FIELDS, StoredEntity, StoredMention};
use crate::annotate::{Entity, EntityKind, Origin, TextPart};

/// Orders of codes, by how large the numbers are in most news. With these the
/// mentions of ten years of it took less than ten bits each.
mod order {
    pub(super) const COUNT: u32 = 5;
    pub(super) const FLAGS: u32 = 1;
    pub(super) const NAMED_BY: u32 = 0;
    pub(super) const NAME_BYTES: u32 = 3;
    pub(super) const WHOSE: u32 = 2;
    pub(super) const WORDS_BETWEEN: u32 = 1;
    pub(super) const BYTES_BETWEEN: u32 = 7;
    pub(super) const WORDS: u32 = 1;
    pub(super) const LENGTH: u32 = 3;
}

/// The flags of an entity.
mod flag {
    pub(super) const ABOUT: usize = 1;
    pub(super) const METADATA: usize = 2;
    pub(super) const PARTIAL: usize = 4;
    pub(super) const UNMENTIONED: usize = 8;
}

/// The kinds by their number.
const KINDS: [EntityKind; ENTITY_FIELDS] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// The entities of an article, as they are stored beside its headline and body.
pub(super) fn encode(entities: &[Entity], title: &str, body: &str) -> Vec<u8> {
    if entities.is_empty() {
        return Vec::new();
    }
    let text = Text::new(title, body);
    let placed: Vec<Vec<(usize, usize)>> =
        entities.iter().map(|entity| text.places(entity)).collect();
    let mut bits = BitWriter::default();
    let mut names = String::new();
    bits.number(entities.len(), order::COUNT);
    let mut last_kind = KINDS[0];
    for (entity, places) in entities.iter().zip(&placed) {
        bits.flag(entity.kind == last_kind);
        if entity.kind != last_kind {
            bits.fixed(entity.kind as u64, 2);
            last_kind = entity.kind;
        }
        bits.number(flags(entity), order::FLAGS);
        let has_name = |(start, end): &(usize, usize)| {
            entity.name.len() == end - start
                && text.all.get(*start..*end) == Some(&entity.name)
                && entity.name.len() <= LONGEST_NAME_BYTES
        };
        let named_by = places.iter().position(has_name);
        bits.number(with_gap(named_by, NAME_WRITTEN), order::NAMED_BY);
        if named_by.is_none() {
            bits.number(entity.name.len(), order::NAME_BYTES);
            names.push_str(&entity.name);
        }
    }
    encode_mentions(entities, &placed, &text, &mut bits);
    let mut bytes = bits.finish();
    bytes.extend(names.as_bytes());
    bytes
}

fn flags(entity: &Entity) -> usize {
    let flag = |is_set: bool, flag: usize| if is_set { flag } else { 0 };
    flag(entity.about, flag::ABOUT)
        | flag(entity.origin == Origin::Metadata, flag::METADATA)
        | flag(entity.partial, flag::PARTIAL)
        | flag(entity.mentions.is_empty(), flag::UNMENTIONED)
}

fn encode_mentions(
    entities: &[Entity],
    placed: &[Vec<(usize, usize)>],
    text: &Text,
    bits: &mut BitWriter,
) {
    let mut mentions = Vec::new();
    for (number, places) in placed.iter().enumerate() {
        // Those of one entity keep their order, whatever it is.
        let mut latest = 0;
        for place in places {
            latest = latest.max(place.0);
            mentions.push((latest, number, *place));
        }
    }
    mentions.sort_by_key(|(latest, ..)| *latest);
    bits.number(mentions.len(), order::COUNT);
    let mut company =
        Company::new(entities.iter().map(|entity| (entity.kind, !entity.mentions.is_empty())));
    let mut last_end = 0;
    for (_, number, (start, end)) in mentions {
        bits.number(company.code(number), order::WHOSE);
        let first = text.capitals_before(last_end);
        match text.capitals.binary_search(&start) {
            Ok(place) if place >= first => bits.number(place - first + 1, order::WORDS_BETWEEN),
            _ => {
                bits.number(0, order::WORDS_BETWEEN);
                bits.number(zigzag(last_end, start), order::BYTES_BETWEEN);
            }
        }
        let length = end - start;
        let last_length = company.meet(number, length);
        if let Some(last_length) = last_length {
            bits.flag(last_length == length);
        }
        if last_length != Some(length) {
            let words = text.words(start, end);
            bits.number(with_gap(words, OTHER_LENGTH), order::WORDS);
            if words.is_none() {
                bits.number(length, order::LENGTH);
            }
        }
        last_end = end;
    }
}

/// The entities that were stored beside this headline and body; none for what
/// [`encode`] did not write for them.
pub(super) fn decode(bytes: &[u8], title: &str, body: &str) -> Option<Vec<StoredEntity>> {
    if bytes.is_empty() {
        return Some(Vec::new());
    }
    let text = Text::new(title, body);
    let mut bits = BitReader::new(bytes);
    let mut drafts = Vec::new();
    let mut kind = KINDS[0];
    for _ in 0..bits.number(order::COUNT)? {
        if !bits.flag()? {
            kind = *KINDS.get(usize::try_from(bits.fixed(2)?).ok()?)?;
        }
        let flags = bits.number(order::FLAGS)?;
        let named_by = without_gap(bits.number(order::NAMED_BY)?, NAME_WRITTEN);
        let name_bytes = match named_by {
            None => bits.number(order::NAME_BYTES)?,
            Some(_) => 0,
        };
        drafts.push(Draft { kind, flags, named_by, name_bytes, places: Vec::new() });
    }
    decode_mentions(&mut drafts, &text, &mut bits)?;
    let mut names = bits.rest();
    drafts.into_iter().map(|draft| draft.entity(&text, &mut names)).collect()
}

/// An entity while it is read.
struct Draft {
    kind: EntityKind,
    flags: usize,
    /// Which of its mentions has its name.
    named_by: Option<usize>,
    /// How long the name is, if none has.
    name_bytes: usize,
    places: Vec<(usize, usize)>,
}

fn decode_mentions(drafts: &mut [Draft], text: &Text, bits: &mut BitReader<'_>) -> Option<()> {
    let mentions = bits.number(order::COUNT)?;
    let mut company =
        Company::new(drafts.iter().map(|draft| (draft.kind, draft.flags & flag::UNMENTIONED == 0)));
    let mut last_end = 0;
    for _ in 0..mentions {
        let number = company.entity(bits.number(order::WHOSE)?)?;
        let start = match bits.number(order::WORDS_BETWEEN)?.checked_sub(1) {
            Some(skipped) => *text.capitals.get(text.capitals_before(last_end) + skipped)?,
            None => unzigzag(last_end, bits.number(order::BYTES_BETWEEN)?)?,
        };
        let length = match company.length(number)? {
            Some(length) if bits.flag()? => length,
            _ => match without_gap(bits.number(order::WORDS)?, OTHER_LENGTH) {
                Some(words) => text.end_of_words(start, words)?.checked_sub(start)?,
                None => bits.number(order::LENGTH)?,
            },
        };
        company.meet(number, length);
        last_end = start.checked_add(length)?;
        drafts[number].places.push((start, last_end));
    }
    Some(())
}

impl Draft {
    /// The entity; its name is in the text, or the first of `names`.
    fn entity(self, text: &Text, names: &mut &[u8]) -> Option<StoredEntity> {
        let name = match self.named_by {
            Some(mention) => {
                let (start, end) = *self.places.get(mention)?;
                text.all.get(start..end).filter(|name| name.len() <= LONGEST_NAME_BYTES)?
            }
            None => {
                let (name, rest) = names.split_at_checked(self.name_bytes)?;
                *names = rest;
                std::str::from_utf8(name).ok()?
            }
        };
        let is = |flag| self.flags & flag != 0;
        Some(StoredEntity {
            kind: self.kind,
            name: name.to_owned(),
            origin: if is(flag::METADATA) { Origin::Metadata } else { Origin::Recognised },
            partial: is(flag::PARTIAL),
            about: is(flag::ABOUT),
            mentions: self
                .places
                .iter()
                .map(|place| text.mention(*place))
                .collect::<Option<_>>()?,
        })
    }
}

/// Headline and body as one text, a byte between them.
struct Text {
    all: String,
    title_bytes: usize,
    /// Where words begin with a capital of ASCII: where most names do.
    capitals: Vec<usize>,
}

impl Text {
    fn new(title: &str, body: &str) -> Self {
        let mut all = String::with_capacity(title.len() + 1 + body.len());
        all.push_str(title);
        all.push('\n');
        all.push_str(body);
        let mut capitals = Vec::with_capacity(all.len() / BYTES_PER_CAPITAL);
        let mut is_in_word = false;
        for (place, byte) in all.bytes().enumerate() {
            if byte.is_ascii_uppercase() && !is_in_word {
                capitals.push(place);
            }
            is_in_word = byte.is_ascii_alphanumeric();
        }
        Self { all, title_bytes: title.len(), capitals }
    }

    /// How many words with a capital begin in a stretch behind its start, if it ends
    /// with the last of them (or with the word that it starts with).
    fn words(&self, start: usize, end: usize) -> Option<usize> {
        let words = self.capitals_before(end).saturating_sub(self.capitals_before(start + 1));
        (self.end_of_words(start, words) == Some(end)).then_some(words)
    }

    /// Where the last of so many words with a capital behind `start` ends.
    fn end_of_words(&self, start: usize, words: usize) -> Option<usize> {
        let last = match words.checked_sub(1) {
            None => start,
            Some(before) => *self.capitals.get(self.capitals_before(start + 1) + before)?,
        };
        let rest = self.all.as_bytes().get(last..)?.iter().take(LONGEST_WORD);
        Some(last + rest.take_while(|byte| byte.is_ascii_alphanumeric()).count())
    }

    /// How many words with a capital begin before a place.
    fn capitals_before(&self, place: usize) -> usize {
        self.capitals.partition_point(|capital| *capital < place)
    }

    fn places(&self, entity: &Entity) -> Vec<(usize, usize)> {
        let body = self.title_bytes + 1;
        let places = entity.mentions.iter().map(|mention| {
            let before = if mention.part == TextPart::Body { body } else { 0 };
            (before + mention.span.start, before + mention.span.end)
        });
        places.collect()
    }

    /// The mention at a place; none where no whole characters of headline or body are.
    fn mention(&self, (start, end): (usize, usize)) -> Option<StoredMention> {
        self.all.get(start..end)?;
        let body = self.title_bytes + 1;
        if start >= body {
            return Some(StoredMention(TextPart::Body, start - body, end - body));
        }
        (end < body).then_some(StoredMention(TextPart::Title, start, end))
    }
}

/// Bytes up to which the end of a word is looked for: names have none longer, and
/// encoded data would be looked through again and again.
const LONGEST_WORD: usize = 64;

/// Bytes of news for each word with a capital, at least; for the size of a list.
const BYTES_PER_CAPITAL: usize = 24;

/// The number that says that no mention has the name.
const NAME_WRITTEN: usize = 1;
/// The number that says that a mention does not end with a word.
const OTHER_LENGTH: usize = 2;

/// A number that leaves one out, which stands for none.
const fn with_gap(number: Option<usize>, none: usize) -> usize {
    match number {
        None => none,
        Some(number) if number < none => number,
        Some(number) => number + 1,
    }
}

const fn without_gap(number: usize, none: usize) -> Option<usize> {
    match number {
        number if number == none => None,
        number if number < none => Some(number),
        number => Some(number - 1),
    }
}

/// How far `to` is behind `from`, doubled; or before it, doubled and one less.
const fn zigzag(from: usize, to: usize) -> usize {
    if to >= from { (to - from) * 2 } else { (from - to) * 2 - 1 }
}

fn unzigzag(from: usize, distance: usize) -> Option<usize> {
    match distance % 2 {
        0 => from.checked_add(distance / 2),
        _ => from.checked_sub(distance / 2 + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::{KINDS, decode, encode};
    use crate::annotate::{Entity, EntityKind, Mention, Origin, TextPart};
    use crate::index::{StoredEntity, StoredMention};
    use crate::text::Span;
    use proptest::prelude::*;
    use proptest::sample::Index;

    /// A part of a text, and two places in it.
    type Place = (bool, Index, Index);

    fn mention((is_title, one, other): &Place, texts: [&str; 2]) -> Mention {
        let (part, text) = match is_title {
            true => (TextPart::Title, texts[0]),
            false => (TextPart::Body, texts[1]),
        };
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (one, other) = (*one.get(&ends), *other.get(&ends));
        Mention { part, span: Span::new(one.min(other), one.max(other)) }
    }

    prop_compose! {
        /// Headline, body, and entities that are named anywhere in them, in any order.
        fn articles()(
            title in "[A-Za-zÄ .]{0,20}",
            body in "([A-Z][a-z]{1,6}|[a-zé]{1,5}|\n|\\PC)( ([A-Z][a-z]{1,6}|[a-zé]{1,5})){0,40}",
            drafts in prop::collection::vec(
                (0..3_usize, "\\PC{0,6}", any::<[bool; 4]>(),
                 prop::collection::vec(any::<Place>(), 0..9)),
                0..50,
            ),
            is_sorted: bool,
        ) -> (String, String, Vec<Entity>) {
            let entity = |(kind, name, flags, places): (usize, String, [bool; 4], Vec<Place>)| {
                let texts = [&*title, &*body];
                let mut mentions: Vec<_> =
                    places.iter().map(|place| mention(place, texts)).collect();
                let named_by = mentions.last().map(|mention| match mention.part {
                    TextPart::Title => mention.span.of(&title),
                    TextPart::Body => mention.span.of(&body),
                });
                let name = named_by.filter(|_| flags[3]).map_or(name, ToOwned::to_owned);
                if is_sorted {
                    mentions.sort_unstable();
                }
                let origin = if flags[0] { Origin::Metadata } else { Origin::Recognised };
                Entity {
                    kind: KINDS[kind], name, origin, partial: flags[1], about: flags[2], mentions,
                }
            };
            let entities = drafts.into_iter().map(entity).collect();
            (title.clone(), body.clone(), entities)
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_comes_back((title, body, entities) in articles()) {
            let bytes = encode(&entities, &title, &body);
            let expected: Vec<StoredEntity> = entities.iter().map(StoredEntity::from).collect();
            prop_assert_eq!(decode(&bytes, &title, &body), Some(expected));
        }

        #[test]
        fn damaged_bytes_are_refused_or_harmless(
            (title, body, entities) in articles(),
            damage: Vec<(Index, u8)>,
            length: Index,
            bytes: Vec<u8>,
        ) {
            let mut damaged = encode(&entities, &title, &body);
            for (at, byte) in &damage {
                if !damaged.is_empty() {
                    let at = at.index(damaged.len());
                    damaged[at] = *byte;
                }
            }
            damaged.truncate(length.index(damaged.len() + 1));
            for bytes in [damaged, bytes] {
                for entity in decode(&bytes, &title, &body).unwrap_or_default() {
                    for StoredMention(part, start, end) in entity.mentions {
                        let text = if part == TextPart::Title { &title } else { &body };
                        prop_assert!(text.get(start..end).is_some());
                    }
                }
            }
        }
    }

    fn person(name: &str, spans: impl IntoIterator<Item = (usize, usize)>) -> Entity {
        let mention = |(start, end)| Mention { part: TextPart::Body, span: Span::new(start, end) };
        Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            origin: Origin::Recognised,
            partial: false,
            about: false,
            mentions: spans.into_iter().map(mention).collect(),
        }
    }

    #[test]
    fn a_mention_takes_a_byte_and_an_entity_two() {
        let body = "Ann Lee met Bo Chan. Lee left, Chan stayed with Lee, then Lee and Chan ate.";
        let (lee, chan) = ([(0, 7), (21, 24), (48, 51), (58, 61)], [(12, 19), (31, 35), (66, 70)]);
        let entities = [person("Ann Lee", lee), person("Bo Chan", chan)];
        assert!(encode(&entities, "", body).len() <= 4 + 7);
        // A name that is not in the text stands behind, as it is.
        let bytes = encode(&[person("Ann B. Lee", lee)], "", body);
        assert!(bytes.ends_with(b"Ann B. Lee"));
        assert!(encode(&[], "", body).is_empty());
        assert_eq!(decode(&[], "", body), Some(Vec::new()));
    }

    #[test]
    fn a_register_of_a_hundred_thousand_names_is_linear() {
        let body = "Ann Lee. ".repeat(100_000);
        let places = (0..100_000).map(|at| (at * 9, at * 9 + 7));
        let entities: Vec<Entity> = places.map(|place| person("Ann Lee", [place])).collect();
        let bytes = encode(&entities, "", &body);
        assert_eq!(decode(&bytes, "", &body).map(|entities| entities.len()), Some(100_000));
    }
}
