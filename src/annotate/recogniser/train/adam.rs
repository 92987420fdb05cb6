//! Adam (Kingma and Ba 2015) with its usual constants. Rows that a step did not
//! touch are left as they are, as is usual for sparse tables.

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// Weights that are being learnt.
#[derive(Clone, Debug)]
pub(super) struct Learnt {
    pub(super) weights: Vec<f32>,
    pub(super) gradient: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

/// The size of a step, corrected for the number of steps so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    rate: f32,
    square_correction: f32,
}

impl Step {
    /// Step number `number`, from 1, at this learning rate.
    pub(super) fn new(rate: f32, number: u64) -> Self {
        let number = i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            rate: rate / (1.0 - BETA1.powi(number)),
            square_correction: 1.0 / (1.0 - BETA2.powi(number)),
        }
    }
}

impl Learnt {
    pub(super) fn new(weights: Vec<f32>) -> Self {
        let zeros = vec![0.0; weights.len()];
        Self { gradient: zeros.clone(), mean: zeros.clone(), square: zeros, weights }
    }

    /// Takes a step for the weights in `range` and forgets their gradient.
    pub(super) fn step(&mut self, step: Step, range: std::ops::Range<usize>) {
        let weights = self.weights[range.clone()].iter_mut();
        let gradient = self.gradient[range.clone()].iter_mut();
        let mean = self.mean[range.clone()].iter_mut();
        let square = self.square[range].iter_mut();
        for (((weight, gradient), mean), square) in weights.zip(gradient).zip(mean).zip(square) {
            *mean = BETA1 * *mean + (1.0 - BETA1) * *gradient;
            *square = BETA2 * *square + (1.0 - BETA2) * *gradient * *gradient;
            *weight -= step.rate * *mean / ((*square * step.square_correction).sqrt() + EPSILON);
            *gradient = 0.0;
        }
    }

    /// The same for all weights.
    pub(super) fn step_all(&mut self, step: Step) {
        self.step(step, 0..self.weights.len());
    }
}
