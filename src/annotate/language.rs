//! The language of an article: as declared, unless the text is plainly in another; else
//! detected.
//!
//! Many pages declare the language of their template (`<html lang="en">` above Thai). A
//! declared language is not believed where the text
//!
//! * is in a script that the declared language is not written in;
//! * is, where it starts and in its middle, surely in one other language of the same
//!   script; unless the detector mixes the two up, or does not know the declared one, so
//!   that it takes it for another (though not for English, of which the words must speak).

use super::TokenisedText;
use super::language_codes::{code, declared_language, is_detected};
use super::script::{is_written_in, language_by_script, main_script};
use crate::text::Token;

/// Bytes of a text that detection looks at: as much as decides between
/// languages of one script; the rest of an article seldom changes it.
const SAMPLE_BYTES: usize = 600;

/// Letters below which detection is a guess and nothing is reported.
const LEAST_LETTERS: usize = 20;

/// Letters from which the likeliest language is reported. Of fewer, a headline
/// for example, it is wrong as often as right unless the detector is sure.
const ENOUGH_LETTERS: usize = 200;

/// Letters of a sample from which it may speak against a declared language.
const LETTERS_TO_CONTRADICT: usize = 100;

/// Languages between which detection errs even where it is sure.
const ALIKE: [&[&str]; 5] =
    [&["da", "nb"], &["hr", "sr", "sl"], &["id", "jv"], &["cs", "sk"], &["af", "nl"]];

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
fn is_plainly_english(text: &str, tokens: &[Token]) -> bool {
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

/// The language of a text that declares `tag`, and whether that is sure. None where it
/// declares none and is too short to tell.
pub(super) fn language(tag: &str, text: &TokenisedText<'_>) -> (Option<String>, bool) {
    let is_english = || is_plainly_english(text.text, &text.tokens);
    match declared_language(tag) {
        Some(declared) => {
            // Most news, which needs no more.
            let other = if declared == "en" && is_english() {
                None
            } else {
                contradiction(&declared, text, is_english)
            };
            (Some(other.map_or(declared, str::to_owned)), true)
        }
        None if is_english() => (Some("en".to_owned()), true),
        None => {
            let detected = detect_language(text.text);
            let is_sure = detected.is_some_and(|detected| detected.is_sure);
            (detected.map(|detected| detected.language.to_owned()), is_sure)
        }
    }
}

/// The language that `text` plainly is in where that is not the declared one.
fn contradiction(
    declared: &str,
    text: &TokenisedText<'_>,
    is_english: impl Fn() -> bool,
) -> Option<&'static str> {
    let [start, middle] = samples(text.text);
    let (script, letters) = main_script(start)?;
    if letters < LETTERS_TO_CONTRADICT {
        return None;
    }
    let usual = usual_code(declared);
    if !is_written_in(usual, script) || language_by_script(start).is_some() {
        return detected_in(start)
            .map(|found| found.language)
            .filter(|found| *found != usual && !is_written_also(usual, found));
    }
    let found = detected_in(start).filter(|found| found.is_sure && found.language != usual)?;
    let is_alike =
        ALIKE.iter().any(|alike| alike.contains(&usual) && alike.contains(&found.language));
    let is_told = is_detected(usual) || found.language == "en" && is_english();
    (is_told && !is_alike && detected_in(middle) == Some(found)).then_some(found.language)
}

/// Whether a language is one more that is written in the script of the other alone.
fn is_written_also(declared: &str, found: &str) -> bool {
    matches!((declared, found), ("yi", "he"))
}

/// The code by which detection knows a declared language.
fn usual_code(declared: &str) -> &str {
    match declared {
        "no" | "nn" => "nb",
        "bs" | "sh" => "hr",
        other => other,
    }
}

/// The start and the middle of a text, as much of each as detection looks at.
fn samples(text: &str) -> [&str; 2] {
    let text = text.trim_start();
    [0, text.len() / 2].map(|start| {
        let rest = &text[text.floor_char_boundary(start)..];
        &rest[..rest.floor_char_boundary(SAMPLE_BYTES.min(rest.len()))]
    })
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
pub(super) fn detect_language(text: &str) -> Option<Detected> {
    detected_in(samples(text)[0])
}

/// The language of a sample of a text.
fn detected_in(sample: &str) -> Option<Detected> {
    if let Some(language) = language_by_script(sample) {
        return Some(Detected { language, is_sure: true });
    }
    let letters = sample.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < LEAST_LETTERS {
        return None;
    }
    let found = whatlang::detect(sample)?;
    let is_sure = found.is_reliable();
    (letters >= ENOUGH_LETTERS || is_sure)
        .then(|| Detected { language: code(found.lang()), is_sure })
}

#[cfg(test)]
mod tests {
    use super::{Detected, detect_language, is_plainly_english, language};
    use crate::annotate::{TextPart, TokenisedText};
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
    fn a_declared_language_is_believed_unless_the_text_is_plainly_in_another() {
        let german =
            "Die Hafenarbeiter stimmen am Freitag darüber ab, ob sie wieder streiken. Der \
                      Hafen bleibt bis dahin geschlossen, wie die Gewerkschaft am Abend mitteilte. "
                .repeat(9);
        let english = "The harbour workers vote on the offer of the port, said Ann. ".repeat(9);
        let thai = "คนงานท่าเรือหยุดงานประท้วงเมื่อวันจันทร์ ".repeat(9);
        let japanese = "港湾労働者は月曜日にストに入り、港は閉鎖されたままだ。".repeat(9);
        let danish =
            "Havnearbejderne stemmer på fredag om, hvorvidt de skal strejke igen. ".repeat(9);
        let basque = "Portuko langileek ostiralean erabakiko dute greba egingo duten. ".repeat(9);
        for (declared, text, expected) in [
            ("de-DE", &*german, "de"),
            ("en", &german, "de"),
            ("en", &english, "en"),
            ("de", &english, "en"),
            ("en-US", &thai, "th"),
            ("zh-CN", &japanese, "ja"),
            ("ja", &japanese, "ja"),
            // Too short to speak against it; a language that it is taken for; one that
            // the detector does not know.
            ("en", "Die Hafenarbeiter stimmen am Freitag ab.", "en"),
            ("no", &danish, "no"),
            ("eu", &basque, "eu"),
            ("", &german, "de"),
        ] {
            let text = TokenisedText::new(TextPart::Body, text);
            let (found, _) = language(declared, &text);
            assert_eq!(found.as_deref(), Some(expected), "{declared}: {:.40}", text.text);
        }
    }
}
