//! What a query means, for people: a tree of its parts with counts, and what each
//! word became.

use std::io::{self, Write};

use jiff::civil::Date;

use super::layout::{cut, grouped, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::search::{ExplainedPart, FormKind, Meaning};

/// Columns of the tree at most; a longer part of a query is cut.
const TREE_COLUMNS: usize = 44;
/// Columns of the tree even on the narrowest terminal.
const LEAST_TREE_COLUMNS: usize = 12;
/// Columns for what became of a part, even on the narrowest terminal.
const LEAST_COLUMNS: usize = 24;
/// Columns for it where the output is no terminal.
const DEFAULT_COLUMNS: usize = 100;

/// Columns of a count and of the gaps around it.
const COUNT_COLUMNS: usize = 12;

/// Columns of a line, and how many of them the tree has: what the count and what
/// became of a part leave, and half at most.
pub(super) fn columns(style: &Style) -> (usize, usize) {
    let columns = style.width.map_or(DEFAULT_COLUMNS, |width| width.saturating_sub(1));
    let left = columns.saturating_sub(COUNT_COLUMNS + LEAST_COLUMNS).max(LEAST_TREE_COLUMNS);
    (columns, TREE_COLUMNS.min(columns / 2).min(left))
}

/// A line of the tree.
struct Line {
    tree: String,
    articles: String,
    entries: Vec<String>,
}

/// Writes the tree of a query: each part, how many articles it finds alone, and what
/// became of its words.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_explained(out: &mut dyn Write, style: &Style, root: &ExplainedPart) -> io::Result<()> {
    let mut lines = Vec::new();
    let (columns, tree_columns) = columns(style);
    push_lines(root, "", "", tree_columns, &mut lines);
    let widest = |cell: fn(&Line) -> &str| lines.iter().map(|line| width(cell(line))).max();
    let tree_width = widest(|line| &line.tree).unwrap_or(0).max("part".len());
    let count_width = widest(|line| &line.articles).unwrap_or(0).max("articles".len());
    let room = columns.saturating_sub(tree_width + count_width + 4).max(LEAST_COLUMNS);
    let heading = format!(
        "{:tree_width$}  {:>count_width$}  {}",
        "part",
        "articles",
        cut("became (with how many of these articles)", room)
    );
    writeln!(out, "{}", style.paint(Role::Aside, heading))?;
    for line in &lines {
        let padding = " ".repeat(tree_width - width(&line.tree));
        let count = format!("{:>count_width$}", line.articles);
        let row = format!(
            "{}{padding}  {}  {}",
            line.tree,
            style.paint(Role::Count, count),
            listed(&line.entries, room),
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}

/// The lines of a part: `before` stands before its own, `below` before those of its parts.
fn push_lines(
    part: &ExplainedPart,
    before: &str,
    below: &str,
    columns: usize,
    lines: &mut Vec<Line>,
) {
    let room = columns.saturating_sub(width(before)).max(1);
    lines.push(Line {
        tree: format!("{before}{}", cut(&safe_line(&part.query), room)),
        articles: grouped(part.articles),
        entries: part.meanings.iter().flat_map(entries).collect(),
    });
    for (place, inner) in (1..).zip(&part.parts) {
        let (branch, stem) =
            if place < part.parts.len() { ("├ ", "│ ") } else { ("└ ", "  ") };
        push_lines(inner, &format!("{below}{branch}"), &format!("{below}{stem}"), columns, lines);
    }
}

fn entries(meaning: &Meaning) -> Vec<String> {
    match meaning {
        Meaning::Words { form: FormKind::Acronym, words } => {
            let acronyms = words.iter().map(|(word, count)| (word.to_uppercase(), *count));
            counted(acronyms.collect::<Vec<_>>().iter())
        }
        Meaning::Words { words, .. } => counted(words.iter()),
        Meaning::Names(names) | Meaning::Written(names) => counted(names.iter()),
        Meaning::Days(first, last) => vec![days_text(*first, *last)],
    }
}

fn counted<'w>(words: impl Iterator<Item = &'w (String, u64)>) -> Vec<String> {
    words.map(|(word, count)| format!("{} {}", safe_line(word), grouped(*count))).collect()
}

fn days_text(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("from {first}"),
        (None, Some(last)) => format!("to {last}"),
        (None, None) => "any day".to_owned(),
    }
}

/// As many of the entries as `columns` have room for, and how many more there are.
fn listed(entries: &[String], columns: usize) -> String {
    let mut line = String::new();
    for (place, entry) in entries.iter().enumerate() {
        let separator = if place == 0 { "" } else { ", " };
        let more = match entries.len() - place - 1 {
            0 => String::new(),
            more => format!(", and {} more", grouped(more as u64)),
        };
        let needed = width(&line) + separator.len() + width(entry) + more.len();
        if place > 0 && needed > columns {
            let left = (entries.len() - place) as u64;
            return format!("{line}, and {} more", grouped(left));
        }
        line.push_str(separator);
        line.push_str(entry);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{listed, write_explained};
    use crate::output::Style;
    use crate::search::{ExplainedPart, FormKind, Meaning};

    #[test]
    fn entries_that_have_no_room_are_counted() {
        let entries = ["strike 300", "strikes 120", "striking 80"].map(str::to_owned);
        assert_eq!(listed(&entries, 80), "strike 300, strikes 120, striking 80");
        assert_eq!(listed(&entries, 30), "strike 300, and 2 more");
        assert_eq!(listed(&entries, 1), "strike 300, and 2 more");
        assert_eq!(listed(&[], 10), "");
    }

    #[test]
    fn parts_stand_in_a_tree() {
        let leaf = |query: &str, articles, words: &[(&str, u64)]| ExplainedPart {
            query: query.to_owned(),
            articles,
            meanings: vec![Meaning::Words {
                form: FormKind::Inflected,
                words: words.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect(),
            }],
            parts: Vec::new(),
        };
        let or = ExplainedPart {
            query: "port OR harbour".to_owned(),
            articles: 1200,
            meanings: Vec::new(),
            parts: vec![
                leaf("port", 1000, &[("port", 900), ("ports", 300)]),
                leaf("harbour", 300, &[]),
            ],
        };
        let root = ExplainedPart {
            query: "strike near/5 (port OR harbour)".to_owned(),
            articles: 12,
            meanings: Vec::new(),
            parts: vec![leaf("strike", 400, &[("strikes", 400)]), or],
        };
        let mut out = Vec::new();
        write_explained(&mut out, &Style::default(), &root).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @r"
        part                             articles  became (with how many of these articles)
        strike near/5 (port OR harbour)        12
        ├ strike                              400  strikes 400
        └ port OR harbour                   1,200
          ├ port                            1,000  port 900, ports 300
          └ harbour                           300
        ");
    }
}
