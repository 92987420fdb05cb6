//! The text of mixed content: paragraphs, headings, lists and tables of XHTML, of NITF
//! and of formats like them.

use super::tree::{Element, Piece};

/// Elements that stand on lines of their own; all others are parts of a line.
const BLOCKS: [&str; 47] = [
    "address",
    "article",
    "aside",
    "block",
    "blockquote",
    "body",
    "body.content",
    "body.end",
    "bq",
    "caption",
    "center",
    "col",
    "datasource",
    "dd",
    "div",
    "dl",
    "dt",
    "figure",
    "fn",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hedline",
    "hl1",
    "hl2",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "nitf-table",
    "note",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "thead",
    "tr",
    "ul",
];

/// Elements that are no text to be read, or belong to a picture.
const LEFT_OUT: [&str; 21] = [
    "audio",
    "canvas",
    "embed",
    "figcaption",
    "head",
    "iframe",
    "math",
    "media",
    "media-caption",
    "media-metadata",
    "media-producer",
    "media-reference",
    "nitf-table-metadata",
    "noscript",
    "object",
    "script",
    "style",
    "svg",
    "template",
    "title",
    "video",
];

/// The text in `element`, without what `is_left_out` names: paragraphs with an empty line
/// between, items of lists and rows of tables with a line end.
pub(in crate::ingest) fn prose(
    element: Element<'_>,
    is_left_out: impl Fn(Element<'_>) -> bool,
) -> String {
    let mut prose = Prose::default();
    element.walk(
        |inner| is_in(&LEFT_OUT, inner.name()) || is_left_out(inner),
        |piece| match piece {
            Piece::Open(inner) => prose.open(inner.name()),
            Piece::Close(inner) => prose.close(inner.name()),
            Piece::Text(text) => prose.push(text),
        },
    );
    prose.end_line();
    prose.text
}

#[derive(Default)]
struct Prose {
    text: String,
    /// The line that is being written.
    line: String,
    /// Whether that belongs to a list or a table.
    is_item: bool,
    /// Whether the last line of the text does.
    was_item: bool,
    preformatted: u32,
}

impl Prose {
    fn open(&mut self, name: &str) {
        if is_in(&BLOCKS, name) {
            self.end_line();
            // A list behind another is one of its own.
            self.was_item &= self.is_item || !is_in(&["dl", "ol", "table", "ul"], name);
            self.is_item |= is_item(name);
            self.preformatted += u32::from(name.eq_ignore_ascii_case("pre"));
        } else if name.eq_ignore_ascii_case("br") {
            self.line.push('\n');
        } else if is_cell(name) {
            self.push(" ");
        }
    }

    fn close(&mut self, name: &str) {
        if !is_in(&BLOCKS, name) {
            return;
        }
        self.end_line();
        if is_item(name) {
            self.is_item = false;
        }
        self.preformatted -= u32::from(name.eq_ignore_ascii_case("pre"));
    }

    fn push(&mut self, text: &str) {
        if self.preformatted > 0 {
            self.line.push_str(text);
            return;
        }
        for (number, word) in text.split([' ', '\n', '\t', '\r']).enumerate() {
            if number > 0 && !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
    }

    fn end_line(&mut self) {
        let line = self.line.trim();
        if !line.is_empty() {
            if !self.text.is_empty() {
                self.text.push_str(if self.was_item && self.is_item { "\n" } else { "\n\n" });
            }
            self.text.push_str(line);
            self.was_item = self.is_item;
        }
        self.line.clear();
    }
}

fn is_item(name: &str) -> bool {
    is_in(&["dd", "dt", "li", "tr"], name)
}

fn is_cell(name: &str) -> bool {
    is_in(&["td", "th"], name)
}

fn is_in(names: &[&str], name: &str) -> bool {
    names
        .binary_search_by(|known| known.bytes().cmp(name.bytes().map(|b| b.to_ascii_lowercase())))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, LEFT_OUT, prose};
    use crate::ingest::formats::xml::Records;

    #[test]
    fn names_can_be_searched() {
        assert!(BLOCKS.is_sorted() && LEFT_OUT.is_sorted());
    }

    #[test]
    fn mixed_content_becomes_lines() {
        let cases = [
            ("<p>Rain\n <em>fell</em>.</p> <P>Then<br/>sun.</P>", "Rain fell.\n\nThen\nsun."),
            ("<hl2>A</hl2><ul><li>b</li><li><p>c</p></li></ul>d", "A\n\nb\nc\n\nd"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a b\nc"),
            ("<ul><li>a</li></ul><ul><li>b<ul><li>c</li></ul></li></ul>", "a\n\nb\nc"),
            ("a<media><media-caption>b</media-caption></media><x>c</x>", "ac"),
            ("<pre>a\n  b</pre>", "a\n  b"),
            ("<p>a<note>no</note>b</p>", "ab"),
            ("", ""),
        ];
        for (xml, text) in cases {
            let xml = format!("<r>{xml}</r>");
            let mut records = Records::new(xml.as_bytes(), None, &["r"], 10_000).unwrap();
            let record = records.next().unwrap().unwrap().unwrap();
            assert_eq!(prose(record.tree.root().unwrap(), |inner| inner.is("note")), text, "{xml}");
        }
    }
}
