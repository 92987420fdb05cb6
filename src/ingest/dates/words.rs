//! The words around a date that say nothing about the day.
//!
//! All folded (see [`crate::text::fold`]), for the languages whose months are
//! known.

/// What stands before a date: labels, articles, prepositions.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "published", "publication", "updated", "posted", "created", "issued", "released", "first",
    "last", "modified", "date", "dated", "time", "on", "at", "the", "publie", "publicado",
    "publicada", "actualizado", "veroffentlicht", "stand", "pubblicato", "opublikowano",
    "gepubliceerd", "publicerad", "udgivet", "publisert", "le", "el", "il", "am", "op", "den",
];

/// What stands between the parts of a date.
pub(super) const PARTICLES: &[&str] = &["of", "de", "del"];

/// What is written right after the number of a day.
pub(super) const ORDINALS: &[&str] = &["st", "nd", "rd", "th", "er", "o"];

/// The word for *year* that Russian and Polish write after its number.
pub(super) const YEAR_WORDS: &[&str] = &["г", "год", "года", "r", "roku"];

/// What stands behind the numbers of year, month and day in Chinese and
/// Japanese, and in Korean.
pub(super) const YEAR_UNITS: &[&str] = &["年", "년"];
pub(super) const MONTH_UNITS: &[&str] = &["月", "월"];
pub(super) const DAY_UNITS: &[&str] = &["日", "일"];

/// What stands before a time of day.
#[rustfmt::skip]
pub(super) const TIME_WORDS: &[&str] = &[
    "at", "a", "as", "las", "um", "kl", "klokken", "klockan", "om", "ore", "alle", "godz", "saat",
    "в",
];

/// What stands after a time of day.
pub(super) const HOUR_WORDS: &[&str] = &["uhr", "hrs", "hours", "h", "uur"];

/// The days of the week. Which one is meant does not matter: where it
/// contradicts the date, the date counts. The abbreviation `mar` of Spanish,
/// French and Italian is missing, because it is also March.
#[rustfmt::skip]
pub(super) const WEEKDAYS: &[&str] = &[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue",
    "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun", "lunes", "martes",
    "miercoles", "jueves", "viernes", "sabado", "domingo", "lun", "mie", "jue", "vie", "sab",
    "dom", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "mer", "jeu",
    "ven", "sam", "dim", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag",
    "sonnabend", "sonntag", "mo", "di", "mi", "do", "fr", "sa", "so", "lunedi", "martedi",
    "mercoledi", "giovedi", "venerdi", "sabato", "domenica", "gio", "segunda", "terca", "quarta",
    "quinta", "sexta", "feira", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
    "zaterdag", "zondag", "ma", "wo", "vr", "za", "zo", "poniedzialek", "wtorek", "sroda",
    "czwartek", "piatek", "sobota", "niedziela", "понедельник", "вторник", "среда", "четверг",
    "пятница", "суббота", "воскресенье", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "mandag",
    "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag", "tirsdag", "tis", "ons", "tor",
    "fre", "lor", "son", "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi",
    "pazar",
];

#[cfg(test)]
mod tests {
    use super::super::months::month_named;
    use super::*;
    use crate::text::fold;

    #[test]
    fn words_are_folded_and_no_months() {
        let lists = [LABELS, PARTICLES, ORDINALS, YEAR_WORDS, TIME_WORDS, HOUR_WORDS, WEEKDAYS];
        let units = [YEAR_UNITS, MONTH_UNITS, DAY_UNITS];
        for word in lists.into_iter().chain(units).flatten() {
            assert_eq!(fold(word), *word);
            assert_eq!(month_named(word), None, "{word}");
        }
    }
}
