//! Who and what is meant: the names of a commit, with the user's aliases applied.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::aliases::{AliasError, AliasErrorKind, Aliases, Change};
use super::named::{NameTerm, Part, PostingsOf};
use crate::annotate::EntityKind;
use crate::index::terms::{NAME_FORM, term};
use crate::index::{IndexReader, NAME_FIELDS, NameTable, PART_BIT, SURNAME_ONLY};
use crate::search::SearchError;
use crate::text::name_key;

/// The names of an index under the user's aliases. A name is a number: those of
/// the [`NameTable`], and beyond them those that the aliases make.
#[derive(Debug)]
pub struct Names {
    pub(super) table: Arc<NameTable>,
    /// Names that stand for others in the table and have become another, or
    /// [`IGNORED`].
    changes: FxHashMap<u32, u32>,
    /// The names that the aliases make.
    made: Vec<Made>,
    /// Their numbers, by field and key.
    by_key: FxHashMap<(usize, String), u32>,
    /// For each field, once it was asked for: [`Self::places_of_sources`].
    places: [OnceLock<Vec<SourcePlaces>>; NAME_FIELDS],
}

/// What the names of a field of the table mean in a field of names.
#[derive(Debug)]
pub(super) struct SourcePlaces {
    pub(super) source: usize,
    /// For each name of the source a place in the other field, or with [`PART_BIT`] the
    /// number of a part of a name, or [`NOT_HERE`].
    pub(super) places: Vec<u32>,
}

/// What stands in [`SourcePlaces`] for a name that is in another field.
pub(super) const NOT_HERE: u32 = u32::MAX;

/// What an ignored name becomes.
const IGNORED: u32 = u32::MAX;

/// A name that the aliases make.
#[derive(Debug)]
pub(super) struct Made {
    field: usize,
    pub(super) name: String,
    key: String,
    /// What it is made of, in the table.
    of: Vec<u32>,
}

impl Names {
    /// The names of an index under these aliases.
    ///
    /// # Errors
    ///
    /// When the index cannot be read, or two aliases contradict each other in
    /// what they say of one entity under two of its names.
    pub fn open(reader: &IndexReader, aliases: &Aliases) -> Result<Self, SearchError> {
        let mut names = Self {
            table: reader.names()?,
            changes: FxHashMap::default(),
            made: Vec::new(),
            by_key: FxHashMap::default(),
            places: [const { OnceLock::new() }; NAME_FIELDS],
        };
        names.apply(aliases)?;
        Ok(names)
    }

    fn apply(&mut self, aliases: &Aliases) -> Result<(), AliasError> {
        // The line that says of each what becomes of it; none for what others become.
        let mut said: FxHashMap<u32, Option<usize>> = FxHashMap::default();
        for change in &aliases.changes {
            let becomes = match &change.becomes {
                Some((kind, name)) => self.make(*kind, name, &mut said),
                None => IGNORED,
            };
            let Some(meant) = self.table.meant_by(change.kind as usize, &change.name) else {
                continue;
            };
            match said.get(&meant) {
                Some(line) if self.changes.get(&meant) != Some(&becomes) => {
                    let line = line.unwrap_or(change.line);
                    let name = change.name.clone();
                    let kind = AliasErrorKind::Contradiction { name, line };
                    return Err(AliasError { line: change.line, kind });
                }
                Some(_) => {}
                None => {
                    said.insert(meant, Some(change.line));
                    self.change(meant, becomes);
                }
            }
        }
        Ok(())
    }

    /// The lines of aliases about names that no article has, each with its name:
    /// slips, or names of articles to come.
    #[must_use]
    pub fn without_articles(&self, aliases: &Aliases) -> Vec<(usize, String)> {
        let is_unknown =
            |change: &&Change| self.table.meant_by(change.kind as usize, &change.name).is_none();
        let unknown = aliases.changes.iter().filter(is_unknown);
        unknown.map(|change| (change.line, change.name.clone())).collect()
    }

    /// The number of a name that others become. Whatever has it becomes it too.
    fn make(
        &mut self,
        kind: EntityKind,
        name: &str,
        said: &mut FxHashMap<u32, Option<usize>>,
    ) -> u32 {
        let (field, key) = (kind as usize, name_key(name));
        if let Some(made) = self.by_key.get(&(field, key.clone())) {
            return *made;
        }
        let number = self.table.end() + self.made.len() as u32;
        self.made.push(Made { field, name: name.to_owned(), key: key.clone(), of: Vec::new() });
        self.by_key.insert((field, key), number);
        if let Some(meant) = self.table.meant_by(field, name)
            && !said.contains_key(&meant)
        {
            said.insert(meant, None);
            self.change(meant, number);
        }
        number
    }

    fn change(&mut self, meant: u32, becomes: u32) {
        self.changes.insert(meant, becomes);
        if let Some(made) = self.made_of(becomes) {
            let place = made as usize;
            self.made[place].of.push(meant);
        }
    }

    fn made_of(&self, name: u32) -> Option<u32> {
        (name != IGNORED).then(|| name.checked_sub(self.table.end()))?
    }

    /// The name that aliases make, if it is one.
    pub(super) fn made(&self, name: u32) -> Option<&Made> {
        self.made.get(self.made_of(name)? as usize)
    }

    /// What a name that stands for others in the table has become; none if it is
    /// ignored.
    #[must_use]
    pub(in crate::search) fn becomes(&self, canonical: u32) -> Option<u32> {
        if self.changes.is_empty() {
            return Some(canonical);
        }
        match self.changes.get(&canonical) {
            Some(&IGNORED) => None,
            Some(made) => Some(*made),
            None => Some(canonical),
        }
    }

    /// The field of a name.
    #[must_use]
    pub fn field_of(&self, name: u32) -> usize {
        self.made(name).map_or_else(|| self.table.field_of(name), |made| made.field)
    }

    /// How a name is shown, and drilled into.
    #[must_use]
    pub fn shown(&self, name: u32) -> String {
        match self.made(name) {
            Some(made) => made.name.clone(),
            None if self.table.is_partial(name) => {
                format!("{}{SURNAME_ONLY}", self.table.form(name))
            }
            None => self.table.form(name).into_owned(),
        }
    }

    /// Whether it is a part of a name, of which nobody knows who is meant.
    #[must_use]
    pub fn is_partial(&self, name: u32) -> bool {
        self.made(name).is_none() && self.table.is_partial(name)
    }

    /// The key of the name as it is shown, by which names are ordered.
    #[must_use]
    pub fn key(&self, name: u32) -> &str {
        self.made(name).map_or_else(|| self.table.key(name), |made| &made.key)
    }

    /// The order of two names of one field: that of their keys, a part of a name
    /// behind the whole.
    #[must_use]
    pub fn order(&self, one: u32, other: u32) -> Ordering {
        if one < self.table.end() && other < self.table.end() {
            return one.cmp(&other);
        }
        self.key(one).cmp(self.key(other)).then(one.cmp(&other))
    }

    /// What `name` names in a field.
    #[must_use]
    pub fn meant_by(&self, field: usize, name: &str) -> Option<u32> {
        if let Some(made) = self.by_key.get(&(field, name_key(name))) {
            return Some(*made);
        }
        let meant = self.becomes(self.table.meant_by(field, name)?)?;
        (self.field_of(meant) == field).then_some(meant)
    }

    /// What is meant by a name of the table in an article whose date covers these
    /// days; none if it is ignored.
    #[must_use]
    pub(super) fn meant_in_article(
        &self,
        name: u32,
        first_day: Option<i64>,
        last_day: Option<i64>,
    ) -> Option<u32> {
        let canonical = match self.table.partial(name) {
            Some(part) => part.owner(first_day, last_day).unwrap_or(name),
            None => self.table.canonical(name),
        };
        self.becomes(canonical)
    }

    /// How many places [`Self::place`] gives for a field.
    #[must_use]
    pub fn places(&self, field: usize) -> usize {
        self.table.of_field(field).len() + self.made.len()
    }

    /// The place of a name among those of its field, without gaps.
    #[must_use]
    pub fn place(&self, field: usize, name: u32) -> usize {
        match self.made_of(name) {
            Some(made) => self.table.of_field(field).len() + made as usize,
            None => (name - self.table.of_field(field).start) as usize,
        }
    }

    /// The name at a place.
    #[must_use]
    pub fn at_place(&self, field: usize, place: usize) -> u32 {
        let range = self.table.of_field(field);
        match place.checked_sub(range.len()) {
            Some(made) => self.table.end() + made as u32,
            None => range.start + place as u32,
        }
    }

    /// The fields in whose columns names of `field` stand: itself, and those from
    /// which aliases move names to it.
    #[must_use]
    pub fn sources(&self, field: usize) -> Vec<usize> {
        let mut sources = vec![field];
        for made in self.made.iter().filter(|made| made.field == field) {
            sources.extend(made.of.iter().map(|name| self.table.field_of(*name)));
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }

    /// For each of [`Self::sources`], what its names mean in the field.
    pub(super) fn places_of_sources(&self, field: usize) -> &[SourcePlaces] {
        self.places[field].get_or_init(|| {
            let of_source = |source| {
                let base = self.table.of_field(source).start;
                let mut places = self.table.canonicals(source);
                for place in places.iter_mut().filter(|place| **place & PART_BIT == 0) {
                    *place = self.place_of_canonical(field, base + *place).unwrap_or(NOT_HERE);
                }
                SourcePlaces { source, places }
            };
            self.sources(field).into_iter().map(of_source).collect()
        })
    }

    /// The place of what a name of the table has become, if it is in this field.
    pub(super) fn place_of_canonical(&self, field: usize, canonical: u32) -> Option<u32> {
        let name = self.becomes(canonical)?;
        (self.field_of(name) == field).then(|| self.place(field, name) as u32)
    }

    /// Whether aliases take names away from a field, or bring names to it.
    #[must_use]
    pub fn changes_members_of(&self, field: usize) -> bool {
        self.sources(field).len() > 1 || self.left(field).next().is_some()
    }

    /// The names of the table that are no longer in their field.
    pub(in crate::search) fn left(&self, field: usize) -> impl Iterator<Item = u32> + '_ {
        let range = self.table.of_field(field);
        self.changes.iter().filter_map(move |(name, becomes)| {
            let is_left =
                range.contains(name) && (*becomes == IGNORED || self.field_of(*becomes) != field);
            is_left.then_some(*name)
        })
    }

    /// The names that aliases make in a field, with the names of the table that
    /// they are made of.
    pub(in crate::search) fn made_in(&self, field: usize) -> impl Iterator<Item = (u32, &[u32])> {
        let made = (self.table.end()..).zip(&self.made);
        made.filter(move |(_, made)| made.field == field)
            .map(|(number, made)| (number, made.of.as_slice()))
    }

    /// The names of the table that mean `name` in every article, each with its
    /// field.
    pub(in crate::search) fn whole_members(&self, name: u32) -> Vec<(usize, u32)> {
        let mut members = Vec::new();
        for canonical in self.made_from(&name) {
            let field = self.table.field_of(*canonical);
            if !self.table.is_partial(*canonical) {
                members.extend(self.table.members(*canonical).map(|member| (field, member)));
            }
        }
        members
    }

    /// The names of the table by whose forms `name` is known: those that always
    /// mean it, and itself where it is a part of a name.
    pub(in crate::search) fn own_members(&self, name: u32) -> Vec<(usize, u32)> {
        let mut members = self.whole_members(name);
        for canonical in self.made_from(&name) {
            if self.table.is_partial(*canonical) {
                members.push((self.table.field_of(*canonical), *canonical));
            }
        }
        members
    }

    /// All names of the table that mean `name` in some article, each with its
    /// field.
    pub(in crate::search) fn all_members(&self, name: u32) -> Vec<(usize, u32)> {
        let mut members = self.own_members(name);
        for canonical in self.made_from(&name) {
            let parts = self.table.parts_of(*canonical);
            members.extend(parts.map(|part| (self.table.field_of(part), part)));
        }
        members
    }

    /// What a name is made of, in the table.
    fn made_from<'a>(&'a self, name: &'a u32) -> &'a [u32] {
        self.made(*name).map_or(std::slice::from_ref(name), |made| &made.of)
    }

    /// The postings that tell the articles with `name`: those of its keys, as
    /// `kind` of term, and those of parts of names where they mean it.
    pub(in crate::search) fn postings_of(&self, name: u32, kind: char) -> Vec<PostingsOf> {
        let made_from = self.made_from(&name);
        let posting = |field, member, part| PostingsOf {
            field,
            term: match term(self.table.key(member), kind, "") {
                start if kind == NAME_FORM => NameTerm::Start(start),
                term => NameTerm::Whole(term),
            },
            part,
        };
        let mut postings: Vec<PostingsOf> = self
            .whole_members(name)
            .into_iter()
            .map(|(field, member)| posting(field, member, None))
            .collect();
        for canonical in made_from {
            let own = self.table.is_partial(*canonical).then_some(*canonical);
            for part in self.table.parts_of(*canonical).chain(own) {
                let field = self.table.field_of(part);
                postings.push(posting(
                    field,
                    part,
                    Some(self.part(part, made_from.to_vec(), true)),
                ));
            }
        }
        postings
    }

    /// The articles in which a part of a name means one of `owners` (itself
    /// among them stands for nobody), or else none of them.
    pub(in crate::search) fn part(&self, name: u32, owners: Vec<u32>, wanted: bool) -> Part {
        Part { table: Arc::clone(&self.table), name, owners, wanted }
    }

    /// The table of the index.
    #[must_use]
    pub fn table(&self) -> &NameTable {
        &self.table
    }
}
