//! Plain texts as the databases of the press export them: Nexis and Factiva.
//!
//! Both are one document after the other, whose ends only certain lines mark; this
//! splits them, in bounded memory. What the lines of a document mean is the business
//! of `nexis` and `factiva`.

mod factiva;
mod languages;
mod nexis;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

pub(crate) use self::factiva::is_export as is_factiva;
pub(crate) use self::nexis::is_export as is_nexis;
use crate::article::{Article, Doubt};
use crate::ingest::ReadError;
use crate::ingest::decode::{Utf8Reader, decode_guessing};
use crate::ingest::delivery::Delivery;
use crate::ingest::lines::unified;

/// Where a line stands in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// It begins a document.
    First,
    Inside,
    /// It ends one.
    Last,
}

/// What there is to know of an export to split it and to read its documents.
struct Export {
    place: fn(&str) -> Place,
    read: fn(&str) -> Option<Article>,
}

/// Streams the articles of an export of Nexis, of at most `limit_bytes` each. The part
/// of an article is the number of its document, counted from 1.
pub(crate) fn read_nexis(
    source: &mut dyn BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let export = Export { place: nexis::place, read: nexis::article };
    read(source, &export, limit_bytes, delivery)
}

/// Streams the articles of an export of Factiva, as [`read_nexis`].
pub(crate) fn read_factiva(
    source: &mut dyn BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let export = Export { place: factiva::place, read: factiva::article };
    read(source, &export, limit_bytes, delivery)
}

/// The document that is being gathered.
#[derive(Default)]
struct Document {
    bytes: Vec<u8>,
    /// The line where it begins, counted from 1.
    line: u64,
    number: u64,
}

fn read(
    source: &mut dyn BufRead,
    export: &Export,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut source = Utf8Reader::new(source)?;
    let mut document = Document { line: 1, ..Document::default() };
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        source.by_ref().take(limit_bytes as u64 + 1).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(document.give(export, limit_bytes, delivery));
        }
        number += u64::from(line.ends_with(b"\n"));
        let place = (export.place)(String::from_utf8_lossy(&line).trim());
        if place == Place::First {
            if document.give(export, limit_bytes, delivery).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            document.line = number;
        }
        if document.bytes.len() <= limit_bytes {
            document.bytes.extend_from_slice(&line);
        }
        if place == Place::Last {
            if document.give(export, limit_bytes, delivery).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            document.line = number + 1;
        }
    }
}

impl Document {
    /// Hands on the article of the document, and empties it. What is no document stands
    /// between or before them: covers, lists of results.
    fn give(
        &mut self,
        export: &Export,
        limit_bytes: usize,
        delivery: &mut Delivery<'_>,
    ) -> ControlFlow<()> {
        let bytes = std::mem::take(&mut self.bytes);
        if bytes.len() > limit_bytes {
            self.number += 1;
            delivery.report(ReadError::TooLarge { limit_bytes, line: Some(self.line) });
            return ControlFlow::Continue(());
        }
        let decoded = decode_guessing(&bytes);
        let Some(mut article) = (export.read)(&unified(&decoded.text)) else {
            return ControlFlow::Continue(());
        };
        self.number += 1;
        article.part = self.number.to_string();
        if decoded.guessed {
            article.doubt(Doubt::GuessedEncoding);
        }
        delivery.give(article, self.line)
    }
}

/// Whether `line` is a number of words: `512 words`, `1.204 Wörter`.
fn is_word_count(line: &str) -> bool {
    let Some((number, word)) = line.trim().split_once([' ', '\u{a0}']) else { return false };
    let words = [
        "words", "word", "wörter", "woerter", "mots", "palabras", "parole", "woorden", "palavras",
        "ord", "слов",
    ];
    number.starts_with(|first: char| first.is_ascii_digit())
        && number.chars().all(|sign| sign.is_ascii_digit() || ",.\u{a0}\u{202f}".contains(sign))
        && words.contains(&word.trim().to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::is_word_count;
    use crate::ingest::formats::shown;
    use crate::ingest::{Format, ReadOptions, read_from};

    /// The articles of an export, and its format and trouble.
    pub(super) fn read(text: &str, limit_bytes: usize) -> (String, String) {
        let options = ReadOptions { max_article_bytes: limit_bytes, ..ReadOptions::default() };
        let mut out = String::new();
        let reading = read_from("a.txt", text.as_bytes(), &options, &mut |article| {
            out.push_str(&shown(&article));
            out.push_str("\n--\n");
            ControlFlow::Continue(())
        });
        match reading {
            Ok(reading) => {
                let trouble = reading.trouble.map(|trouble| trouble.to_string());
                (out + reading.format.name(), trouble.unwrap_or_default())
            }
            Err(error) => (out, error.to_string()),
        }
    }

    #[test]
    fn numbers_of_words_are_told() {
        for line in ["512 words", " 1,204 words", "1.204 Wörter", "98 mots"] {
            assert!(is_word_count(line), "{line}");
        }
        for line in ["words", "ten words", "512 words of it", "512", "", "5x words"] {
            assert!(!is_word_count(line), "{line}");
        }
    }

    #[test]
    fn other_texts_are_no_exports() {
        for text in
            ["Rain\n\n512 words\nand more", "HD is high\nPD is low", "1 of 2 documents is lost."]
        {
            assert!(read(text, 1000).0.ends_with(Format::Text.name()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_export_is_survived(
            text in "(1 of 2 DOCUMENTS\n)?(HD  |PD  |WC  |TD  |BODY:|Body\n|LENGTH: |512 words\n|4 May 2023\n|Document AB00002023\n|End of Document\n|a|é| |\n|Copyright 2023\n){0,30}",
            limit in 1usize..200,
        ) {
            read(&text, limit);
        }
    }
}
