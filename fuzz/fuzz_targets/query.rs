//! Any text parses to a query that prints and parses back to the same tree,
//! or fails at a place inside the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsdex::query::{MAX_BYTES, parse};

fuzz_target!(|text: &str| {
    match parse(text) {
        Ok(query) => {
            let printed = query.to_string();
            // Escapes double a text, and `field:(…)` repeats its name.
            if printed.len() <= MAX_BYTES {
                assert_eq!(parse(&printed).as_ref(), Ok(&query), "prints as {printed}");
            }
        }
        Err(error) => {
            assert!(text.get(error.span.range()).is_some(), "{error:?}");
            assert!(error.render(text).contains('^'));
        }
    }
});
