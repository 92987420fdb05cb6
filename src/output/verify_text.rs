//! Whether an index is whole, for people.

use std::io::{self, Write};

use super::layout::{grouped, plural};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::index::{Depth, Fault, FaultKind, Listed, Remark, Verification};

/// What can be done about a damaged index, each with what it does.
const WAYS_OUT: [(&str, &str); 2] = [
    ("newsdex export > articles.jsonl", "saves the articles that can still be read"),
    ("newsdex index --rebuild", "makes the index anew from your files"),
];

/// Writes what was found in the index in the folder of that name.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_verification(
    out: &mut dyn Write,
    style: &Style,
    index: &str,
    found: &Verification,
) -> io::Result<()> {
    writeln!(out, "index     {}", safe_line(index))?;
    writeln!(out, "checked   {}", checked(found))?;
    if found.is_whole() {
        writeln!(out, "{}", style.heading("nothing wrong"))?;
    } else {
        writeln!(out, "{}", style.heading(&plural(found.faults.count, "fault")))?;
        for fault in &found.faults.first {
            let Fault { kind, subject, what } = fault;
            let of = match kind {
                FaultKind::Segment => "segment ",
                FaultKind::Article => "article ",
                FaultKind::SourceFile => "source file ",
                _ => "",
            };
            write_line(out, of, subject, what)?;
        }
        write_more(out, &found.faults)?;
        writeln!(out, "{}", style.heading("what to do"))?;
        for (command, what) in WAYS_OUT {
            writeln!(out, "  {command:33}{}", style.paint(Role::Aside, what.to_owned()))?;
        }
    }
    if found.remarks.count > 0 {
        writeln!(out, "{}", style.heading("no damage, but good to know"))?;
        for Remark { subject, what, .. } in &found.remarks.first {
            write_line(out, "", subject, what)?;
        }
        write_more(out, &found.remarks)?;
    }
    Ok(())
}

/// How much was looked at.
fn checked(found: &Verification) -> String {
    let files = format!("{} ({:.1} MB)", plural(found.files, "file"), found.bytes as f64 / 1e6);
    match found.depth {
        Depth::Checksums => format!("{files}, by their checksums alone"),
        Depth::Everything => {
            let articles = plural(found.articles, "article");
            format!("{files}, {articles} of {}", plural(found.source_files, "source file"))
        }
    }
}

fn write_line(out: &mut dyn Write, of: &str, subject: &str, what: &str) -> io::Result<()> {
    let (subject, what) = (safe_line(subject), safe_line(what));
    match subject.is_empty() {
        true => writeln!(out, "  {what}"),
        false => writeln!(out, "  {of}{subject}: {what}"),
    }
}

fn write_more<T>(out: &mut dyn Write, all: &Listed<T>) -> io::Result<()> {
    match all.count - all.first.len() as u64 {
        0 => Ok(()),
        more => writeln!(out, "  and {} more", grouped(more)),
    }
}
