//! Who and what the articles name: a few very often, most hardly ever.

use super::random::{Random, Zipf};
use super::vocabulary::Vocabulary;

/// People, of whom most are named in some articles of a million.
const PEOPLE: usize = 300_000;
/// Surnames: several people share each.
const SURNAMES: usize = 60_000;
/// Organizations.
const ORGANIZATIONS: usize = 30_000;
/// Places.
const PLACES: usize = 20_000;
/// Authors.
const AUTHORS: usize = 5_000;
/// Outlets.
const OUTLETS: usize = 300;
/// Topics.
const TAGS: usize = 1_000;

/// The exponent of Zipf's law for names: below 1, so that the tail is long.
const EXPONENT: f64 = 0.85;

const GIVEN_NAMES: [&str; 48] = [
    "Alice", "Amelia", "Anna", "Barbara", "Carol", "Claire", "Daniela", "Elena", "Emma", "Fatima",
    "Grace", "Hannah", "Ingrid", "Jane", "Julia", "Karen", "Laura", "Linda", "Maria", "Nadia",
    "Olga", "Priya", "Rachel", "Sarah", "Ahmed", "Andrew", "Ben", "Carlos", "Daniel", "David",
    "Edward", "Frank", "George", "Hassan", "Ivan", "James", "John", "Kofi", "Liam", "Mark",
    "Michael", "Noah", "Omar", "Paul", "Peter", "Robert", "Samuel", "Thomas",
];
const SURNAME_ENDINGS: [&str; 16] = [
    "son", "ley", "ov", "ski", "mann", "ez", "well", "ford", "ton", "berg", "ini", "aki", "er",
    "ard", "wood", "ström",
];
const PLACE_ENDINGS: [&str; 8] = ["ville", "burg", "ham", "ton", "stad", "port", "field", "grad"];
const ORGANIZATION_KINDS: [&str; 14] = [
    "Bank",
    "University",
    "Party",
    "Council",
    "Hospital",
    "Institute",
    "Foundation",
    "Airlines",
    "Police Department",
    "Energy",
    "Motors",
    "United",
    "Chamber of Commerce",
    "Union",
];
const OUTLET_KINDS: [&str; 8] =
    ["Times", "Gazette", "Post", "Herald", "Courier", "Tribune", "Daily News", "Echo"];

/// A person.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person<'a> {
    pub(super) given: &'a str,
    pub(super) surname: &'a str,
}

/// A list of names, of which the first are the most frequent.
#[derive(Debug)]
struct Ranked {
    names: Vec<String>,
    ranks: Zipf,
}

impl Ranked {
    fn new(count: usize, mut name: impl FnMut(usize) -> String) -> Self {
        Self { names: (0..count).map(&mut name).collect(), ranks: Zipf::new(count, EXPONENT) }
    }

    fn draw(&self, random: &mut Random) -> &str {
        &self.names[self.ranks.draw(random)]
    }
}

/// All names.
#[derive(Debug)]
pub(super) struct Names {
    surnames: Vec<String>,
    people: Zipf,
    places: Ranked,
    organizations: Ranked,
    outlets: Ranked,
    authors: Ranked,
    tags: Ranked,
    seed: u64,
}

impl Names {
    /// The names that are made of these words.
    pub(super) fn new(vocabulary: &Vocabulary, seed: u64) -> Self {
        let mut random = Random::new(seed, 2);
        let surnames: Vec<String> =
            (0..SURNAMES).map(|_| name(&mut random, vocabulary, &SURNAME_ENDINGS)).collect();
        let places = Ranked::new(PLACES, |_| name(&mut random, vocabulary, &PLACE_ENDINGS));
        let organizations = Ranked::new(ORGANIZATIONS, |_| {
            let kind = random.pick(&ORGANIZATION_KINDS);
            let first = if random.percent(40) {
                places.draw(&mut random).to_owned()
            } else {
                surnames[random.below(SURNAMES)].clone()
            };
            format!("{first} {kind}")
        });
        let outlets = Ranked::new(OUTLETS, |_| {
            let kind = random.pick(&OUTLET_KINDS);
            format!("{} {kind}", places.names[random.below(PLACES)])
        });
        let authors = Ranked::new(AUTHORS, |_| {
            format!("{} {}", random.pick(&GIVEN_NAMES), surnames[random.below(SURNAMES)])
        });
        let tags = Ranked::new(TAGS, |_| vocabulary.stem(&mut random).to_owned());
        let people = Zipf::new(PEOPLE, EXPONENT);
        Self { surnames, people, places, organizations, outlets, authors, tags, seed }
    }

    /// A person, the same under the same rank.
    pub(super) fn person(&self, random: &mut Random) -> Person<'_> {
        let mut who = Random::new(self.seed ^ 3, self.people.draw(random) as u64);
        let given = who.pick(&GIVEN_NAMES);
        Person { given, surname: &self.surnames[who.below(SURNAMES)] }
    }

    pub(super) fn place(&self, random: &mut Random) -> &str {
        self.places.draw(random)
    }

    pub(super) fn organization(&self, random: &mut Random) -> &str {
        self.organizations.draw(random)
    }

    pub(super) fn outlet(&self, random: &mut Random) -> &str {
        self.outlets.draw(random)
    }

    pub(super) fn author(&self, random: &mut Random) -> &str {
        self.authors.draw(random)
    }

    pub(super) fn tag(&self, random: &mut Random) -> &str {
        self.tags.draw(random)
    }
}

/// The beginning of a word with an ending, as a name.
fn name(random: &mut Random, vocabulary: &Vocabulary, endings: &[&str]) -> String {
    let stem = vocabulary.stem(random);
    let length = 3 + random.below(stem.len() - 3);
    capital(&format!("{}{}", &stem[..length], random.pick(endings)))
}

/// A word of plain letters with a capital.
pub(super) fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase())
}
