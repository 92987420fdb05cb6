//! Any text parses to a query that prints and parses back to the same tree, or fails at a
//! place inside the text.

use newsdex::query::{MAX_BYTES, parse};

use super::choice::text;

/// Checks an input.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    match parse(&text) {
        Ok(query) => {
            let printed = query.to_string();
            // Escapes double a text, and `field:(…)` repeats its name.
            if printed.len() <= MAX_BYTES {
                assert_eq!(parse(&printed).as_ref(), Ok(&query), "prints as {printed}");
            }
        }
        Err(error) => {
            assert!(text.get(error.span.range()).is_some(), "{error:?}");
            let rendered = error.render(&text);
            assert!(rendered.contains('^'));
            let lines: Vec<_> = rendered.lines().collect();
            assert!(lines.len() <= 8, "{rendered}");
        }
    }
}
