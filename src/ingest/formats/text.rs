//! Plain text with a date line, with header lines, or bare.
//!
//! Takes decoded text; encodings, hashes and the article's `part` are the
//! business of the caller.

use crate::article::{Article, DateFrom};
use crate::ingest::dates::parse_date;
use crate::ingest::draft::Draft;
use crate::ingest::fields::{FieldName, field_named};
use crate::ingest::lines::{tidied, unified};

/// Characters of the longest first line that is taken for a title. Headlines
/// of the wires stay under 100; 150 leaves room for those of the web.
const TITLE_CHARACTERS: usize = 150;

/// Characters of the longest key of a header line; the longest known one,
/// `publication date`, has 16.
const KEY_CHARACTERS: usize = 30;

/// Characters and words of the longest value under an unknown key. What is
/// longer is a sentence after a colon: metadata are numbers, names and dates.
const UNKNOWN_VALUE: (usize, usize) = (80, 8);

/// Reads an article from plain text. Any text is one.
///
/// * A first line that begins with `date YYYY-MM-DD`: the text follows on the
///   same line, which then is no title, or below.
/// * Header lines `Key: value` at the start, at least one of them with a name
///   that [`field_named`] knows; longer values go on in indented lines. They
///   end at an empty line, at the text (`Text: …`), or at the first line that
///   is none. Unknown keys are passed over, unless a sentence follows.
/// * Bare text.
///
/// Where the title is not given, the first line of the text is one if text
/// follows, it has at most 150 characters with a letter among them, ends like
/// no sentence or clause (not in a full stop, a comma, a colon or a
/// semicolon), and the line below does not go on in lower case.
pub(crate) fn read(text: &str) -> Article {
    let text = unified(text);
    let text = text.trim_start();
    let (mut article, rest, may_have_title) = match read_date_line(text) {
        Some((article, rest)) => {
            let is_line_over = rest.trim_start_matches([' ', '\t']).starts_with('\n');
            (article, rest, is_line_over)
        }
        None => match read_header(text) {
            Some((article, rest)) => {
                let is_untitled = article.title.is_empty();
                (article, rest, is_untitled)
            }
            None => (Article::default(), text, true),
        },
    };
    let rest = rest.trim_start();
    let (title, body) = if may_have_title { split_title(rest) } else { ("", rest) };
    if !title.is_empty() {
        title.clone_into(&mut article.title);
    }
    let body = tidied(body);
    if article.body.is_empty() {
        article.body = body;
    } else if !body.is_empty() {
        article.body.push_str("\n\n");
        article.body.push_str(&body);
    }
    article
}

/// Reads `date YYYY-MM-DD` at the start of `text`; gives what follows.
fn read_date_line(text: &str) -> Option<(Article, &str)> {
    let (word, rest) = text.split_at_checked("date".len())?;
    let value = rest.trim_start_matches([' ', '\t']);
    if !word.eq_ignore_ascii_case("date") || value.len() == rest.len() || !starts_like_day(value) {
        return None;
    }
    let end = value.find(char::is_whitespace).unwrap_or(value.len());
    let stamp = value[..end].trim_end_matches([',', ':', ';', '.']);
    let mut article = Article::default();
    for (written, rest) in [(stamp, &value[end..]), value.split_at("YYYY-MM-DD".len())] {
        if let Ok(published) = parse_date(written) {
            article.published = Some((published, DateFrom::Header));
            return Some((article, rest));
        }
    }
    stamp.clone_into(&mut article.date_text);
    Some((article, &value[end..]))
}

/// Whether `text` begins with digits written like `2024-04-14`.
fn starts_like_day(text: &str) -> bool {
    let is_digit_or_dash = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let mut bytes = text.bytes().enumerate();
    text.len() >= "YYYY-MM-DD".len()
        && bytes.by_ref().take("YYYY-MM-DD".len()).all(is_digit_or_dash)
        && !bytes.next().is_some_and(|(_, byte)| byte.is_ascii_digit())
}

/// Reads header lines at the start of `text`, if there are any that say
/// something about the article; gives what follows them.
fn read_header(text: &str) -> Option<(Article, &str)> {
    let mut draft = Draft::new(DateFrom::Header);
    let mut is_header = false;
    let mut rest = text;
    while let Some((key, value, after)) = next_header(rest) {
        let field = field_named(key);
        let is_first = rest.len() == text.len();
        if is_first && field.is_none() && value.split_whitespace().nth(1).is_some() {
            return None;
        }
        rest = after;
        draft.give_text(key, &value);
        if field == Some(FieldName::Body) {
            break;
        }
        is_header |= field.is_some();
    }
    is_header.then(|| (draft.finish(), rest))
}

/// The key and value of the header line at the start of `text`, with the
/// indented lines that continue it, and what follows.
fn next_header(text: &str) -> Option<(&str, String, &str)> {
    let (line, mut rest) = split_line(text);
    let (key, first) = line.split_once(':')?;
    let key = key.trim_end();
    let is_known = field_named(key).is_some();
    let is_header =
        is_key(key) && if is_known { !first.starts_with("//") } else { is_metadata(first) };
    if !is_header {
        return None;
    }
    let mut value = first.trim().to_owned();
    loop {
        let (next, after) = split_line(rest);
        if !next.starts_with([' ', '\t']) || next.trim().is_empty() {
            return Some((key, value, rest));
        }
        value.push('\n');
        value.push_str(next.trim());
        rest = after;
    }
}

/// The first line of `text`, and the rest after its end.
fn split_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// Whether `key` may be the key of a header line.
fn is_key(key: &str) -> bool {
    let is_key_letter = |letter: char| letter.is_alphanumeric() || " _-".contains(letter);
    key.starts_with(char::is_alphabetic)
        && key.chars().count() <= KEY_CHARACTERS
        && key.chars().all(is_key_letter)
        && key.split(' ').count() <= 3
}

/// Whether `value` may stand under an unknown key: no sentence does.
fn is_metadata(value: &str) -> bool {
    let (characters, words) = UNKNOWN_VALUE;
    let is_apart = value.is_empty() || value.starts_with([' ', '\t']);
    let value = value.trim();
    is_apart
        && value.chars().count() <= characters
        && value.split_whitespace().count() <= words
        && !value.ends_with(['.', '!', '?', '…', '"', '”'])
}

/// Splits the title off `text`; empty where it has none.
fn split_title(text: &str) -> (&str, &str) {
    let (line, rest) = split_line(text);
    let title = line.trim();
    if is_title(title, rest) { (title, rest) } else { ("", text) }
}

/// Whether `line` is a title, with `rest` below it.
fn is_title(line: &str, rest: &str) -> bool {
    line.chars().any(char::is_alphabetic)
        && line.chars().nth(TITLE_CHARACTERS).is_none()
        && !ends_clause(line)
        && !rest.starts_with(char::is_lowercase)
        && !rest.trim().is_empty()
}

/// Whether `line` ends as sentences and clauses do. The point of an
/// abbreviation (`U.S.`) and the three of an omission end none.
fn ends_clause(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    match line.strip_suffix('.') {
        Some(stem) => !stem.rsplit(' ').next().is_some_and(|word| word.contains('.')),
        None => line.ends_with([',', ';', ':']),
    }
}

#[cfg(test)]
mod tests {
    use super::super::shown::shown;
    use super::read;
    use proptest::prelude::*;

    macro_rules! fixture {
        ($name:literal) => {
            shown(&read(include_str!(concat!("../../../tests/fixtures/text/", $name))))
        };
    }

    #[test]
    fn text_follows_the_date_on_its_line() {
        insta::assert_snapshot!(fixture!("date-line.txt"), @"
        published = 2024-04-14 (header)

        The river Minho rose by two metres overnight, and the council of Caminha closed the quay. Nobody was hurt.

        “We watched it all night,” said the harbour master.
        The quay opens again on Tuesday.
        ");
    }

    #[test]
    fn a_title_may_follow_the_date_below() {
        insta::assert_snapshot!(fixture!("date-line-title.txt"), @"
        title = Quay of Caminha closed after flood
        published = 2024-04-14 (header)

        The river Minho rose by two metres overnight.

        Nobody was hurt.
        ");
    }

    #[test]
    fn an_impossible_day_is_kept_as_written() {
        insta::assert_snapshot!(fixture!("date-line-impossible.txt"), @"
        date_text = 2024-02-30

        The calendar of the printer was wrong.
        ");
    }

    #[test]
    fn header_lines_give_fields() {
        insta::assert_snapshot!(fixture!("header.txt"), @"
        title = Quay of Caminha closed after the flood
        url = https://courier.example/2024/04/14/quay
        outlet = The Minho Courier
        authors = Ana Reis; Bo Lind
        section = Region
        tags = floods; rivers, lakes
        lang = pt-PT
        published = 2024-04-14T17:03:00+01:00 (header)
        people = Ana Reis
        organizations = Caminha council; Port Authority
        places = Caminha

        Update: the mayor said the quay would open again on Tuesday.

        Nobody was hurt.
        ");
    }

    #[test]
    fn an_ambiguous_day_is_kept_as_written() {
        insta::assert_snapshot!(fixture!("header-unreadable-date.txt"), @"
        title = Two days at once
        date_text = 03/04/2024

        The paper did not say which.
        ");
    }

    #[test]
    fn the_first_line_of_bare_text_is_its_title() {
        insta::assert_snapshot!(fixture!("bare.txt"), @"
        title = Quay of Caminha closed after flood

        The river Minho rose by two metres overnight.
        Nobody was hurt.

        The quay opens again on Tuesday.
        ");
    }

    #[test]
    fn a_sentence_is_no_title() {
        insta::assert_snapshot!(fixture!("bare-untitled.txt"), @"

        The river Minho rose by two metres overnight.

        Nobody was hurt.
        ");
    }

    #[test]
    fn a_sentence_after_a_colon_is_no_header() {
        insta::assert_snapshot!(fixture!("update-sentence.txt"), @"

        Update: the mayor said on Sunday that the quay would open again within a few days.

        Nobody was hurt.
        ");
    }

    #[test]
    fn titles_are_lines_that_end_like_none_of_the_text() {
        let long = "storm ".repeat(30);
        for (line, rest, is_title) in [
            ("Storm hits Porto", "\n\nRain fell.", true),
            ("Storm hits Porto", "\nRain fell.", true),
            ("Storm hits the U.S.", "\n\nRain fell.", true),
            ("Will it rain?", "\n\nRain fell.", true),
            ("Storm hits Porto", "", false),
            ("Storm hits Porto", "\n \n", false),
            ("Rain fell on Porto.", "\n\nIt stopped.", false),
            ("“Rain fell on Porto.”", "\n\nIt stopped.", false),
            ("Rain fell on Porto on the day that the", "\nmayor had chosen.", false),
            ("Rain fell,", "\n\nIt stopped.", false),
            ("***", "\n\nRain fell.", false),
            (long.trim(), "\n\nRain fell.", false),
        ] {
            let article = read(&format!("{line}{rest}"));
            assert_eq!(article.title == line, is_title, "{line}{rest}");
            assert_eq!(article.title.is_empty(), !is_title, "{line}{rest}");
        }
    }

    #[test]
    fn words_that_begin_like_a_date_line_are_text() {
        for text in ["Date 2024 was a good year.", "dates 2024-04-14 x.", "date 2024-04-145 x."] {
            let article = read(text);
            assert_eq!((article.published, article.body.as_str()), (None, text));
        }
    }

    #[test]
    fn stamps_with_a_time_are_read() {
        let article = read("date 2024-04-14T17:03:00Z: Rain fell.");
        assert_eq!(article.published.unwrap().0.to_string(), "2024-04-14T17:03:00Z");
        assert_eq!(article.body, "Rain fell.");
    }

    #[test]
    fn headers_need_a_known_key() {
        let sentences = "Rain: it fell.\nWind: it blew.\n\nIt stopped.";
        assert_eq!(read(sentences).body, sentences);
        let story = "Story: the long rain\n\nRain fell.";
        assert_eq!(read(story).title, "Story: the long rain");
        let mixed = read("Id: 42\nTitle: Rain\n\nRain fell.");
        assert_eq!((mixed.title.as_str(), mixed.body.as_str()), ("Rain", "Rain fell."));
        let headline = read("Analysis: why it rains\nBy: Ana Reis\n\nRain fell.");
        assert_eq!(headline.title, "Analysis: why it rains");
    }

    #[test]
    fn the_text_may_be_a_header_itself() {
        let article = read("Title: Rain\nText: Rain fell.\nBy: the bucket.\n\nIt stopped.");
        assert_eq!(article.body, "Rain fell.\n\nBy: the bucket.\n\nIt stopped.");
        assert!(article.authors.is_empty());
    }

    #[test]
    fn a_header_without_a_title_leaves_it_to_the_text() {
        let article = read("Date: 2024-04-14\n\nStorm hits Porto\n\nRain fell.");
        assert_eq!(
            (article.title.as_str(), article.body.as_str()),
            ("Storm hits Porto", "Rain fell.")
        );
    }

    #[test]
    fn nothing_is_an_article_too() {
        for text in ["", "\u{feff}", " \n\r\n\t"] {
            assert_eq!(read(text), crate::article::Article::default());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(
            text in "(date |2024-04-14|Title|By|: |:|\n|\r\n| |[a-zA-Z.é“]{1,9}|\u{feff}){0,40}"
        ) {
            let article = read(&text);
            prop_assert!(!article.body.contains('\r'));
            prop_assert!(article.body.len() <= text.len() + 1);
        }
    }
}
