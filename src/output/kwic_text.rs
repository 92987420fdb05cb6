//! Keyword in context for people: a line for each place, the places one below the
//! other.

use std::io::{self, Write};

use super::layout::{cut, end_within, plural, start_within, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::index::StoredArticle;
use crate::search::KwicLine;
use crate::text::Span;

/// Columns of a line where the output is no terminal.
const DEFAULT_COLUMNS: usize = 100;
/// Columns of a line on the narrowest terminal.
const LEAST_COLUMNS: usize = 20;
/// Columns between the parts of a line.
const GAP: usize = 2;
/// Columns of an ordinary word, with which both sides of it have the same room.
const WORD_COLUMNS: usize = 8;
/// Digits of the identifier: of a hundred thousand articles one in forty thousand
/// shares them with another. `show` takes them.
const ID_DIGITS: usize = 8;
/// Columns of a day.
const DAY_COLUMNS: usize = 10;
/// Columns of a line from which on the head has the identifier, the day too, the outlet
/// too: two thirds of it or so are left for the text.
const COLUMNS_FOR: [usize; 3] = [32, 48, 72];
/// The outlet has one of so many columns.
const COLUMNS_OF_OUTLET: usize = 7;
/// Columns of the longest outlet.
const OUTLET_COLUMNS: usize = 24;

/// Writes lines with keywords in context.
pub struct KwicText<'a> {
    style: &'a Style,
    /// Columns of a line.
    columns: usize,
    /// Columns of the outlet; none where it has no room.
    outlet: usize,
    /// Columns of what stands before the place.
    left: usize,
}

/// A piece of a text, safe, and whether it is marked.
type Piece = (String, bool);

impl<'a> KwicText<'a> {
    /// Lines as wide as the terminal.
    #[must_use]
    pub fn new(style: &'a Style) -> Self {
        let columns = style.width.map_or(DEFAULT_COLUMNS, |width| width.saturating_sub(1));
        let columns = columns.max(LEAST_COLUMNS);
        let mut outlet = 0;
        if columns >= COLUMNS_FOR[2] {
            outlet = (columns / COLUMNS_OF_OUTLET).min(OUTLET_COLUMNS);
        }
        let text = Self { style, columns, outlet, left: 0 };
        let left = text.room().saturating_sub(WORD_COLUMNS + 2 * GAP) / 2;
        Self { left, ..text }
    }

    /// How many words on either side may have room: a word has a column and a space.
    #[must_use]
    pub const fn context(&self) -> usize {
        self.columns / 2
    }

    /// Writes how many articles match, and how many of them the lines are of.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_total(&self, out: &mut dyn Write, total: u64, shown: usize) -> io::Result<()> {
        let verb = if total == 1 { "matches" } else { "match" };
        let of = match shown as u64 {
            shown if shown == total => String::new(),
            shown => format!("; lines of {}", plural(shown, "article")),
        };
        writeln!(out, "{} {verb}{of}", plural(total, "article"))
    }

    /// Writes the line of a place in an article.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(
        &self,
        out: &mut dyn Write,
        article: &StoredArticle,
        line: &KwicLine,
    ) -> io::Result<()> {
        let head = self.head(article);
        let left = safe_line(line.left.trim());
        let left = end_within(&left, self.left);
        let padding = " ".repeat(self.left - width(left));
        let gap = if self.left > 0 { " ".repeat(GAP) } else { String::new() };
        let room = self.room().saturating_sub(self.left + gap.len());
        let (tail, right) = line.right.split_at(tail(&line.right));
        let mut pieces = pieces(&line.place, &line.marks);
        pieces.push((safe_line(tail).into_owned(), false));
        let place = fitted(pieces, room);
        let used: usize = place.iter().map(|(piece, _)| width(piece)).sum();
        let right = safe_line(right.trim());
        let right = match room.saturating_sub(used + GAP) {
            // Not even a word: what was cut off it would say nothing.
            rest if rest < WORD_COLUMNS && rest < width(&right) => "",
            rest => start_within(&right, rest),
        };
        let behind = if right.is_empty() { String::new() } else { " ".repeat(GAP) };
        let role = |is_marked: bool| is_marked.then_some(Role::Match);
        let place = place.iter().map(|(piece, is_marked)| (piece.as_str(), role(*is_marked)));
        let place = self.style.painted(place);
        writeln!(out, "{head}{padding}{left}{gap}{place}{behind}{right}")
    }

    /// Columns of the text.
    fn room(&self) -> usize {
        self.columns - self.head_columns()
    }

    fn head_columns(&self) -> usize {
        let parts = [ID_DIGITS, DAY_COLUMNS, self.outlet];
        let shown = parts.iter().zip(COLUMNS_FOR).filter(|(_, least)| self.columns >= *least);
        shown.map(|(part, _)| part + GAP).sum()
    }

    /// Where the article is from: as much as there is room for.
    fn head(&self, article: &StoredArticle) -> String {
        let id: String = article.id.to_string().chars().take(ID_DIGITS).collect();
        let day = match &article.published {
            Some(published) => published.to_string().chars().take(DAY_COLUMNS).collect(),
            None => "no date".to_owned(),
        };
        let outlet = cut(&safe_line(&article.outlet), self.outlet);
        let parts = [(id, ID_DIGITS), (day, DAY_COLUMNS), (outlet, self.outlet)];
        let mut head = String::new();
        for ((part, columns), least) in parts.into_iter().zip(COLUMNS_FOR) {
            if self.columns >= least {
                head.push_str(&part);
                head.push_str(&" ".repeat(columns + GAP - width(&part)));
            }
        }
        self.style.paint(Role::Aside, head).to_string()
    }
}

/// Where the marks end that stand right behind a place: `,`, `'s`, `-hit`.
fn tail(right: &str) -> usize {
    if right.starts_with(|letter: char| letter == ' ' || letter.is_alphanumeric()) {
        return 0;
    }
    match right.find(' ').unwrap_or(right.len()) {
        end if right[..end].chars().count() <= WORD_COLUMNS => end,
        _ => right.find(char::is_alphanumeric).unwrap_or(0),
    }
}

/// A text cut where its marks begin and end, each piece safe.
fn pieces(text: &str, marks: &[Span]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
    let mut at = 0;
    for mark in marks {
        pieces.push((safe_line(&text[at..mark.start]).into_owned(), false));
        pieces.push((safe_line(mark.of(text)).into_owned(), true));
        at = mark.end;
    }
    pieces.push((safe_line(&text[at..]).into_owned(), false));
    pieces
}

/// Pieces in at most `columns`: where they are longer, their start and their end, since
/// a place is what stands at both.
fn fitted(pieces: Vec<Piece>, columns: usize) -> Vec<Piece> {
    let total: usize = pieces.iter().map(|(piece, _)| width(piece)).sum();
    if total <= columns {
        return pieces;
    }
    let for_end = columns.saturating_sub(1) / 2;
    let mut start = Vec::new();
    let mut room = columns.saturating_sub(1) - for_end;
    for (piece, is_marked) in &pieces {
        let kept = start_within(piece, room);
        start.push((kept.to_owned(), *is_marked));
        room -= width(kept);
        if kept.len() < piece.len() {
            break;
        }
    }
    start.push(("…".to_owned(), false));
    let mut end = Vec::new();
    let mut room = for_end;
    for (piece, is_marked) in pieces.iter().rev() {
        let kept = end_within(piece, room);
        end.push((kept.to_owned(), *is_marked));
        room -= width(kept);
        if kept.len() < piece.len() {
            break;
        }
    }
    start.extend(end.into_iter().rev());
    start
}

#[cfg(test)]
mod tests {
    use super::{KwicText, width};
    use crate::annotate::TextPart;
    use crate::article::{ArticleId, Status};
    use crate::index::StoredArticle;
    use crate::output::Style;
    use crate::search::KwicLine;
    use crate::text::Span;

    fn article(outlet: &str) -> StoredArticle {
        StoredArticle {
            id: ArticleId::of("a.txt", ""),
            path: "a.txt".into(),
            part: String::new(),
            url: String::new(),
            outlet: outlet.into(),
            authors: Vec::new(),
            section: String::new(),
            tags: Vec::new(),
            lang: String::new(),
            title: String::new(),
            body: String::new(),
            published: None,
            date_from: None,
            date_text: String::new(),
            dateline: String::new(),
            guid: String::new(),
            guid_version: 0,
            status: Status::Usable,
            embargoed_until: None,
            rival_dates: Vec::new(),
            doubts: Vec::new(),
            indexed_at: 0,
            word_count: 0,
            entities: Vec::new(),
        }
    }

    fn line(left: &str, place: &str, marks: &[(usize, usize)], right: &str) -> KwicLine {
        KwicLine {
            part: TextPart::Body,
            word: 0,
            left: left.into(),
            place: place.into(),
            marks: marks.iter().map(|(start, end)| Span::new(*start, *end)).collect(),
            right: right.into(),
        }
    }

    fn written(columns: usize, colour: bool) -> String {
        let style = Style { width: Some(columns), colour, ..Style::default() };
        let text = KwicText::new(&style);
        let mut out = Vec::new();
        for (outlet, line) in [
            (
                "Kestrel Post\u{1b}",
                line("the dockers of the ", "port", &[(0, 4)], ", who went home"),
            ),
            ("東京新聞の夕刊", line("昨日東京の", "港", &[(0, 3)], "でストライキが始まった")),
            ("", line("", "PORT", &[(0, 4)], "")),
            (
                "Northern Wire of the Northern Coast",
                line(
                    "they \u{1b}[1m said that ",
                    "dockers, who had not been asked, would strike at the old harbour",
                    &[(0, 7), (39, 45), (57, 64)],
                    "-front ",
                ),
            ),
        ] {
            text.write(&mut out, &article(outlet), &line).unwrap();
        }
        String::from_utf8(out).unwrap().replace('\u{1b}', "^")
    }

    #[test]
    fn lines_are_as_wide_as_the_terminal() {
        insta::assert_snapshot!(written(81, false), @"
        b893ac7c  no date     Kestrel Po…    dockers of the  port,  who went home
        b893ac7c  no date     東京新聞の…        昨日東京の  港  でストライキが始まった
        b893ac7c  no date                                    PORT
        b893ac7c  no date     Northern W…    �[1m said that  dockers, who…harbour-front
        ");
        insta::assert_snapshot!(written(61, true), @"
        ^[2mb893ac7c  no date     ^[0m       of the  ^[1;31mport^[0m,  who went home
        ^[2mb893ac7c  no date     ^[0m   昨日東京の  ^[1;31m港^[0m  でストライキが始ま
        ^[2mb893ac7c  no date     ^[0m               ^[1;31mPORT^[0m
        ^[2mb893ac7c  no date     ^[0m    said that  ^[1;31mdockers^[0m,…^[1;31mrbour^[0m-front
        ");
        insta::assert_snapshot!(written(24, false), @"
         the  port,  who went
        京の  港  でストライキ
              PORT
        that  dockers,…r-front
        ");
        for columns in 0..180 {
            for line in written(columns, false).lines() {
                assert!(width(line) < columns.max(21), "{columns} columns: {line}");
            }
        }
    }

    #[test]
    fn places_stand_in_one_column() {
        for columns in 0..180 {
            let lines = written(columns, false);
            let found =
                lines.lines().zip(["port", "港", "PORT", "dockers,"]).map(|(line, place)| {
                    let start: String = place.chars().take(3).collect();
                    width(&line[..line.rfind(&start).unwrap()])
                });
            let found: Vec<usize> = found.collect();
            assert!(found.iter().all(|column| *column == found[0]), "{columns}: {lines}");
        }
    }
}
