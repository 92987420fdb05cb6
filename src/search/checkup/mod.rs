//! What in an index deserves a look: what is missing, odd, double or unread.
//!
//! `check` names what is looked for, `request` and `results` are the plain data, `run` is
//! the way from the one to the other. What a query can ask is asked by that query;
//! `sweep` reads the rest off the columns of articles, `copies` and `outlets` group them,
//! `files` reads the record of source files and the versions put aside, `examples` opens
//! the few articles that are shown. Nothing here judges an article: what is found may
//! well be right.

mod alike;
mod check;
mod copies;
mod examples;
mod files;
mod outlets;
mod request;
mod results;
mod run;
mod sweep;

pub use check::{Check, Subject};
pub use files::LARGE_FILE;
pub use request::CheckupRequest;
pub use results::{Example, Finding, Member};
pub use run::check_up;
pub use sweep::TINY_WORDS;
