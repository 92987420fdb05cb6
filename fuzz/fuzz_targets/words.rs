//! Words, sentences and the lead lie in the text, in order; keys of words and names stay
//! what they are when they are made again, and do not grow without bound.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::words::check(bytes));
