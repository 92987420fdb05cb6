//! What is found in an article: its language, its words, who and what it
//! names.
//!
//! Pure: the same article gives the same annotations. No I/O, no clock, no
//! randomness.

mod annotator;
mod entities;
mod entity;
mod known_names;
mod language;
mod language_codes;
pub mod recogniser;
mod salience;
mod script;
mod tokenised;

pub use annotator::{Annotations, Annotator};
pub use entity::{Entity, EntityKind, Mention, Origin, TextPart};
pub use tokenised::TokenisedText;
