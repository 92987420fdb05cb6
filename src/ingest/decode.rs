//! From the bytes of a source file to Unicode.
//!
//! The order of trust: a byte order mark; UTF-8 that is valid; what the file
//! declares; what the bytes look like. Valid UTF-8 stands before the
//! declaration because text in another encoding is hardly ever valid UTF-8,
//! while pages that were saved again often keep a declaration that is wrong.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Where in a file its declaration of an encoding is sought, in bytes: what
/// the HTML standard prescribes for browsers.
const DECLARED_WITHIN: usize = 1024;

/// A decoded text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// Whether the encoding was guessed, or bytes that it lacks were replaced.
    pub(crate) guessed: bool,
}

/// Decodes a whole file.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    decode_declared(bytes, None)
}

/// Decodes a whole file that is in the encoding `stated`, as far as is known from around
/// it: a server's statement stands before that of the page, as in browsers.
pub(crate) fn decode_declared<'a>(
    bytes: &'a [u8],
    stated: Option<&'static Encoding>,
) -> Decoded<'a> {
    if let Some((encoding, mark_length)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark_length..]);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return decode_as(encoding, bytes);
    }
    match (std::str::from_utf8(bytes), stated.or_else(|| declared(bytes))) {
        (Ok(text), _) => Decoded { text: Cow::Borrowed(text), guessed: false },
        (Err(_), Some(encoding)) if encoding != UTF_8 => decode_as(encoding, bytes),
        _ => decode_guessing(bytes),
    }
}

/// Decodes what is neither marked nor declared: as UTF-8 where that is valid
/// or at least as many of its characters beyond ASCII are whole as are broken;
/// else in the encoding that it looks like.
pub(crate) fn decode_guessing(bytes: &[u8]) -> Decoded<'_> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), guessed: false };
    }
    let encoding = if is_mostly_utf8(bytes) { UTF_8 } else { guess(bytes) };
    Decoded { guessed: true, ..decode_as(encoding, bytes) }
}

/// Whether at least as many characters beyond ASCII are whole in UTF-8 as are broken.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let mut whole = 0;
    let mut broken = 0;
    for chunk in bytes.utf8_chunks() {
        // The first byte of every character of two bytes and more.
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole >= broken
}

/// The byte order of markup in UTF-16 that has no mark: that of its first `<`, as the
/// standard of XML tells it (appendix F).
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, next, 0, ..] if *next != 0 => Some(UTF_16LE),
        [0, b'<', 0, next, ..] if *next != 0 => Some(UTF_16BE),
        _ => None,
    }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, guessed: replaced }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding that `<meta charset=…>`, `<meta … content="…; charset=…">` or
/// `<?xml … encoding="…"?>` at the start of `bytes` declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    let is_markup = head.trim_ascii_start().starts_with(b"<");
    let label = |key: &[u8]| {
        let start = memchr::memmem::find(&head, key)? + key.len();
        let value = head[start..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
        let end = value.iter().position(|byte| b"\"' >;?/".contains(byte))?;
        Encoding::for_label(&value[..end])
    };
    if !is_markup {
        return None;
    }
    // Of what the declaration of XML says, the page itself is less sure.
    let encoding = if head.trim_ascii_start().starts_with(b"<?xml") {
        label(b"encoding").or_else(|| label(b"charset"))
    } else {
        label(b"charset").or_else(|| label(b"encoding"))
    }?;
    // A declaration that can be read in ASCII is not in UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { WINDOWS_1252 } else { encoding })
}

/// The encoding of markup that is to be decoded as a stream, by its first bytes: what was
/// `stated` around it or it declares, else what it looks like. None if these bytes are
/// UTF-8, or ASCII that declares nothing: characters that are broken may still follow.
/// Also tells whether that is guessed.
fn encoding_of_markup(
    head: &[u8],
    stated: Option<&'static Encoding>,
) -> (Option<&'static Encoding>, bool) {
    let told = stated.or_else(|| declared(head)).filter(|encoding| *encoding != UTF_8);
    // The head may end inside a character: that is no error.
    let is_valid = std::str::from_utf8(head).err().is_none_or(|error| error.error_len().is_none());
    match told {
        _ if is_valid && !head.is_ascii() => (None, false),
        Some(encoding) => (Some(encoding), false),
        None if is_valid || is_mostly_utf8(head) => (None, false),
        None => (Some(guess(head)), true),
    }
}

/// Hands on the bytes of a stream in UTF-8: UTF-16 with a byte order mark is
/// decoded, all else passes as it is, less the mark of UTF-8; of markup, also what it
/// declares.
pub(crate) struct Utf8Reader<R> {
    source: R,
    decoder: Option<Decoder>,
    /// Whether the encoding was guessed, or bytes that it lacks were replaced.
    is_guessed: bool,
    buffer: Vec<u8>,
    position: usize,
    is_at_end: bool,
}

/// Size of the buffer that decoded text goes through, in bytes; that of
/// `BufReader`.
const BUFFER_BYTES: usize = 8 << 10;

impl<R: BufRead> Utf8Reader<R> {
    /// Wraps `source`, whose buffered bytes must hold the byte order mark.
    pub(crate) fn new(mut source: R) -> io::Result<Self> {
        let marked = Encoding::for_bom(source.fill_buf()?);
        let encoding = marked.and_then(|(encoding, mark_length)| {
            source.consume(mark_length);
            (encoding != UTF_8).then_some(encoding)
        });
        Ok(Self::decoding(source, encoding, false))
    }

    /// Wraps markup, which is decoded as it declares or as was `stated` around it; what is
    /// neither is guessed from the buffered bytes.
    pub(crate) fn of_markup(mut source: R, stated: Option<&'static Encoding>) -> io::Result<Self> {
        let head = source.fill_buf()?;
        if Encoding::for_bom(head).is_some() {
            return Self::new(source);
        }
        let (encoding, is_guessed) = match unmarked_utf16(head) {
            None => encoding_of_markup(head, stated),
            encoding => (encoding, false),
        };
        Ok(Self::decoding(source, encoding, is_guessed))
    }

    fn decoding(source: R, encoding: Option<&'static Encoding>, is_guessed: bool) -> Self {
        let decoder = encoding.map(Encoding::new_decoder_without_bom_handling);
        Self { source, decoder, is_guessed, buffer: Vec::new(), position: 0, is_at_end: false }
    }

    /// Whether the encoding was guessed, or bytes that it lacks were replaced so far.
    pub(crate) fn is_guessed(&self) -> bool {
        self.is_guessed
    }

    /// Fills the buffer from the source through `decoder`.
    fn decode_more(&mut self) -> io::Result<()> {
        let Some(decoder) = &mut self.decoder else {
            return Ok(());
        };
        self.buffer.resize(BUFFER_BYTES, 0);
        self.position = 0;
        let mut written = 0;
        while written == 0 && !self.is_at_end {
            let bytes = self.source.fill_buf()?;
            let is_last = bytes.is_empty();
            let (result, read, count, has_replaced) =
                decoder.decode_to_utf8(bytes, &mut self.buffer, is_last);
            self.is_guessed |= has_replaced;
            self.source.consume(read);
            written = count;
            self.is_at_end = is_last && result == CoderResult::InputEmpty;
        }
        self.buffer.truncate(written);
        Ok(())
    }
}

impl<R: BufRead> BufRead for Utf8Reader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.decoder.is_none() {
            return self.source.fill_buf();
        }
        if self.position == self.buffer.len() && !self.is_at_end {
            self.decode_more()?;
        }
        Ok(&self.buffer[self.position..])
    }

    fn consume(&mut self, count: usize) {
        match self.decoder {
            None => self.source.consume(count),
            Some(_) => self.position += count,
        }
    }
}

impl<R: BufRead> Read for Utf8Reader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(out.len());
        out[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Read};

    use proptest::prelude::*;

    use super::{Utf8Reader, decode, decode_guessing};

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn marks_stand_before_all() {
        for bytes in [
            b"\xEF\xBB\xBFcaf\xC3\xA9".to_vec(),
            utf16("café", u16::to_le_bytes),
            utf16("café", u16::to_be_bytes),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.text.as_ref(), decoded.guessed), ("café", false));
        }
    }

    #[test]
    fn declarations_are_followed() {
        let pages: [&[u8]; 4] = [
            b"<html><meta charset=iso-8859-2><p>\xB3",
            b"<META http-equiv='Content-Type' content='text/html; CHARSET = iso-8859-2'><p>\xB3",
            b"\n<?xml version='1.0' encoding='ISO-8859-2'?><p>\xB3",
            b"<meta charset=\"latin2\"/>\xB3",
        ];
        for page in pages {
            let decoded = decode(page);
            assert!(decoded.text.ends_with('ł'), "{}", decoded.text);
            assert!(!decoded.guessed);
        }
    }

    #[test]
    fn valid_utf8_stands_before_a_wrong_declaration() {
        assert!(decode("<meta charset=windows-1252>é".as_bytes()).text.ends_with('é'));
        assert!(decode(b"<meta charset=utf-16>caf\xE9").text.ends_with("café"));
    }

    #[test]
    fn undeclared_bytes_are_guessed() {
        let decoded = decode(b"Le caf\xE9 est ferm\xE9, dit-il \xE0 No\xEBl.");
        assert_eq!(decoded.text, "Le café est fermé, dit-il à Noël.");
        assert!(decoded.guessed);
        let russian: &[u8] = b"\xCF\xF0\xE5\xE7\xE8\xE4\xE5\xED\xF2 \xEF\xF0\xE8\xE1\xFB\xEB";
        assert_eq!(decode(russian).text, "Президент прибыл");
    }

    #[test]
    fn a_broken_character_does_not_turn_the_rest_around() {
        let decoded = decode_guessing(b"caf\xC3\xA9 and na\xC3\xAFve, cut \xC3");
        assert_eq!(decoded.text, "café and naïve, cut \u{fffd}");
        assert!(decoded.guessed);
    }

    #[test]
    fn streams_of_utf16_are_decoded() {
        let text = "naïve 😀 ".repeat(5_000);
        for bytes in [utf16(&text, u16::to_le_bytes), utf16(&text, u16::to_be_bytes)] {
            let mut decoded = String::new();
            let source = BufReader::with_capacity(7, bytes.as_slice());
            Utf8Reader::new(source).unwrap().read_to_string(&mut decoded).unwrap();
            assert!(decoded == text);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            decode(&bytes);
            let mut out = Vec::new();
            Utf8Reader::new(bytes.as_slice()).unwrap().read_to_end(&mut out).unwrap();
        }

        #[test]
        fn utf8_stays(text in ".*") {
            prop_assume!(!text.starts_with('\u{feff}'));
            let decoded = decode(text.as_bytes());
            prop_assert_eq!(decoded.text.as_ref(), text.as_str());
            prop_assert!(!decoded.guessed);
        }
    }
}
