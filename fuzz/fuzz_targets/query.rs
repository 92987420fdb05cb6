//! Any text parses to a query that prints and parses back to the same tree, or fails at a
//! place inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::query::check(bytes));
