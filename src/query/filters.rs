//! The filters of a query: what it asks of an article's origin, date, language
//! or length, and nothing of its words. A share is counted over them.

use super::fields::NameField;
use super::tree::{Expr, Node, Query};

impl NameField {
    /// Whether its names are those of people, organizations or places, which the
    /// text is about, and not of where the article stands.
    #[must_use]
    pub const fn is_of_entities(self) -> bool {
        matches!(self, Self::Person | Self::Organization | Self::Place)
    }
}

impl Expr {
    /// Whether it or a part of it names people, organizations or places.
    #[must_use]
    pub fn names_entities(&self) -> bool {
        match &self.node {
            Node::Mention { .. } | Node::About(_) => true,
            Node::Name { field, .. } => field.is_of_entities(),
            _ => self.parts().into_iter().any(Self::names_entities),
        }
    }

    /// Whether it asks nothing of what the text says: neither words nor people,
    /// organizations, places and `about:`.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        match &self.node {
            Node::And(parts) | Node::Or(parts) => parts.iter().all(Self::is_filter),
            Node::Not(part) => part.is_filter(),
            Node::Name { field, .. } => !field.is_of_entities(),
            Node::All
            | Node::Path(_)
            | Node::Url(_)
            | Node::Id(_)
            | Node::Date(_)
            | Node::Length(..)
            | Node::Has(_) => true,
            Node::Text { .. }
            | Node::Mention { .. }
            | Node::Near { .. }
            | Node::AtLeast(..)
            | Node::First(..)
            | Node::About(_) => false,
        }
    }
}

impl Query {
    /// The query with those of its conjuncts alone that are filters; every
    /// article where none is.
    #[must_use]
    pub fn filters(&self) -> Self {
        let filters = self.conjuncts().iter().filter(|part| part.is_filter());
        Self { root: Expr::all_of(filters.cloned().collect()) }
    }
}

#[cfg(test)]
mod tests {
    use crate::query::parse;

    #[test]
    fn words_and_entities_go_and_filters_stay() {
        for (query, filters) in [
            ("", "*"),
            ("iran", "*"),
            ("iran OR outlet:bbc", "*"),
            ("iran outlet:bbc date:2024", "outlet:bbc date:2024"),
            (
                "person:biden org:nato place:iran about:iran lang:en tag:war section:world by:lee",
                "lang:en tag:war section:world by:lee",
            ),
            ("\"a b\" title:x lead:y path:a words>500 has:person", "path:a words>500 has:person"),
            ("iran -outlet:bbc -drone", "-outlet:bbc"),
            ("(outlet:a OR lang:fr) (outlet:b OR war)", "outlet:a OR lang:fr"),
            ("-(outlet:a war) url:example.org id:1a", "url:example.org id:1a"),
            ("date:2024", "date:2024"),
        ] {
            assert_eq!(parse(query).unwrap().filters().to_string(), filters, "{query}");
        }
    }
}
