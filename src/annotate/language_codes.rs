//! Codes of languages: of tags that articles declare, and of the detector.

use whatlang::Lang;

/// The language of a tag (BCP 47, or ISO 639 with three letters) as its ISO 639-1 code,
/// if it has one: `pt-BR` is `pt`, `zh-Hant` `zh`, `deu` and `ger` are `de`, and `iw` is `he`.
pub(super) fn declared_language(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let plausible =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !plausible || NO_LANGUAGE.contains(&&*primary) {
        return None;
    }
    let of_three = CODES.iter().find(|(three, _)| *three == primary).map(|(_, two)| *two);
    let usual = OTHER_CODES.iter().find(|(other, _)| *other == primary).map(|(_, two)| *two);
    Some(of_three.or(usual).map_or(primary, str::to_owned))
}

/// Tags that name no language: undetermined, several, none at all, and a placeholder.
const NO_LANGUAGE: [&str; 4] = ["und", "mul", "zxx", "xx"];

/// Old and bibliographic codes, and codes of what is written in one way, with the ISO
/// 639-1 codes in their place.
const OTHER_CODES: [(&str, &str); 26] = [
    ("arm", "hy"),
    ("baq", "eu"),
    ("bur", "my"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("fas", "fa"),
    ("fre", "fr"),
    ("geo", "ka"),
    ("ger", "de"),
    ("gre", "el"),
    ("in", "id"),
    ("iw", "he"),
    ("ji", "yi"),
    ("jw", "jv"),
    ("mac", "mk"),
    ("mo", "ro"),
    ("nno", "nn"),
    ("nor", "no"),
    ("per", "fa"),
    ("rum", "ro"),
    ("slo", "sk"),
    ("wel", "cy"),
    ("yue", "zh"),
    ("zho", "zh"),
];

/// ISO 639-1 code of a language, or its ISO 639-3 code where it has none.
pub(super) fn code(language: Lang) -> &'static str {
    CODES
        .iter()
        .find(|(three, _)| *three == language.code())
        .map_or_else(|| language.code(), |(_, two)| two)
}

/// Whether detection knows a language, by its ISO 639-1 code.
pub(super) fn is_detected(language: &str) -> bool {
    CODES.iter().any(|(_, two)| *two == language)
}

/// ISO 639-3 to ISO 639-1, for the languages that detection knows.
const CODES: [(&str, &str); 70] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

#[cfg(test)]
mod tests {
    use super::{CODES, code, declared_language};

    #[test]
    fn every_language_has_a_two_letter_code() {
        for language in whatlang::Lang::all() {
            assert_eq!(code(*language).len(), 2, "{language:?}");
        }
        assert!(CODES.is_sorted());
    }

    #[test]
    fn tags_reduce_to_their_language() {
        for (tag, language) in [
            ("pt-BR", Some("pt")),
            ("EN_us", Some("en")),
            ("zh-Hans", Some("zh")),
            ("zh-TW", Some("zh")),
            ("iw", Some("he")),
            ("deu", Some("de")),
            ("ger", Some("de")),
            ("nb-NO", Some("nb")),
            ("und", None),
            ("english language", None),
            ("", None),
        ] {
            assert_eq!(declared_language(tag).as_deref(), language, "{tag}");
        }
    }
}
