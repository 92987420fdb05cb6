//! The table of names, read in place.

use std::borrow::Cow;
use std::ops::Range;

use tantivy::SegmentReader;
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;

use super::build::day_of;
use super::layout::{Layout, Numbers, Section, ordinals};
use super::organizations;
use super::owners::NOBODY;
use super::packed::{PackedStrings, rising};
use super::people::{self, person_base};
use crate::index::terms::PARTIAL;
use crate::index::{ENTITY_FIELDS, NAME_FIELDS, decode_form};
use crate::text::name_key;

/// What is shown behind a name of which only a part is known, of a person who
/// may be any; a query that names it so finds the articles.
pub const SURNAME_ONLY: &str = " (surname only)";

/// What marks parts of names among the [`NameTable::canonicals`].
pub const PART_BIT: u32 = 1 << 31;

/// The names of an index, each by a number: first all people, sorted by key,
/// then all organizations, and so on, field by field. Of the numbers that stand
/// for the same one stands for all; it is the one that counts and is shown.
#[derive(Debug)]
pub struct NameTable {
    layout: Layout,
    /// The first number of each field, and the one after the last.
    bases: [u32; NAME_FIELDS + 1],
}

/// Who is meant by a part of a name.
#[derive(Clone, Copy, Debug)]
pub struct PartialName<'a> {
    /// The part of a name.
    pub name: u32,
    /// Days with owners.
    steps: Numbers<'a>,
    range: (u32, u32),
    undated: u32,
    base: u32,
}

impl NameTable {
    /// The table in `bytes`; none if it is damaged or of another commit than that
    /// of `segments`.
    pub(in crate::index) fn open(bytes: OwnedBytes, segments: &[SegmentReader]) -> Option<Self> {
        let layout = Layout::open(bytes, segments)?;
        let mut bases = [0_u32; NAME_FIELDS + 1];
        for field in 0..NAME_FIELDS {
            let keys = strings(&layout, field, Section::Keys, Section::KeyStarts);
            bases[field + 1] = bases[field].checked_add(keys.count()?)?;
        }
        Some(Self { layout, bases })
    }

    /// The numbers of a field of names.
    #[must_use]
    pub const fn of_field(&self, field: usize) -> Range<u32> {
        self.bases[field]..self.bases[field + 1]
    }

    /// One more than the last number.
    #[must_use]
    pub const fn end(&self) -> u32 {
        self.bases[NAME_FIELDS]
    }

    /// The field of a name.
    #[must_use]
    pub fn field_of(&self, name: u32) -> usize {
        self.bases[1..].partition_point(|end| *end <= name).min(NAME_FIELDS - 1)
    }

    fn numbers(&self, field: usize, section: Section) -> Numbers<'_> {
        self.layout.numbers(section.number(field))
    }

    fn keys(&self, field: usize) -> PackedStrings<'_> {
        strings(&self.layout, field, Section::Keys, Section::KeyStarts)
    }

    /// The key of a name.
    #[must_use]
    pub fn key(&self, name: u32) -> &str {
        let field = self.field_of(name);
        self.keys(field).get((name - self.bases[field]) as usize)
    }

    /// The form in which most articles write it.
    #[must_use]
    pub fn form(&self, name: u32) -> Cow<'_, str> {
        let field = self.field_of(name);
        let codes = strings(&self.layout, field, Section::Forms, Section::FormStarts);
        decode_form(self.key(name), codes.get((name - self.bases[field]) as usize))
    }

    /// Whether only a part of the name is known.
    #[must_use]
    pub fn is_partial(&self, name: u32) -> bool {
        self.key(name).ends_with(PARTIAL)
    }

    /// The name with this key.
    #[must_use]
    pub fn find(&self, field: usize, key: &str) -> Option<u32> {
        Some(self.bases[field] + self.keys(field).find(key)? as u32)
    }

    /// What stands for whom `name` names in this field: the name in any form that
    /// folds to one key or, with [`SURNAME_ONLY`] behind it, the part of a name.
    #[must_use]
    pub fn meant_by(&self, field: usize, name: &str) -> Option<u32> {
        let key = name_key(name);
        if let Some(found) = self.find(field, &key) {
            return Some(self.canonical(found));
        }
        if field >= ENTITY_FIELDS {
            return None;
        }
        if let Some(part) = key.strip_suffix(name_key(SURNAME_ONLY).as_str()) {
            return self.find(field, &format!("{}{PARTIAL}", part.trim_end()));
        }
        match field {
            0 => self.with_base(field, &person_base(name)?),
            _ => self.with_base(field, organizations::base(&key)),
        }
    }

    /// What stands for all that fold to this base, if that is one.
    fn with_base(&self, field: usize, base: &str) -> Option<u32> {
        let mut found = self.own_base(field, base);
        let hash = xxh3_64(base.as_bytes());
        let folds = self.numbers(field, Section::Folds);
        let (high, low) = ((hash >> 32) as u32, hash as u32);
        let mut place = folds.partition_point(3, |found| found < high);
        while place * 3 < folds.len() && folds.get(place * 3) == high {
            if folds.get(place * 3 + 1) == low {
                let name = self.bases[field] + folds.get(place * 3 + 2);
                if found.is_some_and(|found| found != name) {
                    return None;
                }
                found = Some(name);
            }
            place += 1;
        }
        found
    }

    /// What stands for the name that this base is the key of, if it folds to itself
    /// and some article has it.
    fn own_base(&self, field: usize, base: &str) -> Option<u32> {
        let name = self.find(field, base)?;
        let is_own = match field {
            0 => people::base_of(base, &self.form(name)).as_deref() == Some(base),
            _ => organizations::base(base) == base,
        };
        let canonical = self.of_note(field, name - self.bases[field]);
        let is_gone = canonical == Some(name - self.bases[field]);
        (is_own && !is_gone).then(|| self.canonical(name))
    }

    /// What is of note of a name of a field: see [`Section::Canonical`].
    fn of_note(&self, field: usize, name: u32) -> Option<u32> {
        let pairs = self.numbers(field, Section::Canonical);
        let place = pairs.partition_point(2, |noted| noted < name) * 2;
        let is_noted = place < pairs.len() && pairs.get(place) == name;
        is_noted.then(|| pairs.get(place + 1))
    }

    /// What stands for `name`.
    #[must_use]
    pub fn canonical(&self, name: u32) -> u32 {
        let field = self.field_of(name);
        let base = self.bases[field];
        match self.of_note(field, name - base) {
            Some(canonical) if canonical & PART_BIT == 0 => base + canonical,
            _ => name,
        }
    }

    /// What stands for each name of a field, as numbers within the field; of parts
    /// of names their number for [`Self::part`], with [`PART_BIT`].
    #[must_use]
    pub fn canonicals(&self, field: usize) -> Vec<u32> {
        let mut canonicals: Vec<u32> = (0..self.of_field(field).len() as u32).collect();
        let pairs = self.numbers(field, Section::Canonical);
        for place in (0..pairs.len()).step_by(2) {
            if let Some(canonical) = canonicals.get_mut(pairs.get(place) as usize) {
                *canonical = pairs.get(place + 1);
            }
        }
        canonicals
    }

    /// The names that `canonical` stands for, itself first.
    pub fn members(&self, canonical: u32) -> impl Iterator<Item = u32> + '_ {
        let field = self.field_of(canonical);
        std::iter::once(canonical).chain(self.paired(field, canonical, Section::Members))
    }

    /// The parts of names that mean `canonical` in some article.
    pub fn parts_of(&self, canonical: u32) -> impl Iterator<Item = u32> + '_ {
        self.paired(self.field_of(canonical), canonical, Section::Owned)
    }

    /// The second of the pairs whose first is `name`.
    fn paired(&self, field: usize, name: u32, section: Section) -> impl Iterator<Item = u32> + '_ {
        let base = self.bases[field];
        let pairs = self.numbers(field, section);
        let start = pairs.partition_point(2, |first| base + first < name);
        let end = pairs.partition_point(2, |first| base + first <= name);
        (start..end).map(move |place| base + pairs.get(place * 2 + 1))
    }

    /// Who is meant by a part of a name; none for a whole name.
    #[must_use]
    pub fn partial(&self, name: u32) -> Option<PartialName<'_>> {
        let field = self.field_of(name);
        let part = self.of_note(field, name - self.bases[field])?;
        (part & PART_BIT != 0).then(|| self.part(field, part & !PART_BIT))
    }

    /// The part of a name with this number among those of a field.
    #[must_use]
    pub fn part(&self, field: usize, number: u32) -> PartialName<'_> {
        let partials = self.numbers(field, Section::Partials);
        let at = number as usize * 4;
        let base = self.bases[field];
        PartialName {
            name: base + partials.get(at),
            steps: self.numbers(field, Section::Steps),
            range: (partials.get(at + 1), partials.get(at + 2)),
            undated: partials.get(at + 3),
            base,
        }
    }

    /// For each ordinal of a field's column in a segment, the number of the name
    /// within the field.
    pub fn ordinals(&self, field: usize, segment: usize) -> impl Iterator<Item = u32> + '_ {
        rising(self.layout.bytes(ordinals(field, segment)))
    }
}

fn strings(layout: &Layout, field: usize, texts: Section, starts: Section) -> PackedStrings<'_> {
    let starts = layout.numbers(starts.number(field));
    PackedStrings { bytes: layout.bytes(texts.number(field)), starts }
}

impl PartialName<'_> {
    /// Who is meant in an article whose date covers these days (since 1970); none
    /// where nobody clearly is.
    #[must_use]
    pub fn owner(&self, first_day: Option<i64>, last_day: Option<i64>) -> Option<u32> {
        let owner = match day_of(first_day, last_day) {
            None => self.undated,
            Some(day) => {
                let (start, end) = (self.range.0 as usize, self.range.1 as usize);
                let (mut low, mut high) = (start, end);
                while low < high {
                    let middle = low.midpoint(high);
                    if self.steps.get(middle * 2).cast_signed() <= day {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                if low == start { NOBODY } else { self.steps.get(low * 2 - 1) }
            }
        };
        (owner != NOBODY).then(|| self.base + owner)
    }
}
