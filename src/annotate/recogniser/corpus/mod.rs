//! Labelled text: articles whose names somebody has marked, read from files of
//! one word a line.

mod article;
mod columns;
mod error;
mod kinds;
mod render;

pub use article::{LabelledArticle, LabelledName};
pub use columns::read_columns;
pub use error::CorpusError;
pub use kinds::KindNames;
pub use render::{Casing, Rendered, render};
