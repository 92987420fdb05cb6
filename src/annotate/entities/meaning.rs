//! What each form of an article means: one entity, one of a group, or nothing.

use super::drafts::{Draft, Drafts};
use super::forms::{Form, Naming, starts_with_particle};
use super::groups::Groups;
use super::keys::Keys;
use super::kinds::{settle_long, settle_short};
use super::noise::Worth;
use super::organizations::{link_definitions, organizations};
use super::people::{Meant, People};
use super::words::Words;
use crate::annotate::{EntityKind, TokenisedText};
use crate::text::given_name;

/// What a form means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nobody and nothing.
    Nothing,
    /// This entity.
    One(usize),
    /// One of a group, as the place tells; if that tells none, what the form
    /// alone says.
    OneOf(usize, By),
    /// What the form alone says: a part of a name whose whole is not known.
    Alone,
}

/// By which part of their names a group is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The surname, alone or with *Jr*.
    Surname(Option<&'static str>),
    /// The given name, alone or with *Jr*.
    GivenName(Option<&'static str>),
    /// Any other part, or all of it.
    Name,
}

/// What the forms of an article mean.
#[derive(Debug)]
pub(super) struct Meanings<'n> {
    /// Of each form.
    pub of_form: Vec<Meaning>,
    /// The entities that there are so far.
    pub drafts: Drafts<'n>,
    /// The groups that forms share.
    pub groups: Groups,
    /// The people named in full; their places are those of their entities.
    pub people: People<'n>,
    keys: Keys<'n>,
}

impl<'n> Meanings<'n> {
    /// What `forms` mean; settles their kinds.
    pub(super) fn new(
        words: &'n Words,
        forms: &mut [Form<'_>],
        namings: &[Naming],
        texts: &[TokenisedText<'_>; 2],
    ) -> Self {
        let mut keys = Keys::new(words, forms);
        let mut groups = Groups::default();
        settle_long(words, forms, &keys);
        let people = People::new(words, forms, &mut keys, &mut groups);
        settle_short(words, forms, &keys, &people);
        let mut drafts = Drafts::default();
        drafts.drafts.extend(people.persons.iter().map(|_| Draft::new(EntityKind::Person, None)));
        link_definitions(words, forms, namings, texts, &mut keys);
        organizations(words, forms, &mut keys, &mut groups, &mut drafts);
        let mut meanings = Self { of_form: Vec::new(), drafts, groups, people, keys };
        meanings.of_form = (0..forms.len())
            .map(|place| match forms[place].kind {
                EntityKind::Person => meanings.of_person(words, forms, place),
                EntityKind::Organization => meanings.of_organization(words, forms, place),
                EntityKind::Place => meanings.of_place(words, &forms[place]),
            })
            .collect();
        meanings
    }

    fn of_person(&self, words: &Words, forms: &[Form<'_>], place: usize) -> Meaning {
        let form = &forms[place];
        match self.people.meant[place] {
            _ if worth(form) == Worth::Nothing => return Meaning::Nothing,
            Meant::One(person) => return Meaning::One(person),
            Meant::OneOf(group) => return Meaning::OneOf(group, By::Name),
            Meant::Open => {}
        }
        if let Some(group) = self.keys.of(place).group {
            return Meaning::OneOf(group, By::Name);
        }
        let name = form.name_words();
        if form.is_full(words) || name.is_empty() {
            return alone(form);
        }
        let last = words.word(name.end - 1);
        if name.len() > 1 && !starts_with_particle(words, &name) {
            return alone(form);
        }
        if let Some(&group) = self.people.surnames.get(last) {
            return Meaning::OneOf(group, By::Surname(form.generation));
        }
        if name.len() > 1 {
            return alone(form);
        }
        let givens = |key: usize| self.keys.keys[key].givens;
        match self.keys.find(given_name(last)).and_then(givens) {
            Some(group) => Meaning::OneOf(group, By::GivenName(form.generation)),
            None if self.is_family(last) => Meaning::Nothing,
            None => alone(form),
        }
    }

    /// Whether the folded word is the plural of a surname: *Clintons*.
    fn is_family(&self, word: &str) -> bool {
        let is_name =
            |word: &str| self.people.surnames.contains_key(word) || self.keys.find(word).is_some();
        let singular = |ending: &str| word.strip_suffix(ending).filter(|word| !word.is_empty());
        singular("s").is_some_and(is_name) || singular("es").is_some_and(is_name)
    }

    fn of_organization(&mut self, words: &'n Words, forms: &[Form<'_>], place: usize) -> Meaning {
        let (form, key) = (&forms[place], *self.keys.of(place));
        let named = if worth(form) == Worth::Nothing {
            return Meaning::Nothing;
        } else if let Some(long) = key.stands_for {
            &forms[long]
        } else {
            form
        };
        match key.organizations {
            Some(group) if named.known.is_none() && key.stands_for.is_none() => {
                Meaning::OneOf(group, By::Name)
            }
            _ if is_name(named) => Meaning::One(self.drafts.of_form(words, named)),
            _ => Meaning::Nothing,
        }
    }

    fn of_place(&mut self, words: &'n Words, form: &Form<'_>) -> Meaning {
        if is_name(form) {
            Meaning::One(self.drafts.of_form(words, form))
        } else {
            Meaning::Nothing
        }
    }
}

/// What a form means by itself.
fn alone(form: &Form<'_>) -> Meaning {
    if is_name(form) { Meaning::Alone } else { Meaning::Nothing }
}

/// Whether a form names somebody or something without the rest of the article.
pub(super) fn is_name(form: &Form<'_>) -> bool {
    worth(form) == Worth::Name && (!form.only_title || form.is_metadata)
}

/// The worth of a form; what metadata gives is a name.
fn worth(form: &Form<'_>) -> Worth {
    if form.is_metadata && !form.words.is_empty() { Worth::Name } else { form.worth }
}
