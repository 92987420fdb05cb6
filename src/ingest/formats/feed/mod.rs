//! Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, and the exports of WordPress,
//! which are RSS too.
//!
//! `item` gathers what an entry says in the words of all of them, `value` reads its texts,
//! `wordpress` knows what only exports have.

mod item;
mod value;
mod vocabulary;
mod wordpress;

pub(in crate::ingest) use item::read;
