//! The user's word on names: the file `aliases.tsv` of a home, read and checked.

use std::collections::BTreeMap;

use super::statement::Statement;
use crate::annotate::EntityKind;
use crate::text::name_key;

/// What the user says of names. It holds for every search from the next on;
/// nothing is indexed again.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    pub(super) changes: Vec<Change>,
}

/// What becomes of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The line that says so, from 1.
    pub(super) line: usize,
    pub(super) kind: EntityKind,
    pub(super) name: String,
    /// Its kind and name from now on; none if it is ignored.
    pub(super) becomes: Option<(EntityKind, String)>,
}

/// A line of aliases that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct AliasError {
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: AliasErrorKind,
}

/// What is wrong with a line of aliases.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AliasErrorKind {
    /// The line begins with another word.
    #[error("unknown instruction `{verb}`")]
    UnknownVerb {
        /// The word.
        verb: String,
        /// What was probably meant.
        meant: Option<&'static str>,
    },
    /// There is no such kind.
    #[error("unknown kind `{kind}`")]
    UnknownKind {
        /// The kind.
        kind: String,
        /// What was probably meant.
        meant: Option<&'static str>,
    },
    /// Spaces stand where tabs belong.
    #[error("no tab between the parts of the line")]
    NoTabs,
    /// Something is missing.
    #[error("the line is not complete")]
    Incomplete {
        /// What it looks like.
        usage: &'static str,
    },
    /// There is more than the instruction takes.
    #[error("`{cell}` is too much")]
    TooMuch {
        /// What is too much.
        cell: String,
        /// What the line looks like.
        usage: &'static str,
    },
    /// Nothing stands between two tabs, or only marks.
    #[error("a name is empty")]
    EmptyName,
    /// Two lines say different things of one name.
    #[error("line {line} says something else of `{name}`")]
    Contradiction {
        /// The name.
        name: String,
        /// The other line.
        line: usize,
    },
    /// A name leads back to itself.
    #[error("`{name}` becomes itself in the end")]
    Circle {
        /// The name.
        name: String,
    },
}

impl AliasErrorKind {
    /// What to write instead.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownVerb { meant: Some(meant), .. }
            | Self::UnknownKind { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
            Self::UnknownVerb { .. } => {
                "a line begins with `merge`, `rename`, `kind` or `ignore`; `#` begins a comment"
                    .to_owned()
            }
            Self::UnknownKind { .. } => "the kinds are `person`, `org` and `place`".to_owned(),
            Self::NoTabs => {
                "put one tab between the instruction, the kind and each name".to_owned()
            }
            Self::Incomplete { usage } | Self::TooMuch { usage, .. } => {
                format!("write `{usage}`, with a tab for each <TAB>")
            }
            Self::EmptyName => "put one tab only between two names".to_owned(),
            Self::Contradiction { .. } => "keep one of the two lines".to_owned(),
            Self::Circle { .. } => "remove one of the lines that make the circle".to_owned(),
        }
    }
}

/// A kind and the key of a name.
type Place = (EntityKind, String);

impl Aliases {
    /// Reads the text of a file of aliases.
    ///
    /// # Errors
    ///
    /// At the first line that cannot be followed.
    pub fn read(text: &str) -> Result<Self, AliasError> {
        let mut reading = Reading::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in (1..).zip(text.lines()) {
            let outcome = Statement::read(line).and_then(|statement| match statement {
                Some(statement) => reading.add(number, statement),
                None => Ok(()),
            });
            outcome.map_err(|kind| AliasError { line: number, kind })?;
        }
        reading.finish()
    }

    /// How many names change.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.changes.len()
    }

    /// Whether nothing is said.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

#[derive(Default)]
struct Reading {
    changes: Vec<Change>,
    /// The change of each name.
    of_name: BTreeMap<Place, usize>,
}

impl Reading {
    fn add(&mut self, line: usize, statement: Statement) -> Result<(), AliasErrorKind> {
        match statement {
            Statement::Merge(kind, names) => {
                let mut names = names.into_iter();
                let first = names.next().unwrap_or_default();
                for name in names {
                    self.change(line, kind, name, Some((kind, first.clone())))?;
                }
            }
            Statement::Rename(kind, old, new) => self.change(line, kind, old, Some((kind, new)))?,
            Statement::Kind(kind, name, new) => {
                self.change(line, kind, name.clone(), Some((new, name)))?;
            }
            Statement::Ignore(kind, names) => {
                for name in names {
                    self.change(line, kind, name, None)?;
                }
            }
        }
        Ok(())
    }

    fn change(
        &mut self,
        line: usize,
        kind: EntityKind,
        name: String,
        becomes: Option<Place>,
    ) -> Result<(), AliasErrorKind> {
        let place = place_of(kind, &name)?;
        if let Some((kind, name)) = &becomes {
            place_of(*kind, name)?;
        }
        if let Some(known) = self.of_name.get(&place).map(|known| &self.changes[*known]) {
            let same = match (&known.becomes, &becomes) {
                (Some((one, known)), Some((other, name))) => {
                    one == other && name_key(known) == name_key(name)
                }
                (None, None) => true,
                _ => false,
            };
            let line = known.line;
            return if same { Ok(()) } else { Err(AliasErrorKind::Contradiction { name, line }) };
        }
        self.of_name.insert(place, self.changes.len());
        self.changes.push(Change { line, kind, name, becomes });
        Ok(())
    }

    /// Follows names that become others which become others.
    fn finish(self) -> Result<Aliases, AliasError> {
        let mut changes = Vec::with_capacity(self.changes.len());
        for change in &self.changes {
            let mut last = change;
            let mut steps = 0;
            // What becomes itself is only written in another way.
            while let Some((kind, name)) = &last.becomes
                && let Some(next) = self.of_name.get(&(*kind, name_key(name)))
                && !std::ptr::eq(&raw const self.changes[*next], &raw const *last)
            {
                last = &self.changes[*next];
                steps += 1;
                if steps > self.changes.len() {
                    let kind = AliasErrorKind::Circle { name: change.name.clone() };
                    return Err(AliasError { line: change.line, kind });
                }
            }
            changes.push(Change { becomes: last.becomes.clone(), ..change.clone() });
        }
        Ok(Aliases { changes })
    }
}

fn place_of(kind: EntityKind, name: &str) -> Result<Place, AliasErrorKind> {
    match name_key(name) {
        key if key.is_empty() => Err(AliasErrorKind::EmptyName),
        key => Ok((kind, key)),
    }
}

#[cfg(test)]
mod tests {
    use super::Aliases;

    fn told(text: &str) -> String {
        match Aliases::read(text) {
            Err(error) => format!("{error}; {}", error.kind.hint()),
            Ok(aliases) => aliases
                .changes
                .iter()
                .map(|change| format!("{} {:?} -> {:?}", change.line, change.name, change.becomes))
                .collect::<Vec<_>>()
                .join("\n"),
        }
    }

    #[test]
    fn lines_say_what_becomes_of_names() {
        insta::assert_snapshot!(told("# Mine\n\nmerge\tperson\tJoe Biden\tScranton Joe\tJ. Biden\t# two\nrename\torg\tOld\tNew\nkind\torg\tGaza\tplace\nignore\tperson\tAP\tHi\r\n"), @r#"
        3 "Scranton Joe" -> Some((Person, "Joe Biden"))
        3 "J. Biden" -> Some((Person, "Joe Biden"))
        4 "Old" -> Some((Organization, "New"))
        5 "Gaza" -> Some((Place, "Gaza"))
        6 "AP" -> None
        6 "Hi" -> None
        "#);
    }

    #[test]
    fn names_that_become_others_are_followed() {
        insta::assert_snapshot!(told("rename\torg\tA\tB\nrename\torg\tB\tC\nkind\torg\tC\tplace\nignore\tplace\tC\n"), @r#"
        1 "A" -> None
        2 "B" -> None
        3 "C" -> None
        4 "C" -> None
        "#);
        insta::assert_snapshot!(told("rename\torg\tnasa\tNASA\nmerge\torg\tnasa\tX"), @r#"
        1 "nasa" -> Some((Organization, "NASA"))
        2 "X" -> Some((Organization, "NASA"))
        "#);
    }

    #[test]
    fn every_slip_is_told_with_its_line_and_the_mend() {
        let slips = [
            "\nmerg\tperson\tA\tB",
            "merge\tpeople\tA\tB",
            "merge\tanimal\tA\tB",
            "merge person A B",
            "say\torg\tA",
            "merge\tperson\tA",
            "merge",
            "rename\torg\tA\tB\tC",
            "merge\torg\tA\t\tB",
            "merge\torg\tA\t \t#x\nignore\torg\t.",
            "merge\torg\tA\tB\nignore\torg\tb",
            "rename\torg\tA\tB\nrename\torg\tB\tA",
            "kind\torg\tA\tperson\nkind\tperson\tA\torg",
        ];
        insta::assert_snapshot!(slips.map(told).join("\n"), @r"
        line 2: unknown instruction `merg`; did you mean `merge`?
        line 1: unknown kind `people`; the kinds are `person`, `org` and `place`
        line 1: unknown kind `animal`; the kinds are `person`, `org` and `place`
        line 1: no tab between the parts of the line; put one tab between the instruction, the kind and each name
        line 1: unknown instruction `say`; a line begins with `merge`, `rename`, `kind` or `ignore`; `#` begins a comment
        line 1: the line is not complete; write `merge<TAB>person<TAB>Joe Biden<TAB>Joseph Robinette Biden`, with a tab for each <TAB>
        line 1: the line is not complete; write `merge<TAB>person<TAB>Joe Biden<TAB>Joseph Robinette Biden`, with a tab for each <TAB>
        line 1: `C` is too much; write `rename<TAB>org<TAB>Old name<TAB>New name`, with a tab for each <TAB>
        line 1: a name is empty; put one tab only between two names
        line 1: the line is not complete; write `merge<TAB>person<TAB>Joe Biden<TAB>Joseph Robinette Biden`, with a tab for each <TAB>
        line 2: line 1 says something else of `b`; keep one of the two lines
        line 1: `A` becomes itself in the end; remove one of the lines that make the circle
        line 1: `A` becomes itself in the end; remove one of the lines that make the circle
        ");
    }
}
