//! Entities: who or what an article names, and where.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organization.
    #[serde(rename = "org")]
    Organization,
    /// A place.
    Place,
}

/// How an entity came to be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The source file gives it as metadata.
    Metadata,
    /// It was recognised in the text.
    Recognised,
}

/// The texts of an article that a span can point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextPart {
    /// The headline.
    Title,
    /// The text.
    Body,
}

/// A place in the text that names somebody or something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mention {
    /// Which text.
    pub part: TextPart,
    /// Where in it, in bytes.
    pub span: Span,
}

/// Who or what is meant: a kind and one canonical name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Person, organization or place.
    pub kind: EntityKind,
    /// The canonical name.
    pub name: String,
    /// Where the entity is known from.
    pub origin: Origin,
    /// Whether `name` is a part of a name, such as a surname, because the article
    /// never gives the whole: who is meant, only the rest of the corpus can tell.
    pub partial: bool,
    /// Whether the article is about it, and does not only mention it.
    pub about: bool,
    /// Where the article names it; empty for a name given only as metadata.
    pub mentions: Vec<Mention>,
}
