//! Random articles, written as real files and remembered as what they are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use newsdex::annotate::recogniser::RecogniserMemory;
use newsdex::annotate::{Annotator, EntityKind};
use newsdex::article::{Article, ArticleId};
use newsdex::text::{Case, Stemmer, Token, tokens};
use serde_json::{Value, json};

use crate::dice::Dice;

/// Words of the articles: inflections, acronyms beside the words they look
/// like, accents, marks inside, several scripts.
pub(super) const VOCABULARY: [&str; 74] = [
    "port",
    "ports",
    "Port",
    "strike",
    "strikes",
    "striking",
    "Strike",
    "striker",
    "drone",
    "drones",
    "government",
    "governments",
    "govern",
    "governs",
    "woman",
    "women",
    "us",
    "Us",
    "US",
    "U.S.",
    "who",
    "Who",
    "WHO",
    "ice",
    "Ice",
    "ICE",
    "NATO",
    "nato",
    "NGOs",
    "NGO",
    "ngos",
    "G7",
    "EU",
    "A",
    "a",
    "I",
    "the",
    "The",
    "of",
    "nation",
    "nations",
    "national",
    "anti-war",
    "sanction",
    "sanctions",
    "don't",
    "O'Brien",
    "Biden's",
    "Biden",
    "4.2",
    "1,200",
    "2024",
    "café",
    "Café",
    "cafe",
    "Erdoğan",
    "iPhone",
    "McDonald",
    "Hafen",
    "Häfen",
    "Streik",
    "Streiks",
    "grève",
    "grèves",
    "l'Iran",
    "Iran",
    "huelga",
    "huelgas",
    "東京",
    "straße",
    "STRASSE",
    "or",
    "and",
    "not",
];

const LANGUAGES: [&str; 8] = ["en", "en-GB", "de", "fr", "es", "pt_BR", "no", "zz"];
pub(super) const PEOPLE: [&str; 9] = [
    "Joe Biden",
    "JOE BIDEN",
    "Biden, Jill",
    "Ana O'Brien",
    "Recep Tayyip Erdoğan",
    "Recep Tayyip Erdogan",
    "Dwayne Johns\"on",
    "Jean-Luc Port",
    "Kim",
];
pub(super) const ORGANIZATIONS: [&str; 6] =
    ["NATO", "Nato", "World Health Organization", "Port Authority", "EU", "U.S. Army"];
pub(super) const PLACES: [&str; 5] = ["Iran", "Paris, Texas", "Paris", "São Paulo", "U.S."];
pub(super) const OUTLETS: [&str; 5] =
    ["Reuters", "REUTERS", "The Daily Port", "Le Monde", "Daily Café"];
pub(super) const AUTHORS: [&str; 4] = ["Ann Lee", "ANN LEE", "Bo Lind", "Cy O'Brien"];
pub(super) const SECTIONS: [&str; 4] = ["Politics", "politics", "World News", "Sport"];
pub(super) const TAGS: [&str; 6] = ["floods", "Floods", "port strike", "élection", "G7", "war"];
pub(super) const ADDRESSES: [&str; 5] = [
    "https://www.example.org/news/2024/port-strike",
    "https://example.com/a/Drones?id=7",
    "https://u.k.example/politics/1,200-jobs",
    "http://news.example.org/b",
    "https://example.org/caf%C3%A9/U.S._ports",
];

/// An article as it was written.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) path: String,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) body: String,
    /// Code of its language.
    pub(crate) language: String,
    pub(crate) outlet: Vec<String>,
    pub(crate) section: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) people: Vec<String>,
    pub(crate) organizations: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) url: String,
    pub(crate) date: Option<KnownDate>,
    pub(super) title_words: Vec<Seen>,
    pub(super) body_words: Vec<Seen>,
    /// Words of the body that belong to the lead.
    pub(super) lead_words: usize,
    /// Who and what is mentioned where, if that is known.
    pub(super) mentions: Vec<Mentioned>,
}

/// A mention of a person, an organization or a place, as it is meant.
#[derive(Debug)]
pub(super) struct Mentioned {
    pub(super) in_title: bool,
    /// Its first and its last word.
    pub(super) place: (usize, usize),
    pub(super) kind: EntityKind,
    /// A word for who it is.
    pub(super) who: String,
    /// The names and forms by which a word finds it.
    pub(super) forms: Vec<String>,
}

/// A date of publication: the days it covers, and seconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownDate {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) seconds: i64,
    /// Whether that is the very instant, and not the start of what is known.
    pub(crate) is_instant: bool,
}

/// A word of a text.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) folded: String,
    pub(super) stem: String,
    /// The acronym that it is, if it is one.
    pub(super) acronym: Option<String>,
}

impl Known {
    /// An English article of these texts, of which nothing else is known.
    pub(super) fn of_texts(id: &str, title: &str, body: &str) -> Self {
        let stemmer = Stemmer::for_language("en");
        let evident = evident_acronyms([title, body]);
        Self {
            id: id.to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            language: "en".to_owned(),
            title_words: seen(title, stemmer, &evident),
            body_words: seen(body, stemmer, &evident),
            lead_words: lead_words(body),
            ..Self::default()
        }
    }

    pub(crate) fn words(&self) -> usize {
        self.title_words.len() + self.body_words.len()
    }

    /// The values in a field of names.
    pub(crate) fn names(&self, field: &str) -> &[String] {
        match field {
            "person" => &self.people,
            "org" => &self.organizations,
            "place" => &self.places,
            "outlet" => &self.outlet,
            "by" => &self.authors,
            "section" => &self.section,
            "tag" => &self.tags,
            "lang" => std::slice::from_ref(&self.language),
            _ => panic!("no field of names is called {field}"),
        }
    }
}

/// Writes files of random articles below `base`, and tells what is in them.
pub(crate) fn write_articles(base: &Path, files: usize, dice: &mut Dice) -> Vec<Known> {
    let mut articles = Vec::new();
    for file in 0..files {
        let path = format!("{}/f{file}.jsonl", dice.pick(&["a", "a/b", "a b", "c"]));
        let mut lines = String::new();
        // Two at least: an article alone in its file has no part.
        for part in 1..=2 + dice.below(12) {
            let (record, known) = article(&path, &part.to_string(), dice);
            lines.push_str(&format!("{record}\n"));
            articles.push(known);
        }
        let file = base.join(&path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, lines).unwrap();
    }
    articles
}

fn article(path: &str, part: &str, dice: &mut Dice) -> (Value, Known) {
    let title = if dice.one_in(8) { String::new() } else { line(dice, 9) };
    let body = body(dice);
    let code = dice.pick(&LANGUAGES);
    let one = |dice: &mut Dice, choices: &[&str]| {
        let chosen = (!dice.one_in(4)).then(|| dice.pick(choices).to_owned());
        chosen.into_iter().collect::<Vec<_>>()
    };
    let several = |dice: &mut Dice, choices: &[&str]| {
        dice.some(choices, 3).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let (date_value, date) = date_of(dice);
    let language = language_of(&title, &body, code);
    let stemmer = Stemmer::for_language(&language);
    let mut known = Known {
        path: path.to_owned(),
        id: ArticleId::of(path, part).to_string(),
        language,
        outlet: one(dice, &OUTLETS),
        section: one(dice, &SECTIONS),
        authors: several(dice, &AUTHORS),
        tags: several(dice, &TAGS),
        people: several(dice, &PEOPLE),
        organizations: several(dice, &ORGANIZATIONS),
        places: several(dice, &PLACES),
        url: one(dice, &ADDRESSES).pop().unwrap_or_default(),
        date,
        title_words: Vec::new(),
        body_words: Vec::new(),
        lead_words: lead_words(&body),
        mentions: Vec::new(),
        title,
        body,
    };
    let evident = evident_acronyms([&known.title, &known.body]);
    known.title_words = seen(&known.title, stemmer, &evident);
    known.body_words = seen(&known.body, stemmer, &evident);
    let record = json!({
        "headline": known.title, "text": known.body, "language": code,
        "source": known.outlet.first(), "section": known.section.first(),
        "authors": known.authors, "tags": known.tags, "people": known.people,
        "organizations": known.organizations, "places": known.places,
        "url": known.url, "published": date_value,
    });
    (record, known)
}

/// The language of an article. Of so many English words a declared language may not be
/// believed, on which `annotate` has tests of its own.
fn language_of(title: &str, body: &str, code: &str) -> String {
    let article = Article {
        title: title.to_owned(),
        body: body.to_owned(),
        lang: code.to_owned(),
        ..Article::default()
    };
    let annotator = Annotator::default();
    let annotations = annotator.annotate(&article, &mut RecogniserMemory::default());
    annotations.language.unwrap_or_default()
}

/// A line of up to `most` words, now and then all in capitals.
fn line(dice: &mut Dice, most: usize) -> String {
    let mut line = String::new();
    for _ in 0..=dice.below(most) {
        if !line.is_empty() {
            line.push_str(dice.pick(&[" ", " ", " ", " ", ", ", ". ", " - ", "; ", "/"]));
        }
        line.push_str(dice.pick(&VOCABULARY));
    }
    if dice.one_in(6) { line.to_uppercase() } else { line }
}

fn body(dice: &mut Dice) -> String {
    let mut paragraphs = Vec::new();
    for _ in 0..=dice.below(3) {
        let lines = 1 + dice.below(3);
        let most = dice.pick(&[3, 12, 40]);
        paragraphs.push((0..lines).map(|_| line(dice, most)).collect::<Vec<_>>().join("\n"));
    }
    paragraphs.join("\n\n")
}

/// A date as a file may give it, and what it means.
fn date_of(dice: &mut Dice) -> (Value, Option<KnownDate>) {
    let day = date(2022, 11, 1) + i64::try_from(dice.below(560)).unwrap().days();
    let seconds = seconds_of(day);
    let at = |first: Date, last: Date, seconds| {
        Some(KnownDate { first, last, seconds, is_instant: false })
    };
    let of_day = |seconds| at(day, day, seconds);
    let instant = |seconds| Some(KnownDate { first: day, last: day, seconds, is_instant: true });
    let month = day.first_of_month();
    let year = day.first_of_year();
    match dice.below(10) {
        0 => (Value::Null, None),
        1 => (json!(dice.pick(&["soon", "03/04/2024", "2024-02-30"])), None),
        2 => {
            (json!(day.strftime("%Y").to_string()), at(year, day.last_of_year(), seconds_of(year)))
        }
        3 => {
            let text = day.strftime("%Y-%m").to_string();
            (json!(text), at(month, day.last_of_month(), seconds_of(month)))
        }
        4 => (json!(day.strftime("%-d %B %Y").to_string()), of_day(seconds)),
        // Half past one in Tokyo is the day before in UTC, and stays this day.
        5 => (json!(format!("{day}T01:30:00+09:00")), instant(seconds + 5_400 - 32_400)),
        6 => (json!(format!("{day}T23:10:00")), of_day(seconds + 83_400)),
        7 => (json!(seconds + 3_600), instant(seconds + 3_600)),
        8 => (json!(format!("{day}T22:40:00-05:00")), instant(seconds + 81_600 + 18_000)),
        _ => (json!(day.to_string()), of_day(seconds)),
    }
}

/// Seconds from 1970 to the start of a day in UTC.
fn seconds_of(day: Date) -> i64 {
    i64::from(day.since(date(1970, 1, 1)).unwrap().get_days()) * 86_400
}

/// The lead is the first paragraph, or the first 60 words.
fn lead_words(body: &str) -> usize {
    tokens(body.split("\n\n").next().unwrap()).count().min(60)
}

/// The lines of a text, each with its words.
fn lines_of(text: &str) -> Vec<(&str, Vec<Token>)> {
    text.split('\n').map(|line| (line, tokens(line).collect())).collect()
}

/// Whether a line of two words or more is all capitals; single letters and
/// numbers may stand among them.
fn is_shouted(line: &str, words: &[Token]) -> bool {
    let fits = |word: &Token| match word.case {
        Case::Capitals => true,
        Case::Initial => word.span.of(line).chars().count() == 1,
        Case::Lower => word.span.of(line).chars().next().unwrap().is_numeric(),
        _ => false,
    };
    words.len() > 1
        && words.iter().all(fits)
        && words.iter().any(|word| word.case == Case::Capitals)
}

/// The words that an article has in capitals in lines that are not all
/// capitals.
fn evident_acronyms(texts: [&str; 2]) -> BTreeSet<String> {
    let mut evident = BTreeSet::new();
    for (line, words) in texts.into_iter().flat_map(lines_of) {
        if !is_shouted(line, &words) {
            let capitals = words.iter().filter(|word| word.case == Case::Capitals);
            evident.extend(capitals.map(|word| word.folded(line)));
        }
    }
    evident
}

fn seen(text: &str, stemmer: Stemmer, evident: &BTreeSet<String>) -> Vec<Seen> {
    let mut all = Vec::new();
    for (line, words) in lines_of(text) {
        let shouted = is_shouted(line, &words);
        for word in &words {
            let folded = word.folded(line);
            let written = word.span.of(line);
            let telling =
                written.contains('.') || written.contains(|letter: char| letter.is_ascii_digit());
            let acronym = match word.case {
                Case::PluralCapitals => Some(folded.trim_end_matches('s').to_owned()),
                Case::Capitals if !shouted || telling || evident.contains(&folded) => {
                    Some(folded.clone())
                }
                _ => None,
            };
            all.push(Seen { stem: stemmer.stem(&folded).into_owned(), folded, acronym });
        }
    }
    all
}
