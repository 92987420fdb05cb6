//! Finds where JSON values end in a stream of bytes, by quotes and brackets.
//!
//! It does not check that what stands between them is JSON.

use std::io::{self, BufRead};

use memchr::{memchr, memchr_iter, memchr2};

/// How the reading of a value ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It was read as a whole.
    Complete,
    /// A limit was reached in the middle of it.
    TooLarge(Nesting),
    /// The stream ended in the middle of it.
    Truncated,
}

/// How deep in brackets and quotes a place in a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Nesting {
    depth: u64,
    in_string: bool,
    is_escaped: bool,
    /// Whether nothing stands between here and the bracket that opened the
    /// innermost array.
    is_array_open: bool,
    /// The depth inside the outermost array here whose first member is an
    /// object; 0 if there is none.
    series_depth: u64,
}

impl Nesting {
    /// Moves on over `bytes`; gives the place behind the value if it ends
    /// there. A number or word ends before the separator that follows it.
    pub(super) fn advance(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut place = 0;
        while place < bytes.len() {
            if self.in_string {
                place = self.advance_in_string(bytes, place);
                if !self.in_string && self.depth == 0 {
                    return Some(place);
                }
                continue;
            }
            match bytes[place] {
                b'{' | b'[' => self.open(bytes[place]),
                b'}' | b']' if self.depth > 1 => self.close(),
                b'}' | b']' => return Some(place + usize::from(self.depth == 1)),
                byte if self.depth == 0 && (byte == b',' || is_space(byte)) => return Some(place),
                byte => {
                    self.in_string = byte == b'"';
                    self.is_array_open &= is_space(byte);
                }
            }
            place += 1;
        }
        None
    }

    fn open(&mut self, bracket: u8) {
        if bracket == b'{' && self.is_array_open && self.series_depth == 0 {
            self.series_depth = self.depth;
        }
        self.is_array_open = bracket == b'[';
        self.depth += 1;
    }

    fn close(&mut self) {
        self.is_array_open = false;
        self.depth -= 1;
        if self.depth < self.series_depth {
            self.series_depth = 0;
        }
    }

    /// Whether the place is inside an array of objects.
    fn is_in_series(self) -> bool {
        self.series_depth > 0
    }

    fn advance_in_string(&mut self, bytes: &[u8], place: usize) -> usize {
        if self.is_escaped {
            self.is_escaped = false;
            return place + 1;
        }
        match memchr2(b'"', b'\\', &bytes[place..]) {
            None => bytes.len(),
            Some(offset) => {
                self.is_escaped = bytes[place + offset] == b'\\';
                self.in_string = self.is_escaped;
                place + offset + 1
            }
        }
    }

    /// Whether the end of the stream ends the value too: no bracket is open.
    fn may_end(self) -> bool {
        self.depth == 0 && !self.in_string
    }
}

/// A stream of bytes that knows its line, and can be set back to bytes that
/// were read before.
pub(super) struct Scanner<R> {
    reader: R,
    /// Bytes to be read again, and how many of them were.
    replay: Vec<u8>,
    replayed: usize,
    /// The line of the next byte, counted from 1.
    pub(super) line: u64,
}

impl<R: BufRead> Scanner<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, replay: Vec::new(), replayed: 0, line: 1 }
    }

    /// Sets the stream back to `bytes`, which were read from `line` on.
    pub(super) fn set_back(&mut self, bytes: Vec<u8>, line: u64) {
        self.replay = bytes;
        self.replayed = 0;
        self.line = line;
    }

    /// The bytes at hand; none at the end.
    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        if self.replayed < self.replay.len() {
            return Ok(&self.replay[self.replayed..]);
        }
        if !self.replay.is_empty() {
            self.replay = Vec::new();
            self.replayed = 0;
        }
        self.reader.fill_buf()
    }

    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.fill()?.first().copied())
    }

    /// Passes a byte that is no line end.
    pub(super) fn skip_byte(&mut self) {
        self.consume(1, 0);
    }

    fn consume(&mut self, count: usize, lines: usize) {
        self.line += lines as u64;
        if self.replayed < self.replay.len() {
            self.replayed += count;
        } else {
            self.reader.consume(count);
        }
    }

    /// Passes white space and gives the byte that follows.
    pub(super) fn skip_space(&mut self) -> io::Result<Option<u8>> {
        loop {
            let bytes = self.fill()?;
            let count = bytes.iter().take_while(|byte| is_space(**byte)).count();
            let next = bytes.get(count).copied();
            let is_at_end = bytes.is_empty();
            let lines = memchr_iter(b'\n', &bytes[..count]).count();
            self.consume(count, lines);
            if next.is_some() || is_at_end {
                return Ok(next);
            }
        }
    }

    /// Reads the value that begins at the next byte into `out`, of which it
    /// fills at most `limit_bytes`; and no more than about `series_bytes` when
    /// it then is inside an array of objects.
    pub(super) fn take_value(
        &mut self,
        out: &mut Vec<u8>,
        limit_bytes: usize,
        series_bytes: usize,
    ) -> io::Result<End> {
        out.clear();
        let mut nesting = Nesting::default();
        loop {
            let room = limit_bytes - out.len();
            if room == 0 || (out.len() >= series_bytes && nesting.is_in_series()) {
                return Ok(End::TooLarge(nesting));
            }
            let keep = |bytes: &[u8]| out.extend_from_slice(bytes);
            if let Some(end) = self.advance(&mut nesting, room, keep)? {
                return Ok(end);
            }
        }
    }

    /// Passes the rest of a value that was too large to be kept.
    pub(super) fn skip_rest(&mut self, mut nesting: Nesting) -> io::Result<()> {
        while self.advance(&mut nesting, usize::MAX, |_| {})?.is_none() {}
        Ok(())
    }

    /// Moves on in a value by at most `room` bytes and hands them to `keep`;
    /// none while the value goes on.
    fn advance(
        &mut self,
        nesting: &mut Nesting,
        room: usize,
        mut keep: impl FnMut(&[u8]),
    ) -> io::Result<Option<End>> {
        let bytes = self.fill()?;
        if bytes.is_empty() {
            return Ok(Some(if nesting.may_end() { End::Complete } else { End::Truncated }));
        }
        let bytes = &bytes[..bytes.len().min(room)];
        let end = nesting.advance(bytes);
        let count = end.unwrap_or(bytes.len());
        keep(&bytes[..count]);
        let lines = memchr_iter(b'\n', &bytes[..count]).count();
        self.consume(count, lines);
        Ok(end.map(|_| End::Complete))
    }

    /// Reads to the end of the line into `out`, of which it fills at most
    /// `limit_bytes`; false if the line is longer. The rest of it is passed.
    pub(super) fn take_line(&mut self, out: &mut Vec<u8>, limit_bytes: usize) -> io::Result<bool> {
        out.clear();
        let mut fits = true;
        loop {
            let bytes = self.fill()?;
            let end = memchr(b'\n', bytes);
            let count = end.map_or(bytes.len(), |place| place + 1);
            fits = fits && out.len() + count <= limit_bytes;
            if fits {
                out.extend_from_slice(&bytes[..count]);
            }
            self.consume(count, usize::from(end.is_some()));
            if end.is_some() || count == 0 {
                return Ok(fits);
            }
        }
    }
}

/// White space between values; U+001E separates them in RFC 7464.
pub(super) fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0x1E
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use proptest::prelude::*;

    use super::{End, Nesting, Scanner};

    #[test]
    fn values_end_where_their_brackets_close() {
        let cases = [
            (r#"{"a": "}"} ,"#, Some(10)),
            (r#"{"a": "\"}"}"#, Some(12)),
            (r#""a,b" "#, Some(5)),
            ("12,", Some(2)),
            ("true]", Some(4)),
            ("[[1], {}]x", Some(9)),
            ("{", None),
            (r#"{"a\"#, None),
        ];
        for (text, end) in cases {
            assert_eq!(Nesting::default().advance(text.as_bytes()), end, "{text}");
        }
    }

    #[test]
    fn the_limit_holds_and_the_rest_is_passed() {
        let mut scanner = Scanner::new(&br#"["0123456789", 2] 3"#[..]);
        let mut out = Vec::new();
        let Ok(End::TooLarge(nesting)) = scanner.take_value(&mut out, 5, usize::MAX) else {
            panic!("the value is larger than 5 bytes");
        };
        assert_eq!(out, br#"["012"#);
        scanner.skip_rest(nesting).unwrap();
        assert_eq!(scanner.skip_space().unwrap(), Some(b'3'));
    }

    #[test]
    fn arrays_of_objects_are_noticed() {
        for (text, is_in_series) in [
            (r#"{"a": [{"#, true),
            (r#"{"a": [ {"b": [1]}, {"c": ""#, true),
            (r#"{"a": [[{"b": 1}, 2], "#, false),
            (r#"{"a": [{}], "b": "x"#, false),
            (r#"{"a": ["{"#, false),
            (r#"{"a": [1, {"#, false),
            (r#"{"a": {"b": {"#, false),
        ] {
            let mut nesting = Nesting::default();
            assert_eq!(nesting.advance(text.as_bytes()), None);
            assert_eq!(nesting.is_in_series(), is_in_series, "{text}");
        }
    }

    #[test]
    fn lines_are_counted_once() {
        let mut scanner = Scanner::new(&b"\n{\n}\nlong line\n7"[..]);
        let mut out = Vec::new();
        scanner.skip_space().unwrap();
        assert_eq!(scanner.line, 2);
        scanner.take_value(&mut out, 9, usize::MAX).unwrap();
        scanner.set_back(out.clone(), 2);
        scanner.take_value(&mut out, 9, usize::MAX).unwrap();
        assert!(scanner.take_line(&mut out, 9).unwrap());
        assert!(!scanner.take_line(&mut out, 4).unwrap());
        assert_eq!((scanner.line, scanner.peek().unwrap()), (5, Some(b'7')));
    }

    proptest! {
        #[test]
        fn pieces_read_like_the_whole(text in r#"[\[\]{}",\\a1 ]{0,30}"#, piece in 1_usize..5) {
            let mut whole = Vec::new();
            let mut parts = Vec::new();
            let one = Scanner::new(text.as_bytes()).take_value(&mut whole, 100, usize::MAX).unwrap();
            let reader = BufReader::with_capacity(piece, text.as_bytes());
            let other = Scanner::new(reader).take_value(&mut parts, 100, usize::MAX).unwrap();
            prop_assert_eq!((whole, one), (parts, other));
        }
    }
}
