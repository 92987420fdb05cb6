//! Goes once through a page and gathers the dates in its elements and in its
//! visible text, with their distance from the headline.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::headline::{Headlines, heading_level};
use super::labels::{Label, label_in};
use super::line::{Line, Place};
use super::names::{Hint, names_of};
use super::script::published_value;
use super::weigh::{Candidate, Shown, Source, region_cost};
use super::{Candidates, Clues, attributes, meta, original_url};
use crate::article::{Precision, Published};
use crate::ingest::dates::{Mention, date_in_url, mentions};
use crate::text::fold;

/// So many dates in text and attributes are looked at: pages with more are
/// lists, whose later dates say nothing of the page.
const MOST_PLACED: usize = 300;

/// So many dated pictures are looked at: that of the article is among the first.
const MOST_IMAGES: usize = 30;

/// A date that starts so far from the start of a paragraph is its dateline:
/// `Karlsruhe, (12.11.2021).`
const DATELINE_BYTES: usize = 24;

/// Longer addresses of pictures are the pictures themselves.
const ADDRESS_BYTES: usize = 1000;

/// Bytes that are kept of a line whose date is not understood.
const MOST_SHOWN_BYTES: usize = 100;

/// A line so short may be the label of the date below it.
const LABEL_BYTES: usize = 40;

/// Elements inside a line of text.
const INLINE: [&str; 29] = [
    "a", "abbr", "b", "bdi", "cite", "code", "data", "del", "em", "font", "i", "img", "ins",
    "label", "mark", "meta", "nobr", "path", "q", "s", "small", "span", "strong", "sub", "sup",
    "svg", "time", "u", "use",
];

/// Elements whose text is not shown.
const HIDDEN: [&str; 7] =
    ["noscript", "option", "script", "select", "style", "template", "textarea"];

/// Adds the dates on the page.
pub(super) fn collect(document: &Html, clues: &Clues<'_>, candidates: &mut Candidates) {
    let mut walk = Walk {
        candidates,
        places: Vec::new(),
        line: Line::default(),
        previous: String::new(),
        position: 0,
        placed: Vec::new(),
        open: Vec::new(),
        images: 0,
        headlines: Headlines::new(clues.title),
        has_script: false,
    };
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => walk.open(element),
                Node::Text(text) => walk.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    walk.close(element);
                }
            }
        }
    }
    walk.finish();
}

/// A candidate at a place on the page, before its distance from the headline
/// is known.
struct Placed {
    candidate: Candidate,
    /// Bytes of text before it.
    position: usize,
}

/// A shown date of which nothing tells yet which number is the day.
struct Open {
    /// The reading with the day first.
    placed: Placed,
    /// The other.
    other: Published,
    /// The line that it stands in.
    text: String,
}

/// The state of going through a page.
struct Walk<'c> {
    candidates: &'c mut Candidates,
    /// What each open element says, with those around it.
    places: Vec<Place>,
    line: Line,
    /// The line before, if it is short: a label may stand there.
    previous: String,
    /// Bytes of text in the lines before.
    position: usize,
    placed: Vec<Placed>,
    open: Vec<Open>,
    /// How many of those are of pictures.
    images: usize,
    headlines: Headlines,
    /// Whether a script has given a date: the first counts.
    has_script: bool,
}

impl Walk<'_> {
    fn place(&self) -> Place {
        self.places.last().copied().unwrap_or_default()
    }

    fn open(&mut self, element: &Element) {
        let outer = self.place();
        if is_block(element) {
            self.end_of_block(outer);
        }
        let place = Place {
            names: names_of(element).within(outer.names),
            is_link: outer.is_link || element.name() == "a",
            is_heading: outer.is_heading || heading_level(element).is_some(),
            is_hidden: outer.is_hidden || HIDDEN.binary_search(&element.name()).is_ok(),
            is_script: element.name() == "script" && !is_linked_data(element),
        };
        self.places.push(place);
        self.read_attributes(element, place);
    }

    fn close(&mut self, element: &Element) {
        self.places.pop();
        if let Some(level) = heading_level(element) {
            self.headlines.consider(self.line.text(), level, self.position);
        }
        if is_block(element) {
            self.end_of_block(self.place());
        }
    }

    fn text(&mut self, text: &str) {
        let place = self.place();
        if place.is_script {
            self.read_script(text);
        } else if !place.is_hidden {
            self.line.push(text, place);
        }
    }

    /// Ends the line; inside an element for a date only the word: day and month
    /// may stand in boxes of their own.
    fn end_of_block(&mut self, outer: Place) {
        if outer.names.hint >= Hint::Date && !self.line.is_long() {
            self.line.push_space();
        } else {
            self.end_line();
        }
    }

    /// Reads the dates of the line and begins the next.
    fn end_line(&mut self) {
        let text = self.line.text();
        let length = text.len();
        if length > 0 {
            if text.bytes().any(|byte| byte.is_ascii_digit())
                && self.placed.len() + self.open.len() < MOST_PLACED
            {
                self.read_line();
            }
            self.previous.clear();
            if length <= LABEL_BYTES {
                self.previous.push_str(self.line.text());
            }
            self.position += length;
        }
        self.line.clear();
    }

    fn read_line(&mut self) {
        let line = self.line.folded();
        let mut behind = 0;
        for mention in mentions(&line.text, self.candidates.order) {
            let before = &line.text[behind..mention.start];
            let label = match label_in(before) {
                Label::None if before.trim().is_empty() => label_in(&fold(&self.previous)),
                label => label,
            };
            let shown = Shown {
                place: line.place(mention.start),
                label,
                beside: line.text.len() - (mention.end - mention.start),
                is_prose: self.line.is_long(),
                is_first: mention.start <= DATELINE_BYTES,
            };
            self.add_shown(&mention, shown);
            behind = mention.end;
        }
    }

    fn add_shown(&mut self, mention: &Mention, shown: Shown) {
        let mut candidate = Candidate::stated(mention.published, Source::Shown);
        candidate.weight += shown.weight() - region_cost(shown.place.names.region);
        let placed = Placed { candidate, position: self.position };
        match mention.other {
            None => self.placed.push(placed),
            Some(other) => {
                let line = self.line.text();
                let text = &line[..line.floor_char_boundary(MOST_SHOWN_BYTES)];
                self.open.push(Open { placed, other, text: text.to_owned() });
            }
        }
    }

    /// Settles which of two days is meant by those that something else on the page names;
    /// what nothing settles is not guessed.
    fn settle_open(&mut self) {
        for Open { mut placed, other, text } in std::mem::take(&mut self.open) {
            let known = self.placed.iter().map(|placed| &placed.candidate);
            let known: Vec<_> =
                known.chain(&self.candidates.found).map(|one| one.published).collect();
            let is_known = |day: Published| {
                known.iter().any(|known| {
                    known.precision >= Precision::Day && known.first_day() == day.first_day()
                })
            };
            match (is_known(placed.candidate.published), is_known(other)) {
                (true, false) => self.placed.push(placed),
                (false, true) => {
                    placed.candidate.published = other;
                    self.placed.push(placed);
                }
                _ if self.candidates.unread.is_empty() => self.candidates.unread = text,
                _ => {}
            }
        }
    }

    fn read_attributes(&mut self, element: &Element, place: Place) {
        match element.name() {
            "meta" => match meta::stated(element) {
                Some((text, Source::Shown)) => self.candidates.add_mentioned(text),
                Some((text, source)) => self.candidates.add_stated(text, source),
                None => {}
            },
            "img" => self.read_image(element),
            _ => {
                for (text, source) in attributes::stated(element, place.names) {
                    self.add_placed(text, source, place);
                }
            }
        }
    }

    fn add_placed(&mut self, text: &str, source: Source, place: Place) {
        if self.placed.len() >= MOST_PLACED {
            return;
        }
        if let Ok(published) = self.candidates.order.parse(text.trim()) {
            let mut candidate = Candidate::stated(published, source);
            candidate.weight -= region_cost(place.names.region);
            let position = self.position + self.line.text().len();
            self.placed.push(Placed { candidate, position });
        }
    }

    fn read_image(&mut self, element: &Element) {
        if self.images < MOST_IMAGES
            && let Some(address) = element.attr("src").filter(|src| src.len() <= ADDRESS_BYTES)
            && let Some(published) = date_in_url(original_url(address))
        {
            let candidate = Candidate::stated(published, Source::Image);
            self.placed.push(Placed { candidate, position: self.position });
            self.images += 1;
        }
    }

    fn read_script(&mut self, script: &str) {
        if self.has_script {
            return;
        }
        if let Some(value) = published_value(script) {
            self.candidates.add_stated(value, Source::Script);
            self.has_script = true;
        }
    }

    /// Hands over what was found, by its distance from the headline.
    fn finish(mut self) {
        self.end_line();
        self.settle_open();
        for Placed { mut candidate, position } in self.placed {
            let nearness = self.headlines.nearness(position);
            candidate.weight += match candidate.source {
                Source::Modified | Source::Data => 0,
                // The pictures of other articles stand near too.
                Source::Image => nearness / 8,
                _ => nearness,
            };
            candidate.weight = candidate.weight.max(1);
            self.candidates.found.push(candidate);
        }
    }
}

/// Whether an element begins and ends a line.
fn is_block(element: &Element) -> bool {
    INLINE.binary_search(&element.name()).is_err()
}

fn is_linked_data(element: &Element) -> bool {
    element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, INLINE};

    #[test]
    fn names_can_be_searched() {
        assert!(INLINE.is_sorted() && HIDDEN.is_sorted());
    }
}
