//! The texts of a feed: plain, HTML that is escaped, XHTML, or base64.

use crate::ingest::formats::html::plain_text;
use crate::ingest::formats::xml::{Element, prose};

/// The text of `element`, whatever way it is written in.
pub(super) fn value(element: Element<'_>) -> String {
    let kind = element.attribute("type").to_ascii_lowercase();
    let mode = element.attribute("mode");
    let is_xml = kind == "xhtml" || kind.ends_with("/xml") || kind.ends_with("+xml");
    if mode != "base64" && (is_xml || element.children().next().is_some()) {
        // Escaped HTML in what is said to be XHTML is frequent.
        return plain_text(&prose(element, |_| false)).into_owned();
    }
    let text = element.text();
    let is_text =
        kind.is_empty() || ["text", "html"].contains(&kind.as_str()) || kind.starts_with("text/");
    if (mode == "base64" || !is_text)
        && let Some(decoded) = from_base64(&text)
    {
        return plain_text(&decoded).into_owned();
    }
    if kind == "text" || kind == "text/plain" { text } else { plain_text(&text).into_owned() }
}

/// The text that `encoded` stands for; none if it is no base64 of UTF-8.
fn from_base64(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut count = 0;
    for byte in encoded.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xFF) as u8);
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::from_base64;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(from_base64("UmFpbiBm\n ZWxsLg==").as_deref(), Some("Rain fell."));
        assert_eq!(from_base64("Rain fell."), None);
        assert_eq!(from_base64("gIA="), None);
    }
}
