//! Paragraphs, headings, lists and quotes of Markdown as plain text.

use super::inline::plain_inline;
use crate::ingest::lines::tidied;

/// Markdown as plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The first heading of the first level.
    pub(super) title: String,
    /// All else, its paragraphs separated by empty lines.
    pub(super) body: String,
}

/// `markdown` as plain text. A first heading of the first level is left out of
/// the body if it is the title: if `title` is empty or the same.
pub(super) fn plain_text(markdown: &str, title: &str) -> Plain {
    let mut blocks = Blocks { given_title: title, ..Blocks::default() };
    for line in markdown.lines() {
        blocks.line(line);
    }
    blocks.end_paragraph();
    Plain { title: blocks.title, body: tidied(&blocks.body) }
}

/// What separates a block from the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    /// A line end: between the items of a list and the rows of a table.
    Line,
    /// An empty line.
    #[default]
    Paragraph,
}

/// The mark around a code block: at least three backticks or tildes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fence {
    mark: char,
    length: usize,
}

/// What begins hidden text, and what ends it.
const HIDDEN: [(&str, &str); 3] =
    [("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>")];

/// Plain text in the making.
#[derive(Debug, Default)]
struct Blocks<'t> {
    given_title: &'t str,
    title: String,
    has_title: bool,
    body: String,
    /// The Markdown of the paragraph that is being read.
    paragraph: String,
    /// The mark of the list item that the paragraph belongs to.
    item: String,
    /// The gap before the paragraph that is being read.
    gap: Gap,
    /// Whether the last line was an item of a list or a row of a table.
    is_after_item: bool,
    /// The mark of the code block that is being read.
    fence: Option<Fence>,
    /// What ends the hidden text that is being passed over.
    hidden_until: Option<&'static str>,
}

impl Blocks<'_> {
    /// Reads one line.
    fn line(&mut self, line: &str) {
        if let Some(fence) = self.fence {
            self.code_line(line, fence);
        } else if self.hidden_until.is_none() && !line.contains('<') {
            self.visible_line(line);
        } else {
            let visible = self.without_hidden(line);
            // A comment between two lines of a paragraph does not part them.
            if !visible.trim().is_empty() {
                self.visible_line(&visible);
            }
        }
    }

    /// Reads a line outside of code and comments.
    fn visible_line(&mut self, line: &str) {
        let line = strip_quotes(line);
        let text = line.trim();
        if text.is_empty() {
            self.end_paragraph();
            self.is_after_item = false;
        } else if let Some(fence) = fence_of(text) {
            self.end_paragraph();
            self.gap = Gap::Paragraph;
            self.fence = Some(fence);
        } else if let Some((level, heading)) = heading_of(text) {
            self.end_paragraph();
            self.heading(level, heading);
        } else if let Some(level) = self.underline_level(text) {
            let heading = std::mem::take(&mut self.paragraph);
            self.heading(level, &heading);
        } else if is_rule(text) || is_table_rule(text) {
            self.end_paragraph();
        } else if let Some((mark, item)) = item_of(text) {
            self.item(mark, item);
        } else if let Some(row) = text.strip_prefix('|') {
            self.item("", row.trim_end_matches('|'));
            self.end_paragraph();
        } else if self.paragraph.is_empty() && text.starts_with('[') {
            self.append(without_definition(text));
        } else {
            self.append(line);
        }
    }

    /// Reads a line of a code block, which is kept as written.
    fn code_line(&mut self, line: &str, fence: Fence) {
        let text = strip_quotes(line).trim();
        if text.len() >= fence.length && text.chars().all(|letter| letter == fence.mark) {
            self.fence = None;
            self.gap = Gap::Paragraph;
            return;
        }
        self.push(line);
        self.gap = Gap::Line;
    }

    /// `line` without comments, scripts and styles. What begins within a line
    /// and does not end in it hides nothing: it is talk about HTML.
    fn without_hidden(&mut self, line: &str) -> String {
        let mut visible = String::new();
        let mut rest = line;
        loop {
            if let Some(end) = self.hidden_until {
                let Some(at) = rest.find(end) else { return visible };
                rest = &rest[at + end.len()..];
                self.hidden_until = None;
            }
            let Some(start) = rest.find('<') else { break };
            let (before, markup) = rest.split_at(start);
            visible.push_str(before);
            rest = markup;
            let Some((_, end)) = HIDDEN.iter().find(|(start, _)| markup.starts_with(start)) else {
                visible.push('<');
                rest = &markup[1..];
                continue;
            };
            if !visible.trim_start().is_empty() && !markup.contains(end) {
                break;
            }
            // `<!-->` is a whole comment.
            rest = markup.trim_start_matches("<!");
            self.hidden_until = Some(end);
        }
        visible.push_str(rest);
        visible
    }

    /// The level of the heading that `text` makes of the paragraph above it.
    fn underline_level(&self, text: &str) -> Option<usize> {
        if self.paragraph.is_empty() || !self.item.is_empty() {
            return None;
        }
        if text.bytes().all(|byte| byte == b'=') {
            return Some(1);
        }
        (text.len() > 1 && text.bytes().all(|byte| byte == b'-')).then_some(2)
    }

    fn heading(&mut self, level: usize, markdown: &str) {
        let heading = plain_inline(markdown);
        let heading = heading.trim();
        self.is_after_item = false;
        if level == 1 && !self.has_title {
            self.has_title = true;
            heading.clone_into(&mut self.title);
            if self.given_title.is_empty() || self.given_title == heading {
                return;
            }
        }
        self.gap = Gap::Paragraph;
        self.push(heading);
    }

    /// Begins an item of a list or a row of a table.
    fn item(&mut self, mark: &str, text: &str) {
        self.end_paragraph();
        self.gap = if self.is_after_item { Gap::Line } else { Gap::Paragraph };
        self.is_after_item = true;
        mark.clone_into(&mut self.item);
        self.append(text);
    }

    /// Adds a line to the paragraph.
    fn append(&mut self, text: &str) {
        if !self.paragraph.is_empty() {
            self.paragraph.push('\n');
        }
        self.paragraph.push_str(text.trim_start());
    }

    /// Ends the paragraph, if there is one.
    fn end_paragraph(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let text = plain_inline(&self.paragraph);
        self.paragraph.clear();
        let mut item = std::mem::take(&mut self.item);
        let text = text.trim();
        if !text.is_empty() {
            item.push_str(text);
            self.push(&item);
        }
        self.gap = Gap::Paragraph;
    }

    fn push(&mut self, text: &str) {
        if !self.body.is_empty() {
            self.body.push_str(if self.gap == Gap::Line { "\n" } else { "\n\n" });
        }
        self.body.push_str(text);
    }
}

/// `line` without the marks of block quotes.
fn strip_quotes(line: &str) -> &str {
    let mut rest = line;
    while let Some(quoted) = rest.trim_start().strip_prefix('>') {
        rest = quoted.strip_prefix(' ').unwrap_or(quoted);
    }
    rest
}

/// The mark with which `text` begins a code block.
fn fence_of(text: &str) -> Option<Fence> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let rest = text.trim_start_matches(mark);
    let length = text.len() - rest.len();
    // Backticks later in the line make it a code span.
    (length >= 3 && !rest.contains('`')).then_some(Fence { mark, length })
}

/// Level and text of the heading `## text ##`.
fn heading_of(text: &str) -> Option<(usize, &str)> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let is_heading = (1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t']));
    let stem = rest.trim_end_matches('#');
    let text = if stem.is_empty() || stem.ends_with([' ', '\t']) { stem } else { rest };
    is_heading.then_some((level, text.trim()))
}

/// Whether `text` is a rule: `---`, `* * *`.
fn is_rule(text: &str) -> bool {
    let mut marks = text.bytes().filter(|byte| *byte != b' ');
    match marks.next() {
        Some(mark @ (b'-' | b'*' | b'_')) => {
            let mut rest = marks;
            rest.by_ref().take(2).filter(|byte| *byte == mark).count() == 2
                && rest.all(|byte| byte == mark)
        }
        _ => false,
    }
}

/// Whether `text` is the rule below the head of a table: `|---|:-:|`.
fn is_table_rule(text: &str) -> bool {
    text.contains('|') && text.contains('-') && text.bytes().all(|byte| b"|-: ".contains(&byte))
}

/// Mark and text of the list item `- text`, `12. text`.
fn item_of(text: &str) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match text.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => "- ",
        // Longer numbers are years at the start of a sentence's line.
        b'.' | b')' if (1..=3).contains(&digits) => text.get(..digits + 2)?,
        _ => return None,
    };
    let item = text[digits + 1..].strip_prefix([' ', '\t'])?;
    Some((mark, item))
}

/// `text` without the label of a footnote; nothing of `[label]: address`.
fn without_definition(text: &str) -> &str {
    let Some((label, rest)) = text.split_once("]:") else { return text };
    if label.starts_with("[^") {
        return rest;
    }
    let rest = rest.trim();
    let (address, title) = rest.split_once([' ', '\t']).unwrap_or((rest, ""));
    let is_address = address.contains(['/', '#', '<']);
    let is_title = title.is_empty() || title.trim_start().starts_with(['"', '\'', '(']);
    if is_address && is_title { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn blocks_become_paragraphs() {
        for (markdown, body) in [
            ("a\nb\n\n\nc", "a b\n\nc"),
            ("## a ##\nb\n# c#\nd", "a\n\nb\n\nd"),
            ("#a\n####### b", "#a ####### b"),
            ("a\n--\nb", "a\n\nb"),
            ("a\n\n* * *\n\nb\n***\nc", "a\n\nb\n\nc"),
            ("> a\n> b\n>\n> > c", "a b\n\nc"),
            ("a\n- b\n  c\n+ d\n\ne", "a\n\n- b c\n- d\n\ne"),
            ("1. a\n2) b\n\n2024. c", "1. a\n2) b\n\n2024. c"),
            ("~~~\n# a\n\n``` *b*\n~~~\nc", "# a\n\n``` *b*\n\nc"),
            ("```\nto the end", "to the end"),
            ("``` a``` b", "a b"),
            ("a <!-- b --> c\n<!-- d\n\ne --> f", "a  c f"),
            ("a <!-- b\n\nc", "a <!-- b\n\nc"),
            ("<script>\na()\n</script>\nb", "b"),
            ("say `<script>` twice\n\nb", "say <script> twice\n\nb"),
            ("# T <small>x</small>\na", "a"),
            ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d"),
            ("[a]: https://news.example 'b'\nc", "c"),
            ("[Note]: The mayor left.", "[Note]: The mayor left."),
            ("[^1]: A note.", "A note."),
        ] {
            assert_eq!(plain_text(markdown, "").body, body, "{markdown:?}");
        }
    }

    #[test]
    fn the_first_heading_of_the_first_level_is_the_title() {
        for (markdown, title) in [
            ("a\n\n## b\n\n# *c* d\n\n# e", "c d"),
            ("a\nb\n===\nc", "a b"),
            ("```\n# a\n```", ""),
            ("a", ""),
        ] {
            assert_eq!(plain_text(markdown, "").title, title, "{markdown:?}");
        }
    }

    #[test]
    fn a_heading_that_is_not_the_given_title_stays() {
        assert_eq!(plain_text("# a\nb", "a").body, "b");
        assert_eq!(plain_text("# a\nb", "c").body, "a\n\nb");
    }
}
