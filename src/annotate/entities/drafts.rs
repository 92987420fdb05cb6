//! Entities while they are put together.

use rustc_hash::FxHashMap;

use super::forms::{Form, Naming};
use super::words::Words;
use crate::annotate::{EntityKind, Mention};

/// An entity that is not named yet.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// What it is.
    pub kind: EntityKind,
    /// Its name in the gazetteers.
    pub shown: Option<&'static str>,
    /// Only a part of its name is known.
    pub is_partial: bool,
    /// The form that is its best name so far.
    pub best: Option<usize>,
    /// The first naming of any kind.
    pub order: usize,
    /// The first naming that says by itself who is meant; [`NEVER`] if none does.
    pub introduced: usize,
    /// The latest such naming so far.
    pub latest: Option<usize>,
    /// The metadata names it.
    pub is_metadata: bool,
    /// Its mentions.
    pub mentions: Vec<Mention>,
}

/// The number of a naming that does not happen.
pub(super) const NEVER: usize = usize::MAX;

impl Draft {
    /// One without a name.
    pub(super) fn new(kind: EntityKind, shown: Option<&'static str>) -> Self {
        Self {
            kind,
            shown,
            is_partial: false,
            best: None,
            order: NEVER,
            introduced: NEVER,
            latest: None,
            is_metadata: false,
            mentions: Vec::new(),
        }
    }

    /// Adds the naming with this number.
    pub(super) fn name(&mut self, number: usize, naming: &Naming) {
        self.order = self.order.min(number);
        match naming.mention {
            Some(mention) => self.mentions.push(mention),
            None => self.is_metadata = true,
        }
    }
}

/// The entities of an article, findable by what names them.
#[derive(Debug, Default)]
pub(super) struct Drafts<'n> {
    /// All of them, people named in full first.
    pub drafts: Vec<Draft>,
    places: FxHashMap<(EntityKind, &'n str), usize>,
}

impl<'n> Drafts<'n> {
    /// The entity that a form names by itself, added if it is new.
    pub(super) fn of_form(&mut self, words: &'n Words, form: &Form<'_>) -> usize {
        let known = form.known.filter(|known| known.kind == form.kind);
        let key = known.map_or_else(|| words.key(&form.words), |known| known.shown);
        *self.places.entry((form.kind, key)).or_insert_with(|| {
            self.drafts.push(Draft::new(form.kind, known.map(|known| known.shown)));
            self.drafts.len() - 1
        })
    }
}
