//! The keys of an article: its forms by their folded words, whatever their kind.

use rustc_hash::FxHashMap;

use super::forms::{Form, starts_with_particle};
use super::words::Words;
use crate::annotate::EntityKind;
use crate::text::given_name;

/// What the article writes under one key.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key {
    /// How often it is recognised as a person, an organization, a place.
    pub votes: [usize; 3],
    /// The first form with this key; none where only a part of one has it.
    pub form: Option<usize>,
    /// All letters of the first form are capitals.
    pub capitals: bool,
    /// The group of the people whom it may mean.
    pub group: Option<usize>,
    /// The group of the organizations that it may mean.
    pub organizations: Option<usize>,
    /// The group of those whose given name it is.
    pub givens: Option<usize>,
    /// The form whose acronym it is.
    pub stands_for: Option<usize>,
}

/// The keys of an article.
#[derive(Debug)]
pub(super) struct Keys<'n> {
    places: FxHashMap<&'n str, usize>,
    /// The keys, in the order of first naming.
    pub keys: Vec<Key>,
    /// The key of each form.
    pub of_form: Vec<usize>,
}

/// A vote in the body counts so much against one in the headline, where Title
/// Case and CAPITALS hide what a name is; a word of the metadata most.
const BODY_VOTES: usize = 2;
const METADATA_VOTES: usize = 6;

impl<'n> Keys<'n> {
    /// The keys of `forms`.
    pub(super) fn new(words: &'n Words, forms: &[Form<'_>]) -> Self {
        let mut keys = Self {
            places: FxHashMap::default(),
            keys: Vec::with_capacity(forms.len() + 16),
            of_form: Vec::with_capacity(forms.len()),
        };
        keys.places.reserve(forms.len() + 16);
        for (place, form) in forms.iter().enumerate() {
            let id = keys.add(words.key(&form.words));
            keys.of_form.push(id);
            let key = &mut keys.keys[id];
            let metadata = if form.is_metadata { METADATA_VOTES } else { 0 };
            key.votes[form.kind as usize] +=
                form.count + form.in_body * (BODY_VOTES - 1) + metadata;
            if key.form.is_none() {
                key.form = Some(place);
                key.capitals = form.capitals;
            }
            if form.kind == EntityKind::Person {
                keys.add_parts(words, form);
            }
        }
        keys
    }

    /// Adds the keys under which a part of the name of a person is looked for:
    /// the name of which a nickname is short, the surname without particle.
    fn add_parts(&mut self, words: &'n Words, form: &Form<'_>) {
        let name = form.name_words();
        if name.len() == 1 {
            let word = words.word(name.start);
            let given = given_name(word);
            if given != word {
                self.add(given);
            }
        } else if !name.is_empty() && starts_with_particle(words, &name) {
            self.add(words.word(name.end - 1));
        }
    }

    fn add(&mut self, text: &'n str) -> usize {
        *self.places.entry(text).or_insert_with(|| {
            self.keys.push(Key::default());
            self.keys.len() - 1
        })
    }

    /// The key with this text.
    pub(super) fn find(&self, text: &str) -> Option<usize> {
        self.places.get(text).copied()
    }

    /// The key of a form.
    pub(super) fn of(&self, form: usize) -> &Key {
        &self.keys[self.of_form[form]]
    }
}
