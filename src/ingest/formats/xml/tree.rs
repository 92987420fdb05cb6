//! An element of XML with all that stands in it.
//!
//! The nodes lie one behind the other in the order of the text, so that nothing about
//! them needs recursion, whatever their depth.

use std::rc::Rc;

/// Elements and texts in the order in which they begin.
#[derive(Clone, Debug, Default)]
pub(in crate::ingest) struct Tree {
    nodes: Vec<Node>,
}

#[derive(Clone, Debug)]
struct Node {
    /// The place behind the last node inside it; far behind all while it is open.
    end: usize,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Element { name: Box<str>, space: Rc<str>, attributes: Vec<(Box<str>, Box<str>)> },
    Text(Box<str>),
}

impl Tree {
    /// The first element that is in no other.
    pub(in crate::ingest) fn root(&self) -> Option<Element<'_>> {
        (0..self.nodes.len()).find_map(|place| self.element(place))
    }

    /// Opens an element, and tells its place.
    pub(super) fn open(
        &mut self,
        name: Box<str>,
        space: Rc<str>,
        attributes: Vec<(Box<str>, Box<str>)>,
    ) -> usize {
        let place = self.nodes.len();
        let content = Content::Element { name, space, attributes };
        self.nodes.push(Node { end: usize::MAX, content });
        place
    }

    /// Closes the element at `place`: all nodes since are inside it.
    pub(super) fn close(&mut self, place: usize) {
        self.nodes[place].end = self.nodes.len();
    }

    pub(super) fn push_text(&mut self, text: String) {
        let end = self.nodes.len() + 1;
        self.nodes.push(Node { end, content: Content::Text(text.into_boxed_str()) });
    }

    fn end(&self, place: usize) -> usize {
        self.nodes[place].end.min(self.nodes.len())
    }

    fn element(&self, place: usize) -> Option<Element<'_>> {
        let node = self.nodes.get(place)?;
        let Content::Element { name, space, attributes } = &node.content else { return None };
        Some(Element { tree: self, place, name, space, attributes })
    }
}

/// A piece of the content of an element, for walking through it.
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) enum Piece<'t> {
    /// An element begins.
    Open(Element<'t>),
    /// It ends.
    Close(Element<'t>),
    /// A text between tags, as written.
    Text(&'t str),
}

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub(in crate::ingest) struct Element<'t> {
    tree: &'t Tree,
    place: usize,
    name: &'t str,
    space: &'t str,
    attributes: &'t [(Box<str>, Box<str>)],
}

impl<'t> Element<'t> {
    /// Its name without the prefix: `creator` of `dc:creator`.
    pub(in crate::ingest) fn name(self) -> &'t str {
        local(self.name)
    }

    /// The address of its namespace; the prefix as written where that is not declared, and
    /// empty where there is none.
    pub(in crate::ingest) fn space(self) -> &'t str {
        self.space
    }

    /// Whether `name` is its name without the prefix. Case does not matter.
    pub(in crate::ingest) fn is(self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name)
    }

    /// The value of its first attribute `name`, with any prefix or none; empty if it has
    /// no such.
    pub(in crate::ingest) fn attribute(self, name: &str) -> &'t str {
        let is_named = |written: &str| local(written).eq_ignore_ascii_case(name);
        let mut found = self.attributes.iter().filter(|(written, _)| is_named(written));
        found.next().map_or("", |(_, value)| value)
    }

    /// The elements directly in it.
    pub(in crate::ingest) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.tree.end(self.place);
        let mut place = self.place + 1;
        std::iter::from_fn(move || {
            while place < end {
                let here = place;
                place = self.tree.end(here);
                if let Some(element) = self.tree.element(here) {
                    return Some(element);
                }
            }
            None
        })
    }

    /// The first element directly in it that is called `name`.
    pub(in crate::ingest) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.is(name))
    }

    /// All elements directly in it that are called `name`.
    pub(in crate::ingest) fn all(self, name: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.is(name))
    }

    /// The element that `names` lead to, each the first of its name in the one before.
    pub(in crate::ingest) fn path(self, names: &[&str]) -> Option<Element<'t>> {
        names.iter().try_fold(self, |element, name| element.child(name))
    }

    /// All elements in it, at any depth, in order.
    pub(in crate::ingest) fn descendants(self) -> impl Iterator<Item = Element<'t>> {
        let end = self.tree.end(self.place);
        (self.place + 1..end).filter_map(|place| self.tree.element(place))
    }

    /// The elements in it, at any depth, that `is_wanted` names, none inside another of them.
    pub(in crate::ingest) fn outermost(
        self,
        is_wanted: impl Fn(Element<'t>) -> bool,
    ) -> Vec<Element<'t>> {
        let mut found = Vec::new();
        let mut place = self.place + 1;
        while place < self.tree.end(self.place) {
            match self.tree.element(place).filter(|element| is_wanted(*element)) {
                Some(element) => {
                    found.push(element);
                    place = self.tree.end(place);
                }
                None => place += 1,
            }
        }
        found
    }

    /// The first element in it, at any depth, that is called `name`.
    pub(in crate::ingest) fn find(self, name: &str) -> Option<Element<'t>> {
        self.descendants().find(|inner| inner.is(name))
    }

    /// All text in it, as written.
    pub(in crate::ingest) fn text(self) -> String {
        let end = self.tree.end(self.place);
        let mut text = String::new();
        for node in &self.tree.nodes[self.place..end] {
            if let Content::Text(piece) = &node.content {
                text.push_str(piece);
            }
        }
        text
    }

    /// All text in it, with single spaces for all its white space.
    pub(in crate::ingest) fn line(self) -> String {
        let text = self.text();
        let mut line = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        line
    }

    /// Walks through its content, without what is in elements that `is_left_out` names.
    pub(in crate::ingest) fn walk(
        self,
        is_left_out: impl Fn(Element<'t>) -> bool,
        mut visit: impl FnMut(Piece<'t>),
    ) {
        let end = self.tree.end(self.place);
        let mut open: Vec<Element<'t>> = Vec::new();
        let mut place = self.place + 1;
        while place < end || !open.is_empty() {
            if let Some(last) = open.pop_if(|last| self.tree.end(last.place) <= place) {
                visit(Piece::Close(last));
                continue;
            }
            let node = &self.tree.nodes[place];
            place += 1;
            match (&node.content, self.tree.element(place - 1)) {
                (Content::Text(text), _) => visit(Piece::Text(text)),
                (_, Some(element)) if !is_left_out(element) => {
                    visit(Piece::Open(element));
                    open.push(element);
                }
                _ => place = self.tree.end(place - 1),
            }
        }
    }
}

/// `name` without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

#[cfg(test)]
mod tests {
    use super::{Element, Piece, Tree};
    use crate::ingest::formats::xml::Records;

    /// The tree of `xml`.
    fn tree(xml: &str) -> Tree {
        let mut records = Records::new(xml.as_bytes(), None, &["a"], 1 << 20).unwrap();
        records.next().unwrap().unwrap().unwrap().tree
    }

    #[test]
    fn elements_are_found() {
        let tree = tree("<a x:lang='en' lang='fr'><b>1<c>2</c></b> <D:b>3</D:b><c/></a>");
        let root = tree.root().unwrap();
        let names: Vec<&str> = root.children().map(Element::name).collect();
        assert_eq!(names, ["b", "b", "c"]);
        assert_eq!(root.all("B").map(Element::text).collect::<Vec<_>>(), ["12", "3"]);
        assert_eq!(root.descendants().count(), 4);
        assert_eq!(root.find("c").unwrap().text(), "2");
        assert_eq!(root.child("c").unwrap().text(), "");
        assert_eq!(root.path(&["b", "c"]).unwrap().text(), "2");
        assert!(root.path(&["c", "b"]).is_none());
        assert_eq!((root.attribute("lang"), root.attribute("b")), ("en", ""));
    }

    #[test]
    fn walks_open_and_close_every_element() {
        let tree = tree("<a>1<b><c>2</c><d>3</d></b><e/>4</a>");
        let mut seen = String::new();
        tree.root().unwrap().walk(
            |element| element.is("d"),
            |piece| match piece {
                Piece::Open(element) => seen.extend(["(", element.name()]),
                Piece::Close(_) => seen.push(')'),
                Piece::Text(text) => seen.push_str(text),
            },
        );
        assert_eq!(seen, "1(b(c2))(e)4");
    }
}
