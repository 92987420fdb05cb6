//! Why an article matches a query, for people: which parts take it, where they stand
//! in it, and what its score is made of.

use std::io::{self, Write};

use super::explain_text::TREE_COLUMNS;
use super::layout::{cut, end_within, grouped, plural, start_within, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use super::wire::part_name;
use crate::search::{ExplainedArticle, FieldScore, KwicLine, PartInArticle};

/// Places of a part that are shown; `--format json` has all.
const PLACES: usize = 5;
/// Columns on either side of a place.
const CONTEXT_COLUMNS: usize = 32;

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
    push_rows(&explained.root, "", "", &mut rows);
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
    rows: &mut Vec<(String, &'p PartInArticle)>,
) {
    let room = TREE_COLUMNS.saturating_sub(width(before));
    rows.push((format!("{before}{}", cut(&safe_line(&part.query), room.max(1))), part));
    for (place, inner) in (1..).zip(&part.parts) {
        let (branch, stem) =
            if place < part.parts.len() { ("├ ", "│ ") } else { ("└ ", "  ") };
        push_rows(inner, &format!("{below}{branch}"), &format!("{below}{stem}"), rows);
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
    let left = end_within(&left, CONTEXT_COLUMNS);
    let right = start_within(&right, CONTEXT_COLUMNS);
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
    let name = |part: &PartInArticle| cut(&safe_line(&part.query), TREE_COLUMNS);
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
