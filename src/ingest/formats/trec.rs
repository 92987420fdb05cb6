//! SGML of the collections of TREC, and of those made like them: the Associated
//! Press, the Wall Street Journal, the Financial Times, the Los Angeles Times, the
//! Federal Register, FBIS and others of TIPSTER and TREC disks 1 to 5, AQUAINT,
//! Gigaword, and web pages in such frames.
//!
//! `elements` finds the elements of a record, `number` says what its number tells:
//! outlet and day. The forms are described in the README files of the collections.

mod elements;
mod number;

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use self::elements::Elements;
use super::html;
use super::sgml::{Tags, read_records, unescape};
use crate::article::{Article, DateFrom, Doubt, Published};
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::parse_date;
use crate::ingest::decode::decode;
use crate::ingest::delivery::Delivery;
use crate::ingest::stream::Hints;

const TAGS: Tags =
    Tags { openings: &["<DOC>", "<DOC ", "<doc>", "<doc "], closings: &["</DOC>", "</doc>"] };

/// Elements that hold the headline, the most telling first.
const TITLES: [&str; 9] =
    ["HEADLINE", "HEAD", "HL", "TITLE", "TTL", "TI", "DOCTITLE", "HT", "SLUG"];

/// Elements that hold the date of publication, the most telling first.
const DATES: [&str; 7] = ["DATE_TIME", "DATETIME", "DATE", "DATE1", "DD", "PUBDATE", "PD"];

/// Elements that hold the byline.
const BYLINES: [&str; 5] = ["BYLINE", "AUTHOR", "BY", "AU", "WRITER"];

/// Elements that hold text, in the order of a record: leads stand before the text.
const TEXTS: [&str; 4] = ["LEADPARA", "LP", "TEXT", "BODY"];

/// Streams the articles of `source`, each of at most `limit_bytes`. The part of an
/// article is its `DOCNO`.
pub(crate) fn read(
    source: impl BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    read_records(source, &TAGS, limit_bytes, delivery, give)
}

/// Whether a text that begins with `<` is such a collection: its first record has a
/// number. Gigaword has that in the tag.
pub(crate) fn is_collection(head: &str) -> bool {
    let is_numbered = |text: &str| text.contains("<DOCNO>") || text.contains("<DOCID>");
    let head = head.trim_start();
    let upper = head.to_ascii_uppercase();
    (upper.starts_with("<DOC>") && is_numbered(&upper)) || upper.starts_with("<DOC ID=")
}

fn give(bytes: &[u8], line: u64, delivery: &mut Delivery<'_>) -> ControlFlow<()> {
    let decoded = decode(bytes);
    let mut article = article(&decoded.text);
    if decoded.guessed {
        article.doubt(Doubt::GuessedEncoding);
    }
    article.part = delivery.own_part(&article.part);
    delivery.give(article, line)
}

/// The article between `<DOC>` and `</DOC>`.
fn article(sgml: &str) -> Article {
    if let Some((frame, page)) = split_page(sgml) {
        return page_article(frame, page);
    }
    let elements = Elements::of(sgml);
    let number = number(&elements);
    let (title, title_day) = without_issue(&line(elements.first(&TITLES)));
    let mut article = Article {
        title,
        authors: names_in_byline(&line(elements.first(&BYLINES))),
        dateline: line(elements.first(&["DATELINE"])).trim_end_matches(['-', ' ']).to_owned(),
        section: line(elements.first(&["SECTION", "SE"])),
        url: line(elements.first(&["URL"])),
        body: elements.text(&TEXTS),
        outlet: number::outlet(&number).unwrap_or_default().to_owned(),
        lang: number::lang(&number).unwrap_or_default().to_owned(),
        ..Article::default()
    };
    if article.body.is_empty() {
        article.body = elements.bare_text();
    }
    fill_date(&mut article, &elements, number::day(&number).or(title_day));
    article.part = number;
    article
}

/// The number of a record: an element, or an attribute of its tag.
fn number(elements: &Elements<'_>) -> String {
    let number = line(elements.first(&["DOCNO", "DOCID"]));
    if number.is_empty() { elements.attribute("id").to_owned() } else { number }
}

/// A text without tags and entities, on one line.
fn line(inner: &str) -> String {
    let plain = unescape(&elements::without_tags(inner, " "));
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The frame of a record and the page in it, if it holds one.
fn split_page(sgml: &str) -> Option<(&str, &str)> {
    let (frame, page) = sgml.split_once("</DOCHDR>").or_else(|| sgml.split_once("</dochdr>"))?;
    let end = page.len().saturating_sub("</DOC>".len());
    Some((frame, page.get(..end)?))
}

/// The article of a page; the first word of its `DOCHDR` is its address.
fn page_article(frame: &str, page: &str) -> Article {
    let elements = Elements::of(frame);
    let header = elements.first(&["DOCHDR"]);
    let url = header.split_whitespace().next().unwrap_or_default();
    let mut article = html::read(page, &Hints { url, ..Hints::default() });
    if article.url.is_empty() {
        url.clone_into(&mut article.url);
    }
    article.part = number(&elements);
    article
}

/// A headline without the name and the issue that the Financial Times puts before
/// it (`FT  14 MAY 91 / Rain falls`), and the day in that.
fn without_issue(title: &str) -> (String, Option<Published>) {
    let issue = title.strip_prefix("FT ").and_then(|rest| rest.split_once(" / "));
    match issue.and_then(|(issue, rest)| Some((parse_date(issue.trim()).ok()?, rest))) {
        Some((day, rest)) => (rest.to_owned(), Some(day)),
        None => (title.to_owned(), None),
    }
}

/// Fills the date from the first element with one that can be read, else from
/// `otherwise`: what the number of the record tells.
fn fill_date(article: &mut Article, elements: &Elements<'_>, otherwise: Option<Published>) {
    let texts = DATES.iter().map(|name| line(elements.first(&[name])));
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    let published = texts.iter().find_map(|text| day(text)).or(otherwise);
    article.published = published.map(|published| (published, DateFrom::Metadata));
    if published.is_none() {
        article.date_text = texts.into_iter().next().unwrap_or_default();
    }
}

/// The date in the text of an element: `910514`, `= 870324`, a date, or one with the
/// edition behind it (`January 1, 1989, Sunday, Home Edition`).
fn day(text: &str) -> Option<Published> {
    let text = text.trim_start_matches(['=', ' ']);
    if let Some(day) = number::six_digits(text, number::Order::YearFirst) {
        return Some(day);
    }
    let ends = text.match_indices(',').map(|(place, _)| place).rev().take(MOST_COMMAS);
    std::iter::once(text.len()).chain(ends).find_map(|end| parse_date(&text[..end]).ok())
}

/// Commas behind a date that are looked at; editions have one or two.
const MOST_COMMAS: usize = 5;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{article, is_collection};
    use crate::ingest::formats::shown;

    #[test]
    fn agencies_have_heads() {
        insta::assert_snapshot!(shown(&article(concat!(
            "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n",
            "<FIRST>u i AM-Rain     02-12 0116</FIRST>\n<HEAD>Rain &amp; Wind in Lorne</HEAD>\n",
            "<HEAD>With Photo</HEAD>\n<BYLINE>By MARA QUILL</BYLINE>\n<BYLINE>Lorne Press Writer</BYLINE>\n",
            "<DATELINE>LORNE, Norway (AP) </DATELINE>\n<TEXT>\n   It rained on the\nmills.\n   The millers slept.\n</TEXT>\n</DOC>",
        ))), @r"
        part = AP880212-0001
        title = Rain & Wind in Lorne
        outlet = Associated Press
        authors = MARA QUILL
        lang = en
        published = 1988-02-12 (metadata)
        dateline = LORNE, Norway (AP)

        It rained on the mills.

        The millers slept.
        ");
    }

    #[test]
    fn newspapers_have_paragraphs() {
        insta::assert_snapshot!(shown(&article(concat!(
            "<DOC>\n<DOCNO> LA010189-0013 </DOCNO>\n<DOCID> 31 </DOCID>\n",
            "<DATE>\n<P>\nJanuary 1, 1989, Sunday, Home Edition \n</P>\n</DATE>\n",
            "<SECTION>\n<P>\nMetro; Part 2; Page 1; Column 3; Local Desk \n</P>\n</SECTION>\n",
            "<HEADLINE>\n<P>\nA BRIDGE FOR LORNE; \n</P>\n<P>\nAT LAST \n</P>\n</HEADLINE>\n",
            "<BYLINE>\n<P>\nBy OTTO PENN, Times Staff Writer \n</P>\n</BYLINE>\n",
            "<TEXT>\n<P>\nThe bridge is\nopen. \n</P>\n<!-- PJG 0012 frnewline -->\n<P>\nIt was <F P=102>late</F>. \n</P>\n</TEXT>\n</DOC>",
        ))), @r"
        part = LA010189-0013
        title = A BRIDGE FOR LORNE; AT LAST
        outlet = Los Angeles Times
        authors = OTTO PENN
        section = Metro; Part 2; Page 1; Column 3; Local Desk
        lang = en
        published = 1989-01-01 (metadata)

        The bridge is open.

        It was late.
        ");
    }

    #[test]
    fn dates_are_read_from_elements_then_numbers() {
        for (record, date) in [
            ("<DOCNO>FT911-3</DOCNO><DATE>910514\n</DATE>", "1991-05-14"),
            ("<DOCNO>FT911-3</DOCNO><HEADLINE>FT  14 MAY 91 / Rain</HEADLINE>", "1991-05-14"),
            ("<DOCNO> WSJ870324-0001 </DOCNO><DD> = 870324 </DD>", "1987-03-24"),
            ("<DOCNO> WSJ870304-0001 </DOCNO><DD> 03/04/87</DD>", "1987-03-04"),
            ("<DOCNO> LA040389-0001 </DOCNO>", "1989-04-03"),
            ("<DOCNO> FR940104-0-00001 </DOCNO>", "1994-01-04"),
            ("<DOCNO> FBIS3-1 </DOCNO><DATE1>  14 May 1994 </DATE1>", "1994-05-14"),
            (
                "<DOCNO> APW19980601.0001 </DOCNO><DATE_TIME> 1998-06-01 00:09:00 </DATE_TIME>",
                "1998-06-01T00:09:00",
            ),
            ("<DOCNO> XIE19960101.0001 </DOCNO>", "1996-01-01"),
            ("<DOCNO> FBIS4-23 </DOCNO>", ""),
            ("<DOCNO> AP881332-1 </DOCNO>", ""),
        ] {
            let article = article(&format!("<DOC>{record}<TEXT>x</TEXT></DOC>"));
            let found = article.published.map(|(date, _)| date.to_string()).unwrap_or_default();
            assert_eq!(found, date, "{record}");
        }
    }

    #[test]
    fn gigaword_has_its_number_in_the_tag() {
        insta::assert_snapshot!(shown(&article(concat!(
            "<DOC id=\"AFP_ENG_20100101.0002\" type=\"story\" >\n<HEADLINE>\nRain in Lorne\n</HEADLINE>\n",
            "<DATELINE>\nLORNE, Jan 1\n</DATELINE>\n<TEXT>\n<P>\nIt rains.\n</P>\n</TEXT>\n</DOC>",
        ))), @r"
        part = AFP_ENG_20100101.0002
        title = Rain in Lorne
        outlet = Agence France-Presse
        lang = en
        published = 2010-01-01 (metadata)
        dateline = LORNE, Jan 1

        It rains.
        ");
    }

    #[test]
    fn pages_are_read_as_pages() {
        let page = article(concat!(
            "<DOC>\n<DOCNO>WTX001-B01-1</DOCNO>\n<DOCHDR>\nhttp://gull.example/rain 127.0.0.1 19970101010101 text/html 90\n",
            "HTTP/1.0 200 OK\n</DOCHDR>\n<html><title>Rain</title><body><p>It rained in Lorne at last, and the millers ",
            "of the town were glad of it, said Per Vik.</p></body></html>\n</DOC>",
        ));
        assert_eq!((page.title.as_str(), page.url.as_str()), ("Rain", "http://gull.example/rain"));
        assert_eq!(page.part, "WTX001-B01-1");
        assert!(page.body.starts_with("It rained") && page.body.ends_with("Vik."), "{}", page.body);
    }

    #[test]
    fn collections_are_told() {
        assert!(is_collection("\n<DOC>\n<DOCNO> 1 </DOCNO>") && is_collection("<doc><docno>1"));
        assert!(is_collection("<DOC id=\"AFP_ENG_20100101.0002\" type=\"story\" >"));
        assert!(!is_collection("<DOC>x") && !is_collection("<DOCUMENT id=\"1\">"));
    }

    proptest! {
        #[test]
        fn any_record_is_survived(
            record in "(<DOC>|</DOC>|<DOCNO>|AP880212-0001|</DOCNO>|</DOCHDR>|<TEXT>|</TEXT>|<P>|<!--|-->|<DATE>|é|<|>|&lt;|\n){0,30}",
        ) {
            let _ = article(&record);
        }
    }
}
