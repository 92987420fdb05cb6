//! A whole article for people.

use std::io::{self, Write};

use super::layout::{grouped, wrapped};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::annotate::EntityKind;
use crate::index::StoredArticle;

/// Columns of the widest line of text; longer ones are hard to read.
const TEXT_COLUMNS: usize = 100;

/// Writes an article: headline, what is known of it, text.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_article(
    out: &mut dyn Write,
    style: &Style,
    article: &StoredArticle,
) -> io::Result<()> {
    let title = if article.title.is_empty() { "(no title)" } else { &article.title };
    writeln!(out, "{}\n", style.paint(Role::Title, safe_line(title)))?;
    for (label, value) in facts(article) {
        if !value.is_empty() {
            writeln!(
                out,
                "{} {}",
                style.paint(Role::Aside, format!("{label:<14}")),
                safe_line(&value)
            )?;
        }
    }
    writeln!(
        out,
        "{} {}",
        style.paint(Role::Aside, format!("{:<14}", "path")),
        style.path(&article.path, &article.part)
    )?;
    writeln!(out)?;
    for line in article.body.lines() {
        let line = safe_line(line);
        match style.width {
            None => writeln!(out, "{line}")?,
            Some(width) => {
                for part in wrapped(&line, width.saturating_sub(1).clamp(20, TEXT_COLUMNS)) {
                    writeln!(out, "{part}")?;
                }
            }
        }
    }
    Ok(())
}

/// What is known of an article, each with its label; empty where unknown.
fn facts(article: &StoredArticle) -> Vec<(&'static str, String)> {
    let date = match (&article.published, article.date_from) {
        (Some(published), Some(from)) => format!("{published} (from {})", from.name()),
        (Some(published), None) => published.to_string(),
        (None, _) if article.date_text.is_empty() => "unknown".to_owned(),
        (None, _) => format!("unknown: `{}` was not understood", article.date_text),
    };
    let names = |kind| article.names(kind).collect::<Vec<_>>().join("; ");
    vec![
        ("published", date),
        ("outlet", article.outlet.clone()),
        ("authors", article.authors.join("; ")),
        ("section", article.section.clone()),
        ("tags", article.tags.join("; ")),
        ("dateline", article.dateline.clone()),
        ("people", names(EntityKind::Person)),
        ("organizations", names(EntityKind::Organization)),
        ("places", names(EntityKind::Place)),
        ("language", article.lang.clone()),
        ("words", grouped(article.word_count)),
        ("url", article.url.clone()),
        ("id", article.id.to_string()),
    ]
}
