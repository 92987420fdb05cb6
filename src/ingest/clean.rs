//! Makes the texts of an article plain: one kind of line end, no control
//! characters, no white space around.

use memchr::memchr3_iter;

use super::lines::{tidied, unified};
use crate::article::Article;

/// Cleans every field of `article`. The body keeps its lines; the other fields
/// become one line each.
pub(crate) fn clean_article(article: &mut Article) {
    clean_lines(&mut article.body);
    let lines = [
        &mut article.title,
        &mut article.url,
        &mut article.outlet,
        &mut article.section,
        &mut article.lang,
        &mut article.date_text,
        &mut article.dateline,
    ];
    for text in lines {
        clean_line(text);
    }
    let lists = [
        &mut article.authors,
        &mut article.tags,
        &mut article.people,
        &mut article.organizations,
        &mut article.places,
    ];
    for list in lists {
        list.iter_mut().for_each(clean_line);
        list.retain(|text| !text.is_empty());
    }
}

/// Drops control characters but tabs, ends all lines with `\n`, and trims lines
/// and text.
fn clean_lines(text: &mut String) {
    if is_plain(text) {
        *text = tidied(text);
        return;
    }
    text.retain(|character| !is_dropped(character));
    *text = tidied(&unified(text));
}

/// Makes one line of `text`, words separated by single spaces.
fn clean_line(text: &mut String) {
    text.retain(|character| !is_dropped(character));
    *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
}

/// Whether `text` has no character that is dropped and no line end but `\n`.
/// Almost every text is so, which bytes tell ten times faster than characters.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_control = |byte: u8| (byte < b' ' && byte != b'\n' && byte != b'\t') || byte == 0x7F;
    // Without an early end, so that many bytes are compared at a time.
    if bytes.iter().fold(false, |found, byte| found | is_control(*byte)) {
        return false;
    }
    memchr3_iter(0xC2, 0xE2, 0xEF, bytes).all(|place| {
        !matches!(
            bytes[place..],
            [0xC2, 0x80..=0x9F, ..] | [0xE2, 0x80, 0xA8 | 0xA9, ..] | [0xEF, 0xBB, 0xBF, ..]
        )
    })
}

/// Controls and the byte order mark, which mean nothing inside a text.
fn is_dropped(character: char) -> bool {
    let is_white = matches!(character, '\n' | '\t' | '\r' | '\u{85}');
    (character.is_control() && !is_white) || character == '\u{feff}'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{clean_article, clean_line, clean_lines, is_dropped, is_plain};
    use crate::article::Article;

    #[test]
    fn lines_end_alike_and_controls_go() {
        let cases = [
            ("a\r\nb\rc\u{2029}d", "a\nb\nc\n\nd"),
            ("\u{feff}  a\0b\u{7f}\u{1b}[31m\tc \n", "ab[31m\tc"),
            ("\u{85}\u{3}", ""),
            ("é\n\nö", "é\n\nö"),
        ];
        for (text, expected) in cases {
            let mut text = text.to_owned();
            clean_lines(&mut text);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn one_line_is_one_line() {
        let mut text = " Rain\r\n  in \t Spain\u{a0}".to_owned();
        clean_line(&mut text);
        assert_eq!(text, "Rain in Spain");
    }

    #[test]
    fn empty_names_go() {
        let authors = vec![" Ann\nLee ".to_owned(), "\0".to_owned()];
        let mut article = Article { authors, ..Article::default() };
        clean_article(&mut article);
        assert_eq!(article.authors, ["Ann Lee"]);
    }

    proptest! {
        #[test]
        fn bytes_tell_what_characters_tell(
            text in "[a’é\n\t\r\u{0}\u{7f}-\u{a0}\u{2026}-\u{202a}\u{fefe}-\u{ff00}]{0,4}",
        ) {
            let is_odd = |character| {
                is_dropped(character) || "\r\u{85}\u{2028}\u{2029}".contains(character)
            };
            prop_assert_eq!(is_plain(&text), !text.contains(is_odd));
        }
    }
}
