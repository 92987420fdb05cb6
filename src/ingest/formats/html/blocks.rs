//! Cuts the tree of a page into blocks of text.
//!
//! What is shown on a line of its own is a block: a paragraph, a heading, a
//! list item. A region is an element that groups blocks. Which of them belong
//! to the article is the business of `text`.

use ego_tree::NodeRef;
use scraper::Node;
use scraper::node::Element;

use super::names::Marks;

/// A piece of text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    /// Words separated by single spaces, lines (`<br>`) by `\n`.
    pub(super) text: String,
    /// How many bytes of the text are inside links.
    pub(super) link_bytes: usize,
    /// What the elements around it say against it.
    pub(super) marks: Marks,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// With its level, from 1 to 6.
    Heading(u8),
    Item,
}

/// An element that groups blocks.
#[derive(Clone, Debug)]
pub(super) struct Region<'a> {
    pub(super) element: &'a Element,
    /// Its first block, and the one behind its last.
    pub(super) first: usize,
    pub(super) end: usize,
    /// The place of the region around it among the regions; its own for the
    /// outermost.
    pub(super) parent: usize,
}

/// The blocks and regions of a page, in the order of the page.
#[derive(Default)]
pub(super) struct Blocks<'a> {
    pub(super) blocks: Vec<Block>,
    pub(super) regions: Vec<Region<'a>>,
    /// The regions that are open, innermost last.
    open: Vec<usize>,
    kind: Option<Kind>,
    text: String,
    link_bytes: usize,
    links: usize,
    preformatted: usize,
    /// For each open element, the marks of it and those around it.
    marks: Vec<Marks>,
}

/// Elements that are never text of an article.
const LEFT_OUT: [&str; 22] = [
    "audio", "button", "canvas", "datalist", "dialog", "embed", "head", "iframe", "input", "map",
    "math", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
    "title", "video", "xml",
];

/// Elements inside a line of text; all others stand on lines of their own.
const INLINE: [&str; 41] = [
    "a", "abbr", "acronym", "amp-img", "b", "bdi", "bdo", "big", "cite", "code", "data", "del",
    "dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "picture", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
];

/// Elements whose blocks are one text: they are no regions.
const LEAVES: [&str; 12] =
    ["blockquote", "br", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p"];

impl<'a> Blocks<'a> {
    /// The blocks below `root`, whose elements have the marks that `marks_of`
    /// gives them. Marked elements within a line are left out.
    pub(super) fn of(root: NodeRef<'a, Node>, marks_of: impl Fn(&Element) -> Marks) -> Self {
        let mut blocks = Self::default();
        let mut node = root;
        loop {
            let enters = match node.value() {
                Node::Element(element) => blocks.enter(element, &marks_of),
                Node::Text(text) => {
                    blocks.push(text);
                    false
                }
                Node::Document | Node::Fragment => true,
                _ => false,
            };
            let child = if enters { node.first_child() } else { None };
            if let Some(child) = child {
                node = child;
                continue;
            }
            if enters {
                blocks.close_node(node);
            }
            let Some(next) = blocks.leave(node, root) else {
                break;
            };
            node = next;
        }
        blocks.end_block();
        blocks
    }

    /// Levels and texts of the headings.
    pub(super) fn headings(&self) -> Vec<(u8, &str)> {
        let headings = self.blocks.iter().filter_map(|block| match block.kind {
            Kind::Heading(level) => Some((level, block.text.as_str())),
            _ => None,
        });
        headings.collect()
    }

    /// The node after `node`, whose subtree is done; closes what ends on the
    /// way there.
    fn leave(
        &mut self,
        mut node: NodeRef<'a, Node>,
        root: NodeRef<'a, Node>,
    ) -> Option<NodeRef<'a, Node>> {
        loop {
            if node.id() == root.id() {
                return None;
            }
            if let Some(next) = node.next_sibling() {
                return Some(next);
            }
            node = node.parent()?;
            self.close_node(node);
        }
    }

    /// Opens `element`, if its text counts.
    fn enter(&mut self, element: &'a Element, marks_of: &impl Fn(&Element) -> Marks) -> bool {
        let name = element.name();
        if LEFT_OUT.binary_search(&name).is_ok() {
            return false;
        }
        let marks = marks_of(element);
        if !marks.is_none() && is_inline(name) {
            return false;
        }
        self.open(element);
        self.marks.push(self.marks.last().copied().unwrap_or_default() | marks);
        true
    }

    fn open(&mut self, element: &'a Element) {
        let name = element.name();
        match name {
            "br" => self.text.push('\n'),
            "a" => self.links += 1,
            _ => {}
        }
        if is_inline(name) {
            return;
        }
        self.end_block();
        self.preformatted += usize::from(name == "pre");
        self.kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                Some(Kind::Heading(name.as_bytes()[1] - b'0'))
            }
            "li" => Some(Kind::Item),
            "p" => self.kind,
            _ => None,
        };
        if !LEAVES.contains(&name) {
            let parent = self.open.last().copied().unwrap_or(self.regions.len());
            let first = self.blocks.len();
            self.open.push(self.regions.len());
            self.regions.push(Region { element, first, end: first, parent });
        }
    }

    fn close_node(&mut self, node: NodeRef<'a, Node>) {
        let Node::Element(element) = node.value() else {
            return;
        };
        let name = element.name();
        if name == "a" {
            self.links = self.links.saturating_sub(1);
        }
        if !is_inline(name) {
            self.close_block(name);
        }
        self.marks.pop();
    }

    fn close_block(&mut self, name: &str) {
        self.end_block();
        self.preformatted -= usize::from(name == "pre");
        if name != "p" {
            self.kind = None;
        }
        if !LEAVES.contains(&name)
            && let Some(region) = self.open.pop()
        {
            self.regions[region].end = self.blocks.len();
        }
    }

    fn push(&mut self, text: &str) {
        let before = self.text.len();
        if self.preformatted > 0 {
            self.text.push_str(text);
        } else {
            self.push_collapsed(text);
        }
        if self.links > 0 {
            self.link_bytes += self.text.len() - before;
        }
    }

    fn push_collapsed(&mut self, text: &str) {
        for (number, word) in text.split(is_space).enumerate() {
            if number > 0 && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        let link_bytes = std::mem::take(&mut self.link_bytes);
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let text = if trimmed.len() == text.len() { text } else { trimmed.to_owned() };
            let kind = self.kind.unwrap_or(Kind::Text);
            let marks = self.marks.last().copied().unwrap_or_default();
            self.blocks.push(Block { kind, text, link_bytes, marks });
        }
    }
}

fn is_inline(name: &str) -> bool {
    name == "br" || INLINE.binary_search(&name).is_ok()
}

/// White space of HTML; the no-break space is none.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{a0}')
}

/// The text of `blocks`: paragraphs separated by an empty line, the items of
/// a list by a line end.
pub(super) fn joined<'b>(blocks: impl Iterator<Item = &'b Block>) -> String {
    let mut out = String::new();
    let mut previous = None;
    for block in blocks {
        if !out.is_empty() {
            let is_list = previous == Some(Kind::Item) && block.kind == Kind::Item;
            out.push_str(if is_list { "\n" } else { "\n\n" });
        }
        out.push_str(&block.text);
        previous = Some(block.kind);
    }
    out
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::{Blocks, INLINE, LEFT_OUT, Marks, joined};

    fn text(html: &str) -> String {
        let document = Html::parse_document(html);
        joined(Blocks::of(document.tree.root(), |_| Marks::NONE).blocks.iter())
    }

    #[test]
    fn names_can_be_searched() {
        assert!(INLINE.is_sorted() && LEFT_OUT.is_sorted());
    }

    #[test]
    fn blocks_follow_the_lines_of_a_browser() {
        let cases = [
            ("<p>a\n <b>b</b>c</p><p>d", "a bc\n\nd"),
            ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
            ("<h2>T</h2><ul><li>a<li><p>b</ul>", "T\n\na\nb"),
            ("a<br>b <br/> c", "a\nb \nc"),
            ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
            ("a<script>x</script><style>y</style><!-- z -->b", "ab"),
            ("<a href=x>a<p>b</p></a>c", "a\n\nb\n\nc"),
        ];
        for (html, expected) in cases {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn regions_know_their_blocks() {
        let document = Html::parse_document("<div id=a><p>x</p></div><div id=b><p>y<p>z</div>");
        let blocks = Blocks::of(document.tree.root(), |_| Marks::NONE);
        let region =
            |id| blocks.regions.iter().find(|region| region.element.id() == Some(id)).unwrap();
        assert_eq!((region("a").first, region("a").end), (0, 1));
        assert_eq!((region("b").first, region("b").end), (1, 3));
    }
}
