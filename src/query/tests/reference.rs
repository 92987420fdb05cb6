//! The examples of the language's reference are what it says they are.

use crate::query::parse;

const REFERENCE: &str = include_str!("../../../docs/QUERY.md");

/// The lines of all fenced blocks with this info string, comments apart.
fn examples(info: &str) -> Vec<&'static str> {
    let fence = format!("```{info}");
    let mut examples = Vec::new();
    let mut lines = REFERENCE.lines();
    while lines.by_ref().any(|line| line == fence) {
        let block = lines.by_ref().take_while(|line| *line != "```");
        examples.extend(block.filter(|line| !line.is_empty() && !line.starts_with('#')));
    }
    examples
}

#[test]
fn queries_of_the_reference_parse() {
    let queries = examples("query");
    assert!(queries.len() > 40, "only {} found", queries.len());
    for text in queries {
        if let Err(error) = parse(text) {
            panic!("{}", error.render(text));
        }
    }
}

#[test]
fn slips_of_the_reference_are_refused() {
    let slips = examples("query-error");
    assert!(slips.len() > 20, "only {} found", slips.len());
    for text in slips {
        assert!(parse(text).is_err(), "{text}");
    }
}

#[test]
fn the_error_shown_in_the_reference_is_the_one_printed() {
    let text = "iran peron:biden";
    let shown = parse(text).unwrap_err().render(text);
    assert!(REFERENCE.contains(&format!("```text\n{shown}\n```")), "{shown}");
}
