//! Source files that were not read, or hold very much, and the versions of articles that
//! are not shown.

use std::collections::BTreeMap;

use super::run::most;
use super::{Check, CheckupRequest, Example, Finding, Member};
use crate::index::{IndexReader, SourceRecord};
use crate::search::error::SearchError;

/// Articles from which a source file is large: a path, and a change of the file, say
/// little of any one of them then.
pub const LARGE_FILE: u64 = 1_000;

/// The source files that one of the checks of files is about.
pub(super) fn troubled_files(
    check: Check,
    reader: &IndexReader,
    request: &CheckupRequest,
) -> Result<Finding, SearchError> {
    let manifest = reader.manifest()?;
    let is_meant = |record: &&SourceRecord| match check {
        Check::UnreadFile => record.trouble.is_some() && record.articles == 0,
        Check::PartlyReadFile => record.trouble.is_some() && record.articles > 0,
        _ => record.articles >= LARGE_FILE,
    };
    let found: Vec<&SourceRecord> = manifest.iter().filter(is_meant).collect();
    let count = found.len() as u64;
    let examples = match check {
        Check::LargeFile => largest(found, most(request.examples)),
        _ => by_reason(&found, request),
    };
    Ok(Finding::of(check, count, examples))
}

/// Files with most articles first, then by name.
fn largest(mut found: Vec<&SourceRecord>, most: usize) -> Vec<Example> {
    found.sort_by_key(|record| std::cmp::Reverse(record.articles));
    found.into_iter().take(most).map(|record| Example::of(member(record))).collect()
}

/// Files that fail for one reason together: the commonest reason first, then by reason.
fn by_reason(found: &[&SourceRecord], request: &CheckupRequest) -> Vec<Example> {
    let mut reasons: BTreeMap<String, Vec<&SourceRecord>> = BTreeMap::new();
    for record in found {
        let reason = reason_of(record.trouble.as_deref().unwrap_or_default());
        reasons.entry(reason).or_default().push(record);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, records)| std::cmp::Reverse(records.len()));
    let example = |(what, records): (String, Vec<&SourceRecord>)| Example {
        what,
        count: records.len() as u64,
        members: records.into_iter().take(most(request.members)).map(member).collect(),
    };
    reasons.into_iter().take(most(request.examples)).map(example).collect()
}

fn member(record: &SourceRecord) -> Member {
    Member::File {
        path: record.name.clone(),
        articles: record.articles,
        what: record.trouble.clone().unwrap_or_default(),
    }
}

/// A reason without what is of one file alone: numbers, and what it quotes. The ending
/// of a name stays.
fn reason_of(trouble: &str) -> String {
    let mut reason = String::with_capacity(trouble.len());
    for (place, piece) in trouble.split('`').enumerate() {
        let is_quoted = place % 2 == 1;
        match piece {
            _ if is_quoted && piece.starts_with('.') => reason.extend(["`", piece, "`"]),
            _ if is_quoted => reason.push('…'),
            _ => {
                let mut in_number = false;
                for letter in piece.chars() {
                    let is_digit = letter.is_ascii_digit();
                    if !is_digit {
                        reason.push(letter);
                    } else if !in_number {
                        reason.push('…');
                    }
                    in_number = is_digit;
                }
            }
        }
    }
    reason
}

/// The versions of articles that a later one stands before, or that their publisher
/// took back: by source file.
pub(super) fn put_aside(
    check: Check,
    reader: &IndexReader,
    request: &CheckupRequest,
) -> Result<Finding, SearchError> {
    let fields = reader.fields();
    let mut paths = Vec::new();
    for segment in reader.searcher().segment_readers() {
        let columns = segment.fast_fields();
        let Some(names) = columns.str(fields.name_of(fields.hidden_path))? else { continue };
        let withdraws = columns.u64(fields.name_of(fields.withdraws))?;
        for doc in segment.doc_ids_alive() {
            let Some(ord) = names.ords().first(doc) else { continue };
            let withdrawn = withdraws.first(doc).unwrap_or_default() > 0;
            if withdrawn == (check == Check::Withdrawn) {
                let mut path = String::new();
                names.ord_to_str(ord, &mut path)?;
                paths.push(path);
            }
        }
    }
    paths.sort_unstable();
    let count = paths.len() as u64;
    let example = |path| Example::of(Member::File { path, articles: 1, what: String::new() });
    let shown = paths.into_iter().take(most(request.examples));
    Ok(Finding::of(check, count, shown.map(example).collect()))
}

#[cfg(test)]
mod tests {
    use super::reason_of;

    #[test]
    fn reasons_lose_what_is_of_one_file() {
        for (trouble, reason) in [
            ("empty", "empty"),
            ("`.pdf` files are not read", "`.pdf` files are not read"),
            ("line 12: neither a title nor a text", "line …: neither a title nor a text"),
            ("`a/b.txt`: empty (and 3 more)", "…: empty (and … more)"),
            ("an odd ` alone 7", "an odd …"),
            ("", ""),
        ] {
            assert_eq!(reason_of(trouble), reason, "{trouble}");
        }
    }
}
