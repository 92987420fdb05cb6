//! The clock, which the library never reads.

use std::time::Instant;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

/// Today, in the time zone of the system.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
pub(crate) fn today() -> Date {
    Zoned::now().date()
}

/// Now, in seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}

/// Measures how long something takes.
pub(crate) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "this is where the clock is read")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// Seconds since it was started.
    pub(crate) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
