//! Messages: `.eml`, mailboxes in the form of mbox, and pages saved as MHTML.
//!
//! `mbox` splits a mailbox, `flowed` joins the lines of plain texts. MIME with its
//! codings is the business of `mail-parser`; what a message means as an article is
//! said here. Attachments are passed over.

mod flowed;
mod mbox;

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use jiff::civil::Date;
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use self::flowed::joined;
pub(crate) use self::mbox::{is_separator, read as read_mailbox};
use super::html;
use crate::article::{Article, DateFrom, Doubt};
use crate::ingest::ReadError;
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::parse_date;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::Hints;

/// Messages inside of messages that are read. People forward a few times; a file
/// with many more is made to break programs, which take them apart by recursion.
const MOST_NESTED: usize = 50;

/// What every message inside of another is announced by: the types `message/rfc822`,
/// `message/global` and `multipart/digest`.
const NESTING: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];

/// Reads a stream that is one message.
pub(crate) fn read(
    source: &mut dyn BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    let mut bytes = Vec::new();
    source.take(limit_bytes as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > limit_bytes {
        delivery.report(ReadError::TooLarge { limit_bytes, line: None });
        return Ok(ControlFlow::Continue(()));
    }
    match article(&bytes) {
        Some(article) => Ok(delivery.give(article, 1)),
        None => {
            delivery.report(NO_MESSAGE);
            Ok(ControlFlow::Continue(()))
        }
    }
}

/// What is wrong with a message that has no header lines, or endless ones inside.
const NO_MESSAGE: ReadError = ReadError::Damaged { what: "the message cannot be taken apart" };

/// The article that a message is; none where it is no message.
fn article(bytes: &[u8]) -> Option<Article> {
    if nested(bytes) > MOST_NESTED {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let mut article = if is_saved_page(&message) { saved_page(&message) } else { letter(&message) };
    if article.body.contains(char::REPLACEMENT_CHARACTER) {
        article.doubt(Doubt::GuessedEncoding);
    }
    Some(article)
}

/// How many messages may stand inside of one: each has a header line `Content-Type`, and
/// one of the words in it.
fn nested(bytes: &[u8]) -> usize {
    count(bytes, &NESTING).min(count(bytes, &[b"content-type"]))
}

/// How often `words`, which begin with `c`, `r`, `g` or `d`, stand in `bytes`, in any case.
fn count(bytes: &[u8], words: &[&[u8]]) -> usize {
    let is_word = |place: usize| {
        words.iter().any(|word| {
            let there = bytes.get(place..place + word.len());
            there.is_some_and(|there| there.eq_ignore_ascii_case(word))
        })
    };
    let starts = |byte: &u8| matches!(byte.to_ascii_lowercase(), b'c' | b'r' | b'g' | b'd');
    let places = bytes.iter().enumerate().filter(|(_, byte)| starts(byte));
    places.filter(|(place, _)| is_word(*place)).count()
}

/// Whether a browser saved a page as this message.
fn is_saved_page(message: &Message<'_>) -> bool {
    let from = message.header_raw(HeaderName::From).unwrap_or_default();
    from.contains("Saved by") || message.header_raw(SAVED_ADDRESS).is_some()
}

/// The header in which Chromium names the address of a saved page.
const SAVED_ADDRESS: &str = "Snapshot-Content-Location";

/// The article of a saved page. The date of the message is that of saving.
fn saved_page(message: &Message<'_>) -> Article {
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => Some((part, page)),
        _ => None,
    });
    let Some((part, page)) = page else { return letter(message) };
    let saved = message.header_raw(SAVED_ADDRESS).or_else(|| part.content_location());
    let url = saved.unwrap_or_default().trim();
    let hints = Hints { url, encoding: None, captured: day(message) };
    let mut article = html::read(page, &hints);
    if article.url.is_empty() {
        url.clone_into(&mut article.url);
    }
    if article.title.is_empty() {
        message.subject().unwrap_or_default().clone_into(&mut article.title);
    }
    article
}

fn day(message: &Message<'_>) -> Option<Date> {
    let written = message.header_raw(HeaderName::Date)?;
    parse_date(written.trim()).ok().map(|published| published.first_day())
}

/// The article of what somebody sent. Who sends to many is an outlet, who writes to
/// some an author.
fn letter(message: &Message<'_>) -> Article {
    let mut article = Article {
        title: message.subject().unwrap_or_default().to_owned(),
        body: body(message),
        guid: message.message_id().unwrap_or_default().to_owned(),
        url: archived_at(message),
        lang: message.parts[0].content_language().as_text().unwrap_or_default().to_owned(),
        ..Article::default()
    };
    let sender = sender(message);
    if is_sent_to_many(message) {
        article.outlet = sender;
    } else {
        article.authors = names_in_byline(&sender);
    }
    let keywords = message.keywords();
    article.tags = match (keywords.as_text_list(), keywords.as_text()) {
        (Some(many), _) => many.iter().map(ToString::to_string).collect(),
        (None, one) => one.iter().map(ToString::to_string).collect(),
    };
    fill_date(&mut article, message);
    article
}

/// The name of the sender, else the address.
fn sender(message: &Message<'_>) -> String {
    let from = message.from().or_else(|| message.sender());
    let Some(address) = from.and_then(|from| from.first()) else { return String::new() };
    let name = address.name().filter(|name| !name.trim().is_empty());
    name.or(address.address()).unwrap_or_default().trim_matches('"').to_owned()
}

/// Whether a message has headers of lists (RFC 2369, RFC 2919) or is marked as bulk.
fn is_sent_to_many(message: &Message<'_>) -> bool {
    let lists = [HeaderName::ListId, HeaderName::ListUnsubscribe, HeaderName::ListPost];
    let precedence = message.header_raw("Precedence").unwrap_or_default().trim();
    lists.into_iter().any(|list| message.header_raw(list).is_some())
        || ["bulk", "list"].iter().any(|word| word.eq_ignore_ascii_case(precedence))
}

/// Where the message can be read on the web (RFC 5064).
fn archived_at(message: &Message<'_>) -> String {
    let address = message.header_raw("Archived-At").unwrap_or_default().trim();
    address.trim_start_matches('<').trim_end_matches('>').to_owned()
}

/// The date header; its words are read, because the parser's date has lost a zone
/// that is a name.
fn fill_date(article: &mut Article, message: &Message<'_>) {
    let written = message.header_raw(HeaderName::Date).unwrap_or_default().trim();
    match parse_date(written) {
        Ok(published) => article.published = Some((published, DateFrom::Header)),
        Err(_) => written.clone_into(&mut article.date_text),
    }
}

/// The text of a message: of its parts in HTML and those around them, else of its
/// plain ones.
fn body(message: &Message<'_>) -> String {
    let has_html = message.html_bodies().any(|part| matches!(part.body, PartType::Html(_)));
    let texts: Vec<String> = if has_html {
        message.html_bodies().map(text_of_part).collect()
    } else {
        message.text_bodies().map(text_of_part).collect()
    };
    texts.join("\n\n")
}

fn text_of_part(part: &MessagePart<'_>) -> String {
    match &part.body {
        PartType::Html(page) => html::plain_text(page).into_owned(),
        PartType::Text(text) => {
            let attribute = |name| part.content_type().and_then(|kind| kind.attribute(name));
            let is = |name, value: &str| {
                attribute(name).is_some_and(|stated| stated.eq_ignore_ascii_case(value))
            };
            if is("format", "flowed") { joined(text, is("delsp", "yes")) } else { text.to_string() }
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{article, nested};
    use crate::ingest::formats::shown;

    fn read(message: &str) -> String {
        shown(&article(message.as_bytes()).unwrap())
    }

    #[test]
    fn a_newsletter_is_of_its_outlet() {
        insta::assert_snapshot!(read(concat!(
            "From: =?utf-8?q?Der_M=C3=B6we_Bote?= <post@gull.example>\r\n",
            "Subject: =?utf-8?b?UmVnZW4gw7xiZXIgTG9ybmU=?=\r\n",
            "Date: Thu, 4 May 2023 08:30:00 +0200\r\nMessage-ID: <a1@gull.example>\r\n",
            "List-Unsubscribe: <https://gull.example/off>\r\nArchived-At: <https://gull.example/1>\r\n",
            "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n",
            "--b\r\nContent-Type: text/plain\r\n\r\nSee the web.\r\n",
            "--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n",
            "<style>p{}</style><table><tr><td><p>Es regnet =FCber\r\n Lorne.</p><p>Sehr.</p></td></tr></table>\r\n",
            "--b--\r\n",
        )), @r"
        title = Regen über Lorne
        url = https://gull.example/1
        outlet = Der Möwe Bote
        published = 2023-05-04T08:30:00+02:00 (header)
        guid = a1@gull.example

        Es regnet über Lorne.

        Sehr.
        ");
    }

    #[test]
    fn a_letter_is_of_its_author() {
        insta::assert_snapshot!(read(concat!(
            "From: \"Ann Lee\" <ann@gull.example>\nSubject: Rain\nDate: 4 May 2023 08:30 EDT\n",
            "Keywords: rain, wind\n",
            "Content-Type: multipart/mixed; boundary=b\n\n",
            "--b\nContent-Type: text/plain; format=flowed\n\nIt rains \nand rains.\nStill.\n",
            "--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nAttached.\n",
            "--b--\n",
        )), @r"
        title = Rain
        authors = Ann Lee
        tags = rain; wind
        published = 2023-05-04T08:30:00-04:00 (header)

        It rains and rains.
        Still.
        ");
    }

    #[test]
    fn a_saved_page_is_read_as_a_page() {
        insta::assert_snapshot!(read(concat!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gull.example/rain\r\n",
            "Subject: Rain at last\r\nDate: Thu, 4 May 2023 08:30:00 -0000\r\n",
            "Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n",
            "--b\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml.blink>\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://gull.example/rain\r\n\r\n",
            "<!DOCTYPE html><html><head><title>Rain at last</title></head><body><article><p>It rained in Lorne at=\r\n",
            " last, and the millers of the town were glad of it, said Per Vik.</p></article></body></html>\r\n",
            "--b--\r\n",
        )), @r"
        title = Rain at last
        url = https://gull.example/rain

        It rained in Lorne at last, and the millers of the town were glad of it, said Per Vik.
        ");
    }

    #[test]
    fn messages_without_end_inside_each_other_are_refused() {
        let message = "Content-Type: Message/RFC822\n\n".repeat(200_000);
        assert_eq!(nested(message.as_bytes()), 200_000);
        assert!(article(message.as_bytes()).is_none());
        assert!(article(b"").is_none());
    }

    proptest! {
        #[test]
        fn any_message_is_survived(
            message in "(From: |Date: |Subject: =\\?utf-8\\?q\\?|Content-Type: multipart/mixed; boundary=a\n|\n--a\n|text/html|<p>|\n|: ){0,20}",
        ) {
            let _ = article(message.as_bytes());
        }
    }
}
