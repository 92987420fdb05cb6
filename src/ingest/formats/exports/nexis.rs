//! A document as LexisNexis and Nexis Uni export it as plain text.
//!
//! Older exports begin a document with `3 of 200 DOCUMENTS` and write outlet, date and
//! headline before fields in capitals; newer ones write headline, outlet and date, and
//! end it with `End of Document`.

use super::languages::language;
use super::{Place, is_word_count};
use crate::article::{Article, DateFrom, Published};
use crate::ingest::byline::names_in_byline;
use crate::ingest::dates::parse_date;

/// What a field of a document means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Byline,
    Section,
    Dateline,
    Length,
    Body,
    Lang,
    Tags,
    People,
    Organizations,
    Places,
    Url,
    /// Something else; it stands before the text or after it, never in it.
    Other,
}

/// The names of fields in lower case, in the languages of the exports.
const NAMES: [(Field, &[&str]); 13] = [
    (Field::Title, &["headline", "title", "titel", "titre", "titular"]),
    (Field::Byline, &["byline", "author", "autor", "auteur", "autores"]),
    (
        Field::Section,
        &["section", "rubrik", "rubrique", "sección", "seccion", "rubriek", "ressort"],
    ),
    (Field::Dateline, &["dateline"]),
    (Field::Length, &["length", "länge", "laenge", "longueur", "longitud", "extensión", "lengte"]),
    (Field::Body, &["body", "text", "volltext", "corps", "cuerpo"]),
    (Field::Lang, &["language", "sprache", "langue", "idioma", "lengua", "taal"]),
    (Field::Tags, &["subject", "thema", "themen", "sujet", "materia", "onderwerp"]),
    (Field::People, &["person", "personen", "personne", "persona"]),
    (Field::Organizations, &["organization", "company", "unternehmen", "organisation", "société"]),
    (Field::Places, &["geographic", "city", "state", "country", "stadt", "land", "ort", "pays"]),
    (Field::Url, &["url"]),
    (
        Field::Other,
        &[
            "load-date",
            "publication-type",
            "publication type",
            "document-type",
            "journal-code",
            "graphic",
            "highlight",
            "series",
            "correction",
            "correction-date",
            "ticker",
            "industry",
            "type",
            "distribution",
            "notes",
            "category",
            "isin",
            "acc-no",
            "update",
            "cosearch-term",
            "publikations typ",
            "publikationstyp",
            "zeitungs-code",
            "zeitungscode",
            "grafik",
            "ladedatum",
            "date-chargement",
            "type-publication",
            "fecha-carga",
            "wirtschaftszweig",
            "branche",
            "classification",
            "copyright",
            "name",
            "page",
            "column",
            "edition",
            "product",
        ],
    ),
];

/// Lines of the head that are looked at to tell an export: covers are short.
const HEAD_LINES: usize = 60;

/// Whether the text that begins with `head` is an export of Nexis.
pub(crate) fn is_export(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).take(HEAD_LINES);
    let mut has_length = false;
    lines.any(|line| {
        has_length |= matches!(field(line), Some((Field::Length, length)) if is_word_count(length));
        is_count(line) || (has_length && is_body_line(line))
    })
}

/// Where a line stands in its document.
pub(super) fn place(line: &str) -> Place {
    let is_end = ["End of Document", "Ende des Dokuments", "Fin du document", "Fin del documento"];
    if is_count(line) {
        Place::First
    } else if is_end.iter().any(|end| end.eq_ignore_ascii_case(line)) {
        Place::Last
    } else {
        Place::Inside
    }
}

/// Whether a line counts the documents: `3 of 200 DOCUMENTS`, `Dokument 3 von 200`.
fn is_count(line: &str) -> bool {
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |word: &str| {
        let word = word.to_lowercase();
        ["document", "dokument", "documento"].iter().any(|name| word.starts_with(name))
    };
    let is_of = |word: &str| {
        ["of", "von", "de", "van", "di", "sur"].contains(&word.to_lowercase().as_str())
    };
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    let &[first, second, third, last] = words.as_slice() else { return false };
    let is_shouted = !last.contains(char::is_lowercase);
    let leads = is_number(first) && is_of(second) && is_number(third);
    let follows = is_number(second) && is_of(third) && is_number(last);
    (leads && is_name(last) && is_shouted) || (is_name(first) && follows)
}

/// Whether a line is the heading of the text in newer exports.
fn is_body_line(line: &str) -> bool {
    matches!(field(line), Some((Field::Body, ""))) || line == "Body" || line == "Volltext"
}

/// The field that a line begins, and the value behind its name: `LENGTH: 512 words`.
fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    // A sentence with a colon in it is none: names stand in capitals or as titles.
    let is_name = name.len() <= 30 && name.starts_with(char::is_uppercase);
    let name = name.trim().to_lowercase();
    let found = NAMES.iter().find(|(_, names)| is_name && names.contains(&name.as_str()))?;
    Some((found.0, value.trim()))
}

/// What part of a document is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Outlet, date, headline.
    Top,
    /// The fields before the text.
    Fields,
    Text,
    /// The fields after the text.
    Tail,
}

/// The article of a document; none where it is a cover or a list.
pub(super) fn article(text: &str) -> Option<Article> {
    let is_new = !text.lines().any(|line| is_count(line.trim()));
    let mut draft = Draft { is_new, ..Draft::default() };
    let mut part = Part::Top;
    for block in text.split("\n\n").flat_map(|block| block.split("\n \n")) {
        part = draft.take_block(block, part);
    }
    let is_document = draft.has_length || draft.article.published.is_some();
    let has_text = !draft.article.body.is_empty() || !draft.article.title.is_empty();
    (is_document && has_text).then_some(draft.article)
}

/// A document while it is being read.
#[derive(Default)]
struct Draft {
    article: Article,
    is_new: bool,
    has_length: bool,
    /// Lines of the top before the date.
    top: Vec<String>,
}

impl Draft {
    /// Takes lines that stand together; gives the part that follows.
    fn take_block(&mut self, block: &str, mut part: Part) -> Part {
        let mut current = None;
        for line in block.lines().map(str::trim).filter(|line| !line.is_empty()) {
            (part, current) = self.take_line(line, part, current);
        }
        let body = &mut self.article.body;
        if part == Part::Text && !body.is_empty() && !body.ends_with("\n\n") {
            body.push_str("\n\n");
        }
        part
    }

    /// Takes a line in `part`, behind lines of the field `current`; gives both as they
    /// are behind it.
    fn take_line(
        &mut self,
        line: &str,
        part: Part,
        current: Option<Field>,
    ) -> (Part, Option<Field>) {
        let behind = if part == Part::Text { Part::Tail } else { part };
        if is_count(line) || is_copyright(line) {
            return (behind, None);
        }
        if line == "Classification" || place(line) == Place::Last {
            return (Part::Tail, None);
        }
        match field(line) {
            Some((Field::Body, value)) if part != Part::Text => {
                self.take_text(value);
                return (Part::Text, None);
            }
            None if is_body_line(line) => return (Part::Text, None),
            // In a text, a sentence may begin as a field does.
            Some((name, value)) if part != Part::Text || is_capital(line) || is_hyphened(line) => {
                self.take_field(name, value);
                return (if part == Part::Top { Part::Fields } else { behind }, Some(name));
            }
            _ => {}
        }
        match (part, current) {
            (Part::Fields | Part::Tail, Some(name)) => self.take_field(name, line),
            (Part::Top, _) => self.take_top(line),
            (Part::Fields, None) if self.article.title.is_empty() => self.take_title(line),
            (Part::Fields | Part::Text, None | Some(_)) => {
                self.take_text(line);
                return (Part::Text, None);
            }
            (Part::Tail, None) => {}
        }
        (part, current)
    }

    /// Takes a line of the top: outlet, date and headline, in the order of the export.
    fn take_top(&mut self, line: &str) {
        if self.article.published.is_none() {
            if let Some(day) = day(line).filter(|_| !self.top.is_empty()) {
                self.article.published = Some((day, DateFrom::Metadata));
                if self.is_new {
                    let outlet = if self.top.len() > 1 { self.top.pop() } else { None };
                    self.article.outlet = outlet.unwrap_or_default();
                    self.article.title = self.top.join(" ");
                } else {
                    self.article.outlet = self.top.swap_remove(0);
                }
                return;
            }
            self.top.push(line.to_owned());
        } else if !self.is_new && !is_edition(line) {
            self.take_title(line);
        }
    }

    fn take_title(&mut self, line: &str) {
        append(&mut self.article.title, line);
    }

    /// Takes a line of the text; the lines of a paragraph belong together.
    fn take_text(&mut self, line: &str) {
        let body = &mut self.article.body;
        if !body.is_empty() && !body.ends_with('\n') {
            body.push(' ');
        }
        body.push_str(line);
    }

    /// Takes a value of a field, or a line that continues it.
    fn take_field(&mut self, field: Field, value: &str) {
        let article = &mut self.article;
        match field {
            Field::Title => append(&mut article.title, value),
            Field::Byline => article.authors.extend(names_in_byline(value)),
            Field::Section => append(&mut article.section, value),
            Field::Dateline => append(&mut article.dateline, value),
            Field::Length => self.has_length = true,
            Field::Lang => language(value).unwrap_or_default().clone_into(&mut article.lang),
            Field::Tags => article.tags.extend(terms(value)),
            Field::People => article.people.extend(terms(value)),
            Field::Organizations => article.organizations.extend(terms(value)),
            Field::Places => article.places.extend(terms(value)),
            Field::Url => append(&mut article.url, value),
            Field::Body | Field::Other => {}
        }
    }
}

fn append(field: &mut String, line: &str) {
    if !field.is_empty() {
        field.push(' ');
    }
    field.push_str(line);
}

/// Whether the name of a field stands in capitals, as in older exports.
fn is_capital(line: &str) -> bool {
    let name = line.split(':').next().unwrap_or_default();
    !name.contains(char::is_lowercase)
}

/// Whether the name of a field has a hyphen, as no start of a sentence: `Load-Date:`.
fn is_hyphened(line: &str) -> bool {
    line.split(':').next().unwrap_or_default().contains('-')
}

fn is_copyright(line: &str) -> bool {
    let holder = line.strip_prefix("Copyright ").unwrap_or_default();
    let holder = holder.trim_start_matches(|sign: char| "(cC)©, ".contains(sign));
    holder.starts_with(|sign: char| sign.is_ascii_digit())
        || line.starts_with('©')
        || line.eq_ignore_ascii_case("all rights reserved")
        || line.eq_ignore_ascii_case("alle rechte vorbehalten")
}

/// Whether a line below the date names an edition rather than the headline.
fn is_edition(line: &str) -> bool {
    let line = line.to_lowercase();
    let words = ["edition", "ausgabe", "édition", "edición", "editie", "final"];
    line.split_whitespace().count() <= 6 && words.iter().any(|word| line.contains(word))
}

/// The date in a line: alone, or with an edition or a time behind it.
fn day(line: &str) -> Option<Published> {
    let ends = line.match_indices([' ', ',']).map(|(place, _)| place).rev().take(MOST_WORDS);
    std::iter::once(line.len()).chain(ends).find_map(|end| {
        let date = parse_date(line[..end].trim_end_matches(',')).ok()?;
        (date.first_day() == date.last_day()).then_some(date)
    })
}

/// Words behind a date that are looked at: the weekday, and the time with its zone.
const MOST_WORDS: usize = 8;

/// The terms of an index: `FLOODS (90%); RAIN (78%)`.
fn terms(value: &str) -> impl Iterator<Item = String> {
    value.split(';').filter_map(|term| {
        let term = term.trim();
        let name = match term.rsplit_once(" (") {
            Some((name, weight)) if weight.ends_with("%)") => name,
            _ => term,
        };
        (!name.is_empty()).then(|| name.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;
    use super::is_count;

    #[test]
    fn older_exports_are_read() {
        insta::assert_snapshot!(read(concat!(
            "                     1 of 2 DOCUMENTS\n\n                      The Gull\n\n",
            "                 May 4, 2023 Thursday\n                   Late Edition\n\n",
            "Rain Falls On Lorne, And\nOn Its Mills\n\nBYLINE: By ANN LEE and BO LIND\n\n",
            "SECTION: Section A; Pg. 3\n\nLENGTH: 12 words\n\nDATELINE: LORNE, May 3\n\nBODY:\n\n",
            "It rained: a lot.\nIt did.\n\nNote: the millers slept.\n\nURL: http://gull.example/1\n\n",
            "SUBJECT: RAIN (90%); MILLS (80%)\n\nPERSON: PER VIK (70%)\n\nCITY: LORNE (90%)\n\n",
            "LOAD-DATE: May 5, 2023\n\nLANGUAGE: ENGLISH\n\nCopyright 2023 The Gull\nAll Rights Reserved\n\n\n",
            "                     2 of 2 DOCUMENTS\n\nCopyright 2023 Der Bote\nAlle Rechte vorbehalten\n\nDer Bote\n\n",
            "Donnerstag 4. Mai 2023\n\nRegen\n\nRUBRIK: LOKALES\n\nLÄNGE: 2 Wörter\n\nEs regnet.\n",
        ), 10_000).0, @r"
        part = 1
        title = Rain Falls On Lorne, And On Its Mills
        url = http://gull.example/1
        outlet = The Gull
        authors = ANN LEE; BO LIND
        section = Section A; Pg. 3
        tags = RAIN; MILLS
        lang = en
        published = 2023-05-04 (metadata)
        dateline = LORNE, May 3
        people = PER VIK
        places = LORNE

        It rained: a lot. It did.

        Note: the millers slept.
        --
        part = 2
        title = Regen
        outlet = Der Bote
        section = LOKALES
        published = 2023-05-04 (metadata)

        Es regnet.
        --
        nexis
        ");
    }

    #[test]
    fn newer_exports_are_read() {
        insta::assert_snapshot!(read(concat!(
            "Rain falls on Lorne\nThe Gull\nMay 4, 2023 Thursday 8:30 AM GMT\n\nCopyright 2023 The Gull All Rights Reserved\n\n",
            "Section: NEWS; Pg. 3\nLength: 12 words\nByline: Ann Lee\n\nBody\n\nIt rained.\n\nIt did.\n\n",
            "Classification\n\nLanguage: ENGLISH\n\nSubject: RAIN (90%); MILLS (80%)\n\nLoad-Date: May 5, 2023\n\n\nEnd of Document\n\n\n",
            "Sun\nThe Gull\nMay 5, 2023\n\nLength: 2 words\nBody\n\nIt shines.\n\nEnd of Document\n",
        ), 10_000).0, @r"
        part = 1
        title = Rain falls on Lorne
        outlet = The Gull
        authors = Ann Lee
        section = NEWS; Pg. 3
        tags = RAIN; MILLS
        lang = en
        published = 2023-05-04T08:30:00Z (metadata)

        It rained.

        It did.
        --
        part = 2
        title = Sun
        outlet = The Gull
        published = 2023-05-05 (metadata)

        It shines.
        --
        nexis
        ");
    }

    #[test]
    fn counts_are_told() {
        for line in
            ["1 of 20 DOCUMENTS", "Dokument 3 von 200", "Document 1 de 2", "1 of 1 DOCUMENT"]
        {
            assert!(is_count(line), "{line}");
        }
        for line in ["1 of 20 documents", "1 of 20 DOCUMENTS left", "Document one of 2", ""] {
            assert!(!is_count(line), "{line}");
        }
    }
}
