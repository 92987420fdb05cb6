//! Why an article matches a query, for people: which parts take it, where they stand
//! in it, and what its score is made of.

use std::io::{self, Write};

use super::explain_text::columns;
use super::layout::{cut, end_within, grouped, plural, start_within, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use super::wire::part_name;
use crate::search::{ExplainedArticle, FieldScore, KwicLine, PartInArticle};

/// Places of a part that are shown; `--format json` has all.
const PLACES: usize = 5;
/// Columns on either side of a place, at most.
const CONTEXT_COLUMNS: usize = 32;
/// Columns before a place: in which text, and at which word.
const HEAD_COLUMNS: usize = 15;
/// Columns of the table of scores beside the parts.
const NUMBER_COLUMNS: usize = 53;

/// Writes how an article stands to a query.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_explained_article(
    out: &mut dyn Write,
    style: &Style,
    explained: &ExplainedArticle,
) -> io::Result<()> {
    match explained.score {
        Some(score) => writeln!(out, "matches, score {score:.2}")?,
        None => writeln!(out, "does not match")?,
    }
    writeln!(out)?;
    let mut rows = Vec::new();
    push_rows(&explained.root, "", "", columns(style).1, &mut rows);
    let tree_width = rows.iter().map(|(tree, _)| width(tree)).max().unwrap_or(0);
    for (tree, part) in &rows {
        write_part(out, style, part, tree, tree_width)?;
    }
    for (_, part) in &rows {
        write_places(out, style, part)?;
    }
    write_scores(out, style, &rows)
}

/// The parts with the line of each in the tree.
fn push_rows<'p>(
    part: &'p PartInArticle,
    before: &str,
    below: &str,
    columns: usize,
    rows: &mut Vec<(String, &'p PartInArticle)>,
) {
    let room = columns.saturating_sub(width(before));
    rows.push((format!("{before}{}", cut(&safe_line(&part.query), room.max(1))), part));
    for (place, inner) in (1..).zip(&part.parts) {
        let (branch, stem) =
            if place < part.parts.len() { ("├ ", "│ ") } else { ("└ ", "  ") };
        push_rows(inner, &format!("{below}{branch}"), &format!("{below}{stem}"), columns, rows);
    }
}

fn write_part(
    out: &mut dyn Write,
    style: &Style,
    part: &PartInArticle,
    tree: &str,
    tree_width: usize,
) -> io::Result<()> {
    let padding = " ".repeat(tree_width - width(tree));
    let (verdict, role) = if part.matches { ("yes", Role::Selected) } else { ("no ", Role::Match) };
    let mut facts = Vec::new();
    if !part.places.is_empty() {
        facts.push(plural(part.places.len() as u64, "place"));
    }
    if !part.scores.is_empty() {
        let score: f32 = part.scores.iter().map(|score| score.score).sum();
        facts.push(format!("score {score:.2}"));
    }
    let row = format!("{tree}{padding}  {}  {}", style.paint(role, verdict), facts.join(", "));
    writeln!(out, "{}", row.trim_end())
}

fn write_places(out: &mut dyn Write, style: &Style, part: &PartInArticle) -> io::Result<()> {
    if part.places.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.paint(Role::Title, safe_line(&part.query)))?;
    for place in part.places.iter().take(PLACES) {
        writeln!(out, "  {}", place_line(style, place))?;
    }
    let more = part.places.len().saturating_sub(PLACES);
    if more > 0 {
        writeln!(out, "  … and {} more", grouped(more as u64))?;
    }
    Ok(())
}

/// `body 14  the dockers’ strike closed the port`.
fn place_line(style: &Style, place: &KwicLine) -> String {
    let (left, right) = (safe_line(&place.left), safe_line(&place.right));
    let room = columns(style).0.saturating_sub(HEAD_COLUMNS + width(&place.place));
    let left = end_within(&left, CONTEXT_COLUMNS.min(room / 2));
    let right = start_within(&right, CONTEXT_COLUMNS.min(room - width(left).min(room)));
    let at = format!("{:5} {:>5}", part_name(place.part), place.word);
    let middle = style.marked(&place.place, &place.marks, None);
    format!("{}  {left}{middle}{right}", style.paint(Role::Aside, at))
}

/// The columns of the table of scores.
const SCORE_COLUMNS: [&str; 7] = ["score", "part", "in", "times", "length", "mean", "idf · weight"];

fn write_scores(
    out: &mut dyn Write,
    style: &Style,
    rows: &[(String, &PartInArticle)],
) -> io::Result<()> {
    let scored: Vec<(&PartInArticle, &FieldScore)> =
        rows.iter().flat_map(|(_, part)| part.scores.iter().map(|score| (*part, score))).collect();
    if scored.is_empty() {
        return Ok(());
    }
    let (columns, tree_columns) = columns(style);
    let columns =
        columns.saturating_sub(NUMBER_COLUMNS).min(tree_columns).max(SCORE_COLUMNS[1].len());
    let name = |part: &PartInArticle| cut(&safe_line(&part.query), columns);
    let names = scored.iter().map(|(part, _)| width(&name(part)));
    let part_width = names.max().unwrap_or(0).max(SCORE_COLUMNS[1].len());
    let [score, part, field, times, length, mean, idf] = SCORE_COLUMNS;
    let heading = format!(
        "{score:>7}  {part:part_width$}  {field:5}  {times:>5}  {length:>6}  {mean:>6}  {idf}"
    );
    writeln!(out, "\n{}", style.paint(Role::Aside, heading))?;
    for (part, score) in scored {
        let name = name(part);
        let padding = " ".repeat(part_width - width(&name));
        writeln!(
            out,
            "{:>7.2}  {name}{padding}  {:5}  {:>5}  {:>6}  {:>6.0}  {:.2} · {}",
            score.score,
            part_name(score.part),
            score.occurrences,
            score.length,
            score.mean_length,
            score.idf,
            score.weight,
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::write_explained_article;
    use crate::annotate::TextPart;
    use crate::output::Style;
    use crate::search::{ExplainedArticle, FieldScore, KwicLine, PartInArticle};
    use crate::text::Span;

    fn written(width: Option<usize>) -> String {
        let score = FieldScore {
            part: TextPart::Body,
            occurrences: 1,
            length: 312,
            mean_length: 247.0,
            idf: 2.8,
            weight: 1.0,
            score: 2.53,
        };
        let place = KwicLine {
            part: TextPart::Body,
            word: 210,
            left: "No talks are planned. The last ".to_owned(),
            place: "strike at the port".to_owned(),
            marks: vec![Span::new(0, 6), Span::new(14, 18)],
            right: ", in 2005, lasted nine days.".to_owned(),
        };
        let near = PartInArticle {
            query: "strike near/5 port".to_owned(),
            matches: true,
            places: vec![place],
            scores: vec![score],
            parts: Vec::new(),
        };
        let date = PartInArticle {
            query: "date:2024".to_owned(),
            matches: false,
            places: Vec::new(),
            scores: Vec::new(),
            parts: Vec::new(),
        };
        let root = PartInArticle {
            query: "strike near/5 port date:2024".to_owned(),
            matches: false,
            places: Vec::new(),
            scores: Vec::new(),
            parts: vec![near, date],
        };
        let explained = ExplainedArticle { score: None, root };
        let mut out = Vec::new();
        let style = Style { width, ..Style::default() };
        write_explained_article(&mut out, &style, &explained).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn parts_places_and_scores_are_shown() {
        insta::assert_snapshot!(written(None), @r"
        does not match

        strike near/5 port date:2024  no
        ├ strike near/5 port          yes  1 place, score 2.53
        └ date:2024                   no

        strike near/5 port
          body    210  No talks are planned. The last strike at the port, in 2005, lasted nine days.

          score  part                in     times  length    mean  idf · weight
           2.53  strike near/5 port  body       1     312     247  2.80 · 1
        ");
    }

    #[test]
    fn lines_fit_the_terminal() {
        for columns in [80, 62, 1] {
            let text = written(Some(columns));
            let places = text.lines().filter(|line| line.trim_start().starts_with("body"));
            assert!(places.clone().count() == 1, "{text}");
            let least = "  body    210  strike at the port".len();
            assert!(places.clone().all(|line| line.len() < columns.max(least + 1)), "{text}");
        }
    }
}
