//! The table of names, read in place.

use std::ops::Range;

use tantivy::SegmentReader;
use tantivy::directory::OwnedBytes;
use xxhash_rust::xxh3::xxh3_64;

use super::build::day_of;
use super::layout::{Layout, Numbers, Section, ordinals};
use super::organizations;
use super::owners::NOBODY;
use super::people::person_base;
use crate::index::terms::PARTIAL;
use crate::index::{ENTITY_FIELDS, NAME_FIELDS};
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
        let mut bases = [0; NAME_FIELDS + 1];
        for field in 0..NAME_FIELDS {
            let count = layout.numbers(Section::KeyEnds.number(field)).len() as u32;
            bases[field + 1] = bases[field] + count;
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

    fn text(&self, field: usize, place: u32, texts: Section, ends: Section) -> &str {
        let ends = self.numbers(field, ends);
        let place = place as usize;
        let start = if place == 0 { 0 } else { ends.get(place - 1) };
        let bytes = self.layout.bytes(texts.number(field));
        let text = bytes.get(start as usize..ends.get(place) as usize).unwrap_or(&[]);
        std::str::from_utf8(text).unwrap_or_default()
    }

    /// The key of a name.
    #[must_use]
    pub fn key(&self, name: u32) -> &str {
        let field = self.field_of(name);
        self.text(field, name - self.bases[field], Section::Keys, Section::KeyEnds)
    }

    /// The form in which most articles write it.
    #[must_use]
    pub fn form(&self, name: u32) -> &str {
        let field = self.field_of(name);
        self.text(field, name - self.bases[field], Section::Forms, Section::FormEnds)
    }

    /// Whether only a part of the name is known.
    #[must_use]
    pub fn is_partial(&self, name: u32) -> bool {
        self.key(name).ends_with(PARTIAL)
    }

    /// The name with this key.
    #[must_use]
    pub fn find(&self, field: usize, key: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.bases[field + 1] - self.bases[field]);
        while low < high {
            let middle = low.midpoint(high);
            match self.text(field, middle, Section::Keys, Section::KeyEnds).cmp(key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(self.bases[field] + middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
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
        let hash = xxh3_64(base.as_bytes());
        let folds = self.numbers(field, Section::Folds);
        let (high, low) = ((hash >> 32) as u32, hash as u32);
        let mut place = folds.partition_point(3, |found| found < high);
        let mut found = None;
        while place * 3 < folds.len() && folds.get(place * 3) == high {
            if folds.get(place * 3 + 1) == low {
                let name = self.bases[field] + folds.get(place * 3 + 2);
                if found.is_some() {
                    return None;
                }
                found = Some(name);
            }
            place += 1;
        }
        found
    }

    /// What stands for `name`.
    #[must_use]
    pub fn canonical(&self, name: u32) -> u32 {
        let field = self.field_of(name);
        let base = self.bases[field];
        match self.numbers(field, Section::Canonical).get((name - base) as usize) {
            part if part & PART_BIT != 0 => name,
            canonical => base + canonical,
        }
    }

    /// What stands for each name of a field, as numbers within the field; of parts
    /// of names their number for [`Self::part`], with [`PART_BIT`].
    #[must_use]
    pub fn canonicals(&self, field: usize) -> Numbers<'_> {
        self.numbers(field, Section::Canonical)
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
        let canonicals = self.numbers(field, Section::Canonical);
        let part = canonicals.get((name - self.bases[field]) as usize);
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
    #[must_use]
    pub fn ordinals(&self, field: usize, segment: usize) -> Numbers<'_> {
        self.layout.numbers(ordinals(field, segment))
    }
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
