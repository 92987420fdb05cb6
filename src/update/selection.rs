//! Which files an update takes: what was asked for, and what the index remembers.

use crate::index::Selected;
use crate::ingest::Selection;

/// What is to change about which files are taken. What is `None` stays as it was; in
/// a new index nothing is included or excluded by globs, and nothing hidden is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SelectionChange {
    /// Globs of which one must fit.
    pub include: Option<Vec<String>>,
    /// Globs to leave out.
    pub exclude: Option<Vec<String>>,
    /// Whether hidden files are taken.
    pub hidden: Option<bool>,
}

/// The selection after `change`, where it was `before`.
pub(super) fn changed(change: &SelectionChange, before: Option<&Selected>) -> Selection {
    let before = before.cloned().unwrap_or_default();
    Selection {
        include: change.include.clone().unwrap_or(before.include),
        exclude: change.exclude.clone().unwrap_or(before.exclude),
        hidden: change.hidden.unwrap_or(before.hidden),
    }
}

/// A selection as the index keeps it.
pub(super) fn kept(selection: Selection) -> Selected {
    let Selection { include, exclude, hidden } = selection;
    Selected { include, exclude, hidden }
}
