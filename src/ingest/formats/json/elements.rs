//! Splits JSON of any shape into its top-level elements, in bounded memory:
//! a single object, objects one after the other, JSON Lines, an array, and an
//! object too large for memory with an array in it.
//!
//! Whether an element is valid JSON, and what it means, is the business of
//! `json`.

use std::io::{self, BufRead};

use memchr::memchr;

use super::scanner::{End, Nesting, Scanner};
use crate::ingest::ReadError;

/// Bytes of an object that are held before it is taken for a wrapper, when it
/// then is inside an array of objects. A parsed object takes some ten times its
/// bytes of memory; an article with so long a list of objects is none of news.
const WRAPPER_BYTES: usize = 4 << 20;

/// The bytes of one element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// From its first byte to its last; not checked to be valid JSON.
    pub(super) bytes: &'a [u8],
    /// The line where it begins, counted from 1.
    pub(super) line: u64,
    /// Its number among the elements, faulty ones too, counted from 1; 0 if it
    /// is the whole file rather than a member of a series.
    pub(super) number: u64,
    /// Whether the file ends behind it.
    pub(super) is_last: bool,
}

/// How the elements follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Not known yet.
    Start,
    /// Values, one after the other.
    Values,
    /// One value on each line.
    Lines,
    /// The members of an array; that stands so deep in a wrapper.
    Array { depth: u64 },
    /// Inside an object too large for memory, so deep.
    Wrapper { depth: u64 },
}

/// What a step of reading came to.
enum Step {
    /// No element yet.
    Again,
    /// The buffer holds the element that begins at this line.
    Element(u64),
    Fault(ReadError),
    End,
}

/// Reads elements from a stream of UTF-8, one at a time.
pub(super) struct Elements<R> {
    scanner: Scanner<R>,
    buffer: Vec<u8>,
    limit_bytes: usize,
    shape: Shape,
    /// How many elements were begun.
    count: u64,
    /// Whether the file is a series even if one element is all it holds.
    is_series: bool,
}

impl<R: BufRead> Elements<R> {
    /// Elements of `reader`, each of at most `limit_bytes`; `is_lines` tells
    /// that the file is JSON Lines by its name.
    pub(super) fn new(reader: R, limit_bytes: usize, is_lines: bool) -> Self {
        Self {
            scanner: Scanner::new(reader),
            buffer: Vec::new(),
            limit_bytes,
            shape: if is_lines { Shape::Lines } else { Shape::Start },
            count: 0,
            is_series: is_lines,
        }
    }

    /// The next element, or what is wrong with it; after a fault the reading
    /// goes on with the element that follows. None at the end of the file.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Element<'_>, ReadError>>> {
        loop {
            let step = match self.shape {
                Shape::Start => self.start()?,
                Shape::Values => self.value()?,
                Shape::Lines => self.line()?,
                Shape::Array { depth } => self.member(depth)?,
                Shape::Wrapper { depth } => self.find_array(depth)?,
            };
            match step {
                Step::Again => {}
                Step::End => return Ok(None),
                Step::Fault(fault) => {
                    self.count += 1;
                    return Ok(Some(Err(fault)));
                }
                Step::Element(line) => return Ok(Some(Ok(self.element(line)?))),
            }
        }
    }

    /// The element in the buffer.
    fn element(&mut self, line: u64) -> io::Result<Element<'_>> {
        self.count += 1;
        let is_last =
            !matches!(self.shape, Shape::Array { .. }) && self.scanner.skip_space()?.is_none();
        let is_whole = is_last && self.count == 1 && !self.is_series;
        let number = if is_whole { 0 } else { self.count };
        Ok(Element { bytes: self.buffer.trim_ascii(), line, number, is_last })
    }

    /// Finds the shape. A series of lines shows by a line that is an object
    /// by itself, even if the lines above it are faulty.
    fn start(&mut self) -> io::Result<Step> {
        let first = self.scanner.skip_space()?;
        let is_object = |line: &[u8]| {
            line.first() == Some(&b'{') && Nesting::default().advance(line) == Some(line.len())
        };
        let mut lines = self.scanner.fill()?.split(|byte| *byte == b'\n');
        let has_lines = first != Some(b'[') && lines.any(|line| is_object(line.trim_ascii_end()));
        self.shape = if has_lines { Shape::Lines } else { Shape::Values };
        Ok(Step::Again)
    }

    fn line(&mut self) -> io::Result<Step> {
        if self.scanner.skip_space()?.is_none() {
            return Ok(Step::End);
        }
        let line = self.scanner.line;
        if !self.scanner.take_line(&mut self.buffer, self.limit_bytes)? {
            return Ok(self.too_large(line));
        }
        // Some dumps are an array without its brackets.
        let length = self.buffer.trim_ascii_end().len();
        self.buffer.truncate(length);
        if self.buffer.last() == Some(&b',') {
            self.buffer.pop();
        }
        Ok(Step::Element(line))
    }

    fn value(&mut self) -> io::Result<Step> {
        let next = self.scanner.skip_space()?;
        let line = self.scanner.line;
        match next {
            None => Ok(Step::End),
            Some(b'[') => {
                self.scanner.skip_byte();
                self.is_series = true;
                self.shape = Shape::Array { depth: 0 };
                Ok(Step::Again)
            }
            Some(b'{') => self.object(line),
            Some(b',') => {
                self.scanner.skip_byte();
                Ok(Step::Again)
            }
            Some(_) => {
                self.scanner.take_line(&mut self.buffer, 0)?;
                let what = "expected `{` or `[`".to_owned();
                Ok(Step::Fault(ReadError::Malformed { line, what }))
            }
        }
    }

    /// An object that begins at `line`: an element, unless it is too large.
    fn object(&mut self, line: u64) -> io::Result<Step> {
        match self.scanner.take_value(&mut self.buffer, self.limit_bytes, WRAPPER_BYTES)? {
            End::Complete => {
                self.notice_lines()?;
                Ok(Step::Element(line))
            }
            End::Truncated => Ok(Step::Fault(ReadError::Truncated { line })),
            End::TooLarge(_) => {
                self.scanner.set_back(std::mem::take(&mut self.buffer), line);
                self.is_series = true;
                self.shape = Shape::Wrapper { depth: 0 };
                Ok(Step::Again)
            }
        }
    }

    /// After a value that fills a line, the rest is taken for JSON Lines: there
    /// a faulty line does not hide those below it.
    fn notice_lines(&mut self) -> io::Result<()> {
        if memchr(b'\n', &self.buffer).is_none()
            && matches!(self.scanner.peek()?, Some(b'\n' | b'\r'))
        {
            self.shape = Shape::Lines;
        }
        Ok(())
    }

    fn member(&mut self, depth: u64) -> io::Result<Step> {
        let next = self.scanner.skip_space()?;
        let line = self.scanner.line;
        match next {
            None => {
                self.shape = Shape::Values;
                Ok(Step::Fault(ReadError::Truncated { line }))
            }
            Some(b',') => {
                self.scanner.skip_byte();
                Ok(Step::Again)
            }
            Some(b']' | b'}') => {
                self.scanner.skip_byte();
                self.shape = if depth > 0 { Shape::Wrapper { depth } } else { Shape::Values };
                Ok(Step::Again)
            }
            Some(_) => match self.take_member()? {
                End::Complete => Ok(Step::Element(line)),
                End::TooLarge(nesting) => {
                    self.scanner.skip_rest(nesting)?;
                    Ok(self.too_large(line))
                }
                End::Truncated => {
                    self.shape = Shape::Values;
                    Ok(Step::Fault(ReadError::Truncated { line }))
                }
            },
        }
    }

    /// A member is an article with all that belongs to it.
    fn take_member(&mut self) -> io::Result<End> {
        self.scanner.take_value(&mut self.buffer, self.limit_bytes, usize::MAX)
    }

    fn too_large(&self, line: u64) -> Step {
        Step::Fault(ReadError::TooLarge { limit_bytes: self.limit_bytes, line: Some(line) })
    }

    /// Goes on inside an object too large for memory to the next array of
    /// objects, wherever in it that stands; over strings without keeping them.
    fn find_array(&mut self, mut depth: u64) -> io::Result<Step> {
        loop {
            let next = self.scanner.skip_space()?;
            let line = self.scanner.line;
            match next {
                None => {
                    self.shape = Shape::Values;
                    return Ok(Step::Fault(ReadError::Truncated { line }));
                }
                Some(b'"') => {
                    self.scanner.skip_rest(Nesting::default())?;
                    continue;
                }
                Some(b'{' | b'[') => depth += 1,
                Some(b'}' | b']') => depth -= 1,
                Some(_) => {}
            }
            self.scanner.skip_byte();
            if next == Some(b'[') && self.scanner.skip_space()? == Some(b'{') {
                // The bracket that ends the array is read as its member's end.
                self.shape = Shape::Array { depth: depth - 1 };
                return Ok(Step::Again);
            }
            if depth == 0 {
                self.shape = Shape::Values;
                return Ok(if self.count == 0 { self.too_large(line) } else { Step::Again });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::{Elements, WRAPPER_BYTES};

    /// Each element as `number@line bytes`, each fault as its message.
    fn split(text: &str, limit_bytes: usize, is_lines: bool, piece: usize) -> Vec<String> {
        let reader = BufReader::with_capacity(piece, text.as_bytes());
        let mut elements = Elements::new(reader, limit_bytes, is_lines);
        let mut found = Vec::new();
        while let Some(element) = elements.next().unwrap() {
            found.push(match element {
                Ok(element) => {
                    let text = String::from_utf8_lossy(element.bytes);
                    format!("{}@{} {text}", element.number, element.line)
                }
                Err(fault) => fault.to_string(),
            });
        }
        found
    }

    #[test]
    fn every_shape_is_split() {
        let cases: [(&str, &[&str]); 12] = [
            ("", &[]),
            (" \n\n", &[]),
            ("{\"a\": 1}\n", &["0@1 {\"a\": 1}"]),
            ("{\n \"a\": 1\n}", &["0@1 {\n \"a\": 1\n}"]),
            ("{}\n\n  \n{\"b\":[1]}\r\n{}", &["1@1 {}", "2@4 {\"b\":[1]}", "3@5 {}"]),
            ("{},\n{},\n", &["1@1 {}", "2@2 {}"]),
            ("{\n}\n{\n}", &["1@1 {\n}", "2@3 {\n}"]),
            ("[{}, \n{\"a\":\"]\"} ]", &["1@1 {}", "2@2 {\"a\":\"]\"}"]),
            ("[{}]", &["1@1 {}"]),
            ("[1,\"x\",[2],null]", &["1@1 1", "2@1 \"x\"", "3@1 [2]", "4@1 null"]),
            ("[]", &[]),
            ("[{}][{}]", &["1@1 {}", "2@1 {}"]),
        ];
        for (text, expected) in cases {
            for piece in [1, 3, 1000] {
                assert_eq!(split(text, 100, false, piece), expected, "{text} in {piece}");
            }
        }
    }

    #[test]
    fn faulty_lines_do_not_hide_others() {
        let text = "{\"a\": \"x\n{\"b\": 1}\n{\"c\": {\n{\"d\": 1}\n";
        let lines = ["1@1 {\"a\": \"x", "2@2 {\"b\": 1}", "3@3 {\"c\": {", "4@4 {\"d\": 1}"];
        assert_eq!(split(text, 100, false, 1000), lines);
        assert_eq!(split(text, 100, true, 2), lines);
    }

    #[test]
    fn a_lone_line_of_a_series_is_numbered() {
        assert_eq!(split("{}\n", 100, true, 100), ["1@1 {}"]);
    }

    #[test]
    fn what_is_cut_short_says_where() {
        let cut = "cut short: the file ends inside what begins at line";
        assert_eq!(split("[{},\n{\"a\": \"x", 100, false, 9), ["1@1 {}", &format!("{cut} 2")]);
        assert_eq!(split("[{},\n\n", 100, false, 9), ["1@1 {}", &format!("{cut} 3")]);
        assert_eq!(split("\n{\"a\":\n1", 100, false, 9), [format!("{cut} 2")]);
    }

    #[test]
    fn too_large_elements_are_passed() {
        let long = "x".repeat(2 << 20);
        let text = format!("[{{\"a\":1}},\n{{\"b\":\"{long}\"}},\n{{\"c\":1}}]");
        let too_large = "line 2: article larger than 1 MiB";
        let found = split(&text, 1 << 20, false, 8192);
        assert_eq!(found, ["1@1 {\"a\":1}", too_large, "3@3 {\"c\":1}"]);
        let text = format!("{{\"a\":1}}\n{{\"b\":\"{long}\"}}\n{{\"c\":1}}");
        let found = split(&text, 1 << 20, false, 8192);
        assert_eq!(found, ["1@1 {\"a\":1}", too_large, "3@3 {\"c\":1}"]);
    }

    #[test]
    fn a_large_wrapper_is_opened() {
        let text = r#"{"n": [1],
 "r": {"s": "[{", "d": [ {"a": 1}, {"b": [{}]} ]}, "e": [{"c":1}]}"#;
        let expected = [r#"1@2 {"a": 1}"#, r#"2@2 {"b": [{}]}"#, r#"3@2 {"c":1}"#];
        for piece in [1, 1000] {
            assert_eq!(split(text, 20, false, piece), expected);
        }
        let cut = "cut short: the file ends inside what begins at line 2";
        assert_eq!(split(&text[..61], 20, false, 9)[2..], [cut]);
    }

    #[test]
    fn a_wrapper_is_opened_long_before_the_limit() {
        let long = "x".repeat(WRAPPER_BYTES);
        let member = format!(r#"{{"c": "{long}"}}"#);
        let text = format!(r#"{{"n": 1, "d": [{{"a": 1}}, {member}, {{"e": 1}}]}}"#);
        let expected = [r#"1@1 {"a": 1}"#, &format!("2@1 {member}"), r#"3@1 {"e": 1}"#];
        assert!(split(&text, 64 << 20, false, 8192) == expected);
        // One article with a long text stays whole.
        let text = format!(r#"{{"related": [{{"a": 1}}], "body": "{long}"}}"#);
        assert!(split(&text, 64 << 20, false, 8192) == [format!("0@1 {text}")]);
    }

    #[test]
    fn a_large_object_without_articles_is_too_large() {
        let text = format!("{{\"a\": \"{}\"}}", "x".repeat(2 << 20));
        assert_eq!(split(&text, 1 << 20, false, 8192), ["line 1: article larger than 1 MiB"]);
    }

    #[test]
    fn deep_nesting_is_bounded() {
        let text = "[".repeat(3 << 20);
        let found = split(&text, 1 << 20, false, 8192);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in r#"[\[\]{}",:\\a1 \n]{0,60}"#, limit in 1_usize..40, piece in 1_usize..9) {
            let count = split(&text, limit, false, piece).len();
            prop_assert!(count <= text.len() + 1);
        }

        #[test]
        fn arrays_give_their_members(members in prop::collection::vec(r#"\{"[a-z \[{,]{0,9}": [0-9]\}"#, 0..9)) {
            let text = format!("[{}]", members.join(",\n"));
            let found = split(&text, 100, false, 7);
            prop_assert_eq!(found.len(), members.len());
            for (element, member) in found.iter().zip(&members) {
                prop_assert!(element.ends_with(member.as_str()));
            }
        }
    }
}
