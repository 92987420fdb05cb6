//! The organizations of an article: acronyms, expansions and short forms.
//!
//! * A name in capitals stands for the name that it follows, or that follows it,
//!   in brackets if its letters come one after the other in that name; without
//!   brackets for the name of which it has the initials, three at least.
//! * The end of a longer name stands for that: *Judiciary Committee*; one word only
//!   where it says what kind of thing is meant: *Committee*.
//! * So does the beginning if only words of that sort follow: *Harvard* for *Harvard
//!   University*.

use super::drafts::Drafts;
use super::forms::{Form, Naming};
use super::groups::Groups;
use super::keys::Keys;
use super::noise::Worth;
use super::words::{WordRange, Words};
use crate::annotate::{EntityKind, TokenisedText};

/// Initials that are an acronym without brackets; two are shared by too many.
const LEAST_INITIALS: usize = 3;

/// Words of the longest name whose parts are looked at: *Department of Housing and
/// Urban Development* has seven.
const MOST_WORDS: usize = 12;

/// Words between others that give no letter to an acronym.
const SMALL_WORDS: [&str; 9] = ["of", "the", "and", "for", "in", "on", "de", "to", "&"];

/// Words of which one alone is short for a name that ends with it, beside the
/// generic ones of `gazetteer/noise.txt`.
const SHORT_ENDS: [&str; 14] = [
    "bank", "fed", "globe", "guard", "herald", "journal", "lab", "magazine", "news", "post",
    "review", "times", "tribune", "senate",
];

/// Words that may be left out behind the word by which an organization is known.
const DESCRIPTORS: [&str; 29] = [
    "airlines",
    "airways",
    "bank",
    "center",
    "channel",
    "college",
    "communications",
    "energy",
    "entertainment",
    "foundation",
    "group",
    "holdings",
    "industries",
    "institute",
    "institution",
    "international",
    "law",
    "media",
    "motor",
    "motors",
    "network",
    "news",
    "pharmaceuticals",
    "poll",
    "research",
    "sachs",
    "school",
    "technologies",
    "university",
];

/// Links acronyms to what they stand for, and groups short forms, among the
/// `keys`.
pub(super) fn organizations<'n>(
    words: &'n Words,
    forms: &[Form<'_>],
    keys: &mut Keys<'n>,
    groups: &mut Groups,
    drafts: &mut Drafts<'n>,
) {
    let is_long = |form: &Form<'_>| {
        form.kind == EntityKind::Organization && form.worth == Worth::Name && form.words.len() >= 2
    };
    let mut long: Vec<usize> = (0..forms.len()).filter(|&place| is_long(&forms[place])).collect();
    long.sort_by_key(|&place| (usize::MAX - forms[place].words.len(), forms[place].first));
    for place in long {
        let form = &forms[place];
        if form.known.is_none() && keys.of(place).organizations.is_some() {
            continue;
        }
        let draft = drafts.of_form(words, form);
        if form.words.len() <= MOST_WORDS {
            link_initials(words, forms, place, keys);
            group_parts(words, &form.words, draft, keys, groups);
        }
    }
}

/// Makes a long name the one that an acronym of its initials stands for.
fn link_initials(words: &Words, forms: &[Form<'_>], place: usize, keys: &mut Keys<'_>) {
    let form = &forms[place];
    let is_small = |place: &usize| SMALL_WORDS.contains(&words.word(*place));
    let initial = |place: usize| words.word(place).chars().next();
    let all: String = form.words.clone().filter_map(initial).collect();
    let without_small: String =
        form.words.clone().filter(|place| !is_small(place)).filter_map(initial).collect();
    for initials in [without_small, all] {
        if initials.chars().count() < LEAST_INITIALS {
            continue;
        }
        if let Some(key) = keys.find(&initials) {
            let key = &mut keys.keys[key];
            let is_known = key.form.is_some_and(|form| forms[form].known.is_some());
            if key.capitals && !is_known && key.stands_for.is_none() {
                key.stands_for = Some(place);
            }
        }
    }
}

/// Adds `draft` to those whom the parts of its name may mean.
fn group_parts(
    words: &Words,
    name: &WordRange,
    draft: usize,
    keys: &mut Keys<'_>,
    groups: &mut Groups,
) {
    let is_generic = |place: usize| super::noise::worth(words, &(place..place + 1)) == Worth::Part;
    for start in name.start + 1..name.end {
        let is_word = start + 1 == name.end;
        if is_word && !is_generic(start) && !SHORT_ENDS.contains(&words.word(start)) {
            continue;
        }
        if let Some(key) = keys.find(words.key(&(start..name.end))) {
            groups.join_or_add(&mut keys.keys[key].organizations, draft);
        }
    }
    let mut rest = name.start + 1..name.end;
    let is_known_by_first =
        is_generic(name.start) || rest.all(|place| DESCRIPTORS.contains(&words.word(place)));
    if let Some(key) = keys.find(words.word(name.start)).filter(|_| is_known_by_first) {
        groups.join_or_add(&mut keys.keys[key].organizations, draft);
    }
}

/// Links the acronyms that the text itself explains: *Israel Defense Forces (IDF)*.
pub(super) fn link_definitions(
    words: &Words,
    forms: &[Form<'_>],
    namings: &[Naming],
    texts: &[TokenisedText<'_>; 2],
    keys: &mut Keys<'_>,
) {
    for pair in namings.windows(2) {
        if !pair.iter().all(|naming| forms[naming.form].kind == EntityKind::Organization)
            || !is_in_brackets(pair, texts)
        {
            continue;
        }
        let (before, inside) = (pair[0].form, pair[1].form);
        for (short, long) in [(inside, before), (before, inside)] {
            if abbreviates(words, &forms[short], &forms[long]) {
                keys.keys[keys.of_form[short]].stands_for = Some(long);
            }
        }
    }
}

/// Whether the second of two namings follows the first in brackets.
fn is_in_brackets(pair: &[Naming], texts: &[TokenisedText<'_>; 2]) -> bool {
    let (Some(before), Some(inside)) = (pair[0].mention, pair[1].mention) else { return false };
    if before.part != inside.part || before.span.end > inside.span.start {
        return false;
    }
    let text = texts[before.part as usize].text;
    let between = text[before.span.end..inside.span.start].trim();
    matches!(between, "(" | "[") && text[inside.span.end..].starts_with([')', ']'])
}

/// Whether `short`, one word in capitals, has letters of `long` in their order.
fn abbreviates(words: &Words, short: &Form<'_>, long: &Form<'_>) -> bool {
    if !short.capitals || short.words.len() != 1 || long.words.len() < 2 {
        return false;
    }
    let mut letters = words.key(&long.words).chars();
    words.key(&short.words).chars().all(|letter| letters.any(|other| other == letter))
}
