//! Colours and links of text for people.

use std::fmt::{self, Display, Write as _};
use std::path::PathBuf;

use super::safe::safe_line;
use crate::ingest::path_of_name;
use crate::text::Span;

/// Whether paths link to their files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hyperlinks {
    /// They do not.
    #[default]
    Off,
    /// They link to files below this folder.
    To(PathBuf),
}

/// How text for people is set.
#[derive(Clone, Debug, Default)]
pub struct Style {
    /// Whether colours are used.
    pub colour: bool,
    /// Whether paths are links.
    pub hyperlinks: Hyperlinks,
    /// Columns of the terminal, into which lines are broken; none for output
    /// that is no terminal, whose lines stay whole.
    pub width: Option<usize>,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Match,
    Aside,
    Count,
    Selected,
    Person,
    Organization,
    Place,
}

impl Role {
    /// The SGR parameters of ECMA-48 that set it.
    const fn parameters(self) -> &'static str {
        match self {
            Self::Title => "1",
            Self::Match => "1;31",
            Self::Aside => "2",
            Self::Count => "36",
            Self::Selected => "1;32",
            Self::Person => "4;36",
            Self::Organization => "4;33",
            Self::Place => "4;32",
        }
    }
}

impl Style {
    /// A line that stands above others, made safe.
    #[must_use]
    pub fn heading(&self, text: &str) -> String {
        self.paint(Role::Title, safe_line(text)).to_string()
    }

    /// `text` in the colours of its role.
    pub(super) fn paint(&self, role: Role, text: impl Display) -> Painted<impl Display> {
        Painted { parameters: self.colour.then(|| role.parameters()), text }
    }

    /// `text`, made safe, with what matched in its colour.
    pub(super) fn marked(&self, text: &str, marks: &[Span], around: Option<Role>) -> String {
        let mut pieces = Vec::with_capacity(marks.len() * 2 + 1);
        let mut at = 0;
        for mark in marks {
            pieces.push((&text[at..mark.start], around));
            pieces.push((mark.of(text), Some(Role::Match)));
            at = mark.end;
        }
        pieces.push((&text[at..], around));
        self.painted(pieces)
    }

    /// Pieces of a text, made safe, each in the colours of its role.
    pub(super) fn painted<'t>(
        &self,
        pieces: impl IntoIterator<Item = (&'t str, Option<Role>)>,
    ) -> String {
        let mut out = String::new();
        for (piece, role) in pieces {
            let piece = safe_line(piece);
            // Writing to a string does not fail.
            let _ = match role {
                Some(role) => write!(out, "{}", self.paint(role, piece)),
                None => write!(out, "{piece}"),
            };
        }
        out
    }

    /// A source file by its name and, if it holds several articles, the part
    /// of it; as a link to the file if links are wanted (OSC 8).
    pub(super) fn path(&self, name: &str, part: &str) -> String {
        let shown = match part {
            "" => safe_line(name).into_owned(),
            part => safe_line(&format!("{name}#{part}")).into_owned(),
        };
        match &self.hyperlinks {
            Hyperlinks::Off => shown,
            Hyperlinks::To(base) => {
                let mut address = String::from("file://");
                for byte in base.join(path_of_name(name)).as_os_str().as_encoded_bytes() {
                    // What RFC 3986 leaves plain in a path.
                    if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
                        address.push(char::from(*byte));
                    } else {
                        let _ = write!(address, "%{byte:02X}");
                    }
                }
                format!("\u{1b}]8;;{address}\u{1b}\\{shown}\u{1b}]8;;\u{1b}\\")
            }
        }
    }
}

/// Text with or without colours.
pub(super) struct Painted<T> {
    parameters: Option<&'static str>,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parameters {
            Some(parameters) => write!(f, "\u{1b}[{parameters}m{}\u{1b}[0m", self.text),
            None => self.text.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Hyperlinks, Role, Style};
    use crate::text::Span;

    #[test]
    fn colours_only_where_wanted() {
        let plain = Style::default();
        let colour = Style { colour: true, ..Style::default() };
        let marks = [Span::new(4, 8)];
        assert_eq!(plain.marked("the port", &marks, None), "the port");
        assert_eq!(colour.marked("the port", &marks, None), "the \u{1b}[1;31mport\u{1b}[0m");
        assert_eq!(colour.paint(Role::Title, "x").to_string(), "\u{1b}[1mx\u{1b}[0m");
    }

    #[test]
    fn links_are_escaped() {
        let style = Style { hyperlinks: Hyperlinks::To("/news".into()), ..Style::default() };
        assert_eq!(
            style.path("a b.txt", "2"),
            "\u{1b}]8;;file:///news/a%20b.txt\u{1b}\\a b.txt#2\u{1b}]8;;\u{1b}\\"
        );
    }
}
