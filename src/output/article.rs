//! A whole article for people.

use std::io::{self, Write};

use super::layout::{grouped, wrapped};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::annotate::{EntityKind, TextPart};
use crate::index::StoredArticle;
use crate::text::Span;

/// Columns of the widest line of text; longer ones are hard to read.
const TEXT_COLUMNS: usize = 100;

/// Columns of the names of facts, with the space behind them.
const LABEL_COLUMNS: usize = 15;

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
    let in_title = in_text(article, TextPart::Title);
    writeln!(out, "{}\n", style.painted(pieces(title, 0, &in_title, Some(Role::Title))))?;
    let columns = style.width.map(|width| width.saturating_sub(LABEL_COLUMNS + 1).max(20));
    for (label, value) in facts(article).into_iter().filter(|(_, value)| !value.is_empty()) {
        let value = safe_line(&value);
        let lines = columns.map_or_else(|| vec![value.to_string()], |width| wrapped(&value, width));
        for (label, line) in std::iter::once(label).chain(std::iter::repeat("")).zip(lines) {
            writeln!(out, "{} {line}", style.paint(Role::Aside, format!("{label:<14}")))?;
        }
    }
    writeln!(
        out,
        "{} {}",
        style.paint(Role::Aside, format!("{:<14}", "path")),
        style.path(&article.path, &article.part)
    )?;
    writeln!(out)?;
    let in_body = in_text(article, TextPart::Body);
    let mut start = 0;
    for whole_line in article.body.split_inclusive('\n') {
        let line = whole_line.trim_end_matches(['\n', '\r']);
        let line = style.painted(pieces(line, start, &in_body, None));
        start += whole_line.len();
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

/// The mentions in one text of an article, in order, none overlapping.
fn in_text(article: &StoredArticle, part: TextPart) -> Vec<(Span, Role)> {
    let mut found: Vec<(Span, Role)> = Vec::new();
    for entity in &article.entities {
        let role = match entity.kind {
            EntityKind::Person => Role::Person,
            EntityKind::Organization => Role::Organization,
            EntityKind::Place => Role::Place,
        };
        let mentions = entity.mentions.iter().filter(|mention| mention.0 == part);
        found.extend(mentions.map(|mention| (Span::new(mention.1, mention.2), role)));
    }
    found.sort_by_key(|(span, _)| (span.start, span.end));
    let mut end = 0;
    found.retain(|(span, _)| {
        let apart = span.start >= end;
        end = end.max(span.end);
        apart
    });
    found
}

/// The pieces of a line that starts at `start` of its text: names, word by word
/// so that a line can break between, and what stands around them.
fn pieces<'t>(
    line: &'t str,
    start: usize,
    marks: &[(Span, Role)],
    around: Option<Role>,
) -> Vec<(&'t str, Option<Role>)> {
    let first = marks.partition_point(|(span, _)| span.end <= start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for (span, role) in &marks[first..] {
        let from = span.start.saturating_sub(start).min(line.len());
        let to = (span.end - start).min(line.len());
        let (Some(before), Some(name)) = (line.get(at..from), line.get(from..to)) else { break };
        pieces.push((before, around));
        for word in name.split_inclusive(' ') {
            let plain = word.trim_end_matches(' ');
            pieces.push((plain, Some(*role)));
            pieces.push((&word[plain.len()..], around));
        }
        at = to;
    }
    pieces.push((&line[at..], around));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The entities of a kind, each with how often it is mentioned and the other
/// forms in which it is: `Joe Biden ×5 (Biden, Mr. Biden)`.
fn entities(article: &StoredArticle, kind: EntityKind) -> String {
    let of_kind = article.entities.iter().filter(|entity| entity.kind == kind);
    let shown = of_kind.map(|entity| {
        let mut forms: Vec<&str> = Vec::new();
        for mention in &entity.mentions {
            let text = match mention.0 {
                TextPart::Title => &article.title,
                TextPart::Body => &article.body,
            };
            let form = text.get(mention.1..mention.2).unwrap_or_default();
            if form != entity.name && !forms.contains(&form) && forms.len() < SHOWN_FORMS {
                forms.push(form);
            }
        }
        let mut shown = entity.name.clone();
        if !entity.mentions.is_empty() {
            shown.push_str(&format!(" ×{}", entity.mentions.len()));
        }
        if !forms.is_empty() {
            shown.push_str(&format!(" ({})", forms.join(", ")));
        }
        shown
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// Forms of an entity that are shown; more are only spellings.
const SHOWN_FORMS: usize = 5;

/// What is known of an article, each with its label; empty where unknown.
fn facts(article: &StoredArticle) -> Vec<(&'static str, String)> {
    let date = match (&article.published, article.date_from) {
        (Some(published), Some(from)) => format!("{published} (from {})", from.name()),
        (Some(published), None) => published.to_string(),
        (None, _) if article.date_text.is_empty() => "unknown".to_owned(),
        (None, _) => format!("unknown: `{}` was not understood", article.date_text),
    };
    vec![
        ("published", date),
        ("outlet", article.outlet.clone()),
        ("authors", article.authors.join("; ")),
        ("section", article.section.clone()),
        ("tags", article.tags.join("; ")),
        ("dateline", article.dateline.clone()),
        ("people", entities(article, EntityKind::Person)),
        ("organizations", entities(article, EntityKind::Organization)),
        ("places", entities(article, EntityKind::Place)),
        ("language", article.lang.clone()),
        ("words", grouped(article.word_count)),
        ("url", article.url.clone()),
        ("id", article.id.to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::write_article;
    use crate::annotate::{EntityKind, Origin, TextPart};
    use crate::article::{ArticleId, Status};
    use crate::index::{StoredArticle, StoredEntity, StoredMention};
    use crate::output::Style;

    fn article() -> StoredArticle {
        let title = "Ann Lee wins".to_owned();
        let body = "Ann\u{1b} Lee won in Kestrel\r\nBay, said Lee.\n\nThe end.".to_owned();
        let mention = |part, text: &str, form: &str| {
            let start = text.rfind(form).unwrap();
            StoredMention(part, start, start + form.len())
        };
        let entity = |kind, name: &str, mentions| StoredEntity {
            kind,
            name: name.to_owned(),
            origin: Origin::Recognised,
            partial: false,
            about: true,
            mentions,
        };
        StoredArticle {
            id: ArticleId::of("a.txt", ""),
            path: "a.txt".into(),
            entities: vec![
                entity(
                    EntityKind::Person,
                    "Ann Lee",
                    vec![
                        mention(TextPart::Title, &title, "Ann Lee"),
                        mention(TextPart::Body, &body, "Lee"),
                    ],
                ),
                entity(
                    EntityKind::Place,
                    "Kestrel Bay",
                    vec![mention(TextPart::Body, &body, "Kestrel\r\nBay")],
                ),
            ],
            title,
            body,
            part: String::new(),
            url: String::new(),
            outlet: String::new(),
            authors: Vec::new(),
            section: String::new(),
            tags: Vec::new(),
            lang: String::new(),
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
            word_count: 9,
        }
    }

    fn written(colour: bool) -> String {
        let mut out = Vec::new();
        let style = Style { colour, ..Style::default() };
        write_article(&mut out, &style, &article()).unwrap();
        String::from_utf8(out).unwrap().replace('\u{1b}', "^")
    }

    #[test]
    fn names_are_listed_and_in_colour_marked_where_they_stand() {
        let plain = written(false);
        assert!(plain.contains("people         Ann Lee ×2 (Lee)\n"), "{plain}");
        assert!(plain.contains("places         Kestrel Bay ×1 (Kestrel  Bay)\n"), "{plain}");
        assert!(plain.ends_with("\nAnn\u{fffd} Lee won in Kestrel\nBay, said Lee.\n\nThe end.\n"));
        let colour = written(true);
        assert!(
            colour.starts_with("^[4;36mAnn^[0m^[1m ^[0m^[4;36mLee^[0m^[1m wins^[0m\n"),
            "{colour}"
        );
        assert!(
            colour.contains("in ^[4;32mKestrel^[0m\n^[4;32mBay^[0m, said ^[4;36mLee^[0m.\n"),
            "{colour}"
        );
    }
}
