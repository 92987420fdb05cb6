//! Why a text gives no date.

use crate::article::Published;

/// Why a text that should be a date gives none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It is not written like a date.
    #[error("not a date")]
    NotADate,
    /// It reads as a day or time that does not exist, or as a year in which
    /// no news was published.
    #[error("no such day")]
    Impossible,
    /// It reads as two different days.
    #[error("ambiguous: {first} or {second}")]
    Ambiguous {
        /// The reading with the day first; where that is impossible, with the
        /// month first.
        first: Published,
        /// The next reading that differs: with the month first, else with a
        /// year of two digits first.
        second: Published,
    },
}
