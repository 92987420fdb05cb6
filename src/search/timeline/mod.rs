//! Coverage over time: how many matching articles each calendar period has.
//!
//! `request` and `results` are the plain data; `run` is the way from the one to
//! the other: `matched` (the articles), `split` (by the values of a field),
//! `tally` (by their days), `periods` (days to rows).

mod matched;
mod periods;
mod request;
mod results;
mod run;
mod split;
mod tally;

pub use periods::{MOST_COUNTS, ROWS_BY_DEFAULT};
pub use request::{SeriesRequest, Split, TimelineRequest};
pub use results::{Base, Others, PeriodDays, Series, Timeline};
pub use run::timeline;
