//! Takes an answer of HTTP/1 apart, as it stands in archives of the web
//! (RFC 9112), and undoes the codings of its body.
//!
//! As browsers do, and because crawlers often store the body already decoded, a
//! body that is not coded as stated is taken as it is.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::Encoding;
use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use memchr::memchr;

use crate::ingest::detect::{Format, detect};

/// An answer of a server.
#[derive(Debug, Default)]
pub(super) struct Answer<'a> {
    /// The status: 200, 404.
    pub(super) status: u16,
    /// The type of the body, with its parameters; empty where it is not stated.
    pub(super) media: &'a str,
    /// The codings of the content in the order in which they were applied.
    codings: Vec<&'a str>,
    is_chunked: bool,
    coded_body: &'a [u8],
}

impl<'a> Answer<'a> {
    /// The answer in `message`, if it is one.
    pub(super) fn of(message: &'a [u8]) -> Option<Self> {
        let (status_line, mut rest) = split_line(message);
        let mut words = std::str::from_utf8(status_line).ok()?.split_ascii_whitespace();
        let is_http = words.next()?.starts_with("HTTP/");
        let status = words.next()?.parse().ok().filter(|_| is_http)?;
        let mut answer = Self { status, ..Self::default() };
        while !rest.is_empty() {
            let (line, after) = split_line(rest);
            rest = after;
            if line.is_empty() {
                break;
            }
            answer.take_field(line);
        }
        answer.coded_body = rest;
        Some(answer)
    }

    /// Takes a header line. Those in no Unicode say nothing that matters here.
    fn take_field(&mut self, line: &'a [u8]) {
        let Ok(line) = std::str::from_utf8(line) else { return };
        let Some((name, value)) = line.split_once(':') else { return };
        let (name, value) = (name.trim(), value.trim());
        if name.eq_ignore_ascii_case("content-type") {
            self.media = value;
        } else if name.eq_ignore_ascii_case("content-encoding") {
            let room = MOST_CODINGS.saturating_sub(self.codings.len());
            self.codings.extend(value.split(',').map(str::trim).take(room));
        } else if name.eq_ignore_ascii_case("transfer-encoding") {
            self.is_chunked |= value.to_ascii_lowercase().contains("chunked");
        }
    }

    /// The encoding of the text that the server stated.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        let parameter = self.media.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim().eq_ignore_ascii_case("charset").then_some(value)
        })?;
        Encoding::for_label(parameter.trim().trim_matches(['"', '\'']).as_bytes())
    }

    /// The body without its codings, of which not more than a byte above
    /// `limit_bytes` is given.
    pub(super) fn body(&self, limit_bytes: usize) -> Cow<'a, [u8]> {
        let mut body = Cow::Borrowed(self.coded_body);
        if let Some(joined) = self.is_chunked.then(|| without_chunks(&body)).flatten() {
            body = Cow::Owned(joined);
        }
        for coding in self.codings.iter().rev() {
            if let Some(decoded) = decoded(&body, coding, limit_bytes) {
                body = Cow::Owned(decoded);
            }
        }
        body
    }
}

/// Whether a type is that of pages.
pub(super) fn is_page(media: &str) -> bool {
    let kind = media.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|page| page.eq_ignore_ascii_case(kind))
}

/// Whether bytes of unknown type begin as pages do.
pub(super) fn starts_like_page(bytes: &[u8]) -> bool {
    detect("", bytes).is_ok_and(|format| format == Format::Html)
}

/// The first line of `bytes` without its end, and the rest.
fn split_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr(b'\n', bytes) {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[][..]),
    };
    (line.strip_suffix(b"\r").unwrap_or(line), rest)
}

/// A body put together from its chunks; of one that breaks off, what there is. None
/// where the first chunk is none.
fn without_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::new();
    let mut rest = body;
    let mut is_first = true;
    while let Some((length, after)) = chunk_length(rest).filter(|(length, _)| *length > 0) {
        let end = length.min(after.len());
        joined.extend_from_slice(&after[..end]);
        rest = &after[end..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        is_first = false;
    }
    let is_empty = || chunk_length(rest).is_some();
    (!is_first || is_empty()).then_some(joined)
}

/// The length of the chunk that `bytes` begins with, and what follows it.
fn chunk_length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (line, rest) = split_line(bytes);
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok()?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let length = usize::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    Some((length, rest))
}

/// `body` without one coding; of one that breaks off, what there is. None where
/// nothing of it is coded so, or the coding is not known.
fn decoded(body: &[u8], coding: &str, limit_bytes: usize) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let limit = limit_bytes as u64 + 1;
    // An error only says that the rest cannot be had.
    let _ = match coding.to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" => MultiGzDecoder::new(body).take(limit).read_to_end(&mut out),
        "deflate" if has_zlib_header(body) => {
            ZlibDecoder::new(body).take(limit).read_to_end(&mut out)
        }
        "deflate" => DeflateDecoder::new(body).take(limit).read_to_end(&mut out),
        "br" => {
            let decoder = brotli_decompressor::Decompressor::new(body, BROTLI_BUFFER_BYTES);
            decoder.take(limit).read_to_end(&mut out)
        }
        _ => return None,
    };
    (!out.is_empty()).then_some(out)
}

/// Codings of one answer that are undone; curl has the same limit.
const MOST_CODINGS: usize = 5;

/// Bytes that the decoder of Brotli reads at a time; as `BufReader`.
const BROTLI_BUFFER_BYTES: usize = 8 << 10;

/// Whether `body` begins as RFC 1950 says; some servers leave that out.
fn has_zlib_header(body: &[u8]) -> bool {
    match body {
        [first, second, ..] => {
            first & 0x0F == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use proptest::prelude::*;

    use super::{Answer, is_page, starts_like_page};

    fn body(head: &str, coded: &[u8]) -> Vec<u8> {
        let message = [format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes(), coded].concat();
        Answer::of(&message).unwrap().body(1000).into_owned()
    }

    #[test]
    fn heads_are_read() {
        let message = b"HTTP/1.0 404 Not Found\nX: \xFF\ncontent-type: Text/HTML; Charset=\"iso-8859-2\"\n\nbody\n\nmore";
        let answer = Answer::of(message).unwrap();
        assert_eq!((answer.status, is_page(answer.media)), (404, true));
        assert_eq!(answer.encoding().unwrap().name(), "ISO-8859-2");
        assert_eq!(answer.body(100).as_ref(), b"body\n\nmore");
        for other in [&b""[..], b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1", b"<html>"] {
            assert!(Answer::of(other).is_none());
        }
        assert!(starts_like_page(b"\n<!DOCTYPE HTML><p>x") && !starts_like_page(b"rain"));
        assert!(!is_page("text/plain") && !is_page("") && is_page("application/xhtml+xml;a=b"));
    }

    #[test]
    fn chunks_are_joined() {
        let cases: [(&[u8], &[u8]); 6] = [
            (b"4\r\nrain\r\n3;x=y\r\n in\r\n0\r\n\r\n", b"rain in"),
            (b"4\nrain\n0\n\n", b"rain"),
            (b"0\r\n\r\n", b""),
            (b"<p>rain", b"<p>rain"),
            (b"ff\r\nrain", b"rain"),
            (b"4\r\nrain\r\nzz\r\n", b"rain"),
        ];
        for (coded, plain) in cases {
            assert_eq!(body("Transfer-Encoding: chunked", coded), plain);
        }
    }

    #[test]
    fn codings_are_undone() {
        let plain = b"rain in spain, rain in spain";
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(plain).unwrap();
        zlib.write_all(plain).unwrap();
        raw.write_all(plain).unwrap();
        let (gzip, zlib, raw) =
            (gzip.finish().unwrap(), zlib.finish().unwrap(), raw.finish().unwrap());
        // A meta-block that is not compressed (RFC 7932, 9.2), and the empty last one.
        let brotli = [&[0x8B, 0x01, 0x80][..], b"rain", &[0x03]].concat();
        for (coding, coded) in [("gzip", &gzip), ("deflate", &zlib), ("deflate", &raw)] {
            assert_eq!(body(&format!("Content-Encoding: {coding}"), coded), plain);
        }
        assert_eq!(body("Content-Encoding: br", &brotli), b"rain");
        let twice = format!("{:x}\r\n", gzip.len()).into_bytes();
        let twice = [twice, gzip.clone(), b"\r\n0\r\n\r\n".to_vec()].concat();
        assert_eq!(body("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", &twice), plain);
        for coding in ["gzip", "deflate", "br", "zstd", ""] {
            assert_eq!(body(&format!("Content-Encoding: {coding}"), b"<p>rain"), b"<p>rain");
        }
    }

    #[test]
    fn a_body_that_grows_without_end_is_cut() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(&vec![b'a'; 1 << 20]).unwrap();
        assert_eq!(body("Content-Encoding: gzip", &gzip.finish().unwrap()).len(), 1001);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(
            head in "(Content-Encoding: (gzip|br|deflate)\r\n|Transfer-Encoding: chunked\r\n){1,3}",
            coded in proptest::collection::vec(any::<u8>(), 0..80),
        ) {
            prop_assert!(body(head.trim_end(), &coded).len() <= 1001);
        }
    }
}
