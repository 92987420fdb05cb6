//! Rows for spreadsheets and scripts: CSV (RFC 4180) and TSV.

use std::io::{self, Write};

use super::safe::safe_line;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormat {
    /// Commas, quoted where needed.
    Csv,
    /// Tabs; tabs and line ends inside a cell become spaces.
    Tsv,
}

/// Writes rows, the first of which is the header.
pub struct RowWriter<W: Write> {
    format: RowFormat,
    writer: csv::Writer<W>,
    /// Whether cells are made safe for a terminal.
    safe: bool,
}

impl<W: Write> RowWriter<W> {
    /// A writer to `out`; `safe` where that is a terminal.
    pub fn new(out: W, format: RowFormat, safe: bool) -> Self {
        let mut builder = csv::WriterBuilder::new();
        if format == RowFormat::Tsv {
            builder.delimiter(b'\t').quote_style(csv::QuoteStyle::Never);
        }
        Self { format, writer: builder.from_writer(out), safe }
    }

    /// Writes one row.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&mut self, cells: &[impl AsRef<str>]) -> io::Result<()> {
        let cells = cells.iter().map(|cell| {
            let cell = cell.as_ref();
            match self.format {
                RowFormat::Csv if !self.safe => cell.to_owned(),
                RowFormat::Csv => safe_line(cell).into_owned(),
                RowFormat::Tsv if !self.safe => cell.replace(['\t', '\n', '\r'], " "),
                RowFormat::Tsv => safe_line(cell).into_owned(),
            }
        });
        // Not by `From`, which would hide that it is a closed pipe.
        self.writer.write_record(cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(cause) => cause,
            other => io::Error::other(format!("{other:?}")),
        })
    }

    /// Hands on what is still held back.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{RowFormat, RowWriter};

    fn written(format: RowFormat) -> String {
        let mut out = Vec::new();
        let mut rows = RowWriter::new(&mut out, format, false);
        rows.write(&["a, b", "say \"x\"", "two\nlines\t"]).unwrap();
        rows.flush().unwrap();
        drop(rows);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_or_flattened() {
        assert_eq!(written(RowFormat::Csv), "\"a, b\",\"say \"\"x\"\"\",\"two\nlines\t\"\n");
        assert_eq!(written(RowFormat::Tsv), "a, b\tsay \"x\"\ttwo lines \n");
    }
}
