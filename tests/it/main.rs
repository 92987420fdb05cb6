//! Tests of the whole program, and of the repository's own rules: one binary,
//! so that all is linked once.
//!
//! Each file is about one command or one promise. What the tests share is in
//! `fuzz` (what holds of any bytes), `harness` (the program in a temporary folder), `library` (the same through
//! the library), `dice` (random choices that can be repeated), `newsroom` (a small
//! archive) and `knowledge` (all that an index knows).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod dice;
#[path = "../fuzz/mod.rs"]
#[expect(unreachable_pub, reason = "the fuzz targets use it as a library")]
mod fuzz;
mod harness;
mod knowledge;
mod library;
mod newsroom;
mod proximity;

mod annotate;
mod archives;
mod batch;
mod collocates;
mod commands;
#[cfg(unix)]
mod concurrency;
#[cfg(unix)]
mod crash;
mod doctor;
mod documents;
mod entities;
mod explain;
mod export;
mod flips;
mod fuzz_seeds;
mod homes;
mod hostile;
mod incremental;
mod kwic;
mod languages;
mod layers;
#[cfg(target_os = "linux")]
mod limits;
#[cfg(unix)]
mod locks;
mod malformed;
mod manifest;
mod marks;
mod meddling;
mod model;
mod oracle;
mod rebuild;
mod recognition;
mod restore;
mod saved;
mod search;
mod segmentation;
mod selection;
mod timeline;
mod upgrades;
mod verify;
mod versions;
mod wire;
