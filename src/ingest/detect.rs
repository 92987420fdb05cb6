//! Tells the format of a source file from its name and its first bytes.

use super::decode::decode;
use super::error::ReadError;

/// A format of source files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// JSON: an object, an array, or objects one after the other.
    Json,
    /// JSON Lines: an object on each line.
    JsonLines,
    /// SGML of the collection Reuters-21578.
    Reuters,
    /// A web page.
    Html,
    /// Markdown, also with YAML front matter.
    Markdown,
    /// Plain text, also with header lines.
    Text,
}

impl Format {
    /// The word for it in output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Reuters => "reuters",
            Self::Html => "html",
            Self::Markdown => "markdown",
            Self::Text => "text",
        }
    }
}

/// Bytes at the start of a file that decide on its format. Pages may begin
/// with some lines of comments; `git` looks at 8,000 bytes to tell text.
pub(crate) const HEAD_BYTES: usize = 8 << 10;

/// A file is binary if more than one in so many of its first bytes is a
/// control character that texts do not hold. In random bytes one in nine is,
/// in UTF-16 without a mark one in two; a stray NUL in a text is one in
/// hundreds.
const ONE_CONTROL_IN: usize = 32;

/// Endings of formats that may hold articles or tables but are not read: as
/// plain text they would give articles made of tags, or nothing.
const UNREAD: [&str; 21] = [
    "7z", "atom", "csv", "doc", "docx", "eml", "epub", "mbox", "mht", "mhtml", "nitf", "odt",
    "pdf", "rar", "rss", "rtf", "tsv", "warc", "xml", "yaml", "yml",
];

/// The format of the file `name` that begins with `head`.
///
/// # Errors
///
/// [`ReadError::Empty`], [`ReadError::UnknownFormat`] for a format that is not
/// read, or [`ReadError::Binary`] for other files that are no text.
pub(crate) fn detect(name: &str, head: &[u8]) -> Result<Format, ReadError> {
    let head = &head[..head.len().min(HEAD_BYTES)];
    if head.is_empty() {
        return Err(ReadError::Empty);
    }
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ending.as_deref().and_then(by_ending);
    let unread = || {
        let ending = ending.filter(|ending| UNREAD.contains(&ending.as_str()))?;
        Some(ReadError::UnknownFormat { ending })
    };
    let decoded = decode(head);
    if is_binary(&decoded.text) {
        return Err(unread().unwrap_or(ReadError::Binary));
    }
    let text = decoded.text.trim_start();
    match by_mark(text).or(known) {
        Some(format) => Ok(format),
        None => unread().map_or_else(|| Ok(by_text(text)), Err),
    }
}

/// Formats whose start is beyond doubt, whatever the file is called.
fn by_mark(text: &str) -> Option<Format> {
    if !text.starts_with('<') {
        return None;
    }
    if text.contains("<REUTERS ") {
        return Some(Format::Reuters);
    }
    let is_page =
        starts_with_tag(text, "!doctype html") || text.contains("<html") || text.contains("<HTML");
    is_page.then_some(Format::Html)
}

fn by_ending(ending: &str) -> Option<Format> {
    match ending {
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" | "jl" => Some(Format::JsonLines),
        "html" | "htm" | "xhtml" | "shtml" => Some(Format::Html),
        "md" | "markdown" | "mdown" | "mkd" => Some(Format::Markdown),
        _ => None,
    }
}

/// By the first characters, in files whose names say nothing.
fn by_text(text: &str) -> Format {
    let then = |open: char, next: char| {
        text.strip_prefix(open).is_some_and(|rest| rest.trim_start().starts_with(next))
    };
    if then('{', '"') || then('[', '{') {
        return Format::Json;
    }
    let tags = ["head", "body", "title", "meta", "article", "div", "p", "h1"];
    if tags.iter().any(|tag| starts_with_tag(text, tag)) { Format::Html } else { Format::Text }
}

/// Whether `text` begins with `<` and `tag`, in any case, as a whole word.
fn starts_with_tag(text: &str, tag: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else {
        return false;
    };
    rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
        && !rest[tag.len()..].starts_with(|next: char| next.is_alphanumeric())
}

fn is_binary(text: &str) -> bool {
    let is_control = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31);
    let controls = text.bytes().filter(is_control).count();
    text.starts_with("%PDF-") || (controls > 1 && controls * ONE_CONTROL_IN > text.len())
}

#[cfg(test)]
mod tests {
    use super::{Format, detect};
    use crate::ingest::ReadError;

    #[test]
    fn formats_are_told() {
        let cases = [
            ("a.json", "{", Format::Json),
            ("a.JSONL", "x", Format::JsonLines),
            ("a.b/c", "rain", Format::Text),
            ("a", "\u{feff} {\"a\": 1}", Format::Json),
            ("a.txt", "[\n  {\"a\": 1}]", Format::Json),
            ("a.txt", "[1] See below. {", Format::Text),
            ("a.txt", "<!DOCTYPE html><p>x", Format::Html),
            ("a.md", "<html lang=en>", Format::Html),
            ("a", "<P>x", Format::Html),
            ("a.txt", "<pre-war> costs", Format::Text),
            ("a.sgm", "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n<REUTERS A=\"1\">", Format::Reuters),
            ("a.md", "# Rain", Format::Markdown),
            ("README.txt", "Rain", Format::Text),
            ("a.xml", "<?xml version='1.0'?><html xmlns=''>", Format::Html),
        ];
        for (name, head, format) in cases {
            assert_eq!(detect(name, head.as_bytes()).unwrap(), format, "{name} {head}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0";
        let utf16_without_mark = b"R\0a\0i\0n\0";
        for bytes in [&png[..], utf16_without_mark, b"%PDF-1.4\n%text", &[0; 100]] {
            assert!(matches!(detect("a.txt", bytes), Err(ReadError::Binary)));
        }
        assert!(matches!(detect("a.txt", b""), Err(ReadError::Empty)));
        assert!(detect("a.txt", b"a stray \0 in a text").is_ok());
        assert!(detect("a.txt", b"\xFF\xFER\0a\0i\0n\0").is_ok());
    }

    #[test]
    fn formats_that_are_not_read_are_named() {
        let error = detect("feed.XML", b"<?xml version='1.0'?><rss>").unwrap_err();
        assert_eq!(error.to_string(), "`.xml` files are not read");
        for (name, head) in [("a.PDF", &b"%PDF-1.4\n"[..]), ("a.docx", b"PK\x03\x04\0\0\x06\0")] {
            let error = detect(name, head).unwrap_err();
            assert!(matches!(error, ReadError::UnknownFormat { .. }), "{name}: {error}");
        }
        assert_eq!(detect("page.doc", b"<!doctype html><p>x").unwrap(), Format::Html);
    }
}
