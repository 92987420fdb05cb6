//! Dates of publication as news writes them: in a field of their own, in the
//! name of a source file, in the address of a page, in a dateline, among other
//! words.
//!
//! What reads as two days is said to be ambiguous, unless language and country
//! settle it (`order`). Which of a page's dates counts is decided by the format
//! that has them; which cannot be right is told by `article`.

mod calendar;
mod choice;
mod clock;
mod dateline;
mod error;
mod mention;
mod months;
mod order;
mod parse;
mod path;
mod scan;
#[cfg(test)]
mod tests;
mod words;
mod zones;

pub(crate) use choice::best_date;
pub(crate) use dateline::{date_in_dateline, date_on_own_line};
pub use error::DateError;
pub(crate) use mention::{Mention, mentions};
pub(crate) use order::Order;
pub use parse::parse_date;
pub use path::{date_in_path, date_in_url};
