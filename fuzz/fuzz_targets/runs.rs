//! What is kept of the runs of saved queries is written so that it is read as the same, or
//! it is refused at one of its lines.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::runs::check(bytes));
