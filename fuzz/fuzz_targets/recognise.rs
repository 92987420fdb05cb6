//! In any text, mentions are whole words, in order and apart.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::recognise::check(bytes));
