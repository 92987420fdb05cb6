//! JSON that is safe to look at.
//!
//! What could control a terminal is written as an escape, which means the same
//! to every reader of JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::safe::is_unsafe;
use super::wire::WIRE_VERSION;

/// Writes a value as one line.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_json_line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut line = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut line, Safe(CompactFormatter)))?;
    line.push(b'\n');
    out.write_all(&line)
}

/// A value as indented JSON, with a line end.
///
/// # Errors
///
/// When it has no form in JSON.
pub fn to_json(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    value.serialize(&mut Serializer::with_formatter(&mut text, Safe(PrettyFormatter::new())))?;
    text.push(b'\n');
    Ok(text)
}

/// The answer of an index as one JSON document, before which stand the version of the
/// format and the revision of the index.
///
/// # Errors
///
/// When it has no form in JSON.
pub fn to_document(revision: &str, answer: &impl Serialize) -> io::Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Document<'a, A> {
        version: u32,
        revision: &'a str,
        #[serde(flatten)]
        answer: &'a A,
    }
    to_json(&Document { version: WIRE_VERSION, revision, answer })
}

/// A formatter that escapes what is unsafe to print.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut plain = fragment;
        while let Some(at) = plain.find(is_unsafe) {
            writer.write_all(&plain.as_bytes()[..at])?;
            let mut units = [0; 2];
            let letter = plain[at..].chars().next().unwrap_or_default();
            for unit in letter.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            plain = &plain[at + letter.len_utf8()..];
        }
        writer.write_all(plain.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::{to_json, write_json_line};
    use proptest::prelude::*;

    #[test]
    fn what_is_unsafe_is_escaped() {
        let mut line = Vec::new();
        write_json_line(&mut line, &"a\u{202e}\u{1b}\u{9b}\u{e0041}é").unwrap();
        let expected = "\"a\\u202e\\u001b\\u009b\\udb40\\udc41é\"\n";
        assert_eq!(String::from_utf8(line).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn reads_back(text in "(?s:.){0,60}") {
            let written = to_json(&vec![&text]).unwrap();
            let read: Vec<String> = serde_json::from_slice(&written).unwrap();
            prop_assert_eq!(&read[0], &text);
        }
    }
}
