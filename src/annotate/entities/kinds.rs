//! One kind for one name: mentions of a name that are recognised as several
//! kinds.
//!
//! A known name has its own kind. Of other names the kind with most votes wins
//! (a mention in the body has two votes, one in the headline one). But a person who
//! bears the name of a place or an organization stays apart from it: where the
//! article names a person in full whose name has the word, and the word is a known
//! place or begins the name of an organization, each mention is what it was
//! recognised as.

use super::forms::Form;
use super::keys::Keys;
use super::people::People;
use super::words::Words;
use crate::annotate::EntityKind;
use crate::text::given_name;

/// What the mentions of a name are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Settled {
    /// Each what it was recognised as.
    Apart,
    /// All of one kind.
    As(EntityKind),
    /// People where recognised so, the others of one kind.
    PeopleAnd(EntityKind),
}

/// Settles the kinds of names of several words.
pub(super) fn settle_long(words: &Words, forms: &mut [Form<'_>], keys: &Keys<'_>) {
    settle(forms, keys, |form| form.words.len() >= 2, |_| (false, false), words);
}

/// Settles the kinds of names of one word, for which the people named in full
/// are evidence.
pub(super) fn settle_short(
    words: &Words,
    forms: &mut [Form<'_>],
    keys: &Keys<'_>,
    people: &People<'_>,
) {
    let mut begin: Vec<&str> = forms
        .iter()
        .filter(|form| form.kind == EntityKind::Organization && form.words.len() >= 2)
        .map(|form| words.word(form.words.start))
        .collect();
    begin.sort_unstable();
    let evidence = |word: &str| {
        let is_given =
            || keys.find(given_name(word)).is_some_and(|key| keys.keys[key].givens.is_some());
        let bears = people.surnames.contains_key(word) || is_given();
        (bears, begin.binary_search(&word).is_ok())
    };
    settle(forms, keys, |form| form.words.len() == 1, evidence, words);
}

/// Settles the forms that are `wanted`; `evidence` says of a key whether a
/// person bears it, and whether an organization begins with it.
fn settle(
    forms: &mut [Form<'_>],
    keys: &Keys<'_>,
    wanted: impl Fn(&Form<'_>) -> bool,
    evidence: impl Fn(&str) -> (bool, bool),
    words: &Words,
) {
    for place in 0..forms.len() {
        if !wanted(&forms[place]) || !needs_settling(&forms[place], keys, place) {
            continue;
        }
        let settled = settled(forms, keys, place, evidence(words.key(&forms[place].words)));
        let form = &mut forms[place];
        form.kind = match settled {
            Settled::Apart => form.kind,
            Settled::PeopleAnd(_) if form.kind == EntityKind::Person => form.kind,
            Settled::As(kind) | Settled::PeopleAnd(kind) => kind,
        };
    }
}

/// Whether the kind of a form is in doubt: few are.
fn needs_settling(form: &Form<'_>, keys: &Keys<'_>, place: usize) -> bool {
    let kinds = keys.of(place).votes.iter().filter(|&&votes| votes > 0).count();
    kinds > 1
        || form.known.is_some_and(|known| known.kind != form.kind)
        || form.kind == EntityKind::Organization && form.known.is_none()
}

fn settled(
    forms: &[Form<'_>],
    keys: &Keys<'_>,
    place: usize,
    (bears, begins): (bool, bool),
) -> Settled {
    let key = keys.of(place);
    let votes = |kind: EntityKind| key.votes[kind as usize];
    let people = votes(EntityKind::Person);
    let known = forms[place].known.or_else(|| key.form.and_then(|first| forms[first].known));
    if let Some(known) = known {
        let only_people = people == key.votes.iter().sum::<usize>();
        let others: usize = key.votes.iter().sum::<usize>() - people;
        if bears
            && !begins
            && known.kind == EntityKind::Organization
            && people >= PEOPLE_PER_OTHER * others
        {
            return Settled::As(EntityKind::Person);
        }
        let apart = people > 0 && (bears || only_people && known.is_surname);
        return if apart { Settled::PeopleAnd(known.kind) } else { Settled::As(known.kind) };
    }
    if people > 0 && bears {
        let others = votes(EntityKind::Organization).max(votes(EntityKind::Place));
        return if begins || others > OTHERS_PER_PERSON * people {
            Settled::Apart
        } else {
            Settled::As(EntityKind::Person)
        };
    }
    let organization = votes(EntityKind::Organization);
    let is_slip = key.capitals || organization <= MOST_SLIPS;
    if bears && !begins && votes(EntityKind::Place) == 0 && is_slip {
        return Settled::As(EntityKind::Person);
    }
    Settled::As(most_voted(&key.votes))
}

/// Votes up to which a surname of the article that is recognised as an
/// organization only is taken for a slip: two mentions. In capitals, as in transcripts,
/// it always is.
const MOST_SLIPS: usize = 4;

/// Votes for a person whom the article names in full, for each vote for the
/// organization of that name, from which the latter is taken for a slip.
const PEOPLE_PER_OTHER: usize = 3;

/// Votes for another kind, for each vote for a person, above which a word is
/// taken for both: the surname of a person, and the name of something.
const OTHERS_PER_PERSON: usize = 3;

/// The kind with most votes; the first where two have as many.
fn most_voted(votes: &[usize; 3]) -> EntityKind {
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
    kinds.into_iter().rev().max_by_key(|kind| votes[*kind as usize]).unwrap_or(EntityKind::Person)
}
