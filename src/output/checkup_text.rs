//! What in an index deserves a look, for people.

use std::io::{self, Write};

use super::layout::{cut, grouped, plural, width, wrapped};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::search::{Check, Example, Finding, LARGE_FILE, Member, TINY_WORDS};

/// Columns of an example where the output is no terminal: those of the narrowest usual
/// one. Lines of a whole list stay whole then.
const DEFAULT_COLUMNS: usize = 80;
/// Columns for what is said of an article at least; with less room it has a line of its
/// own.
const LEAST_COLUMNS: usize = 24;
/// Columns before what belongs to a finding.
const INDENT: &str = "  ";

/// Which findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckupPart {
    /// Some examples of each, and the command that lists all.
    Examples,
    /// All of each.
    Whole,
}

/// Writes findings with their examples, and which checks found nothing.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_checkup(
    out: &mut dyn Write,
    style: &Style,
    part: CheckupPart,
    findings: &[Finding],
) -> io::Result<()> {
    let columns = style.width.unwrap_or(match part {
        CheckupPart::Examples => DEFAULT_COLUMNS,
        CheckupPart::Whole => usize::MAX,
    });
    for finding in findings.iter().filter(|finding| finding.count > 0) {
        let heading = format!("{} ({})", heading(finding), finding.check.name());
        writeln!(out, "{}", style.heading(&heading))?;
        if part == CheckupPart::Examples {
            for line in wrapped(meaning(finding.check), columns.saturating_sub(INDENT.len())) {
                writeln!(out, "{INDENT}{}", style.paint(Role::Aside, line))?;
            }
        }
        for example in &finding.examples {
            write_example(out, style, columns, example)?;
        }
        if part == CheckupPart::Examples {
            writeln!(out, "{INDENT}{}", style.paint(Role::Count, command(finding)))?;
            writeln!(out)?;
        }
    }
    let nothing = findings.iter().filter(|finding| finding.count == 0);
    let nothing: Vec<&str> = nothing.map(|finding| finding.check.name()).collect();
    if !nothing.is_empty() {
        let line = format!("nothing found: {}", nothing.join(", "));
        for line in wrapped(&line, columns.min(DEFAULT_COLUMNS)) {
            writeln!(out, "{}", style.paint(Role::Aside, line))?;
        }
    }
    Ok(())
}

/// How much of what was found.
fn heading(finding: &Finding) -> String {
    let count = finding.count;
    let of = |one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    };
    let articles = |what: &str| format!("{} {what}", plural(count, "article"));
    let files = |what: &str| format!("{} {what}", plural(count, "source file"));
    match finding.check {
        Check::UnreadFile => files("not read"),
        Check::PartlyReadFile => files("read in part"),
        Check::NoDate => articles("without a date"),
        Check::UnreadDate => articles("with a date that could not be understood"),
        Check::FutureDate => articles("dated in the future"),
        Check::BeforeOutlet => articles("dated before there was such an outlet"),
        Check::DateConflict => articles("with several dates"),
        Check::NoTitle => articles("without a headline"),
        Check::NoOutlet => articles("without an outlet"),
        Check::NoText => articles("without a text"),
        Check::TinyText => articles(&format!("of fewer than {TINY_WORDS} words")),
        Check::IndexPage => of("page that may list articles", "pages that may list articles"),
        Check::Paywall => of("page that may be cut short", "pages that may be cut short"),
        Check::GuessedEncoding => articles("whose encoding was guessed"),
        Check::OutletNames => format!(
            "{} under several names, {} too many",
            plural(count, "outlet"),
            grouped(finding.superfluous)
        ),
        Check::Copies => format!(
            "{}, {} too many",
            of("text that several articles have", "texts that several articles have"),
            plural(finding.superfluous, "article")
        ),
        Check::LargeFile => files(&format!("of {} articles or more", grouped(LARGE_FILE))),
        Check::Superseded => of("earlier version put aside", "earlier versions put aside"),
        Check::Withdrawn => of("withdrawal", "withdrawals"),
        Check::Embargo => articles("under embargo"),
    }
}

/// What that means for who works with the articles.
const fn meaning(check: Check) -> &'static str {
    match check {
        Check::UnreadFile => "Nothing of these files is found by any search.",
        Check::PartlyReadFile => "Articles of these files are missing.",
        Check::NoDate => "No `date:` finds them, and no timeline counts them.",
        Check::UnreadDate => "It can be read in several ways, or in none, and is kept as text.",
        Check::FutureDate => "The date is wrong, or the article was published early.",
        Check::BeforeOutlet => {
            "Their outlet, or the first newspaper, began later: the date is likely that of \
             something else."
        }
        Check::DateConflict => "The source names several days; the most trusted was taken.",
        Check::NoTitle => "They are shown by their first words.",
        Check::NoOutlet => "No `outlet:` finds them.",
        Check::NoText => "They have a headline alone: the text may not have been found.",
        Check::TinyText => "A caption, a flash, or a page whose text was not found.",
        Check::IndexPage => "A front page or a list, which finds the words of every headline.",
        Check::Paywall => "The text seems to end before a paywall.",
        Check::GuessedEncoding => {
            "The file declares none, or other bytes than it holds: letters may be wrong."
        }
        Check::OutletNames => "Facets and `outlet:` count each name alone.",
        Check::Copies => "Every search finds, and every facet counts, each of them.",
        Check::LargeFile => "Where one of them changes, all are read again.",
        Check::Superseded => "A later version is shown in their stead.",
        Check::Withdrawn => "Their publisher took the articles back: they are not shown.",
        Check::Embargo => "They may not be used before their time.",
    }
}

/// The command that lists all of a finding.
fn command(finding: &Finding) -> String {
    match &finding.query {
        Some(query) => format!("newsdex search '{query}' -n all"),
        None => format!("newsdex doctor {}", finding.check.name()),
    }
}

fn write_example(
    out: &mut dyn Write,
    style: &Style,
    columns: usize,
    example: &Example,
) -> io::Result<()> {
    let room = columns.saturating_sub(2 * INDENT.len());
    if let [Member::Outlet { .. }, ..] = example.members[..] {
        for line in wrapped(&names(example, room), room) {
            writeln!(out, "{INDENT}{INDENT}{}", line.replace('\u{a0}', " "))?;
        }
        return Ok(());
    }
    let mut indent = INDENT.repeat(2);
    if !example.what.is_empty() {
        let what = format!("{} × {}", grouped(example.count), safe_line(&example.what));
        writeln!(out, "{indent}{}", cut(&what, room))?;
        indent.push_str(INDENT);
    }
    for member in &example.members {
        for line in lines(style, columns.saturating_sub(indent.len()), member, &example.what) {
            writeln!(out, "{indent}{line}")?;
        }
    }
    let more = example.count - example.members.len() as u64;
    if more > 0 {
        writeln!(
            out,
            "{indent}{}",
            style.paint(Role::Aside, format!("and {} more", grouped(more)))
        )?;
    }
    Ok(())
}

/// The names of one outlet, each with its articles; a name is never broken.
fn names(example: &Example, columns: usize) -> String {
    let name = |member: &Member| match member {
        Member::Outlet { name, articles } => {
            let articles = grouped(*articles);
            // A space, and the comma behind it.
            let name = cut(&safe_line(name), columns.saturating_sub(articles.len() + 2));
            format!("{name} {articles}").replace(' ', "\u{a0}")
        }
        Member::Article { .. } | Member::File { .. } => String::new(),
    };
    let mut names: Vec<String> = example.members.iter().map(name).collect();
    let more = example.count - example.members.len() as u64;
    if more > 0 {
        names.push(format!("and {} more", grouped(more)));
    }
    names.join(", ")
}

/// A source file, and what about it or about an article in it deserves a look, unless
/// that is said already; on two lines where one has no room for both.
fn lines(style: &Style, columns: usize, member: &Member, said: &str) -> Vec<String> {
    let (path, part, what) = match member {
        Member::Article { path, part, what, .. } => (path, part.as_str(), what.clone()),
        Member::File { path, articles, what } if what.is_empty() && *articles > 1 => {
            (path, "", plural(*articles, "article"))
        }
        Member::File { path, what, .. } => (path, "", what.clone()),
        Member::Outlet { name, .. } => (name, "", String::new()),
    };
    let shown = style.path(path, part);
    if what.is_empty() || what == said {
        return vec![shown];
    }
    let what = safe_line(&what);
    let room = columns.saturating_sub(width(&shown) + INDENT.len());
    if room >= LEAST_COLUMNS {
        return vec![format!("{shown}{INDENT}{}", cut(&what, room))];
    }
    vec![shown, format!("{INDENT}{}", cut(&what, columns.saturating_sub(INDENT.len())))]
}
