//! Of any text, snippets and words in context are pieces, with marks around words of it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::snippet::check(bytes));
