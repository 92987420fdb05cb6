//! Lists of entities, their network and suggested aliases for people.

use std::io::{self, Write};

use super::layout::{cut, grouped, plural, width};
use super::safe::safe_line;
use super::style::{Role, Style};
use super::wire_entities::kind_name;
use crate::annotate::EntityKind;
use crate::search::{EntityList, EntityRow, Network, Suggestion, Suggestions};

/// Columns of a line where the output is no terminal.
const DEFAULT_COLUMNS: usize = 100;
/// Columns of the longest name shown.
const NAME_COLUMNS: usize = 40;
/// Forms of an entity that are shown, besides its name.
const SHOWN_FORMS: usize = 4;

const fn role(kind: EntityKind) -> Role {
    match kind {
        EntityKind::Person => Role::Person,
        EntityKind::Organization => Role::Organization,
        EntityKind::Place => Role::Place,
    }
}

/// Writes a list of entities as a table.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_entities(out: &mut dyn Write, style: &Style, list: &EntityList) -> io::Result<()> {
    writeln!(out, "{}", style.paint(Role::Aside, heading(list)))?;
    if list.rows.is_empty() {
        return Ok(());
    }
    let measured = list.rows.iter().any(|row| row.surprise.is_some());
    let articles = if list.with.is_some() { "in common" } else { "articles" };
    let mut header = vec!["kind".to_owned(), "name".to_owned(), articles.to_owned()];
    if measured {
        header.extend(["in index".to_owned(), "G²".to_owned()]);
    }
    header.extend(["mentions", "first", "last"].map(str::to_owned));
    let cells = |row: &EntityRow| {
        let day = |day: Option<jiff::civil::Date>| {
            day.map_or_else(|| "-".to_owned(), |day| day.to_string())
        };
        let mut cells = vec![
            kind_name(row.kind).to_owned(),
            cut(&safe_line(&row.name), NAME_COLUMNS),
            grouped(row.articles),
        ];
        if measured {
            cells.push(row.in_index.map(grouped).unwrap_or_default());
            cells.push(row.surprise.map(|surprise| format!("{surprise:.1}")).unwrap_or_default());
        }
        cells.extend([grouped(row.mentions), day(row.first), day(row.last)]);
        cells
    };
    let rows: Vec<Vec<String>> = list.rows.iter().map(cells).collect();
    let widths: Vec<usize> = (0..header.len())
        .map(|column| {
            let cells = rows.iter().map(|row| width(&row[column]));
            cells.chain([width(&header[column])]).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: &[String], is_header: bool, row: Option<&EntityRow>| {
        let mut line = String::new();
        for (column, (cell, columns)) in cells.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(columns - width(cell));
            let cell = match row {
                Some(row) if column == 1 => style.paint(role(row.kind), cell).to_string(),
                _ => cell.clone(),
            };
            // Kind and name to the left, numbers and days to the right.
            let cell =
                if column < 2 { format!("{cell}{padding}") } else { format!("{padding}{cell}") };
            line.push_str(&cell);
            line.push_str("  ");
        }
        line.push_str(if is_header { "other forms" } else { "" });
        line
    };
    writeln!(out, "{}", style.paint(Role::Aside, line(&header, true, None)))?;
    let used: usize = widths.iter().map(|columns| columns + 2).sum();
    let room = style.width.unwrap_or(DEFAULT_COLUMNS + NAME_COLUMNS).saturating_sub(used + 1);
    for (row, cells) in list.rows.iter().zip(&rows) {
        let forms = cut(&safe_line(&other_forms(row)), room);
        let forms = if room < 8 { String::new() } else { forms };
        let line = format!("{}{}", line(cells, false, Some(row)), style.paint(Role::Aside, forms));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn heading(list: &EntityList) -> String {
    let shown = list.rows.len() as u64;
    let names = match list.distinct {
        0 => "no names".to_owned(),
        distinct if shown < distinct => {
            format!("{} of {}", grouped(shown), plural(distinct, "name"))
        }
        distinct => plural(distinct, "name"),
    };
    let with = list.with.as_ref();
    let with = with.map_or_else(String::new, |with| format!(" with {}", safe_line(with)));
    format!("{names} in {}{with}", plural(list.articles, "article"))
}

fn other_forms(row: &EntityRow) -> String {
    let forms = row.forms.iter().map(|(form, _)| form.as_str());
    forms.filter(|form| *form != row.name).take(SHOWN_FORMS).collect::<Vec<_>>().join(", ")
}

/// Writes who is named with whom, a line a pair.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_network(out: &mut dyn Write, style: &Style, network: &Network) -> io::Result<()> {
    let heading = format!(
        "{} among {} in {}",
        plural(network.edges.len() as u64, "pair"),
        plural(network.nodes.len() as u64, "name"),
        plural(network.articles, "article"),
    );
    writeln!(out, "{}", style.paint(Role::Aside, heading))?;
    let most = network.edges.first().map_or(0, |edge| edge.articles);
    let columns = grouped(most).len();
    for edge in &network.edges {
        let name = |node: usize| {
            let node = &network.nodes[node];
            style.paint(role(node.kind), cut(&safe_line(&node.name), NAME_COLUMNS)).to_string()
        };
        let (one, other) = (name(edge.nodes.0), name(edge.nodes.1));
        writeln!(out, "{:>columns$}  {one} – {other}", grouped(edge.articles))?;
    }
    Ok(())
}

/// Writes suggestions as lines of `aliases.tsv`, each below its evidence.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_suggestions(
    out: &mut dyn Write,
    style: &Style,
    suggestions: &Suggestions,
) -> io::Result<()> {
    let shown = suggestions.suggestions.len() as u64;
    let what = match suggestions.distinct {
        0 => "no suggestions".to_owned(),
        distinct if shown < distinct => {
            format!("{} of {}", grouped(shown), plural(distinct, "suggestion"))
        }
        distinct => plural(distinct, "suggestion"),
    };
    writeln!(out, "{}", style.paint(Role::Aside, format!("# {what} for aliases.tsv")))?;
    for suggestion in &suggestions.suggestions {
        writeln!(out, "{}", style.paint(Role::Aside, format!("# {}", evidence(suggestion))))?;
        let (name, other) = (safe_line(&suggestion.name), safe_line(&suggestion.other));
        writeln!(out, "merge\t{}\t{name}\t{other}", kind_name(suggestion.kind))?;
    }
    Ok(())
}

fn evidence(suggestion: &Suggestion) -> String {
    let evidence = &suggestion.evidence;
    let (one, other) = evidence.articles;
    let shared = match &evidence.shared[..] {
        [] => String::new(),
        shared => format!(": {}", safe_line(&shared.join(", "))),
    };
    format!(
        "{} and {}, {} with both; {}; company alike by {:.2}{shared}",
        grouped(one),
        plural(other, "article"),
        grouped(evidence.together),
        evidence.likeness.words(),
        evidence.company,
    )
}
