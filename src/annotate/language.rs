//! The language of an article: as given, else detected.

use whatlang::Lang;

use crate::text::Token;

/// Bytes of a text that detection looks at: as much as decides between
/// languages of one script; the rest of an article seldom changes it.
const SAMPLE_BYTES: usize = 600;

/// Letters below which detection is a guess and nothing is reported.
const LEAST_LETTERS: usize = 20;

/// Letters from which the likeliest language is reported. Of fewer, a headline
/// for example, it is wrong as often as right unless the detector is sure.
const ENOUGH_LETTERS: usize = 200;

/// Words that English puts between all others. Together they are some 35 % of
/// an English news text, and under 10 % of any other.
const ENGLISH: [&str; 24] = [
    "the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "said", "is", "he", "his",
    "has", "by", "from", "it", "at", "as", "who", "had", "were", "have",
];
/// Words at the start of a text by which English is told; the second where a list of
/// names or a caption stands first.
const ENGLISH_SAMPLES: [usize; 2] = [80, 320];
/// *The* is at least every fortieth word, which no other language reaches by
/// quoting some English.
const WORDS_FOR_ONE_THE: usize = 40;
/// Words of a text too short to tell English by them.
const LEAST_ENGLISH_WORDS: usize = 40;

/// Whether the words at the start of `text` show that it is in English: a
/// fifth of them, of forty at least, are words of [`ENGLISH`], and *the* is among
/// them twice in eighty. Most news is, and this is a hundred times faster than to
/// weigh all languages.
pub(super) fn is_plainly_english(text: &str, tokens: &[Token]) -> bool {
    ENGLISH_SAMPLES.iter().any(|words| {
        let sample = &tokens[..tokens.len().min(*words)];
        is_english_sample(text, sample, words / WORDS_FOR_ONE_THE)
    })
}

fn is_english_sample(text: &str, sample: &[Token], least_the: usize) -> bool {
    let is_word = |token: &&Token, word: &str| token.span.of(text).eq_ignore_ascii_case(word);
    let the = sample.iter().filter(|token| is_word(token, "the")).count();
    let english =
        sample.iter().filter(|token| ENGLISH.iter().any(|word| is_word(token, word))).count();
    sample.len() >= LEAST_ENGLISH_WORDS && the >= least_the && english * 5 >= sample.len()
}

/// The primary subtag of a BCP 47 tag in lower case: `pt-BR` is `pt`.
pub(super) fn primary_subtag(tag: &str) -> Option<String> {
    let primary = tag.trim().split(['-', '_']).next()?;
    let plausible =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic());
    plausible.then(|| primary.to_ascii_lowercase())
}

/// A language that was found by the letters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Detected {
    /// An ISO 639-1 code where there is one, else ISO 639-3.
    pub(super) language: &'static str,
    /// Whether the detector is sure; of tables and lists of names it is not.
    pub(super) is_sure: bool,
}

/// The language of `text`; none where it is too short to tell it.
#[must_use]
pub(super) fn detect_language(text: &str) -> Option<Detected> {
    let text = text.trim_start();
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES.min(text.len()))];
    let letters = sample.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < LEAST_LETTERS {
        return None;
    }
    let found = whatlang::detect(sample)?;
    let is_sure = found.is_reliable();
    (letters >= ENOUGH_LETTERS || is_sure)
        .then(|| Detected { language: code(found.lang()), is_sure })
}

/// ISO 639-1 code of a language, or its ISO 639-3 code where it has none.
fn code(language: Lang) -> &'static str {
    CODES
        .iter()
        .find(|(three, _)| *three == language.code())
        .map_or_else(|| language.code(), |(_, two)| two)
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
    use super::{CODES, Detected, code, detect_language, is_plainly_english, primary_subtag};
    use crate::text::tokens;

    #[test]
    fn plain_english_is_told_by_its_commonest_words() {
        for (text, english) in [
            (&"The harbour workers vote on the offer of the port, said Ann. ".repeat(4), true),
            (
                &"Le chœur Voice of the People et le journal The Sun sont nés à Paris en hiver. "
                    .repeat(4),
                false,
            ),
            (&"The harbour workers vote on the offer.".to_owned(), false),
        ] {
            let words: Vec<_> = tokens(text).collect();
            assert_eq!(is_plainly_english(text, &words), english, "{text}");
        }
    }

    #[test]
    fn common_languages_are_told_apart() {
        for (text, language) in [
            ("The harbour workers will vote on Friday whether to go on strike again.", "en"),
            ("Die Hafenarbeiter stimmen am Freitag darüber ab, ob sie wieder streiken.", "de"),
            ("Les dockers voteront vendredi pour décider s'ils reprennent la grève.", "fr"),
            ("Los estibadores votarán el viernes si vuelven a la huelga en el puerto.", "es"),
            ("Портовые рабочие решат в пятницу, начинать ли новую забастовку.", "ru"),
        ] {
            let detected = detect_language(&format!("{text} ").repeat(4));
            assert_eq!(detected.map(|detected| detected.language), Some(language), "{text}");
        }
    }

    #[test]
    fn short_texts_are_not_guessed_at() {
        for text in ["Ja.", "Dockers end strikes", "Minister visits strikers"] {
            assert_eq!(detect_language(text), None, "{text}");
        }
        let greek = Detected { language: "el", is_sure: true };
        assert_eq!(detect_language("Εκλογές στην Ελλάδα την Κυριακή"), Some(greek));
    }

    #[test]
    fn lists_of_names_are_never_sure() {
        let list = "RUGBY - RESULTS. VARNE Harlow 75 Gullhaven 19 Dunmere 40 Port Aldous 17 Bath \
                    56 Swansea 3 Wexley 29 Llanor 13 Kestrel Bay 12 Orrinford 9 Saltmarsh 33 St \
                    Brannoc 20 Ebbw 34 Caerleon 8 Tredegar 15 Ystrad 26 Aberavon 27 Penarth 17 \
                    Okafor 3 tries, Brandt 2, Marchetti, Ruiz, van der Meer; division two: \
                    Calloway 41 Quaylock 7 Lantern 18 Holland 22 Osei 3 Vale 11 Harrow 30";
        let detected = detect_language(list).map(|detected| detected.is_sure);
        assert_eq!(detected, Some(false));
    }

    #[test]
    fn every_language_has_a_two_letter_code() {
        for language in whatlang::Lang::all() {
            assert_eq!(code(*language).len(), 2, "{language:?}");
        }
        assert!(CODES.is_sorted());
    }

    #[test]
    fn tags_reduce_to_their_language() {
        assert_eq!(primary_subtag("pt-BR").as_deref(), Some("pt"));
        assert_eq!(primary_subtag("EN_us").as_deref(), Some("en"));
        assert_eq!(primary_subtag("english language"), None);
        assert_eq!(primary_subtag(""), None);
    }
}
