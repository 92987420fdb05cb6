//! Web pages of any markup give a clean article, or fail.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::page::check(bytes));
