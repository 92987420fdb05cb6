//! The names of the months.
//!
//! English, Spanish, French, German, Italian, Portuguese, Dutch, Polish,
//! Russian, Swedish, Danish, Norwegian and Turkish; in full, in the case that
//! dates put them in, and in the abbreviations that news uses.

/// The names of each month, folded (see [`crate::text::fold`]). No name means
/// two months in two of the languages.
#[rustfmt::skip]
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "janvier", "janv", "januar", "janner", "gennaio", "gen",
      "genn", "janeiro", "januari", "styczen", "stycznia", "sty", "январь", "января", "янв",
      "ocak", "oca"],
    &["february", "feb", "febr", "febrero", "fevrier", "fevr", "fev", "februar", "feber",
      "febbraio", "febb", "fevereiro", "februari", "luty", "lutego", "lut", "февраль", "февраля",
      "фев", "февр", "subat", "sub"],
    &["march", "mar", "marzo", "mars", "marz", "maerz", "mrz", "marco", "maart", "mrt", "marzec",
      "marca", "март", "марта", "мар", "marts", "mart"],
    &["april", "apr", "abril", "abr", "avril", "avr", "aprile", "kwiecien", "kwietnia", "kwi",
      "апрель", "апреля", "апр", "nisan", "nis"],
    &["may", "mayo", "mai", "maggio", "mag", "magg", "maio", "mei", "maj", "maja", "маи", "мая",
      "mayis"],
    &["june", "jun", "junio", "juin", "juni", "giugno", "giu", "junho", "czerwiec", "czerwca",
      "cze", "июнь", "июня", "июн", "haziran", "haz"],
    &["july", "jul", "julio", "juillet", "juil", "juill", "juli", "luglio", "lug", "julho",
      "lipiec", "lipca", "lip", "июль", "июля", "июл", "temmuz", "tem"],
    &["august", "aug", "agosto", "ago", "aout", "augustus", "sierpien", "sierpnia", "sie",
      "август", "августа", "авг", "augusti", "agustos", "agu"],
    &["september", "sep", "sept", "septiembre", "setiembre", "septembre", "settembre", "set",
      "sett", "setembro", "wrzesien", "wrzesnia", "wrz", "сентябрь", "сентября", "сен", "сент",
      "eylul", "eyl"],
    &["october", "oct", "octubre", "octobre", "oktober", "okt", "ottobre", "ott", "outubro",
      "out", "pazdziernik", "pazdziernika", "paz", "октябрь", "октября", "окт", "ekim", "eki"],
    &["november", "nov", "noviembre", "novembre", "novembro", "listopad", "listopada", "lis",
      "ноябрь", "ноября", "ноя", "нояб", "kasim", "kas"],
    &["december", "dec", "diciembre", "dic", "decembre", "dezember", "dez", "dicembre",
      "dezembro", "grudzien", "grudnia", "gru", "декабрь", "декабря", "дек", "desember", "des",
      "aralik", "ara"],
];

/// The number of the month that the folded `word` names, 1 to 12.
pub(super) fn month_named(word: &str) -> Option<i8> {
    (1..).zip(NAMES).find_map(|(month, names)| names.contains(&word).then_some(month))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, month_named};
    use crate::text::fold;

    #[test]
    fn names_are_folded_and_stand_once() {
        for (month, names) in (1..).zip(NAMES) {
            for name in names {
                assert_eq!(fold(name), *name);
                assert_eq!(month_named(name), Some(month), "{name}");
                assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
            }
        }
    }

    #[test]
    fn other_words_are_no_months() {
        assert_eq!(month_named(""), None);
        assert_eq!(month_named("monday"), None);
        assert_eq!(month_named("apri"), None);
    }
}
