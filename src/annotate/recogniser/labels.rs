//! Labels of words: which name a word belongs to, and where in it the word
//! stands.
//!
//! BILOU: a name of one word is a *unit*, a longer one has a *beginning*, words
//! *inside* and a *last* word; all else is *outside* (Ratinov and Roth 2009, who
//! measured that it beats IOB).

use crate::annotate::EntityKind;

/// What a name names. The model tells four kinds apart; the fourth takes what is
/// none of ours (nationalities, events, works), so that it is not taken for a
/// person, an organization or a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
    /// Anything else that has a name.
    Miscellaneous,
}

impl NameKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organization, Self::Place, Self::Miscellaneous];

    /// Its name in files of labelled words.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organization => "ORG",
            Self::Place => "LOC",
            Self::Miscellaneous => "MISC",
        }
    }

    /// The kind of entity that it is, if it is one.
    #[must_use]
    pub const fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Person => Some(EntityKind::Person),
            Self::Organization => Some(EntityKind::Organization),
            Self::Place => Some(EntityKind::Place),
            Self::Miscellaneous => None,
        }
    }
}

/// Number of labels: outside, and four positions for each of four kinds.
pub(super) const LABELS: usize = 17;

/// A label as a number below [`LABELS`]: 0 is outside; each kind has four in
/// the order beginning, inside, last, unit.
pub(super) type Label = u8;

/// The label of a word that belongs to no name.
pub(super) const OUTSIDE: Label = 0;

/// Where in its name a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Beginning,
    Inside,
    Last,
    Unit,
}

/// The label of a word that stands there in a name of that kind.
pub(super) const fn label(kind: NameKind, position: Position) -> Label {
    1 + 4 * kind as u8 + position as u8
}

/// The kind and position that a label stands for; none for outside.
pub(super) const fn meaning(label: Label) -> Option<(NameKind, Position)> {
    if label == OUTSIDE {
        return None;
    }
    let position = match (label - 1) % 4 {
        0 => Position::Beginning,
        1 => Position::Inside,
        2 => Position::Last,
        _ => Position::Unit,
    };
    Some((NameKind::ALL[((label - 1) / 4) as usize], position))
}

/// Whether `after` may follow `before`: a name that has begun goes on until its
/// last word, and nothing goes on that has not begun.
pub(super) const fn may_follow(before: Label, after: Label) -> bool {
    let open = match meaning(before) {
        Some((kind, Position::Beginning | Position::Inside)) => Some(kind),
        _ => None,
    };
    match (open, meaning(after)) {
        (Some(open), Some((kind, Position::Inside | Position::Last))) => open as u8 == kind as u8,
        (None, None | Some((_, Position::Beginning | Position::Unit))) => true,
        _ => false,
    }
}

/// Labels that a text may begin with, which are those that it may not end
/// inside of: what may follow outside.
pub(super) const fn may_end(label: Label) -> bool {
    may_follow(label, OUTSIDE)
}

#[cfg(test)]
mod tests {
    use super::{LABELS, NameKind, OUTSIDE, Position, label, may_follow, meaning};

    #[test]
    fn labels_and_meanings_are_one_to_one() {
        let mut seen = vec![OUTSIDE];
        for kind in NameKind::ALL {
            for position in [Position::Beginning, Position::Inside, Position::Last, Position::Unit]
            {
                let label = label(kind, position);
                assert_eq!(meaning(label), Some((kind, position)));
                seen.push(label);
            }
        }
        seen.sort_unstable();
        assert_eq!(seen, (0..LABELS as u8).collect::<Vec<_>>());
    }

    #[test]
    fn names_are_whole() {
        let person = |position| label(NameKind::Person, position);
        let place = |position| label(NameKind::Place, position);
        assert!(may_follow(OUTSIDE, person(Position::Beginning)));
        assert!(may_follow(person(Position::Beginning), person(Position::Last)));
        assert!(may_follow(person(Position::Unit), place(Position::Unit)));
        assert!(!may_follow(OUTSIDE, person(Position::Inside)));
        assert!(!may_follow(person(Position::Beginning), OUTSIDE));
        assert!(!may_follow(person(Position::Beginning), place(Position::Last)));
        assert!(!may_follow(person(Position::Last), person(Position::Last)));
    }
}
