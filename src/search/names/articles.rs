//! The entities of an article as they are meant across the corpus.

use rustc_hash::FxHashMap;

use super::Names;
use crate::annotate::{EntityKind, Origin};
use crate::article::day_number;
use crate::index::{StoredArticle, StoredEntity, entity_key};

impl Names {
    /// Gives each entity of an article the name that facets show for it. Those
    /// that are one become one, and those that the user ignores go.
    pub fn apply_to(&self, article: &mut StoredArticle) {
        let days = days_of(article);
        let mut meant: Vec<StoredEntity> = Vec::with_capacity(article.entities.len());
        let mut places: FxHashMap<u32, usize> = FxHashMap::default();
        for mut entity in std::mem::take(&mut article.entities) {
            match self.name_of(&entity, days) {
                InIndex::Unknown => {}
                InIndex::Ignored => continue,
                InIndex::Meant(name) => {
                    if let Some(known) = places.get(&name) {
                        join(&mut meant[*known], entity);
                        continue;
                    }
                    places.insert(name, meant.len());
                    entity.kind = KINDS[self.field_of(name)];
                    entity.name = self.shown(name);
                    entity.partial = self.is_partial(name);
                }
            }
            meant.push(entity);
        }
        article.entities = meant;
        article.entities.sort_by_key(|entity| entity.kind);
    }

    /// Who each entity of an article is; none where the user ignores it.
    pub(in crate::search) fn meant_in(&self, article: &StoredArticle) -> Vec<Option<Meant>> {
        let days = days_of(article);
        let meant = |entity: &StoredEntity| match self.name_of(entity, days) {
            InIndex::Ignored => None,
            InIndex::Unknown => {
                let field = entity.kind as usize;
                Some(Meant { field, name: None, given: None })
            }
            InIndex::Meant(name) => {
                let given = self.made(name).map(|made| made.name.clone());
                Some(Meant { field: self.field_of(name), name: Some(name), given })
            }
        };
        article.entities.iter().map(meant).collect()
    }

    fn name_of(&self, entity: &StoredEntity, days: Option<(i64, i64)>) -> InIndex {
        let key = entity_key(&entity.name, entity.partial);
        let found = key.and_then(|key| self.table.find(entity.kind as usize, &key));
        match found {
            None => InIndex::Unknown,
            Some(name) => {
                let (first, last) = days.unzip();
                self.meant_in_article(name, first, last).map_or(InIndex::Ignored, InIndex::Meant)
            }
        }
    }
}

/// Who an entity of an article is across the corpus.
pub(in crate::search) struct Meant {
    /// The number of the field.
    pub(in crate::search) field: usize,
    /// The name; none if the index does not know it as one.
    pub(in crate::search) name: Option<u32>,
    /// The name that the user's aliases give it.
    pub(in crate::search) given: Option<String>,
}

/// The first and the last day of an article's date, counted from 1970.
fn days_of(article: &StoredArticle) -> Option<(i64, i64)> {
    let published = article.published?;
    Some((day_number(published.first_day()), day_number(published.last_day())))
}

/// The kinds, by the number of their field.
pub(in crate::search) const KINDS: [EntityKind; crate::index::ENTITY_FIELDS] =
    [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// What the index knows of an entity of an article.
enum InIndex {
    /// Nothing: it is no name.
    Unknown,
    Ignored,
    Meant(u32),
}

fn join(known: &mut StoredEntity, other: StoredEntity) {
    known.mentions.extend(other.mentions);
    known.mentions.sort_unstable();
    known.about |= other.about;
    if other.origin == Origin::Metadata {
        known.origin = Origin::Metadata;
    }
}
