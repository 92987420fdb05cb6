//! Tells the format of a source file from its name and its first bytes.

use super::decode::decode;
use super::error::ReadError;
use super::formats::{exports, mail, trec};
use super::index_export::is_export;

/// A format of source files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// JSON: an object, an array, or objects one after the other.
    Json,
    /// JSON Lines: an object on each line.
    JsonLines,
    /// SGML of the collection Reuters-21578.
    Reuters,
    /// A feed: RSS, Atom, or an export of WordPress.
    Feed,
    /// NITF of the IPTC.
    Nitf,
    /// NewsML 1 of the IPTC.
    NewsMl,
    /// NewsML-G2 of the IPTC.
    NewsMlG2,
    /// XML of the collection RCV1.
    Rcv1,
    /// A message, or a page saved as one: MIME.
    Mail,
    /// Messages one after the other: mbox.
    Mailbox,
    /// SGML of the collections of TREC.
    Trec,
    /// A dump of a wiki in the XML of MediaWiki.
    MediaWiki,
    /// A plain text exported from Nexis.
    Nexis,
    /// A plain text exported from Factiva.
    Factiva,
    /// A table with a header line: CSV, TSV.
    Table,
    /// An archive of the web: WARC or ARC.
    Warc,
    /// An export of an index, which is restored by itself and holds no article of its
    /// own.
    Export,
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
            Self::Feed => "feed",
            Self::Nitf => "nitf",
            Self::NewsMl => "newsml",
            Self::NewsMlG2 => "newsml-g2",
            Self::Rcv1 => "rcv1",
            Self::Mail => "mail",
            Self::Mailbox => "mbox",
            Self::Trec => "trec",
            Self::MediaWiki => "mediawiki",
            Self::Nexis => "nexis",
            Self::Factiva => "factiva",
            Self::Table => "csv",
            Self::Warc => "warc",
            Self::Export => "export",
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
const UNREAD: [&str; 10] = ["7z", "doc", "docx", "epub", "odt", "pdf", "rar", "rtf", "yaml", "yml"];

/// Endings of files that are XML, whatever stands before its first element.
const XML_ENDINGS: [&str; 6] = ["atom", "nitf", "rdf", "rss", "wxr", "xml"];

/// Outermost elements and the formats that they begin. Those of NewsML and RCV1 differ by
/// their capitals alone.
const ROOTS: [(&str, Format); 18] = [
    ("rss", Format::Feed),
    ("RDF", Format::Feed),
    ("feed", Format::Feed),
    ("entry", Format::Feed),
    ("channel", Format::Feed),
    ("CHANNEL", Format::Feed),
    ("RSS", Format::Feed),
    ("nitf", Format::Nitf),
    ("NewsML", Format::NewsMl),
    ("NewsItem", Format::NewsMl),
    ("newsMessage", Format::NewsMlG2),
    ("newsItem", Format::NewsMlG2),
    ("packageItem", Format::NewsMlG2),
    ("planningItem", Format::NewsMlG2),
    ("knowledgeItem", Format::NewsMlG2),
    ("conceptItem", Format::NewsMlG2),
    ("newsitem", Format::Rcv1),
    ("mediawiki", Format::MediaWiki),
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
    if let Some(format) = by_first_bytes(head) {
        return Ok(format);
    }
    let file_name = name.rsplit('/').next().unwrap_or(name);
    let ending = file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ending.as_deref().and_then(by_ending);
    let ending = ending.as_deref().unwrap_or_default();
    let unread = || {
        let ending = UNREAD.contains(&ending).then(|| ending.to_owned())?;
        Some(ReadError::UnknownFormat { ending })
    };
    let decoded = decode(head);
    if is_binary(&decoded.text) {
        return Err(unread().unwrap_or(ReadError::Binary));
    }
    let text = decoded.text.trim_start();
    let is_xml = XML_ENDINGS.contains(&ending) || text.starts_with("<?xml");
    let root = if is_xml || text.starts_with('<') { root_element(text) } else { "" };
    let by_root = ROOTS.iter().find(|(name, _)| *name == root).map(|(_, format)| *format);
    match by_root.or_else(|| by_mark(text)).or(known) {
        Some(format) => Ok(format),
        None if is_xml && root.is_empty() => Err(ReadError::NoArticles),
        None if is_xml => Err(ReadError::UnknownXml { root: root.to_owned() }),
        None => unread().map_or_else(|| Ok(by_text(text)), Err),
    }
}

/// The name of the first element of `text`, without prefix; comments, instructions and
/// declarations before it do not matter, nor does text. Empty if there is none.
fn root_element(text: &str) -> &str {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('<') {
        let end = match behind.as_bytes() {
            [b'!', b'-', b'-', ..] => "-->",
            [b'?', ..] => "?>",
            [b'!', ..] => {
                // The internal subset has declarations of its own.
                let head = behind.split_once('>').map_or(behind, |(head, _)| head);
                if head.contains('[') { "]" } else { ">" }
            }
            [first, ..] if first.is_ascii_alphabetic() => {
                let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/' | '<');
                let name = behind.split(is_end).next().unwrap_or(behind);
                return name.rsplit(':').next().unwrap_or(name);
            }
            _ => "",
        };
        rest = behind.split_once(end).map_or("", |(_, rest)| rest);
    }
    ""
}

/// Formats that hold bytes which are no text.
fn by_first_bytes(head: &[u8]) -> Option<Format> {
    if is_export(head) {
        return Some(Format::Export);
    }
    let is_archive = head.starts_with(b"WARC/") || head.starts_with(b"filedesc://");
    is_archive.then_some(Format::Warc)
}

/// Formats whose start is beyond doubt, whatever the file is called.
fn by_mark(text: &str) -> Option<Format> {
    if !text.starts_with('<') {
        return by_header(text).or_else(|| by_export(text));
    }
    if text.contains("<REUTERS ") {
        return Some(Format::Reuters);
    }
    if trec::is_collection(text) {
        return Some(Format::Trec);
    }
    let is_page =
        starts_with_tag(text, "!doctype html") || text.contains("<html") || text.contains("<HTML");
    is_page.then_some(Format::Html)
}

/// Messages, by their first lines: what mail servers and mail programs write into
/// every one, and no other text has.
fn by_header(text: &str) -> Option<Format> {
    let mut lines = text.lines();
    let is_mailbox = mail::is_separator(text.lines().next()?.as_bytes());
    if is_mailbox {
        lines.next();
    }
    let header = lines.take_while(|line| !line.trim().is_empty());
    let names = header.filter_map(|line| Some(line.split_once(':')?.0));
    let marks = names.filter(|name| MAIL_MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(name)));
    match (is_mailbox, marks.count()) {
        (true, 1..) => Some(Format::Mailbox),
        (false, 2..) => Some(Format::Mail),
        _ => None,
    }
}

/// Exports of the databases of the press, by the lines that only they have.
fn by_export(text: &str) -> Option<Format> {
    if exports::is_nexis(text) {
        return Some(Format::Nexis);
    }
    exports::is_factiva(text).then_some(Format::Factiva)
}

/// Headers that only messages have.
const MAIL_MARKS: [&str; 12] = [
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "list-id",
    "list-unsubscribe",
    "reply-to",
    "in-reply-to",
    "dkim-signature",
];

fn by_ending(ending: &str) -> Option<Format> {
    match ending {
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" | "jl" => Some(Format::JsonLines),
        "eml" | "mht" | "mhtml" => Some(Format::Mail),
        "mbox" | "mbx" => Some(Format::Mailbox),
        "csv" | "tsv" | "tab" => Some(Format::Table),
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
            (
                "a",
                "<?xml version='1.0'?>\n<!-- <html> --><?x <y>?><rss version='2.0'>",
                Format::Feed,
            ),
            ("a.rss", "Warning: x <3\n<!DOCTYPE a [<!ENTITY b 'c'>]> <rdf:RDF>", Format::Feed),
            ("a.json", "<feed><title><html>", Format::Feed),
            ("a.xml", "<newsItem>", Format::NewsMlG2),
            ("a.xml", "<newsitem itemid='1'>", Format::Rcv1),
            ("a.xml", "<NewsML><html>", Format::NewsMl),
            ("a.xml", "<!DOCTYPE nitf SYSTEM 'nitf.dtd'><nitf>", Format::Nitf),
            ("a.xml", "\0<\0r\0s\0s\0>", Format::Feed),
            ("a", "WARC/1.0\r\n\0\0\0\0", Format::Warc),
            ("a.gz", "filedesc://a.arc 0.0.0.0 20140216050221 text/plain 75", Format::Warc),
            ("a.csv", "rain", Format::Table),
            ("a", "Message-ID: <a>\nSubject: Rain\nMIME-Version: 1.0\n\nx", Format::Mail),
            ("a.txt", "From: Ann\nSubject: Rain\nDate: 2023-05-04\n\nx", Format::Text),
            ("a", "From a Thu May  4 08:30:00 2023\nMessage-ID: <a>\n", Format::Mailbox),
            ("a.txt", "From May 4 2023, 08:30 on\n\nit rained", Format::Text),
            ("a", "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>", Format::Trec),
            ("a.xml", "<mediawiki xmlns='a'>", Format::MediaWiki),
            ("a.txt", "\n   1 of 20 DOCUMENTS\n", Format::Nexis),
            ("a.txt", "Rain\n12 words\n4 May 2023\n", Format::Factiva),
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
        let error = detect("a.RTF", b"<rtf").unwrap_err();
        assert_eq!(error.to_string(), "`.rtf` files are not read");
        let error = detect("a.txt", b"<?xml version='1.0'?><x:gulls>").unwrap_err();
        assert_eq!(error.to_string(), "xml files of `gulls` are not read");
        let error = detect("a.xml", b"<!-- nothing -->").unwrap_err();
        assert_eq!(error.to_string(), "holds no article");
        for (name, head) in [("a.PDF", &b"%PDF-1.4\n"[..]), ("a.docx", b"PK\x03\x04\0\0\x06\0")] {
            let error = detect(name, head).unwrap_err();
            assert!(matches!(error, ReadError::UnknownFormat { .. }), "{name}: {error}");
        }
        assert_eq!(detect("page.doc", b"<!doctype html><p>x").unwrap(), Format::Html);
    }
}
