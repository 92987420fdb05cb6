//! A list of queries of any bytes is read line by line; adding, replacing and removing a
//! query leave all others as they are.

use newsdex::query::{LabelledQuery, read_queries, with_query, without_query};

/// A label that is added or replaced.
const LABEL: &str = "ferries";

/// Checks an input.
pub fn check(bytes: &[u8]) {
    for error in read_queries(bytes).iter().filter_map(|line| line.as_ref().err()) {
        assert!((1..=bytes.len() + 1).contains(&error.line), "{error:?}");
    }
    let known = read(bytes);
    let with = with_query(bytes, LABEL, "ferry OR \"night boat\"");
    let added = read(&with);
    assert_eq!(text_of(&added, LABEL), Some("ferry OR \"night boat\""));
    assert_eq!(others(&added), others(&known));
    let without = without_query(&with, LABEL).expect("it was added");
    assert_eq!(text_of(&read(&without), LABEL), None);
    assert_eq!(others(&read(&without)), others(&known));
    for LabelledQuery { label, .. } in &known {
        let without = without_query(bytes, label).expect("the list has it");
        assert_eq!(text_of(&read(&without), label), None, "{label:?}");
    }
}

fn read(list: &[u8]) -> Vec<LabelledQuery> {
    read_queries(list).into_iter().filter_map(Result::ok).collect()
}

fn text_of<'q>(queries: &'q [LabelledQuery], label: &str) -> Option<&'q str> {
    queries.iter().find(|query| query.label == label).map(|query| query.text.as_str())
}

fn others(queries: &[LabelledQuery]) -> Vec<(&str, &str)> {
    let others = queries.iter().filter(|query| query.label != LABEL);
    others.map(|query| (query.label.as_str(), query.text.as_str())).collect()
}
