//! Which words in capitals are acronyms.
//!
//! In a line that is all capitals (a headline of a news agency) any word is,
//! so there only those count that the article also uses as acronyms elsewhere,
//! and those that dots or digits give away (`U.S.`, `G7`).

use rustc_hash::FxHashSet;

use crate::annotate::TokenisedText;
use crate::text::{Case, Token};

/// Words of the shortest line of capitals; one word alone, such as a heading
/// `NATO`, is more often an acronym.
const LEAST_WORDS: usize = 2;

/// The acronyms of one article.
#[derive(Debug, Default)]
pub struct Acronyms {
    /// Folded words that stand in capitals in a line that is not all capitals.
    evident: FxHashSet<String>,
    /// Whether any line is all capitals.
    shouted: bool,
}

impl Acronyms {
    /// Reads the acronyms off the texts of one article.
    #[must_use]
    pub fn of(texts: [&TokenisedText<'_>; 2]) -> Self {
        let mut acronyms = Self::default();
        for text in texts {
            for line in lines(text) {
                acronyms.shouted |= is_capitals(text.text, line);
            }
        }
        if acronyms.shouted {
            for text in texts {
                for line in lines(text).filter(|line| !is_capitals(text.text, line)) {
                    let capitals = line.iter().filter(|token| token.case == Case::Capitals);
                    acronyms.evident.extend(capitals.map(|token| token.folded(text.text)));
                }
            }
        }
        acronyms
    }

    /// For each word of `text`, whether it is an acronym.
    #[must_use]
    pub fn marks(&self, text: &TokenisedText<'_>) -> Vec<bool> {
        let mut marks = Vec::with_capacity(text.tokens.len());
        for line in lines(text) {
            let all_capitals = self.shouted && is_capitals(text.text, line);
            marks.extend(line.iter().map(|token| match token.case {
                Case::PluralCapitals => true,
                Case::Capitals => {
                    !all_capitals
                        || gives_itself_away(token.span.of(text.text))
                        || self.evident.contains(&token.folded(text.text))
                }
                _ => false,
            }));
        }
        marks
    }
}

/// Whether dots or digits show a word to be no ordinary one.
fn gives_itself_away(word: &str) -> bool {
    word.bytes().any(|byte| byte == b'.' || byte.is_ascii_digit())
}

/// The words of each line of a text.
fn lines<'a>(text: &'a TokenisedText<'_>) -> impl Iterator<Item = &'a [Token]> {
    text.tokens.chunk_by(|before, after| {
        !text.text.as_bytes()[before.span.end..after.span.start].contains(&b'\n')
    })
}

/// Whether a line is all capitals.
fn is_capitals(text: &str, line: &[Token]) -> bool {
    line.len() >= LEAST_WORDS
        && line.iter().any(|token| token.case == Case::Capitals)
        && line.iter().all(|token| match token.case {
            Case::Capitals => true,
            Case::Initial => token.span.of(text).chars().count() == 1,
            Case::Lower => token.span.of(text).starts_with(|letter: char| letter.is_numeric()),
            Case::PluralCapitals | Case::Mixed => false,
        })
}

#[cfg(test)]
mod tests {
    use super::Acronyms;
    use crate::annotate::{TextPart, TokenisedText};

    fn acronyms_of<'a>(title: &'a str, body: &'a str) -> Vec<&'a str> {
        let title = TokenisedText::new(TextPart::Title, title);
        let body = TokenisedText::new(TextPart::Body, body);
        let acronyms = Acronyms::of([&title, &body]);
        let mut found = Vec::new();
        for text in [&title, &body] {
            let marks = acronyms.marks(text);
            assert_eq!(marks.len(), text.tokens.len());
            let marked = text.tokens.iter().zip(marks).filter(|(_, mark)| *mark);
            found.extend(marked.map(|(token, _)| token.span.of(text.text)));
        }
        found
    }

    #[test]
    fn capitals_in_ordinary_text_are_acronyms() {
        assert_eq!(acronyms_of("WHO warns us", "The US and NGOs."), ["WHO", "US", "NGOs"]);
    }

    #[test]
    fn a_line_of_capitals_has_those_that_the_article_uses_elsewhere() {
        assert_eq!(
            acronyms_of("WHO TELLS US TO ACT ON G7 AND U.S. ICE", "The WHO spoke.\nNATO"),
            ["WHO", "G7", "U.S.", "WHO", "NATO"],
        );
    }
}
