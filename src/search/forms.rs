//! What a word of a query means: the forms of words that it takes in.
//!
//! One meaning for the index and for highlighting: a form says which terms
//! stand for it, and whether it takes in a word of a text.

use super::fitting::{Fitting, Fuzzy};
use super::glob::Glob;
use crate::query::{Pattern, PatternPiece, TextMatch, word_regex};
use crate::text::{
    Case, Stemmer, Token, begins_with_part, ends_with_part, fold, is_unspaced, tokens,
};

/// The words of a text that one word of a query takes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WordForm {
    /// This folded word in any inflection.
    Inflected(String),
    /// This folded word as it is.
    Exact(String),
    /// This folded word where it is an acronym.
    Acronym(String),
    /// This folded word of a script without spaces, and longer ones that it is a part of:
    /// people do not agree on what is one word there.
    Unspaced(String, Open),
    /// Words that fit a pattern; with the pattern as typed, for messages.
    Fitting(Fitting, String),
}

/// At which side a longer word may have more than the one that is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Before it: so for the first of words side by side.
    Start,
    /// Behind it: so for the last.
    End,
    /// At either, not at both: so for a word alone.
    Either,
    /// At none: so for one between others.
    Neither,
}

impl Open {
    /// Whether a longer word may begin with the one that is looked for.
    pub(super) const fn takes_beginnings(self) -> bool {
        matches!(self, Self::End | Self::Either)
    }

    /// Whether a longer word may end with the one that is looked for.
    pub(super) const fn takes_ends(self) -> bool {
        matches!(self, Self::Start | Self::Either)
    }
}

/// Forms of words side by side; one for a single word.
pub(super) type Forms = Vec<WordForm>;

/// A word of a text, as forms see it.
pub(super) struct SeenWord<'a> {
    /// The word, folded.
    pub(super) folded: &'a str,
    /// Whether it is an acronym; its plural `s` is left out of `acronym`.
    pub(super) acronym: Option<&'a str>,
    /// The stemmer of the text's language.
    pub(super) stemmer: Stemmer,
}

impl WordForm {
    /// Opens a word of a script without spaces; it has no inflections.
    fn open(&mut self, open: Open) {
        if let Self::Inflected(word) | Self::Exact(word) | Self::Unspaced(word, _) = self
            && is_unspaced(word)
        {
            *self = Self::Unspaced(std::mem::take(word), open);
        }
    }

    /// Whether it takes in a word of a text.
    pub(super) fn takes_in(&self, word: &SeenWord<'_>) -> bool {
        match self {
            Self::Inflected(wanted) => word.stemmer.share_stem(word.folded, wanted),
            Self::Exact(wanted) => word.folded == wanted,
            Self::Acronym(wanted) => word.acronym == Some(wanted.as_str()),
            Self::Unspaced(wanted, open) => {
                word.folded == wanted
                    || open.takes_beginnings() && begins_with_part(word.folded, wanted)
                    || open.takes_ends() && ends_with_part(word.folded, wanted)
            }
            Self::Fitting(pattern, _) => pattern.matches(word.folded),
        }
    }
}

/// What the words of a query's leaf mean. Empty if it has none (`"…"`).
pub(super) fn forms_of(text: &TextMatch) -> Forms {
    match text {
        // Of a compound such as COVID-19 nobody means the acronym alone.
        TextMatch::Word(word) => words_of(word, WordForm::Inflected, |_, words| words.len() == 1),
        // Where all words are in capitals, somebody pasted a headline; and
        // between quotes one word is that word, an operator too.
        TextMatch::Phrase(phrase) => words_of(phrase, WordForm::Exact, are_not_all_capitals),
        TextMatch::Loose(phrase, _) => {
            let mut forms = words_of(phrase, WordForm::Exact, are_not_all_capitals);
            // Each stands by itself.
            forms.iter_mut().for_each(|form| form.open(Open::Either));
            forms
        }
        TextMatch::Pattern(pattern) => pattern_forms(pattern),
        TextMatch::Fuzzy(word, edits) => {
            let fuzzy = Fitting::Fuzzy(Fuzzy::new(&fold(word), *edits));
            vec![WordForm::Fitting(fuzzy, format!("{word}~{edits}"))]
        }
        // The parser refuses an expression that is none.
        TextMatch::Regex(regex) => word_regex(regex)
            .map(|expression| WordForm::Fitting(Fitting::Regex(expression), format!("/{regex}/")))
            .into_iter()
            .collect(),
    }
}

/// A word of one letter, such as *A*, may be among capitals.
fn are_not_all_capitals(text: &str, words: &[Token]) -> bool {
    let is_letter = |word: &Token| word.span.of(text).chars().nth(1).is_none();
    words.iter().any(|word| match word.case {
        Case::Capitals => false,
        Case::Initial => !is_letter(word),
        _ => true,
    })
}

/// The words of `text`; those in capitals are acronyms if all words together
/// are such that `has_acronyms`.
fn words_of(
    text: &str,
    ordinary: fn(String) -> WordForm,
    has_acronyms: fn(&str, &[Token]) -> bool,
) -> Forms {
    let found: Vec<_> = tokens(text).collect();
    let has_acronyms = has_acronyms(text, &found);
    let form = |token: &Token| {
        let folded = token.folded(text);
        match token.case {
            Case::Capitals if has_acronyms => WordForm::Acronym(folded),
            _ => ordinary(folded),
        }
    };
    let mut forms: Forms = found.iter().map(form).collect();
    open_sides(&mut forms);
    forms
}

/// Opens the outer sides of words side by side that are of a script without spaces.
fn open_sides(forms: &mut Forms) {
    let last = forms.len().saturating_sub(1);
    for (place, form) in forms.iter_mut().enumerate() {
        let open = match place {
            0 if last == 0 => Open::Either,
            0 => Open::Start,
            _ if place == last => Open::End,
            _ => Open::Neither,
        };
        form.open(open);
    }
}

/// The words of a pattern: pieces that hyphens and the like separate.
fn pattern_forms(pattern: &Pattern) -> Forms {
    let mut forms = Forms::new();
    let mut word: Vec<PatternPiece<'_>> = Vec::new();
    for piece in pattern.pieces() {
        let PatternPiece::Letters(letters) = piece else {
            word.push(piece);
            continue;
        };
        let separates = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '\'' | '’');
        let mut parts = letters.split(separates);
        word.extend(parts.next().filter(|part| !part.is_empty()).map(PatternPiece::Letters));
        for part in parts {
            end_word(&mut word, &mut forms);
            word.extend(Some(part).filter(|part| !part.is_empty()).map(PatternPiece::Letters));
        }
    }
    end_word(&mut word, &mut forms);
    forms
}

fn end_word(word: &mut Vec<PatternPiece<'_>>, forms: &mut Forms) {
    let has_wildcard = word.iter().any(|piece| !matches!(piece, PatternPiece::Letters(_)));
    let typed: String = word
        .iter()
        .map(|piece| match piece {
            PatternPiece::Letters(letters) => letters,
            PatternPiece::AnyOne => "?",
            PatternPiece::AnyRun => "*",
        })
        .collect();
    if has_wildcard {
        let glob = Glob::new(word.drain(..));
        forms.push(WordForm::Fitting(Fitting::Glob(glob), typed));
    } else {
        word.clear();
        forms.extend(words_of(&typed, WordForm::Inflected, |_, _| false));
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "segmentation")]
    use super::Open;
    use super::{WordForm, forms_of};
    use crate::query::{Pattern, TextMatch};

    fn word(text: &str) -> Vec<WordForm> {
        forms_of(&TextMatch::Word(text.into()))
    }

    #[test]
    fn capitals_are_acronyms_unless_all_are() {
        assert_eq!(word("Us"), [WordForm::Inflected("us".into())]);
        assert_eq!(word("US"), [WordForm::Acronym("us".into())]);
        assert_eq!(word("U.S."), [WordForm::Acronym("us".into())]);
        let phrase = |text: &str| forms_of(&TextMatch::Phrase(text.into()));
        assert_eq!(
            phrase("the US said"),
            [
                WordForm::Exact("the".into()),
                WordForm::Acronym("us".into()),
                WordForm::Exact("said".into()),
            ]
        );
        assert_eq!(
            phrase("A REVIEW"),
            [WordForm::Exact("a".into()), WordForm::Exact("review".into())]
        );
        assert_eq!(
            phrase("COCOA REVIEW"),
            [WordForm::Exact("cocoa".into()), WordForm::Exact("review".into())]
        );
        for quoted in ["OR", "TRUMP", "Trump"] {
            assert_eq!(phrase(quoted), [WordForm::Exact(quoted.to_lowercase())]);
        }
    }

    #[test]
    #[cfg(feature = "segmentation")]
    fn words_without_spaces_are_parts_of_longer_ones() {
        let unspaced = |word: &str, open| WordForm::Unspaced(word.into(), open);
        assert_eq!(word("東京"), [unspaced("東京", Open::Either)]);
        let expected = [
            unspaced("東京", Open::Start),
            unspaced("の", Open::Neither),
            unspaced("警察", Open::End),
        ];
        assert_eq!(word("東京の警察"), expected);
        let loose = forms_of(&TextMatch::Loose("東京 警察".into(), 5));
        assert_eq!(loose, [unspaced("東京", Open::Either), unspaced("警察", Open::Either)]);
    }

    #[test]
    fn a_word_with_a_hyphen_is_words_side_by_side() {
        assert_eq!(
            word("anti-war"),
            [WordForm::Inflected("anti".into()), WordForm::Inflected("war".into())]
        );
        assert_eq!(
            word("COVID-19"),
            [WordForm::Inflected("covid".into()), WordForm::Inflected("19".into())]
        );
        let forms = forms_of(&TextMatch::Pattern(Pattern("COVID-1*".into())));
        assert_eq!(forms[0], WordForm::Inflected("covid".into()));
        let forms = forms_of(&TextMatch::Pattern(Pattern("anti-gov*".into())));
        assert_eq!(forms.len(), 2);
        assert_eq!(forms[0], WordForm::Inflected("anti".into()));
        assert!(matches!(&forms[1], WordForm::Fitting(_, typed) if typed == "gov*"));
    }
}
