//! JSON and JSON Lines: any collection of objects with the fields of articles.
//!
//! `elements` splits the stream, `record` finds the articles in an element.

mod crawl;
mod elements;
mod feed;
mod ninjs;
mod paper;
mod post;
mod record;
mod repair;
mod scanner;
pub(super) mod value;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use serde_json::Value;

use self::elements::{Element, Elements};
pub(super) use self::record::Reader;
use self::repair::repair;
use crate::article::Doubt;
use crate::ingest::decode::{Utf8Reader, decode_guessing};
use crate::ingest::delivery::Delivery;
use crate::ingest::{ReadError, ReadOptions};

/// Reads the articles of `source`. `is_lines` tells that it is JSON Lines by
/// its name.
///
/// An article's part is the number of its element; in an element that holds
/// several it is `3.1`, `3.2` and so on; in a file that is one object, `1`,
/// `2`, or nothing if that is the only article.
pub(crate) fn read(
    source: impl BufRead,
    is_lines: bool,
    options: &ReadOptions,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let reader = Reader::new(&options.map);
    let source = Utf8Reader::new(source)?;
    let mut elements = Elements::new(source, options.max_article_bytes, is_lines);
    while let Some(element) = elements.next()? {
        match element {
            Err(fault) => delivery.report(fault),
            Ok(element) => {
                if give_articles(&element, &reader, delivery).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// Hands on the articles of one element.
fn give_articles(
    element: &Element<'_>,
    reader: &Reader<'_>,
    delivery: &mut Delivery<'_>,
) -> ControlFlow<()> {
    let decoded = decode_guessing(element.bytes);
    let value = match parse(&decoded.text) {
        Ok(value) => value,
        Err(error) => {
            delivery.report(fault(&error, element));
            return ControlFlow::Continue(());
        }
    };
    let records = reader.records(&value);
    if records.is_empty() {
        delivery.report(ReadError::NoArticle { line: element.line });
    }
    let is_one = records.len() == 1;
    for (number, record) in (1_u64..).zip(records) {
        let mut article = reader.article(record);
        feed::fill_from_feed(&mut article, record, &value);
        article.part = match element.number {
            0 if is_one => String::new(),
            0 => number.to_string(),
            element if is_one => element.to_string(),
            element => format!("{element}.{number}"),
        };
        if decoded.guessed {
            article.doubt(Doubt::GuessedEncoding);
        }
        delivery.give(article, element.line)?;
    }
    ControlFlow::Continue(())
}

/// Parses JSON; if it is faulty, mended.
///
/// # Errors
///
/// Those of the text as it is.
pub(super) fn parse(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text)
        .or_else(|error| serde_json::from_str(&repair(text)).map_err(|_| error))
}

fn fault(error: &serde_json::Error, element: &Element<'_>) -> ReadError {
    if error.is_eof() && element.is_last {
        return ReadError::Truncated { line: element.line };
    }
    let line = element.line + (error.line() as u64).saturating_sub(1);
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    ReadError::Malformed { line, what: what.to_owned() }
}
