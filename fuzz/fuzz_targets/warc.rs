//! Archives of the web of any bytes give clean articles, or fail.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::warc::check(bytes));
