//! Text as every other layer sees it: spans, tokens, folding, stems, paragraphs.
//!
//! The one tokeniser lives here, so that the index, the query language,
//! recognition and snippets agree on every offset. Nothing here knows of
//! articles, queries or the engine.

mod fold;
mod given_names;
mod korean;
mod lead;
mod person_key;
mod segments;
mod sentences;
mod span;
mod stem;
mod token;
mod unspaced;

pub use fold::{fold, fold_into, name_key};
pub use given_names::given_name;
pub use lead::lead;
pub use person_key::{generation, is_particle, person_key, turned_round};
pub use sentences::{Break, breaks};
pub use span::Span;
pub use stem::Stemmer;
pub use token::{Case, Token, Tokens, tokens};
pub use unspaced::{begins_with_part, ends_with_part, is_unspaced, tails};
