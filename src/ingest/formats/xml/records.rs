//! Builds the elements of a stream of XML and hands on those that are records.
//!
//! An end tag closes the innermost element of its name and all inside it; one that
//! closes nothing is passed over. What is around the records, such as the title of a
//! feed, is kept apart, as far as it was read.

use std::io::{self, BufRead};
use std::rc::Rc;

use encoding_rs::Encoding;

use super::tokens::{Tag, Token, Tokens};
use super::tree::{Tree, local};
use crate::ingest::ReadError;
use crate::ingest::decode::Utf8Reader;

/// Elements that may be open at a time; deeper ones count as part of the text around
/// them. Browsers stop nesting at the same depth.
const DEEPEST: usize = 512;

/// Namespaces that may be declared at a time: the richest feeds have some twenty.
const MOST_SPACES: usize = 100;

/// What a node is taken to cost in memory, in bytes, beside its text.
const NODE_BYTES: u64 = 64;

/// Bytes that are kept of any token, whatever the limit of records: no name of an element
/// is longer.
const LEAST_TOKEN_BYTES: usize = 1 << 10;

/// Bytes of all that is kept of what is around the records, nodes included. `siteinfo` of
/// MediaWiki takes some ten thousand; every record may look through it.
const CONTEXT_BYTES: u64 = 64 << 10;

/// Bytes of the longest text around records that is kept: titles and addresses are
/// shorter, and each record may take them over.
const LONGEST_AROUND: usize = 1000;

/// An element that is a record.
#[derive(Debug)]
pub(in crate::ingest) struct Record {
    pub(in crate::ingest) tree: Tree,
    /// The line where it begins, counted from 1.
    pub(in crate::ingest) line: u64,
    /// Whether the encoding of any of its text was guessed.
    pub(in crate::ingest) is_guessed: bool,
}

/// An element that is open.
struct Open {
    name: Box<str>,
    /// Its place in the tree; none if it is not kept.
    place: Option<usize>,
    /// How many namespaces were declared before it.
    spaces: usize,
}

/// The record that is being read.
struct Current {
    tree: Tree,
    /// How many elements are open around it.
    depth: usize,
    line: u64,
    /// Where it began in the stream, in bytes.
    start: u64,
    nodes: u64,
    is_too_large: bool,
}

/// Reads records from a stream.
pub(in crate::ingest) struct Records<'n, R> {
    tokens: Tokens<R>,
    /// The names of the elements that are records.
    names: &'n [&'n str],
    limit_bytes: usize,
    open: Vec<Open>,
    /// Elements that are open beyond the deepest.
    beyond: u64,
    /// Prefixes and the namespaces they stand for, innermost last.
    spaces: Vec<(Box<str>, Rc<str>)>,
    current: Option<Current>,
    context: Tree,
    context_bytes: u64,
    root_line: u64,
    /// A record that begins where another is not closed.
    waiting: Option<Tag>,
}

impl<'n, R: BufRead> Records<'n, R> {
    /// The elements of `source` with one of `names` (without prefix, in any case), each of
    /// at most `limit_bytes`.
    ///
    /// They are decoded as they declare or as was `stated` around them.
    ///
    /// # Errors
    ///
    /// Those of the source.
    pub(in crate::ingest) fn new(
        source: R,
        stated: Option<&'static Encoding>,
        names: &'n [&'n str],
        limit_bytes: usize,
    ) -> io::Result<Self> {
        Ok(Self {
            tokens: Tokens::new(
                Utf8Reader::of_markup(source, stated)?,
                limit_bytes.max(LEAST_TOKEN_BYTES),
            ),
            names,
            limit_bytes,
            open: Vec::new(),
            beyond: 0,
            spaces: Vec::new(),
            current: None,
            context: Tree::default(),
            context_bytes: 0,
            root_line: 1,
            waiting: None,
        })
    }

    /// What was read so far of what is around the records.
    pub(in crate::ingest) fn context(&self) -> &Tree {
        &self.context
    }

    /// The next record, or what is wrong with it; after a fault the reading goes on with
    /// the record that follows. None at the end.
    ///
    /// # Errors
    ///
    /// Those of the source.
    pub(in crate::ingest) fn next(&mut self) -> io::Result<Option<Result<Record, ReadError>>> {
        loop {
            let token = match self.waiting.take() {
                Some(tag) => Some(Token::Open(tag)),
                None => self.tokens.next()?,
            };
            let ended = match token {
                None => return Ok(self.finish()),
                Some(Token::Open(tag)) => self.open(tag),
                Some(Token::Close(name)) => self.close(&name),
                Some(Token::Text(text)) => {
                    self.push_text(text);
                    None
                }
                Some(Token::Other) => None,
            };
            self.check_size();
            if let Some(record) = ended {
                return Ok(Some(self.outcome(record)));
            }
        }
    }

    /// Opens the element of `tag`; gives the record that ends by that.
    fn open(&mut self, tag: Tag) -> Option<Current> {
        if self.open.len() >= DEEPEST {
            self.beyond += u64::from(!tag.is_empty);
            return None;
        }
        let name = local(&tag.name);
        let is_record = self.names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match &self.current {
            Some(current) if is_record => {
                // Records do not nest: the end tag of this one is missing.
                let depth = current.depth;
                self.waiting = Some(tag);
                return self.close_to(depth);
            }
            None if is_record => {
                self.current = Some(Current {
                    tree: Tree::default(),
                    depth: self.open.len(),
                    line: self.tokens.line,
                    start: self.tokens.read_bytes,
                    nodes: 0,
                    is_too_large: false,
                });
                self.tokens.trust();
            }
            _ => {}
        }
        if self.open.is_empty() {
            self.root_line = self.tokens.line;
        }
        let spaces = self.spaces.len();
        self.declare_spaces(&tag.attributes);
        let space = self.space_of(&tag.name);
        let name = tag.name.clone();
        let bytes = tag.attributes.iter().map(|(name, value)| name.len() + value.len()).sum();
        let place = self.kept(bytes).map(|tree| tree.open(tag.name, space, tag.attributes));
        self.open.push(Open { name, place, spaces });
        if tag.is_empty { self.close_to(self.open.len() - 1) } else { None }
    }

    /// Closes the innermost element `name`; gives the record that ends by that.
    fn close(&mut self, name: &str) -> Option<Current> {
        if self.beyond > 0 {
            self.beyond -= 1;
            return None;
        }
        let is_named = |open: &Open| open.name.eq_ignore_ascii_case(name);
        let depth = self.open.iter().rposition(is_named)?;
        self.close_to(depth)
    }

    /// Closes elements until no more than `depth` are open.
    fn close_to(&mut self, depth: usize) -> Option<Current> {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { break };
            self.spaces.truncate(open.spaces);
            let tree = match &mut self.current {
                Some(current) => &mut current.tree,
                None => &mut self.context,
            };
            if let Some(place) = open.place {
                tree.close(place);
            }
            // What is left open is around the record.
            if self.current.as_ref().is_some_and(|current| current.depth >= self.open.len()) {
                self.close_around(depth);
                return self.current.take();
            }
        }
        None
    }

    /// Closes the elements around the record until no more than `depth` are open.
    fn close_around(&mut self, depth: usize) {
        for open in self.open.drain(depth.min(self.open.len())..).rev() {
            self.spaces.truncate(open.spaces);
            if let Some(place) = open.place {
                self.context.close(place);
            }
        }
    }

    fn push_text(&mut self, text: String) {
        let is_outside = self.current.is_none();
        let is_kept = !is_outside || (text.len() <= LONGEST_AROUND && !text.trim().is_empty());
        if is_kept && let Some(tree) = self.kept(text.len()) {
            tree.push_text(text);
        }
    }

    /// The tree that the next node of so many bytes belongs to; none if it is not to be
    /// kept.
    fn kept(&mut self, bytes: usize) -> Option<&mut Tree> {
        if let Some(current) = &mut self.current {
            current.nodes += 1;
            return (!current.is_too_large).then_some(&mut current.tree);
        }
        self.context_bytes += bytes as u64 + NODE_BYTES;
        (self.context_bytes < CONTEXT_BYTES).then_some(&mut self.context)
    }

    /// Lets go of a record that is larger than the limit, so that it is only passed over.
    fn check_size(&mut self) {
        let Some(current) = &mut self.current else { return };
        let size = self.tokens.read_bytes - current.start + current.nodes * NODE_BYTES;
        if size > self.limit_bytes as u64 && !current.is_too_large {
            current.is_too_large = true;
            current.tree = Tree::default();
            for open in &mut self.open[current.depth..] {
                open.place = None;
            }
        }
    }

    /// The record that ended, or why it is none.
    fn outcome(&self, ended: Current) -> Result<Record, ReadError> {
        if ended.is_too_large {
            let limit_bytes = self.limit_bytes;
            return Err(ReadError::TooLarge { limit_bytes, line: Some(ended.line) });
        }
        let is_guessed = self.tokens.is_guessed();
        Ok(Record { tree: ended.tree, line: ended.line, is_guessed })
    }

    /// At the end of the stream: what is still open was cut short.
    fn finish(&mut self) -> Option<Result<Record, ReadError>> {
        if self.open.is_empty() {
            return None;
        }
        let line = self.current.take().map_or(self.root_line, |current| current.line);
        self.open.clear();
        Some(Err(ReadError::Truncated { line }))
    }

    fn declare_spaces(&mut self, attributes: &[(Box<str>, Box<str>)]) {
        for (name, value) in attributes {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            if self.spaces.len() < MOST_SPACES && prefix.len() + value.len() <= LONGEST_AROUND {
                self.spaces.push((Box::from(prefix), Rc::from(value.as_ref())));
            }
        }
    }

    /// The namespace of an element that is called `name`.
    fn space_of(&self, name: &str) -> Rc<str> {
        let (prefix, _) = name.split_once(':').unwrap_or_default();
        let declared = self.spaces.iter().rev().find(|(known, _)| **known == *prefix);
        declared.map_or_else(|| Rc::from(prefix), |(_, space)| Rc::clone(space))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::{DEEPEST, Records};
    use crate::ingest::formats::xml::tree::{Element, Piece};

    fn written(element: Element<'_>) -> String {
        let mut out = format!("<{}>", element.name());
        element.walk(
            |_| false,
            |piece| match piece {
                Piece::Open(inner) => write!(out, "<{}>", inner.name()).unwrap(),
                Piece::Close(_) => out.push_str("</>"),
                Piece::Text(text) => out.push_str(text),
            },
        );
        out
    }

    /// The records `r` of `xml`, the faults, and what is around them.
    fn shown(xml: &[u8], piece: usize, limit_bytes: usize) -> String {
        let source = BufReader::with_capacity(piece, xml);
        let mut records = Records::new(source, None, &["r"], limit_bytes).unwrap();
        let mut out = String::new();
        while let Some(record) = records.next().unwrap() {
            match record {
                Ok(record) => {
                    let root = record.tree.root().unwrap();
                    write!(out, "{} {}; ", record.line, written(root)).unwrap();
                }
                Err(fault) => write!(out, "{fault}; ").unwrap(),
            }
        }
        let around = records.context().root().map(written);
        out + &around.unwrap_or_default()
    }

    #[test]
    fn records_are_handed_on_and_what_is_around_is_kept() {
        let cases = [
            ("<a><t>x</t>\n<r>1</r><r>\n2</r><u/></a>", "2 <r>1; 2 <r>\n2; <a><t>x</><u></>"),
            ("<r/>", "1 <r>; "),
            ("<a><r><b>1</a>", "1 <r><b>1</>; <a>"),
            (
                "<a><r>1<r>2</r>",
                "1 <r>1; 1 <r>2; cut short: the file ends inside what begins at line 1; <a>",
            ),
            ("<a><r><b><r>1</r></b></r></a>", "1 <r><b></>; 1 <r>1; <a>"),
            ("<a><r>1</x></b>2</r></a>", "1 <r>12; <a>"),
            (
                "<a>\n<r>1</r><r>\n2",
                "2 <r>1; cut short: the file ends inside what begins at line 2; <a>",
            ),
            ("<p:R>1</p:R>", "1 <R>1; "),
            ("x", ""),
            ("", ""),
        ];
        for (xml, expected) in cases {
            for piece in [100, 3, 1] {
                assert_eq!(shown(xml.as_bytes(), piece, 10_000), expected, "{xml}");
            }
        }
    }

    #[test]
    fn large_records_are_passed_over() {
        let long = format!("<a><r>{}</r><r>2</r></a>", "<b>x</b>".repeat(100));
        let expected = "line 1: article larger than 0 MiB; 1 <r>2; <a>";
        assert_eq!(shown(long.as_bytes(), 100, 1000), expected);
        let long = format!("<a><r>{}</r><r>2</r></a>", "x".repeat(2000));
        assert_eq!(shown(long.as_bytes(), 100, 1000), expected);
        let long = format!("<a>{}<r>2</r></a>", "<b>x</b>".repeat(1_000_000));
        assert!(shown(long.as_bytes(), 10_000, 1000).len() < 1 << 20);
    }

    #[test]
    fn deep_nesting_ends() {
        let deep = format!("<r>{}1{}</r><r>2</r>", "<b>".repeat(100_000), "</b>".repeat(100_000));
        let records = shown(deep.as_bytes(), 10_000, 100 << 20);
        assert_eq!(records.matches("<b>").count(), DEEPEST - 1);
        assert!(records.ends_with("1 <r>2; "), "{}", &records[records.len() - 60..]);
    }

    #[test]
    fn every_encoding_of_the_web_is_decoded() {
        let xml = |name: &str| format!("<?xml version='1.0' encoding='{name}'?><r>caf\u{e9}</r>");
        let utf16 = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            xml("utf-16").encode_utf16().flat_map(to_bytes).collect()
        };
        let latin = |name| xml(name).chars().map(|letter| letter as u8).collect::<Vec<u8>>();
        let files = [
            xml("utf-8").into_bytes(),
            xml("iso-8859-1").into_bytes(),
            format!("\u{feff}{}", xml("utf-8")).into_bytes(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
            [&[0xFF, 0xFE], utf16(u16::to_le_bytes).as_slice()].concat(),
            latin("iso-8859-1"),
            latin("utf-8"),
        ];
        for file in files {
            assert_eq!(shown(&file, 100, 1000), "1 <r>café; ");
        }
    }

    #[test]
    fn namespaces_are_told() {
        let xml = concat!(
            "<a xmlns='urn:a' xmlns:b='urn:b'><r><b:c/><d:e/><f xmlns='urn:f'><g/></f><h/></r>",
            "<r xmlns='urn:r'/><r/></a>",
        );
        let mut records = Records::new(xml.as_bytes(), None, &["r"], 10_000).unwrap();
        let mut next = || records.next().unwrap().unwrap().unwrap().tree;
        let first = next();
        let root = first.root().unwrap();
        let spaces: Vec<&str> = root.descendants().map(Element::space).collect();
        assert_eq!(spaces, ["urn:b", "d", "urn:f", "urn:f", "urn:a"]);
        assert_eq!(next().root().unwrap().space(), "urn:r");
        assert_eq!(next().root().unwrap().space(), "urn:a");
    }

    proptest! {
        #[test]
        fn any_text_ends(
            xml in "(<r>|</r>|<a>|</a>|<b xmlns='c'/>|<|>|&lt;|x|\n){0,40}",
            piece in 1_usize..9,
            limit in 0_usize..300,
        ) {
            let all = shown(xml.as_bytes(), piece, 10_000);
            let without_faults = |text: &str| text.matches("; ").count();
            // What is too large is reported in its place.
            prop_assert_eq!(without_faults(&shown(xml.as_bytes(), piece, limit)), without_faults(&all));
        }
    }
}
