//! What the old collections in SGML share: records between two tags in a stream,
//! entities, paragraphs of indented lines.
//!
//! Their elements hardly nest and are not described by their document types, so
//! that no SGML parser is needed. What the elements mean is the business of each
//! collection.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use memchr::memchr_iter;
use memchr::memmem::find;

use crate::ingest::ReadError;
use crate::ingest::delivery::Delivery;

/// A line of a text that begins with so many spaces begins a paragraph; Reuters has
/// four, in some articles three, as has the Associated Press.
const INDENT: &str = "   ";

/// The tags around a record, in all the forms that they have.
pub(super) struct Tags {
    /// What every record begins with: `<DOC>`, or the start of a tag.
    pub(super) openings: &'static [&'static str],
    /// What it ends with, `>` included.
    pub(super) closings: &'static [&'static str],
}

impl Tags {
    /// Where in `piece` a record begins.
    fn opening_in(&self, piece: &[u8]) -> Option<usize> {
        self.openings.iter().filter_map(|opening| find(piece, opening.as_bytes())).min()
    }

    fn is_closed(&self, piece: &[u8]) -> bool {
        self.closings.iter().any(|closing| piece.ends_with(closing.as_bytes()))
    }
}

/// Streams the records of `source`, each of at most `limit_bytes`, to `give`, with
/// the line where each begins.
pub(super) fn read_records(
    mut source: impl BufRead,
    tags: &Tags,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
    give: impl Fn(&[u8], u64, &mut Delivery<'_>) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut line = 1;
    // The record being read from its opening tag on, and the line of that.
    let mut record: Option<u64> = None;
    let mut bytes = Vec::new();
    loop {
        let start = bytes.len();
        let room = (limit_bytes + 1).saturating_sub(start) as u64;
        source.by_ref().take(room).read_until(b'>', &mut bytes)?;
        let piece = &bytes[start..];
        if let Some(place) = tags.opening_in(piece) {
            if let Some(line) = record.replace(line + count_lines(&piece[..place])) {
                let what = format!("`{}` is missing", tags.closings[0]);
                delivery.report(ReadError::Malformed { line, what });
            }
            line += count_lines(piece);
            bytes.drain(..start + place);
            continue;
        }
        line += count_lines(piece);
        match record {
            _ if piece.is_empty() && start <= limit_bytes => break,
            Some(line) if tags.is_closed(piece) => {
                record = None;
                if give(&bytes, line, delivery).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                bytes.clear();
            }
            Some(line) if bytes.len() > limit_bytes => {
                record = None;
                delivery.report(ReadError::TooLarge { limit_bytes, line: Some(line) });
                bytes.clear();
            }
            Some(_) => {}
            None => bytes.clear(),
        }
    }
    if let Some(line) = record {
        delivery.report(ReadError::Truncated { line });
    }
    Ok(ControlFlow::Continue(()))
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Replaces the entities of Reuters, and those of others that stand in HTML too:
/// numbers, `&lt;`, `&gt;`, `&amp;`.
pub(super) fn unescape(sgml: &str) -> String {
    let mut out = String::with_capacity(sgml.len());
    let mut rest = sgml;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // The longest entity is `&#1114111;`.
        let end = after.bytes().take(9).position(|byte| byte == b';');
        let character = end.and_then(|end| entity(&after[..end]));
        out.push(character.unwrap_or('&'));
        rest = match (character, end) {
            (Some(_), Some(end)) => &after[end + 1..],
            _ => after,
        };
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        // Of the Federal Register, Ziff-Davis and FBIS in the collections of TREC.
        "hyph" => Some('-'),
        "blank" => Some(' '),
        "equals" => Some('='),
        "plus" => Some('+'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "cent" => Some('¢'),
        "pound" => Some('£'),
        "sect" => Some('§'),
        "para" => Some('¶'),
        "bull" => Some('•'),
        "deg" => Some('°'),
        "lsqb" => Some('['),
        "rsqb" => Some(']'),
        "mdash" => Some('—'),
        "ndash" => Some('–'),
        "lsquo" => Some('‘'),
        "rsquo" => Some('’'),
        "ldquo" => Some('“'),
        "rdquo" => Some('”'),
        _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?),
    }
}

/// Joins the lines of a text to paragraphs: a paragraph begins with an
/// indented line or after an empty one.
pub(super) fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut separator = "";
    for line in text.lines() {
        if line.starts_with(INDENT) && !out.is_empty() {
            separator = "\n\n";
        }
        let line = line.trim();
        if line.is_empty() {
            separator = if out.is_empty() { "" } else { "\n\n" };
            continue;
        }
        out.push_str(separator);
        out.push_str(line);
        separator = " ";
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{paragraphs, unescape};

    #[test]
    fn entities_are_replaced() {
        assert_eq!(unescape("a&lt;b&amp;c&#65;&#3;&x;&"), "a<b&cA\u{3}&x;&");
        assert_eq!(unescape("&éééééé;"), "&éééééé;");
        assert_eq!(unescape("1&hyph;2&sect;"), "1-2§");
    }

    #[test]
    fn indented_lines_begin_paragraphs() {
        let text = "One\ntwo.\n    Three\n four.\n   \n Five.";
        assert_eq!(paragraphs(text), "One two.\n\nThree four.\n\nFive.");
    }
}
