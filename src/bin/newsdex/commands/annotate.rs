//! `newsdex annotate`: what is recognised in files, without an index.

use std::fs;
use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use newsdex::annotate::Annotator;
use newsdex::annotate::recogniser::RecogniserMemory;
use newsdex::article::Article;
use newsdex::index::{StoredArticle, cores};
use newsdex::ingest::{
    Naming, ReadError, ReadOptions, Reading, Selector, SourceFile, read_articles, read_from, walk,
};
use newsdex::output::{
    ANNOTATED_COLUMNS, AnnotatedWire, Cells, Field, Offsets, RowFormat, RowWriter, WIRE_VERSION,
    article_record, safe_line, write_json_line,
};

use crate::args::Format;
use crate::failure::{Failure, SOME_UNREAD};
use crate::in_order::in_order;
use crate::output::Output;
use crate::reading::{BoundArguments, SelectionArguments};
use crate::recognition::RecognitionArguments;
use crate::settings::Settings;

/// Print the people, organizations and places that texts name
///
/// Prints one object for each article, with an entry for each mention: what it
/// names (kind and name), its text, and where it stands, in bytes. Reads what
/// `index` reads, needs no index and makes none.
#[derive(Debug, Args)]
#[command(
    before_help = "Examples:\n  newsdex annotate article.txt --plain\n  newsdex annotate pages/ --fields title,date,text\n  newsdex annotate ~/news | jq -r '.entities[] | select(.kind == \"person\").name' | sort | uniq -c\n  pbpaste | newsdex annotate - --plain --format text"
)]
pub(crate) struct Arguments {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Take each file whole as plain text in UTF-8, without title or header
    /// lines; offsets are into the file
    #[arg(long)]
    plain: bool,
    /// Give the title and the body that offsets point into, too
    #[arg(long, conflicts_with = "plain")]
    texts: bool,
    /// Give these fields of each article instead of the mentions: `title,date,text`, or any
    /// that `search --fields` takes
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', conflicts_with_all = ["plain", "texts"])]
    fields: Vec<Field>,
    #[command(flatten)]
    recognition: RecognitionArguments,
    /// Threads that recognise [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// The form of the results
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", conflicts_with = "json")]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: SelectionArguments,
    #[command(flatten)]
    bounds: BoundArguments,
}

impl Arguments {
    const fn format(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }

    /// What annotates the articles; names are looked for only if somebody wants them.
    fn annotator(&self) -> Result<Annotator, Failure> {
        let wants_names =
            self.fields.is_empty() || self.fields.iter().any(|field| field.is_of_entities());
        Ok(if wants_names {
            Annotator::new(self.recognition.recogniser()?)
        } else {
            Annotator::default()
        })
    }
}

/// Bytes of text that a thread is given at a time: some milliseconds of work.
const BATCH_BYTES: usize = 64 << 10;

/// An article, and where it is from.
struct Piece {
    file: Arc<str>,
    article: Article,
    offsets: Offsets,
}

pub(crate) fn run(arguments: &Arguments, settings: &Settings) -> Result<ExitCode, Failure> {
    let format = arguments.format();
    if arguments.texts && !matches!(format, Format::Json | Format::Jsonl) {
        return Err(Failure::new("`--texts` needs `--format` json or jsonl"));
    }
    if format == Format::Text && !arguments.fields.is_empty() {
        return Err(Failure::new("`--fields` needs `--format` json, jsonl, csv or tsv"));
    }
    if let Some(field) = arguments.fields.iter().find(|field| field.is_of_index()) {
        return Err(Failure::new(format_args!("only an index knows `{}`", field.name())));
    }
    let annotator = arguments.annotator()?;
    // Globs are relative to where the paths that were typed are.
    let selector = arguments.selection.selector(Path::new(""))?;
    let threads = arguments.threads.unwrap_or_else(cores);
    let some_unread = AtomicBool::new(false);
    let cells = settings.cells;
    let mut out = Output::plain();
    let mut is_first = true;
    write_start(&mut out, format, &arguments.fields)?;
    in_order(
        threads.max(1),
        |give| read(arguments, &selector, give, &some_unread),
        || {
            let mut memory = RecogniserMemory::default();
            let annotator = &annotator;
            let fields = &arguments.fields;
            move |pieces: Vec<Piece>| {
                annotated(annotator, &mut memory, &pieces, fields, format, cells)
            }
        },
        |written| {
            let written = written?;
            let comma = if is_first && format == Format::Json { JSON_COMMA.len() } else { 0 };
            is_first &= written.is_empty();
            Ok(out.write_all(written.get(comma..).unwrap_or_default())?)
        },
    )?;
    if format == Format::Json {
        out.write_all(b"]}\n")?;
    }
    out.finish()?;
    let unread = some_unread.load(Ordering::Relaxed);
    Ok(if unread { ExitCode::from(SOME_UNREAD) } else { ExitCode::SUCCESS })
}

/// What stands before each object but the first of a list in JSON.
const JSON_COMMA: &str = ",";

fn write_start(out: &mut Output, format: Format, fields: &[Field]) -> Result<(), Failure> {
    let names = FILE_COLUMNS.into_iter().chain(fields.iter().map(|field| field.name()));
    let columns =
        if fields.is_empty() { ANNOTATED_COLUMNS.to_vec() } else { names.collect::<Vec<_>>() };
    match format {
        Format::Json => writeln!(out, "{{\"version\":{WIRE_VERSION},\"articles\":[")?,
        Format::Csv => writeln!(out, "{}", columns.join(","))?,
        Format::Tsv => writeln!(out, "{}", columns.join("\t"))?,
        Format::Text | Format::Jsonl => {}
    }
    Ok(())
}

/// Annotates articles and gives what is to be printed of them.
fn annotated(
    annotator: &Annotator,
    memory: &mut RecogniserMemory,
    pieces: &[Piece],
    fields: &[Field],
    format: Format,
    cells: Cells,
) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for piece in pieces {
        let annotations = annotator.annotate(&piece.article, memory);
        if !fields.is_empty() {
            let article = StoredArticle::of(&piece.article, &annotations, &piece.file, 0);
            write_fields(&mut out, &article, fields, format, cells)?;
            continue;
        }
        let wire =
            AnnotatedWire::new(&piece.file, &piece.article.part, &annotations, piece.offsets);
        match format {
            Format::Text => wire.write_text(&mut out)?,
            Format::Jsonl => wire.write_json_line(&mut out)?,
            Format::Json => {
                out.extend(JSON_COMMA.as_bytes());
                wire.write_json_line(&mut out)?;
            }
            Format::Csv | Format::Tsv => {
                let format = if format == Format::Csv { RowFormat::Csv } else { RowFormat::Tsv };
                let mut rows = RowWriter::new(&mut out, format, cells);
                wire.write_rows(&mut rows)?;
                rows.flush()?;
            }
        }
    }
    Ok(out)
}

/// What stands before the fields of each article.
const FILE_COLUMNS: [&str; 2] = ["file", "part"];

/// Writes the fields of an article.
fn write_fields(
    out: &mut Vec<u8>,
    article: &StoredArticle,
    fields: &[Field],
    format: Format,
    cells: Cells,
) -> io::Result<()> {
    let mut record = article_record(article, fields);
    let place = FILE_COLUMNS.into_iter().zip([&article.path, &article.part]);
    record.values.splice(0..0, place.map(|(name, value)| (name, value.as_str().into())));
    match format {
        Format::Csv | Format::Tsv => {
            let format = if format == Format::Csv { RowFormat::Csv } else { RowFormat::Tsv };
            let mut rows = RowWriter::new(out, format, cells);
            rows.write_record(&record)?;
            rows.flush()
        }
        Format::Json | Format::Jsonl | Format::Text => {
            if format == Format::Json {
                out.extend(JSON_COMMA.as_bytes());
            }
            // As beside mentions: articles that are alone in their file have no part.
            record.values.retain(|(name, value)| *name != FILE_COLUMNS[1] || *value != "");
            write_json_line(out, &record)
        }
    }
}

/// Reads all files and gives their articles in batches.
fn read(
    arguments: &Arguments,
    selector: &Selector,
    give: &mut dyn FnMut(Vec<Piece>) -> ControlFlow<()>,
    some_unread: &AtomicBool,
) {
    let offsets = if arguments.texts { Offsets::IntoGivenArticle } else { Offsets::IntoArticle };
    let options = arguments.bounds.read_options();
    let mut reader = Reader {
        batch: Vec::new(),
        bytes: 0,
        give,
        plain: arguments.plain,
        offsets,
        selector,
        options: &options,
        some_unread,
    };
    for path in &arguments.paths {
        if reader.path(path).is_break() {
            return;
        }
    }
    // Whether anybody wants it makes no difference at the end.
    let _ = reader.hand_on();
}

/// Gathers articles to batches.
struct Reader<'a> {
    batch: Vec<Piece>,
    /// Bytes of text in the batch.
    bytes: usize,
    give: &'a mut dyn FnMut(Vec<Piece>) -> ControlFlow<()>,
    plain: bool,
    offsets: Offsets,
    selector: &'a Selector,
    options: &'a ReadOptions,
    some_unread: &'a AtomicBool,
}

impl Reader<'_> {
    fn path(&mut self, path: &Path) -> ControlFlow<()> {
        if path == Path::new("-") {
            return self.standard_input();
        }
        let mut end = ControlFlow::Continue(());
        // Paths as they were typed.
        let naming = Naming { base: PathBuf::new() };
        let selector = self.selector;
        walk(path, &naming, selector, &mut |found| {
            if end.is_break() {
                return;
            }
            end = match found {
                Ok(file) => self.file(&file),
                Err(trouble) => {
                    self.report(&trouble.name, &trouble.reason.to_string());
                    ControlFlow::Continue(())
                }
            };
        });
        end
    }

    fn standard_input(&mut self) -> ControlFlow<()> {
        if self.plain {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            return self.plain_text("-", read.map(|_| bytes));
        }
        self.articles("-", |options, found| read_from("-", io::stdin(), options, found))
    }

    fn file(&mut self, file: &SourceFile) -> ControlFlow<()> {
        let name = file.path.to_str().unwrap_or(&file.name);
        if self.plain {
            return self.plain_text(name, fs::read(&file.path));
        }
        self.articles(name, |options, found| read_articles(file, options, found))
    }

    /// Takes the articles that `read` gives of the file `name`.
    fn articles(
        &mut self,
        name: &str,
        read: impl FnOnce(
            &ReadOptions,
            &mut dyn FnMut(Article) -> ControlFlow<()>,
        ) -> Result<Reading, ReadError>,
    ) -> ControlFlow<()> {
        let shared: Arc<str> = name.into();
        let mut end = ControlFlow::Continue(());
        let options = self.options;
        let mut found = |article: Article| {
            let piece = Piece { file: Arc::clone(&shared), article, offsets: self.offsets };
            end = self.add(piece);
            end
        };
        // One file on which a reader fails must not end all.
        let read = panic::catch_unwind(AssertUnwindSafe(|| read(options, &mut found)));
        let trouble = match read {
            Ok(Ok(reading)) => reading.trouble.map(|trouble| trouble.to_string()),
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("the reader failed on it, which is a defect of newsdex".to_owned()),
        };
        if let Some(trouble) = trouble {
            self.report(name, &trouble);
        }
        end
    }

    fn plain_text(&mut self, name: &str, read: io::Result<Vec<u8>>) -> ControlFlow<()> {
        let text = match read.map(String::from_utf8) {
            Ok(Ok(text)) => text,
            Ok(Err(error)) => {
                let byte = error.utf8_error().valid_up_to();
                let reason = format!("not UTF-8 at byte {byte}, so offsets would not be into it");
                self.report(name, &reason);
                return ControlFlow::Continue(());
            }
            Err(cause) => {
                self.report(name, &ReadError::from(cause).to_string());
                return ControlFlow::Continue(());
            }
        };
        let article = Article { body: text, ..Article::default() };
        self.add(Piece { file: name.into(), article, offsets: Offsets::IntoFile })
    }

    fn add(&mut self, piece: Piece) -> ControlFlow<()> {
        self.bytes += piece.article.text_bytes();
        self.batch.push(piece);
        if self.bytes >= BATCH_BYTES { self.hand_on() } else { ControlFlow::Continue(()) }
    }

    fn hand_on(&mut self) -> ControlFlow<()> {
        self.bytes = 0;
        (self.give)(std::mem::take(&mut self.batch))
    }

    fn report(&self, name: &str, reason: &str) {
        self.some_unread.store(true, Ordering::Relaxed);
        // Where standard error is closed nobody can be told.
        let _ = writeln!(
            io::stderr(),
            "warning: cannot read `{}`: {}",
            safe_line(name),
            safe_line(reason)
        );
    }
}
