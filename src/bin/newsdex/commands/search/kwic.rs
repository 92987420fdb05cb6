//! The answer of a search as keywords in context, written in the form that was asked
//! for.

use std::io::{self, Write};

use newsdex::output::{
    KWIC_COLUMNS, KwicText, KwicWire, RowFormat, RowWriter, WIRE_VERSION, kwic_record, kwic_row,
    write_facets, write_json_line,
};
use newsdex::search::{Kwic, KwicLine};

use super::answer::Answer;
use crate::args::Format;
use crate::failure::Failure;
use crate::output::{Output, style};

/// Words on either side for programs, unless another number is given: a clause or so.
const CONTEXT: usize = 10;

impl Answer<'_> {
    /// A line for each place, with at most so many words on either side; for people,
    /// as many as there is room for.
    pub(super) fn kwic(&self, format: Format, context: Option<usize>) -> Result<Output, Failure> {
        match format {
            Format::Text => self.kwic_text(context),
            Format::Json => self.kwic_json(context.unwrap_or(CONTEXT)),
            Format::Jsonl => self.kwic_json_lines(context.unwrap_or(CONTEXT)),
            Format::Csv => self.kwic_rows(RowFormat::Csv, context.unwrap_or(CONTEXT)),
            Format::Tsv => self.kwic_rows(RowFormat::Tsv, context.unwrap_or(CONTEXT)),
        }
    }

    /// Hands each line to `write`, and tells if there is none though articles match.
    fn each_line(
        &self,
        context: usize,
        mut write: impl FnMut(&Kwic, &KwicLine) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let search = self.search()?;
        let mut found = false;
        for ranked in &self.matches.ranked {
            let kwic = search.kwic(ranked)?;
            for line in kwic.lines(context) {
                found = true;
                write(&kwic, &line)?;
            }
        }
        if !found && !self.matches.ranked.is_empty() {
            writeln!(
                io::stderr(),
                "hint: nothing that the query asks for stands in the texts of these articles"
            )?;
        }
        Ok(())
    }

    fn kwic_text(&self, context: Option<usize>) -> Result<Output, Failure> {
        let mut out = Output::paged(self.settings);
        let style = style(self.settings, &self.asked.home);
        let text = KwicText::new(&style);
        let context = context.unwrap_or(usize::MAX).min(text.context());
        text.write_total(&mut out, self.matches.total, self.matches.ranked.len())?;
        let mut is_first = true;
        self.each_line(context, |kwic, line| {
            if std::mem::take(&mut is_first) {
                writeln!(out)?;
            }
            text.write(&mut out, &kwic.article, line)
        })?;
        if !self.matches.facets.is_empty() {
            writeln!(out)?;
            write_facets(&mut out, &style, &self.matches.facets)?;
        }
        self.advise()?;
        Ok(out)
    }

    fn kwic_json(&self, context: usize) -> Result<Output, Failure> {
        let mut lines = Vec::new();
        self.each_line(context, |kwic, line| {
            lines.push(kwic_record(&kwic.article, line));
            Ok(())
        })?;
        let mut out = Output::plain();
        let query = self.asked.query.to_string();
        let wire = KwicWire::new(query, self.matches, self.request.offset, lines);
        out.write_all(&self.asked.document(&wire)?)?;
        Ok(out)
    }

    fn kwic_json_lines(&self, context: usize) -> Result<Output, Failure> {
        let mut out = Output::plain();
        self.each_line(context, |kwic, line| {
            let mut record = kwic_record(&kwic.article, line);
            record.values.insert(0, ("version", WIRE_VERSION.into()));
            write_json_line(&mut out, &record)
        })?;
        Ok(out)
    }

    fn kwic_rows(&self, format: RowFormat, context: usize) -> Result<Output, Failure> {
        let mut out = Output::plain();
        let mut rows = RowWriter::new(&mut out, format, self.settings.cells);
        rows.write(&KWIC_COLUMNS)?;
        self.each_line(context, |kwic, line| rows.write_record(&kwic_row(&kwic.article, line)))?;
        rows.flush()?;
        drop(rows);
        Ok(out)
    }
}
