//! Lays out an error: the message, the query with the slip marked, the hint.
//! Plain text without colour, safe to print.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::error::QueryError;
use crate::text::Span;

/// Columns of the query that are shown; with the margin, a line of the
/// narrowest usual terminal.
const COLUMNS: usize = 76;
/// Of these, the columns kept before the slip in a longer query.
const COLUMNS_BEFORE: usize = 30;

impl QueryError {
    /// The message, the line of `query_text` with the slip marked below it,
    /// and the hint on its own line; no line break at the end. Control
    /// characters are replaced.
    #[must_use]
    pub fn render(&self, query_text: &str) -> String {
        let (line, marks) = excerpt(query_text, self.span);
        let mut out = format!("{}\n  {line}\n  {marks}", printable(&self.to_string()));
        if let Some(hint) = self.hint() {
            out.push_str("\nhint: ");
            out.push_str(&printable(&hint));
        }
        out
    }
}

/// The line of `text` in which `span` starts, cut to what fits, and the line
/// that marks the span under it.
fn excerpt(text: &str, span: Span) -> (String, String) {
    let start = text.floor_char_boundary(span.start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = text.floor_char_boundary(span.end.clamp(start, line_end));

    let line_width = |from: usize, to: usize| printable(&text[from..to]).width();
    let fits = line_width(line_start, line_end) <= COLUMNS;
    let from = if fits { line_start } else { cut_before(&text[line_start..start], line_start) };
    let to = if fits { line_end } else { cut_behind(&text[from..line_end], from) };

    let ellipsis = |cut: bool| if cut { "…" } else { "" };
    let (before, behind) = (ellipsis(from > line_start), ellipsis(to < line_end));
    let line = format!("{before}{}{behind}", printable(&text[from..to]));
    let indent = before.width() + line_width(from, start);
    let marks = line_width(start, end.min(to)).max(1);
    (line, format!("{}{}", " ".repeat(indent), "^".repeat(marks)))
}

/// Where to cut what stands before the slip.
fn cut_before(before: &str, offset: usize) -> usize {
    let mut columns = 0;
    for (at, letter) in before.char_indices().rev() {
        columns += letter.width().unwrap_or(1);
        if columns > COLUMNS_BEFORE {
            return offset + at + letter.len_utf8();
        }
    }
    offset
}

/// Where to cut the rest of the line.
fn cut_behind(rest: &str, offset: usize) -> usize {
    let mut columns = 0;
    for (at, letter) in rest.char_indices() {
        columns += letter.width().unwrap_or(1);
        if columns > COLUMNS {
            return offset + at;
        }
    }
    offset + rest.len()
}

/// `text` with a space for each white space and a replacement character for
/// each other control character.
fn printable(text: &str) -> String {
    let printable = |letter: char| match letter {
        _ if letter.is_whitespace() => ' ',
        _ if letter.is_control() => '\u{fffd}',
        _ => letter,
    };
    text.chars().map(printable).collect()
}
