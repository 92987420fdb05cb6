//! Groups: those whom one short form may mean.

/// Members up to which a short form can be told; a list of more namesakes is a
/// register, in which a surname alone tells nobody. It bounds the work for each
/// mention.
const MOST_MEMBERS: usize = 16;

/// A group.
#[derive(Clone, Debug)]
struct Group {
    members: Vec<usize>,
    is_register: bool,
}

/// The groups of an article.
#[derive(Debug, Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
}

impl Groups {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.groups.len()
    }

    /// Adds a group.
    pub(super) fn add(&mut self, mut members: Vec<usize>) -> usize {
        let is_register = members.len() > MOST_MEMBERS;
        members.truncate(MOST_MEMBERS);
        self.groups.push(Group { members, is_register });
        self.groups.len() - 1
    }

    /// Adds `member` to a group unless it is there; a group with the next number
    /// is new.
    pub(super) fn join(&mut self, group: usize, member: usize) {
        if group == self.groups.len() {
            self.add(vec![member]);
            return;
        }
        let group = &mut self.groups[group];
        if group.members.contains(&member) {
            return;
        }
        if group.members.len() == MOST_MEMBERS {
            group.is_register = true;
        } else {
            group.members.push(member);
        }
    }

    /// Adds `member` to the group at `place`, made if there is none.
    pub(super) fn join_or_add(&mut self, place: &mut Option<usize>, member: usize) {
        let group = *place.get_or_insert(self.groups.len());
        self.join(group, member);
    }

    /// The members of a group, as far as they are kept.
    pub(super) fn members(&self, group: usize) -> &[usize] {
        &self.groups[group].members
    }

    /// Whether a group has too many members to tell who is meant.
    pub(super) fn is_register(&self, group: usize) -> bool {
        self.groups[group].is_register
    }
}

#[cfg(test)]
mod tests {
    use super::{Groups, MOST_MEMBERS};

    #[test]
    fn a_member_is_in_a_group_once() {
        let mut groups = Groups::default();
        let mut place = None;
        for member in [3, 5, 3] {
            groups.join_or_add(&mut place, member);
        }
        assert_eq!(groups.members(0), [3, 5]);
        assert!(!groups.is_register(0));
    }

    #[test]
    fn a_large_group_is_a_register() {
        let mut groups = Groups::default();
        let mut place = None;
        for member in 0..=MOST_MEMBERS {
            groups.join_or_add(&mut place, member);
        }
        assert!(groups.is_register(0));
        assert_eq!(groups.members(0).len(), MOST_MEMBERS);
    }
}
