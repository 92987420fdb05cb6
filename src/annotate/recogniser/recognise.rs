//! The recogniser: tokens in, mentions with their kind out.

use std::sync::Arc;

use super::decode::Transitions;
use super::forward::Pass;
use super::labels::{Label, NameKind, Position, meaning};
use super::model::Model;
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
    trace: Vec<[Label; super::labels::LABELS]>,
    labels: Vec<Label>,
}

impl Recogniser {
    /// A recogniser with this model.
    #[must_use]
    pub fn new(model: Arc<Model>) -> Self {
        let transitions = Transitions::new(&model.transitions);
        Self { model: Some(model), transitions: Some(transitions) }
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
}
