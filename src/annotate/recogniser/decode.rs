//! The likeliest labels of a run of words: the algorithm of Viterbi (1967), over
//! the transitions that are allowed.

use super::labels::{LABELS, Label, OUTSIDE, may_follow};
use super::units::with_wide_vectors;

/// For each label of a word, the label of the word before on the best way to it.
pub(super) type Trace = [i32; LANES];
/// Scores of the labels of a word.
pub(super) type Scores = [f32; LABELS];

/// The scores of transitions: for each label before, those to each label after;
/// one that is not allowed scores minus infinity.
#[derive(Clone, Debug)]
pub(super) struct Transitions {
    from: [[f32; LANES]; LABELS],
    to_outside: [f32; LABELS],
}

/// Labels, and what fills the last vector of eight.
const LANES: usize = LABELS.next_multiple_of(8);

impl Transitions {
    /// `scores` by label before, then label after.
    pub(super) fn new(scores: &[f32]) -> Self {
        let score = |before: usize, after: usize| {
            let is_allowed = after < LABELS && may_follow(before as Label, after as Label);
            if is_allowed { scores[before * LABELS + after] } else { f32::NEG_INFINITY }
        };
        Self {
            from: std::array::from_fn(|before| std::array::from_fn(|after| score(before, after))),
            to_outside: std::array::from_fn(|before| score(before, usize::from(OUTSIDE))),
        }
    }

    /// Appends the likeliest labels of a run to `labels`; what is before and
    /// after the run is outside. `trace` is memory that is kept.
    pub(super) fn decode(&self, run: &[Scores], trace: &mut Vec<Trace>, labels: &mut Vec<Label>) {
        trace.clear();
        let mut best = [f32::NEG_INFINITY; LABELS];
        best[usize::from(OUTSIDE)] = 0.0;
        with_wide_vectors(
            #[inline(always)]
            || {
                for scores in run {
                    let (next, from) = self.step(&best);
                    for ((best, next), score) in best.iter_mut().zip(next).zip(scores) {
                        *best = next + score;
                    }
                    trace.push(from);
                }
            },
        );
        let mut label = OUTSIDE;
        let mut most = f32::NEG_INFINITY;
        for (before, (best, score)) in best.iter().zip(self.to_outside).enumerate() {
            if best + score > most {
                most = best + score;
                label = before as Label;
            }
        }
        let start = labels.len();
        for from in trace.iter().rev() {
            labels.push(label);
            label = from[usize::from(label)] as Label;
        }
        labels[start..].reverse();
    }

    /// For each label the best score of all ways to it, and the label before on
    /// the best way; of two alike the first.
    #[inline(always)]
    fn step(&self, best: &[f32; LABELS]) -> ([f32; LANES], Trace) {
        let mut next = [f32::NEG_INFINITY; LANES];
        let mut from = [i32::from(OUTSIDE); LANES];
        for (before, (best, scores)) in best.iter().zip(&self.from).enumerate() {
            for ((next, from), score) in next.iter_mut().zip(&mut from).zip(scores) {
                let sum = best + score;
                let is_better = sum > *next;
                *from = if is_better { before as i32 } else { *from };
                *next = if is_better { sum } else { *next };
            }
        }
        (next, from)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LABELS, Label, OUTSIDE, Scores, Transitions, may_follow};

    /// Every way through a run, the best of them.
    fn best(run: &[Scores], transitions: &[f32], before: Label) -> Option<(f32, Vec<Label>)> {
        let score = |label: Label| transitions[usize::from(before) * LABELS + usize::from(label)];
        let Some((first, rest)) = run.split_first() else {
            return may_follow(before, OUTSIDE).then(|| (score(OUTSIDE), Vec::new()));
        };
        let ways = (0..LABELS as Label).filter(|label| may_follow(before, *label));
        let ways = ways.filter_map(|label| {
            let (sum, mut labels) = best(rest, transitions, label)?;
            labels.insert(0, label);
            Some((sum + score(label) + first[usize::from(label)], labels))
        });
        ways.max_by(|one, other| one.0.total_cmp(&other.0))
    }

    proptest! {
        #[test]
        fn the_best_of_all_ways_is_found(
            // Whole numbers, so that sums are exact in any order.
            transitions in prop::collection::vec(-500_i16..500, LABELS * LABELS),
            scores in prop::collection::vec(-500_i16..500, LABELS..=3 * LABELS),
        ) {
            let transitions: Vec<f32> = transitions.into_iter().map(f32::from).collect();
            let run: Vec<Scores> = scores
                .chunks_exact(LABELS)
                .map(|scores| std::array::from_fn(|label| f32::from(scores[label])))
                .collect();
            let mut labels = vec![OUTSIDE];
            Transitions::new(&transitions).decode(&run, &mut Vec::new(), &mut labels);
            let sum = |labels: &[Label]| {
                let mut before = OUTSIDE;
                let mut sum = 0.0;
                for (label, scores) in labels.iter().zip(&run) {
                    assert!(may_follow(before, *label));
                    sum += transitions[usize::from(before) * LABELS + usize::from(*label)];
                    sum += scores[usize::from(*label)];
                    before = *label;
                }
                assert!(may_follow(before, OUTSIDE));
                sum + transitions[usize::from(before) * LABELS]
            };
            let (most, _) = best(&run, &transitions, OUTSIDE).expect("all outside is a way");
            prop_assert_eq!(labels.len(), run.len() + 1);
            prop_assert_eq!(sum(&labels[1..]), most);
        }
    }
}
