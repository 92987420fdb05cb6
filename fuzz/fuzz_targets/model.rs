//! A model with changed bytes is refused; where somebody has also put its checksum right,
//! it is refused or recognises something, and that is all.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::model::check(bytes));
