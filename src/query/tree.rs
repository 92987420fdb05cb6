//! The tree that a query parses to. Plain data, without the engine.

use std::str::FromStr;

use super::{DateExpr, NameField, Pattern, Property, QueryError, Relation, Scope, parse};
use crate::text::Span;

/// A whole query. Its [`Display`](std::fmt::Display) form parses to an equal
/// tree, if it is no longer than a query may be (escapes and repeated fields
/// can make it longer than what was typed).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Its outermost part.
    pub root: Expr,
}

/// The query that asks nothing: every article.
impl Default for Query {
    fn default() -> Self {
        Self { root: Expr::new(Node::All, Span::default()) }
    }
}

impl FromStr for Query {
    type Err = QueryError;

    /// The same as [`parse`].
    fn from_str(text: &str) -> Result<Self, QueryError> {
        parse(text)
    }
}

/// A part of a query and where it stands. Two parts are equal when they mean
/// the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it asks.
    pub node: Node,
    /// Where it stands in the text of the query.
    pub span: Span,
}

impl Expr {
    pub(super) const fn new(node: Node, span: Span) -> Self {
        Self { node, span }
    }

    /// The parts that it is made of, from left to right; none of a word, a name or
    /// a filter.
    #[must_use]
    pub fn parts(&self) -> Vec<&Self> {
        match &self.node {
            Node::And(parts) | Node::Or(parts) => parts.iter().collect(),
            Node::Not(part) | Node::AtLeast(_, part) | Node::First(_, part) => vec![part],
            Node::Near { left, right, .. } => vec![left, right],
            _ => Vec::new(),
        }
    }

    /// All of `parts`, in the one form that the tree allows: no conjunction
    /// right inside another, none of one part, and nothing asked is all.
    pub(super) fn all_of(parts: Vec<Self>) -> Self {
        Self::joined(parts, Node::And, |node| match node {
            Node::And(parts) => Ok(parts),
            other => Err(other),
        })
    }

    /// Any of `parts` (one at least), in the same manner.
    pub(super) fn any_of(parts: Vec<Self>) -> Self {
        Self::joined(parts, Node::Or, |node| match node {
            Node::Or(parts) => Ok(parts),
            other => Err(other),
        })
    }

    /// Every article but those of `part`; refusing twice is accepting.
    pub(super) fn negated(part: Self, span: Span) -> Self {
        match part.node {
            Node::Not(inner) => Self::new(inner.node, span),
            node => Self::new(Node::Not(Box::new(Self::new(node, part.span))), span),
        }
    }

    fn joined(
        parts: Vec<Self>,
        join: fn(Vec<Self>) -> Node,
        inner: fn(Node) -> Result<Vec<Self>, Node>,
    ) -> Self {
        let span = parts.iter().map(|part| part.span).reduce(Span::to).unwrap_or_default();
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match inner(part.node) {
                Ok(parts) => flat.extend(parts),
                Err(node) => flat.push(Self::new(node, part.span)),
            }
        }
        match flat.len() {
            0 => Self::new(Node::All, span),
            1 => flat.swap_remove(0),
            _ => Self::new(join(flat), span),
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for Expr {}

/// What a part of a query asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Every article: the empty query, and `*` alone.
    All,
    /// All of them (two or more).
    And(Vec<Expr>),
    /// Any of them (two or more).
    Or(Vec<Expr>),
    /// Every article but those.
    Not(Box<Expr>),
    /// Words in the text.
    Text {
        /// Where in the text.
        scope: Scope,
        /// The words.
        text: TextMatch,
    },
    /// A name in a field of names.
    Name {
        /// The field.
        field: NameField,
        /// The name.
        name: NameMatch,
    },
    /// `PERSON`, `ORG`, `PLACE`: any of them, where it is mentioned.
    Mention {
        /// Where in the text.
        scope: Scope,
        /// People, organizations or places.
        field: NameField,
    },
    /// `a near/5 b`: both have places in the text, and such ones.
    Near {
        /// What stands before the operator.
        left: Box<Expr>,
        /// What stands behind it.
        right: Box<Expr>,
        /// How they must stand to each other.
        relation: Relation,
    },
    /// `atleast3(…)`: what stands inside has at least so many places.
    AtLeast(u32, Box<Expr>),
    /// `first/50(…)`: what stands inside lies within so many first words of the
    /// body.
    First(u32, Box<Expr>),
    /// `about:`: the article is about a person, an organization or a place of
    /// that name.
    About(NameMatch),
    /// `path:`: source files at or below this path (relative to the home's
    /// folder), or that match a pattern with `*` and `?`.
    Path(String),
    /// `url:`: these words side by side in the address.
    Url(String),
    /// `id:`: an article's identifier, or its first digits.
    Id(String),
    /// `date:`: the date of publication lies within these days.
    Date(DateExpr),
    /// `words>500`: the number of words compares so.
    Length(Comparison, u64),
    /// `has:`
    Has(Property),
}

/// Words in the text of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextMatch {
    /// One word as typed, in any inflection; one in capitals is an acronym.
    /// Typed with a hyphen or the like (`anti-war`), its words side by side,
    /// whatever their case.
    Word(String),
    /// What stood between quotes: these words, in this order, as they are.
    Phrase(String),
    /// A word with `*` or `?`.
    Pattern(Pattern),
    /// `"a b"~5`: these words as they are, in any order, the last at most so many
    /// words behind the first.
    Loose(String, u32),
    /// `netanyahu~1`: a word with at most so many letters changed, left out, put
    /// in, or changed over with the next.
    Fuzzy(String, u8),
    /// `/reg(ex)?/`: a word that is wholly of this regular expression.
    Regex(String),
}

/// How a name is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// A word of the name: `person:biden`.
    Word(String),
    /// The whole name, in any case and with or without accents:
    /// `person:"Joe Biden"`.
    Whole(String),
    /// A word of the name with `*` or `?`.
    Pattern(Pattern),
}

/// How a number compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Comparison {
    /// How it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::AtMost => "<=",
            Self::AtLeast => ">=",
            Self::Less => "<",
            Self::More => ">",
            Self::Equal => "=",
        }
    }

    /// The comparison with whose symbol `text` starts, the longest first.
    pub(super) fn at_start(text: &str) -> Option<Self> {
        [Self::AtMost, Self::AtLeast, Self::Less, Self::More, Self::Equal]
            .into_iter()
            .find(|comparison| text.starts_with(comparison.symbol()))
    }
}
