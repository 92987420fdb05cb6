//! Where a name begins and ends that the model has cut, or run together with
//! the next.

use super::clean::clean;
use super::known;
use super::noise::{is_demonym, says_kind_alone};
use super::titles::word_before;
use super::words::chunks;
use crate::annotate::recogniser::Recognised;
use crate::annotate::{EntityKind, Mention, TokenisedText};
use crate::text::Span;

/// Mentions that one known name is cut into at most: *New*, *York*, *Times*.
const MOST_PIECES: usize = 3;

/// One mention for the first ones of `mentions` that stand side by side and are one
/// name, and how many these are: a known one, or a place and what kind of
/// organization is meant (*Sandy Hook* and *Elementary School*).
pub(super) fn joined(text: &str, mentions: &[Recognised]) -> Option<(Recognised, usize)> {
    let first = mentions.first()?.mention;
    let is_beside = |pair: &[Recognised]| {
        let (one, next) = (pair[0].mention, pair[1].mention);
        one.part == next.part
            && one.span.end + 1 == next.span.start
            && &text[one.span.end..next.span.start] == " "
    };
    let most = mentions.len().min(MOST_PIECES);
    let beside = 1 + mentions[..most].windows(2).take_while(|pair| is_beside(pair)).count();
    (2..=beside).rev().find_map(|pieces| {
        let last = mentions[pieces - 1].mention.span;
        let span = Span::new(first.span.start, last.end);
        let name = clean(EntityKind::Organization, span.of(text)).core;
        let mention = Mention { part: first.part, span };
        if pieces == 2 && is_elsewhere(&mentions[0], text) && is_kind_of(&mentions[1], text) {
            return Some((Recognised { mention, kind: EntityKind::Organization }, 2));
        }
        let known = known::find_text(EntityKind::Organization, name)?;
        let of_last = known::find_text(EntityKind::Organization, last.of(text));
        if name.len() <= last.len() || of_last.is_some_and(|last| last.shown == known.shown) {
            return None;
        }
        Some((Recognised { mention, kind: known.kind }, pieces))
    })
}

/// The name of the country in the gazetteer.
const UNITED_STATES: &str = "United States";

/// Words with a capital before an organization that may belong to its name.
const MOST_WORDS_BEFORE: usize = 2;

/// Where the known name of an organization starts of which the mention at `span`
/// is the end: *Republican* before *National Committee*.
pub(super) fn known_start(text: &str, span: Span) -> Option<usize> {
    let mut start = span.start;
    for _ in 0..MOST_WORDS_BEFORE {
        let (before, word) = word_before(text, start)?;
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
        start = before;
        let name = clean(EntityKind::Organization, &text[start..span.end]).core;
        let is_longer = name.len() > span.len();
        if is_longer && known::find_text(EntityKind::Organization, name).is_some() {
            return Some(start);
        }
    }
    None
}

/// Where the name of an organization starts of which the mention at `span` says
/// only what kind it is, or that it is a parliament: *Russian* before *Foreign
/// Ministry*.
pub(super) fn national_start(text: &str, span: Span) -> Option<usize> {
    let (start, _) = word_before(text, span.start).filter(|(_, word)| is_demonym(word))?;
    let name = clean(EntityKind::Organization, span.of(text)).core;
    let is_cut = span.of(text).starts_with(name)
        && (says_kind_alone(name) || name.eq_ignore_ascii_case("parliament"));
    is_cut.then_some(start)
}

/// Whether a mention is of a place, and not of the United States, whose name
/// before that of an organization says nothing: *U.S. Court of Appeals*.
fn is_elsewhere(found: &Recognised, text: &str) -> bool {
    let known = || known::find_text(EntityKind::Place, found.mention.span.of(text));
    found.kind == EntityKind::Place && known().is_none_or(|place| place.shown != UNITED_STATES)
}

/// Whether a mention is an organization's and says only what kind it is.
fn is_kind_of(found: &Recognised, text: &str) -> bool {
    let name = found.mention.span.of(text);
    found.kind == EntityKind::Organization && says_kind_alone(name)
}

/// The name of a person at `span` without the word that begins another way to
/// write it: pages put the name of a link and its full title side by side (*Ann
/// Okafor Lindqvist (Ann) Anne Okafor*).
pub(super) fn without_next_name(text: &str, span: Span) -> &str {
    let written = span.of(text);
    let Some((name, _)) = written.rsplit_once(' ') else { return written };
    let first = chunks(name).next().unwrap_or(name);
    let begins_other = text[span.end..]
        .strip_prefix(" (")
        .and_then(|rest| rest.strip_prefix(first))
        .is_some_and(|rest| rest.starts_with(") "));
    if begins_other && chunks(name).nth(1).is_some() { name } else { written }
}

/// Mentions among which the rest of a name that runs into the next word is looked
/// for: more than an article has of one person, few enough for a list of names.
const MOST_LOOKED_AT: usize = 256;

/// Letters of the shortest surname that may run into the next word: longer than
/// *De* and *Mac*.
const LEAST_LETTERS: usize = 4;

/// A mention of a person without what runs into it from the line behind: *Ann
/// OkaforPort* is *Ann Okafor*, where *Okafor* stands elsewhere too.
pub(super) fn without_next_line(
    found: Recognised,
    recognised: &[Recognised],
    texts: &[TokenisedText<'_>; 2],
) -> Recognised {
    if found.kind != EntityKind::Person {
        return found;
    }
    let text_of =
        |found: &Recognised| found.mention.span.of(texts[found.mention.part as usize].text);
    let last_of = |name| chunks(name).last().unwrap_or(name);
    let written = text_of(&found);
    let last = last_of(written);
    let Some(length) = last
        .as_bytes()
        .windows(2)
        .position(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        .map(|at| at + 1)
        .filter(|length| *length >= LEAST_LETTERS)
    else {
        return found;
    };
    let others = recognised.iter().filter(|other| other.kind == EntityKind::Person);
    if !others.take(MOST_LOOKED_AT).any(|other| last_of(text_of(other)) == &last[..length]) {
        return found;
    }
    let end = last.as_ptr().addr() - written.as_ptr().addr() + length;
    let span = Span::new(found.mention.span.start, found.mention.span.start + end);
    Recognised { mention: Mention { span, ..found.mention }, ..found }
}

#[cfg(test)]
mod tests {
    use super::{national_start, without_next_line, without_next_name};
    use crate::annotate::recogniser::Recognised;
    use crate::annotate::{EntityKind, Mention, TextPart, TokenisedText};
    use crate::text::Span;

    fn span(text: &str, name: &str) -> Span {
        let start = text.find(name).expect("the name is in the text");
        Span::new(start, start + name.len())
    }

    #[test]
    fn the_nation_of_an_organization_belongs_to_its_name() {
        for (text, name, full) in [
            (
                "the Russian Foreign Ministry said",
                "Foreign Ministry",
                Some("Russian Foreign Ministry"),
            ),
            ("in the Iraqi Parliament.", "Parliament", Some("Iraqi Parliament")),
            ("told Parliament.", "Parliament", None),
            ("American Red Cross", "Red Cross", None),
            ("the Okafor Foundation", "Foundation", None),
        ] {
            let found = span(text, name);
            let start = national_start(text, found);
            assert_eq!(start.map(|start| &text[start..found.end]), full, "{text}");
        }
    }

    #[test]
    fn what_runs_into_a_name_is_left_out() {
        let body = "Ann Okafor left. Ann OkaforPort strike. Bo McDonald and Cy OkaHara.";
        let texts = ["", body].map(|text| TokenisedText::new(TextPart::Body, text));
        let names = ["Ann Okafor", "Ann OkaforPort", "Bo McDonald", "Cy OkaHara"];
        let recognised = names.map(|name| Recognised {
            mention: Mention { part: TextPart::Body, span: span(body, name) },
            kind: EntityKind::Person,
        });
        let found = recognised
            .map(|found| without_next_line(found, &recognised, &texts).mention.span.of(body));
        assert_eq!(found, ["Ann Okafor", "Ann Okafor", "Bo McDonald", "Cy OkaHara"]);
    }

    #[test]
    fn a_name_ends_where_the_next_begins() {
        for (text, name, first) in [
            ("Ann Okafor Lindqvist (Ann) Anne Okafor said", "Ann Okafor Lindqvist", "Ann Okafor"),
            ("Ann Okafor Lindqvist (D) said", "Ann Okafor Lindqvist", "Ann Okafor Lindqvist"),
            ("Ann Okafor (Ann) said", "Ann Okafor", "Ann Okafor"),
        ] {
            assert_eq!(without_next_name(text, span(text, name)), first);
        }
    }
}
