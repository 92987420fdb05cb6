//! Any query of a fixed index is answered in agreement with itself, and shown by pieces of
//! the articles.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::search::check(bytes));
