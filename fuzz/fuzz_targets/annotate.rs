//! What is found in an article points into its text, names each entity once, and is the
//! same whatever was read before.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::annotate::check(bytes));
