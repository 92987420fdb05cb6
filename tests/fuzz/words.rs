//! Words, sentences and the lead lie in the text, in order; keys of words and names stay
//! what they are when they are made again, and do not grow without bound.

use newsdex::article::outlet_key;
use newsdex::ingest::names_in_byline;
use newsdex::text::{
    Stemmer, breaks, fold, given_name, lead, name_key, person_key, tokens, turned_round,
};

use super::choice::text;

/// Times that folding may make a text longer: no letter of Unicode decomposes to more than
/// 18 (NFKC of U+FDFA), of three bytes each.
const GROWTH: usize = 18;

/// Codes of languages that stem in different ways, and one that is none.
const LANGUAGES: [&str; 6] = ["en", "fr", "ar", "de", "tr", "xx"];

/// Checks an input.
pub fn check(bytes: &[u8]) {
    let text = text(bytes);
    check_words(&text);
    let is_again = |key: &str, again: String| assert_eq!(key, again, "{text:?}");
    let folded = fold(&text);
    assert!(folded.len() <= GROWTH * text.len(), "{text:?}");
    is_again(&folded, fold(&folded));
    let key = name_key(&text);
    is_again(&key, name_key(&key));
    let key = outlet_key(&text);
    is_again(&key, outlet_key(&key));
    let person = person_key(&text);
    assert!(person.len() <= GROWTH * text.len() + GROWTH, "{text:?}");
    let _ = (turned_round(&text), given_name(&folded));
    for name in names_in_byline(&text) {
        assert!(!name.trim().is_empty(), "{text:?}");
    }
}

fn check_words(text: &str) {
    let words: Vec<_> = tokens(text).collect();
    let mut end = 0;
    for word in &words {
        assert!(end <= word.span.start && word.span.start < word.span.end, "{text:?}: {word:?}");
        assert!(text.get(word.span.range()).is_some(), "{text:?}: {word:?}");
        let folded = word.folded(text);
        for language in LANGUAGES {
            let _ = Stemmer::for_language(language).stem(&folded);
        }
        end = word.span.end;
    }
    assert_eq!(breaks(text, &words).count(), words.len(), "{text:?}");
    let lead = lead(text);
    assert!(text.get(lead.range()).is_some(), "{text:?}: {lead:?}");
}
