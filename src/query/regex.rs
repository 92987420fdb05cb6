//! Regular expressions for words.

use regex::{Regex, RegexBuilder};

/// Bytes that a compiled expression may take: far more than one for a word needs.
const MOST_BYTES: usize = 1 << 20;

/// Groups inside groups of an expression; its reader goes down into them.
const MOST_DEPTH: u32 = 32;

/// The expression for whole words, which are folded: in lower case, without
/// accents.
///
/// # Errors
///
/// What is wrong with it, in one line.
pub fn word_regex(expression: &str) -> Result<Regex, String> {
    // By itself first, so that its brackets cannot close the ones around it.
    build(expression)?;
    build(&format!("^(?:{expression})$"))
}

fn build(expression: &str) -> Result<Regex, String> {
    RegexBuilder::new(expression)
        .size_limit(MOST_BYTES)
        .nest_limit(MOST_DEPTH)
        .case_insensitive(true)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
            // The last line says what is wrong, those before show where.
            error => {
                let text = error.to_string();
                let last = text.lines().last().unwrap_or_default();
                last.strip_prefix("error: ").unwrap_or(last).to_owned()
            }
        })
}
