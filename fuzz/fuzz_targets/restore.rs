//! An export of any lines is refused, or restored to an index that answers, and that gives
//! an export which is restored to the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::restore::check(bytes));
