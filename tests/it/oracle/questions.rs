//! Random queries over every operator of the language.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use newsdex::text::tokens;

use super::corpus::{
    ADDRESSES, AUTHORS, Known, ORGANIZATIONS, OUTLETS, PEOPLE, PLACES, SECTIONS, TAGS, VOCABULARY,
};
use super::meaning::{Ask, Name, Text};
use crate::dice::Dice;

/// Fields of names, each with names that its articles may have.
pub(super) const NAME_FIELDS: [(&str, &[&str]); 8] = [
    ("person", &PEOPLE),
    ("org", &ORGANIZATIONS),
    ("place", &PLACES),
    ("outlet", &OUTLETS),
    ("by", &AUTHORS),
    ("section", &SECTIONS),
    ("tag", &TAGS),
    ("lang", &["en", "de", "fr", "pt", "zz", "xx"]),
];

const PATTERNS: [&str; 16] = [
    "strik*", "*ing", "w?m?n", "*s", "u*", "u??", "gr?ve*", "caf?", "CAF*", "er*an", "t*", "2*",
    "n*o*", "don'*", "*x*", "Erdo?an",
];

const PROPERTIES: [&str; 11] =
    ["person", "org", "place", "outlet", "by", "section", "tag", "lang", "date", "title", "url"];

/// Relative dates, on Saturday, 20 April 2024.
const RELATIVE_DATES: [(&str, Date, Date); 14] = [
    ("today", date(2024, 4, 20), date(2024, 4, 20)),
    ("yesterday", date(2024, 4, 19), date(2024, 4, 19)),
    ("7d", date(2024, 4, 14), date(2024, 4, 20)),
    ("100d", date(2024, 1, 12), date(2024, 4, 20)),
    ("2w", date(2024, 4, 7), date(2024, 4, 20)),
    ("3m", date(2024, 1, 21), date(2024, 4, 20)),
    ("1y", date(2023, 4, 21), date(2024, 4, 20)),
    ("this-week", date(2024, 4, 15), date(2024, 4, 21)),
    ("last-week", date(2024, 4, 8), date(2024, 4, 14)),
    ("this-month", date(2024, 4, 1), date(2024, 4, 30)),
    ("last-month", date(2024, 3, 1), date(2024, 3, 31)),
    ("this-year", date(2024, 1, 1), date(2024, 12, 31)),
    ("last-year", date(2023, 1, 1), date(2023, 12, 31)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
];

/// A query, nested at most `depth` deep.
pub(super) fn any(depth: usize, articles: &[Known], dice: &mut Dice) -> Ask {
    let several = |dice: &mut Dice| {
        (0..2 + dice.below(3)).map(|_| any(depth - 1, articles, dice)).collect::<Vec<_>>()
    };
    match dice.below(10) {
        _ if depth == 0 => leaf(articles, dice),
        0..=2 => Ask::And(several(dice)),
        3..=5 => Ask::Or(several(dice)),
        6 => Ask::Not(Box::new(any(depth - 1, articles, dice))),
        _ => leaf(articles, dice),
    }
}

fn one_of<'a>(articles: &'a [Known], dice: &mut Dice) -> &'a Known {
    &articles[dice.below(articles.len())]
}

fn leaf(articles: &[Known], dice: &mut Dice) -> Ask {
    match dice.below(24) {
        0..=9 => Ask::Text(dice.pick(&["", "", "", "title", "lead", "body"]), text(articles, dice)),
        10..=13 => name(dice),
        14..=16 => days(dice),
        17 => Ask::Length(dice.pick(&["<", "<=", "=", ">=", ">"]), dice.below(120)),
        18 => {
            let first = dice.below(100);
            Ask::LengthRange(first, first + dice.below(60))
        }
        19 => Ask::Has(dice.pick(&PROPERTIES)),
        20 if dice.one_in(2) => Ask::Places(1, super::places::any(2, articles, dice)),
        20 => path(articles, dice),
        21 => url(dice),
        22 => {
            let id = &one_of(articles, dice).id;
            Ask::Id(id[..1 + dice.below(12)].to_owned())
        }
        _ => Ask::All,
    }
}

pub(super) fn text(articles: &[Known], dice: &mut Dice) -> Text {
    match dice.below(8) {
        0..=3 => Text::Word(word(dice)),
        4 | 5 => Text::Phrase(phrase(articles, dice)),
        6 => Text::Phrase(word(dice)),
        _ => Text::Pattern(dice.pick(&PATTERNS).to_owned()),
    }
}

/// A word of the vocabulary or two joined, in capitals now and then.
fn word(dice: &mut Dice) -> String {
    let word = dice.pick(&VOCABULARY);
    match dice.below(12) {
        // In capitals these are operators only if they stand alone.
        0 if !matches!(word, "or" | "and" | "not") => word.to_uppercase(),
        1 => format!("{word}-{}", dice.pick(&VOCABULARY)),
        2 => word.to_lowercase(),
        _ => word.to_owned(),
    }
}

/// Words as they stand side by side in some article, or nearly so.
fn phrase(articles: &[Known], dice: &mut Dice) -> String {
    let article = one_of(articles, dice);
    let text = if dice.one_in(3) { &article.title } else { &article.body };
    let words: Vec<_> = tokens(text).collect();
    if words.is_empty() {
        return word(dice);
    }
    let first = dice.below(words.len());
    let last = (first + dice.below(4)).min(words.len() - 1);
    let phrase = text[words[first].span.start..words[last].span.end].replace('\n', " ");
    if dice.one_in(5) { format!("{phrase} {}", word(dice)) } else { phrase }
}

/// A name in some field.
pub(super) fn name(dice: &mut Dice) -> Ask {
    let (field, names) = dice.pick(&NAME_FIELDS);
    let name = dice.pick(names);
    let words: Vec<_> = tokens(name).map(|word| word.span.of(name)).collect();
    let asked = match dice.below(4) {
        0 => Name::Whole(if dice.one_in(3) { name.to_uppercase() } else { name.to_owned() }),
        1 => {
            let start: String = dice.pick(&words).chars().take(2).collect();
            Name::Pattern(format!("{start}*"))
        }
        2 if words.len() > 1 => Name::Word(format!("{}-{}", words[0], words[1])),
        _ => Name::Word(dice.pick(&words).to_owned()),
    };
    Ask::Name(field, asked)
}

/// Dates of publication.
pub(super) fn days(dice: &mut Dice) -> Ask {
    let day = |dice: &mut Dice| date(2022, 10, 1) + i64::try_from(dice.below(600)).unwrap().days();
    let (one, other) = (day(dice), day(dice));
    let (first, last) = (one.min(other), one.max(other));
    let month = |day: Date| day.strftime("%Y-%m").to_string();
    match dice.below(9) {
        0 => Ask::Date(format!(":{one}"), Some(one), Some(one)),
        1 => Ask::Date(
            format!(":{}", month(one)),
            Some(one.first_of_month()),
            Some(one.last_of_month()),
        ),
        2 => Ask::Date(format!(":{first}..{last}"), Some(first), Some(last)),
        3 => Ask::Date(
            format!(":{}..{}", month(first), month(last)),
            Some(first.first_of_month()),
            Some(last.last_of_month()),
        ),
        4 => Ask::Date(format!(":..{last}"), None, Some(last)),
        5 => Ask::Date(format!(":{}..", month(first)), Some(first.first_of_month()), None),
        6 => match dice.below(4) {
            0 => Ask::Date(format!(">={one}"), Some(one), None),
            1 => Ask::Date(format!(">{}", month(one)), Some(one.last_of_month() + 1.day()), None),
            2 => Ask::Date(format!("<={}", month(one)), None, Some(one.last_of_month())),
            _ => Ask::Date(format!("<{one}"), None, Some(one - 1.day())),
        },
        _ => {
            let (text, first, last) = dice.pick(&RELATIVE_DATES);
            Ask::Date(format!(":{text}"), Some(first), Some(last))
        }
    }
}

fn path(articles: &[Known], dice: &mut Dice) -> Ask {
    let path = &one_of(articles, dice).path;
    Ask::Path(match dice.below(5) {
        0 => path.clone(),
        1 => path.rsplit_once('/').unwrap().0.to_owned(),
        2 => "a/".to_owned(),
        3 => format!("*{}", path.rsplit_once('/').unwrap().1),
        _ => dice.pick(&["a/f?.jsonl", "a*", "?", "*/f1*", "a/b/*.jsonl", "A"]).to_owned(),
    })
}

fn url(dice: &mut Dice) -> Ask {
    let url = dice.pick(&ADDRESSES);
    let words: Vec<_> = tokens(url).collect();
    let first = dice.below(words.len());
    let last = (first + dice.below(3)).min(words.len() - 1);
    Ask::Url(url[words[first].span.start..words[last].span.end].to_owned())
}
