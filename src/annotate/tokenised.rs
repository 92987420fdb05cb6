//! A text of an article, split into words once for all who read it.

use super::TextPart;
use crate::text::{self, Token};

/// One text of an article and its words.
#[derive(Clone, Debug)]
pub struct TokenisedText<'a> {
    /// Which text it is.
    pub part: TextPart,
    /// The text.
    pub text: &'a str,
    /// Its words, in order.
    pub tokens: Vec<Token>,
}

impl<'a> TokenisedText<'a> {
    /// Splits `text` into words.
    #[must_use]
    pub fn new(part: TextPart, text: &'a str) -> Self {
        // English news has about six bytes a word.
        let mut tokens = Vec::with_capacity(text.len() / 5);
        tokens.extend(text::tokens(text));
        Self { part, text, tokens }
    }
}
