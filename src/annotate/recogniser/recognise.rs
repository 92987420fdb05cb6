//! The recogniser: tokens in, mentions with their kind out.

use std::sync::Arc;

use super::decode::{Trace, Transitions};
use super::forward::Pass;
use super::labels::{Label, NameKind, Position, meaning};
use super::model::Model;
use super::pieces::{each_piece, is_one_piece};
use super::sight::Sight;
use crate::annotate::{EntityKind, Mention, TokenisedText};
use crate::text::Span;

/// A mention and the kind of what it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Where it stands.
    pub mention: Mention,
    /// What it names.
    pub kind: EntityKind,
}

/// Finds the names in texts by a model; without one, finds none.
#[derive(Clone, Debug, Default)]
pub struct Recogniser {
    model: Option<Arc<Model>>,
    transitions: Option<Transitions>,
}

/// Memory that recognition uses again from article to article.
#[derive(Clone, Debug, Default)]
pub struct RecogniserMemory {
    sight: Sight,
    pass: Pass,
    trace: Vec<Trace>,
    labels: Vec<Label>,
}

impl Recogniser {
    /// A recogniser with this model.
    #[must_use]
    pub fn new(model: Arc<Model>) -> Self {
        let transitions = Transitions::new(&model.transitions);
        Self { model: Some(model), transitions: Some(transitions) }
    }

    /// A recogniser with the model that is part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(Arc::clone(Model::embedded()))
    }

    /// Its model, if it has one.
    #[must_use]
    pub fn model(&self) -> Option<&Model> {
        self.model.as_deref()
    }

    /// The mentions in `texts` (the parts of one article), in order.
    #[must_use]
    pub fn recognise(
        &self,
        texts: &[TokenisedText<'_>],
        memory: &mut RecogniserMemory,
    ) -> Vec<Recognised> {
        let mut found = Vec::new();
        self.names(texts, memory, |text, kind, span| {
            if let Some(kind) = kind.entity() {
                found.push(Recognised { mention: Mention { part: texts[text].part, span }, kind });
            }
        });
        found
    }

    /// Gives all names in `texts`, those of no kind of entity too: the number
    /// of the text, the kind, and where it stands.
    pub(super) fn names(
        &self,
        texts: &[TokenisedText<'_>],
        memory: &mut RecogniserMemory,
        mut give: impl FnMut(usize, NameKind, Span),
    ) {
        let (Some(model), Some(transitions)) = (&self.model, &self.transitions) else { return };
        if is_one_piece(texts) {
            return names_together(model, transitions, texts, memory, give);
        }
        for (number, text) in texts.iter().enumerate() {
            each_piece(text, &mut |piece| {
                let give = |_, kind, span| give(number, kind, span);
                names_together(model, transitions, &[piece], memory, give);
            });
        }
    }
}

/// Gives all names in `texts`, which are looked at as a whole.
fn names_together(
    model: &Model,
    transitions: &Transitions,
    texts: &[TokenisedText<'_>],
    memory: &mut RecogniserMemory,
    mut give: impl FnMut(usize, NameKind, Span),
) {
    let RecogniserMemory { sight, pass, trace, labels } = memory;
    sight.look(texts);
    pass.run(model, sight, texts);
    labels.clear();
    let mut start = 0;
    for at in 1..=pass.candidates.len() {
        let goes_on = at < pass.candidates.len()
            && sight.is_run(pass.candidates[at - 1] as usize, pass.candidates[at] as usize);
        if !goes_on {
            transitions.decode(&pass.scores[start..at], trace, labels);
            start = at;
        }
    }
    let mut first = 0;
    for (at, label) in pass.candidates.iter().zip(labels.iter()) {
        let word = &sight.words[*at as usize];
        match meaning(*label) {
            Some((_, Position::Beginning)) => first = word.span.start,
            Some((kind, Position::Unit)) => give(usize::from(word.text), kind, word.span),
            Some((kind, Position::Last)) => {
                give(usize::from(word.text), kind, Span::new(first, word.span.end));
            }
            Some((_, Position::Inside)) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Recognised, Recogniser, RecogniserMemory};
    use crate::annotate::{EntityKind, TextPart, TokenisedText};

    fn recognised(title: &str, body: &str) -> Vec<Recognised> {
        let texts =
            [TokenisedText::new(TextPart::Title, title), TokenisedText::new(TextPart::Body, body)];
        Recogniser::embedded().recognise(&texts, &mut RecogniserMemory::default())
    }

    /// Each with its kind and text.
    fn names(body: &str) -> Vec<(EntityKind, &str)> {
        recognised("", body).iter().map(|found| (found.kind, found.mention.span.of(body))).collect()
    }

    #[test]
    fn plain_names_in_plain_sentences_are_found() {
        for (text, expected) in [
            (
                "Prime Minister Benjamin Netanyahu met President Joe Biden in Washington on Monday.",
                &[
                    (EntityKind::Person, "Benjamin Netanyahu"),
                    (EntityKind::Person, "Joe Biden"),
                    (EntityKind::Place, "Washington"),
                ][..],
            ),
            (
                "The United Nations said on Tuesday that talks in Germany would go on.",
                &[(EntityKind::Organization, "United Nations"), (EntityKind::Place, "Germany")],
            ),
            ("he said that nothing would change.", &[]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    /// Minutes are what quadratic time would take here, and gigabytes what
    /// looking at all words together would.
    #[test]
    fn endless_texts_are_read_in_linear_time() {
        for (piece, times) in [
            ("word ", 1_000_000),
            ("7 ", 1_000_000),
            ("\n", 1_000_000),
            ("'", 1_000_000),
            ("A", 1_000_000),
            ("東", 300_000),
            ("नमस्ते ", 300_000),
            // Without optimisation a word that may be of a name takes ten times
            // as long as with it.
            ("Ann ", 15_000),
            ("I. ", 15_000),
        ] {
            let _ = recognised("", &piece.repeat(times));
        }
        let different: String = (0..7_000).map(|number| format!("Ann{number} ")).collect();
        let _ = recognised(&different, &different);
    }

    #[test]
    fn names_are_found_in_every_piece_of_a_long_text() {
        const SENTENCE: &str = "President Joe Biden spoke in Washington on Monday.\n";
        const TIMES: usize = 40_000;
        let text = SENTENCE.repeat(TIMES);
        let found = recognised("", &text);
        let last = (TIMES - 1) * SENTENCE.len() + SENTENCE.find("Joe").unwrap_or_default();
        assert!(found.iter().any(|found| found.mention.span.start == last));
        assert!(found.len() >= TIMES, "{}", found.len());
    }

    proptest! {
        #[test]
        fn mentions_are_whole_words_in_order_and_apart(
            title in "(?s:.){0,40}|([A-Z][a-z]{0,6}[ .'’-]{1,2}){0,8}",
            body in "(?s:.){0,200}|([A-Za-z]{1,7}[ \n.,'’(-]{1,2}){0,60}|[A-Z ]{0,80}|\\PC{0,80}",
        ) {
            let mut before = (TextPart::Title, 0);
            for Recognised { mention, .. } in recognised(&title, &body) {
                let text = if mention.part == TextPart::Title { &title } else { &body };
                prop_assert!((mention.part, mention.span.start) >= before);
                prop_assert!(mention.span.start < mention.span.end);
                prop_assert!(text.get(mention.span.range()).is_some());
                before = (mention.part, mention.span.end);
            }
        }
    }
}
