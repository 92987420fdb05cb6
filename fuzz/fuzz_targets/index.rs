//! In an index with changed bytes `verify` finds that something is wrong; where somebody
//! has also put the checksums of its lists right, it is refused or opened, and whatever
//! the table of names holds, names are looked up in it.

#![no_main]

use libfuzzer_sys::fuzz_target;

// `verify` survives panics of the engine, which libFuzzer would end the run at; those that
// it does not survive still end it.
fuzz_target!(
    init: std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))),
    |bytes: &[u8]| newsdex_fuzz::index::check(bytes)
);
