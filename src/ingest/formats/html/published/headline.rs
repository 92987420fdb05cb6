//! Where the headline of a page stands, and how near to it something else.

use scraper::node::Element;

use super::line::head;
use crate::text::fold;

/// Shorter headings stand in many titles: `News`.
const LEAST_BYTES: usize = 6;

/// So much of a title or heading is compared. The longest headlines have some
/// three hundred bytes.
const MOST_BYTES: usize = 500;

/// A heading that may be the headline, and its place in the text of the page,
/// in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Headline {
    start: usize,
    end: usize,
    rank: Rank,
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

/// Chooses the headline among the headings of a page.
#[derive(Debug)]
pub(super) struct Headlines {
    /// The title of the page, folded.
    title: String,
    best: Option<Headline>,
}

impl Headlines {
    /// Of the page with this title, which may be empty.
    pub(super) fn new(title: &str) -> Self {
        Self { title: fold(head(title, MOST_BYTES)), best: None }
    }

    /// Takes the heading `text` of a level, which starts at `start`, for the
    /// headline if it is a likelier one than those before it.
    pub(super) fn consider(&mut self, text: &str, level: u8, start: usize) {
        if text.is_empty() || self.best.is_some_and(|known| known.rank == Rank::Title) {
            return;
        }
        let rank = match level {
            _ if self.is_title(text) => Rank::Title,
            1 => Rank::First,
            _ => Rank::Lower,
        };
        if self.best.is_none_or(|known| known.rank < rank) {
            self.best = Some(Headline { start, end: start + text.len(), rank });
        }
    }

    fn is_title(&self, text: &str) -> bool {
        let folded = fold(head(text, MOST_BYTES));
        folded.len() >= LEAST_BYTES
            && self.title.len() >= LEAST_BYTES
            && (self.title.contains(&folded) || folded.contains(&self.title))
    }

    /// What a candidate gains by the bytes of text between it, at `position`,
    /// and the headline: dates stand right above or below it.
    pub(super) fn nearness(&self, position: usize) -> i32 {
        let Some(Headline { start, end, .. }) = self.best else { return 0 };
        if position < start {
            return match start - position {
                0..=120 => 35,
                121..=300 => 22,
                301..=800 => 8,
                _ => 0,
            };
        }
        match position.saturating_sub(end) {
            0..=250 => 40,
            251..=600 => 28,
            601..=1500 => 15,
            1501..=4000 => 5,
            _ => 0,
        }
    }
}

/// The level of a heading, 1 to 6.
pub(super) fn heading_level(element: &Element) -> Option<u8> {
    match element.name().as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Headlines;

    #[test]
    fn the_likeliest_heading_counts() {
        let mut headlines = Headlines::new("Harbour closed - The Gull");
        assert_eq!(headlines.nearness(0), 0);
        for (text, level, start, near) in [
            ("More", 2, 1_000, true),
            ("Weather", 1, 2_000, true),
            ("Sport", 1, 3_000, false),
            ("Harbour closed", 4, 4_000, true),
            ("Harbour closed", 1, 5_000, false),
        ] {
            headlines.consider(text, level, start);
            assert_eq!(headlines.nearness(start + 20) == 40, near, "{text} {start}");
        }
    }
}
