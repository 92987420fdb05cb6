//! Whom a short form refers to, at its place in the article.
//!
//! Of those whom a surname may mean (a title before it that tells a gender leaves
//! only those of that gender) it is the one named in full most recently before;
//! if nobody was, the one named first. Beyond that:
//!
//! * A surname that has meant one three times before another is named stays with that
//!   one: who is named in passing does not take it away.
//! * Who is introduced as somebody's relative (*his son Hunter Biden*) does not own
//!   the surname if it has stood alone in the text before, nor beside another whom the
//!   article has named.
//! * Where the surname has a best known bearer (`gazetteer/figures.txt`), it
//!   means that one as soon as the article has named him in full, and whenever a
//!   title of a head of state stands before it. If the article never names him in full,
//!   it means another only if that one is named in full before the surname first
//!   stands alone in the text.
//! * A given name alone means somebody only if one person has it, named in full
//!   before, or at all if it stands in the headline.

use super::drafts::{Draft, NEVER};
use super::forms::Naming;
use super::gender::Gender;
use super::groups::Groups;
use super::meaning::{By, Meaning};
use super::people::Person;
use super::titles::Title;

/// Uses of a surname alone after which it is established whom it means.
const ESTABLISHED_USES: usize = 3;

/// What the article tells of the groups: as a whole, and up to the place that
/// is read.
#[derive(Debug)]
pub(super) struct References {
    groups: Vec<Uses>,
}

/// How the short form of a group is used.
#[derive(Clone, Copy, Debug)]
struct Uses {
    /// The first naming in the text.
    first_in_body: usize,
    /// A title of a head of state stands before it somewhere.
    has_head: bool,
    /// Whom it has meant last, and how many times one after the other.
    holder: Option<(usize, usize)>,
    /// Whom it means since which naming.
    established: Option<(usize, usize)>,
}

impl References {
    /// Looks through the namings: who is introduced where, and how; where the
    /// short forms stand.
    pub(super) fn new(
        namings: &[Naming],
        meanings: &[Meaning],
        drafts: &mut [Draft],
        persons: &mut [Person],
        groups: &Groups,
    ) -> Self {
        let mut uses =
            vec![
                Uses { first_in_body: NEVER, has_head: false, holder: None, established: None };
                groups.len()
            ];
        for (number, naming) in namings.iter().enumerate() {
            match meanings[naming.form] {
                Meaning::One(entity) => {
                    let draft = &mut drafts[entity];
                    let is_first = draft.introduced == NEVER;
                    draft.introduced = draft.introduced.min(number);
                    if let Some(person) = persons.get_mut(entity) {
                        person.gender = gender_of(naming.title).or(person.gender);
                        person.is_kin |= is_first && naming.is_kin;
                    }
                }
                Meaning::OneOf(group, _) => {
                    let uses = &mut uses[group];
                    if naming.is_in_body() {
                        uses.first_in_body = uses.first_in_body.min(number);
                    }
                    uses.has_head |= naming.title == Title::Head;
                }
                Meaning::Nothing | Meaning::Alone => {}
            }
        }
        Self { groups: uses }
    }

    /// The one of `group` that `naming` means, which comes after those
    /// that the drafts know as latest.
    pub(super) fn meant(
        &mut self,
        (group, by): (usize, By),
        (number, naming): (usize, &Naming),
        (drafts, persons): (&[Draft], &[Person]),
        groups: &Groups,
    ) -> Option<usize> {
        if groups.is_register(group) {
            return None;
        }
        let uses = self.groups[group];
        let gender = gender_of(naming.title);
        let fits = |&&member: &&usize| {
            let Some(person) = persons.get(member) else { return true };
            let owns = !person.is_kin || drafts[member].introduced < uses.first_in_body;
            let generation = match by {
                By::Surname(Some(generation)) | By::GivenName(Some(generation)) => {
                    person.generation() == Some(generation)
                }
                By::Surname(None) | By::GivenName(None) | By::Name => true,
            };
            let same_gender =
                gender.is_none() || person.gender.is_none() || person.gender == gender;
            owns && generation && same_gender
        };
        let mut fitting: Vec<usize> = groups.members(group).iter().filter(fits).copied().collect();
        if matches!(by, By::Surname(None)) {
            drop_relatives(&mut fitting, persons, drafts);
            if let Some((holder, since)) =
                uses.established.filter(|(holder, _)| fitting.contains(holder))
            {
                fitting.retain(|&member| member == holder || drafts[member].introduced < since);
            }
        }
        match by {
            By::Name | By::Surname(Some(_)) => {
                latest(&fitting, drafts).or_else(|| first(&fitting, drafts))
            }
            By::GivenName(_) => match fitting[..] {
                [member] if drafts[member].latest.is_some() || !naming.is_in_body() => Some(member),
                _ => None,
            },
            By::Surname(None) => {
                let meant = of_surname(&fitting, naming, (drafts, persons), uses);
                self.groups[group].hold(meant, number);
                meant
            }
        }
    }
}

impl Uses {
    /// Takes note that the naming with this number means `meant`.
    fn hold(&mut self, meant: Option<usize>, number: usize) {
        let Some(meant) = meant else { return };
        let before = self.holder.filter(|(holder, _)| *holder == meant);
        let uses = before.map_or(1, |(_, uses)| uses + 1);
        self.holder = Some((meant, uses));
        if uses >= ESTABLISHED_USES && self.established.is_none_or(|(holder, _)| holder != meant) {
            self.established = Some((meant, number));
        }
    }
}

/// Drops from `members` those introduced as relatives, if another is named
/// already.
fn drop_relatives(members: &mut Vec<usize>, persons: &[Person], drafts: &[Draft]) {
    let is_kin = |member: usize| persons[member].is_kin;
    if members.iter().any(|&member| !is_kin(member) && drafts[member].latest.is_some()) {
        members.retain(|&member| !is_kin(member));
    }
}

/// Who of those that a surname fits is meant.
fn of_surname(
    fitting: &[usize],
    naming: &Naming,
    (drafts, persons): (&[Draft], &[Person]),
    uses: Uses,
) -> Option<usize> {
    let recent = |members: &[usize]| latest(members, drafts).or_else(|| first(members, drafts));
    let has_figure_name = |member: &usize| persons[*member].has_figure_name;
    if !fitting.iter().any(has_figure_name) {
        return recent(fitting);
    }
    let is_figure = |member: &usize| persons[*member].is_figure;
    let owns = |member: &usize| {
        persons[*member].generation().is_none() && drafts[*member].introduced < uses.first_in_body
    };
    let figures: Vec<usize> = fitting.iter().copied().filter(is_figure).collect();
    let owners: Vec<usize> =
        fitting.iter().copied().filter(|member| !is_figure(member) && owns(member)).collect();
    if figures.is_empty() {
        let is_head = uses.has_head || naming.title == Title::Head;
        return if is_head { None } else { recent(&owners) };
    }
    let only_others_named =
        latest(&figures, drafts).is_none() && naming.is_in_body() && naming.title != Title::Head;
    latest(&owners, drafts).filter(|_| only_others_named).or_else(|| recent(&figures))
}

/// Who of `members` was named in full most recently.
fn latest(members: &[usize], drafts: &[Draft]) -> Option<usize> {
    let named = members.iter().filter(|&&member| drafts[member].latest.is_some());
    named.max_by_key(|&&member| drafts[member].latest).copied()
}

/// Who of `members` is named in full first.
fn first(members: &[usize], drafts: &[Draft]) -> Option<usize> {
    members.iter().min_by_key(|&&member| drafts[member].introduced).copied()
}

/// The gender that a title tells.
fn gender_of(title: Title) -> Option<Gender> {
    match title {
        Title::Man => Some(Gender::Man),
        Title::Woman => Some(Gender::Woman),
        Title::Head | Title::Nothing => None,
    }
}
