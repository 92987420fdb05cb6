//! Any bytes that begin as an archive or a compressed file does give articles or a
//! named failure, within the bounds, and the names of members hold no control
//! characters.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::container::check(bytes));
