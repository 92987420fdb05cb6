//! The names in the elements that show who wrote an article.

/// What stands before names on pages, in lower case.
const OPENINGS: [&str; 32] = [
    "author:",
    "author",
    "auteur :",
    "auteur:",
    "autor:",
    "autorin:",
    "autoren:",
    "autor",
    "autore:",
    "beitrag von",
    "by:",
    "by",
    "di",
    "door",
    "ein artikel von",
    "ein beitrag von",
    "escrito por",
    "geschrieben von",
    "gastbeitrag von",
    "par",
    "por:",
    "por",
    "posted by",
    "publié par",
    "redakteur:",
    "scritto da",
    "text:",
    "verfasst von",
    "von:",
    "von",
    "written by",
    "av",
];

/// What stands between two names.
const BETWEEN: [&str; 8] = [" and ", " und ", " et ", " y ", " e ", " og ", " & ", " / "];

/// Small words within names.
const PARTICLES: [&str; 22] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "dos", "du",
    "el", "la", "le", "of", "ten", "van", "von", "zu",
];

/// Words that no name has.
const NO_NAMES: [&str; 26] = [
    "about",
    "admin",
    "all",
    "alle",
    "am",
    "article",
    "articles",
    "artikel",
    "author",
    "autor",
    "bio",
    "by",
    "follow",
    "mehr",
    "min",
    "more",
    "posted",
    "posts",
    "published",
    "read",
    "share",
    "uhr",
    "updated",
    "view",
    "von",
    "zur",
];

/// Words behind names that begin what else a byline says.
const BEHIND: [&str; 12] =
    ["am", "at", "den", "el", "il", "in", "le", "on", "um", "updated", "vom", "|"];

/// The longest name, in words; with more it is a sentence.
const MOST_WORDS: usize = 5;

/// Authors of one article; more are those of a list of articles.
const MOST_AUTHORS: usize = 4;

/// How surely an element holds names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It is marked up as the author: even `marc` is a name.
    Stated,
    /// Its class has to do with authors: names have to look like names.
    Guessed,
}

/// The names in `texts`, of which each is that of an element.
pub(super) fn names(texts: &[String], trust: Trust) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in texts.iter().flat_map(|text| names_in(text, trust)) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    if names.len() > MOST_AUTHORS {
        names.truncate(1);
    }
    names
}

fn names_in(text: &str, trust: Trust) -> Vec<String> {
    let without = without_opening(text);
    let is_opened = without.len() < text.len();
    // Behind these stand dates and places.
    let end = without.find(['|', '•', '·', '(', '–', '—', ':']).unwrap_or(without.len());
    let mut parts = vec![&without[..end]];
    for between in BETWEEN {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    let parts = parts.into_iter().flat_map(|part| part.split([',', ';']));
    let mut names = Vec::new();
    for part in parts.map(|part| without_opening(part.trim())) {
        let end = part.split(' ').scan(0, |end, word| {
            let start = *end;
            *end += word.len() + 1;
            Some((start, word))
        });
        let end = { end }.find(|(start, word)| *start > 0 && is_behind_names(word));
        let name = part[..end.map_or(part.len(), |(start, _)| start)].trim_end_matches([' ', '-']);
        let is_sure = trust == Trust::Stated || is_opened || name.contains(' ') || name == text;
        // What follows the names are offices, places and dates.
        if !(is_sure && (is_name(name) || trust == Trust::Stated && is_nickname(name))) {
            break;
        }
        names.push(name.to_owned());
        if end.is_some() {
            break;
        }
    }
    names
}

/// Whether a word begins what stands behind names: a day, a place.
fn is_behind_names(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) || BEHIND.binary_search(&word).is_ok()
}

fn is_nickname(name: &str) -> bool {
    name.len() > 2
        && name.chars().all(|character| character.is_alphanumeric() || "._-".contains(character))
        && NO_NAMES.binary_search(&name.to_lowercase().as_str()).is_err()
}

fn without_opening(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['-', '–', '—', '|', '•', '·']).trim_start();
    let behind = OPENINGS.iter().filter_map(|opening| {
        let start = text.get(..opening.len())?;
        let rest = &text[opening.len()..];
        (start.to_lowercase() == *opening && rest.starts_with([' ', '\u{a0}']))
            .then(|| rest.trim_start())
    });
    { behind }.min_by_key(|rest| rest.len()).unwrap_or(text)
}

/// Whether `text` looks like the name of a person or a desk.
pub(super) fn is_name(text: &str) -> bool {
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        let lower = word.to_lowercase();
        let is_plain = word.chars().all(|character| {
            character.is_alphabetic() || matches!(character, '.' | '-' | '\'' | '’' | '\u{ad}')
        });
        let is_upper = word.chars().next().is_some_and(|first| !first.is_lowercase())
            // d’Or
            || word.chars().nth(1).is_some_and(|second| "'’".contains(second));
        if !is_plain
            || NO_NAMES.binary_search(&lower.as_str()).is_ok()
            || !(is_upper || words > 1 && PARTICLES.binary_search(&word).is_ok())
        {
            return false;
        }
    }
    (1..=MOST_WORDS).contains(&words) && text.chars().count() > 2 && !is_address(text)
}

/// Whether `text` is the name of a site: `gull.example`.
pub(super) fn is_address(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(before, end)| {
        before.len() > 2 && end.len() > 1 && !text.contains(' ') && end.is_ascii()
    })
}

#[cfg(test)]
mod tests {
    use super::{BEHIND, NO_NAMES, PARTICLES, Trust, is_name, names};

    fn found(text: &str) -> Vec<String> {
        names(&[text.to_owned()], Trust::Guessed)
    }

    #[test]
    fn words_can_be_searched() {
        assert!(BEHIND.is_sorted() && NO_NAMES.is_sorted() && PARTICLES.is_sorted());
    }

    #[test]
    fn bylines_give_names() {
        let cases: [(&str, &[&str]); 10] = [
            ("By Ann Lee", &["Ann Lee"]),
            ("Von Ann Lee und Bob Roy", &["Ann Lee", "Bob Roy"]),
            ("Par Ann Lee | Publié le 3 mai", &["Ann Lee"]),
            ("ANN LEE am 3. Mai", &["ANN LEE"]),
            ("Author: Bob van Roy, The Gull", &["Bob van Roy", "The Gull"]),
            ("Ann Lee, staff writer", &["Ann Lee"]),
            ("Share this article", &[]),
            ("3 May 2020", &[]),
            ("von", &[]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_stated_may_be_a_nickname() {
        assert_eq!(names(&["by gull_77".to_owned()], Trust::Stated), ["gull_77"]);
        assert!(names(&["more".to_owned()], Trust::Stated).is_empty());
        assert!(found("gull_77").is_empty());
    }

    #[test]
    fn names_of_a_list_of_articles_are_not_all_authors() {
        let texts = ["Ann Lee", "Bob Roy", "Cid Fox", "Dan Orr", "Eve Poe"].map(str::to_owned);
        assert_eq!(names(&texts, Trust::Stated), ["Ann Lee"]);
        assert_eq!(names(&texts[..2], Trust::Stated), ["Ann Lee", "Bob Roy"]);
    }

    #[test]
    fn names_look_like_names() {
        for name in ["Ann Lee", "Jean-Luc d’Or", "Ludwig van Roy", "李娜娜", "Dr. A. Lee"] {
            assert!(is_name(name), "{name}");
        }
        for text in ["", "gull.example", "Gull.example", "the end", "A1", "About Ann"] {
            assert!(!is_name(text), "{text}");
        }
    }
}
