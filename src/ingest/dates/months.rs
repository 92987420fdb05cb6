//! The names of the months.
//!
//! In the languages of most European press, Indonesian and Arabic; in full, in
//! the case that dates put them in, and in the abbreviations that news uses.
//! Chinese, Japanese and Korean number their months (see `calendar`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The names of each month, folded (see [`crate::text::fold`]). No name means
/// two months in two of the languages: Croatian is missing, whose *listopad*
/// is October and not, as in Polish and Czech, November.
#[rustfmt::skip]
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "enero", "ene", "janvier", "janv", "januar", "janner", "jaenner",
      "gennaio", "gen", "genn", "janeiro", "januari", "styczen", "stycznia", "sty", "январь",
      "января", "янв", "ocak", "oca", "leden", "ledna", "januara", "tammikuu", "tammikuuta",
      "gener", "ianuarie", "ian", "ιανουαριοσ", "ιανουαριου", "ιαν", "січень", "січня", "януари",
      "يناير"],
    &["february", "feb", "febr", "febrero", "fevrier", "fevr", "fev", "februar", "feber",
      "febbraio", "febb", "fevereiro", "februari", "luty", "lutego", "lut", "февраль", "февраля",
      "фев", "февр", "subat", "sub", "unor", "unora", "februara", "helmikuu", "helmikuuta",
      "febrer", "februarie", "φεβρουαριοσ", "φεβρουαριου", "φεβ", "лютии", "лютого", "февруари",
      "فبراير"],
    &["march", "mar", "marzo", "mars", "marz", "maerz", "mrz", "marco", "maart", "mrt", "marzec",
      "marca", "март", "марта", "мар", "marts", "mart", "brezen", "brezna", "marcius",
      "maaliskuu", "maaliskuuta", "marc", "martie", "μαρτιοσ", "μαρτιου", "μαρ", "березень",
      "березня", "maret", "مارس"],
    &["april", "apr", "abril", "abr", "avril", "avr", "aprile", "kwiecien", "kwietnia", "kwi",
      "апрель", "апреля", "апр", "nisan", "nis", "duben", "dubna", "aprila", "aprilis",
      "huhtikuu", "huhtikuuta", "aprilie", "απριλιοσ", "απριλιου", "απρ", "квітень", "квітня",
      "април", "ابريل"],
    &["may", "mayo", "mai", "maggio", "mag", "magg", "maio", "mei", "maj", "maja", "маи", "мая",
      "mayis", "kveten", "kvetna", "majus", "toukokuu", "toukokuuta", "maig", "μαιοσ", "μαιου",
      "травень", "травня", "مايو"],
    &["june", "jun", "junio", "juin", "juni", "giugno", "giu", "junho", "czerwiec", "czerwca",
      "cze", "июнь", "июня", "июн", "haziran", "haz", "cerven", "cervna", "juna", "junius",
      "kesakuu", "kesakuuta", "juny", "iunie", "ιουνιοσ", "ιουνιου", "ιουν", "червень", "червня",
      "юни", "يونيو"],
    &["july", "jul", "julio", "juillet", "juil", "juill", "juli", "luglio", "lug", "julho",
      "lipiec", "lipca", "lip", "июль", "июля", "июл", "temmuz", "tem", "cervenec", "cervence",
      "jula", "julius", "heinakuu", "heinakuuta", "juliol", "iulie", "ιουλιοσ", "ιουλιου", "ιουλ",
      "липень", "липня", "юли", "يوليو"],
    &["august", "aug", "agosto", "ago", "aout", "augustus", "sierpien", "sierpnia", "sie",
      "август", "августа", "авг", "augusti", "agustos", "agu", "srpen", "srpna", "augusta",
      "augusztus", "elokuu", "elokuuta", "agost", "αυγουστοσ", "αυγουστου", "αυγ", "серпень",
      "серпня", "agustus", "اغسطس"],
    &["september", "sep", "sept", "septiembre", "setiembre", "septembre", "settembre", "set",
      "sett", "setembro", "wrzesien", "wrzesnia", "wrz", "сентябрь", "сентября", "сен", "сент",
      "eylul", "eyl", "zari", "septembra", "szeptember", "syyskuu", "syyskuuta", "setembre",
      "septembrie", "σεπτεμβριοσ", "σεπτεμβριου", "σεπ", "вересень", "вересня", "септември",
      "سبتمبر"],
    &["october", "oct", "octubre", "octobre", "oktober", "okt", "ottobre", "ott", "outubro",
      "out", "pazdziernik", "pazdziernika", "paz", "октябрь", "октября", "окт", "ekim", "eki",
      "rijen", "rijna", "oktobra", "lokakuu", "lokakuuta", "octombrie", "οκτωβριοσ",
      "οκτωβριου", "οκτ", "жовтень", "жовтня", "октомври", "اكتوبر"],
    &["november", "nov", "noviembre", "novembre", "novembro", "listopad", "listopada",
      "listopadu", "lis", "ноябрь", "ноября", "ноя", "нояб", "kasim", "kas", "novembra",
      "marraskuu", "marraskuuta", "noiembrie", "νοεμβριοσ", "νοεμβριου", "νοε", "ноември",
      "نوفمبر"],
    &["december", "dec", "diciembre", "dic", "decembre", "dezember", "dez", "dicembre",
      "dezembro", "grudzien", "grudnia", "gru", "декабрь", "декабря", "дек", "desember", "des",
      "aralik", "ara", "prosinec", "prosince", "decembra", "joulukuu", "joulukuuta", "desembre",
      "decembrie", "δεκεμβριοσ", "δεκεμβριου", "δεκ", "грудень", "грудня", "декември", "ديسمبر"],
];

/// The month of each name.
static MONTHS: LazyLock<FxHashMap<&str, i8>> = LazyLock::new(|| {
    let named = (1..).zip(NAMES);
    named.flat_map(|(month, names)| names.iter().map(move |name| (*name, month))).collect()
});

/// The number of the month that the folded `word` names, 1 to 12.
pub(super) fn month_named(word: &str) -> Option<i8> {
    MONTHS.get(word).copied()
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
