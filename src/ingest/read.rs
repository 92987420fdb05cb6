//! Reads the articles of one source file.

use std::cell::Cell;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use xxhash_rust::xxh3::Xxh3;

use super::containers::{Bounds, Filled, finish};
use super::delivery::Delivery;
use super::detect::Format;
use super::error::ReadError;
use super::fields::FieldName;
use super::stream::{Hints, Stream, read_stream};
use super::walk::{SourceFile, modified_ns};
use crate::article::Article;

/// The largest article that is read unless another limit is set, in bytes.
/// The longest articles known (magazine pieces, transcripts of hearings) stay
/// below 2 MiB, saved pages with pictures inside below 30 MiB; what is larger
/// is a dump in a form that is not understood, and would fill the memory: a
/// parsed article takes up to ten times its bytes, in each thread that reads.
pub const MAX_ARTICLE_BYTES: usize = 32 << 20;

/// Size of the pieces that files are read in, in bytes: above it, larger
/// pieces no longer read faster.
const PIECE_BYTES: usize = 64 << 10;

/// How source files are to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Names of fields in JSON that stand before the known ones: the name of a
    /// member, or a path of names with dots between.
    pub map: Vec<(FieldName, String)>,
    /// The largest article, in bytes of its file; of formats that hold one
    /// article a file, the largest file.
    pub max_article_bytes: usize,
    /// How much archives and compressed files may unpack to.
    pub bounds: Bounds,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { map: Vec::new(), max_article_bytes: MAX_ARTICLE_BYTES, bounds: Bounds::default() }
    }
}

/// What was learnt of a file besides its articles.
#[derive(Debug)]
pub struct Reading {
    /// The xxh3 hash, of 64 bits, of all its bytes; 0 if `found` broke off the
    /// reading.
    pub hash: u64,
    /// How many bytes were read.
    pub bytes: u64,
    /// Its format.
    pub format: Format,
    /// Whether the encoding of any of its text was guessed, or bytes that are
    /// not valid in it were replaced.
    pub encoding_guessed: bool,
    /// Why it gave fewer articles than it should; those it gave are good.
    pub trouble: Option<ReadError>,
}

/// Streams the articles of `file` to `found`, which may break off.
///
/// # Errors
///
/// When the file gives no article at all, unless it is an export of an index.
pub fn read_articles(
    file: &SourceFile,
    options: &ReadOptions,
    found: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<Reading, ReadError> {
    let handle = File::open(&file.path)?;
    let before = handle.metadata()?;
    let mut delivery = Delivery::new(file, options.bounds, found);
    let read = read_whole_source(&handle, Some(&handle), options, &mut delivery);
    if has_changed(&before, &handle.metadata()?) {
        delivery.report(ReadError::ChangedWhileRead);
    }
    outcome(delivery, read)
}

/// Streams the articles of `source`, which is called `name` and lies in no file, to
/// `found`, which may break off.
///
/// # Errors
///
/// When it gives no article at all.
pub fn read_from(
    name: &str,
    source: impl Read,
    options: &ReadOptions,
    found: &mut dyn FnMut(Article) -> ControlFlow<()>,
) -> Result<Reading, ReadError> {
    let file = SourceFile { path: name.into(), name: name.to_owned(), size: 0, modified_ns: 0 };
    let mut delivery = Delivery::new(&file, options.bounds, found);
    let read = read_whole_source(source, None, options, &mut delivery);
    outcome(delivery, read)
}

/// The hash and number of the bytes of a source.
struct Content {
    hash: u64,
    bytes: u64,
}

/// Reads `source` to its end.
fn read_whole_source(
    source: impl Read,
    file: Option<&File>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> Content {
    let mut source = Filled::new(Hashing::new(source, delivery.meter.read()), PIECE_BYTES);
    let name = &delivery.file.name;
    let stream = Stream { name, source: &mut source, file, depth: 0, hints: Hints::default() };
    let end = finish(read_stream(stream, options, delivery));
    let was_broken_off = matches!(end, Ok(ControlFlow::Break(())));
    if let Err(error) = end.and_then(|_| if was_broken_off { Ok(()) } else { pass(&mut source) }) {
        delivery.report(error.into());
    }
    let source = source.into_inner();
    Content {
        hash: if was_broken_off { 0 } else { source.hash.digest() },
        bytes: source.bytes.get(),
    }
}

/// What is to be told of a source that was read.
fn outcome(delivery: Delivery<'_>, read: Content) -> Result<Reading, ReadError> {
    let Delivery { given, trouble, is_faulty, encoding_guessed, format, .. } = delivery;
    let is_export = format == Some(Format::Export) && trouble.is_none();
    let Some(format) = format.filter(|_| given > 0 || is_export) else {
        return Err(trouble.filter(|_| is_faulty).unwrap_or(ReadError::NoArticles));
    };
    Ok(Reading { hash: read.hash, bytes: read.bytes, format, encoding_guessed, trouble })
}

/// The hash of the file at `path`, as in [`Reading::hash`].
///
/// # Errors
///
/// When it cannot be read.
pub fn content_hash(path: &Path) -> io::Result<u64> {
    let mut source = Filled::new(Hashing::new(File::open(path)?, Rc::default()), PIECE_BYTES);
    pass(&mut source)?;
    Ok(source.into_inner().hash.digest())
}

/// Reads to the end.
fn pass(source: &mut impl BufRead) -> io::Result<()> {
    loop {
        let length = source.fill_buf()?.len();
        if length == 0 {
            return Ok(());
        }
        source.consume(length);
    }
}

fn has_changed(before: &Metadata, after: &Metadata) -> bool {
    before.len() != after.len() || modified_ns(before) != modified_ns(after)
}

/// Hashes and counts the bytes that are read through it.
struct Hashing<R> {
    source: R,
    hash: Xxh3,
    bytes: Rc<Cell<u64>>,
}

impl<R> Hashing<R> {
    fn new(source: R, bytes: Rc<Cell<u64>>) -> Self {
        Self { source, hash: Xxh3::new(), bytes }
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(out)?;
        self.hash.update(&out[..count]);
        self.bytes.set(self.bytes.get() + count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::ops::ControlFlow;
    use std::path::Path;

    use super::{ReadOptions, Reading, content_hash, read_articles};
    use crate::article::Article;
    use crate::ingest::{Naming, ReadError, SourceFile};

    /// A limit that tests can exceed without filling the memory.
    const LIMIT: usize = 1 << 20;

    fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Result<Reading, ReadError>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        let naming = Naming { base: folder.path().to_owned() };
        let file = SourceFile::at(&path, &naming).unwrap();
        let options = ReadOptions { max_article_bytes: LIMIT, ..ReadOptions::default() };
        let mut articles = Vec::new();
        let reading = read_articles(&file, &options, &mut |article| {
            articles.push(article);
            ControlFlow::Continue(())
        });
        if let Ok(reading) = &reading {
            assert_eq!(reading.hash, content_hash(&path).unwrap(), "{name}");
            assert_eq!(reading.bytes, bytes.len() as u64, "{name}");
        }
        (articles, reading)
    }

    fn trouble(name: &str, bytes: &[u8]) -> String {
        match read(name, bytes).1 {
            Err(error) => error.to_string(),
            Ok(reading) => reading.trouble.map(|trouble| trouble.to_string()).unwrap_or_default(),
        }
    }

    #[test]
    fn what_gives_no_article_is_an_error() {
        let long_line = "x".repeat(LIMIT + 1);
        let long_json = format!("{{\"body\": \"{long_line}\"}}");
        let cases: [(&str, &[u8], &str); 10] = [
            ("a.txt", b"", "empty"),
            ("a.txt", b" \r\n\t", "empty"),
            ("a.html", b"\xEF\xBB\xBF\n", "empty"),
            ("a.json", b"\n", "holds no article"),
            ("a.json", b"{\"id\": 1}", "holds no article"),
            ("a.html", b"<html><script>x</script>", "holds no article"),
            (
                "a.json",
                b"{\"title\": \"Rain",
                "cut short: the file ends inside what begins at line 1",
            ),
            ("a.json", b"{\"title\": \"Rain\" x}", "line 1: expected `,` or `}`"),
            ("a.txt", long_line.as_bytes(), "article larger than 1 MiB"),
            ("a.json", long_json.as_bytes(), "line 1: article larger than 1 MiB"),
        ];
        for (name, bytes, message) in cases {
            let (articles, reading) = read(name, bytes);
            assert_eq!(articles, [], "{name}");
            assert_eq!(reading.unwrap_err().to_string(), message, "{name}");
        }
    }

    #[test]
    fn faulty_lines_are_counted_and_the_others_given() {
        let lines = b"{\"title\": \"a\"}\n{\"title\": \n\n{\"id\": 1}\n{]\n{\"title\": \"b\"}\n";
        let (articles, reading) = read("a.jsonl", lines);
        let parts: Vec<&str> = articles.iter().map(|article| article.part.as_str()).collect();
        assert_eq!(parts, ["1", "5"]);
        let message = reading.unwrap().trouble.unwrap().to_string();
        assert_eq!(message, "line 2: EOF while parsing a value (and 2 more)");
    }

    #[test]
    fn every_line_without_an_article_is_counted() {
        let good = "{\"title\": \"a\"}\n";
        for (lines, message) in [
            ("bad\n[]\n5\n{\"foo\":1}\n", "line 2: expected value (and 3 more)"),
            ("{\"foo\":1}\nbad\n[]\n", "line 2: neither a title nor a text (and 2 more)"),
        ] {
            assert_eq!(trouble("a.jsonl", format!("{good}{lines}{good}").as_bytes()), message);
            assert_eq!(trouble("a.json", format!("{good}{lines}{good}").as_bytes()), message);
            let cut = format!("{good}{lines}{{\"title\": \"b");
            let count = lines.lines().count();
            let message = message.split(" (").next().unwrap();
            let line = count + 2;
            assert_eq!(
                trouble("a.jsonl", cut.as_bytes()),
                format!("{message} (and {count} more, the last cut short at line {line})")
            );
        }
        assert_eq!(trouble("a.jsonl", b"5\n[]\n"), "holds no article");
        assert_eq!(
            trouble("a.jsonl", b"5\nbad\n"),
            "line 1: neither a title nor a text (and 1 more)"
        );
    }

    #[test]
    fn cut_files_keep_what_stands_before() {
        let whole = "[{\"title\": \"a\"},\n {\"title\": \"b\"}]";
        assert_eq!(trouble("a.json", whole.as_bytes()), "");
        let message = "cut short: the file ends inside what begins at line 2";
        for end in 19..whole.len() {
            assert_eq!(trouble("a.json", &whole.as_bytes()[..end]), message, "{end}");
        }
        assert_eq!(trouble("a.jsonl", b"{\"title\": \"a\"}\n{\"title\": \"b"), message);
    }

    #[test]
    fn dates_come_from_the_url_before_the_path() {
        let (articles, _) = read(
            "2024/04/14/a.jsonl",
            b"{\"title\": \"a\", \"url\": \"https://gull.example/2024/04/13/a\"}\n\
              {\"title\": \"b\", \"date\": \"some day\"}\n\
              {\"title\": \"c\", \"date\": \"2024-04-12\", \"url\": \"https://gull.example/2024/04/13/c\"}\n",
        );
        let dates: Vec<String> = articles
            .iter()
            .map(|article| {
                let (published, from) = article.published.unwrap();
                format!("{published} {} {}", from.name(), article.date_text)
            })
            .collect();
        assert_eq!(dates, ["2024-04-13 url ", "2024-04-14 path some day", "2024-04-12 metadata "]);
    }

    #[test]
    fn folders_above_the_base_give_their_date_too() {
        let folder = tempfile::tempdir().unwrap();
        for (base, name, date) in [
            ("2024/04/14", "a.txt", "2024-04-14"),
            ("2024/04", "14/a.txt", "2024-04-14"),
            ("2024/04/14", "1998/a.txt", "1998"),
        ] {
            let base = folder.path().join(base);
            let path = base.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "Rain fell.").unwrap();
            let file = SourceFile::at(&path, &Naming { base }).unwrap();
            let mut dates = Vec::new();
            let options = ReadOptions::default();
            read_articles(&file, &options, &mut |article| {
                dates.extend(article.published.map(|(published, _)| published.to_string()));
                ControlFlow::Continue(())
            })
            .unwrap();
            assert_eq!(dates, [date], "{name}");
        }
    }

    #[test]
    fn broken_front_matter_does_not_hide_the_text() {
        let message = "broken front matter in line 2: ";
        let page = b"---\ntitle: a: b\n---\n# Rain\n\nIt fell.\n";
        let (articles, reading) = read("a.md", page);
        assert_eq!((&*articles[0].title, &*articles[0].body), ("Rain", "It fell."));
        assert!(reading.unwrap().trouble.unwrap().to_string().starts_with(message));
        assert!(trouble("a.md", b"---\ntitle: a: b\n---\n").starts_with(message));
    }

    #[test]
    fn encodings_are_told() {
        let utf16: Vec<u8> =
            "\u{feff}{\"title\": \"naïve 😀\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(&str, &[u8], &str, bool); 5] = [
            ("a.json", &utf16, "naïve 😀", false),
            ("a.json", b"\xEF\xBB\xBF{\"title\": \"x\"}", "x", false),
            ("a.json", b"{\"title\": \"caf\xE9 ferm\xE9\"}", "café fermé", true),
            ("a.html", b"<meta charset=latin1><title>caf\xE9</title>", "café", false),
            ("a.json", br#"{"title": "a\ud800 \u0000b"}"#, "a\u{fffd} b", false),
        ];
        for (name, bytes, title, guessed) in cases {
            let (articles, reading) = read(name, bytes);
            assert_eq!(articles[0].title, title);
            assert_eq!(reading.unwrap().encoding_guessed, guessed, "{title}");
        }
    }

    #[test]
    fn reading_can_be_broken_off() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"title\": \"a\"}\n{\"title\": \"b\"}\n").unwrap();
        let file = SourceFile::at(&path, &Naming { base: folder.path().to_owned() }).unwrap();
        let mut count = 0;
        let reading = read_articles(&file, &ReadOptions::default(), &mut |_| {
            count += 1;
            ControlFlow::Break(())
        });
        assert_eq!((count, reading.unwrap().hash), (1, 0));
    }

    #[test]
    fn files_that_vanished_or_changed_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"title\": \"a\"}\n").unwrap();
        let file = SourceFile::at(&path, &Naming { base: folder.path().to_owned() }).unwrap();
        let mut append = |_| {
            fs::write(&path, "{\"title\": \"a\"}\n{\"title\": \"b\"}\n").unwrap();
            ControlFlow::Continue(())
        };
        let reading = read_articles(&file, &ReadOptions::default(), &mut append).unwrap();
        assert!(matches!(reading.trouble, Some(ReadError::ChangedWhileRead)));
        fs::remove_file(&path).unwrap();
        let gone =
            read_articles(&file, &ReadOptions::default(), &mut |_| ControlFlow::Continue(()));
        assert!(matches!(gone, Err(ReadError::NotFound)));
        assert!(content_hash(Path::new("/no such file")).is_err());
    }

    #[test]
    fn hostile_pages_end_soon() {
        let pages = [
            "<div>".repeat(150_000),
            "<b></i><p>".repeat(100_000),
            "<a href=x><table>".repeat(50_000),
            format!("<p {}>", "a=1 ".repeat(200_000)),
            "<svg><td>".repeat(100_000),
            "<p>a</p><!--".repeat(80_000),
            "&amp".repeat(250_000),
        ];
        for page in pages {
            let (_, reading) = read("a.html", format!("<title>x</title>{page}").as_bytes());
            assert!(reading.is_ok());
        }
    }
}
