//! Dates in the names of source files and in the addresses of pages.
//!
//! Only what cannot be misread counts: the year first, or the month by name.

use jiff::civil::Date;

use super::calendar::date;
use super::months::month_named;
use super::scan::{Cursor, Kind, Token, scan};
use crate::article::{Precision, Published};
use crate::text::fold;

/// Years that a number without separators may mean: those of the files that
/// programs name so. Others are more often identifiers.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i64> = 1900..=2099;

/// The marks that join the numbers of a date in a name.
const JOINTS: &str = "-_.";

/// What the names are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// The path of a source file: a folder may be named after a year alone,
    /// and eight digits may follow letters (`APW19980104`).
    File,
    /// The address of a page: a year alone is as often a topic, and digits
    /// beside letters are identifiers.
    Page,
}

/// The date that the name of a source file or the folders above it give:
/// `2024/04/14/x.txt`, `2024-04-14-x.md`, `02Feb2006Kennedy6.txt`.
///
/// The most precise date counts; among equally precise ones that nearest to
/// the end of the path, and the first of several within one name. A folder
/// gives a year only if that is its whole name. Digits inside a longer run of
/// digits, and days that do not exist, count for nothing.
#[must_use]
pub fn date_in_path(path: &str) -> Option<Published> {
    let path = path.trim_end_matches(['/', '\\']);
    let name_start = path.rfind(['/', '\\']).map_or(0, |slash| slash + 1);
    let (folders, name) = path.split_at(name_start);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let names: Vec<String> =
        folders.split_terminator(['/', '\\']).chain([stem]).map(fold).collect();
    date_in_names(&names, Source::File)
}

/// The date in the address of a page: `/2024/04/14/`, `/2024/apr/14/`,
/// `/2024-04-14-x`, `/20240414/`; by the rules of [`date_in_path`], but never
/// a year alone. The host and what follows `?` or `#` count for nothing.
#[must_use]
pub fn date_in_url(url: &str) -> Option<Published> {
    let address = url.split_once("//").map_or(url, |(_, address)| address);
    let (_, path) = address.split_once('/')?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let names: Vec<String> = path.split('/').filter(|name| !name.is_empty()).map(fold).collect();
    date_in_names(&names, Source::Page)
}

/// The most precise date in folded `names`, the outermost folder first; the
/// last of equals.
fn date_in_names(names: &[String], source: Source) -> Option<Published> {
    let mut best: Option<Published> = None;
    for last in (0..names.len()).rev() {
        let found = date_ending_at(names, last, source);
        if found.map(|date| date.precision) > best.map(|date| date.precision) {
            best = found;
        }
        if best.is_some_and(|date| date.precision == Precision::Day) {
            break;
        }
    }
    best
}

/// The date whose last part is the name `last`.
fn date_ending_at(names: &[String], last: usize, source: Source) -> Option<Published> {
    let name = &names[last];
    if let Some(day) = day_in(name, source).or_else(|| day_of_folders(names, last)) {
        return Some(Published::day(day));
    }
    if let Some((year, month)) = month_at(names, last) {
        let first = date(year, month, 1).ok()?;
        return Published::month(first.year(), first.month());
    }
    let is_folder = last + 1 < names.len();
    if source == Source::File && is_folder {
        return Published::year(i16::try_from(whole_year(name)?).ok()?);
    }
    None
}

/// The day that the name `last` gives, with the month above it: `2024/04/14`.
fn day_of_folders(names: &[String], last: usize) -> Option<Date> {
    let day = whole_number(&names[last], 1..=2)?;
    let (year, month) = month_at(names, last.checked_sub(1)?)?;
    date(year, month, day).ok()
}

/// Year and month, where the name at `at` is a month: `2024-04`, `202404`, or
/// `04` and `apr` below a year.
fn month_at(names: &[String], at: usize) -> Option<(i64, i64)> {
    let name = names[at].as_str();
    let whole = whole_number(name, 6..=6).map(|digits| (digits / 100, digits % 100));
    let (year, month) = whole.or_else(|| joined_month(name)).or_else(|| {
        let month = whole_number(name, 1..=2).or_else(|| month_named(name).map(i64::from))?;
        Some((whole_year(&names[at.checked_sub(1)?])?, month))
    })?;
    (PLAUSIBLE_YEARS.contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

/// `2024-04`.
fn joined_month(name: &str) -> Option<(i64, i64)> {
    let (year, month) = name.split_once(['-', '_', '.'])?;
    Some((whole_year(year)?, whole_number(month, 1..=2)?))
}

/// The year that is all of `name`.
fn whole_year(name: &str) -> Option<i64> {
    whole_number(name, 4..=4).filter(|year| PLAUSIBLE_YEARS.contains(year))
}

/// The number that is all of `name`, if it has so many digits.
fn whole_number(name: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let is_number = digits.contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| is_number)
}

/// The first day that stands in `name`.
fn day_in(name: &str, source: Source) -> Option<Date> {
    let tokens: Vec<Token<'_>> = scan(name).collect();
    (0..tokens.len()).find_map(|start| {
        let cursor = Cursor::new(&tokens[start..]);
        compact_day(cursor)
            .filter(|_| source == Source::File || stands_alone(&tokens, start))
            .or_else(|| {
                numeric_day(cursor)
                    .or_else(|| day_month_year(cursor))
                    .or_else(|| month_day_year(cursor))
            })
    })
}

/// Whether no letters touch the token `at`.
fn stands_alone(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| tokens[before]);
    let touches_before = tokens[at].glued && before.is_some_and(|token| token.kind == Kind::Word);
    let after = tokens.get(at + 1);
    !touches_before && !after.is_some_and(|token| token.glued && token.kind == Kind::Word)
}

/// `20240414`.
fn compact_day(mut cursor: Cursor<'_>) -> Option<Date> {
    let digits = cursor.take_number(8..=8)?;
    let year = digits / 10_000;
    let is_plausible = PLAUSIBLE_YEARS.contains(&year);
    date(year, digits / 100 % 100, digits % 100).ok().filter(|_| is_plausible)
}

/// `2024-04-14`, `2024_04_14`, `2024 4 14`, `2024-apr-14`.
fn numeric_day(mut cursor: Cursor<'_>) -> Option<Date> {
    let year = cursor.take_number(4..=4)?;
    let joint = cursor.take_mark(JOINTS);
    let month = cursor.take_number(1..=2).or_else(|| take_month(&mut cursor))?;
    if cursor.take_mark(JOINTS) != joint {
        return None;
    }
    date(year, month, cursor.take_number(1..=2)?).ok()
}

/// `14-April-2024`, `02Feb2006`.
fn day_month_year(mut cursor: Cursor<'_>) -> Option<Date> {
    let day = cursor.take_number(1..=2)?;
    cursor.take_mark(JOINTS);
    let month = take_month(&mut cursor)?;
    cursor.take_mark(JOINTS);
    date(cursor.take_number(4..=4)?, month, day).ok()
}

/// `april-14-2024`, `Apr14_2024`.
fn month_day_year(mut cursor: Cursor<'_>) -> Option<Date> {
    let month = take_month(&mut cursor)?;
    cursor.take_mark(JOINTS);
    let day = cursor.take_number(1..=2)?;
    cursor.take_mark("-_.,");
    date(cursor.take_number(4..=4)?, month, day).ok()
}

fn take_month(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.take(|token| month_named(token.text)).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::{date_in_path, date_in_url};
    use proptest::prelude::*;

    #[test]
    fn paths_give_dates() {
        for (path, expected) in [
            ("2024/04/14/x.txt", "2024-04-14"),
            ("news/2024/04/x.txt", "2024-04"),
            ("archive/2024/x.txt", "2024"),
            ("2024-04-14-x.md", "2024-04-14"),
            ("2024_04_14.md", "2024-04-14"),
            ("2024-4-1 storm.txt", "2024-04-01"),
            ("x_20240414.txt", "2024-04-14"),
            ("AFP20240414.sgm", "2024-04-14"),
            ("02Feb2006Kennedy6.txt", "2006-02-02"),
            ("14-april-2024.txt", "2024-04-14"),
            ("Apr14_2024.txt", "2024-04-14"),
            ("2024-apr-14.txt", "2024-04-14"),
            ("2024/april/x.txt", "2024-04"),
            ("2024/Apr/14/x.txt", "2024-04-14"),
            ("2024-04/14.txt", "2024-04-14"),
            ("202404/14/x.txt", "2024-04-14"),
            ("2024/04.txt", "2024-04"),
            ("2024\\04\\14\\x.txt", "2024-04-14"),
            ("1865-04-15.txt", "1865-04-15"),
            // The most precise wins, then the nearest.
            ("2024/04/14/2023-05/x.txt", "2024-04-14"),
            ("2024/04/14/x_20240415.txt", "2024-04-15"),
            ("2024-04-14-to-2024-04-20.txt", "2024-04-14"),
            ("2023/2024/x.txt", "2024"),
            // What does not exist is passed over.
            ("2024/04/31/x.txt", "2024-04"),
            ("2024/13/x.txt", "2024"),
            ("2024-02-30-then-20240301.txt", "2024-03-01"),
        ] {
            let found = date_in_path(path).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{path}");
        }
    }

    #[test]
    fn other_paths_give_none() {
        for path in [
            "",
            "/",
            "x.txt",
            "2024.txt",
            "news2024/x.txt",
            "1812/x.txt",
            "120240414999.txt",
            "20241301.txt",
            "98765432.txt",
            "14-04-2024.txt",
            "04/14/2024.txt",
            "top-10-of-2024.txt",
            "2024-04-report.txt",
            "1-2-3.txt",
        ] {
            assert_eq!(date_in_path(path), None, "{path}");
        }
    }

    #[test]
    fn addresses_give_dates() {
        for (url, expected) in [
            ("https://example.org/2024/04/14/storm", "2024-04-14"),
            ("https://example.org/world/2024/apr/14/storm", "2024-04-14"),
            ("https://example.org/2024-04-14-storm.html", "2024-04-14"),
            ("https://example.org/storm-2024-04-14/", "2024-04-14"),
            ("https://example.org/20240414/storm", "2024-04-14"),
            ("https://example.org/2024/04/storm/", "2024-04"),
            ("//example.org/2024/04/14/", "2024-04-14"),
            ("/2024/04/14/storm?page=2023-01-01", "2024-04-14"),
            ("example.org/2024/04/14", "2024-04-14"),
        ] {
            let found = date_in_url(url).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(expected), "{url}");
        }
    }

    #[test]
    fn other_addresses_give_none() {
        for url in [
            "",
            "https://2024-04-14.example.org/storm",
            "https://example.org/storm?date=2024-04-14",
            "https://example.org/storm#2024-04-14",
            "https://example.org/2024/election",
            "https://example.org/world-68811276",
            "https://example.org/idUSL8N20240414",
            "https://example.org/120240414999",
            "https://example.org/04/14/2024",
        ] {
            assert_eq!(date_in_url(url), None, "{url}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in "[-_./0-9a-z:?é]{0,60}") {
            let _ = (date_in_path(&text), date_in_url(&text));
        }

        #[test]
        fn every_day_is_found(year in 1900i64..2100, month in 1i64..=12, day in 1i64..=28) {
            let expected = format!("{year}-{month:02}-{day:02}");
            for path in [
                format!("{year}/{month:02}/{day:02}/x"),
                format!("a/{year}-{month}-{day}.txt"),
                format!("a/x{year}{month:02}{day:02}x.txt"),
            ] {
                prop_assert_eq!(date_in_path(&path).unwrap().to_string(), expected.as_str());
            }
        }
    }
}
