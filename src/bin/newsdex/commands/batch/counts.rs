//! Counts of the queries of a file, in all or by the values of fields.

use std::io::{self, Write};

use newsdex::index::cores;
use newsdex::output::{
    LABEL, QueryCountWire, Record, RowFormat, RowWriter, TableCell, WIRE_VERSION, cell_record,
    dimension_name, write_json_line, write_table,
};
use newsdex::query::LabelledQuery;
use newsdex::search::{Cell, Counted, Counter, FacetField};
use serde_json::Value;

use crate::args::Format;
use crate::asked::Opened;
use crate::failure::Failure;
use crate::in_order::in_order;
use crate::output::{Output, style};
use crate::query_file::QueryFile;
use crate::settings::Settings;

/// Queries that a thread is given at a time: a millisecond of work, beside which
/// handing them on costs nothing.
const PIECE: usize = 16;

/// What counts, and in what form it is written.
pub(super) struct Counts<'a> {
    pub(super) opened: &'a Opened,
    pub(super) counter: &'a Counter<'a>,
    pub(super) by: &'a [FacetField],
    pub(super) format: Format,
    pub(super) settings: &'a Settings,
}

impl Counts<'_> {
    /// Counts the queries of a file with several threads and writes what they find, in
    /// the order of the file.
    pub(super) fn write(&self, file: &mut QueryFile, out: &mut Output) -> Result<(), Failure> {
        let QueryFile { name, queries, fared } = file;
        let queries: &[LabelledQuery] = queries;
        let mut table = Vec::new();
        let mut is_first = true;
        self.write_start(out)?;
        in_order(
            cores(),
            |give| {
                let _ = queries.chunks(PIECE).try_for_each(give);
            },
            || {
                |piece: &[LabelledQuery]| -> Vec<_> {
                    piece
                        .iter()
                        .map(|asked| {
                            let query = self.opened.within(asked.query.clone());
                            (asked, self.counter.count(&query))
                        })
                        .collect()
                }
            },
            |answers| {
                for (asked, answer) in answers {
                    let Some(counted) = fared.note(name, asked, answer)? else { continue };
                    fared.articles += counted.total;
                    match self.format {
                        Format::Text => table.extend(self.records(asked, &counted)),
                        _ => self.write_counted(out, asked, &counted, is_first)?,
                    }
                    is_first = false;
                }
                Ok(())
            },
        )?;
        match self.format {
            Format::Text => self.write_table(out, &table)?,
            Format::Json => writeln!(out, "]}}")?,
            Format::Jsonl | Format::Csv | Format::Tsv => {}
        }
        Ok(())
    }

    fn columns(&self) -> Vec<&'static str> {
        if self.by.is_empty() {
            return vec![LABEL, "query", "total"];
        }
        let by = self.by.iter().map(|field| dimension_name(*field));
        std::iter::once(LABEL).chain(by).chain(["articles"]).collect()
    }

    fn write_start(&self, out: &mut Output) -> io::Result<()> {
        match self.format {
            Format::Csv => writeln!(out, "{}", self.columns().join(",")),
            Format::Tsv => writeln!(out, "{}", self.columns().join("\t")),
            Format::Json if self.by.is_empty() => {
                writeln!(out, "{}\"queries\":[", self.opened.document_start())
            }
            Format::Json => {
                let by: Vec<_> = self.by.iter().map(|field| dimension_name(*field)).collect();
                let by = by.join("\",\"");
                let start = self.opened.document_start();
                writeln!(out, "{start}\"by\":[\"{by}\"],\"queries\":[")
            }
            Format::Text | Format::Jsonl => Ok(()),
        }
    }

    fn write_counted(
        &self,
        out: &mut Output,
        asked: &LabelledQuery,
        counted: &Counted,
        is_first: bool,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Json => {
                if !is_first {
                    out.write_all(b",")?;
                }
                write_json_line(out, &self.wire(asked, counted))?;
            }
            Format::Jsonl => {
                for mut record in self.records(asked, counted) {
                    record.values.insert(0, ("version", WIRE_VERSION.into()));
                    write_json_line(out, &record)?;
                }
            }
            Format::Csv | Format::Tsv | Format::Text => {
                let tsv = self.format == Format::Tsv;
                let format = if tsv { RowFormat::Tsv } else { RowFormat::Csv };
                let mut rows = RowWriter::new(out, format, self.settings.cells);
                for record in self.records(asked, counted) {
                    rows.write_record(&record)?;
                }
                rows.flush()?;
            }
        }
        Ok(())
    }

    fn wire(&self, asked: &LabelledQuery, counted: &Counted) -> QueryCountWire {
        let cells = || counted.cells.iter().map(|cell| self.cell(cell)).collect();
        QueryCountWire {
            label: asked.label.clone(),
            query: asked.query.to_string(),
            total: counted.total,
            cells: (!self.by.is_empty()).then(cells),
        }
    }

    /// The rows of a query: its total, or its cells.
    fn records(&self, asked: &LabelledQuery, counted: &Counted) -> Vec<Record> {
        if self.by.is_empty() {
            return vec![self.wire(asked, counted).record()];
        }
        let labelled = |cell: &Cell| {
            let mut record = self.cell(cell);
            record.values.insert(0, (LABEL, Value::from(asked.label.as_str())));
            record
        };
        counted.cells.iter().map(labelled).collect()
    }

    fn cell(&self, cell: &Cell) -> Record {
        cell_record(self.by, self.counter.values(cell), cell.articles)
    }

    /// Writes rows for people, who know their queries by the labels.
    fn write_table(&self, out: &mut Output, records: &[Record]) -> io::Result<()> {
        let is_shown = |name: &&str| *name != "query";
        let headers: Vec<&str> = self.columns().into_iter().filter(is_shown).collect();
        let cell = |value: &Value| match value.as_u64() {
            Some(number) => TableCell::Number(number),
            None => TableCell::Text(value.as_str().unwrap_or_default().to_owned()),
        };
        let row = |record: &Record| {
            let values = record.values.iter().filter(|(name, _)| is_shown(name));
            values.map(|(_, value)| cell(value)).collect()
        };
        let rows: Vec<Vec<TableCell>> = records.iter().map(row).collect();
        write_table(out, &style(self.settings, &self.opened.home), &headers, &rows)
    }
}
