//! Counts of many queries over one index, alone or by the values of fields.
//!
//! A count needs no score, no order and no article: it is the size of a set.
//! `article_set` is such a set, `sets` finds them and remembers those that
//! queries have in common, `dimension` has the values of a field by article, and
//! `counter` counts.

mod article_set;
mod counter;
mod dimension;
mod sets;

pub(super) use article_set::ArticleSet;
pub use counter::{Cell, CountRequest, Counted, Counter, MOST_CELLS, MOST_DIMENSIONS};
pub(super) use sets::Sets;
