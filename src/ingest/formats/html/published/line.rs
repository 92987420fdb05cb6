//! A line of visible text, with what the elements around its pieces say.

use super::names::Names;
use crate::text::fold_into;

/// So many bytes at the start of a line are searched for dates. Datelines and
/// bylines are shorter; farther on, dates are those of events.
const SEARCHED_BYTES: usize = 160;

/// Where a piece of text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) names: Names,
    pub(super) is_link: bool,
    pub(super) is_heading: bool,
    /// Whether its text is not shown.
    pub(super) is_hidden: bool,
    /// Whether it is a script that is no JSON-LD.
    pub(super) is_script: bool,
}

/// Text between two ends of blocks.
#[derive(Debug, Default)]
pub(super) struct Line {
    text: String,
    /// Where each piece starts, and its place.
    pieces: Vec<(usize, Place)>,
}

/// The start of a line, folded.
#[derive(Debug)]
pub(super) struct FoldedLine {
    pub(super) text: String,
    pieces: Vec<(usize, Place)>,
}

impl Line {
    /// Appends a piece, with single spaces for its white space.
    pub(super) fn push(&mut self, piece: &str, place: Place) {
        if begins_word(&self.text, piece) {
            self.text.push(' ');
        }
        self.pieces.push((self.text.len(), place));
        let mut rest = piece;
        while let Some(space) = rest.find(char::is_whitespace) {
            self.text.push_str(&rest[..space]);
            self.push_space();
            rest = rest[space..].trim_start();
        }
        self.text.push_str(rest);
    }

    /// Ends a word.
    pub(super) fn push_space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// The text so far, without space around it.
    pub(super) fn text(&self) -> &str {
        self.text.trim_end()
    }

    /// Whether it is longer than what is searched of a line.
    pub(super) fn is_long(&self) -> bool {
        self.text.len() > SEARCHED_BYTES
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// The start of the line as it is searched.
    pub(super) fn folded(&self) -> FoldedLine {
        let mut folded = FoldedLine { text: String::new(), pieces: Vec::new() };
        for (number, (start, place)) in self.pieces.iter().enumerate() {
            if folded.text.len() > SEARCHED_BYTES {
                break;
            }
            let end = self.pieces.get(number + 1).map_or(self.text.len(), |(next, _)| *next);
            folded.pieces.push((folded.text.len(), *place));
            fold_into(head(&self.text[*start..end], SEARCHED_BYTES), &mut folded.text);
        }
        folded
    }
}

impl FoldedLine {
    /// The place of the byte `at`.
    pub(super) fn place(&self, at: usize) -> Place {
        let behind = self.pieces.partition_point(|(start, _)| *start <= at);
        let piece = behind.checked_sub(1).and_then(|piece| self.pieces.get(piece));
        piece.map(|(_, place)| *place).unwrap_or_default()
    }
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
pub(super) fn head(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::{Line, Place};

    #[test]
    fn pieces_keep_their_places_when_folded() {
        let link = Place { is_link: true, ..Place::default() };
        let mut line = Line::default();
        line.push("\n  Straße ", Place::default());
        line.push("am", link);
        line.push("2", link);
        line.push("nd", Place::default());
        line.push("May", Place::default());
        line.push_space();
        assert_eq!(line.text(), "Straße am 2nd May");
        let folded = line.folded();
        assert_eq!(folded.text, "strasse am 2nd may ");
        let links: Vec<bool> = (0..folded.text.len()).map(|at| folded.place(at).is_link).collect();
        assert_eq!(links.iter().position(|is_link| *is_link), Some(8));
        assert_eq!(links.iter().rposition(|is_link| *is_link), Some(11));
    }

    #[test]
    fn only_the_start_of_a_line_is_searched() {
        let mut line = Line::default();
        for _ in 0..1000 {
            line.push("é word ", Place::default());
        }
        assert!(line.is_long() && line.folded().text.len() < 200);
    }
}
