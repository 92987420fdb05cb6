//! What the fuzz targets check: a function of bytes each, which panics where what newsdex
//! promises of any bytes does not hold.
//!
//! `fuzz/fuzz_targets` runs them under libFuzzer, `tests/it/fuzz_seeds.rs` over the seeds
//! in `fuzz/seeds`. Nothing here knows of either.

mod answers;
mod archive;
mod articles;
mod choice;

pub mod aliases;
pub mod annotate;
pub mod columns;
pub mod container;
pub mod dates;
pub mod exports;
pub mod ignore;
pub mod index;
pub mod json;
pub mod mail;
pub mod mediawiki;
pub mod model;
pub mod page;
pub mod plain;
pub mod queries;
pub mod query;
pub mod recognise;
pub mod restore;
pub mod rows;
pub mod runs;
pub mod search;
pub mod snippet;
pub mod table;
pub mod trec;
pub mod warc;
pub mod words;
pub mod xml;

/// A target: its name, and what it checks.
pub type Target = (&'static str, fn(&[u8]));

/// All of them, by name.
pub const TARGETS: [Target; 27] = [
    ("aliases", aliases::check),
    ("annotate", annotate::check),
    ("columns", columns::check),
    ("container", container::check),
    ("dates", dates::check),
    ("exports", exports::check),
    ("ignore", ignore::check),
    ("index", index::check),
    ("json", json::check),
    ("mail", mail::check),
    ("mediawiki", mediawiki::check),
    ("model", model::check),
    ("page", page::check),
    ("plain", plain::check),
    ("queries", queries::check),
    ("query", query::check),
    ("recognise", recognise::check),
    ("restore", restore::check),
    ("rows", rows::check),
    ("runs", runs::check),
    ("search", search::check),
    ("snippet", snippet::check),
    ("table", table::check),
    ("trec", trec::check),
    ("warc", warc::check),
    ("words", words::check),
    ("xml", xml::check),
];
