//! The people of an article: which of the full names mean one person.
//!
//! Two full names mean one person if they share the surname, their given names
//! are one (*Joe*, *Joseph*, *J.*), no middle name of the one speaks against the
//! other, and not one alone is a *Jr*. A name that is the end or the beginning of a
//! longer one (*Peña Nieto*, *Valerie Plame* beside *Valerie Plame Wilson*) means whom
//! that means.

use rustc_hash::FxHashMap;

use super::forms::Form;
use super::gender::{Gender, gender_of};
use super::groups::Groups;
use super::keys::Keys;
use super::known::is_figure;
use super::words::{WordRange, Words};
use crate::annotate::EntityKind;
use crate::text::given_name;

/// Somebody whom the article names in full.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// The name in full, as its longest form has it.
    name: WordRange,
    is_regnal: bool,
    generation: Option<&'static str>,
    /// As the given name tells it.
    pub gender: Option<Gender>,
    /// The surname has a best known bearer.
    pub has_figure_name: bool,
    /// This is he or she.
    pub is_figure: bool,
    /// Introduced as somebody's relative.
    pub is_kin: bool,
}

impl Person {
    /// *Jr*, *II*, folded.
    pub(super) fn generation(&self) -> Option<&'static str> {
        self.generation
    }
}

/// The people that an article names in full.
#[derive(Debug)]
pub(super) struct People<'n> {
    /// They, the longest names first.
    pub persons: Vec<Person>,
    /// Who bears a surname: the group of each last word.
    pub surnames: FxHashMap<&'n str, usize>,
    /// Who is meant by each form; none for short forms and other kinds.
    pub meant: Vec<Meant>,
}

/// Whom a form means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Meant {
    /// Not said by the form alone.
    #[default]
    Open,
    /// This one.
    One(usize),
    /// One of a group: a full name that several may bear.
    OneOf(usize),
}

/// Words of the longest name whose ends are looked at: *Luiz Inácio Lula da
/// Silva* has five.
const MOST_WORDS: usize = 8;

impl<'n> People<'n> {
    /// The people whom `forms` name in full.
    pub(super) fn new(
        words: &'n Words,
        forms: &[Form<'_>],
        keys: &mut Keys<'n>,
        groups: &mut Groups,
    ) -> Self {
        let mut people = Self {
            persons: Vec::with_capacity(forms.len() / 2),
            surnames: FxHashMap::default(),
            meant: vec![Meant::Open; forms.len()],
        };
        let mut of_key = vec![Meant::Open; keys.keys.len()];
        for place in full_names(words, forms) {
            let key = keys.of_form[place];
            if of_key[key] == Meant::Open && keys.keys[key].group.is_none() {
                of_key[key] = people.meant_by(words, &forms[place], groups);
                if let Meant::One(person) = of_key[key] {
                    people.register(words, &forms[place], person, keys, groups);
                }
            }
            people.meant[place] = of_key[key];
        }
        people
    }

    /// Who is meant by a full name: one who is known already, or another.
    fn meant_by(&mut self, words: &Words, form: &Form<'_>, groups: &mut Groups) -> Meant {
        let last = words.word(form.name_words().end - 1);
        let namesakes = self.surnames.get(last).map_or(&[][..], |&group| groups.members(group));
        let is_meant = |person: &&usize| self.persons[**person].may_be(words, form);
        let mut meant = namesakes.iter().filter(is_meant);
        match (meant.next(), meant.next()) {
            (None, _) => {
                self.persons.push(Person::new(words, form));
                Meant::One(self.persons.len() - 1)
            }
            (Some(&person), None) => Meant::One(person),
            (Some(&one), Some(&other)) => {
                let several: Vec<usize> = [one, other].into_iter().chain(meant.copied()).collect();
                Meant::OneOf(groups.add(several))
            }
        }
    }

    /// Makes `person` findable under the parts of a name.
    fn register(
        &mut self,
        words: &'n Words,
        form: &Form<'_>,
        person: usize,
        keys: &mut Keys<'n>,
        groups: &mut Groups,
    ) {
        let name = form.name_words();
        let (first, last) = (words.word(name.start), words.word(name.end - 1));
        let group = *self.surnames.entry(last).or_insert_with(|| groups.len());
        groups.join(group, person);
        if form.is_regnal {
            return;
        }
        if FAMILY_NAMES_FIRST.contains(&first) {
            let group = *self.surnames.entry(first).or_insert_with(|| groups.len());
            groups.join(group, person);
        }
        if let Some(key) = keys.find(given_name(first)) {
            groups.join_or_add(&mut keys.keys[key].givens, person);
        }
        if name.len() > MOST_WORDS || is_run_together(words, &name, keys) {
            return;
        }
        let ends = (name.start + 1..name.end - 1).map(|start| start..name.end);
        let beginnings = (name.start + 2..name.end).map(|end| name.start..end);
        for part in ends.chain(beginnings) {
            if let Some(key) = keys.find(words.key(&part)) {
                groups.join_or_add(&mut keys.keys[key].group, person);
            }
        }
        if name.len() >= LEAST_INITIALS {
            let initials: String =
                name.filter_map(|place| words.word(place).chars().next()).collect();
            if let Some(key) = keys.find(&initials).filter(|&key| keys.keys[key].capitals) {
                groups.join_or_add(&mut keys.keys[key].group, person);
            }
        }
    }
}

/// Whether a name is two that the article has apart too, which somebody took for
/// one: *Joe Biden Donald Trump*.
fn is_run_together(words: &Words, name: &WordRange, keys: &Keys<'_>) -> bool {
    (name.start + 2..name.end.saturating_sub(1)).any(|middle| {
        let is_form = |part: WordRange| keys.find(words.key(&part)).is_some();
        is_form(name.start..middle) && is_form(middle..name.end)
    })
}

/// Initials that stand for a name: *AOC*; two are as often another's.
const LEAST_INITIALS: usize = 3;

/// The full names of people among the forms: the longest first, initials for a
/// given name last, so that a name meets the fuller forms of itself.
fn full_names(words: &Words, forms: &[Form<'_>]) -> Vec<usize> {
    let is_full = |form: &Form<'_>| form.kind == EntityKind::Person && form.is_full(words);
    let mut full: Vec<usize> = (0..forms.len()).filter(|&place| is_full(&forms[place])).collect();
    full.sort_by_key(|&place| {
        let form = &forms[place];
        let is_initial = is_initial(words, form.name_words().start);
        (is_initial, usize::MAX - form.words.len(), form.first)
    });
    full
}

/// Whether a word is one initial.
fn is_initial(words: &Words, place: usize) -> bool {
    words.is_initials(place) && words.word(place).chars().nth(1).is_none()
}

impl Person {
    fn new(words: &Words, form: &Form<'_>) -> Self {
        let name = form.name_words();
        let given = words.word(name.start);
        let surname = words.word(name.end - 1);
        let is_figure = is_figure(surname, given_name(given));
        Self {
            gender: gender_of(given),
            has_figure_name: is_figure.is_some(),
            is_figure: is_figure == Some(true) && form.generation.is_none(),
            name,
            is_regnal: form.is_regnal,
            generation: form.generation,
            is_kin: false,
        }
    }

    /// Whether `form`, a full name with the same last word, may mean this person.
    fn may_be(&self, words: &Words, form: &Form<'_>) -> bool {
        let name = form.name_words();
        if self.is_regnal || form.is_regnal {
            return self.is_regnal == form.is_regnal
                && words.key(&self.name) == words.key(&name)
                && words.word(self.name.start - 1) == words.word(name.start - 1)
                && (self.generation == form.generation || form.generation.is_none());
        }
        let (given, other) = (words.word(self.name.start), words.word(name.start));
        let middle = self.name.start + 1..self.name.end - 1;
        let other_middle = name.start + 1..name.end - 1;
        is_given(words, self.name.start, name.start)
            && are_middles(words, &middle, &other_middle)
            && (self.generation == form.generation
                || (self.generation.is_none() || form.generation.is_none())
                    && (given != other || is_always_junior(given, words.word(name.end - 1))))
    }
}

/// Whether two given names may be of one person: the same, one short for the
/// other, or the second the initial of the first.
fn is_given(words: &Words, one: usize, other: usize) -> bool {
    let (given, initial) = (words.word(one), words.word(other));
    given_name(given) == given_name(initial)
        || is_initial(words, other) && given.starts_with(initial)
}

/// Whether nothing in two lists of middle names speaks against each other: one
/// begins like the other, where initials stand for any name.
fn are_middles(words: &Words, one: &WordRange, other: &WordRange) -> bool {
    if one.is_empty() || other.is_empty() || words.key(one) == words.key(other) {
        return true;
    }
    let initials = |range: &WordRange| range.clone().any(|place| words.is_initials(place));
    let letters = |range: &WordRange| -> String {
        let of_word = |place| {
            let letters = if words.is_initials(place) { usize::MAX } else { 1 };
            words.word(place).chars().take(letters)
        };
        range.clone().flat_map(of_word).collect()
    };
    let (first, second) = (letters(one), letters(other));
    (initials(one) || initials(other)) && (first.starts_with(&second) || second.starts_with(&first))
}

/// Whether the bearer of this name is the *Jr* also where that is left out; of
/// others, a name with *Jr* and the same without are father and son.
fn is_always_junior(given: &str, surname: &str) -> bool {
    const JUNIORS: [(&str, &str); 4] =
        [("joseph", "biden"), ("martin", "king"), ("robert", "downey"), ("cuba", "gooding")];
    JUNIORS.contains(&(given, surname))
}

/// Family names of languages that put them first: *Xi Jinping*, *Kim Jong Un*. One
/// that begins a name may stand for it.
const FAMILY_NAMES_FIRST: [&str; 36] = [
    "cao", "chen", "cheng", "choi", "deng", "guo", "han", "ho", "hu", "huang", "jang", "jiang",
    "kang", "kim", "li", "lin", "liu", "ma", "mao", "moon", "ng", "nguyen", "park", "peng", "roh",
    "sun", "tang", "tran", "tsai", "wang", "wen", "xi", "xu", "yang", "zhang", "zhou",
];
