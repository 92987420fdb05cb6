//! The stage: from the mentions that are recognised in an article, and the names
//! of its metadata, to its entities.
//!
//! Not responsible for finding mentions, nor for who is meant where the article
//! alone does not tell: such an entity is partial.

use std::borrow::Cow;

use super::byline::Bylines;
use super::drafts::{Draft, Drafts};
use super::forms::{Form, Forms, Naming};
use super::gender::gender_of;
use super::meaning::{Meaning, Meanings, is_name};
use super::naming::Namer;
use super::reference::References;
use super::words::Words;
use crate::annotate::recogniser::Recognised;
use crate::annotate::{Entity, EntityKind, Origin, TokenisedText};
use crate::article::Article;
use crate::text::{given_name, turned_round};

/// The entities that the metadata of `article` and the mentions `recognised` in
/// its `texts` (headline and body) name: first people, then organizations, then
/// places; each in the order of first naming, metadata before the text. Each mention
/// that names somebody or something belongs to one entity.
#[must_use]
pub(in crate::annotate) fn resolve(
    article: &Article,
    texts: &[TokenisedText<'_>; 2],
    recognised: &[Recognised],
) -> Vec<Entity> {
    let metadata = metadata_names(article);
    if metadata.is_empty() && recognised.is_empty() {
        return Vec::new();
    }
    let bylines = Bylines::new(&texts[1], &article.authors);
    let Forms { words, mut forms, namings } = Forms::gather(&metadata, texts, recognised, &bylines);
    let meanings = Meanings::new(&words, &mut forms, &namings, texts);
    let mut drafts = assign(&words, &forms, &namings, meanings);
    drafts.retain(|draft| draft.is_metadata || !draft.mentions.is_empty());
    drafts.sort_by_key(|draft| (draft.kind, draft.order));
    let mut namer = Namer::new(&words, &forms);
    drafts.into_iter().map(|draft| entity(draft, &mut namer)).collect()
}

/// The names of the metadata, those of people with the given name first.
fn metadata_names(article: &Article) -> Vec<(EntityKind, Cow<'_, str>)> {
    let people = article.people.iter().map(|name| (EntityKind::Person, turned_round(name.trim())));
    let others =
        [(EntityKind::Organization, &article.organizations), (EntityKind::Place, &article.places)];
    let others = others
        .into_iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| (kind, Cow::Borrowed(name.trim()))));
    people.chain(others).collect()
}

/// Gives each naming to the entity that it means.
fn assign<'n>(
    words: &'n Words,
    forms: &[Form<'_>],
    namings: &[Naming],
    meanings: Meanings<'n>,
) -> Vec<Draft> {
    let Meanings { of_form, mut drafts, groups, mut people, .. } = meanings;
    let mut references =
        References::new(namings, &of_form, &mut drafts.drafts, &mut people.persons, &groups);
    // Of each form: the entity that it is by itself, and one that it names in full.
    let mut alone: Vec<Option<usize>> = vec![None; forms.len()];
    let mut named: Vec<Option<usize>> = vec![None; forms.len()];
    for (number, naming) in namings.iter().enumerate() {
        let (form, meaning) = (&forms[naming.form], of_form[naming.form]);
        let meant = match meaning {
            Meaning::Nothing => continue,
            Meaning::One(entity) => {
                drafts.drafts[entity].latest = Some(number);
                Some(entity)
            }
            Meaning::OneOf(group, by) => {
                let known = (&drafts.drafts[..], &people.persons[..]);
                references.meant((group, by), (number, naming), known, &groups)
            }
            Meaning::Alone => None,
        };
        let Some(entity) = meant.or_else(|| {
            let entity = &mut alone[naming.form];
            is_name(form)
                .then(|| *entity.get_or_insert_with(|| by_itself(words, form, &mut drafts)))
        }) else {
            continue;
        };
        let is_full = form.kind == EntityKind::Person && form.is_full(words);
        if is_full || meant.is_none() || matches!(meaning, Meaning::One(_)) {
            named[naming.form].get_or_insert(entity);
        }
        drafts.drafts[entity].name(number, naming);
    }
    choose_forms(forms, &named, words, &mut drafts.drafts);
    drafts.drafts
}

/// The entity of which a form is all that the article says.
fn by_itself<'n>(words: &'n Words, form: &Form<'_>, drafts: &mut Drafts<'n>) -> usize {
    let entity = drafts.of_form(words, form);
    drafts.drafts[entity].is_partial =
        form.kind == EntityKind::Person && !form.is_full(words) && !is_unspaced(form.core);
    entity
}

/// Whether a name is written in a script that puts no space between its words.
fn is_unspaced(name: &str) -> bool {
    name.chars().any(|letter| matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'))
}

/// Chooses for each entity the form that is its best name.
fn choose_forms(forms: &[Form<'_>], named: &[Option<usize>], words: &Words, drafts: &mut [Draft]) {
    for (place, form) in forms.iter().enumerate() {
        let Some(draft) = named[place].map(|entity| &mut drafts[entity]) else { continue };
        let is_better = draft.best.is_none_or(|best| rank(words, form) > rank(words, &forms[best]));
        if is_better {
            draft.best = Some(place);
        }
    }
}

/// How good a form is as a name: what begins with a given name comes before
/// other names of a person, a name before an acronym or an initial, mixed case
/// before capitals, the text before the headline, the commoner before the rarer, the longer
/// before the shorter.
fn rank(words: &Words, form: &Form<'_>) -> (bool, bool, bool, bool, usize, usize) {
    let name = form.name_words();
    let is_person = form.kind == EntityKind::Person && !name.is_empty();
    let is_acronym = form.kind == EntityKind::Organization && form.capitals && name.len() == 1;
    let begins_with_initial = is_person && words.is_initials(name.start);
    let is_given = is_person && gender_of(given_name(words.word(name.start))).is_some();
    let is_spelled = !is_acronym && !begins_with_initial;
    (is_given, is_spelled, !form.capitals, form.in_body > 0, form.count, form.words.len())
}

fn entity(draft: Draft, namer: &mut Namer<'_, '_>) -> Entity {
    let name = match (draft.shown, draft.best) {
        (Some(shown), _) => shown.to_owned(),
        (None, Some(form)) => namer.name(form),
        (None, None) => String::new(),
    };
    Entity {
        kind: draft.kind,
        name,
        origin: if draft.is_metadata { Origin::Metadata } else { Origin::Recognised },
        partial: draft.is_partial,
        about: false,
        mentions: draft.mentions,
    }
}
