//! What an update did, for people.

use std::io::{self, Write};

use super::layout::{grouped, plural};
use super::safe::safe_line;
use super::style::{Role, Style};
use crate::update::Report;

/// Failures that are listed one by one, unless all are asked for.
const LISTED_FAILURES: usize = 20;

/// Writes the summary of an update that took so many seconds.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_report(
    out: &mut dyn Write,
    style: &Style,
    report: &Report,
    seconds: f64,
) -> io::Result<()> {
    let counts = [
        (report.added, "added"),
        (report.replaced, "replaced"),
        (report.removed, "removed"),
        (report.unchanged, "unchanged"),
        (report.failed.len() as u64, "failed"),
        (report.passed_over, "passed over"),
    ];
    let files: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", grouped(*count)))
        .collect();
    if files.is_empty() {
        writeln!(out, "no files found")?;
    } else {
        writeln!(out, "{} {}", style.paint(Role::Aside, "files   "), files.join(", "))?;
    }
    let notes =
        [(report.articles_read, "read now"), (report.hidden, "earlier or withdrawn put aside")];
    let notes: Vec<String> = notes
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", grouped(*count)))
        .collect();
    let read = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    writeln!(out, "{} {}{read}", style.paint(Role::Aside, "articles"), grouped(report.articles))?;
    let rate = if report.bytes > 0 && seconds > 0.0 {
        let megabytes = report.bytes as f64 / 1e6;
        format!(" ({megabytes:.1} MB, {:.1} MB/s)", megabytes / seconds)
    } else {
        String::new()
    };
    writeln!(out, "{} {seconds:.2}{rate}", style.paint(Role::Aside, "seconds "))
}

/// Writes what deserves a look: files that failed, dates not understood.
///
/// # Errors
///
/// When it cannot be written.
pub fn write_failures(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for failure in report.failed.iter().take(LISTED_FAILURES) {
        let path = safe_line(&failure.path);
        write!(out, "warning: cannot read `{path}`: {}", safe_line(&failure.reason))?;
        match failure.articles {
            0 => writeln!(out)?,
            articles => writeln!(out, " ({} of it indexed)", plural(articles, "article"))?,
        }
    }
    if report.failed.len() > LISTED_FAILURES {
        let more = (report.failed.len() - LISTED_FAILURES) as u64;
        writeln!(out, "warning: {} more could not be read", plural(more, "file"))?;
        writeln!(out, "hint: `newsdex status --failed` lists them all")?;
    }
    if let Some(example) = report.unread_date_examples.first() {
        writeln!(
            out,
            "warning: {} not understood and kept as text, such as `{}` in `{}`",
            match report.unread_dates {
                1 => "1 date was".to_owned(),
                dates => format!("{} dates were", grouped(dates)),
            },
            safe_line(&example.text),
            safe_line(&example.path),
        )?;
    }
    Ok(())
}
