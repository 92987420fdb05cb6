//! SGML of the collection Reuters-21578, and of files made like it.
//!
//! The form is described in the README of the collection (D. D. Lewis, 1997),
//! section VI. Elements do not nest but for the lists, and their tags stand in
//! capitals, so that no SGML parser is needed.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use super::sgml::{Tags, paragraphs, read_records, unescape};
use crate::article::{Article, DateFrom, Doubt};
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::parse_date;
use crate::ingest::decode::decode_guessing;
use crate::ingest::delivery::Delivery;

const TAGS: Tags = Tags { openings: &["<REUTERS "], closings: &["</REUTERS>"] };

/// The lines that end a dispatch, in lower case; the third is a slip that the
/// collection has.
const TRAILERS: [&str; 3] = ["reuter", "reuters", "reute"];

/// What stands for the text of notes that are a headline only.
const NO_TEXT: &str = "Blah blah blah.";

/// Streams the articles of `source`, each of at most `limit_bytes`. The part
/// of an article is its `NEWID`.
pub(crate) fn read(
    source: impl BufRead,
    limit_bytes: usize,
    delivery: &mut Delivery<'_>,
) -> io::Result<ControlFlow<()>> {
    read_records(source, &TAGS, limit_bytes, delivery, give)
}

fn give(bytes: &[u8], line: u64, delivery: &mut Delivery<'_>) -> ControlFlow<()> {
    let decoded = decode_guessing(bytes);
    let mut article = article(&decoded.text);
    if decoded.guessed {
        article.doubt(Doubt::GuessedEncoding);
    }
    article.part = delivery.own_part(&article.part);
    delivery.give(article, line)
}

/// The article between `<REUTERS` and `</REUTERS>`.
fn article(sgml: &str) -> Article {
    let (head, text) = sgml.split_once("<TEXT").unwrap_or((sgml, ""));
    let mut article = Article {
        part: attribute(head, "NEWID").to_owned(),
        outlet: "Reuters".to_owned(),
        lang: "en".to_owned(),
        tags: [list(head, "TOPICS"), list(head, "EXCHANGES")].concat(),
        people: list(head, "PEOPLE"),
        organizations: [list(head, "ORGS"), list(head, "COMPANIES")].concat(),
        places: list(head, "PLACES"),
        ..Article::default()
    };
    fill_date(&mut article, element(head, "DATE").unwrap_or_default());
    fill_text(&mut article, text);
    article
}

/// The date may be followed by noise: where the whole is no date, its first
/// word counts.
fn fill_date(article: &mut Article, text: &str) {
    let first_word = text.split_whitespace().next().unwrap_or_default();
    let date = parse_date(text.trim()).or_else(|_| parse_date(first_word));
    match date {
        Ok(published) => article.published = Some((published, DateFrom::Metadata)),
        Err(_) => article.date_text = text.to_owned(),
    }
}

/// Fills what stands in `<TEXT>`: with elements, or, where the type is
/// `UNPROC`, as bare lines whose first is the title.
fn fill_text(article: &mut Article, text: &str) {
    let (opening, text) = text.split_once('>').unwrap_or(("", text));
    let text = text.split_once("</TEXT>").map_or(text, |(text, _)| text);
    if let Some(byline) = element(text, "AUTHOR") {
        article.authors = names_in_byline(&unescape(byline));
        article.authors.retain(|name| !TRAILERS.contains(&name.to_lowercase().as_str()));
    }
    let dateline = unescape(element(text, "DATELINE").unwrap_or_default());
    article.dateline = dateline.trim().trim_end_matches('-').to_owned();
    match (element(text, "TITLE"), element(text, "BODY")) {
        (None, None) if attribute(opening, "TYPE") == "UNPROC" => {
            let plain = unescape(text);
            let plain = plain.trim_matches(is_blank);
            let (title, rest) = plain.split_once('\n').unwrap_or((plain, ""));
            article.title = title.to_owned();
            article.body = without_trailer(rest).to_owned();
        }
        (title, body) => {
            article.title = unescape(title.unwrap_or_default());
            article.body = paragraphs(without_trailer(&unescape(body.unwrap_or_default())));
        }
    }
    if article.body == NO_TEXT {
        article.body.clear();
    }
}

/// What stands between the tags of the first element `name`.
fn element<'a>(sgml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = sgml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>")).map_or(rest, |(inner, _)| inner))
}

/// The members `<D>…</D>` of the list `name`.
fn list(sgml: &str, name: &str) -> Vec<String> {
    let members = element(sgml, name).unwrap_or_default().split("<D>").skip(1);
    members.map(|member| unescape(member.split("</D>").next().unwrap_or(member))).collect()
}

/// The value of the first attribute `name` with quotes around it.
fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map_or("", |(value, _)| value)
}

/// `text` without the line that ends a dispatch, whatever signs stand by it.
fn without_trailer(text: &str) -> &str {
    let text = text.trim_end_matches(is_blank);
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let word = last.trim_matches(|character: char| !character.is_alphabetic());
    if TRAILERS.contains(&word.to_lowercase().as_str()) { before } else { text }
}

/// White space, and the controls that frame the texts of the collection.
fn is_blank(character: char) -> bool {
    character.is_control() || character.is_whitespace()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;
    use std::ops::ControlFlow;

    use proptest::prelude::*;

    use super::{article, read, without_trailer};
    use crate::article::Article;
    use crate::ingest::Bounds;
    use crate::ingest::delivery::Delivery;

    fn all(sgml: &str, limit_bytes: usize, piece: usize) -> (Vec<Article>, String) {
        let mut articles = Vec::new();
        let mut found = |article| {
            articles.push(article);
            ControlFlow::Continue(())
        };
        let file = crate::ingest::SourceFile {
            path: "a.sgm".into(),
            name: "a.sgm".to_owned(),
            size: sgml.len() as u64,
            modified_ns: 0,
        };
        let mut delivery = Delivery::new(&file, Bounds::default(), &mut found);
        let source = BufReader::with_capacity(piece, sgml.as_bytes());
        assert!(read(source, limit_bytes, &mut delivery).unwrap().is_continue());
        let trouble = delivery.trouble.map(|trouble| trouble.to_string()).unwrap_or_default();
        (articles, trouble)
    }

    fn one(number: u32) -> String {
        format!(
            "<REUTERS A=\"B\" NEWID=\"{number}\">\n<TEXT><TITLE>RAIN</TITLE></TEXT>\n</REUTERS>\n"
        )
    }

    #[test]
    fn fields_are_read() {
        let article = article(concat!(
            "<REUTERS TOPICS=\"YES\" OLDID=\"12\" NEWID=\"7\">\n<DATE> 1-APR-1987 10:00:00.00</DATE>\n",
            "<TOPICS><D>tea</D></TOPICS>\n<PLACES><D>el-salvador</D><D>usa</D></PLACES>\n",
            "<PEOPLE><D>roy</D></PEOPLE>\n<ORGS><D>ec</D></ORGS>\n<EXCHANGES><D>nyse</D></EXCHANGES>\n",
            "<COMPANIES></COMPANIES>\n<UNKNOWN>\n&#5;&#22;reute</UNKNOWN>\n<TEXT>&#2;\n",
            "<TITLE>GULL &lt;GUL> BUYS TEA</TITLE>\n<AUTHOR>    By Ann Lee, Reuters</AUTHOR>\n",
            "<DATELINE>    HULL, April 1 - </DATELINE><BODY>Gull Co bought\ntea.\n",
            "    It paid.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>",
        ));
        assert_eq!(article.part, "7");
        assert_eq!(article.title, "GULL <GUL> BUYS TEA");
        assert_eq!(article.body, "Gull Co bought tea.\n\nIt paid.");
        assert_eq!(article.dateline.trim(), "HULL, April 1");
        assert_eq!(article.authors, ["Ann Lee"]);
        assert_eq!(article.tags, ["tea", "nyse"]);
        assert_eq!(article.places, ["el-salvador", "usa"]);
        assert_eq!(article.people, ["roy"]);
        assert_eq!(article.organizations, ["ec"]);
        assert_eq!((article.outlet.as_str(), article.lang.as_str()), ("Reuters", "en"));
    }

    #[test]
    fn notes_and_bare_lines_are_read() {
        let note = article(concat!(
            "<REUTERS NEWID=\"1\"><TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>TEA ROSE\n</TITLE>",
            "Blah blah blah.\n&#3;\n\n</TEXT></REUTERS>",
        ));
        assert_eq!((note.title.trim(), note.body.as_str()), ("TEA ROSE", ""));
        let table = article(concat!(
            "<REUTERS NEWID=\"1\"><TEXT TYPE=\"UNPROC\">&#2;\nTEA TABLE - APRIL 1\n",
            "    Two weeks   mlns\n Green....1\n\n REUTER...\n&#3;</TEXT></REUTERS>",
        ));
        assert_eq!(table.title.trim(), "TEA TABLE - APRIL 1");
        assert_eq!(table.body.trim(), "Two weeks   mlns\n Green....1");
    }

    #[test]
    fn trailers_go() {
        for trailer in [" Reuter", " REUTER...", "REUTERS", " REUTE", " Reuter4", " reuter\r"] {
            assert_eq!(without_trailer(&format!("Rain.\n{trailer}\n\u{3}")), "Rain.");
        }
        assert_eq!(without_trailer("Rain, said Reuter"), "Rain, said Reuter");
    }

    #[test]
    fn articles_are_streamed() {
        let sgml = format!("<!DOCTYPE lewis>\n{}{}", one(1), one(2));
        for piece in [1, 7, 1000] {
            let (articles, trouble) = all(&sgml, 1000, piece);
            let parts: Vec<&str> = articles.iter().map(|article| article.part.as_str()).collect();
            assert_eq!((parts, trouble.as_str()), (vec!["1", "2"], ""));
        }
    }

    #[test]
    fn faults_are_reported_and_the_others_stay() {
        let whole = one(1);
        let cut = &whole[..whole.len() - 12];
        let (articles, trouble) = all(&format!("{whole}{cut}"), 1000, 100);
        assert_eq!(articles.len(), 1);
        assert_eq!(trouble, "cut short: the file ends inside what begins at line 4");
        let (articles, trouble) = all(&format!("{cut}\n{whole}"), 1000, 100);
        assert_eq!(articles.len(), 1);
        assert_eq!(trouble, "line 1: `</REUTERS>` is missing");
        let long = one(1).replace("RAIN", &"RAIN ".repeat(500_000));
        let (articles, trouble) = all(&format!("{long}{}", one(2)), 2 << 20, 8192);
        assert_eq!(articles.len(), 1);
        assert_eq!(trouble, "line 1: article larger than 2 MiB");
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "(<REUTERS |</REUTERS>|<TEXT>|<BODY>|</BODY>|[a>\"&#3;\n]){0,30}", piece in 1_usize..9, limit in 1_usize..90) {
            all(&text, limit, piece);
        }
    }
}
