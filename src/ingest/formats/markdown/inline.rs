//! Emphasis, links, code and HTML within a paragraph of Markdown.

use std::borrow::Cow;

use super::entities::entity_named;

/// Bytes of the longest address or tag that is recognised. Browsers long
/// refused addresses above 2,083 bytes; the limit keeps the search for a
/// missing end short.
const MAX_TAG_BYTES: usize = 2083;

/// Backticks of the longest mark of a code span that is recognised. People use
/// one to three; the limit keeps the search for missing ends linear.
const MAX_BACKTICKS: usize = 8;

/// The text of a paragraph of Markdown: links and emphasis become their text,
/// images and HTML tags nothing, line ends spaces, forced line ends `\n`.
pub(super) fn plain_inline(markdown: &str) -> String {
    let mut inline = Inline { rest: markdown, ..Inline::default() };
    while !inline.rest.is_empty() {
        inline.step();
    }
    inline.pieces.concat()
}

/// A paragraph while it is read.
#[derive(Debug, Default)]
struct Inline<'t> {
    /// What is not read yet.
    rest: &'t str,
    /// The last character that was read.
    before: Option<char>,
    /// The plain text so far. Marks stand in pieces of their own, which are
    /// shortened when their other half is found.
    pieces: Vec<Cow<'t, str>>,
    /// The pieces with marks of emphasis that may begin some, by mark.
    openers: [Vec<usize>; 3],
    /// The pieces with an opening bracket.
    brackets: Vec<usize>,
    /// How much of the text follows the next `>`, as far as that is known.
    after_tag_end: Option<usize>,
    /// For each number of backticks, whether no more such marks follow.
    is_missing: [bool; MAX_BACKTICKS],
}

impl<'t> Inline<'t> {
    /// Reads the text up to a mark, or the mark.
    fn step(&mut self) {
        let marks = ['\\', '`', '*', '_', '~', '[', ']', '!', '<', '&', '\n'];
        let rest = self.rest;
        match rest.find(marks) {
            None => self.keep(rest.len()),
            Some(0) => match rest.as_bytes()[0] {
                b'\\' => self.escape(),
                b'`' => self.code(),
                b'*' => self.emphasis(0, '*'),
                b'_' => self.emphasis(1, '_'),
                b'~' => self.emphasis(2, '~'),
                b'[' => self.open_bracket(1),
                b'!' if rest.starts_with("![") => self.open_bracket(2),
                b']' => self.close_bracket(),
                b'<' => self.tag(),
                b'&' => self.entity(),
                b'\n' => self.line_end(),
                _ => self.keep(1),
            },
            Some(length) => self.keep(length),
        }
    }

    /// Keeps the next `length` bytes as text.
    fn keep(&mut self, length: usize) {
        let text = self.skip(length);
        self.pieces.push(Cow::Borrowed(text));
    }

    /// Passes the next `length` bytes.
    fn skip(&mut self, length: usize) -> &'t str {
        let (text, rest) = self.rest.split_at(length);
        self.before = text.chars().next_back();
        self.rest = rest;
        text
    }

    /// `\*` is a star, `\` before a line end forces it.
    fn escape(&mut self) {
        match self.rest.as_bytes().get(1) {
            Some(b'\n') => {
                self.skip(2);
                self.pieces.push(Cow::Borrowed("\n"));
            }
            Some(mark) if mark.is_ascii_punctuation() => {
                self.skip(1);
                self.keep(1);
            }
            _ => self.keep(1),
        }
    }

    /// A code span is kept as written, without its marks.
    fn code(&mut self) {
        let count = run_length(self.rest, '`');
        let end = self.code_end(count);
        let Some(end) = end else { return self.keep(count) };
        self.skip(count);
        self.keep(end);
        self.skip(count);
    }

    /// The length of the code span after a mark of `count` backticks.
    fn code_end(&mut self, count: usize) -> Option<usize> {
        let is_missing = self.is_missing.get_mut(count - 1).filter(|is_missing| !**is_missing)?;
        let inside = &self.rest[count..];
        let mut at = 0;
        while let Some(next) = inside[at..].find('`') {
            let length = run_length(&inside[at + next..], '`');
            if length == count {
                return Some(at + next);
            }
            at += next + length;
        }
        *is_missing = true;
        None
    }

    /// A run of `mark` begins emphasis, ends it, or is text.
    fn emphasis(&mut self, kind: usize, mark: char) {
        let before = self.before;
        let count = run_length(self.rest, mark);
        self.keep(count);
        let after = self.rest.chars().next();
        let is_space = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
        // An underscore within a word is a part of it.
        let is_inner =
            |letter: Option<char>| mark == '_' && letter.is_some_and(char::is_alphanumeric);
        if mark == '~' && count != 2 {
            return;
        }
        let piece = self.pieces.len() - 1;
        if !is_space(before) && !is_inner(after) {
            self.match_openers(kind, piece);
        }
        if !is_space(after) && !is_inner(before) && !self.pieces[piece].is_empty() {
            self.openers[kind].push(piece);
        }
    }

    /// Takes from the marks in `piece`, and from those that began emphasis,
    /// what belongs together.
    fn match_openers(&mut self, kind: usize, piece: usize) {
        while let Some(&opener) = self.openers[kind].last() {
            let count = self.pieces[opener].len().min(self.pieces[piece].len());
            shorten(&mut self.pieces[opener], count);
            shorten(&mut self.pieces[piece], count);
            if self.pieces[opener].is_empty() {
                self.openers[kind].pop();
            }
            if self.pieces[piece].is_empty() {
                return;
            }
        }
    }

    fn open_bracket(&mut self, length: usize) {
        self.brackets.push(self.pieces.len());
        self.keep(length);
    }

    /// `[text](address)` and `[text][label]` become the text, images and
    /// marks of footnotes nothing; other brackets stay.
    fn close_bracket(&mut self) {
        let Some(opening) = self.brackets.pop() else { return self.keep(1) };
        let is_image = self.pieces[opening].len() == 2;
        let is_note = self.pieces.get(opening + 1).is_some_and(|text| text.starts_with('^'));
        let target = target_length(&self.rest[1..]);
        if is_image && target.is_some() || is_note {
            self.pieces.truncate(opening);
            for openers in &mut self.openers {
                while openers.last().is_some_and(|opener| *opener >= opening) {
                    openers.pop();
                }
            }
        } else if target.is_some() {
            self.pieces[opening] = Cow::Borrowed("");
        } else {
            return self.keep(1);
        }
        self.skip(1 + target.unwrap_or(0));
    }

    /// A tag is nothing, an address in angle brackets its text.
    fn tag(&mut self) {
        let inside = &self.rest[1..];
        let is_tag =
            inside.starts_with(|first: char| first.is_ascii_alphabetic() || "/!?".contains(first));
        let end = if is_tag { self.tag_end() } else { None };
        let Some(end) = end else { return self.keep(1) };
        let name = &inside[..end];
        let is_address = !name.contains([' ', '\n']) && name.contains([':', '@']);
        if is_address {
            self.skip(1);
            self.keep(end);
            self.skip(1);
            return;
        }
        self.skip(end + 2);
        if name.trim_end_matches(['/', ' ']).eq_ignore_ascii_case("br") {
            self.pieces.push(Cow::Borrowed("\n"));
        }
    }

    /// The length of the tag that begins here, without its brackets. The place
    /// of the next `>` is remembered: it may serve many a `<`.
    fn tag_end(&mut self) -> Option<usize> {
        let inside = &self.rest[1..];
        if self.after_tag_end.is_none_or(|after| after >= inside.len()) {
            let end = inside.find('>').unwrap_or(inside.len());
            self.after_tag_end = Some(inside[end..].len().saturating_sub(1));
        }
        let end = inside.len() - self.after_tag_end? - 1;
        (end <= MAX_TAG_BYTES && inside.as_bytes()[end] == b'>').then_some(end)
    }

    /// `&amp;` and `&#8217;` become their character.
    fn entity(&mut self) {
        // The longest known one, `&#x10ffff;`, has 8 bytes inside.
        let end = self.rest.bytes().take(10).position(|byte| byte == b';');
        let letter = end.and_then(|end| entity_named(&self.rest[1..end]));
        match (end, letter) {
            (Some(end), Some(letter)) => {
                self.skip(end + 1);
                self.pieces.push(Cow::Owned(letter.to_string()));
            }
            _ => self.keep(1),
        }
    }

    /// A line end is a space, and stays after two spaces.
    fn line_end(&mut self) {
        let is_forced = self.pieces.last().is_some_and(|text| text.ends_with("  "));
        self.skip(1);
        self.pieces.push(Cow::Borrowed(if is_forced { "\n" } else { " " }));
    }
}

/// How often `mark`, which has one byte, stands at the start of `text`.
fn run_length(text: &str, mark: char) -> usize {
    text.len() - text.trim_start_matches(mark).len()
}

/// Takes `count` marks from a piece that consists of them.
fn shorten(piece: &mut Cow<'_, str>, count: usize) {
    if let Cow::Borrowed(marks) = piece {
        *marks = &marks[count..];
    }
}

/// The length of `(address "title")` or `[label]` at the start of `text`.
fn target_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut is_escaped = false;
    let (open, close) = match text.as_bytes().first()? {
        b'(' => (b'(', b')'),
        b'[' => (b'[', b']'),
        _ => return None,
    };
    for (at, byte) in text.bytes().take(MAX_TAG_BYTES).enumerate() {
        if is_escaped {
            is_escaped = false;
        } else if byte == b'\\' {
            is_escaped = true;
        } else if byte == b'"' && open == b'(' {
            is_quoted = !is_quoted;
        } else if byte == open && !is_quoted {
            depth += 1;
        } else if byte == close && !is_quoted {
            depth -= 1;
            if depth == 0 {
                return Some(at + 1);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::plain_inline;

    #[test]
    fn marks_become_text() {
        for (markdown, plain) in [
            ("*a* **b** ***c*** _d_ __e__ ~~f~~", "a b c d e f"),
            ("a*b*c and snake_case_name", "abc and snake_case_name"),
            ("2 * 3 * 4, f*** and *open", "2 * 3 * 4, f*** and *open"),
            ("**a*", "*a"),
            ("`a *b* c` and `` d`e `` and `f", "a *b* c and  d`e  and `f"),
            ("[a](b) [c](<d e> \"f)\") [g][h]", "a c g"),
            ("[*a*](b) ![c *d](e) f*", "a  f*"),
            ("[![alt](image)](page) [he] said [a](b", " [he] said [a](b"),
            ("a[^1] b", "a b"),
            ("a<br>b<br />c <i class=\"d\">e</i> <!doctype x>", "a\nb\nc e "),
            ("<https://news.example> <me@news.example>", "https://news.example me@news.example"),
            ("1 < 2, a <b, <aé", "1 < 2, a <b, <aé"),
            ("&amp;&lt;&#8217;&#x2019;&nbsp;&bogus; & &#0;", "&<’’\u{a0}&bogus; & &#0;"),
            ("\\*a\\* \\q", "*a* \\q"),
            ("a\nb  \nc\\\nd", "a b  \nc\nd"),
        ] {
            assert_eq!(plain_inline(markdown), plain, "`{markdown}`");
        }
    }

    #[test]
    fn a_far_end_is_not_searched() {
        let far = format!("<a {}>", "b ".repeat(2000));
        assert_eq!(plain_inline(&far), far);
        let far = format!("[a]({})", "b".repeat(3000));
        assert_eq!(plain_inline(&far), far);
    }
}
