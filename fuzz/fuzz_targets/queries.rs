//! A list of queries of any bytes is read line by line; adding, replacing and removing a
//! query leave all others as they are.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::queries::check(bytes));
