//! What exports of WordPress say of an item beyond RSS, and the text of its posts.

use std::borrow::Cow;

use crate::ingest::formats::html::plain_text;

/// Shortcodes whose content is no text of the article.
const WITHOUT_CONTENT: [&str; 4] = ["caption", "wp_caption", "gallery", "embed"];

/// Shortcodes of WordPress itself that stand alone; those of others are known by their
/// attributes or their end.
const ALONE: [&str; 4] = ["audio", "gallery", "playlist", "video"];

/// Whether an item of that type and status is an article that was published.
pub(super) fn is_published(post_type: &str, status: &str) -> bool {
    let is_article = post_type.is_empty()
        || !["attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset"]
            .contains(&post_type)
            && !post_type.starts_with("wp_");
    is_article && (status.is_empty() || status == "publish")
}

/// The text of a post: shortcodes go, and empty lines part paragraphs where it has no
/// elements for them, as WordPress shows it.
pub(super) fn post_text(content: &str) -> String {
    let content = without_shortcodes(content);
    let content = if content.contains("<p>") || content.contains("<p ") {
        content
    } else {
        Cow::Owned(content.replace("\r\n", "\n").replace("\n\n", "\n<p>\n"))
    };
    plain_text(&content).into_owned()
}

/// `content` without shortcodes; other words in brackets stay.
fn without_shortcodes(content: &str) -> Cow<'_, str> {
    if !content.contains('[') {
        return Cow::Borrowed(content);
    }
    let mut out = String::with_capacity(content.len());
    let mut rest = content;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        rest = match shortcode(behind) {
            Some(length) => &behind[length..],
            None => {
                out.push('[');
                behind
            }
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Bytes of the longest tag of a shortcode, and of the longest caption, that are looked
/// for: the longest of pictures of agencies have about a thousand.
const LONGEST_TAG: usize = 2000;

/// The length of the shortcode whose `[` stands before `text`.
fn shortcode(text: &str) -> Option<usize> {
    let window = &text.as_bytes()[..text.len().min(LONGEST_TAG)];
    let end = memchr::memchr(b']', window)?;
    let inside = &text[..end];
    let is_end = inside.starts_with('/');
    let name_length = inside[usize::from(is_end)..]
        .bytes()
        .take_while(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(byte)
        })
        .count();
    let name = &inside[usize::from(is_end)..][..name_length];
    let rest = &inside[usize::from(is_end) + name_length..];
    if name.is_empty() || !(rest.is_empty() || rest.starts_with([' ', '/', '\n', '\u{a0}'])) {
        return None;
    }
    if is_end {
        return rest.is_empty().then_some(end + 1);
    }
    let closing = format!("[/{name}]");
    if WITHOUT_CONTENT.contains(&name) {
        // Captions are short: what is far off is not the end of this one.
        let mut reach = text.len().min(end + 1 + LONGEST_TAG);
        while !text.is_char_boundary(reach) {
            reach -= 1;
        }
        if let Some(place) = text[end + 1..reach].find(&closing) {
            return Some(end + 1 + place + closing.len());
        }
    }
    let has_attributes = rest.contains("=\"") || rest.contains("='");
    (has_attributes || ALONE.contains(&name) || WITHOUT_CONTENT.contains(&name)).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_published, post_text, without_shortcodes};

    #[test]
    fn posts_become_text() {
        let cases = [
            ("One &amp; two.\r\n\r\nThree <b>four</b>.", "One & two.\n\nThree four."),
            ("<!-- wp:paragraph --><p>One.</p>\n<p>Two.</p><!-- /wp:paragraph -->", "One.\n\nTwo."),
            ("[caption id=\"a\"]<img src=\"b\"/> A gull[/caption]Rain fell.", "Rain fell."),
            ("It [sic] rained [gallery ids=\"1,2\"] on[/b].", "It [sic] rained  on."),
        ];
        for (content, text) in cases {
            assert_eq!(post_text(content), text);
        }
    }

    #[test]
    fn only_what_was_published_counts() {
        for (post_type, status, expected) in [
            ("post", "publish", true),
            ("page", "publish", true),
            ("", "", true),
            ("post", "draft", false),
            ("attachment", "inherit", false),
            ("nav_menu_item", "publish", false),
            ("wp_block", "publish", false),
        ] {
            assert_eq!(is_published(post_type, status), expected, "{post_type} {status}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "(\\[|\\]|/|caption|a|=\"|é| ){0,30}") {
            without_shortcodes(&text);
        }
    }
}
