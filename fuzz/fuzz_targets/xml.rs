//! XML of every kind, of any bytes, gives clean articles, or fails.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::xml::check(bytes));
