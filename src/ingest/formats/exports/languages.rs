//! The names by which the databases of the press call languages.

/// Tags of BCP 47 and the names, in lower case, in the languages of the exports.
const NAMES: [(&str, &[&str]); 22] = [
    ("en", &["english", "englisch", "anglais", "inglés", "ingles", "inglese", "engels"]),
    ("de", &["german", "deutsch", "allemand", "alemán", "aleman", "tedesco", "duits"]),
    ("fr", &["french", "französisch", "français", "francais", "francés", "francese", "frans"]),
    ("es", &["spanish", "spanisch", "espagnol", "español", "espanol", "spagnolo", "spaans"]),
    ("it", &["italian", "italienisch", "italien", "italiano", "italiaans"]),
    ("nl", &["dutch", "niederländisch", "néerlandais", "nederlands", "holandés"]),
    ("pt", &["portuguese", "portugiesisch", "portugais", "portugués", "português"]),
    ("pl", &["polish", "polnisch", "polonais", "polski"]),
    ("ru", &["russian", "russisch", "russe", "ruso", "русский"]),
    ("sv", &["swedish", "schwedisch", "suédois", "svenska"]),
    ("da", &["danish", "dänisch", "danois", "dansk"]),
    ("no", &["norwegian", "norwegisch", "norvégien", "norsk"]),
    ("fi", &["finnish", "finnisch", "finnois", "suomi"]),
    ("tr", &["turkish", "türkisch", "turc", "türkçe"]),
    ("cs", &["czech", "tschechisch", "tchèque"]),
    ("hu", &["hungarian", "ungarisch", "hongrois"]),
    ("el", &["greek", "griechisch", "grec"]),
    ("ar", &["arabic", "arabisch", "arabe"]),
    ("zh", &["chinese", "chinesisch", "chinois", "mandarin"]),
    ("ja", &["japanese", "japanisch", "japonais"]),
    ("ko", &["korean", "koreanisch", "coréen"]),
    ("id", &["indonesian", "indonesisch", "indonésien"]),
];

/// The tag of the language that `line` names: its first word counts (`ENGLISH; ENGLISH`,
/// `Chinese - Traditional`).
pub(super) fn language(line: &str) -> Option<&'static str> {
    let word = line.split([' ', ';', ',']).next().unwrap_or_default().to_lowercase();
    let found = NAMES.iter().find(|(_, names)| names.contains(&word.as_str()));
    found.map(|(tag, _)| *tag)
}

#[cfg(test)]
mod tests {
    use super::{NAMES, language};

    #[test]
    fn names_are_in_lower_case_and_mean_one_language() {
        for (tag, names) in NAMES {
            for name in names {
                assert_eq!(language(name), Some(tag));
            }
        }
        assert_eq!(language("ENGLISH; ENGLISH"), Some("en"));
        assert_eq!((language(""), language("Rain")), (None, None));
    }
}
