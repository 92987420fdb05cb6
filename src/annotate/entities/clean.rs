//! Cleaning a mention: which part of it is the name.

use super::known;
use super::noise::is_common_word;
use super::titles::{Title, TitleWord, title_word_of};
use super::words::{chunks, is_edge_mark};
use crate::annotate::EntityKind;

/// The name in a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cleaned<'a> {
    /// The name; empty where there is none.
    pub core: &'a str,
    /// It is a title alone, and a name only if somebody bears it.
    pub only_title: bool,
    /// What the title tells that stood before it.
    pub title: Title,
}

/// The name in `text`, a mention of that kind: without marks around it, a
/// possessive, the article; without titles (people), the form of a company
/// (organizations), the region in which it lies (places).
pub(super) fn clean(kind: EntityKind, text: &str) -> Cleaned<'_> {
    let core = without_article(without_marks(text));
    let core = match kind {
        EntityKind::Person => {
            return without_titles(without_link(without_echo(without_common_participle(core))));
        }
        EntityKind::Organization => without_party(without_company_form(without_participle(core))),
        EntityKind::Place => without_region(without_participle(core)),
    };
    let is_title = |chunk| matches!(title_word_of(chunk), Some(TitleWord::Title(_)));
    Cleaned { core, only_title: chunks(core).all(is_title), title: Title::Nothing }
}

/// `text` without marks and white space around it and without a possessive.
fn without_marks(text: &str) -> &str {
    let is_mark = |letter: char| letter.is_whitespace() || is_edge_mark(letter);
    let mut core = text.trim_matches(is_mark).trim_start_matches(['.', '@', '#']);
    for possessive in ["'s", "’s", "'S", "’S", "`s"] {
        core = core.strip_suffix(possessive).unwrap_or(core);
    }
    without_full_stop(core.trim_matches(is_mark))
}

/// Letters of the longest abbreviation that keeps its dot: *Calif.*.
const ABBREVIATION_LETTERS: usize = 5;

/// `core` without the dot that ends a sentence: one that no short word with a
/// capital has before it.
fn without_full_stop(core: &str) -> &str {
    let Some(before) = core.strip_suffix('.') else { return core };
    let last = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let is_abbreviation = last.contains('.')
        || (last.len() <= ABBREVIATION_LETTERS
            && last.starts_with(char::is_uppercase)
            && before.len() > last.len()
            || last.len() == 1);
    if is_abbreviation { core } else { before.trim_end_matches('.') }
}

fn without_article(core: &str) -> &str {
    let is_article = core.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("the "));
    if is_article { core[4..].trim_start() } else { core }
}

/// The name of a person in `core` without titles: *former U.S. Secretary of
/// State John Kerry* is *John Kerry*. A regnal title stays before a given name
/// alone: *Queen Elizabeth II*.
fn without_titles(core: &str) -> Cleaned<'_> {
    let mut title = Title::Nothing;
    // Where the name begins if the words so far are titles, and from which
    // of them on it is what people are called by.
    let mut name_start = 0;
    let mut regnal_start = None;
    let mut in_office = false;
    for (start, chunk) in placed_chunks(core) {
        let bare = without_prefix(chunk);
        let end = start + chunk.len();
        let names_left = || chunks(&core[end..]).count();
        match title_word_of(bare) {
            Some(TitleWord::Title(found)) => {
                title = if found == Title::Nothing { title } else { found };
                (name_start, regnal_start, in_office) = (end, None, true);
            }
            Some(TitleWord::Regnal(found)) => {
                title = found;
                (name_start, regnal_start, in_office) = (end, Some(start), false);
            }
            Some(TitleWord::OrGivenName) if names_left() >= 2 => {
                (name_start, regnal_start, in_office) = (end, None, false);
            }
            // *Secretary of State*, *Director of National Intelligence*.
            Some(TitleWord::Modifier) if in_office && names_left() > 0 => name_start = end,
            Some(TitleWord::Modifier) => {}
            _ => break,
        }
    }
    let name = core[name_start..].trim_start_matches([',', ' ']);
    if name.is_empty() {
        return Cleaned { core, only_title: true, title };
    }
    let start = regnal_start.filter(|_| is_given_name_alone(name));
    Cleaned { core: start.map_or(name, |start| &core[start..]), only_title: false, title }
}

/// The words of `core` and where they start.
fn placed_chunks(core: &str) -> impl Iterator<Item = (usize, &str)> {
    chunks(core).map(|chunk| (chunk.as_ptr().addr() - core.as_ptr().addr(), chunk))
}

/// *Ex-President* and *President-elect* are the title *President*.
fn without_prefix(chunk: &str) -> &str {
    let chunk = chunk.strip_suffix("-elect").unwrap_or(chunk);
    let prefix = ["ex-", "then-"].into_iter().find(|prefix| {
        chunk.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    });
    prefix.map_or(chunk, |prefix| &chunk[prefix.len()..])
}

/// Whether `name` is one word, with or without a number behind it, or two and
/// a number: *Francis*, *Charles III*, *John Paul II*.
fn is_given_name_alone(name: &str) -> bool {
    let mut words = chunks(name);
    let (first, second, third) = (words.next(), words.next(), words.next());
    let is_number = |word: Option<&str>| word.is_some_and(is_regnal_number);
    match (first, second, third) {
        (Some(_), None, _) => true,
        (Some(_), second, None) => is_number(second),
        (Some(_), Some(_), third) => is_number(third) && words.next().is_none(),
        (None, ..) => false,
    }
}

fn is_regnal_number(word: &str) -> bool {
    word.len() <= 5 && word.bytes().all(|letter| matches!(letter, b'I' | b'V' | b'X'))
}

/// Letters of the shortest word that follows a name with a hyphen: *led*. Behind
/// *Guinea-Bissau* and *al-Qaida* there is a capital.
const PARTICIPLE_LETTERS: usize = 3;

/// *Utah-born* is *Utah*.
fn without_participle(core: &str) -> &str {
    match core.rsplit_once('-') {
        Some((name, last))
            if last.len() >= PARTICIPLE_LETTERS
                && last.bytes().all(|byte| byte.is_ascii_lowercase())
                && name.contains(char::is_uppercase) =>
        {
            name
        }
        _ => core,
    }
}

/// Letters of the shortest name that a page repeats before the full one.
const ECHO_LETTERS: usize = 3;

/// *Okafor Ann Mary OkaforThe* is *Ann Mary Okafor*: pages put the name of a
/// link and its full title side by side, and the next word behind without a space.
fn without_echo(core: &str) -> &str {
    let mut words = placed_chunks(core);
    let Some((first_start, first)) = words.next() else { return core };
    let Some((last_start, last)) = words.last() else { return core };
    let is_echo = first.len() >= ECHO_LETTERS
        && last
            .strip_prefix(first)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_uppercase));
    let between = &core[first_start + first.len()..last_start];
    if !is_echo || between.trim().is_empty() {
        return core;
    }
    core[first_start + first.len()..last_start + first.len()].trim_start()
}

/// *Okafor MORE* is *Okafor*: what a page calls a link to more about somebody.
fn without_link(core: &str) -> &str {
    core.strip_suffix(" MORE").unwrap_or(core)
}

/// Words that follow the name of a person with a hyphen, in which the second
/// part of a Korean given name has no capital either.
const PARTICIPLES: [&str; 16] = [
    "approved",
    "appointed",
    "backed",
    "based",
    "born",
    "controlled",
    "era",
    "funded",
    "inspired",
    "led",
    "like",
    "linked",
    "nominated",
    "owned",
    "related",
    "style",
];

/// *Obama-era* is *Obama*.
fn without_common_participle(core: &str) -> &str {
    match core.rsplit_once('-') {
        Some((name, last)) if PARTICIPLES.contains(&last) && !name.is_empty() => name,
        _ => core,
    }
}

/// Words that say in which form a company is held, folded.
const COMPANY_FORMS: [&str; 15] = [
    "ag", "bv", "co", "corp", "gmbh", "inc", "llc", "llp", "lp", "ltd", "nv", "plc", "pty", "sa",
    "spa",
];

/// `core` without the form of a company at its end: *Acme Holdings Inc.* is *Acme
/// Holdings*. Nothing goes where nothing would be left.
fn without_company_form(core: &str) -> &str {
    let mut rest = core;
    loop {
        let Some((before, last)) = rest.rsplit_once(char::is_whitespace) else { return rest };
        let before = before.trim_end_matches([' ', ',', '&']);
        let is_common = !before.contains(char::is_whitespace) && is_common_word(before);
        if before.is_empty() || is_common || !is_company_form(last) {
            return rest;
        }
        rest = before;
    }
}

/// *Republican House* is the *House*, as long as Republicans have it.
fn without_party(core: &str) -> &str {
    let Some((party, rest)) = core.split_once(' ') else { return core };
    let is_party = matches!(party, "Republican" | "Democratic" | "GOP" | "Democrat");
    let is_chamber = matches!(rest, "House" | "House of Representatives" | "Senate" | "Congress");
    if is_party && is_chamber { rest } else { core }
}

fn is_company_form(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    COMPANY_FORMS.iter().any(|form| word.eq_ignore_ascii_case(form))
}

/// `core` without what says where the place lies: *Springfield, Ill.* is
/// *Springfield*; but *Paris, Texas* stays, as *Paris* is somewhere else.
fn without_region(core: &str) -> &str {
    let Some((place, region)) = core.split_once(',') else { return core };
    let place = place.trim_end();
    let region = region.trim_matches(|letter: char| letter.is_whitespace() || is_edge_mark(letter));
    let lies_in_country = known::is_country(region);
    let lies_in_state = known::find_text(EntityKind::Place, region)
        .is_some_and(|name| name.kind == EntityKind::Place);
    if place.is_empty() || !(lies_in_country || lies_in_state && !known::is_elsewhere(place)) {
        return core;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::clean;
    use crate::annotate::EntityKind::{self, Organization, Person, Place};

    fn cores(kind: EntityKind, cases: &[(&str, &str)]) {
        for (text, core) in cases {
            let cleaned = clean(kind, text);
            assert_eq!(if cleaned.only_title { "" } else { cleaned.core }, *core, "{text}");
        }
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        cores(
            Person,
            &[
                ("Mr. Okafor", "Okafor"),
                ("President Joe Biden", "Joe Biden"),
                ("Vice President Mike Pence", "Mike Pence"),
                ("U.S. Secretary of State John Kerry", "John Kerry"),
                ("Director of National Intelligence Dan Coats", "Dan Coats"),
                ("former House Speaker Paul Ryan", "Paul Ryan"),
                ("ex-President Carter", "Carter"),
                ("President-elect Joe Biden", "Joe Biden"),
                ("Okafor MORE", "Okafor"),
                ("Biden-backed", "Biden"),
                ("Okafor Ann Mary OkaforThe", "Ann Mary Okafor"),
                ("Okafor Ann Okaforson", "Okafor Ann Okaforson"),
                ("Moon Jae-myung", "Moon Jae-myung"),
                ("Ex-Prime Minister David Cameron", "David Cameron"),
                ("PM Netanyahu's", "Netanyahu"),
                ("Lt. Gen. Ann Lee", "Ann Lee"),
                ("Sen.", ""),
                ("Vice President", ""),
                ("Dean Heller", "Dean Heller"),
                ("Dean Ann Lee", "Ann Lee"),
                ("Major Garrett", "Major Garrett"),
                ("White", "White"),
                ("First Lady Ann Lee", "Ann Lee"),
            ],
        );
    }

    #[test]
    fn regnal_titles_stay_before_a_given_name() {
        cores(
            Person,
            &[
                ("Pope Francis", "Pope Francis"),
                ("Queen Elizabeth II", "Queen Elizabeth II"),
                ("Pope John Paul II", "Pope John Paul II"),
                ("Crown Prince Mohammed bin Salman", "Mohammed bin Salman"),
                ("King Charles", "King Charles"),
                ("the Queen", ""),
                ("Martin Luther King", "Martin Luther King"),
            ],
        );
    }

    #[test]
    fn marks_and_possessives_go() {
        cores(
            Person,
            &[
                ("“Roy”", "Roy"),
                ("Roy’s", "Roy"),
                ("Roy.", "Roy"),
                ("Ann Lee Jr.", "Ann Lee Jr."),
                ("Sanders’", "Sanders"),
                ("…", ""),
            ],
        );
    }

    #[test]
    fn forms_of_companies_go() {
        cores(
            Organization,
            &[
                ("The Acme Company", "Acme Company"),
                ("Acme Inc.", "Acme"),
                ("Acme Holdings Co., Ltd.", "Acme Holdings"),
                ("Tolland & Co", "Tolland"),
                ("Acme , LLC", "Acme"),
                ("Inc", "Inc"),
                ("News Corp", "News Corp"),
                ("harbour-workers-federation", "harbour-workers-federation"),
                ("Senate-passed", "Senate"),
                ("Workers' Union", "Workers' Union"),
                ("the FBI's", "FBI"),
            ],
        );
    }

    #[test]
    fn regions_go_unless_they_tell_places_apart() {
        cores(
            Place,
            &[
                ("Springfield, Ill.", "Springfield"),
                ("Benghazi, Libya", "Benghazi"),
                ("Paris, Texas", "Paris, Texas"),
                ("Paris, France", "Paris"),
                ("Los Angeles, California", "Los Angeles"),
                ("Utah-born", "Utah"),
                ("Washington, D.C.", "Washington, D.C."),
                ("Alpha, Beta", "Alpha, Beta"),
                ("the Netherlands", "Netherlands"),
                ("U.S.", "U.S."),
            ],
        );
    }
}
