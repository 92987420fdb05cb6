//! A list of queries: a text with one labelled query a line, as coding schemes
//! and saved queries are kept.
//!
//! A line is `label<TAB>query`; without a tab it is a query that is its own
//! label. Empty lines and those that begin with `#` say nothing. Reading and
//! writing files is not its business.

use std::collections::BTreeMap;

use super::{Query, QueryError, parse};

/// A query of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledQuery {
    /// Its line, from 1.
    pub line: usize,
    /// What it is called; no other of its list is called so.
    pub label: String,
    /// The query as typed.
    pub text: String,
    /// The query.
    pub query: Query,
}

/// A line of a list that is no query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct QueryLineError {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: QueryLineErrorKind,
}

/// What is wrong with a line of a list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryLineErrorKind {
    /// The line is not UTF-8.
    #[error("the line is not UTF-8")]
    NotUtf8,
    /// An earlier line has the label.
    #[error("`{label}` is the label of line {line} already")]
    LabelTwice {
        /// The label.
        label: String,
        /// The earlier line.
        line: usize,
    },
    /// The query is none.
    #[error("{error}")]
    Query {
        /// The query as typed, which the error points into.
        text: String,
        /// What is wrong with it.
        error: QueryError,
    },
}

/// Reads a list; a line that is no query does not stop the others.
#[must_use]
pub fn read_queries(list: &[u8]) -> Vec<Result<LabelledQuery, QueryLineError>> {
    let mut labels = BTreeMap::new();
    let lines = (1..).zip(lines_of(list));
    lines.filter_map(|(line, bytes)| read_line(line, bytes, &mut labels)).collect()
}

/// A list with the query of that label at its end, or, where it has one, in its
/// place; all other lines stay as they are.
#[must_use]
pub fn with_query(list: &[u8], label: &str, query: &str) -> Vec<u8> {
    let line = format!("{label}\t{query}\n");
    let (mut edited, replaced) = edit(list, label, line.as_bytes());
    if !replaced {
        if edited.last().is_some_and(|last| *last != b'\n') {
            edited.push(b'\n');
        }
        edited.extend(line.as_bytes());
    }
    edited
}

/// A list without the query of that label; none if it has no such.
#[must_use]
pub fn without_query(list: &[u8], label: &str) -> Option<Vec<u8>> {
    let (edited, removed) = edit(list, label, b"");
    removed.then_some(edited)
}

/// The list with `replacement` in the place of the lines of that label, and
/// whether it has any.
fn edit(list: &[u8], label: &str, replacement: &[u8]) -> (Vec<u8>, bool) {
    let mut edited = Vec::with_capacity(list.len() + replacement.len());
    let mut found = false;
    let lines = without_mark(list);
    edited.extend(&list[..list.len() - lines.len()]);
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        if str::from_utf8(line).ok().and_then(parts).is_none_or(|(known, _)| known != label) {
            edited.extend(line);
        } else if !found {
            edited.extend(replacement);
            found = true;
        }
    }
    (edited, found)
}

fn lines_of(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    without_mark(list).split(|byte| *byte == b'\n')
}

/// A text without its byte order mark.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}

/// The query of a line; none if the line says nothing.
fn read_line(
    line: usize,
    bytes: &[u8],
    labels: &mut BTreeMap<String, usize>,
) -> Option<Result<LabelledQuery, QueryLineError>> {
    let failed = |kind| Some(Err(QueryLineError { line, kind }));
    let Ok(text) = str::from_utf8(bytes) else { return failed(QueryLineErrorKind::NotUtf8) };
    let (label, text) = parts(text)?;
    let label = label.to_owned();
    if let Some(first) = labels.get(&label) {
        return failed(QueryLineErrorKind::LabelTwice { label, line: *first });
    }
    labels.insert(label.clone(), line);
    let text = text.to_owned();
    match parse(&text) {
        Ok(query) => Some(Ok(LabelledQuery { line, label, text, query })),
        Err(error) => failed(QueryLineErrorKind::Query { text, error }),
    }
}

/// The label and the query of a line; none if it says nothing.
fn parts(line: &str) -> Option<(&str, &str)> {
    let all = line.trim();
    if all.is_empty() || all.starts_with('#') {
        return None;
    }
    let labelled = line.split_once('\t').filter(|(label, _)| !label.trim().is_empty());
    Some(labelled.map_or((all, all), |(label, query)| (label.trim(), query.trim())))
}

#[cfg(test)]
mod tests {
    use super::{QueryLineErrorKind, read_queries, with_query, without_query};
    use proptest::prelude::*;

    fn read(list: &str) -> Vec<(usize, String, String)> {
        let read = read_queries(list.as_bytes()).into_iter().map(Result::unwrap);
        read.map(|query| (query.line, query.label, query.query.to_string())).collect()
    }

    #[test]
    fn a_line_is_a_label_and_a_query_or_a_query_alone() {
        let list = "\u{feff}a\tport strike\r\n\r\n  # no\tquery\n  fog OR mist \nb \t \"x\ty\"\nall\t\r\n\tmist";
        let strings = |line, label: &str, query: &str| (line, label.to_owned(), query.to_owned());
        assert_eq!(
            read(list),
            [
                strings(1, "a", "port strike"),
                strings(4, "fog OR mist", "fog OR mist"),
                strings(5, "b", "\"x\ty\""),
                strings(6, "all", "*"),
                strings(7, "mist", "mist"),
            ]
        );
        assert_eq!(read(""), []);
        assert_eq!(read("\n\r\n\t\n#\n"), []);
    }

    #[test]
    fn a_bad_line_is_told_of_and_the_others_are_read() {
        let read = read_queries(b"a\tx\n\xff\tx\na\ty\nb\tperon:x\nc\tz");
        let lines: Vec<_> = read
            .iter()
            .map(|read| match read {
                Ok(query) => format!("{} {}", query.line, query.label),
                Err(error) => error.to_string(),
            })
            .collect();
        assert_eq!(
            lines,
            [
                "1 a",
                "line 2: the line is not UTF-8",
                "line 3: `a` is the label of line 1 already",
                "line 4: unknown field `peron`",
                "5 c"
            ]
        );
        let Err(error) = &read[3] else { panic!("{read:?}") };
        assert!(matches!(&error.kind, QueryLineErrorKind::Query { text, .. } if text == "peron:x"));
    }

    #[test]
    fn edits_leave_all_other_lines_alone() {
        let list = b"# mine\r\na\tx\n\nfog\n\xff\n b\ty";
        let edited = |label, query| with_query(list, label, query);
        assert_eq!(edited("a", "z"), b"# mine\r\na\tz\n\nfog\n\xff\n b\ty");
        assert_eq!(edited("c", "z"), b"# mine\r\na\tx\n\nfog\n\xff\n b\ty\nc\tz\n");
        assert_eq!(edited("fog", "mist"), b"# mine\r\na\tx\n\nfog\tmist\n\xff\n b\ty");
        assert_eq!(without_query(list, "b").unwrap(), b"# mine\r\na\tx\n\nfog\n\xff\n");
        assert_eq!(without_query(list, "# mine"), None);
        assert_eq!(with_query(b"", "a", "x"), b"a\tx\n");
        assert_eq!(without_query(b"\xef\xbb\xbfa\tx\nb\ty\n", "a").unwrap(), b"\xef\xbb\xbfb\ty\n");
        // Elsewhere it is a letter of the label.
        let marked = "b\ty\n\u{feff}a\tx\n".as_bytes();
        assert_eq!(without_query(marked, "a"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(list in proptest::collection::vec(any::<u8>(), 0..200)) {
            let read = read_queries(&list);
            let lines: Vec<usize> = read
                .iter()
                .map(|read| match read {
                    Ok(query) => query.line,
                    Err(error) => error.line,
                })
                .collect();
            prop_assert!(lines.is_sorted_by(|one, next| one < next), "{:?}", lines);
        }

        #[test]
        fn what_is_added_is_read_and_what_is_removed_is_gone(
            list in "([ab]\t[xyz]\r?\n|#c\n|\n){0,6}[ab]?",
            label in "[abc]",
        ) {
            let added = with_query(list.as_bytes(), &label, "new");
            let found = read_queries(&added).into_iter().flatten();
            let of_label: Vec<_> =
                found.filter(|query| query.label == label).map(|query| query.text).collect();
            prop_assert_eq!(of_label, ["new"]);
            let removed = without_query(&added, &label).unwrap();
            prop_assert_eq!(without_query(&removed, &label), None);
        }
    }
}
