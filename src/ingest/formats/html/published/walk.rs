//! Goes once through a page and gathers the dates in its elements and in its
//! visible text, with their distance from the headline.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::meta;
use super::names::{Hint, Label, Names, Region, label_in, names_of};
use super::script::published_value;
use super::weigh::{Candidate, Source};
use super::{Candidates, Clues, original_url};
use crate::ingest::dates::{Mention, date_in_url, mentions};
use crate::text::{fold, fold_into};

/// So many dates in text and attributes are looked at: pages with more are
/// lists, whose later dates say nothing of the page.
const MOST_PLACED: usize = 300;

/// So many bytes at the start of a line are searched for dates. Datelines and
/// bylines are shorter; farther on, dates are those of events.
const LINE_BYTES: usize = 160;

/// A date that starts so far from the start of a paragraph is its dateline:
/// `Karlsruhe, (12.11.2021).`
const DATELINE_BYTES: usize = 24;

/// Shorter headings stand in many titles: `News`.
const TITLE_BYTES: usize = 6;

/// So much of a title or heading is compared. The longest headlines have some
/// three hundred bytes.
const TITLE_MOST_BYTES: usize = 500;

/// Longer addresses of pictures are the pictures themselves.
const ADDRESS_BYTES: usize = 1000;

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
    let mut walk = Walk::new(clues, candidates);
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

/// Where a piece of text stands: what the elements around it say.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    names: Names,
    is_link: bool,
    is_hidden: bool,
    is_script: bool,
    is_heading: bool,
}

/// A candidate at a place on the page, before its distance from the headline
/// is known.
struct Placed {
    candidate: Candidate,
    /// Bytes of text before it.
    position: usize,
}

/// The state of going through a page.
struct Walk<'c> {
    candidates: &'c mut Candidates,
    title: String,
    /// What each open element says.
    places: Vec<Place>,
    /// The line of text so far, and where its pieces start.
    line: String,
    pieces: Vec<(usize, Place)>,
    /// The line before, folded: a label may stand there.
    previous: String,
    /// Bytes of text in the lines before.
    position: usize,
    placed: Vec<Placed>,
    headline: Option<Headline>,
    /// Whether a script has given a date: the first counts.
    has_script: bool,
}

/// How likely a heading is the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// One below the first level.
    Lower,
    /// One of the first level.
    First,
    /// It is the title of the page or a part of it.
    Title,
}

/// A heading that may be the headline.
#[derive(Clone, Copy)]
struct Headline {
    start: usize,
    end: usize,
    rank: Rank,
}

impl<'c> Walk<'c> {
    fn new(clues: &Clues<'_>, candidates: &'c mut Candidates) -> Self {
        Self {
            candidates,
            title: fold(head(clues.title, TITLE_MOST_BYTES)),
            places: Vec::new(),
            line: String::new(),
            pieces: Vec::new(),
            previous: String::new(),
            position: 0,
            placed: Vec::new(),
            headline: None,
            has_script: false,
        }
    }

    fn place(&self) -> Place {
        self.places.last().copied().unwrap_or_default()
    }

    fn open(&mut self, element: &Element) {
        let outer = self.place();
        if INLINE.binary_search(&element.name()).is_err() {
            self.end_of_block(outer);
        }
        let own = names_of(element);
        let place = Place {
            names: Names {
                hint: outer.names.hint.max(own.hint),
                region: outer.names.region.max(own.region),
                is_modified: own.is_modified || (outer.names.is_modified && own.hint < Hint::Date),
            },
            is_link: outer.is_link || element.name() == "a",
            is_hidden: outer.is_hidden || HIDDEN.binary_search(&element.name()).is_ok(),
            is_script: element.name() == "script" && !is_linked_data(element),
            is_heading: outer.is_heading || heading_level(element).is_some(),
        };
        self.places.push(place);
        self.read_attributes(element, place);
    }

    fn close(&mut self, element: &Element) {
        self.places.pop();
        if INLINE.binary_search(&element.name()).is_err() {
            if let Some(level) = heading_level(element) {
                self.end_of_heading(level);
            }
            self.end_of_block(self.place());
        }
    }

    fn text(&mut self, text: &str) {
        let place = self.place();
        if place.is_script {
            if let Some(value) = published_value(text)
                && !self.has_script
            {
                self.candidates.add_stated(value, Source::Script);
                self.has_script = true;
            }
        } else if !place.is_hidden {
            if begins_word(&self.line, text) {
                self.line.push(' ');
            }
            self.pieces.push((self.line.len(), place));
            push_collapsed(&mut self.line, text);
        }
    }

    /// Ends the line; inside an element for a date only a space: day and month
    /// may stand in boxes of their own.
    fn end_of_block(&mut self, outer: Place) {
        if outer.names.hint >= Hint::Date && self.line.len() < LINE_BYTES {
            self.line.push(' ');
        } else {
            self.end_line();
        }
    }

    /// Takes the line for the headline if it is likelier one than that before.
    fn end_of_heading(&mut self, level: u8) {
        let text = self.line.trim();
        if text.is_empty() || self.headline.is_some_and(|known| known.rank == Rank::Title) {
            return;
        }
        let folded = fold(head(text, TITLE_MOST_BYTES));
        let is_title = folded.len() >= TITLE_BYTES
            && self.title.len() >= TITLE_BYTES
            && (self.title.contains(&folded) || folded.contains(&self.title));
        let rank = match level {
            _ if is_title => Rank::Title,
            1 => Rank::First,
            _ => Rank::Lower,
        };
        if self.headline.is_none_or(|known| known.rank < rank) {
            let end = self.position + text.len();
            self.headline = Some(Headline { start: self.position, end, rank });
        }
    }

    /// Reads the dates of the line and begins the next.
    fn end_line(&mut self) {
        let length = self.line.trim().len();
        if length > 0 {
            self.read_line();
            self.position += length;
        }
        self.line.clear();
        self.pieces.clear();
    }

    fn read_line(&mut self) {
        let has_digit = self.line.bytes().any(|byte| byte.is_ascii_digit());
        if has_digit && self.placed.len() < MOST_PLACED {
            self.read_dates();
        }
        self.previous.clear();
        if self.line.len() <= LABEL_BYTES {
            self.previous.push_str(&self.line);
        }
    }

    fn read_dates(&mut self) {
        let mut folded = String::new();
        let mut places = Vec::new();
        for (number, (start, place)) in self.pieces.iter().enumerate() {
            if folded.len() > LINE_BYTES {
                break;
            }
            let end = self.pieces.get(number + 1).map_or(self.line.len(), |(next, _)| *next);
            places.push((folded.len(), *place));
            fold_into(head(&self.line[*start..end], LINE_BYTES), &mut folded);
        }
        let is_long = self.line.len() > LINE_BYTES;
        let mut behind = 0;
        for mention in mentions(&folded, self.candidates.order) {
            let at = places.partition_point(|(start, _)| *start <= mention.start);
            let place = places[at.saturating_sub(1)].1;
            let before = &folded[behind..mention.start];
            behind = mention.end;
            let label = match label_in(before) {
                Label::None if before.trim().is_empty() => label_in(&fold(&self.previous)),
                label => label,
            };
            let rest = folded.len() - (mention.end - mention.start);
            self.add_shown(&mention, place, label, rest, is_long);
        }
    }

    fn add_shown(
        &mut self,
        mention: &Mention,
        place: Place,
        label: Label,
        rest: usize,
        is_long: bool,
    ) {
        let mut candidate = Candidate::stated(mention.published, Source::Shown);
        candidate.weight += match place.names.hint {
            Hint::None => 0,
            Hint::Byline => 8,
            Hint::Date => 25,
            Hint::Published => 30,
        };
        candidate.weight += match label {
            Label::None => 0,
            Label::Published => 15,
            Label::Modified => -15,
            Label::Other => -25,
        };
        if label == Label::None && place.names.is_modified {
            candidate.weight -= 15;
        }
        if place.is_heading {
            candidate.weight -= 10;
        }
        if place.is_link {
            candidate.weight -= 8;
        }
        candidate.weight += match (is_long, rest) {
            (true, _) if mention.start <= DATELINE_BYTES => 0,
            (true, _) => -15,
            (false, 0..40) => 10,
            (false, _) => 0,
        };
        candidate.weight -= region_cost(place);
        let position = self.position;
        self.placed.push(Placed { candidate, position });
        if let Some(other) = mention.other {
            candidate.published = other;
            candidate.weight /= 2;
            self.placed.push(Placed { candidate, position });
        }
    }

    /// Adds the dates in the attributes of an element.
    fn read_attributes(&mut self, element: &Element, place: Place) {
        match element.name() {
            "meta" => {
                match meta::stated(element) {
                    Some((text, Source::Shown)) => self.candidates.add_mentioned(text),
                    Some((text, source)) => self.candidates.add_stated(text, source),
                    None => {}
                }
                return;
            }
            "img" => return self.read_image(element),
            _ => {}
        }
        let named = |names: &str| names.split_ascii_whitespace().any(|name| is_publication(name));
        let is_marked = element.attr("itemprop").is_some_and(named)
            || element.attr("property").is_some_and(named)
            || element.attr("pubdate").is_some();
        let is_abbr = element.name() == "abbr" && place.names.hint >= Hint::Date;
        let attribute = match element.name() {
            "time" => "datetime",
            "abbr" => "title",
            _ => "content",
        };
        let source = if is_marked || (is_abbr && place.names.hint == Hint::Published) {
            Source::Marked
        } else if place.names.is_modified {
            Source::Modified
        } else {
            Source::Time
        };
        let text =
            element.attr(attribute).filter(|_| is_marked || is_abbr || element.name() == "time");
        if let Some(text) = text {
            self.add_placed(text, source, place);
        }
        for (name, value) in element.attrs() {
            if let Some(key) = name.strip_prefix("data-")
                && (key.contains("publi") || key.contains("date") || key.contains("time"))
                && !key.contains("modif")
                && !key.contains("updat")
            {
                self.add_placed(value, Source::Data, place);
            }
        }
    }

    fn add_placed(&mut self, text: &str, source: Source, place: Place) {
        let may_be =
            (8..=100).contains(&text.trim().len()) && text.bytes().any(|b| b.is_ascii_digit());
        if !may_be || self.placed.len() >= MOST_PLACED {
            return;
        }
        if let Ok(published) = self.candidates.order.parse(text.trim()) {
            let mut candidate = Candidate::stated(published, source);
            candidate.weight -= region_cost(place);
            let position = self.position + self.line.trim().len();
            self.placed.push(Placed { candidate, position });
        }
    }

    fn read_image(&mut self, element: &Element) {
        if self.placed.len() < MOST_PLACED
            && let Some(address) = element.attr("src").filter(|src| src.len() <= ADDRESS_BYTES)
            && let Some(published) = date_in_url(original_url(address))
        {
            let candidate = Candidate::stated(published, Source::Image);
            self.placed.push(Placed { candidate, position: self.position });
        }
    }

    /// Hands over what was found, by its distance from the headline.
    fn finish(mut self) {
        self.end_line();
        let headline = self.headline;
        for Placed { mut candidate, position } in self.placed {
            let nearness = headline.map_or(0, |headline| nearness(headline, position));
            candidate.weight += match candidate.source {
                Source::Image => nearness / 8,
                Source::Modified | Source::Data => 0,
                _ => nearness,
            };
            candidate.weight = candidate.weight.max(1);
            self.candidates.found.push(candidate);
        }
    }
}

/// What a candidate gains by standing near the headline: by the bytes of text
/// between them.
fn nearness(headline: Headline, position: usize) -> i32 {
    if position < headline.start {
        return match headline.start - position {
            0..=120 => 35,
            121..=300 => 22,
            301..=800 => 8,
            _ => 0,
        };
    }
    match position.saturating_sub(headline.end) {
        0..=250 => 40,
        251..=600 => 28,
        601..=1500 => 15,
        1501..=4000 => 5,
        _ => 0,
    }
}

fn region_cost(place: Place) -> i32 {
    match place.names.region {
        Region::Article => 0,
        Region::Apart => 25,
        Region::Comments => 60,
    }
}

/// The level of a heading, 1 to 6.
fn heading_level(element: &Element) -> Option<u8> {
    match element.name().as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn is_linked_data(element: &Element) -> bool {
    element.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

fn is_publication(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or(name);
    name.eq_ignore_ascii_case("datePublished") || name.eq_ignore_ascii_case("pubdate")
}

/// Appends `text` with single spaces for its white space.
fn push_collapsed(line: &mut String, text: &str) {
    let mut rest = text;
    while let Some(space) = rest.find(char::is_whitespace) {
        line.push_str(&rest[..space]);
        if !line.is_empty() && !line.ends_with(' ') {
            line.push(' ');
        }
        rest = rest[space..].trim_start();
    }
    line.push_str(rest);
}

/// Whether `text` in an element of its own is another word than that at the end
/// of `line`: not the ending of a number, as in `2<sup>nd</sup>`.
fn begins_word(line: &str, text: &str) -> bool {
    let (Some(last), Some(first)) = (line.chars().next_back(), text.chars().next()) else {
        return false;
    };
    last.is_alphanumeric()
        && first.is_alphanumeric()
        && !(last.is_ascii_digit() && first.is_lowercase())
}

/// The start of `text`, at most `bytes` long.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::{HIDDEN, INLINE};

    #[test]
    fn names_can_be_searched() {
        assert!(INLINE.is_sorted() && HIDDEN.is_sorted());
    }
}
