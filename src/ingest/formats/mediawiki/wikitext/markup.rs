//! Takes the markup of MediaWiki apart: links, templates, tables, tags.
//!
//! One pass from left to right; what is open lies on a stack of bounded height, so
//! that the time is linear and nothing recurs. Markup that is never closed is text.

use super::{Namespaces, Page};

/// Links, templates and tables that may lie in each other; MediaWiki itself stops at
/// 40 templates.
const DEEPEST: usize = 40;

/// Elements whose content is no text.
const DROPPED: [&str; 12] = [
    "ref",
    "gallery",
    "math",
    "timeline",
    "imagemap",
    "score",
    "syntaxhighlight",
    "source",
    "dynamicpagelist",
    "templatestyles",
    "noinclude",
    "poll",
];

/// Templates that give the date of publication, on the Wikinews of each language.
const DATES: [&str; 6] = ["date", "datum", "fecha", "data", "дата", "byline"];

/// Templates that stand for their last parameter without a name.
const WORDS: [&str; 10] =
    ["w", "wp", "lang", "nowrap", "nobr", "small", "quote", "cquote", "blockquote", "l"];

/// Something that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Template,
    Link,
    /// A link to another site.
    Address,
    Table,
}

struct Reader<'p> {
    namespaces: &'p Namespaces,
    page: &'p mut Page,
    out: String,
    /// What is open, and where in the output its content begins.
    open: Vec<(Kind, usize)>,
    /// Closing tags that do not come any more.
    unclosed: Vec<&'static str>,
}

/// The text of `markup` with its lines; what it says of the page goes to `page`.
pub(super) fn read_markup(markup: &str, namespaces: &Namespaces, page: &mut Page) -> String {
    let out = String::with_capacity(markup.len());
    let mut reader = Reader { namespaces, page, out, open: Vec::new(), unclosed: Vec::new() };
    let mut rest = markup;
    while let Some(place) = rest.find(['{', '}', '[', ']', '<', '\'', '\n', '|']) {
        reader.out.push_str(&rest[..place]);
        rest = &rest[place..];
        let taken = reader.take(rest);
        rest = &rest[taken..];
    }
    reader.out.push_str(rest);
    reader.out
}

impl Reader<'_> {
    /// Takes the mark that `rest` begins with; gives its length in bytes.
    fn take(&mut self, rest: &str) -> usize {
        let is_line_start = self.out.is_empty() || self.out.ends_with('\n');
        match rest.as_bytes() {
            [b'{', b'{', ..] => self.push(Kind::Template, 2),
            [b'{', b'|', ..] if is_line_start => self.push(Kind::Table, 2),
            [b'[', b'[', ..] => self.push(Kind::Link, 2),
            [b'[', b'h' | b'/' | b'm' | b'f', ..] => self.push(Kind::Address, 1),
            [b'}', b'}', ..] if self.is_open(Kind::Template) => self.close(2),
            [b']', b']', ..] if self.is_open(Kind::Link) => self.close(2),
            [b']', ..] if self.is_open(Kind::Address) => self.close(1),
            [b'|', b'}', next, ..] if is_line_start && *next != b'}' => self.close_table(),
            [b'|', b'}'] if is_line_start => self.close_table(),
            [b'<', ..] => self.take_tag(rest),
            [b'\'', b'\'', ..] => rest.len() - rest.trim_start_matches('\'').len(),
            [b'\n', ..] => {
                // Links to other sites end with their line.
                if self.is_open(Kind::Address) {
                    self.open.pop();
                }
                self.literal(1, rest)
            }
            _ => self.literal(1, rest),
        }
    }

    fn literal(&mut self, length: usize, rest: &str) -> usize {
        self.out.push_str(&rest[..length]);
        length
    }

    fn push(&mut self, kind: Kind, length: usize) -> usize {
        if self.open.len() < DEEPEST {
            self.open.push((kind, self.out.len()));
        }
        length
    }

    fn is_open(&self, kind: Kind) -> bool {
        self.open.last().is_some_and(|(open, _)| *open == kind)
    }

    /// Closes what is innermost, and puts the words in its place that it stands for.
    fn close(&mut self, length: usize) -> usize {
        if let Some((kind, start)) = self.open.pop() {
            let inner = self.out.split_off(start);
            match kind {
                Kind::Template => self.take_template(&inner),
                Kind::Link => self.take_link(&inner),
                Kind::Address => {
                    let text = inner.split_once(char::is_whitespace);
                    self.out.push_str(text.map_or("", |(_, text)| text));
                }
                Kind::Table => {}
            }
        }
        length
    }

    /// Closes the innermost table and all that is open in it.
    fn close_table(&mut self) -> usize {
        if let Some(place) = self.open.iter().rposition(|(kind, _)| *kind == Kind::Table) {
            self.out.truncate(self.open[place].1);
            self.open.truncate(place);
        }
        2
    }

    fn take_link(&mut self, inner: &str) {
        let (target, text) = match inner.split_once('|') {
            Some((target, text)) => (target, Some(text)),
            None => (inner, None),
        };
        let space = target.split_once(':').map(|(space, name)| (space.trim().to_lowercase(), name));
        if let Some((space, name)) = &space {
            if self.namespaces.files.contains(space) {
                return;
            }
            if self.namespaces.categories.contains(space) {
                self.page.categories.push(name.trim().to_owned());
                return;
            }
        }
        let is_shown_whole = target.starts_with(':') || target.contains(": ");
        let name = match target.rsplit_once(':') {
            // The sign of another wiki, or of a namespace, is no word.
            Some((_, name)) if !is_shown_whole && !name.is_empty() => name,
            _ => target.trim_start_matches(':'),
        };
        self.out.push_str(text.filter(|text| !text.is_empty()).unwrap_or(name));
    }

    fn take_template(&mut self, inner: &str) {
        let mut parameters = inner.split('|');
        let name = parameters.next().unwrap_or_default().trim().to_lowercase();
        let is_date = DATES.contains(&name.as_str());
        if !is_date && !WORDS.contains(&name.as_str()) {
            return;
        }
        let mut last = "";
        for parameter in parameters {
            let (key, value) = match parameter.split_once('=') {
                Some((key, value)) => (key.trim(), value.trim()),
                None => ("", parameter.trim()),
            };
            match key {
                "date" if is_date => self.page.dates.push(value.to_owned()),
                "location" if is_date => value.clone_into(&mut self.page.place),
                "" | "1" if is_date && !value.is_empty() => self.page.dates.push(value.to_owned()),
                "" | "1" | "2" if !value.is_empty() => last = value,
                _ => {}
            }
        }
        if !is_date {
            self.out.push_str(last);
        }
    }

    /// Takes the tag or comment that `rest` begins with, if it does.
    fn take_tag(&mut self, rest: &str) -> usize {
        if rest.starts_with("<!--") {
            return self.end_of(rest, "-->").unwrap_or(4);
        }
        let name = rest[1..].trim_start_matches('/');
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name[..length].to_ascii_lowercase();
        let is_tag = length > 0 && length <= MOST_NAME_BYTES;
        if !is_tag {
            return self.literal(1, rest);
        }
        let window = &rest.as_bytes()[..rest.len().min(MOST_TAG_BYTES)];
        let Some(end) = memchr::memchr(b'>', window) else {
            return self.literal(1, rest);
        };
        let end = end + 1;
        let opens = !rest[..end].ends_with("/>") && !rest.starts_with("</");
        if name == "br" || name == "p" {
            self.out.push('\n');
        }
        if !opens {
            return end;
        }
        if name == "nowiki" {
            let close = self.end_of(&rest[end..], "</nowiki>");
            let close = close.unwrap_or_default();
            let text = rest[end..end + close].strip_suffix("</nowiki>").unwrap_or_default();
            self.out.push_str(text);
            return end + close;
        }
        match DROPPED.iter().find(|dropped| **dropped == name) {
            Some(dropped) => end + self.end_of_element(&rest[end..], dropped),
            None => end,
        }
    }

    /// Where the element `name` ends in `rest`, behind its closing tag; 0 if it does not.
    fn end_of_element(&mut self, rest: &str, name: &'static str) -> usize {
        if self.unclosed.contains(&name) {
            return 0;
        }
        let closing = rest.match_indices("</").find(|(place, _)| {
            let written = rest.as_bytes().get(place + 2..place + 2 + name.len());
            written.is_some_and(|written| written.eq_ignore_ascii_case(name.as_bytes()))
        });
        let end = closing.and_then(|(place, _)| Some(place + rest[place..].find('>')? + 1));
        if end.is_none() {
            self.unclosed.push(name);
        }
        end.unwrap_or(0)
    }

    /// Where `closing` ends in `rest`.
    fn end_of(&mut self, rest: &str, closing: &'static str) -> Option<usize> {
        if self.unclosed.contains(&closing) {
            return None;
        }
        let end = rest.find(closing).map(|place| place + closing.len());
        if end.is_none() {
            self.unclosed.push(closing);
        }
        end
    }
}

/// Bytes of the longest name of a tag: those of MediaWiki's extensions stay below.
const MOST_NAME_BYTES: usize = 24;

/// Bytes of the longest tag that is sought for its end; references with long names
/// stay below.
const MOST_TAG_BYTES: usize = 2000;
