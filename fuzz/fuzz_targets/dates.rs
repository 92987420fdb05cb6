//! A text that is read as a date is a day of the calendar, written so that it is read as
//! the same date again; names of files and addresses give days or nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::dates::check(bytes));
