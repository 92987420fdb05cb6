//! Splits a table into rows and fields, in bounded memory (RFC 4180).
//!
//! More lenient than the standard, because tables are: blanks around quotes, and
//! quotes inside of quoted fields that are not doubled, are read. The crate `csv`
//! keeps no bound on a row, which one open quote makes as long as the file.

use std::io::{self, BufRead, Read};

use memchr::memchr_iter;

use crate::ingest::ReadError;

/// Where in a row a byte stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first character of a field.
    Start,
    /// In a field without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote that may end the field or stand in it.
    Closing,
}

impl State {
    /// The state behind `byte`.
    fn after(self, byte: u8, is_delimiter: bool) -> Self {
        match self {
            Self::Start | Self::Plain | Self::Closing if is_delimiter => Self::Start,
            Self::Start if byte == b'"' => Self::Quoted,
            Self::Start if byte == b' ' => Self::Start,
            Self::Start | Self::Plain => Self::Plain,
            Self::Quoted if byte == b'"' => Self::Closing,
            Self::Closing if matches!(byte, b' ' | b'\r' | b'\n') => Self::Closing,
            Self::Quoted | Self::Closing => Self::Quoted,
        }
    }
}

/// One row.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Its bytes without the end of the line.
    pub(super) bytes: &'a [u8],
    /// The line where it begins, counted from 1.
    pub(super) line: u64,
}

/// Reads rows, one at a time.
pub(super) struct Rows<R> {
    source: R,
    buffer: Vec<u8>,
    limit_bytes: usize,
    /// Lines before the one that is read next.
    lines: u64,
    /// What is between fields, when the header has told, and how many there are.
    shape: Option<(u8, usize)>,
}

impl<R: BufRead> Rows<R> {
    /// Rows of `source`, of at most `limit_bytes` each.
    pub(super) fn new(source: R, limit_bytes: usize) -> Self {
        Self { source, buffer: Vec::new(), limit_bytes, lines: 0, shape: None }
    }

    /// Tells what the header told: the delimiter and the number of columns.
    pub(super) fn expect(&mut self, delimiter: u8, columns: usize) {
        self.shape = Some((delimiter, columns));
    }

    /// The next row that is not blank, or what is wrong with it. None at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Row<'_>, ReadError>>> {
        loop {
            self.buffer.clear();
            let line = self.lines + 1;
            let mut state = State::Start;
            let mut is_too_large = false;
            let is_cut = loop {
                let start = self.buffer.len();
                let room = (self.limit_bytes + 1 - start) as u64;
                self.source.by_ref().take(room).read_until(b'\n', &mut self.buffer)?;
                let piece = &self.buffer[start..];
                if piece.is_empty() {
                    break state == State::Quoted;
                }
                self.lines += memchr_iter(b'\n', piece).count() as u64;
                let is_line_over = piece.ends_with(b"\n");
                state = self.state_behind(piece, state);
                if is_line_over && (state != State::Quoted || self.is_full_row(start)) {
                    break false;
                }
                if self.buffer.len() > self.limit_bytes {
                    is_too_large = true;
                    self.buffer.clear();
                }
            };
            if is_too_large {
                let limit_bytes = self.limit_bytes;
                return Ok(Some(Err(ReadError::TooLarge { limit_bytes, line: Some(line) })));
            }
            if is_cut {
                return Ok(Some(Err(ReadError::Truncated { line })));
            }
            if self.buffer.is_empty() {
                return Ok(None);
            }
            if !self.buffer.trim_ascii().is_empty() {
                return Ok(Some(Ok(Row { bytes: self.buffer.trim_ascii_end(), line })));
            }
        }
    }

    fn state_behind(&self, piece: &[u8], state: State) -> State {
        piece.iter().fold(state, |state, byte| {
            let is_delimiter = match self.shape {
                Some((delimiter, _)) => *byte == delimiter,
                None => super::DELIMITERS.contains(byte),
            };
            state.after(*byte, is_delimiter)
        })
    }

    /// Whether the row, which a quote seems to leave open, is whole: where tabs
    /// separate, quotes are mostly text, and a line with all its fields is a row.
    fn is_full_row(&self, line_start: usize) -> bool {
        let Some((b'\t', columns)) = self.shape else { return false };
        line_start == 0 && memchr_iter(b'\t', &self.buffer).count() + 1 == columns
    }
}

/// The fields of a row, trimmed.
pub(super) fn fields(row: &str, delimiter: u8) -> Vec<String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut state = State::Start;
    // Where in the field the quote stands that ends it, unless more follows.
    let mut closing = 0;
    for character in row.chars() {
        let is_delimiter = character == char::from(delimiter);
        // Beyond ASCII, all characters mean the same.
        let byte = if character.is_ascii() { character as u8 } else { b'x' };
        let next = state.after(byte, is_delimiter);
        match (state, next) {
            (State::Closing, State::Start) => field.truncate(closing),
            (State::Start, State::Quoted) => field.clear(),
            (State::Quoted, State::Closing) => closing = field.len(),
            _ => {}
        }
        let is_doubled = state == State::Closing && character == '"' && field.len() == closing + 1;
        if next == State::Start && is_delimiter {
            fields.push(finished(&field));
            field.clear();
        } else if !is_doubled && (state, next) != (State::Start, State::Quoted) {
            field.push(character);
        }
        state = next;
    }
    if state == State::Closing {
        field.truncate(closing);
    }
    if delimiter == b'\t' && state == State::Quoted {
        // A quote that nothing closes was text.
        return row.split('\t').map(finished).collect();
    }
    fields.push(finished(&field));
    fields
}

fn finished(field: &str) -> String {
    field.trim().to_owned()
}
