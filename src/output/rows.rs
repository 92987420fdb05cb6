//! Rows for spreadsheets and scripts: CSV (RFC 4180) and TSV.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};
use std::mem;

use serde_json::Value;

use super::record::{Record, cell};
use super::safe::safe_line;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// Commas, quoted where needed.
    Csv,
    /// Tabs; tabs and line ends inside a cell become spaces.
    Tsv,
}

/// What is done to cells; by default they stay as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// Whether they are made safe for a terminal.
    pub for_terminal: bool,
    /// Whether texts that a spreadsheet would take for a formula get `'` before them. What
    /// is counted is a number and stays one.
    pub without_formulas: bool,
}

/// What a formula begins with, after OWASP's "CSV Injection": the full-width forms are the
/// same to spreadsheets of East Asia, and behind white space some look for one too.
const FORMULA_STARTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// What keeps a spreadsheet from taking a cell for anything but text.
const TEXT_MARK: &str = "'";

/// Writes rows, the first of which is the header.
pub struct RowWriter<W: Write> {
    cells: Cells,
    out: Out<W>,
}

/// Where cells go.
enum Out<W: Write> {
    Csv(Box<csv::Writer<W>>),
    /// With whether a cell of the present row was written. Here nothing is quoted, not even
    /// the one empty cell of a row.
    Tsv(BufWriter<W>, bool),
}

impl<W: Write> RowWriter<W> {
    /// A writer to `out` that does this to cells.
    pub fn new(out: W, format: RowFormat, cells: Cells) -> Self {
        let out = match format {
            RowFormat::Csv => Out::Csv(Box::new(csv::Writer::from_writer(out))),
            RowFormat::Tsv => Out::Tsv(BufWriter::new(out), false),
        };
        Self { cells, out }
    }

    /// Writes one row of texts.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, cells: &[impl AsRef<str>]) -> io::Result<()> {
        for cell in cells {
            self.text(cell.as_ref())?;
        }
        self.end_row()
    }

    /// Writes one row of values.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_record(&mut self, record: &Record) -> io::Result<()> {
        for (_, value) in &record.values {
            let text = cell(value);
            match value {
                Value::Number(_) => self.out.cell(&text)?,
                _ => self.text(&text)?,
            }
        }
        self.end_row()
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let is_tsv = matches!(self.out, Out::Tsv(..));
        let shown = match text {
            _ if self.cells.for_terminal => safe_line(text),
            _ if is_tsv && text.contains(['\t', '\n', '\r']) => {
                Cow::Owned(text.replace(['\t', '\n', '\r'], " "))
            }
            _ => Cow::Borrowed(text),
        };
        // A spreadsheet takes off the quotes, of which TSV knows nothing, and may then find a
        // formula, or that the cell goes on over the next.
        let is_formula = self.cells.without_formulas
            && (text.starts_with(FORMULA_STARTS) || is_tsv && text.starts_with('"'));
        match is_formula {
            true => self.out.cell(&[TEXT_MARK, &*shown].concat()),
            false => self.out.cell(&shown),
        }
    }

    fn end_row(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(writer) => writer.write_record(None::<&[u8]>).map_err(cause),
            Out::Tsv(out, within) => {
                *within = false;
                out.write_all(b"\n")
            }
        }
    }

    /// Hands on what is still held back.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.out {
            Out::Csv(writer) => writer.flush(),
            Out::Tsv(out, _) => out.flush(),
        }
    }
}

impl<W: Write> Out<W> {
    fn cell(&mut self, text: &str) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.write_field(text).map_err(cause),
            Self::Tsv(out, within) => {
                if mem::replace(within, true) {
                    out.write_all(b"\t")?;
                }
                out.write_all(text.as_bytes())
            }
        }
    }
}

/// Not by `From`, which would hide that it is a closed pipe.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{Cells, FORMULA_STARTS, Record, RowFormat, RowWriter};

    fn written(format: RowFormat, cells: Cells, texts: &[&str]) -> String {
        let mut out = Vec::new();
        let mut rows = RowWriter::new(&mut out, format, cells);
        rows.write(texts).unwrap();
        rows.flush().unwrap();
        drop(rows);
        String::from_utf8(out).unwrap()
    }

    const WITHOUT_FORMULAS: Cells = Cells { for_terminal: false, without_formulas: true };

    #[test]
    fn cells_are_quoted_or_flattened() {
        let texts = ["a, b", "say \"x\"", "two\nlines\t"];
        let exact = |format| written(format, Cells::default(), &texts);
        assert_eq!(exact(RowFormat::Csv), "\"a, b\",\"say \"\"x\"\"\",\"two\nlines\t\"\n");
        assert_eq!(exact(RowFormat::Tsv), "a, b\tsay \"x\"\ttwo lines \n");
        // A row of one empty cell is no empty line in CSV.
        assert_eq!(written(RowFormat::Csv, Cells::default(), &[""]), "\"\"\n");
    }

    #[test]
    fn what_a_spreadsheet_takes_for_a_formula_gets_a_mark_where_asked_for() {
        for (text, csv, tsv) in [
            ("=1+1", "'=1+1", "'=1+1"),
            ("+1 (555) 0100", "'+1 (555) 0100", "'+1 (555) 0100"),
            ("-5", "'-5", "'-5"),
            ("- dash", "'- dash", "'- dash"),
            ("@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1", "' =1"),
            ("\r=1", "\"'\r=1\"", "' =1"),
            ("\n=1", "\"'\n=1\"", "' =1"),
            ("＝1", "'＝1", "'＝1"),
            ("＋1", "'＋1", "'＋1"),
            ("－1", "'－1", "'－1"),
            ("＠a", "'＠a", "'＠a"),
            (
                "=HYPERLINK(\"x\",\"y\")",
                "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"",
                "'=HYPERLINK(\"x\",\"y\")",
            ),
            // Spreadsheets take these quotes off in TSV, where they are of the text.
            ("\"=1\"", "\"\"\"=1\"\"\"", "'\"=1\""),
            ("1-2", "1-2", "1-2"),
            ("a=b", "a=b", "a=b"),
            ("'=1", "'=1", "'=1"),
            ("2024-05-04", "2024-05-04", "2024-05-04"),
            ("x", "x", "x"),
        ] {
            for (format, safe) in [(RowFormat::Csv, csv), (RowFormat::Tsv, tsv)] {
                let line = format!("{safe}\n");
                assert_eq!(written(format, WITHOUT_FORMULAS, &[text]), line, "{text:?}");
            }
            let exact = written(RowFormat::Csv, Cells::default(), &[text]);
            assert_eq!(read(&exact), [text]);
        }
    }

    #[test]
    fn what_is_counted_stays_a_number() {
        let values = vec![("score", json!(-5)), ("share", json!(-0.25)), ("title", json!("-5"))];
        let mut out = Vec::new();
        let mut rows = RowWriter::new(&mut out, RowFormat::Csv, WITHOUT_FORMULAS);
        rows.write_record(&Record { values }).unwrap();
        drop(rows);
        assert_eq!(String::from_utf8(out).unwrap(), "-5,-0.25,'-5\n");
    }

    /// The cells of the only row behind a header, as a reader of CSV finds them: a byte order
    /// mark that begins a file is not of its text.
    fn read(csv: &str) -> Vec<String> {
        let csv = format!("header\n{csv}");
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        row.iter().map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula_where_asked_for_and_others_are_exact(
            texts in prop::collection::vec("[=+@＝－\\-\t\r\n\"',ab]{0,4}|(?s:.{0,9})", 1..5),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(read(&written(RowFormat::Csv, Cells::default(), &texts)), texts.clone());
            let safe = read(&written(RowFormat::Csv, WITHOUT_FORMULAS, &texts));
            for (cell, text) in safe.iter().zip(&texts) {
                prop_assert!(!cell.starts_with(FORMULA_STARTS), "{cell:?}");
                prop_assert!(cell == text || cell.strip_prefix('\'') == Some(*text), "{cell:?}");
            }
            let line = written(RowFormat::Tsv, WITHOUT_FORMULAS, &texts);
            for cell in line.trim_end_matches('\n').split('\t') {
                prop_assert!(!cell.starts_with(FORMULA_STARTS) && !cell.starts_with('"'), "{cell:?}");
            }
        }
    }
}
