//! What is new to a saved query since it was last run.
//!
//! `mark` says what an index held at a run, `new_articles` which articles of a later
//! commit it did not, and `runs` keeps the marks of all saved queries as a text.

mod mark;
mod new_articles;
mod runs;

pub use mark::Mark;
pub use new_articles::NewArticles;
pub use runs::{SavedRuns, SavedRunsError, Told};
