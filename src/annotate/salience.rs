//! Salience: whether an article is about an entity, or only mentions it.
//!
//! What an editor files an article under is what its headline names, what its
//! lead names and it then comes back to, and what it speaks of most. Words alone decide: what
//! a pronoun means is not known here.

use super::{Entity, EntityKind, TextPart};
use crate::text::Span;

/// Mentions, in all, that make the subject of an article of what its lead names.
/// A source or an agency in the lead is named there and once more at most.
const LEAD_MENTIONS: usize = 3;

/// Mentions, in all, that make a subject of what is not in the lead.
const LEAST_MENTIONS: usize = 5;

/// The share of the mentions of its kind, one in so many, that makes a subject
/// of what is not in the lead: at most five of a kind can have it.
const SHARE: usize = 5;

/// Agencies whose name stands under pictures and in datelines: a credit of
/// theirs is no subject.
const AGENCIES: [&str; 6] = [
    "Agence France-Presse",
    "Associated Press",
    "Bloomberg",
    "Getty Images",
    "Reuters",
    "United Press International",
];

/// Sets [`Entity::about`]: it is named in the headline; or in the lead (a part of
/// the body) and three times at least in all; or five times at least in all, which is a fifth
/// of all mentions of its kind. Agencies only if the headline names them.
pub(super) fn mark_salient(entities: &mut [Entity], lead: Span) {
    let mut of_kind = [0_usize; 3];
    for entity in &*entities {
        of_kind[index(entity.kind)] += entity.mentions.len();
    }
    for entity in entities {
        let count = entity.mentions.len();
        let is_in_lead = || {
            let in_lead = |span: Span| span.start >= lead.start && span.end <= lead.end;
            entity
                .mentions
                .iter()
                .any(|mention| mention.part == TextPart::Body && in_lead(mention.span))
        };
        let is_in_title =
            entity.mentions.first().is_some_and(|first| first.part == TextPart::Title);
        let is_agency = AGENCIES.contains(&&*entity.name);
        let is_subject = || {
            count >= LEAD_MENTIONS && is_in_lead()
                || count >= LEAST_MENTIONS && count * SHARE >= of_kind[index(entity.kind)]
        };
        entity.about = is_in_title || !is_agency && is_subject();
    }
}

const fn index(kind: EntityKind) -> usize {
    match kind {
        EntityKind::Person => 0,
        EntityKind::Organization => 1,
        EntityKind::Place => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::mark_salient;
    use crate::annotate::{Entity, EntityKind, Mention, Origin, TextPart};
    use crate::text::Span;

    /// An entity with mentions at these bytes of the body, and one in the
    /// headline or none.
    fn entity(kind: EntityKind, in_title: bool, starts: &[usize]) -> Entity {
        let title = in_title.then_some(Mention { part: TextPart::Title, span: Span::new(0, 1) });
        let body = starts
            .iter()
            .map(|&start| Mention { part: TextPart::Body, span: Span::new(start, start + 1) });
        Entity {
            kind,
            name: "X".into(),
            origin: Origin::Recognised,
            partial: false,
            about: false,
            mentions: title.into_iter().chain(body).collect(),
        }
    }

    #[test]
    fn headline_lead_and_share_make_a_subject() {
        let many: Vec<usize> = (100..120).collect();
        let mut entities = [
            entity(EntityKind::Person, true, &[]),
            entity(EntityKind::Person, false, &[5, 50, 60]),
            entity(EntityKind::Person, false, &[5, 50]),
            entity(EntityKind::Person, false, &many),
            entity(EntityKind::Person, false, &[50, 60, 70, 80, 90]),
            entity(EntityKind::Place, false, &[50, 60, 70, 80, 90]),
            entity(EntityKind::Place, false, &[50]),
            entity(EntityKind::Organization, false, &[]),
        ];
        mark_salient(&mut entities, Span::new(0, 40));
        let about: Vec<bool> = entities.iter().map(|entity| entity.about).collect();
        assert_eq!(about, [true, true, false, true, false, true, false, false]);
    }
}
