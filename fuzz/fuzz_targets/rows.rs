//! Rows are read back by a reader of CSV as they were written, all cells of them; those that
//! are safe for spreadsheets have no cell that begins a formula; and what is shown on a
//! terminal holds nothing that controls it.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| newsdex_fuzz::rows::check(bytes));
