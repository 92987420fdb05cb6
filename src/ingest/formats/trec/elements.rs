//! The elements of one record of a collection in SGML, found in one pass.

use crate::ingest::formats::sgml::{paragraphs, unescape};

/// Bytes of the longest name of an element that is looked at.
const NAME_BYTES: usize = 24;

/// Tags inside of texts that part paragraphs.
const PARTING: [&str; 10] = ["P", "BR", "LI", "TR", "TABLE", "H1", "H2", "H3", "H4", "H5"];

/// A tag of a record.
#[derive(Clone, Copy, Debug)]
struct Tag<'a> {
    name: &'a str,
    is_closing: bool,
    /// Where `<` and what follows `>` stand in the record.
    start: usize,
    end: usize,
}

/// A record and its tags.
pub(super) struct Elements<'a> {
    sgml: &'a str,
    tags: Vec<Tag<'a>>,
}

impl<'a> Elements<'a> {
    /// Finds the tags of `sgml`.
    pub(super) fn of(sgml: &'a str) -> Self {
        Self { sgml, tags: tags(sgml).collect() }
    }

    /// What stands in the first element that has one of `names`, the first name first;
    /// empty where there is none. An element that is not closed ends at the next tag.
    pub(super) fn first(&self, names: &[&str]) -> &'a str {
        let named = names.iter().flat_map(|name| self.all(name));
        named.into_iter().find(|inner| !inner.trim().is_empty()).unwrap_or_default()
    }

    /// What stands in each of the elements `name`.
    fn all(&self, name: &str) -> Vec<&'a str> {
        let is_named = |tag: &Tag<'_>| tag.name.eq_ignore_ascii_case(name);
        let mut found = Vec::new();
        let mut rest = self.tags.as_slice();
        while let Some(at) = rest.iter().position(|tag| !tag.is_closing && is_named(tag)) {
            let opening = rest[at];
            rest = &rest[at + 1..];
            let closing = rest.iter().position(|tag| tag.is_closing && is_named(tag));
            let end = rest.get(closing.unwrap_or(0)).map_or(self.sgml.len(), |end| end.start);
            found.push(&self.sgml[opening.end..end]);
            let Some(closing) = closing else { break };
            rest = &rest[closing + 1..];
        }
        found
    }

    /// The text of all elements `names`, in paragraphs.
    pub(super) fn text(&self, names: &[&str]) -> String {
        let inner = names.iter().flat_map(|name| self.all(name));
        let texts = inner.map(plain).filter(|text| !text.is_empty());
        texts.collect::<Vec<_>>().join("\n\n")
    }

    /// The text of a record that has no elements but its number.
    pub(super) fn bare_text(&self) -> String {
        let known = self.tags.iter().skip(1).rev().find(|tag| {
            tag.is_closing
                && ["DOCNO", "DOCID"].iter().any(|name| name.eq_ignore_ascii_case(tag.name))
        });
        let Some(number) = known else { return String::new() };
        let has_others = self.tags.iter().any(|tag| tag.start >= number.end && !tag.is_closing);
        let end = self.tags.last().map_or(self.sgml.len(), |last| last.start);
        if has_others {
            String::new()
        } else {
            plain(self.sgml.get(number.end..end).unwrap_or_default())
        }
    }

    /// The value of an attribute of the tag of the record.
    pub(super) fn attribute(&self, name: &str) -> &'a str {
        let tag = self.tags.first().map_or("", |tag| &self.sgml[tag.start..tag.end]);
        let value =
            tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.map_or("", |(value, _)| value)
    }
}

/// The text of an element, in paragraphs.
fn plain(inner: &str) -> String {
    paragraphs(&unescape(&without_tags(inner, "\n\n")))
}

/// `text` without tags and comments, with `parting` for those that part paragraphs.
pub(super) fn without_tags(text: &str, parting: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for tag in tags(text) {
        out.push_str(&text[end..tag.start]);
        if PARTING.iter().any(|name| name.eq_ignore_ascii_case(tag.name)) {
            out.push_str(parting);
        }
        end = tag.end;
    }
    out.push_str(&text[end..]);
    out
}

/// The tags of `text`, comments as tags without a name. A `<` before anything but a
/// letter, `/` or `!` is text.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find('<')?;
            let rest = &text[start + 1..];
            let is_tag =
                rest.starts_with(|next: char| next.is_ascii_alphabetic() || "/!".contains(next));
            if !is_tag {
                from = start + 1;
                continue;
            }
            let closing = if rest.starts_with("!--") { "-->" } else { ">" };
            let end = start + 1 + rest.find(closing)? + closing.len();
            from = end;
            let is_closing = rest.starts_with('/');
            let name = rest.strip_prefix('/').unwrap_or(rest);
            let length = name.bytes().take(NAME_BYTES).take_while(|byte| is_name(*byte)).count();
            return Some(Tag { name: &name[..length], is_closing, start, end });
        }
    })
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use super::{Elements, without_tags};

    #[test]
    fn elements_are_found_in_any_case() {
        let elements = Elements::of(
            "<DOC id=\"7\"><head>One</HEAD> <HEAD> </HEAD><HL>Two<TEXT>x</TEXT> <TEXT>y</TEXT>",
        );
        assert_eq!(elements.first(&["HEADLINE", "HEAD"]), "One");
        assert_eq!(elements.first(&["HL"]), "Two");
        assert_eq!(elements.first(&["NONE"]), "");
        assert_eq!(elements.text(&["TEXT"]), "x\n\ny");
        assert_eq!(elements.attribute("id"), "7");
    }

    #[test]
    fn bare_records_have_text() {
        assert_eq!(Elements::of("<DOC><DOCNO>1</DOCNO>\nRain.\n</DOC>").bare_text(), "Rain.");
        assert_eq!(Elements::of("<DOC><DOCNO>1</DOCNO><X>Rain.</X></DOC>").bare_text(), "");
        assert_eq!(Elements::of("</DOCNO>").bare_text(), "");
    }

    #[test]
    fn tags_go_and_signs_stay() {
        assert_eq!(without_tags("a<P>b</P><!-- x > y -->c < d <3 <B>e", "|"), "a|b|c < d <3 e");
    }
}
