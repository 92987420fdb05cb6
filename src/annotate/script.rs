//! The language of a text as its script tells it: letters that one language alone is
//! written with need no statistics, and a headline has enough of them.

/// Letters of a script from which its language is told. Two words of Thai or Korean have
/// as many.
const ENOUGH_LETTERS: usize = 10;

/// Of ideographs and kana together, kana are 40 to 60 % in Japanese prose and a fifth in
/// terse headlines; in Chinese they only stand in quoted names.
const LETTERS_FOR_ONE_KANA: usize = 12;

/// A script, as far as it tells languages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Devanagari,
    /// Ideographs and kana.
    Ideographic,
    /// A script of one language of news, by its code.
    Of(&'static str),
    /// Any other.
    Other,
}

/// The script of a letter.
const fn script_of(letter: char) -> Script {
    match letter {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Of("el"),
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{531}'..='\u{58f}' => Script::Of("hy"),
        '\u{5d0}'..='\u{5f2}' => Script::Of("he"),
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => Script::Arabic,
        '\u{900}'..='\u{97f}' => Script::Devanagari,
        '\u{980}'..='\u{9ff}' => Script::Of("bn"),
        '\u{a00}'..='\u{a7f}' => Script::Of("pa"),
        '\u{a80}'..='\u{aff}' => Script::Of("gu"),
        '\u{b00}'..='\u{b7f}' => Script::Of("or"),
        '\u{b80}'..='\u{bff}' => Script::Of("ta"),
        '\u{c00}'..='\u{c7f}' => Script::Of("te"),
        '\u{c80}'..='\u{cff}' => Script::Of("kn"),
        '\u{d00}'..='\u{d7f}' => Script::Of("ml"),
        '\u{d80}'..='\u{dff}' => Script::Of("si"),
        '\u{e00}'..='\u{e7f}' => Script::Of("th"),
        '\u{e80}'..='\u{eff}' => Script::Of("lo"),
        '\u{1000}'..='\u{109f}' => Script::Of("my"),
        '\u{10a0}'..='\u{10ff}' => Script::Of("ka"),
        '\u{1200}'..='\u{139f}' => Script::Of("am"),
        '\u{1780}'..='\u{17ff}' => Script::Of("km"),
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}' => Script::Of("ko"),
        '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => {
            Script::Ideographic
        }
        _ => Script::Other,
    }
}

/// The script of most letters of `text`, and how many they are; none of a text where none
/// has most.
pub(super) fn main_script(text: &str) -> Option<(Script, usize)> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    let mut all = 0;
    for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
        let script = script_of(letter);
        all += 1;
        match counts.iter_mut().find(|(counted, _)| *counted == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    counts.into_iter().find(|(_, count)| 2 * count > all)
}

/// The language of a text whose script tells it.
pub(super) fn language_by_script(text: &str) -> Option<&'static str> {
    let (script, letters) = main_script(text)?;
    if letters < ENOUGH_LETTERS {
        return None;
    }
    match script {
        Script::Of(language) => Some(language),
        Script::Ideographic => {
            let kana = text.chars().filter(|letter| matches!(letter, '\u{3041}'..='\u{30fa}'));
            let is_japanese = kana.count() * LETTERS_FOR_ONE_KANA >= letters;
            Some(if is_japanese { "ja" } else { "zh" })
        }
        _ => None,
    }
}

/// Whether texts of a language are written in a script, as far as is known; `language` is
/// an ISO 639-1 code. Of a language that is not known here, any.
pub(super) fn is_written_in(language: &str, script: Script) -> bool {
    let usual: &[Script] = match language {
        "zh" | "ja" => &[Script::Ideographic],
        "ru" | "uk" | "be" | "bg" | "mk" => &[Script::Cyrillic],
        "ar" | "fa" | "ur" | "ps" => &[Script::Arabic],
        "yi" => &[Script::Of("he")],
        "hi" | "ne" | "mr" => &[Script::Devanagari],
        "en" | "de" | "fr" | "es" | "it" | "pt" | "nl" | "sv" | "da" | "nb" | "nn" | "no"
        | "fi" | "is" | "et" | "lv" | "lt" | "pl" | "cs" | "sk" | "sl" | "hr" | "hu" | "ro"
        | "tr" | "ca" | "eu" | "ga" | "cy" | "id" | "ms" | "tl" | "vi" | "sw" | "af" | "sq" => {
            &[Script::Latin]
        }
        "el" | "hy" | "he" | "bn" | "pa" | "gu" | "or" | "ta" | "te" | "kn" | "ml" | "si"
        | "th" | "lo" | "my" | "ka" | "am" | "km" | "ko" => {
            return matches!(script, Script::Of(of) if of == language);
        }
        _ => return true,
    };
    usual.contains(&script)
}

#[cfg(test)]
mod tests {
    use super::{Script, is_written_in, language_by_script, main_script};

    #[test]
    fn headlines_in_scripts_of_their_own_are_enough() {
        for (text, language) in [
            ("码头工人罢工进入第二周了", Some("zh")),
            ("港湾労働者がストに入った", Some("ja")),
            ("東京株、続落 一時四百円安に", Some("ja")),
            ("항만 노동자들이 파업에 들어갔다", Some("ko")),
            ("คนงานท่าเรือหยุดงานประท้วง", Some("th")),
            ("ລັດຖະບານລາວປະກາດແຜນ", Some("lo")),
            ("Εκλογές την Κυριακή", Some("el")),
            ("港口", None),
            ("Dockers walk out again", None),
            ("Портовые рабочие бастуют", None),
            ("", None),
        ] {
            assert_eq!(language_by_script(text), language, "{text}");
        }
    }

    #[test]
    fn most_letters_decide_on_the_script() {
        assert_eq!(main_script("Apple手机 рынок"), None);
        assert_eq!(main_script("Рынок Apple и Google сегодня вырос"), Some((Script::Cyrillic, 18)));
    }

    #[test]
    fn scripts_contradict_languages() {
        for (language, script, agrees) in [
            ("en", Script::Latin, true),
            ("en", Script::Of("th"), false),
            ("th", Script::Of("th"), true),
            ("th", Script::Latin, false),
            ("sr", Script::Cyrillic, true),
            ("sr", Script::Latin, true),
            ("yi", Script::Of("he"), true),
        ] {
            assert_eq!(is_written_in(language, script), agrees, "{language}");
        }
    }
}
