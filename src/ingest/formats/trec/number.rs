//! What the number of a record tells: who published it, and when.
//!
//! Source: the README files of TIPSTER, TREC disks 1 to 5, AQUAINT and Gigaword.

use jiff::civil::Date;

use crate::article::Published;

/// How six digits of a day are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// `880212`.
    YearFirst,
    /// `021288`.
    MonthFirst,
}

/// What numbers begin with, the longer of two first, and who published such records.
const OUTLETS: [(&str, &str); 20] = [
    ("APW", "Associated Press"),
    ("AP", "Associated Press"),
    ("AFP", "Agence France-Presse"),
    ("WSJ", "The Wall Street Journal"),
    ("FT", "Financial Times"),
    ("LATIMES", "Los Angeles Times"),
    ("LTW", "Los Angeles Times/Washington Post"),
    ("LA", "Los Angeles Times"),
    ("FBIS", "Foreign Broadcast Information Service"),
    ("FR", "Federal Register"),
    ("SJMN", "San Jose Mercury News"),
    ("ZF", "Ziff-Davis"),
    ("DOE", "Department of Energy"),
    ("CR", "Congressional Record"),
    ("NYT", "The New York Times"),
    ("XIE", "Xinhua"),
    ("XIN", "Xinhua"),
    ("CNA", "Central News Agency"),
    ("WPB", "The Washington Post/Bloomberg"),
    ("PTI", "Press Trust of India"),
];

/// The languages of Gigaword, as its numbers name them: `AFP_ENG_20100101.0001`.
const LANGUAGES: [(&str, &str); 5] =
    [("ENG", "en"), ("FRE", "fr"), ("SPA", "es"), ("ARB", "ar"), ("CMN", "zh")];

/// The letters that a number begins with.
fn prefix(number: &str) -> &str {
    let length = number.bytes().take_while(u8::is_ascii_alphabetic).count();
    &number[..length]
}

/// Who published the record of that number.
pub(super) fn outlet(number: &str) -> Option<&'static str> {
    let prefix = prefix(number).to_ascii_uppercase();
    let has_digits = number.bytes().any(|byte| byte.is_ascii_digit());
    let found = OUTLETS.iter().find(|(known, _)| *known == prefix && has_digits);
    found.map(|(_, outlet)| *outlet)
}

/// The language of the record of that number.
pub(super) fn lang(number: &str) -> Option<&'static str> {
    match number.split('_').nth(1) {
        Some(name) => {
            let found = LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, lang)| *lang)
        }
        None => outlet(number).map(|_| "en"),
    }
}

/// The day in a number: `AP880212-0001`, `LA010189-0001`, `NYT19980601.0001`,
/// `AFP_ENG_20100101.0001`.
pub(super) fn day(number: &str) -> Option<Published> {
    let prefix = prefix(number);
    let rest = &number[prefix.len()..];
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let long = number.split(['_', '.']).find(|part| {
        let part = part.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        digits(part) == 8 && part.len() == 8
    });
    if let Some(long) = long {
        let long = &long[long.len() - 8..];
        return day_of(long.get(..4)?, long.get(4..6)?, long.get(6..)?);
    }
    let order = match prefix.to_ascii_uppercase().as_str() {
        "AP" | "WSJ" | "FR" => Order::YearFirst,
        "LA" => Order::MonthFirst,
        _ => return None,
    };
    six_digits(&rest[..digits(rest)], order)
}

/// The day of the last century that is all of `text`: six digits.
pub(super) fn six_digits(text: &str, order: Order) -> Option<Published> {
    let text = text.trim();
    if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = match order {
        Order::YearFirst => (&text[..2], &text[2..4], &text[4..]),
        Order::MonthFirst => (&text[4..], &text[..2], &text[2..4]),
    };
    day_of(&format!("19{year}"), month, day)
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Published> {
    let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Published::day(day))
}

#[cfg(test)]
mod tests {
    use super::{day, lang, outlet};

    #[test]
    fn numbers_tell_outlets_and_languages() {
        for (number, name, language) in [
            ("AP880212-0001", "Associated Press", "en"),
            ("NYT19980601.0001", "The New York Times", "en"),
            ("AFP_FRE_20100101.0001", "Agence France-Presse", "fr"),
            ("APRIL", "", ""),
            ("WTX001-B01-1", "", ""),
            ("doc1", "", ""),
        ] {
            assert_eq!(outlet(number).unwrap_or_default(), name, "{number}");
            assert_eq!(lang(number).unwrap_or_default(), language, "{number}");
        }
    }

    #[test]
    fn other_numbers_tell_no_day() {
        for number in
            ["", "FT911-3", "SJMN91-06337001", "AP8802-1", "doc19990101x", "LA133189-1", "é"]
        {
            assert_eq!(day(number), None, "{number}");
        }
    }
}
