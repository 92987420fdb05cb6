//! Known names: one shown name for the ways in which newspapers write it, and the
//! one kind that it has whatever a model says.
//!
//! The names are in `gazetteer/{organizations,places,people}.txt`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::gazetteer::{classes, lines};
use super::words::Words;
use crate::annotate::EntityKind;

/// A name of the gazetteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What it is.
    pub kind: EntityKind,
    /// The name under which it is shown.
    pub shown: &'static str,
    /// The form is meant only where it is written in capitals.
    pub capitals_only: bool,
    /// People bear it as surname.
    pub is_surname: bool,
}

/// The gazetteers: for each kind the names, by the key of each form.
struct Gazetteer {
    names: [FxHashMap<String, Known>; 3],
    /// Shown names of countries.
    countries: FxHashSet<&'static str>,
    /// Shown names of cities that lie where a name behind them says.
    cities: FxHashSet<&'static str>,
}

/// Letters up to which a form in capitals may be a word or name otherwise:
/// *WHO*, *ICE*. Longer ones are written in lower case too: *Nato*.
const WORD_LETTERS: usize = 3;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let mut gazetteer = Gazetteer {
        names: Default::default(),
        countries: FxHashSet::default(),
        cities: FxHashSet::default(),
    };
    let mut section = "";
    for line in lines(include_str!("gazetteer/places.txt")) {
        if let Some(name) = line.strip_prefix("= ") {
            section = name;
            continue;
        }
        let shown = gazetteer.add(EntityKind::Place, line);
        match section.split(' ').next() {
            Some("countries") => gazetteer.countries.insert(shown),
            Some("cities") => gazetteer.cities.insert(shown),
            _ => false,
        };
    }
    for line in lines(include_str!("gazetteer/organizations.txt")) {
        gazetteer.add(EntityKind::Organization, line);
    }
    for line in lines(include_str!("gazetteer/people.txt")) {
        gazetteer.add(EntityKind::Person, line);
    }
    gazetteer
});

impl Gazetteer {
    /// Adds the forms of a line, and gives the one that is shown.
    fn add(&mut self, kind: EntityKind, line: &'static str) -> &'static str {
        let (is_surname, line) = match line.strip_prefix("? ") {
            Some(line) => (true, line),
            None => (kind == EntityKind::Place, line),
        };
        let mut forms = line.split(" | ");
        let shown = forms.next().unwrap_or(line);
        // Of people, only what stands for the name is looked up.
        let own = (kind != EntityKind::Person).then_some(shown);
        for form in own.into_iter().chain(forms) {
            let letters = form.chars().filter(|letter| letter.is_alphabetic()).count();
            let capitals_only = letters <= WORD_LETTERS && is_capitals(form);
            let known = Known { kind, shown, capitals_only, is_surname };
            self.names[kind as usize].insert(key(form), known);
        }
        shown
    }
}

fn key(name: &str) -> String {
    let mut words = Words::default();
    let range = words.add(name);
    words.key(&range).to_owned()
}

/// The known name that has this key, written in capitals or not; one of `kind`
/// rather than another: *VA* is an organization, and a state. *U.S.* before an
/// organization changes nothing: *U.S. Senate*.
pub(super) fn find(kind: EntityKind, key: &str, capitals: bool) -> Option<Known> {
    let of_kind = |kind: EntityKind, key: &str| {
        let known = GAZETTEER.names[kind as usize].get(key).copied();
        known.filter(|known| capitals || !known.capitals_only)
    };
    let others = [EntityKind::Place, EntityKind::Organization, EntityKind::Person];
    let of_others = |key: &str| {
        others.into_iter().filter(|other| *other != kind).find_map(|other| of_kind(other, key))
    };
    of_kind(kind, key).or_else(|| of_others(key)).or_else(|| {
        let rest = key.strip_prefix("us ").or_else(|| key.strip_prefix("united states "))?;
        of_kind(EntityKind::Organization, rest)
    })
}

/// The known name that `text` is, of `kind` rather than another.
pub(super) fn find_text(kind: EntityKind, text: &str) -> Option<Known> {
    find(kind, &key(text), is_capitals(text))
}

/// Whether `text` names a place of which there is one only: *Paris*, not *Los Angeles*,
/// behind which stands where it lies.
pub(super) fn is_elsewhere(text: &str) -> bool {
    find_text(EntityKind::Place, text).is_some_and(|known| !GAZETTEER.cities.contains(known.shown))
}

/// Whether `text` names a country.
pub(super) fn is_country(text: &str) -> bool {
    find_text(EntityKind::Place, text)
        .is_some_and(|known| GAZETTEER.countries.contains(known.shown))
}

/// Whether the folded given name is that of the best known bearer of the
/// surname; none where the surname has no such bearer.
pub(super) fn is_figure(surname: &str, given: &str) -> Option<bool> {
    FIGURES.get(surname).map(|names| names.contains(&given))
}

static FIGURES: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut figures: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for (surname, given) in classes(include_str!("gazetteer/figures.txt")) {
        figures.entry(surname).or_default().push(given);
    }
    figures
});

/// Whether all letters of `text` that have case are capitals, and one does.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut has_capital = false;
    for letter in text.chars() {
        if letter.is_lowercase() {
            return false;
        }
        has_capital |= letter.is_uppercase();
    }
    has_capital
}

#[cfg(test)]
mod tests {
    use super::{FIGURES, find_text, is_country, is_figure, lines};
    use crate::annotate::EntityKind::{Organization, Person, Place};
    use crate::text::given_name;

    #[test]
    fn forms_lead_to_one_shown_name() {
        for (text, kind, shown) in [
            ("US", Place, "United States"),
            ("U.S.", Place, "United States"),
            ("Britain", Place, "United Kingdom"),
            ("Washington, D.C.", Place, "Washington"),
            ("Calif.", Place, "California"),
            ("IDF", Organization, "Israel Defense Forces"),
            ("Nato", Organization, "NATO"),
            ("G-7", Organization, "G7"),
            ("WHO", Organization, "World Health Organization"),
            ("U.S. Senate", Organization, "Senate"),
            ("White House", Organization, "White House"),
            ("JFK", Person, "John F. Kennedy"),
        ] {
            let known = find_text(kind, text).unwrap();
            assert_eq!((known.kind, known.shown), (kind, shown), "{text}");
        }
        for text in ["us", "Who", "Ice", "US Iran", "", "Nobody"] {
            assert_eq!(find_text(Organization, text), None, "{text}");
        }
        assert!(is_country("U.K.") && !is_country("Texas"));
    }

    #[test]
    fn figures_are_written_as_in_keys() {
        assert_eq!(is_figure("trump", "donald"), Some(true));
        assert_eq!(is_figure("trump", "ivanka"), Some(false));
        assert_eq!(is_figure("okafor", "ann"), None);
        for given in FIGURES.values().flatten() {
            assert_eq!(given_name(given), *given);
        }
    }

    #[test]
    fn no_form_of_a_kind_stands_for_two_names() {
        for list in [
            include_str!("gazetteer/places.txt"),
            include_str!("gazetteer/organizations.txt"),
            include_str!("gazetteer/people.txt"),
        ] {
            let mut seen = std::collections::HashMap::new();
            let names = lines(list).map(|line| line.trim_start_matches("? "));
            for (line, form) in
                names.flat_map(|line| line.split(" | ").map(move |form| (line, form)))
            {
                let before = seen.insert(super::key(form), line);
                assert!(before.is_none_or(|before| before == line), "{form}: {line}");
            }
        }
    }
}
