//! Keeps the parsing of broken or hostile pages linear.
//!
//! The tree construction of the HTML standard looks through all open elements
//! at many tags, and through all attributes at each attribute: pages with
//! hundreds of thousands of unclosed elements would take hours.

use std::borrow::Cow;
use std::collections::HashMap;

use memchr::memchr;

/// Elements open at a time; opening tags beyond are left out. Browsers stop
/// nesting at the same depth (`kMaximumHTMLParserDOMTreeDepth` of Blink).
const DEEPEST: u32 = 512;

/// Attributes of one tag; tags with more are left out. Real tags have some
/// dozens.
const MOST_ATTRIBUTES: usize = 500;

/// Elements that hold nothing, or that end by themselves where the next one
/// begins; they do not nest.
const FLAT: [&str; 26] = [
    "area", "base", "basefont", "br", "col", "dd", "dt", "embed", "frame", "hr", "img", "input",
    "li", "link", "meta", "option", "p", "param", "source", "tbody", "td", "th", "thead", "tr",
    "track", "wbr",
];

/// Elements whose content is not markup.
const RAW: [&str; 6] = ["script", "style", "textarea", "title", "noscript", "iframe"];

/// `html` without the opening tags that nest too deep.
pub(super) fn flattened(html: &str) -> Cow<'_, str> {
    let mut flat: Option<String> = None;
    // Everything before this place is in `flat`, where there is one.
    let mut kept = 0;
    let mut open = Open::default();
    let mut place = 0;
    while let Some(offset) = memchr(b'<', &html.as_bytes()[place..]) {
        let start = place + offset;
        let tag = Tag::at(html, start);
        place = tag.end;
        if open.is_too_much(&tag) {
            let flat = flat.get_or_insert_with(String::new);
            flat.push_str(&html[kept..start]);
            kept = tag.end;
        } else if !tag.is_closing && RAW.contains(&tag.name.as_str()) {
            place = raw_end(html, tag.end, &tag.name);
        }
    }
    match flat {
        None => Cow::Borrowed(html),
        Some(mut flat) => {
            flat.push_str(&html[kept..]);
            Cow::Owned(flat)
        }
    }
}

/// What stands between `<` and `>`.
struct Tag {
    /// In lower case; empty if this is no tag of an element.
    name: String,
    is_closing: bool,
    attributes: usize,
    end: usize,
}

impl Tag {
    /// The tag whose `<` stands at `start`.
    fn at(html: &str, start: usize) -> Self {
        let rest = &html[start + 1..];
        if rest.starts_with("!--") {
            let end = rest.find("-->").map_or(html.len(), |place| start + 1 + place + 3);
            return Self { name: String::new(), is_closing: false, attributes: 0, end };
        }
        let is_closing = rest.starts_with('/');
        let name_start = &rest[usize::from(is_closing)..];
        let length = name_start.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name_start[..length].to_ascii_lowercase();
        if name.is_empty() {
            return Self { name, is_closing, attributes: 0, end: start + 1 };
        }
        let (attributes, end) = scan_attributes(html, start + 1 + usize::from(is_closing) + length);
        Self { name, is_closing, attributes, end }
    }
}

/// The number of attributes from `place` on, about, and the place behind the
/// `>` that ends them.
fn scan_attributes(html: &str, place: usize) -> (usize, usize) {
    let mut quote = None;
    let mut attributes = 0;
    let mut previous = b' ';
    for (offset, byte) in html.as_bytes()[place..].iter().copied().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if previous == b'=' => quote = Some(byte),
            (None, b'>') => return (attributes, place + offset + 1),
            (None, _) => {
                let is_between = |byte: u8| byte.is_ascii_whitespace() || b"/\"'".contains(&byte);
                attributes +=
                    usize::from(is_between(previous) && !is_between(byte) && byte != b'=');
            }
        }
        if quote.is_some() || !byte.is_ascii_whitespace() || previous != b'=' {
            previous = byte;
        }
    }
    (attributes, html.len())
}

/// Where the content of an element that holds no markup ends.
fn raw_end(html: &str, start: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut place = start;
    while let Some(offset) = memchr(b'<', &bytes[place..]) {
        place += offset;
        let rest = &bytes[place + 1..];
        if rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
        {
            return place;
        }
        place += 1;
    }
    html.len()
}

/// The elements that are open, as far as their tags tell: never fewer than
/// the parser has.
#[derive(Default)]
struct Open {
    depth: u32,
    by_name: HashMap<String, u32>,
}

impl Open {
    /// Takes note of a tag; true if it is to be left out.
    fn is_too_much(&mut self, tag: &Tag) -> bool {
        if tag.attributes > MOST_ATTRIBUTES {
            return true;
        }
        if tag.name.is_empty() || FLAT.binary_search(&tag.name.as_str()).is_ok() {
            return false;
        }
        if tag.is_closing {
            if let Some(count) = self.by_name.get_mut(&tag.name).filter(|count| **count > 0) {
                *count -= 1;
                self.depth -= 1;
            }
            return false;
        }
        if self.depth >= DEEPEST {
            return true;
        }
        self.depth += 1;
        *self.by_name.entry(tag.name.clone()).or_default() += 1;
        false
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::{DEEPEST, FLAT, flattened};

    #[test]
    fn names_can_be_searched() {
        assert!(FLAT.is_sorted());
    }

    #[test]
    fn usual_pages_stay() {
        let pages = [
            "<p>a < b</p>".to_owned(),
            "<!-- <div> --><br/>".repeat(2000),
            "<script>if (a<b) '<div>'</script>".repeat(2000),
            "<div class='a>b' title=\">\"><b>x</b></div>".repeat(2000),
            "<ul><li>a<li>b</ul>".repeat(2000),
        ];
        for page in pages {
            assert!(matches!(flattened(&page), Cow::Borrowed(_)), "{}", &page[..20]);
        }
    }

    #[test]
    fn deep_nesting_is_cut() {
        for tag in ["<div>", "<b></i>", "<FONT size=1>", "<span a=\"<\">", "<svg>"] {
            let page = format!("{}x", tag.repeat(10_000));
            let flat = flattened(&page);
            assert_eq!(flat.matches(&tag[..2]).count() as u32, DEEPEST, "{tag}");
            assert!(flat.ends_with('x'));
        }
    }

    #[test]
    fn tags_with_thousands_of_attributes_go() {
        for attribute in [" a", " a=1", " a='1'", "/a", " a = b"] {
            let page = format!("<p{}>x", attribute.repeat(5_000));
            assert_eq!(flattened(&page), "x", "{attribute}");
        }
        let picture = format!("<img src='data:{}'>x", "A B ".repeat(50_000));
        assert_eq!(flattened(&picture), picture);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(html in "(<|>|</|<!--|-->|<div|<script|</script|[a='\"/ é]){0,40}") {
            let flat = flattened(&html);
            prop_assert_eq!(flat.as_ref(), html.as_str());
        }
    }
}
