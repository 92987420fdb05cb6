//! The names in a byline.

/// What stands before the names.
const OPENINGS: [&str; 5] = ["by ", "by: ", "written by ", "compiled by ", "by\u{a0}"];

/// What stands behind a name after a comma and belongs to it.
const SUFFIXES: [&str; 9] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "jd"];

/// Words that mark a part of a byline as an office rather than a name.
const OFFICES: [&str; 12] = [
    "correspondent",
    "correspondents",
    "reporter",
    "reporters",
    "editor",
    "writer",
    "writers",
    "columnist",
    "contributor",
    "producer",
    "staff",
    "analyst",
];

/// Names taken from one byline; the longest in 37,554 news articles has 10. It
/// keeps a text that only claims to be a byline from costing quadratic time.
const MOST_NAMES: usize = 200;

/// Splits a byline into names: `By Ann Lee and Bob Roy` and
/// `Ann Lee, Bob Roy, Staff Writers` give two each. Offices after a comma go;
/// an office that is all there is stays. A single pair of words with a comma
/// between is a name turned round: `Lee, Ann`.
#[must_use]
pub fn names_in_byline(byline: &str) -> Vec<String> {
    let byline = without_opening(byline.trim());
    let mut names: Vec<String> = Vec::new();
    for part in byline.split([',', ';', '|', '\n', '&']).flat_map(split_at_and) {
        let name = part.trim_matches(|character: char| {
            character.is_whitespace()
                || matches!(character, '"' | '“' | '”' | '-' | '–' | '—' | '/')
        });
        let name = without_opening(name);
        if names.len() == MOST_NAMES {
            break;
        }
        if let Some(last) = names.last_mut().filter(|_| is_suffix(name)) {
            last.push_str(", ");
            last.push_str(name);
            continue;
        }
        let is_said = name.is_empty() || names.iter().any(|known| known == name);
        if !is_said && (names.is_empty() || !is_office(name)) {
            names.push(name.to_owned());
        }
    }
    match names.as_slice() {
        [last, first] if is_turned_round(byline, last, first) => vec![format!("{first} {last}")],
        _ => names,
    }
}

fn without_opening(byline: &str) -> &str {
    let opening = OPENINGS.iter().find(|opening| {
        byline.get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
    });
    opening.map_or(byline, |opening| byline[opening.len()..].trim_start())
}

/// The pieces of `part` between the words `and`, in any case.
fn split_at_and(part: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(part);
    std::iter::from_fn(move || {
        let text = rest?;
        let place = text.match_indices(' ').map(|(place, _)| place).find(|place| {
            text.get(place + 1..place + 5).is_some_and(|word| word.eq_ignore_ascii_case("and "))
        });
        let starts_with_and = text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("and "));
        let (piece, behind) = match place {
            _ if starts_with_and => ("", Some(&text[4..])),
            Some(place) => (&text[..place], Some(&text[place + 5..])),
            None => (text, None),
        };
        rest = behind;
        Some(piece)
    })
}

fn is_suffix(name: &str) -> bool {
    let letters: String = name.chars().filter(|character| *character != '.').collect();
    SUFFIXES.iter().any(|suffix| letters.eq_ignore_ascii_case(suffix))
}

fn is_office(name: &str) -> bool {
    let last_word = name.rsplit(char::is_whitespace).next().unwrap_or(name);
    OFFICES.iter().any(|office| last_word.eq_ignore_ascii_case(office))
}

fn is_turned_round(byline: &str, last: &str, first: &str) -> bool {
    let is_word =
        |name: &str| name.chars().all(|character| character.is_alphabetic() || character == '-');
    is_word(last)
        && is_word(first)
        && byline.contains(',')
        && !byline.contains([';', '|', '\n', '&'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::names_in_byline;

    #[test]
    fn bylines_are_split() {
        let cases: [(&str, &[&str]); 16] = [
            ("", &[]),
            ("Ann Lee", &["Ann Lee"]),
            ("By Ann Lee", &["Ann Lee"]),
            ("by Ann Lee and Bob Roy", &["Ann Lee", "Bob Roy"]),
            ("BY ANN LEE AND BOB ROY", &["ANN LEE", "BOB ROY"]),
            ("Ann Lee, Bob Roy", &["Ann Lee", "Bob Roy"]),
            ("Ann Lee, Bob Roy, and Cem Ay", &["Ann Lee", "Bob Roy", "Cem Ay"]),
            ("Ann Lee; Bob Roy | Cem Ay & Di Wu", &["Ann Lee", "Bob Roy", "Cem Ay", "Di Wu"]),
            ("Bob Roy, Jr., Ann Lee", &["Bob Roy, Jr.", "Ann Lee"]),
            ("Ann Lee, Staff Writer", &["Ann Lee"]),
            ("Staff", &["Staff"]),
            ("Lee, Ann", &["Ann Lee"]),
            ("Andy Sandberg", &["Andy Sandberg"]),
            ("\"Ann Lee\", Ann Lee", &["Ann Lee"]),
            ("Ann Lee and", &["Ann Lee and"]),
            ("Ann and and Bo", &["Ann", "Bo"]),
        ];
        for (byline, names) in cases {
            assert_eq!(names_in_byline(byline), names, "{byline}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(byline in "([aé,;& ]|and | and |By |Jr\\.){0,20}") {
            let names = names_in_byline(&byline);
            prop_assert!(names.iter().all(|name| !name.is_empty()));
        }
    }
}
