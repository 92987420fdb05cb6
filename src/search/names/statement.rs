//! One line of the user's aliases.

use super::aliases::AliasErrorKind;
use crate::annotate::EntityKind;
use crate::query::closest;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// These names are one, shown as the first.
    Merge(EntityKind, Vec<String>),
    /// A name is shown as another.
    Rename(EntityKind, String, String),
    /// A name is of another kind.
    Kind(EntityKind, String, EntityKind),
    /// These names are nobody.
    Ignore(EntityKind, Vec<String>),
}

/// The words that a line may begin with, each with how it goes on.
const VERBS: [(&str, &str); 4] = [
    ("merge", "merge<TAB>person<TAB>Joe Biden<TAB>Joseph Robinette Biden"),
    ("rename", "rename<TAB>org<TAB>Old name<TAB>New name"),
    ("kind", "kind<TAB>org<TAB>Gaza<TAB>place"),
    ("ignore", "ignore<TAB>person<TAB>Associated Press"),
];

impl Statement {
    /// Reads a line; none if it is empty or a comment.
    pub(super) fn read(line: &str) -> Result<Option<Self>, AliasErrorKind> {
        let mut cells: Vec<&str> =
            line.split('\t').map(str::trim).take_while(|cell| !cell.starts_with('#')).collect();
        while cells.last().is_some_and(|cell| cell.is_empty()) {
            cells.pop();
        }
        let Some((verb, rest)) = cells.split_first() else { return Ok(None) };
        let Some((_, usage)) = VERBS.iter().find(|(known, _)| known == verb) else {
            return Err(unknown_verb(verb));
        };
        let Some((kind, names)) = rest.split_first() else {
            return Err(AliasErrorKind::Incomplete { usage });
        };
        let kind = read_kind(kind)?;
        if names.iter().any(|name| name.is_empty()) {
            return Err(AliasErrorKind::EmptyName);
        }
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let statement = match (*verb, names) {
            ("merge", [_, _, ..]) => Self::Merge(kind, owned(names)),
            ("rename", [old, new]) => Self::Rename(kind, (*old).to_owned(), (*new).to_owned()),
            ("kind", [name, new]) => Self::Kind(kind, (*name).to_owned(), read_kind(new)?),
            ("ignore", [_, ..]) => Self::Ignore(kind, owned(names)),
            ("rename" | "kind", [_, _, more, ..]) => {
                return Err(AliasErrorKind::TooMuch { cell: (*more).to_owned(), usage });
            }
            _ => return Err(AliasErrorKind::Incomplete { usage }),
        };
        Ok(Some(statement))
    }
}

fn unknown_verb(verb: &str) -> AliasErrorKind {
    let verbs = || VERBS.iter().map(|(verb, _)| *verb);
    // Somebody typed spaces where tabs belong.
    let first = verb.split_whitespace().next().unwrap_or_default();
    if first != verb && verbs().any(|verb| verb == first) {
        return AliasErrorKind::NoTabs;
    }
    AliasErrorKind::UnknownVerb { verb: verb.to_owned(), meant: closest(verb, verbs()) }
}

fn read_kind(cell: &str) -> Result<EntityKind, AliasErrorKind> {
    Ok(match cell {
        "person" => EntityKind::Person,
        "org" => EntityKind::Organization,
        "place" => EntityKind::Place,
        _ => {
            let meant = closest(cell, ["person", "org", "place"]);
            return Err(AliasErrorKind::UnknownKind { kind: cell.to_owned(), meant });
        }
    })
}
