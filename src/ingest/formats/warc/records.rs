//! Finds the records of an archive of the web in a stream, in bounded memory.
//!
//! The form of WARC is ISO 28500, that of ARC the Internet Archive's description
//! of 1996 with its second version. What a record holds is the business of
//! `warc`.

use std::io::{self, BufRead, Read};

use jiff::civil::Date;

use super::http::{Answer, is_page};

/// Bytes of the longest line that is read whole. Servers refuse addresses above
/// 8 to 64 KiB, and nothing else in the head of a record is long.
const LINE_BYTES: u64 = 64 << 10;

/// Lines in the longest head of a record that is read; the standard knows some
/// twenty fields.
const HEAD_LINES: usize = 1000;

/// The type of the blocks that describe an archive or a record.
const FIELDS: &str = "application/warc-fields";

/// What a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// What a server answered, with its headers.
    Answer,
    /// A thing as it is.
    Resource,
    /// No page.
    Other,
}

/// The head of a record; its block follows in the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) kind: Kind,
    /// The address that it was got from.
    pub(super) url: String,
    /// The day on which it was got.
    pub(super) captured: Option<Date>,
    /// The type of the block, as the record states it.
    pub(super) media: String,
    /// Bytes of the block.
    pub(super) length: u64,
}

/// What comes next in an archive.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Record(Record),
    /// Something that is no whole record; the reading goes on behind it.
    Damage(&'static str),
}

/// Reads heads and blocks of records, one after the other.
pub(super) struct Records<'a> {
    source: &'a mut dyn BufRead,
    line: Vec<u8>,
    number: u64,
    /// The head of a record that was found behind damaged bytes.
    ahead: Option<Found>,
    /// Whether the line that was read last begins the next record.
    is_line_ahead: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(source: &'a mut dyn BufRead) -> Self {
        Self { source, line: Vec::new(), number: 0, ahead: None, is_line_ahead: false }
    }

    /// The number of the record that was found last, counted from 1; of damage, that
    /// of the record that it stands before or in.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The head of the next record; the block of the one before must have been read
    /// or passed. None at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        if let Some(found) = self.ahead.take() {
            return Ok(Some(found));
        }
        let mut is_damaged = false;
        self.number += 1;
        while std::mem::take(&mut self.is_line_ahead) || self.read_line()? {
            let is_blank = self.line.trim_ascii().is_empty();
            let found = if self.line.starts_with(b"WARC/") {
                Some(self.read_named_fields()?)
            } else {
                arc_record(&self.line).map(Found::Record)
            };
            match found {
                Some(found) if is_damaged => {
                    self.ahead = Some(found);
                    break;
                }
                Some(found) => return Ok(Some(found)),
                None => is_damaged |= !is_blank,
            }
        }
        Ok(is_damaged.then_some(Found::Damage("bytes before it are no record")))
    }

    /// Reads the block of a record that is so long into `block`. Tells whether it is
    /// whole.
    pub(super) fn read_block(&mut self, length: u64, block: &mut Vec<u8>) -> io::Result<bool> {
        block.clear();
        Read::take(&mut *self.source, length).read_to_end(block)?;
        Ok(block.len() as u64 == length)
    }

    /// Passes the block of a record. Tells whether it was whole.
    pub(super) fn pass(&mut self, record: &Record) -> io::Result<bool> {
        if record.media.starts_with(FIELDS) {
            return self.pass_fields(record.length);
        }
        let mut left = record.length;
        while left > 0 {
            let there = self.source.fill_buf()?.len();
            if there == 0 {
                return Ok(false);
            }
            let passed = usize::try_from(left).map_or(there, |left| left.min(there));
            self.source.consume(passed);
            left -= passed as u64;
        }
        Ok(true)
    }

    /// Passes a block of fields. A record that begins in it shows that the length is
    /// wrong, which it is in archives that were edited by hand.
    fn pass_fields(&mut self, length: u64) -> io::Result<bool> {
        let mut left = length;
        while left > 0 {
            if !self.read_line()? {
                return Ok(false);
            }
            if self.line.starts_with(b"WARC/") {
                self.is_line_ahead = true;
                return Ok(true);
            }
            left = left.saturating_sub(self.line.len() as u64);
        }
        Ok(true)
    }

    /// Whether the block that follows begins like a page, as far as is buffered.
    pub(super) fn peek_page(&mut self, record: &Record) -> io::Result<bool> {
        if record.kind == Kind::Resource {
            return Ok(is_page(&record.media));
        }
        let answer = Answer::of(self.source.fill_buf()?);
        Ok(answer
            .is_some_and(|answer| answer.status == super::WHOLE_ANSWER && is_page(answer.media)))
    }

    /// Reads a line, of one that is too long the start. False at the end.
    fn read_line(&mut self) -> io::Result<bool> {
        self.line.clear();
        Read::take(&mut *self.source, LINE_BYTES).read_until(b'\n', &mut self.line)?;
        Ok(!self.line.is_empty())
    }

    /// Reads the fields of a WARC record, up to the empty line.
    fn read_named_fields(&mut self) -> io::Result<Found> {
        let mut kind = Kind::Other;
        let mut record =
            Record { kind, url: String::new(), captured: None, media: String::new(), length: 0 };
        let mut length = None;
        for _ in 0..HEAD_LINES {
            if !self.read_line()? || self.line.trim_ascii().is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(&self.line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => kind = kind_named(value),
                "warc-target-uri" => record.url = address(value),
                "warc-date" => record.captured = value.get(..10).and_then(|day| day.parse().ok()),
                "content-type" => value.clone_into(&mut record.media),
                "content-length" => length = value.parse().ok(),
                _ => {}
            }
        }
        // A WARC stores answers of other protocols (DNS) as responses, too.
        let is_http = record.media.is_empty() || record.media.starts_with("application/http");
        record.kind = if kind == Kind::Answer && !is_http { Kind::Other } else { kind };
        Ok(match length {
            Some(length) => Found::Record(Record { length, ..record }),
            None => Found::Damage("the length of the record is missing"),
        })
    }
}

fn kind_named(name: &str) -> Kind {
    match name.to_ascii_lowercase().as_str() {
        "response" => Kind::Answer,
        "resource" => Kind::Resource,
        _ => Kind::Other,
    }
}

/// An address without the angle brackets that Wget puts around it.
fn address(text: &str) -> String {
    let bare = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
    bare.replace(' ', "%20")
}

/// Fields between date and end of the line that starts a record of ARC, in its two
/// versions: `type length`, and `type status checksum location offset file length`.
const ARC_FIELDS_BEHIND_DATE: [usize; 2] = [2, 7];

/// The head of a record of ARC: `address IP-address date type length`, with more
/// fields before the length in the second version.
fn arc_record(line: &[u8]) -> Option<Record> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    ARC_FIELDS_BEHIND_DATE.into_iter().find_map(|behind| {
        // From the end, because old crawlers left spaces in addresses.
        let mut fields = line.rsplitn(behind + 3, ' ');
        let length = fields.next()?.parse().ok()?;
        let media = fields.by_ref().take(behind - 1).last()?.to_owned();
        let captured = arc_day(fields.next()?)?;
        let _ip_address = fields.next()?;
        let url = address(fields.next()?);
        let kind = if url.starts_with("http") { Kind::Answer } else { Kind::Other };
        url.contains(':').then_some(Record { kind, url, captured: Some(captured), media, length })
    })
}

/// The day of `20140216050221`; some archives leave out the seconds.
fn arc_day(text: &str) -> Option<Date> {
    if !matches!(text.len(), 12 | 14) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (&text[..4], &text[4..6], &text[6..8]);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Found, Kind, Records, arc_record};

    /// Heads and blocks of all records, in short; damage after `!`.
    fn all(archive: &str) -> Vec<String> {
        let mut source = archive.as_bytes();
        let mut records = Records::new(&mut source);
        let mut found = Vec::new();
        let mut block = Vec::new();
        while let Some(next) = records.next().unwrap() {
            found.push(match next {
                Found::Damage(what) => format!("{} !{what}", records.number()),
                Found::Record(record) => {
                    let is_whole = records.read_block(record.length, &mut block).unwrap();
                    let block = String::from_utf8_lossy(&block);
                    format!("{} {:?} {block} {is_whole}", records.number(), record.kind)
                }
            });
        }
        found
    }

    #[test]
    fn records_follow_each_other() {
        let archive = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n\
                       WARC/0.17\nwarc-type:resource\ncontent-length:2\n\nde\n\n\
                       WARC/1.1\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n";
        assert_eq!(all(archive), ["1 Answer abc true", "2 Resource de true", "3 Other  true"]);
    }

    #[test]
    fn reading_goes_on_behind_damage() {
        let archive = "WARC/1.0\r\nContent-Length: 1\r\n\r\nabc\r\n\r\n\
                       WARC/1.0\r\nWARC-Type: response\r\n\r\nxyz\r\n\r\n\
                       WARC/1.0\r\nContent-Length: 9\r\n\r\nde";
        assert_eq!(
            all(archive),
            [
                "1 Other a true",
                "2 !bytes before it are no record",
                "2 !the length of the record is missing",
                "3 !bytes before it are no record",
                "3 Other de false",
            ]
        );
    }

    #[test]
    fn a_record_in_fields_is_found() {
        let archive = "WARC/1.0\nContent-Type: application/warc-fields\nContent-Length: 40\n\na: b\n\n\
                       WARC/1.0\nWARC-Type: response\nContent-Length: 3\n\nabc\n\n";
        let mut source = archive.as_bytes();
        let mut records = Records::new(&mut source);
        let Some(Found::Record(fields)) = records.next().unwrap() else { panic!() };
        assert!(records.pass(&fields).unwrap());
        let Some(Found::Record(answer)) = records.next().unwrap() else { panic!() };
        assert_eq!((answer.kind, answer.length), (Kind::Answer, 3));
    }

    #[test]
    fn arc_has_two_versions() {
        let first = arc_record(b"http://a.example/b c 127.0.0.1 20140216050221 text/html 1591\n");
        let second = arc_record(
            b"http://a.example/ 127.0.0.1 20140216050221 text/html 200 X - 90 a.arc.gz 1591\n",
        );
        let (first, second) = (first.unwrap(), second.unwrap());
        assert_eq!(first.url, "http://a.example/b%20c");
        for record in [&first, &second] {
            assert_eq!((record.kind, record.length), (Kind::Answer, 1591));
            assert_eq!(record.media, "text/html");
            assert_eq!(record.captured.unwrap().to_string(), "2014-02-16");
        }
        let file = arc_record(b"filedesc://a.arc 0.0.0.0 20140216050221 text/plain 75").unwrap();
        assert_eq!((file.kind, file.length), (Kind::Other, 75));
        for line in ["rain fell on 20140216050221 days 12", "a:b c 20149916050221 d 5", "1 0 Live"]
        {
            assert_eq!(arc_record(line.as_bytes()), None, "{line}");
        }
    }
}
