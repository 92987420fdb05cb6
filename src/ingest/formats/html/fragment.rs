//! The text of HTML that stands inside other formats.

use std::borrow::Cow;

use scraper::Html;

use super::blocks::{Blocks, joined};
use super::names::Marks;
use super::nesting::flattened;

/// Tags that HTML in a field of another format has, most frequent first. Other
/// words in angle brackets are text: stock symbols, addresses.
const TAGS: [&str; 31] = [
    "p",
    "br",
    "a",
    "div",
    "span",
    "strong",
    "em",
    "b",
    "i",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "blockquote",
    "figure",
    "img",
    "iframe",
    "table",
    "td",
    "tr",
    "u",
    "sup",
    "sub",
    "section",
    "script",
    "article",
    "hr",
];

/// `text` without tags and entities, if it has any.
pub(in crate::ingest::formats) fn plain_text(text: &str) -> Cow<'_, str> {
    if !has_tags(text) && !has_entities(text) {
        return Cow::Borrowed(text);
    }
    if !has_tags(text) {
        return Cow::Owned(without_entities(text));
    }
    let fragment = Html::parse_fragment(&flattened(text));
    let blocks = Blocks::of(fragment.tree.root(), |_| Marks::NONE);
    Cow::Owned(joined(blocks.blocks.iter()))
}

/// Whether a known tag stands in `text`.
fn has_tags(text: &str) -> bool {
    text.match_indices('<').any(|(place, _)| {
        let rest = &text[place + 1..];
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let is_word_end = rest[length..].starts_with(['>', ' ', '/', '\n', '\t', '\r']);
        is_word_end && TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..length]))
    })
}

/// Whether something like `&amp;` or `&#8217;` stands in `text`.
fn has_entities(text: &str) -> bool {
    text.match_indices('&').any(|(place, _)| {
        let name = &text.as_bytes()[place + 1..];
        let name = name.strip_prefix(b"#").unwrap_or(name);
        let length = name.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        length >= 2 && name.get(length) == Some(&b';')
    })
}

/// `text` with its entities read, its lines as they are.
fn without_entities(text: &str) -> String {
    // Without tags the parser changes nothing but entities; `<` is escaped, so
    // that symbols in angle brackets stay.
    let fragment = Html::parse_fragment(&text.replace('<', "&lt;"));
    fragment.root_element().text().collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::plain_text;

    #[test]
    fn html_becomes_text() {
        let cases = [
            ("<p>Rain &amp; wind.</p>\n<p>Sun<br/>set.</p>", "Rain & wind.\n\nSun\nset."),
            ("It&#8217;s &quot;on&quot;\n\n&lt;GUL&gt;", "It’s \"on\"\n\n<GUL>"),
            ("Gull <GUL> &amp; Co", "Gull <GUL> & Co"),
            ("<P>x</P><script>y</script>", "x"),
        ];
        for (html, text) in cases {
            assert_eq!(plain_text(html), text);
        }
    }

    #[test]
    fn text_stays() {
        for text in ["Gull <GUL> rose", "a < b and c > d", "R&D; AT&T; x&y", "<3 you"] {
            assert!(matches!(plain_text(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
