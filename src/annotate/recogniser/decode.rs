//! The likeliest labels of a run of words: the algorithm of Viterbi (1967), over
//! the transitions that are allowed.

use super::labels::{LABELS, Label, OUTSIDE, may_follow};

/// Scores of the labels of a word.
pub(super) type Scores = [f32; LABELS];

/// For each label the labels that may come before it, with their scores.
#[derive(Clone, Debug)]
pub(super) struct Transitions {
    before: [Vec<(Label, f32)>; LABELS],
}

impl Transitions {
    /// `scores` by label before, then label after.
    pub(super) fn new(scores: &[f32]) -> Self {
        let before = std::array::from_fn(|after| {
            (0..LABELS as Label)
                .filter(|before| may_follow(*before, after as Label))
                .map(|before| (before, scores[usize::from(before) * LABELS + after]))
                .collect()
        });
        Self { before }
    }

    /// Appends the likeliest labels of a run to `labels`; what is before and
    /// after the run is outside. `trace` is memory that is kept.
    pub(super) fn decode(
        &self,
        run: &[Scores],
        trace: &mut Vec<[Label; LABELS]>,
        labels: &mut Vec<Label>,
    ) {
        trace.clear();
        let mut best = [f32::NEG_INFINITY; LABELS];
        best[usize::from(OUTSIDE)] = 0.0;
        for scores in run {
            let mut next = [f32::NEG_INFINITY; LABELS];
            let mut from = [OUTSIDE; LABELS];
            for (after, before) in self.before.iter().enumerate() {
                for &(label, score) in before {
                    let sum = best[usize::from(label)] + score;
                    if sum > next[after] {
                        next[after] = sum;
                        from[after] = label;
                    }
                }
                next[after] += scores[after];
            }
            best = next;
            trace.push(from);
        }
        let mut label = OUTSIDE;
        let mut most = f32::NEG_INFINITY;
        for &(before, score) in &self.before[usize::from(OUTSIDE)] {
            let sum = best[usize::from(before)] + score;
            if sum > most {
                most = sum;
                label = before;
            }
        }
        let start = labels.len();
        for from in trace.iter().rev() {
            labels.push(label);
            label = from[usize::from(label)];
        }
        labels[start..].reverse();
    }
}
