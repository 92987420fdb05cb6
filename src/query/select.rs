//! The selections in a query: values of fields that a reader picked, and the
//! query without them, which is what a facet counts over.

use super::fields::NameField;
use super::tree::{Expr, Node, Query};

/// A field in which a part of a query selects values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Selection {
    /// Names in this field.
    Names(NameField),
    /// Dates of publication.
    Dates,
}

impl Expr {
    /// The field in which this part selects values: a name, dates, or several
    /// of the same field joined by `OR`. None for anything else.
    #[must_use]
    pub fn selection(&self) -> Option<Selection> {
        match &self.node {
            Node::Name { field, .. } => Some(Selection::Names(*field)),
            Node::Date(_) => Some(Selection::Dates),
            Node::Or(parts) => {
                let mut selections = parts.iter().map(Self::selection);
                let first = selections.next()??;
                selections.all(|selection| selection == Some(first)).then_some(first)
            }
            _ => None,
        }
    }
}

impl Query {
    /// The parts that must all hold; one, unless the query is a conjunction.
    #[must_use]
    pub fn conjuncts(&self) -> &[Expr] {
        match &self.root.node {
            Node::And(parts) => parts,
            _ => std::slice::from_ref(&self.root),
        }
    }

    /// The conjuncts that select values, each with its field, in the order of
    /// the query.
    pub fn selections(&self) -> impl Iterator<Item = (Selection, &Expr)> {
        self.conjuncts().iter().filter_map(|part| Some((part.selection()?, part)))
    }

    /// The query without its selections in `selection`; none if it has none.
    #[must_use]
    pub fn without(&self, selection: Selection) -> Option<Self> {
        let conjuncts = self.conjuncts();
        let is_kept = |part: &&Expr| part.selection() != Some(selection);
        let kept: Vec<Expr> = conjuncts.iter().filter(is_kept).cloned().collect();
        (kept.len() < conjuncts.len()).then(|| Self { root: Expr::all_of(kept) })
    }

    /// The query without its selections of names in `field`; none if it has
    /// none.
    #[must_use]
    pub fn without_names(&self, field: NameField) -> Option<Self> {
        self.without(Selection::Names(field))
    }

    /// The query without its selections of dates; none if it has none.
    #[must_use]
    pub fn without_dates(&self) -> Option<Self> {
        self.without(Selection::Dates)
    }
}

#[cfg(test)]
mod tests {
    use super::Selection;
    use crate::query::{NameField, Query, parse};

    fn printed(query: Option<Query>) -> Option<String> {
        query.map(|query| query.to_string())
    }

    #[test]
    fn selections_are_positive_conjuncts_of_one_field() {
        let query = parse(
            "iran person:biden outlet:(a OR b) -org:nato (place:x OR tag:y) date:(2020 OR 2022) (tag:z OR c)",
        )
        .unwrap();
        let found: Vec<_> =
            query.selections().map(|(selection, part)| (selection, part.to_string())).collect();
        let expected = [
            (Selection::Names(NameField::Person), "person:biden"),
            (Selection::Names(NameField::Outlet), "outlet:a OR outlet:b"),
            (Selection::Dates, "date:2020 OR date:2022"),
        ];
        assert_eq!(found, expected.map(|(selection, part)| (selection, part.to_owned())));
    }

    #[test]
    fn selections_go_and_the_rest_stays() {
        let query = parse("person:a iran person:b org:c date:2024").unwrap();
        let without = |field| printed(query.without_names(field));
        assert_eq!(without(NameField::Person).unwrap(), "iran org:c date:2024");
        assert_eq!(without(NameField::Organization).unwrap(), "person:a iran person:b date:2024");
        assert_eq!(without(NameField::Place), None);
        assert_eq!(printed(query.without_dates()).unwrap(), "person:a iran person:b org:c");
    }

    #[test]
    fn a_selection_alone_leaves_every_article() {
        let alone = |text| parse(text).unwrap();
        assert_eq!(printed(alone("tag:x").without_names(NameField::Tag)).unwrap(), "*");
        assert_eq!(printed(alone("tag:x iran").without_names(NameField::Tag)).unwrap(), "iran");
        assert_eq!(printed(alone("-date:7d").without_dates()), None);
        assert_eq!(printed(alone("").without_dates()), None);
    }
}
