//! Labelled text of any form gives articles whose names are whole words of them, and which
//! are set as texts in which each word stands where it is said to.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::columns::check(bytes));
