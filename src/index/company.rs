//! The company in which an entity is mentioned in an article: a small number for
//! whose a mention is, since most are of those that come next or came last.

use super::ENTITY_FIELDS;
use crate::annotate::EntityKind;

/// Whose a mention is, as a number: from 0, that the next person, organization or
/// place is mentioned for the first time; from 3, one of those mentioned last; from
/// 3 + [`RECENT`], any.
pub(super) struct Company {
    /// Of each kind those that are mentioned, the first last; without those that
    /// were met at the end.
    unmet: [Vec<usize>; ENTITY_FIELDS],
    /// Those met last, the latest first.
    recent: Vec<usize>,
    /// Of each the length of its last mention.
    lengths: Vec<Option<usize>>,
}

/// How many entities are found by when they were mentioned. More are in few
/// articles, and looking through them takes time.
const RECENT: usize = 32;

impl Company {
    /// That of entities of these kinds, each with whether it is mentioned.
    pub(super) fn new(entities: impl Iterator<Item = (EntityKind, bool)>) -> Self {
        let mut unmet: [Vec<usize>; ENTITY_FIELDS] = Default::default();
        let mut count = 0;
        for (kind, is_mentioned) in entities {
            if is_mentioned {
                unmet[kind as usize].push(count);
            }
            count += 1;
        }
        unmet.iter_mut().for_each(|of_kind| of_kind.reverse());
        Self { unmet, recent: Vec::with_capacity(RECENT + 1), lengths: vec![None; count] }
    }

    /// The next of a kind that was not met.
    fn next(&mut self, kind: usize) -> Option<usize> {
        let of_kind = &mut self.unmet[kind];
        while of_kind.last().is_some_and(|entity| self.lengths[*entity].is_some()) {
            of_kind.pop();
        }
        of_kind.last().copied()
    }

    /// The number for an entity.
    pub(super) fn code(&mut self, entity: usize) -> usize {
        if let Some(rank) = self.recent.iter().position(|recent| *recent == entity) {
            return ENTITY_FIELDS + rank;
        }
        let next = (0..ENTITY_FIELDS).find(|kind| self.next(*kind) == Some(entity));
        next.unwrap_or(ENTITY_FIELDS + RECENT + entity)
    }

    /// The entity that a number stands for; none if there is none.
    pub(super) fn entity(&mut self, code: usize) -> Option<usize> {
        match code.checked_sub(ENTITY_FIELDS) {
            None => self.next(code),
            Some(rank) if rank < RECENT => self.recent.get(rank).copied(),
            Some(other) => Some(other - RECENT).filter(|entity| *entity < self.lengths.len()),
        }
    }

    /// The length of the last mention of an entity that there is.
    pub(super) fn length(&self, entity: usize) -> Option<Option<usize>> {
        self.lengths.get(entity).copied()
    }

    /// Notes a mention of an entity, and gives the length of the one before.
    pub(super) fn meet(&mut self, entity: usize, length: usize) -> Option<usize> {
        let rank = self.recent.iter().position(|recent| *recent == entity);
        match rank {
            Some(rank) => self.recent[..=rank].rotate_right(1),
            None => {
                self.recent.insert(0, entity);
                self.recent.truncate(RECENT);
            }
        }
        self.lengths[entity].replace(length)
    }
}

#[cfg(test)]
mod tests {
    use super::{Company, RECENT};
    use crate::annotate::EntityKind::{Organization, Person, Place};

    #[test]
    fn who_comes_next_or_came_last_has_a_small_number() {
        let kinds = [Person, Person, Organization, Place, Place];
        // The first place is never mentioned.
        let entities = || kinds.into_iter().zip([true, true, true, false, true]);
        let (mut writer, mut reader) = (Company::new(entities()), Company::new(entities()));
        for (entity, code) in
            [(0, 0), (2, 1), (0, 4), (0, 3), (4, 2), (2, 5), (1, 0), (3, 3 + RECENT + 3)]
        {
            assert_eq!(writer.code(entity), code, "entity {entity}");
            assert_eq!(reader.entity(code), Some(entity), "number {code}");
            writer.meet(entity, entity + 1);
            reader.meet(entity, entity + 1);
            assert_eq!(reader.length(entity), Some(Some(entity + 1)));
        }
        assert_eq!([0, 9, 3 + RECENT + 5].map(|code| reader.entity(code)), [None; 3]);
    }
}
