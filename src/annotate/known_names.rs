//! Names that an article is known to hold, found in its text word for word.
//!
//! What is left to do for a language that the model was not made for: the names
//! that the metadata gives are mentioned where the text has exactly their words.
//! Short forms and inflected ones are not found.

use rustc_hash::FxHashMap;

use super::recogniser::Recognised;
use super::{EntityKind, Mention, TokenisedText};
use crate::text::{Case, Span, Token, name_key, tokens};

/// Words of the longest name that is looked for. Bounds the time: the names of
/// newsrooms' lists stay below twelve.
const MOST_WORDS: usize = 16;

/// Names with their kinds, made ready to be found.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownNames {
    /// By the key of the name: its kind, and whether it begins with a capital.
    names: FxHashMap<String, (EntityKind, bool)>,
    /// By the folded first word: words of the longest name that begins so.
    longest: FxHashMap<String, usize>,
}

impl KnownNames {
    /// Adds a name; where it is there already, its first kind stays.
    pub(super) fn add(&mut self, kind: EntityKind, name: &str) {
        let mut words = tokens(name);
        let Some(first) = words.next() else { return };
        let count = 1 + words.count();
        if count > MOST_WORDS {
            return;
        }
        let longest = self.longest.entry(first.folded(name)).or_default();
        *longest = count.max(*longest);
        let has_capital = first.case != Case::Lower;
        self.names.entry(name_key(name)).or_insert((kind, has_capital));
    }

    /// The mentions of these names in `texts`, in order; where several begin
    /// with a word, the longest.
    pub(super) fn find(&self, texts: &[TokenisedText<'_>]) -> Vec<Recognised> {
        let mut found = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        let mut word = String::new();
        for text in texts {
            let mut rest = &text.tokens[..];
            while let Some(first) = rest.first() {
                word.clear();
                first.fold_into(text.text, &mut word);
                let longest = self.longest.get(&word).copied().unwrap_or(0);
                let (words, kind) = self.longest_at(text.text, rest, longest).unzip();
                if let Some(kind) = kind {
                    let last = rest[words.unwrap_or(1) - 1];
                    let span = Span::new(first.span.start, last.span.end);
                    let mention = Mention { part: text.part, span };
                    found.push(Recognised { mention, kind });
                }
                rest = &rest[words.unwrap_or(1)..];
            }
        }
        found
    }

    /// The longest name of at most `most` words at the start of `tokens`: its
    /// words and its kind.
    fn longest_at(&self, text: &str, tokens: &[Token], most: usize) -> Option<(usize, EntityKind)> {
        let first = tokens.first()?;
        (1..=most.min(tokens.len())).rev().find_map(|words| {
            let name = Span::new(first.span.start, tokens[words - 1].span.end).of(text);
            let (kind, has_capital) = self.names.get(&name_key(name))?;
            // The name *Will* is not the word *will*.
            (!has_capital || first.case != Case::Lower).then_some((words, *kind))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::KnownNames;
    use crate::annotate::{EntityKind, TextPart, TokenisedText};

    fn found(names: &[(EntityKind, &str)], text: &str) -> Vec<(EntityKind, String)> {
        let mut known = KnownNames::default();
        names.iter().for_each(|(kind, name)| known.add(*kind, name));
        let texts = [TokenisedText::new(TextPart::Body, text)];
        let found = known.find(&texts);
        found.iter().map(|found| (found.kind, found.mention.span.of(text).to_owned())).collect()
    }

    #[test]
    fn names_are_found_word_for_word() {
        use EntityKind::{Organization, Person, Place};
        let names = [
            (Person, "Klaus Brandt"),
            (Person, "Will Bo"),
            (Person, "Will"),
            (Organization, "Hafen-Verband"),
            (Organization, "Klaus Brandt"),
            (Place, "東京"),
            (Place, ""),
        ];
        for (text, expected) in [
            ("KLAUS BRANDT sagte, Klaus will.", &[(Person, "KLAUS BRANDT")][..]),
            ("Will Bo? Will.", &[(Person, "Will Bo"), (Person, "Will")]),
            ("Der Hafen Verband und Brandt", &[(Organization, "Hafen Verband")]),
            ("在東京都", &[(Place, "東京")]),
            ("", &[]),
        ] {
            let expected: Vec<_> =
                expected.iter().map(|(kind, name)| (*kind, (*name).to_owned())).collect();
            assert_eq!(found(&names, text), expected, "{text}");
        }
    }

    /// Minutes are what quadratic time would take here.
    #[test]
    fn many_names_with_one_first_word_are_found_in_linear_time() {
        let mut known = KnownNames::default();
        for number in 0..50_000 {
            known.add(EntityKind::Person, &format!("Person {number}"));
        }
        let text = "Person 49999 ".repeat(50_000);
        let texts = [TokenisedText::new(TextPart::Body, &text)];
        assert_eq!(known.find(&texts).len(), 50_000);
    }
}
