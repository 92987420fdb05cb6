//! From a labelled article to what the network learns from it.

use super::network::ROWS;
use super::random::Random;
use super::vocabulary::Vocabulary;
use crate::annotate::recogniser::corpus::{Casing, LabelledArticle, Rendered, render};
use crate::annotate::recogniser::dims::Rows;
use crate::annotate::recogniser::labels::{Label, OUTSIDE, Position, label, may_end, may_follow};
use crate::annotate::recogniser::sight::Sight;
use crate::annotate::recogniser::word::Letters;
use crate::annotate::{TextPart, TokenisedText};

/// How training texts are changed at random, so that the recogniser knows text
/// as it comes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Changes {
    /// Share of articles set wholly in capitals, and in title case.
    pub(super) recased: f32,
    /// Share of sentences of all others that are.
    pub(super) recased_sentences: f32,
    /// Share of words that are taken for unknown; rare ones more often.
    pub(super) unknown: f32,
}

/// An article made ready.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) sight: Sight,
    pub(super) rows: Vec<[u32; ROWS]>,
    pub(super) labels: Vec<Label>,
    pub(super) sure: Vec<f32>,
}

impl Prepared {
    /// Makes an article ready, changed at random.
    pub(super) fn prepare(
        &mut self,
        article: &LabelledArticle,
        vocabulary: &Vocabulary,
        rows: Rows,
        changes: Changes,
        random: &mut Random,
    ) {
        let rendered = changed(article, changes, random);
        let text = TokenisedText::new(TextPart::Body, &rendered.text);
        self.label(article, &rendered, &text);
        self.sight.look(&[text]);
        self.leave_out_hidden_names();
        self.rows.clear();
        for word in &self.sight.words {
            let letters = Letters::of(word.span.of(&rendered.text));
            let known = vocabulary.words.get(&word.hash);
            let known = known.filter(|known| {
                // A word seen once or twice is as good as unknown.
                !random.chance(changes.unknown + 1.0 / (2.0 + known.count as f32))
            });
            let affixes = known.map_or_else(|| letters.affixes(), |known| known.affixes);
            let mut found = [0; ROWS];
            found[0] = known.map_or(Rows::UNKNOWN as u32, |known| known.row);
            found[1] = rows.shape(word.shape) as u32;
            found[2] = rows.gap(word.gap.number()) as u32;
            found[3] = rows.standing(self.sight.standing(word)) as u32;
            for (row, affix) in found[4..].iter_mut().zip(affixes) {
                *row = rows.affix(affix) as u32;
            }
            self.rows.push(found);
        }
    }

    /// Carries the labels of the words of the file over to those of the text.
    fn label(&mut self, article: &LabelledArticle, rendered: &Rendered, text: &TokenisedText<'_>) {
        let tokens = &text.tokens;
        self.labels.clear();
        self.labels.resize(tokens.len(), OUTSIDE);
        let mut free = 0;
        for name in &article.names {
            let start = rendered.words[name.first].start;
            let end = rendered.words[name.end - 1].end;
            // Two names of the file may share a word of the text.
            let first = tokens.partition_point(|token| token.span.end <= start).max(free);
            let past = tokens.partition_point(|token| token.span.start < end);
            free = past.max(free);
            for at in first..past {
                let position = match (at == first, at + 1 == past) {
                    (true, true) => Position::Unit,
                    (true, false) => Position::Beginning,
                    (false, true) => Position::Last,
                    (false, false) => Position::Inside,
                };
                self.labels[at] = label(name.kind, position);
            }
        }
        self.sure.clear();
        let mut word = 0;
        for token in tokens {
            while rendered.words[word].end <= token.span.start {
                word += 1;
            }
            // Half sure is not sure at all.
            let sure = f32::from(article.sure_percent(word)) / 100.0;
            self.sure.push(((sure - 0.5) * 2.0).max(0.0));
        }
    }
}

impl Prepared {
    /// Nothing can be learnt of a name with a word that is no candidate: what is
    /// left of it is no name.
    fn leave_out_hidden_names(&mut self) {
        let mut start = 0;
        for at in 0..self.labels.len() {
            if may_follow(OUTSIDE, self.labels[at]) {
                start = at;
            }
            let ends = self.labels[at] != OUTSIDE && may_end(self.labels[at]);
            if ends && !self.sight.words[start..=at].iter().all(|word| word.is_near) {
                self.labels[start..=at].fill(OUTSIDE);
                self.sure[start..=at].fill(0.0);
            }
        }
    }
}

/// The text of an article, its sentences joined and set at random.
fn changed(article: &LabelledArticle, changes: Changes, random: &mut Random) -> Rendered {
    let whole = if random.chance(changes.recased) {
        Some(if random.chance(0.5) { Casing::Capitals } else { Casing::TitleCase })
    } else {
        None
    };
    // As files have them: a line for each sentence, paragraphs, or running text.
    let joint = match random.unit() {
        0.0..0.5 => "\n",
        0.5..0.8 => " ",
        _ => "\n\n",
    };
    render(article, |_| {
        let casing =
            whole.unwrap_or_else(|| match random.unit() / changes.recased_sentences.max(1e-9) {
                0.0..0.3 => Casing::Capitals,
                0.3..1.0 => Casing::TitleCase,
                _ => Casing::AsWritten,
            });
        (casing, joint)
    })
}
