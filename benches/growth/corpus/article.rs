//! One article: its sentences, its fields, and whose copy it is.

use serde::Serialize;

use super::names::{Names, Person, capital};
use super::random::Random;
use super::vocabulary::Vocabulary;

/// An article as its file has it.
#[derive(Debug, Serialize)]
pub(super) struct Article {
    pub(super) title: String,
    pub(super) content: String,
    pub(super) date: String,
    source: String,
    authors: Vec<String>,
    section: &'static str,
    tags: Vec<String>,
    url: String,
}

const SECTIONS: [&str; 8] =
    ["Politics", "World", "Business", "Sport", "Culture", "Science", "Opinion", "Local"];
const ROLES: [&str; 10] = [
    "President",
    "Senator",
    "Minister",
    "Mayor",
    "Judge",
    "Professor",
    "spokesman",
    "lawyer",
    "coach",
    "analyst",
];

/// Paragraphs of an article: with this many, of three sentences each, it has some 480
/// words in the mean, as agencies' articles do.
const PARAGRAPHS: (usize, usize) = (5, 15);
/// Of a hundred articles, those that are another's text.
const COPIES: usize = 5;
/// How far back the article lies at most that is copied: an agency's text is printed
/// within days.
const COPIED_WITHIN: usize = 2_000;
/// The days of publication, from 1 January of the first year: ten years.
const FIRST_YEAR: usize = 2015;
const YEARS: usize = 10;

/// Makes articles.
#[derive(Debug)]
pub(super) struct Articles {
    pub(super) vocabulary: Vocabulary,
    pub(super) names: Names,
    pub(super) seed: u64,
}

impl Articles {
    /// The article with this number.
    pub(super) fn article(&self, number: usize) -> Article {
        let mut random = Random::new(self.seed ^ 4, number as u64);
        let original = match random.percent(COPIES) && number > 0 {
            true => number - 1 - random.below(number.min(COPIED_WITHIN)),
            false => number,
        };
        let mut text = Text::new(self, Random::new(self.seed ^ 5, original as u64));
        let (title, mut content) = text.article();
        if original != number {
            // Who prints an agency's text cuts it from the end.
            content.truncate(content.rfind("\n\n").unwrap_or(content.len()));
        }
        let names = &self.names;
        let (year, month, day) =
            (FIRST_YEAR + random.below(YEARS), 1 + random.below(12), 1 + random.below(28));
        let (hour, minute) = (random.below(24), random.below(60));
        let source = names.outlet(&mut random).to_owned();
        Article {
            url: format!("https://{}.example/{number}", source.to_lowercase().replace(' ', "-")),
            date: format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z"),
            authors: vec![names.author(&mut random).to_owned()],
            section: random.pick(&SECTIONS),
            tags: (0..random.below(4)).map(|_| names.tag(&mut random).to_owned()).collect(),
            title,
            content,
            source,
        }
    }
}

/// The text of an article while it is made.
struct Text<'a> {
    articles: &'a Articles,
    random: Random,
    /// Those that it is about.
    people: Vec<Person<'a>>,
    /// Whether each was named in full.
    introduced: Vec<bool>,
    out: String,
}

impl<'a> Text<'a> {
    fn new(articles: &'a Articles, mut random: Random) -> Self {
        let people: Vec<_> =
            (0..1 + random.below(6)).map(|_| articles.names.person(&mut random)).collect();
        let introduced = vec![false; people.len()];
        Self { articles, random, people, introduced, out: String::with_capacity(4_096) }
    }

    /// The title and the body.
    fn article(&mut self) -> (String, String) {
        self.words(6);
        let title = capital(&std::mem::take(&mut self.out));
        let paragraphs = PARAGRAPHS.0 + self.random.below(PARAGRAPHS.1 - PARAGRAPHS.0 + 1);
        for paragraph in 0..paragraphs {
            if paragraph > 0 {
                self.out.push_str("\n\n");
            }
            for sentence in 0..3 {
                if sentence > 0 {
                    self.out.push(' ');
                }
                self.sentence();
            }
        }
        (title, std::mem::take(&mut self.out))
    }

    fn sentence(&mut self) {
        let start = self.out.len();
        match self.random.below(10) {
            0 | 1 => {
                self.person();
                self.out.push_str(" said on Monday that ");
            }
            2 => {
                self.out.push_str("In ");
                self.out.push_str(self.articles.names.place(&mut self.random));
                self.out.push_str(", ");
            }
            3 => {
                self.out.push_str("The ");
                self.out.push_str(self.articles.names.organization(&mut self.random));
                self.out.push_str(" announced ");
            }
            _ => {
                self.words(2);
                self.out.push(' ');
            }
        }
        let words = 5 + self.random.below(18);
        self.words(words);
        if self.random.percent(15) {
            self.out.push_str(", according to ");
            self.person();
        }
        self.out.push('.');
        let first = self.out[start..=start].to_ascii_uppercase();
        self.out.replace_range(start..=start, &first);
    }

    fn words(&mut self, count: usize) {
        for word in 0..count {
            if word > 0 {
                self.out.push(' ');
            }
            self.out.push_str(self.articles.vocabulary.draw(&mut self.random));
        }
    }

    /// One of its people: in full at first, by surname later.
    fn person(&mut self) {
        let which = self.random.below(self.people.len());
        let Person { given, surname } = self.people[which];
        if !std::mem::replace(&mut self.introduced[which], true) {
            if self.random.percent(50) {
                self.out.push_str(self.random.pick(&ROLES));
                self.out.push(' ');
            }
            self.out.push_str(given);
            self.out.push(' ');
        }
        self.out.push_str(surname);
    }
}
