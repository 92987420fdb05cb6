//! Tests of the whole program, and of the repository's own rules: one binary,
//! so that all is linked once.
//!
//! Each file is about one command or one promise. What the tests share is in
//! `harness` (the program in a temporary folder), `library` (the same through
//! the library), `dice` (random choices that can be repeated) and `newsroom`
//! (a small archive).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod dice;
mod harness;
mod library;
mod newsroom;
mod proximity;

mod annotate;
mod archives;
mod batch;
mod collocates;
mod commands;
mod doctor;
mod documents;
mod entities;
mod explain;
mod export;
mod homes;
mod incremental;
mod kwic;
mod languages;
mod layers;
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
mod versions;
mod wire;
