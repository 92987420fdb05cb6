//! Queries made without text.

use super::fields::NameField;
use super::tree::{Expr, NameMatch, Node, Query};
use crate::text::Span;

impl Query {
    /// The articles whose identifier begins so.
    #[must_use]
    pub fn of_id(id: &str) -> Self {
        Self::of(Node::Id(id.to_owned()))
    }

    /// The articles of the source files at or below this path, in which no
    /// character is a wildcard.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let mut literal = String::with_capacity(path.len());
        for letter in path.chars() {
            if matches!(letter, '*' | '?' | '\\') {
                literal.push('\\');
            }
            literal.push(letter);
        }
        Self::of(Node::Path(literal))
    }

    /// This query among the source files at or below this path.
    #[must_use]
    pub fn below(self, path: &str) -> Self {
        let path = Self::of_path(path);
        match self.root.node {
            Node::All => path,
            _ => Self { root: Expr::all_of(vec![self.root, path.root]) },
        }
    }

    /// This query among the articles that have `name`, whole, in `field`.
    #[must_use]
    pub fn with_name(self, field: NameField, name: &str) -> Self {
        let name = NameMatch::Whole(name.to_owned());
        let name = Self::of(Node::Name { field, name });
        match self.root.node {
            Node::All => name,
            _ => Self { root: Expr::all_of(vec![self.root, name.root]) },
        }
    }

    fn of(node: Node) -> Self {
        Self { root: Expr { node, span: Span::default() } }
    }
}
