//! Makes the table of names from a commit.

use std::iter;

use tantivy::Searcher;
use xxhash_rust::xxh3::xxh3_64;

use super::forms::Forms;
use super::keys::Keys;
use super::layout::Writer;
use super::organizations::Short;
use super::owners::{NOBODY, Owners, owners};
use super::packed::{pack, pack_rising};
use super::segments::Segments;
use super::strings::Strings;
use super::table::PART_BIT;
use super::{organizations, people};
use crate::index::form_code::encode as encode_form;
use crate::index::{ENTITY_FIELDS, Fields, IndexError, NameFields, both};

/// The table of the commit that `searcher` sees, as it lies in its file.
pub(in crate::index) fn build(fields: &Fields, searcher: &Searcher) -> Result<Vec<u8>, IndexError> {
    let segments = searcher.segment_readers();
    let mut writer = Writer::new(segments);
    let segments = &Segments::of(searcher);
    let days = days(fields, segments)?;
    let read = |names| FieldNames::read(fields, names, segments, &days);
    // Reading the people takes as long as all the other fields together; those wait for
    // each other, as what is being read of one takes memory.
    let [people, others @ ..] = fields.names();
    let (people, others) =
        both(|| read(people), || others.map(read).into_iter().collect::<Result<Vec<_>, _>>());
    let of_fields: Vec<FieldNames> = iter::once(people?).chain(others?).collect();
    for names in &of_fields {
        names.write(&mut writer)?;
    }
    for segment in 0..segments.count() {
        for names in &of_fields {
            writer.bytes(&pack_rising(names.keys.places[segment].iter().copied()))?;
        }
    }
    Ok(writer.finish())
}

/// What the table holds of one field.
struct FieldNames {
    keys: Keys,
    forms: Forms,
    groups: Groups,
    bases: Vec<(u64, u32)>,
    owners: Vec<Owners>,
}

impl FieldNames {
    fn read(
        fields: &Fields,
        names: NameFields,
        segments: &Segments<'_>,
        days: &[Option<i32>],
    ) -> Result<Self, IndexError> {
        let mut keys = Keys::read(fields, names, segments)?;
        let (forms, articles) = both(
            || Forms::read(names, &keys, segments),
            || keys.read_articles(fields, names, segments),
        );
        let forms = forms?;
        keys.articles = articles?;
        let mut groups = Groups::new(keys.texts.len());
        let bases = match names.ordinal {
            0 => people::join(&keys, &forms, &mut groups),
            1 => organizations::join(&keys, &forms, Short::Any, &mut groups),
            2 => organizations::join(&keys, &forms, Short::Acronyms, &mut groups),
            _ => Vec::new(),
        };
        groups.lead_by_most_frequent(&keys);
        let owners = match names.ordinal {
            0..ENTITY_FIELDS => owners(&keys, &forms, &groups, days),
            _ => Vec::new(),
        };
        keys.forget_docs();
        Ok(Self { keys, forms, groups, bases, owners })
    }

    fn write(&self, writer: &mut Writer) -> Result<(), IndexError> {
        let Self { keys, forms, groups, bases, owners } = self;
        write_strings(writer, keys.texts.iter())?;
        let coded: Strings = (0..keys.texts.len())
            .map(|key| encode_form(keys.texts.get(key), forms.commonest.get(key)))
            .collect();
        write_strings(writer, coded.iter())?;
        let all = 0..keys.texts.len() as u32;
        let mut canonicals: Vec<(u32, u32)> = all
            .clone()
            .map(|key| (key, groups.first(key)))
            .filter(|(key, first)| key != first || keys.articles(*key as usize) == 0)
            .collect();
        canonicals.extend(owners.iter().zip(PART_BIT..).map(|(of_key, part)| (of_key.key, part)));
        canonicals.sort_unstable();
        writer.numbers(canonicals.into_iter().flat_map(|(key, canonical)| [key, canonical]))?;
        let mut members: Vec<[u32; 2]> =
            all.map(|key| [groups.first(key), key]).filter(|[first, key]| first != key).collect();
        members.sort_unstable();
        writer.numbers(members.into_iter().flatten())?;
        // A name that is its own fold is found by its key.
        let is_another =
            |(hash, key): &&(u64, u32)| xxh3_64(keys.texts.get(*key as usize).as_bytes()) != *hash;
        let mut folds: Vec<(u64, u32)> = bases
            .iter()
            .filter(is_another)
            .map(|(hash, key)| (*hash, groups.first(*key)))
            .collect();
        folds.sort_unstable();
        folds.dedup();
        let halves = |(hash, key): (u64, u32)| [(hash >> 32) as u32, hash as u32, key];
        writer.numbers(folds.into_iter().flat_map(halves))?;
        write_owners(writer, owners)
    }
}

/// Days of a month, the coarsest date that tells what time an article is of.
const DAYS_OF_MONTH: i64 = 31;

/// The day by which an article with a date that covers these days is judged;
/// none if the date tells no more than the year.
pub(super) fn day_of(first: Option<i64>, last: Option<i64>) -> Option<i32> {
    let (first, last) = first.zip(last)?;
    (last - first < DAYS_OF_MONTH).then(|| i32::try_from(first).ok())?
}

/// The day of each article, counted over all segments.
fn days(fields: &Fields, segments: &Segments<'_>) -> Result<Vec<Option<i32>>, IndexError> {
    let mut days = Vec::new();
    for number in 0..segments.count() {
        let segment = segments.open(number)?;
        let columns = segment.fast_fields();
        let first = columns.i64(fields.name_of(fields.day_first))?;
        let last = columns.i64(fields.name_of(fields.day_last))?;
        days.extend((0..segment.max_doc()).map(|doc| day_of(first.first(doc), last.first(doc))));
    }
    Ok(days)
}

fn write_strings<'a>(
    writer: &mut Writer,
    strings: impl Iterator<Item = &'a str>,
) -> Result<(), IndexError> {
    let (bytes, starts) = pack(strings);
    if bytes.len() > u32::MAX as usize || starts[0] >= PART_BIT as usize {
        return Err(IndexError::TooManyNames);
    }
    writer.bytes(&bytes)?;
    writer.numbers(starts.iter().map(|start| *start as u32))
}

fn write_owners(writer: &mut Writer, owners: &[Owners]) -> Result<(), IndexError> {
    let mut start = 0;
    let partials = owners.iter().map(|of_key| {
        let end = start + of_key.steps.len() as u32;
        let partial = [of_key.key, start, end, of_key.undated];
        start = end;
        partial
    });
    writer.numbers(partials.flatten())?;
    let steps = owners.iter().flat_map(|of_key| &of_key.steps);
    writer.numbers(steps.flat_map(|(day, owner)| [day.cast_unsigned(), *owner]))?;
    let mut owned: Vec<[u32; 2]> = owners
        .iter()
        .flat_map(|of_key| {
            let all = of_key.steps.iter().map(|(_, owner)| *owner).chain([of_key.undated]);
            all.map(|owner| [owner, of_key.key])
        })
        .filter(|[owner, _]| *owner != NOBODY)
        .collect();
    owned.sort_unstable();
    owned.dedup();
    writer.numbers(owned.into_iter().flatten())
}

/// Keys that stand for the same.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each key another of its group, nearer to the first; the first of a
    /// group has itself.
    nearer: Vec<u32>,
}

impl Groups {
    /// Each key alone.
    pub(super) fn new(keys: usize) -> Self {
        Self { nearer: (0..keys as u32).collect() }
    }

    /// The key that stands for the group of `key`.
    pub(super) fn first(&self, key: u32) -> u32 {
        let mut first = key;
        while self.nearer[first as usize] != first {
            first = self.nearer[first as usize];
        }
        first
    }

    /// Makes one group of two.
    pub(super) fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.first(one), self.first(other));
        let (first, later) = (one.min(other), one.max(other));
        self.nearer[later as usize] = first;
        // So that ways stay short.
        for key in [one, other] {
            self.nearer[key as usize] = first;
        }
    }

    /// Makes the key with most articles stand for its group; of equally frequent
    /// ones the first.
    fn lead_by_most_frequent(&mut self, keys: &Keys) {
        let firsts: Vec<u32> = (0..self.nearer.len() as u32).map(|key| self.first(key)).collect();
        let mut best = firsts.clone();
        for (key, first) in firsts.iter().enumerate() {
            let best = &mut best[*first as usize];
            if keys.articles(key) > keys.articles(*best as usize)
                || keys.articles(key) == keys.articles(*best as usize) && (key as u32) < *best
            {
                *best = key as u32;
            }
        }
        for (key, first) in firsts.iter().enumerate() {
            self.nearer[key] = best[*first as usize];
        }
    }
}
