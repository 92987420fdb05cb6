//! Labelled words as the running text that they came from.
//!
//! Files of labelled words say nothing of the spaces between them. Text is put
//! together as newspapers set it, so that the recogniser reads in training what
//! it will read in use.

use super::LabelledArticle;
use crate::text::Span;

/// How the words of a sentence are to be set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Casing {
    /// As they are.
    #[default]
    AsWritten,
    /// As Headlines Often Are: every word with a capital.
    TitleCase,
    /// IN CAPITALS.
    Capitals,
}

/// A labelled article as a text.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// Where each of its words stands.
    pub words: Vec<Span>,
}

/// The text of `article`. `style` is asked for each sentence, by its number,
/// how it is set and what stands before it.
#[must_use]
pub fn render(
    article: &LabelledArticle,
    mut style: impl FnMut(usize) -> (Casing, &'static str),
) -> Rendered {
    let mut rendered = Rendered::default();
    let text = &mut rendered.text;
    for (number, sentence) in article.sentences().enumerate() {
        let (casing, before) = style(number);
        if number > 0 {
            text.push_str(before);
        }
        let mut joint = Joint { splits_hyphens: article.splits_hyphens, ..Joint::default() };
        let first = sentence.start;
        for word in sentence {
            let letters = article.word(word);
            if word > first && joint.has_space_before(letters) {
                text.push(' ');
            }
            joint.follow(letters);
            let start = text.len();
            set(letters, casing, text);
            rendered.words.push(Span::new(start, text.len()));
        }
    }
    rendered
}

fn set(word: &str, casing: Casing, out: &mut String) {
    match casing {
        Casing::AsWritten => out.push_str(word),
        Casing::Capitals => out.extend(word.chars().flat_map(char::to_uppercase)),
        Casing::TitleCase => {
            let mut letters = word.chars();
            out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(letters.as_str());
        }
    }
}

/// What the words so far ask of the space before the next.
#[derive(Default)]
struct Joint {
    /// Whether a lone hyphen joins the words beside it, or is a dash.
    splits_hyphens: bool,
    /// The last word takes no space after it, such as `(`.
    clings: bool,
    in_quotes: bool,
    /// The last word is a hyphen or slash that followed a word.
    tight: bool,
}

impl Joint {
    fn has_space_before(&self, word: &str) -> bool {
        let closes = match word {
            "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "}" | "%" | "'s" | "’s" | "'S"
            | "’S" | "n't" | "n’t" | "..." | "…" | "''" | "”" | "'re" | "'ve" | "'ll" | "'d"
            | "'m" | "’re" | "’ve" | "’ll" | "’d" | "’m" | "'" | "’" | "/" | "N'T" => {
                true
            }
            "-" => self.splits_hyphens,
            "\"" => self.in_quotes,
            _ => false,
        };
        !(closes || self.clings || self.tight)
    }

    fn follow(&mut self, word: &str) {
        self.clings =
            matches!(word, "(" | "[" | "{" | "$" | "£" | "€" | "``" | "“" | "‘" | "#" | "@");
        self.tight = word == "/" || word == "-" && self.splits_hyphens;
        if word == "\"" {
            self.in_quotes = !self.in_quotes;
            self.clings = self.in_quotes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Casing, render};
    use crate::annotate::recogniser::corpus::{KindNames, read_columns};

    #[test]
    fn words_are_set_as_newspapers_set_them() {
        for (words, text) in [
            ("Ann 's plan ( a draft ) , he said .", "Ann's plan (a draft), he said."),
            ("\" No , \" she did n't say .", "\"No,\" she didn't say."),
            ("a seven - day trip – at last", "a seven-day trip – at last"),
            ("It cost $ 4 m / year", "It cost $4 m/year"),
        ] {
            let lines: String = words.split(' ').map(|word| format!("{word} O\n")).collect();
            let articles = read_columns(&lines, &KindNames::default()).expect("words");
            let rendered = render(&articles[0], |_| (Casing::AsWritten, "\n"));
            assert_eq!(rendered.text, text);
            let spans: Vec<_> = rendered.words.iter().map(|span| span.of(&rendered.text)).collect();
            assert_eq!(spans, words.split(' ').collect::<Vec<_>>());
        }
    }

    #[test]
    fn each_sentence_has_its_casing() {
        let articles = read_columns("Élan O\nspoke O\n\nAnn O\nspoke O\n", &KindNames::default())
            .expect("words");
        let styles = [(Casing::Capitals, ""), (Casing::TitleCase, "\n\n")];
        let rendered = render(&articles[0], |sentence| styles[sentence]);
        assert_eq!(rendered.text, "ÉLAN SPOKE\n\nAnn Spoke");
    }
}
