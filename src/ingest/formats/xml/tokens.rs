//! Cuts a stream of XML into its tokens, whatever is wrong with it.
//!
//! There is no input that is refused: a `<` that begins nothing is text, a tag ends at
//! its `>` or before the next `<`, and the end of the stream ends everything. Which
//! elements the tags make is the business of `records`.

use std::io::{self, BufRead};

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::entities::{Entities, unescaped};
use crate::ingest::decode::{Utf8Reader, decode_guessing};

/// Attributes of one tag that are kept: real ones have some dozens.
const MOST_ATTRIBUTES: usize = 1000;

/// A piece of XML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name attribute="value">`
    Open(Tag),
    /// `</name>`
    Close(String),
    /// Text with its references read, or the content of a CDATA section.
    Text(String),
    /// What is no part of the tree: comments, instructions, declarations.
    Other,
}

/// An opening tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// As written, with its prefix.
    pub(super) name: Box<str>,
    /// Names as written and values, in order.
    pub(super) attributes: Vec<(Box<str>, Box<str>)>,
    /// Whether it ends the element too.
    pub(super) is_empty: bool,
}

/// Reads tokens from a stream.
pub(super) struct Tokens<R> {
    source: Utf8Reader<R>,
    /// The token that is being read.
    bytes: Vec<u8>,
    /// Bytes of a token that are kept: what is longer is cut.
    limit_bytes: usize,
    /// The last two bytes of it, also where it is cut.
    recent: [u8; 2],
    entities: Entities,
    /// The line that is being read, counted from 1.
    pub(super) line: u64,
    /// Bytes that were read.
    pub(super) read_bytes: u64,
    /// Whether bytes that are no UTF-8 were found since this was last set.
    is_guessed: bool,
}

impl<R: BufRead> Tokens<R> {
    pub(super) fn new(source: Utf8Reader<R>, limit_bytes: usize) -> Self {
        Self {
            source,
            bytes: Vec::new(),
            limit_bytes,
            recent: [0; 2],
            entities: Entities::default(),
            line: 1,
            read_bytes: 0,
            is_guessed: false,
        }
    }

    /// The next token; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Token>> {
        self.bytes.clear();
        loop {
            match self.peek()? {
                None if self.bytes.is_empty() => return Ok(None),
                None => return Ok(Some(self.text())),
                Some(b'<') if self.bytes.is_empty() => {
                    self.pass(1);
                    if let Some(token) = self.markup()? {
                        return Ok(Some(token));
                    }
                    self.bytes.push(b'<');
                }
                // Behind a `<` that was taken for text there may be another.
                Some(b'<') => return Ok(Some(self.text())),
                Some(_) => self.take_until(|bytes| memchr(b'<', bytes))?,
            }
        }
    }

    /// Whether the encoding of what was read was guessed, as far as it is known since the
    /// last call of [`Self::trust`].
    pub(super) fn is_guessed(&self) -> bool {
        self.is_guessed || self.source.is_guessed()
    }

    /// Forgets that earlier text was guessed.
    pub(super) fn trust(&mut self) {
        self.is_guessed = false;
    }

    /// What begins with the `<` that was passed; none if that is text.
    fn markup(&mut self) -> io::Result<Option<Token>> {
        match self.peek()? {
            Some(b'/') => {
                self.pass(1);
                self.take_until(|bytes| memchr2(b'>', b'<', bytes))?;
                self.pass_if(b'>')?;
                Ok(Some(Token::Close(self.decoded().trim().to_owned())))
            }
            Some(b'?') => self.take_through([0, b'?']).map(|()| Some(Token::Other)),
            Some(b'!') => {
                self.pass(1);
                self.declaration().map(Some)
            }
            Some(byte) if byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':' | 0x80..) => {
                self.take_tag()?;
                Ok(Some(Token::Open(self.tag())))
            }
            _ => Ok(None),
        }
    }

    /// What begins with the `<!` that was passed.
    fn declaration(&mut self) -> io::Result<Token> {
        if self.pass_all(b"--")? {
            self.take_through(*b"--")?;
        } else if self.pass_all(b"[CDATA[")? {
            self.take_through(*b"]]")?;
            let text = self.decoded();
            return Ok(Token::Text(text.strip_suffix("]]>").unwrap_or(&text).to_owned()));
        } else {
            self.take_until(|bytes| memchr2(b'>', b'[', bytes))?;
            if self.peek()? == Some(b'[') {
                // The subset ends at a bracket; those inside values are hardly ever met.
                self.take_until(|bytes| memchr(b']', bytes))?;
                let subset = self.decoded();
                self.entities.declare(&subset);
                self.take_until(|bytes| memchr(b'>', bytes))?;
            }
            self.pass_if(b'>')?;
        }
        Ok(Token::Other)
    }

    /// Takes the inside of an opening tag, and passes its `>`.
    fn take_tag(&mut self) -> io::Result<()> {
        loop {
            self.take_until(|bytes| memchr3(b'>', b'<', b'=', bytes))?;
            if self.peek()? != Some(b'=') {
                return self.pass_if(b'>');
            }
            self.take_one(b'=');
            self.take_until(|bytes| bytes.iter().position(|byte| !byte.is_ascii_whitespace()))?;
            if let Some(quote @ (b'"' | b'\'')) = self.peek()? {
                self.take_one(quote);
                self.take_until(|bytes| memchr2(quote, b'<', bytes))?;
            }
        }
    }

    /// The opening tag that was taken.
    fn tag(&mut self) -> Tag {
        let text = self.decoded();
        let text = text.trim_end();
        let (text, is_empty) = text.strip_suffix('/').map_or((text, false), |text| (text, true));
        let is_end = |character: char| character.is_whitespace() || character == '/';
        let (name, mut rest) = text.split_at(text.find(is_end).unwrap_or(text.len()));
        let mut attributes = Vec::new();
        while attributes.len() < MOST_ATTRIBUTES
            && let Some((name, value, behind)) = attribute(rest)
        {
            let value = unescaped(value, &self.entities);
            attributes.push((Box::from(name), Box::from(value.as_ref())));
            rest = behind;
        }
        Tag { name: Box::from(name), attributes, is_empty }
    }

    fn text(&mut self) -> Token {
        let text = self.decoded();
        Token::Text(unescaped(&text, &self.entities).into_owned())
    }

    /// What was taken.
    fn decoded(&mut self) -> String {
        self.bytes.truncate(self.limit_bytes);
        let decoded = decode_guessing(&self.bytes);
        self.is_guessed |= decoded.guessed;
        decoded.text.into_owned()
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.source.fill_buf()?.first().copied())
    }

    /// Passes `count` bytes of the buffer.
    fn pass(&mut self, count: usize) {
        self.source.consume(count);
        self.read_bytes += count as u64;
    }

    fn pass_if(&mut self, byte: u8) -> io::Result<()> {
        if self.peek()? == Some(byte) {
            self.pass(1);
        }
        Ok(())
    }

    /// Passes `bytes` if they all follow, else as many of them as do.
    fn pass_all(&mut self, bytes: &[u8]) -> io::Result<bool> {
        for byte in bytes {
            if self.peek()? != Some(*byte) {
                return Ok(false);
            }
            self.pass(1);
        }
        Ok(true)
    }

    /// Takes the next byte, which is `byte` and no line end.
    fn take_one(&mut self, byte: u8) {
        if self.bytes.len() <= self.limit_bytes {
            self.bytes.push(byte);
        }
        self.recent = [self.recent[1], byte];
        self.pass(1);
    }

    /// Takes all up to the place that `find` finds in a piece of the stream, or to the end.
    fn take_until(&mut self, find: impl Fn(&[u8]) -> Option<usize>) -> io::Result<()> {
        loop {
            let available = self.source.fill_buf()?;
            let found = find(available);
            let count = found.unwrap_or(available.len());
            let room = (self.limit_bytes + 1).saturating_sub(self.bytes.len());
            self.bytes.extend_from_slice(&available[..count.min(room)]);
            for byte in &available[count.saturating_sub(2)..count] {
                self.recent = [self.recent[1], *byte];
            }
            self.line += memchr_iter(b'\n', &available[..count]).count() as u64;
            self.pass(count);
            if found.is_some() || count == 0 {
                return Ok(());
            }
        }
    }

    /// Takes all up to `end`, which is `>` behind a pair of bytes, and with it; or to the
    /// end of the stream.
    fn take_through(&mut self, pair: [u8; 2]) -> io::Result<()> {
        self.recent = [0; 2];
        loop {
            self.take_until(|bytes| memchr(b'>', bytes))?;
            if self.peek()?.is_none() {
                return Ok(());
            }
            let is_end = self.recent == pair || (pair[0] == 0 && self.recent[1] == pair[1]);
            self.take_one(b'>');
            if is_end {
                return Ok(());
            }
        }
    }
}

/// The first attribute in `text`, its value without quotes, and what stands behind it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let text =
        text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''));
    if text.is_empty() {
        return None;
    }
    // A name that begins with `=` has that in it, so that every round takes something.
    let is_end = |c: char| c.is_whitespace() || c == '=';
    let end = text.char_indices().skip(1).find(|(_, c)| is_end(*c));
    let (name, rest) = text.split_at(end.map_or(text.len(), |(place, _)| place));
    let Some(value) = rest.trim_start().strip_prefix('=') else { return Some((name, "", rest)) };
    let value = value.trim_start();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    Some(match quote {
        Some(quote) => {
            let (value, rest) = value[1..].split_once(quote).unwrap_or((&value[1..], ""));
            (name, value, rest)
        }
        None => {
            let (value, rest) =
                value.split_at(value.find(char::is_whitespace).unwrap_or(value.len()));
            (name, value, rest)
        }
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::{Token, Tokens};
    use crate::ingest::decode::Utf8Reader;

    /// The tokens of `xml`, read in pieces of `piece` bytes.
    fn shown(xml: &[u8], piece: usize, limit_bytes: usize) -> String {
        let source = Utf8Reader::new(BufReader::with_capacity(piece, xml)).unwrap();
        let mut tokens = Tokens::new(source, limit_bytes);
        let mut out = String::new();
        while let Some(token) = tokens.next().unwrap() {
            match token {
                Token::Open(tag) => {
                    write!(out, "<{}", tag.name).unwrap();
                    for (name, value) in tag.attributes {
                        write!(out, " {name}={value}").unwrap();
                    }
                    out.push_str(if tag.is_empty { "/>" } else { ">" });
                }
                Token::Close(name) => write!(out, "</{name}>").unwrap(),
                Token::Text(text) => write!(out, "[{text}]").unwrap(),
                Token::Other => out.push('.'),
            }
        }
        write!(out, "{}", tokens.line).unwrap();
        out
    }

    #[test]
    fn tokens_are_told_in_pieces_of_any_size() {
        let cases = [
            ("<?xml a='>'?>\n<!-- <b> -> --><a>x</a>", ".[\n].<a>[x]</a>2"),
            ("<a b=\"1\" c:d = 'x>&amp;y' e=f g/>", "<a b=1 c:d=x>&y e=f g=/>1"),
            ("<a/><b />", "<a/><b/>1"),
            ("<![CDATA[a ]] > <b>&amp; ]]]>x", "[a ]] > <b>&amp; ]][x]1"),
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;&d;</a >", ".<a>[c&d;]</a>1"),
            ("<!DOCTYPE a SYSTEM \"b.dtd\">x", ".[x]1"),
            ("a < b <3 << c", "[a ][< b ][<3 ][<][< c]1"),
            ("<a\nb='c\n<d>e", "<a b=c><d>[e]3"),
            ("<a b=\"c", "<a b=c>1"),
            ("</a", "</a>1"),
            ("</a<b>", "</a><b>1"),
            ("<é ü=ö>", "<é ü=ö>1"),
            ("<a b==c \"' =>", "<a b==c ==>1"),
            ("<!", ".1"),
            ("<!-->-->x", ".[x]1"),
            ("<![CDATA[x", "[x]1"),
            ("<", "[<]1"),
        ];
        for (xml, expected) in cases {
            for piece in [1, 2, 3, 1000] {
                assert_eq!(shown(xml.as_bytes(), piece, 1000), expected, "{xml}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_utf8_are_guessed() {
        assert_eq!(shown(b"<a>caf\xE9 no\xEBl</a>", 100, 100), "<a>[café noël]</a>1");
    }

    #[test]
    fn long_tokens_are_cut() {
        for xml in ["<a>xxxxxxxxxxxxxxxxxxxxx</a>", "<a><![CDATA[xxxxxxxxxxxxxxxxx]]></a>"] {
            let tokens = shown(xml.as_bytes(), 7, 5);
            assert_eq!(tokens, "<a>[xxxxx]</a>1");
        }
    }

    proptest! {
        #[test]
        fn any_text_ends(
            xml in "(<|>|</|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<!DOCTYPE|\\[|<\\?|[a='\"/ é&;\n]){0,40}",
            piece in 1_usize..9,
            limit in 0_usize..9,
        ) {
            shown(xml.as_bytes(), piece, limit);
            prop_assert_eq!(shown(xml.as_bytes(), piece, 999), shown(xml.as_bytes(), 999, 999));
        }
    }
}
