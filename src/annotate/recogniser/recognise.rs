//! The recogniser: tokens in, mentions with their kind out.

use crate::annotate::{EntityKind, Mention, TokenisedText};

/// A mention and the kind of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Where it stands.
    pub mention: Mention,
    /// What it names.
    pub kind: EntityKind,
}

/// Finds the names in a text. Without a model, the only state it has now, it
/// finds none.
#[derive(Clone, Debug, Default)]
pub struct Recogniser {}

impl Recogniser {
    /// The mentions in `texts` (the parts of one article), in order.
    #[must_use]
    pub fn recognise(&self, texts: &[TokenisedText<'_>]) -> Vec<Recognised> {
        // A model decides here; an article without one has no mentions.
        let _ = texts;
        Vec::new()
    }
}
