//! Tables for people: columns set below each other, numbers to the right.

use std::io::{self, Write};

use super::layout::{cut, grouped, width};
use super::safe::safe_line;
use super::style::{Role, Style};

/// Columns of the longest text shown; a longer one loses its end.
const MOST_COLUMNS: usize = 60;
/// What stands between two columns.
const GAP: &str = "  ";

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableCell {
    /// A text, set to the left.
    Text(String),
    /// A number, set to the right.
    Number(u64),
}

/// Writes rows below their headers. Each row has as many cells as there are headers.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_table(
    out: &mut dyn Write,
    style: &Style,
    headers: &[&str],
    rows: &[Vec<TableCell>],
) -> io::Result<()> {
    let shown: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(TableCell::shown).collect()).collect();
    let widest = |(column, header): (usize, &&str)| {
        let cells = shown.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width(cell)).fold(width(header), usize::max)
    };
    let widths: Vec<usize> = headers.iter().enumerate().map(widest).collect();
    // A column is set as its first cell is.
    let is_number = |column: usize| {
        let first = rows.first().and_then(|row| row.get(column));
        matches!(first, Some(TableCell::Number(_)))
    };
    let set = |column: usize, text: &str| {
        let padding = " ".repeat(widths[column].saturating_sub(width(text)));
        if is_number(column) { format!("{padding}{text}") } else { format!("{text}{padding}") }
    };
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<String> =
            cells.take(widths.len()).enumerate().map(|(column, text)| set(column, text)).collect();
        cells.join(GAP).trim_end().to_owned()
    };
    writeln!(out, "{}", style.paint(Role::Aside, line(&mut headers.iter().copied())))?;
    for row in &shown {
        writeln!(out, "{}", line(&mut row.iter().map(String::as_str)))?;
    }
    Ok(())
}

impl TableCell {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => cut(&safe_line(text), MOST_COLUMNS),
            Self::Number(number) => grouped(*number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TableCell, write_table};
    use crate::output::Style;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |label: &str, month: &str, articles| {
            vec![
                TableCell::Text(label.into()),
                TableCell::Text(month.into()),
                TableCell::Number(articles),
            ]
        };
        let rows =
            [row("東京\u{1b}", "2024-04", 1_200), row("a", "", 7), row(&"x".repeat(99), "", 0)];
        let mut out = Vec::new();
        write_table(&mut out, &Style::default(), &["label", "month", "articles"], &rows[..2])
            .unwrap();
        write_table(&mut out, &Style::default(), &["label", "n"], &[]).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap(), @"
        label  month    articles
        東京�  2024-04     1,200
        a                      7
        label  n
        ");
        let mut out = Vec::new();
        write_table(&mut out, &Style::default(), &["l", "m", "a"], &rows).unwrap();
        assert!(out.split(|byte| *byte == b'\n').all(|line| line.len() < 90));
    }
}
