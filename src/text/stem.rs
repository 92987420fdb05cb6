//! Stemming: the words that inflect one word.
//!
//! Snowball's algorithms over folded words, so that a word with its accents
//! and the same word without them have one stem; and particles of Korean (`korean`).

use std::borrow::Cow;

use frostem::Algorithm;

use super::korean;

/// The stemmer of one language.
#[derive(Clone, Copy)]
pub struct Stemmer {
    code: &'static str,
    rules: Rules,
}

#[derive(Clone, Copy)]
enum Rules {
    None,
    Snowball(frostem::Stemmer),
    Korean,
}

/// Language codes (ISO 639-1) and their algorithms. Languages without one are
/// searched without inflection.
const LANGUAGES: [(&str, Algorithm); 29] = [
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("nl", Algorithm::Dutch),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

impl Stemmer {
    /// The one that leaves words alone.
    pub const NONE: Self = Self { code: "", rules: Rules::None };

    /// The stemmer for a language; one that leaves words alone where there is
    /// none.
    ///
    /// `language` is an ISO 639-1 code in lower case. An unknown one, empty, is
    /// taken for English: it is that of texts too short to tell, such as
    /// headlines, and most of those are.
    #[must_use]
    pub fn for_language(language: &str) -> Self {
        // Norwegian is written `no`, `nb` or `nn` by whoever tags it. Serbian, Croatian
        // and Bosnian inflect alike.
        let language = match language {
            "no" | "nn" => "nb",
            "hr" | "bs" | "sh" => "sr",
            "ko" => return Self { code: "ko", rules: Rules::Korean },
            "" => "en",
            other => other,
        };
        match LANGUAGES.iter().find(|(code, _)| *code == language) {
            Some((code, algorithm)) => {
                Self { code, rules: Rules::Snowball(frostem::Stemmer::new(*algorithm)) }
            }
            None => Self::NONE,
        }
    }

    /// The code of the language whose rules apply; empty for none.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// Whether two folded words are inflections of one word.
    #[must_use]
    pub fn share_stem(self, one: &str, other: &str) -> bool {
        one == other
            || ((one.as_bytes().first() == other.as_bytes().first() || self.strips_prefixes())
                && self.stem(one) == self.stem(other))
    }

    /// Whether the language's rules may change the start of a word. Those of
    /// the others only take endings off.
    fn strips_prefixes(self) -> bool {
        !matches!(
            self.code,
            "da" | "de" | "en" | "es" | "fi" | "fr" | "it" | "ko" | "nb" | "pt" | "ru" | "sv"
        )
    }

    /// The stem of a folded word.
    #[must_use]
    pub fn stem(self, folded: &str) -> Cow<'_, str> {
        match self.rules {
            Rules::Snowball(stemmer) => stemmer.stem(folded),
            Rules::Korean => Cow::Borrowed(korean::stem(folded)),
            Rules::None => Cow::Borrowed(folded),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, Stemmer};
    use proptest::prelude::*;

    #[test]
    fn inflections_share_a_stem() {
        for (language, one, other) in [
            ("en", "strikes", "striking"),
            ("en", "drone", "drones"),
            ("de", "hauser", "hauses"),
            ("fr", "elections", "election"),
            ("es", "huelgas", "huelga"),
            ("no", "husene", "husets"),
            ("cs", "volby", "voleb"),
            ("hi", "चुनावों", "चुनाव"),
            ("hr", "izbora", "izbori"),
            ("ko", "서울에서", "서울"),
            ("pl", "wyborach", "wybory"),
        ] {
            let stemmer = Stemmer::for_language(language);
            assert_eq!(stemmer.stem(one), stemmer.stem(other), "{language}");
        }
    }

    proptest! {
        #[test]
        fn sharing_a_stem_is_having_the_same(
            language in proptest::sample::select(LANGUAGES.map(|(code, _)| code).to_vec()),
            words in proptest::collection::vec("[a-eg-inor-tuy]{1,7}(s|ing|es|en|er)?", 2..6),
        ) {
            let stemmer = Stemmer::for_language(language);
            for one in &words {
                for other in &words {
                    let same = stemmer.stem(one) == stemmer.stem(other);
                    prop_assert_eq!(stemmer.share_stem(one, other), same, "{} {}", one, other);
                }
            }
        }
    }

    #[test]
    fn an_unknown_language_leaves_words_alone() {
        let stemmer = Stemmer::for_language("zz");
        assert_eq!(stemmer.code(), "");
        assert_eq!(stemmer.stem("strikes"), "strikes");
    }
}
