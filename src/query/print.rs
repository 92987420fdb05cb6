//! Prints a tree as a query that parses to an equal tree.

use std::fmt::{self, Display, Formatter};

use super::date_reader::NAMED;
use super::dates::{DateExpr, DatePoint};
use super::fields::Scope;
use super::pattern::{QUOTED_LITERAL_MARKS, QUOTED_MARKS, WORD_MARKS, escape};
use super::tree::{Expr, NameMatch, Node, Query, TextMatch};

impl Display for Query {
    /// The query in its plain form: `OR`, `-`, parentheses where needed, a
    /// field before each value.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::And(parts) => joined(f, parts, " ", |part| matches!(part, Self::Or(_))),
            Self::Or(parts) => joined(f, parts, " OR ", |_| false),
            Self::Not(part) => {
                f.write_str("-")?;
                grouped(f, part, |part| {
                    matches!(part, Self::And(_) | Self::Or(_) | Self::Near { .. })
                })
            }
            Self::Text { scope, text } => {
                f.write_str(before(*scope))?;
                match text {
                    TextMatch::Word(word) => f.write_str(&escape(word, WORD_MARKS)),
                    TextMatch::Phrase(phrase) => quoted(f, phrase, QUOTED_MARKS),
                    TextMatch::Pattern(pattern) => f.write_str(&pattern.0),
                    TextMatch::Loose(words, distance) => {
                        quoted(f, words, QUOTED_MARKS)?;
                        write!(f, "~{distance}")
                    }
                    TextMatch::Fuzzy(word, edits) => write!(f, "{word}~{edits}"),
                    TextMatch::Regex(regex) => write!(f, "/{regex}/"),
                }
            }
            Self::Mention { scope, field } => {
                write!(f, "{}{}", before(*scope), field.name().to_uppercase())
            }
            Self::Near { left, right, relation } => {
                grouped(f, left, |part| matches!(part, Self::Or(_)))?;
                write!(f, " {relation} ")?;
                grouped(f, right, |part| matches!(part, Self::Or(_) | Self::Near { .. }))
            }
            Self::AtLeast(times, part) => write!(f, "atleast{times}({part})"),
            Self::First(words, part) => write!(f, "first/{words}({part})"),
            Self::Name { field, name } => {
                write!(f, "{}:{name}", field.name())
            }
            Self::About(name) => write!(f, "about:{name}"),
            Self::Path(path) => literal(f, "path", path),
            Self::Url(url) => literal(f, "url", url),
            Self::Id(id) => literal(f, "id", id),
            Self::Date(dates) => write!(f, "date:{dates}"),
            Self::Length(comparison, words) => write!(f, "words{}{words}", comparison.symbol()),
            Self::Has(property) => write!(f, "has:{}", property.name()),
        }
    }
}

/// What is written before a value in this part of the text.
const fn before(scope: Scope) -> &'static str {
    match scope {
        Scope::Anywhere => "",
        Scope::Title => "title:",
        Scope::Lead => "lead:",
        Scope::Body => "body:",
    }
}

impl Display for NameMatch {
    /// What stands behind the field.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(&escape(word, WORD_MARKS)),
            Self::Whole(name) => quoted(f, name, QUOTED_MARKS),
            Self::Pattern(pattern) => f.write_str(&pattern.0),
        }
    }
}

/// `parts` with `between` between them.
fn joined(
    f: &mut Formatter<'_>,
    parts: &[Expr],
    between: &str,
    needs_group: fn(&Node) -> bool,
) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(between)?;
        }
        grouped(f, part, needs_group)?;
    }
    Ok(())
}

fn grouped(f: &mut Formatter<'_>, part: &Expr, needs_group: fn(&Node) -> bool) -> fmt::Result {
    if needs_group(&part.node) { write!(f, "({part})") } else { part.fmt(f) }
}

fn quoted(f: &mut Formatter<'_>, text: &str, marks: &str) -> fmt::Result {
    write!(f, "\"{}\"", escape(text, marks))
}

/// A path, address or identifier: quoted only if it must be.
fn literal(f: &mut Formatter<'_>, field: &str, text: &str) -> fmt::Result {
    write!(f, "{field}:")?;
    let is_plain = |letter: char| letter.is_alphanumeric() || "/.:-_*?=&%#+,@~\\".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        f.write_str(text)
    } else {
        quoted(f, text, QUOTED_LITERAL_MARKS)
    }
}

impl Display for DateExpr {
    /// What stands behind `date:`.
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (first, last) = match self {
            Self::At(point) => return point.fmt(f),
            Self::Range(first, last) => (first, last),
        };
        if let Some(first) = first {
            first.fmt(f)?;
        }
        f.write_str("..")?;
        if let Some(last) = last {
            last.fmt(f)?;
        }
        Ok(())
    }
}

impl Display for DatePoint {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Week(monday) => {
                let week = monday.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Self::Day(day) => day.fmt(f),
            Self::LastDays(count) => write!(f, "{count}d"),
            Self::LastWeeks(count) => write!(f, "{count}w"),
            Self::LastMonths(count) => write!(f, "{count}m"),
            Self::LastYears(count) => write!(f, "{count}y"),
            named => {
                let name = NAMED.iter().find(|(_, point)| point == named);
                f.write_str(name.map_or("", |(name, _)| *name))
            }
        }
    }
}
