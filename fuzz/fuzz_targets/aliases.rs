//! A file of aliases is followed or refused at one of its lines; under those that are
//! followed, each name finds as many articles as are counted for it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::aliases::check(bytes));
