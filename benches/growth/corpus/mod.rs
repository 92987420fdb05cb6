//! A corpus of any size for the benchmark: articles without meaning, whose words, names,
//! dates and copies are distributed as in news.
//!
//! Every article is made from the seed and its number alone. So the first ten thousand
//! articles of a million are those of a corpus of ten thousand, and articles that are
//! added later continue it.

mod article;
mod names;
mod random;
mod vocabulary;
mod write;

pub(crate) use write::{FOLDER_OF_NEW, Place, write};
