//! What is found in an article without an index, as text and for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::json::write_json_line;
use super::rows::RowWriter;
use super::safe::safe_line;
use crate::annotate::{Annotations, EntityKind, TextPart};

/// An article with the mentions in it.
#[derive(Debug, Serialize)]
pub struct AnnotatedWire<'a> {
    file: &'a str,
    /// Its number or name in its file, where that holds several.
    #[serde(skip_serializing_if = "str::is_empty")]
    part: &'a str,
    /// The texts that offsets point into, where they are wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    entities: Vec<MentionWire<'a>>,
}

/// A mention and the entity that it names.
#[derive(Debug, Serialize)]
struct MentionWire<'a> {
    kind: EntityKind,
    name: &'a str,
    text: &'a str,
    /// The text that the offsets point into; none where that is the whole file.
    #[serde(rename = "in", skip_serializing_if = "Option::is_none")]
    part: Option<TextPart>,
    start: usize,
    end: usize,
}

/// What offsets point into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offsets {
    /// The file itself, which is all body.
    IntoFile,
    /// Title or body of an article, as they were read.
    IntoArticle,
    /// The same, and both are given too.
    IntoGivenArticle,
}

/// Columns of [`AnnotatedWire::write_rows`].
pub const ANNOTATED_COLUMNS: [&str; 8] =
    ["file", "part", "in", "kind", "name", "text", "start", "end"];

impl<'a> AnnotatedWire<'a> {
    /// The mentions of an article of `file`, in the order of the text.
    #[must_use]
    pub fn new(
        file: &'a str,
        part: &'a str,
        annotations: &'a Annotations<'_>,
        offsets: Offsets,
    ) -> Self {
        let (title, body) = (annotations.title.text, annotations.body.text);
        let mut found: Vec<_> = annotations
            .entities
            .iter()
            .flat_map(|entity| entity.mentions.iter().map(move |mention| (mention, entity)))
            .collect();
        // No two mentions of one entity are at one place.
        found.sort_by_key(|(mention, entity)| {
            (mention.part, mention.span.start, mention.span.end, entity.kind)
        });
        let entities = found.into_iter().map(|(mention, entity)| MentionWire {
            kind: entity.kind,
            name: &entity.name,
            text: mention.span.of(if mention.part == TextPart::Title { title } else { body }),
            part: (offsets != Offsets::IntoFile).then_some(mention.part),
            start: mention.span.start,
            end: mention.span.end,
        });
        let given = |text| (offsets == Offsets::IntoGivenArticle).then_some(text);
        Self { file, part, title: given(title), body: given(body), entities: entities.collect() }
    }

    /// Writes it as one line of JSON.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_json_line(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json_line(out, self)
    }

    /// Writes a row for each mention; see [`ANNOTATED_COLUMNS`].
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_rows(&self, rows: &mut RowWriter<impl Write>) -> io::Result<()> {
        for mention in &self.entities {
            let (start, end) = (mention.start.to_string(), mention.end.to_string());
            let part = mention.part.map_or("", part_name);
            let kind = kind_name(mention.kind);
            let MentionWire { name, text, .. } = mention;
            rows.write(&[self.file, self.part, part, kind, name, text, &start, &end])?;
        }
        Ok(())
    }

    /// Writes it for people: where it is from, then each entity with the number
    /// of its mentions and their different forms.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{}", safe_line(self.file))?;
        if !self.part.is_empty() {
            write!(out, "#{}", safe_line(self.part))?;
        }
        writeln!(out)?;
        let mut mentions: Vec<_> = self.entities.iter().collect();
        // Stable: forms stay in the order of the text.
        mentions.sort_by(|one, other| (one.kind, one.name).cmp(&(other.kind, other.name)));
        for entity in
            mentions.chunk_by(|one, other| (one.kind, one.name) == (other.kind, other.name))
        {
            let mut forms: Vec<&str> = Vec::new();
            for mention in entity {
                if mention.text != mention.name && !forms.contains(&mention.text) {
                    forms.push(mention.text);
                }
            }
            let (kind, name) = (kind_name(entity[0].kind), safe_line(entity[0].name));
            write!(out, "  {kind:<6}  {name}  {}", entity.len())?;
            let forms = forms.join("; ");
            if forms.is_empty() {
                writeln!(out)?
            } else {
                writeln!(out, "  ({})", safe_line(&forms))?
            }
        }
        Ok(())
    }
}

const fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::Organization => "org",
        EntityKind::Place => "place",
    }
}

const fn part_name(part: TextPart) -> &'static str {
    match part {
        TextPart::Title => "title",
        TextPart::Body => "body",
    }
}
