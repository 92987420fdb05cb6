//! Splits a mailbox in the form of mbox (RFC 4155) into its messages, in bounded
//! memory.
//!
//! A message begins with a line `From sender date` behind an empty line; a line of a
//! text that begins so has `>` before it, in the dialect *mboxrd* one more.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use super::{NO_MESSAGE, article};
use crate::ingest::ReadError;
use crate::ingest::delivery::Delivery;

/// Streams the messages of `source`, of at most `limit_bytes` each. The part of an
/// article is the number of its message, counted from 1.
pub(crate) fn read(
    source: &mut dyn BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut mailbox = Mailbox { line: 0, message: None, number: 0 };
    let mut line = Vec::new();
    let mut is_after_blank = true;
    let mut is_line_start = true;
    loop {
        line.clear();
        Read::take(&mut *source, limit_bytes as u64 + 1).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            break;
        }
        mailbox.line += u64::from(is_line_start);
        if is_line_start && is_after_blank && is_separator(&line) {
            if mailbox.give(limit_bytes, delivery).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            mailbox.begin();
        } else {
            mailbox.take(unquoted(&line), limit_bytes);
        }
        is_after_blank = is_line_start && line.trim_ascii().is_empty();
        is_line_start = line.ends_with(b"\n");
    }
    Ok(mailbox.give(limit_bytes, delivery))
}

/// The message that is being gathered.
struct Mailbox {
    /// The line that was read last, counted from 1.
    line: u64,
    /// Its bytes and the line where it begins; none before the first.
    message: Option<(Vec<u8>, u64)>,
    number: u64,
}

impl Mailbox {
    fn begin(&mut self) {
        self.number += 1;
        self.message = Some((Vec::new(), self.line));
    }

    /// Takes a line of the message, as long as it is not too large.
    fn take(&mut self, line: &[u8], limit_bytes: usize) {
        if let Some((message, _)) = &mut self.message
            && message.len() <= limit_bytes
        {
            message.extend_from_slice(line);
        }
    }

    /// Hands on the message.
    fn give(&mut self, limit_bytes: usize, delivery: &mut Delivery<'_>) -> ControlFlow<()> {
        let Some((message, line)) = self.message.take() else {
            return ControlFlow::Continue(());
        };
        if message.len() > limit_bytes {
            delivery.report(ReadError::TooLarge { limit_bytes, line: Some(line) });
            return ControlFlow::Continue(());
        }
        match article(&message) {
            Some(mut article) => {
                article.part = self.number.to_string();
                delivery.give(article, line)
            }
            None => {
                let what = NO_MESSAGE.to_string();
                delivery.report(ReadError::Malformed { line, what });
                ControlFlow::Continue(())
            }
        }
    }
}

/// Whether a line separates messages: `From`, a sender, and a date with a time and a
/// year, as `ctime` writes it; a zone may follow.
pub(crate) fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words = || rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let is_digits = |word: &[u8]| word.iter().all(u8::is_ascii_digit);
    let is_time = |word: &[u8]| {
        word.contains(&b':')
            && word.split(|byte| *byte == b':').all(|part| part.len() <= 2 && is_digits(part))
    };
    words().any(is_time) && words().any(|word| word.len() == 4 && is_digits(word))
}

/// A line without the mark that keeps it from being taken for a separator.
fn unquoted(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::{is_separator, unquoted};
    use crate::ingest::{ReadOptions, read_from};

    fn read(mailbox: &str, limit_bytes: usize) -> (Vec<String>, String) {
        let mut shown = Vec::new();
        let options = ReadOptions { max_article_bytes: limit_bytes, ..ReadOptions::default() };
        let reading = read_from("a.mbox", mailbox.as_bytes(), &options, &mut |article| {
            shown.push(format!("{} {}: {}", article.part, article.title, article.body));
            ControlFlow::Continue(())
        });
        let trouble = match reading {
            Ok(reading) => reading.trouble.map(|trouble| trouble.to_string()).unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        (shown, trouble)
    }

    const TWO: &str = "From ann@gull.example Thu May  4 08:30:00 2023\nSubject: Rain\n\n\
                       It rains.\n>From here on.\nFrom me, at 8:30.\n\n\
                       From bo at gull.example  Thu May  4 08:31:00 2023 +0200\nSubject: Sun\n\nIt shines.\n";

    #[test]
    fn messages_are_split() {
        let (shown, trouble) = read(TWO, 1000);
        assert_eq!(
            shown,
            ["1 Rain: It rains.\nFrom here on.\nFrom me, at 8:30.", "2 Sun: It shines."]
        );
        assert_eq!(trouble, "");
        assert_eq!(read(&TWO.replace('\n', "\r\n"), 1000).0, shown);
    }

    #[test]
    fn one_that_is_too_large_is_passed() {
        let (shown, trouble) = read(TWO, 56);
        assert_eq!(shown, ["2 Sun: It shines."]);
        assert!(trouble.starts_with("line 1: article larger"), "{trouble}");
    }

    #[test]
    fn separators_have_dates() {
        assert!(is_separator(b"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\r\n"));
        for line in [
            "From me to you",
            "from a Fri Jul 8 12:08:34 2011",
            "From 2011 on",
            ">From a 12:00 2011",
        ] {
            assert!(!is_separator(line.as_bytes()), "{line}");
        }
        assert_eq!(unquoted(b">>From a"), b">From a");
        assert_eq!(unquoted(b"> From a"), b"> From a");
    }

    proptest! {
        #[test]
        fn any_mailbox_is_survived(
            mailbox in "(From a 1:1 2011\n|\n|Subject: a\n|>From |b){0,20}", limit in 1usize..50,
        ) {
            read(&mailbox, limit);
        }
    }
}
