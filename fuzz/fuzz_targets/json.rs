//! JSON of any bytes, of every kind that is known, gives clean articles, or fails.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::json::check(bytes));
