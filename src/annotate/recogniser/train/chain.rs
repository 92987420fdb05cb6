//! The conditional random field over the labels of a run of words (Lafferty,
//! McCallum and Pereira 2001): how likely the right labels are, and how that
//! changes with each score.

use crate::annotate::recogniser::labels::{LABELS, Label, OUTSIDE, may_follow};

/// Scores of the labels of a word.
pub(super) type Scores = [f32; LABELS];

/// Exponentials of the transitions; zero for what may not follow.
pub(super) struct Transitions([Scores; LABELS]);

impl Transitions {
    pub(super) fn new(scores: &[f32]) -> Self {
        let mut factors = [[0.0; LABELS]; LABELS];
        for (before, row) in factors.iter_mut().enumerate() {
            for (after, factor) in row.iter_mut().enumerate() {
                if may_follow(before as Label, after as Label) {
                    *factor = scores[before * LABELS + after].exp();
                }
            }
        }
        Self(factors)
    }
}

/// Adds to the gradients what a run of words asks for, times `weight`, and gives
/// the loss: minus the logarithm of the probability of the `right` labels. What
/// is before and after the run is outside of names.
///
/// `gradient` is for the scores of the words, `transition_gradient` for the
/// transitions.
pub(super) fn learn(
    scores: &[Scores],
    right: &[Label],
    transitions: &Transitions,
    weight: f32,
    gradient: &mut [Scores],
    transition_gradient: &mut [f32],
    memory: &mut Memory,
) -> f32 {
    let Transitions(factors) = transitions;
    let count = scores.len();
    memory.factors.clear();
    memory.forward.clear();
    let mut log_sum = 0.0_f64;
    let mut log_right = 0.0_f64;
    let mut before = [0.0; LABELS];
    before[OUTSIDE as usize] = 1.0;
    for (word, &right) in scores.iter().zip(right) {
        let most = word.iter().copied().fold(f32::MIN, f32::max);
        let word_factors = word.map(|score| (score - most).exp());
        log_right += f64::from(word[right as usize] - most);
        let mut forward = [0.0; LABELS];
        for (&reached, row) in before.iter().zip(factors) {
            for (sum, factor) in forward.iter_mut().zip(row) {
                *sum += reached * factor;
            }
        }
        let mut total = 0.0;
        for (sum, factor) in forward.iter_mut().zip(&word_factors) {
            *sum *= factor;
            total += *sum;
        }
        log_sum += f64::from(total).ln();
        forward.iter_mut().for_each(|sum| *sum /= total);
        memory.factors.push(word_factors);
        memory.forward.push(forward);
        before = forward;
    }
    let ending = |label: usize| factors[label][OUTSIDE as usize];
    let end: f32 = (0..LABELS).map(|label| before[label] * ending(label)).sum();
    log_sum += f64::from(end).ln();
    let mut previous = OUTSIDE;
    for &label in right.iter().chain([&OUTSIDE]) {
        log_right += f64::from(factors[previous as usize][label as usize]).ln();
        transition_gradient[previous as usize * LABELS + label as usize] -= weight;
        previous = label;
    }
    // Backward: `after` is, up to a factor, how likely the rest is from each label.
    let mut after: Scores = std::array::from_fn(ending);
    let mut norm: f32 =
        (0..LABELS).map(|label| memory.forward[count - 1][label] * after[label]).sum();
    for label in 0..LABELS {
        transition_gradient[label * LABELS + OUTSIDE as usize] +=
            weight * memory.forward[count - 1][label] * after[label] / norm;
    }
    for at in (0..count).rev() {
        let forward = &memory.forward[at];
        norm = (0..LABELS).map(|label| forward[label] * after[label]).sum();
        for label in 0..LABELS {
            gradient[at][label] += weight * forward[label] * after[label] / norm;
        }
        gradient[at][right[at] as usize] -= weight;
        let word: Scores = std::array::from_fn(|label| memory.factors[at][label] * after[label]);
        let mut earlier = [0.0; LABELS];
        earlier[OUTSIDE as usize] = 1.0;
        let reached = if at == 0 { &earlier } else { &memory.forward[at - 1] };
        let mut sums = [0.0; LABELS];
        for (label, sum) in sums.iter_mut().enumerate() {
            *sum = (0..LABELS).map(|next| factors[label][next] * word[next]).sum();
        }
        let norm: f32 = (0..LABELS).map(|label| reached[label] * sums[label]).sum();
        for label in 0..LABELS {
            let share = weight * reached[label] / norm;
            if share > 0.0 {
                for next in 0..LABELS {
                    transition_gradient[label * LABELS + next] +=
                        share * factors[label][next] * word[next];
                }
            }
        }
        // Kept near one, so that long runs neither vanish nor overflow.
        let most = sums.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
        after = sums.map(|sum| sum / most);
    }
    (log_sum - log_right) as f32 * weight
}

/// Memory that is kept from run to run.
#[derive(Default)]
pub(super) struct Memory {
    factors: Vec<Scores>,
    forward: Vec<Scores>,
}

#[cfg(test)]
mod tests {
    use super::{LABELS, Memory, Scores, Transitions, learn};
    use crate::annotate::recogniser::train::random::Random;

    /// The gradient is the slope of the loss, by small differences.
    #[test]
    fn the_gradient_is_the_slope() {
        let mut random = Random::new(7);
        let mut scores: Vec<Scores> =
            (0..4).map(|_| [(); LABELS].map(|()| random.symmetric())).collect();
        let mut transitions: Vec<f32> = (0..LABELS * LABELS).map(|_| random.symmetric()).collect();
        // Outside, a person of two words, a place of one.
        let right = [0, 1, 3, 12];
        let loss = |scores: &[Scores], transitions: &[f32]| {
            let mut unused = vec![[0.0; LABELS]; 4];
            let mut unused_too = vec![0.0; LABELS * LABELS];
            let transitions = Transitions::new(transitions);
            learn(
                scores,
                &right,
                &transitions,
                1.0,
                &mut unused,
                &mut unused_too,
                &mut Memory::default(),
            )
        };
        let mut gradient = vec![[0.0; LABELS]; 4];
        let mut slopes = vec![0.0; LABELS * LABELS];
        let factors = Transitions::new(&transitions);
        learn(&scores, &right, &factors, 1.0, &mut gradient, &mut slopes, &mut Memory::default());
        const SMALL: f32 = 1e-2;
        for (word, label) in [(0, 0), (1, 1), (2, 3), (3, 12), (3, 4), (1, 9)] {
            let at = scores[word][label];
            scores[word][label] = at + SMALL;
            let above = loss(&scores, &transitions);
            scores[word][label] = at - SMALL;
            let below = loss(&scores, &transitions);
            scores[word][label] = at;
            let slope = (above - below) / (2.0 * SMALL);
            assert!((slope - gradient[word][label]).abs() < 1e-2, "{word} {label}");
        }
        for at in [0, 1, LABELS + 3, 3 * LABELS + 12, 12 * LABELS, 3 * LABELS] {
            let was = transitions[at];
            transitions[at] = was + SMALL;
            let above = loss(&scores, &transitions);
            transitions[at] = was - SMALL;
            let below = loss(&scores, &transitions);
            transitions[at] = was;
            let slope = (above - below) / (2.0 * SMALL);
            assert!((slope - slopes[at]).abs() < 1e-2, "{at}: {slope} {}", slopes[at]);
        }
    }
}
