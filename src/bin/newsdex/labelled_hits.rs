//! The hits of several queries, each with the label of its query: read and set by
//! several threads, written in order as they come.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::sync::Arc;

use newsdex::index::cores;
use newsdex::output::{
    Cells, Field, HitText, QueryCountWire, Record, RowFormat, RowWriter, Style, WIRE_VERSION,
    labelled_columns, labelled_record, plural, write_json_line,
};
use newsdex::query::Query;
use newsdex::search::{Hit, Matches, Names, Ranked, Search, SearchRequest, Snippet};

use crate::args::Format;
use crate::asked::Opened;
use crate::failure::Failure;
use crate::in_order::in_order;
use crate::output::{Output, style};
use crate::query_file::QueryFile;
use crate::settings::Settings;

/// Hits that a thread is given at a time: some hundredths of a second of work.
const PIECE: usize = 64;

/// A query whose hits are written.
pub(crate) struct Question {
    pub(crate) label: String,
    pub(crate) query: Query,
    /// What stands above its hits in text for people.
    pub(crate) heading: String,
    /// How many of its hits are written.
    pub(crate) shown: usize,
}

/// Some hits of one query.
struct Piece {
    question: Arc<Question>,
    /// Hits of the query before these.
    before: usize,
    ranked: Vec<Ranked>,
}

/// Hits, ready to be written in any form.
pub(crate) struct LabelledHits<'a> {
    opened: &'a Opened,
    format: Format,
    fields: Vec<Field>,
    /// Whether the words that match are told.
    with_words: bool,
    /// As facets show them; none where no field has any.
    names: Option<Names>,
    style: Style,
    cells: Cells,
}

impl<'a> LabelledHits<'a> {
    pub(crate) fn new(
        opened: &'a Opened,
        format: Format,
        fields: &[Field],
        with_words: bool,
        settings: &Settings,
    ) -> Result<Self, Failure> {
        let fields = match (fields, format) {
            ([], Format::Csv | Format::Tsv) => Field::OF_ROW.to_vec(),
            ([], _) => Field::OF_HIT.to_vec(),
            _ => fields.to_vec(),
        };
        let has_names = format != Format::Text && fields.iter().any(|field| field.is_of_entities());
        let names = match has_names {
            true => Some(Names::open(&opened.reader, &opened.aliases)?),
            false => None,
        };
        let style = style(settings, &opened.home);
        let cells = settings.cells;
        Ok(Self { opened, format, fields, with_words, names, style, cells })
    }

    /// Writes the hits of every query of a file: what `request` asks, of each.
    pub(crate) fn write_file(
        &self,
        out: &mut Output,
        file: &mut QueryFile,
        request: SearchRequest,
    ) -> Result<(), Failure> {
        let mut totals = Vec::new();
        let mut outcome = Ok(());
        self.write(out, |give| outcome = self.ask_all(file, request, &mut totals, give))?;
        outcome?;
        Ok(self.finish(out, &totals)?)
    }

    /// Asks the queries of a file one after the other, until nobody wants more.
    fn ask_all(
        &self,
        file: &mut QueryFile,
        mut request: SearchRequest,
        totals: &mut Vec<QueryCountWire>,
        give: &mut dyn FnMut(Question, Matches) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let QueryFile { name, queries, fared } = file;
        for asked in queries {
            request.query = self.opened.within(asked.query.clone());
            let answer = Search::run(&self.opened.reader, &request);
            let Some(matches) = fared.note(name, asked, answer)? else { continue };
            fared.articles += matches.total;
            totals.push(QueryCountWire {
                label: asked.label.clone(),
                query: asked.query.to_string(),
                total: matches.total,
                cells: None,
            });
            let question = Question {
                label: asked.label.clone(),
                query: request.query.clone(),
                heading: format!("{}  {}", asked.label, plural(matches.total, "article")),
                shown: matches.ranked.len(),
            };
            if give(question, matches).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Writes the hits of the questions that `ask` gives, one after the other.
    pub(crate) fn write(
        &self,
        out: &mut Output,
        ask: impl FnOnce(&mut dyn FnMut(Question, Matches) -> ControlFlow<()>) + Send,
    ) -> Result<(), Failure> {
        self.write_start(out)?;
        let mut is_first = true;
        in_order(
            cores(),
            |give| ask(&mut |question, matches| pieces(question, matches, give)),
            || |piece: Piece| self.set(&piece),
            |set| {
                let set = set?;
                // What stands before each but the first.
                let gap = match self.format {
                    Format::Json if is_first => ",".len(),
                    Format::Text if is_first => "\n".len(),
                    _ => 0,
                };
                is_first &= set.is_empty();
                Ok(out.write_all(set.get(gap..).unwrap_or_default())?)
            },
        )
    }

    /// Writes what stands behind the hits: in JSON, how many articles each query
    /// matches.
    pub(crate) fn finish(&self, out: &mut Output, totals: &[QueryCountWire]) -> io::Result<()> {
        if self.format == Format::Json {
            write!(out, "],\"queries\":")?;
            write_json_line(out, &totals)?;
            writeln!(out, "}}")?;
        }
        Ok(())
    }

    fn write_start(&self, out: &mut Output) -> io::Result<()> {
        let columns = || labelled_columns(&self.fields, self.with_words);
        match self.format {
            Format::Json => {
                writeln!(out, "{}\"hits\":[", self.opened.document_start())
            }
            Format::Csv => writeln!(out, "{}", columns().join(",")),
            Format::Tsv => writeln!(out, "{}", columns().join("\t")),
            Format::Text | Format::Jsonl => Ok(()),
        }
    }

    /// Reads hits and sets them in the form that is wanted.
    fn set(&self, piece: &Piece) -> Result<Vec<u8>, Failure> {
        let question = &piece.question;
        let aliases = &self.opened.aliases;
        let search = Search::new(&self.opened.reader, aliases, &question.query)?;
        let mut out = Vec::new();
        if self.format == Format::Text {
            return self.set_text(piece, &search);
        }
        for ranked in &piece.ranked {
            let (mut hit, words) = self.read(&search, ranked)?;
            if let Some(names) = &self.names {
                names.apply_to(&mut hit.article);
            }
            let words = self.with_words.then_some(&words[..]);
            let record = labelled_record(&question.label, &hit, &self.fields, words);
            self.set_record(&mut out, record)?;
        }
        Ok(out)
    }

    fn read(&self, search: &Search<'_>, ranked: &Ranked) -> Result<(Hit, Vec<String>), Failure> {
        if self.with_words {
            return Ok(search.hit_with_words(ranked)?);
        }
        if self.format == Format::Text || self.fields.contains(&Field::Snippet) {
            return Ok((search.hit(ranked)?, Vec::new()));
        }
        // Why it matches is not shown: finding that out takes most of the time.
        let hit = Hit {
            score: ranked.score,
            article: search.article(ranked)?,
            title_marks: Vec::new(),
            snippet: Snippet::default(),
        };
        Ok((hit, Vec::new()))
    }

    fn set_text(&self, piece: &Piece, search: &Search<'_>) -> Result<Vec<u8>, Failure> {
        let mut out = Vec::new();
        if piece.before == 0 {
            writeln!(out, "\n{}", self.style.heading(&piece.question.heading))?;
        }
        let mut hits = HitText::new(&self.style, piece.before + 1, piece.question.shown);
        for ranked in &piece.ranked {
            let (hit, words) = self.read(search, ranked)?;
            hits.write(&mut out, &hit)?;
            hits.write_words(&mut out, &words)?;
        }
        Ok(out)
    }

    fn set_record(&self, out: &mut Vec<u8>, mut record: Record) -> io::Result<()> {
        match self.format {
            Format::Json => {
                out.push(b',');
                write_json_line(out, &record)
            }
            Format::Jsonl => {
                record.values.insert(0, ("version", WIRE_VERSION.into()));
                write_json_line(out, &record)
            }
            Format::Csv | Format::Tsv => {
                let csv = self.format == Format::Csv;
                let format = if csv { RowFormat::Csv } else { RowFormat::Tsv };
                let mut rows = RowWriter::new(out, format, self.cells);
                rows.write_record(&record)?;
                rows.flush()
            }
            Format::Text => Ok(()),
        }
    }
}

/// Gives the hits of a question in pieces; one without hits where it has none, for
/// its heading.
fn pieces(
    question: Question,
    matches: Matches,
    give: &mut dyn FnMut(Piece) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let question = Arc::new(question);
    let mut before = 0;
    loop {
        let ranked: Vec<Ranked> = matches.ranked.iter().skip(before).take(PIECE).copied().collect();
        let given = ranked.len();
        give(Piece { question: Arc::clone(&question), before, ranked })?;
        before += given;
        if before >= matches.ranked.len() {
            return ControlFlow::Continue(());
        }
    }
}
