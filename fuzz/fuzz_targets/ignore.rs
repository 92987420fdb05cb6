//! Globs and a file `.newsdexignore` of any bytes take some of the files of a folder, and
//! nothing else.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::ignore::check(bytes));
