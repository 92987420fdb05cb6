//! Labelled text: articles whose names somebody has marked, read from files of
//! one word a line.

mod abbreviations;
mod article;
mod columns;
mod error;
mod kinds;
mod labelled;
mod language;
mod render;

pub use article::{LabelledArticle, LabelledName};
pub use columns::{read_columns, read_words};
pub use error::CorpusError;
pub use kinds::KindNames;
pub use labelled::{labels_of, with_labels};
pub use language::language_of;
pub use render::{Casing, Rendered, render};
