//! Reads one stream of bytes: tells its format, and hands its articles on.
//!
//! A stream is a source file or a member of an archive; archives give a stream for
//! each of their members.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use encoding_rs::Encoding;
use jiff::civil::Date;

use super::containers::{self, Container};
use super::decode::decode_declared;
use super::delivery::Delivery;
use super::detect::{Format, detect};
use super::error::ReadError;
use super::formats::markdown::MarkdownError;
use super::formats::xml::read_records;
use super::formats::{
    exports, feed, html, json, mail, markdown, mediawiki, news, reuters, table, text, trec, warc,
};
use super::read::ReadOptions;
use crate::article::{Article, Doubt};

/// Bytes that may hold articles.
pub(crate) struct Stream<'a> {
    /// The name that may tell the format.
    pub(crate) name: &'a str,
    pub(crate) source: &'a mut dyn BufRead,
    /// The file that it is, where it can be read at any place.
    pub(crate) file: Option<&'a File>,
    /// How many archives it lies in.
    pub(crate) depth: u32,
    pub(crate) hints: Hints<'a>,
}

/// What is known of a stream from around it: from an archive of the web, say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hints<'a> {
    /// The address that it was got from.
    pub(crate) url: &'a str,
    /// The encoding that the server stated.
    pub(crate) encoding: Option<&'static Encoding>,
    /// The day on which it was got: it was not published later.
    pub(crate) captured: Option<Date>,
}

/// Reads the articles of `stream`. Troubles go to `delivery`; an error is one of
/// reading.
pub(crate) fn read_stream(
    stream: Stream<'_>,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let head = stream.source.fill_buf()?;
    if let Some(container) = Container::told(stream.name, head) {
        return containers::read(container, stream, options, delivery);
    }
    let format = match detect(stream.name, head) {
        Ok(format) => format,
        Err(reason) => {
            delivery.report(reason);
            return Ok(ControlFlow::Continue(()));
        }
    };
    delivery.format.get_or_insert(format);
    let Stream { source, hints, .. } = stream;
    let mut read_xml = |names: &[&str], read| {
        read_records(&mut *source, hints.encoding, names, read, options, delivery)
    };
    let parse: fn(&str, &Hints<'_>) -> (Article, Option<MarkdownError>) = match format {
        Format::Feed => return feed::read(source, &hints, options, delivery),
        Format::Nitf => return read_xml(&["nitf"], news::nitf),
        Format::NewsMl => return read_xml(&["NewsItem"], news::newsml),
        Format::NewsMlG2 => return read_xml(&["newsItem"], news::newsml_g2),
        Format::Rcv1 => return read_xml(&["newsitem"], news::rcv1),
        Format::Json => return json::read(source, false, options, delivery),
        Format::JsonLines => return json::read(source, true, options, delivery),
        Format::Reuters => return reuters::read(source, options.max_article_bytes, delivery),
        Format::Mail => return mail::read(source, options.max_article_bytes, delivery),
        Format::Mailbox => {
            return mail::read_mailbox(source, options.max_article_bytes, delivery);
        }
        Format::Table => return table::read(source, options, delivery),
        Format::Trec => return trec::read(source, options.max_article_bytes, delivery),
        Format::MediaWiki => {
            return mediawiki::read(source, options.max_article_bytes, delivery);
        }
        Format::Nexis => return exports::read_nexis(source, options.max_article_bytes, delivery),
        Format::Factiva => {
            return exports::read_factiva(source, options.max_article_bytes, delivery);
        }
        // Passed over: what it holds is in the source files beside it, or is to be restored.
        Format::Export => return Ok(ControlFlow::Continue(())),
        Format::Warc => return warc::read(source, options.max_article_bytes, delivery),
        Format::Html => |page, hints| (html::read(page, hints), None),
        Format::Markdown => |text, _| markdown::read(text),
        Format::Text => |text, _| (text::read(text), None),
    };
    read_whole(source, &hints, options.max_article_bytes, delivery, parse)
}

/// Reads a stream that is one article.
pub(crate) fn read_whole(
    source: &mut dyn BufRead,
    hints: &Hints<'_>,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
    parse: fn(&str, &Hints<'_>) -> (Article, Option<MarkdownError>),
) -> io::Result<ControlFlow<()>> {
    let mut bytes = Vec::new();
    source.take(limit_bytes as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit_bytes {
        delivery.report(ReadError::TooLarge { limit_bytes, line: None });
        return Ok(ControlFlow::Continue(()));
    }
    let decoded = decode_declared(&bytes, hints.encoding);
    if decoded.text.trim().is_empty() {
        delivery.report(ReadError::Empty);
        return Ok(ControlFlow::Continue(()));
    }
    let (mut article, fault) = parse(&decoded.text, hints);
    if decoded.guessed {
        article.doubt(Doubt::GuessedEncoding);
    }
    if let Some(fault) = fault {
        delivery.report(fault.into());
    }
    Ok(delivery.give(article, 1))
}
