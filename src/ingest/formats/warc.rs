//! Archives of the web: WARC 0.17 to 1.1 (ISO 28500) and ARC 1 and 2.
//!
//! `records` finds the records in the stream, `http` takes a server's answer
//! apart. Only pages become articles: whole answers (status 200) in HTML, and
//! resources stored as HTML. Requests, pictures, redirections and the like are
//! passed over in silence. Compression of the archive is undone before.

mod http;
mod records;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use encoding_rs::Encoding;

use self::http::{Answer, is_page, starts_like_page};
use self::records::{Found, Kind, Record, Records};
use super::html;
use crate::article::Article;
use crate::ingest::ReadError;
use crate::ingest::delivery::Delivery;
use crate::ingest::formats::markdown::MarkdownError;
use crate::ingest::stream::{Hints, read_whole};

/// Streams the pages of `source`, each stored in at most `limit_bytes`. The part
/// of an article is the number of its record, counted from 1.
pub(crate) fn read(
    source: &mut dyn BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut records = Records::new(source);
    let mut block = Vec::new();
    while let Some(found) = records.next()? {
        let flow = delivery.within_record(records.number(), |delivery| match found {
            Found::Damage(what) => {
                delivery.report(ReadError::Damaged { what });
                Ok(ControlFlow::Continue(()))
            }
            Found::Record(record) => give(&mut records, &record, &mut block, limit_bytes, delivery),
        })?;
        if flow.is_break() {
            return Ok(flow);
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Hands on the page of a record, if it is one.
fn give(
    records: &mut Records<'_>,
    record: &Record,
    block: &mut Vec<u8>,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let may_be_page = match record.kind {
        Kind::Answer => true,
        Kind::Resource => is_page(&record.media),
        Kind::Other => false,
    };
    let is_large = record.length > limit_bytes as u64;
    if may_be_page && !is_large {
        if !records.read_block(record.length, block)? {
            delivery.report(ReadError::Damaged { what: BREAKS_OFF });
            return Ok(ControlFlow::Continue(()));
        }
        return give_page(record, block, limit_bytes, delivery);
    }
    // Films and pictures are large as a rule: what is no page is no trouble.
    let is_large_page = may_be_page && records.peek_page(record)?;
    if is_large_page {
        delivery.report(ReadError::TooLarge { limit_bytes, line: None });
    }
    if !records.pass(record)? && (is_large_page || !may_be_page) {
        delivery.report(ReadError::Damaged { what: BREAKS_OFF });
    }
    Ok(ControlFlow::Continue(()))
}

/// What is wrong with the last record of an archive that is cut short.
const BREAKS_OFF: &str = "the archive ends inside the record";

/// Hands on the page in the whole block of a record, if it is one.
fn give_page(
    record: &Record,
    block: &[u8],
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    if record.kind == Kind::Resource {
        return give_html(record, block, None, limit_bytes, delivery);
    }
    let Some(answer) = Answer::of(block) else {
        // ARC and old crawlers also store pages without what the server said.
        let media = if starts_like_page(block) { "text/html" } else { "" };
        return match media {
            "" => Ok(ControlFlow::Continue(())),
            _ => give_html(record, block, None, limit_bytes, delivery),
        };
    };
    if answer.status != WHOLE_ANSWER || !(answer.media.is_empty() || is_page(answer.media)) {
        return Ok(ControlFlow::Continue(()));
    }
    let body = answer.body(limit_bytes);
    delivery.meter.unpack(body.len() as u64)?;
    if answer.media.is_empty() && !starts_like_page(&body) || body.trim_ascii().is_empty() {
        return Ok(ControlFlow::Continue(()));
    }
    give_html(record, &body, answer.encoding(), limit_bytes, delivery)
}

/// The status of an answer that brings what was asked for (RFC 9110, 15.3.1).
const WHOLE_ANSWER: u16 = 200;

fn give_html(
    record: &Record,
    mut page: &[u8],
    encoding: Option<&'static Encoding>,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let hints = Hints { url: &record.url, encoding, captured: record.captured };
    read_whole(&mut page, &hints, limit_bytes, delivery, read_page)
}

/// The article of a page, which stands at the address it was got from unless it
/// names another.
fn read_page(page: &str, hints: &Hints<'_>) -> (Article, Option<MarkdownError>) {
    let mut article = html::read(page, hints);
    if article.url.is_empty() {
        hints.url.clone_into(&mut article.url);
    }
    (article, None)
}
