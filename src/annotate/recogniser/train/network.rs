//! The network while it learns: numbers with fractions, forwards and backwards.

use super::adam::{Learnt, Step};
use super::chain::{self, Scores, Transitions};
use super::random::Random;
use crate::annotate::recogniser::dims::{FIRST, GATHERED, Rows, SECOND, SEEN, VECTOR, WINDOW};
use crate::annotate::recogniser::labels::{LABELS, Label};
use crate::annotate::recogniser::sight::Sight;
use crate::annotate::recogniser::word::AFFIXES;
use crate::text::Case;

/// Rows of the table of vectors that describe a word: itself, shape, gap,
/// standing, affixes.
pub(super) const ROWS: usize = 4 + AFFIXES;

/// An article to learn from.
pub(super) struct Lesson<'a> {
    pub(super) sight: &'a Sight,
    /// Rows of each word.
    pub(super) rows: &'a [[u32; ROWS]],
    /// The right label of each word.
    pub(super) labels: &'a [Label],
    /// How sure each label is, from 0 to 1.
    pub(super) sure: &'a [f32],
    /// How much the article counts.
    pub(super) weight: f32,
}

/// All that is learnt.
pub(super) struct Network {
    pub(super) rows: Rows,
    pub(super) vectors: Learnt,
    pub(super) first: Layer<FIRST>,
    pub(super) second: Layer<SECOND>,
    pub(super) output: Layer<LABELS>,
    pub(super) transitions: Learnt,
    /// Share of the units of the first layer that are left out at random.
    dropout: f32,
    pass: Pass,
}

/// A layer of `UNITS` units: for each input the weights to all units, then the
/// biases.
pub(super) struct Layer<const UNITS: usize> {
    pub(super) learnt: Learnt,
    pub(super) inputs: usize,
}

impl<const UNITS: usize> Layer<UNITS> {
    /// Weights at random, in the range of Glorot and Bengio (2010).
    fn new(inputs: usize, random: &mut Random) -> Self {
        let range = (6.0 / (inputs + UNITS) as f32).sqrt();
        let mut weights: Vec<f32> =
            (0..inputs * UNITS).map(|_| random.symmetric() * range).collect();
        weights.resize((inputs + 1) * UNITS, 0.0);
        Self { learnt: Learnt::new(weights), inputs }
    }

    fn forward(&self, inputs: &[f32]) -> [f32; UNITS] {
        let (rows, biases) = self.learnt.weights.split_at(self.inputs * UNITS);
        let mut units: [f32; UNITS] = biases.try_into().expect("as many biases as units");
        for (input, row) in inputs.iter().zip(rows.as_chunks::<UNITS>().0) {
            if *input != 0.0 {
                for (unit, weight) in units.iter_mut().zip(row) {
                    *unit += input * weight;
                }
            }
        }
        units
    }

    /// Adds to the gradient of the weights, and to that of the inputs.
    fn backward(&mut self, inputs: &[f32], units: &[f32; UNITS], input_gradient: &mut [f32]) {
        let (rows, _) = self.learnt.weights.split_at(self.inputs * UNITS);
        let (row_gradients, biases) = self.learnt.gradient.split_at_mut(self.inputs * UNITS);
        let rows = rows.as_chunks::<UNITS>().0.iter();
        let row_gradients = row_gradients.as_chunks_mut::<UNITS>().0.iter_mut();
        for (bias, unit) in biases.iter_mut().zip(units) {
            *bias += unit;
        }
        for (((input, slope), row), row_gradient) in
            inputs.iter().zip(input_gradient).zip(rows).zip(row_gradients)
        {
            *slope += row.iter().zip(units).map(|(weight, unit)| weight * unit).sum::<f32>();
            if *input != 0.0 {
                for (gradient, unit) in row_gradient.iter_mut().zip(units) {
                    *gradient += input * unit;
                }
            }
        }
    }
}

/// What a pass over an article leaves for the way back.
#[derive(Default)]
struct Pass {
    candidates: Vec<u32>,
    /// Candidate number of each word.
    candidate_of: Vec<u32>,
    vectors: Vec<[f32; VECTOR]>,
    seen: Vec<[f32; SEEN]>,
    first: Vec<[f32; FIRST]>,
    /// For each group the most of each unit, and the candidate that has it.
    most: Vec<[f32; FIRST]>,
    most_at: Vec<[u32; FIRST]>,
    gathered: Vec<[f32; GATHERED]>,
    second: Vec<[f32; SECOND]>,
    scores: Vec<Scores>,
    score_gradient: Vec<Scores>,
    memory: chain::Memory,
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

/// No candidate.
const NONE: u32 = u32::MAX;

impl Network {
    pub(super) fn new(rows: Rows, dropout: f32, random: &mut Random) -> Self {
        // The range of most published vectors of this size.
        let vectors = (0..rows.count() * VECTOR).map(|_| random.symmetric() * 0.1).collect();
        Self {
            rows,
            vectors: Learnt::new(vectors),
            first: Layer::new(SEEN, random),
            second: Layer::new(GATHERED, random),
            output: Layer::new(SECOND, random),
            transitions: Learnt::new(vec![0.0; LABELS * LABELS]),
            dropout,
            pass: Pass { is_touched: vec![false; rows.count()], ..Pass::default() },
        }
    }

    /// Learns from an article, and gives the loss.
    pub(super) fn learn(&mut self, lesson: &Lesson<'_>, step: Step, random: &mut Random) -> f32 {
        self.forward(lesson.sight, lesson.rows, random);
        if self.pass.candidates.is_empty() {
            return 0.0;
        }
        let loss = self.compare(lesson);
        self.backward(lesson);
        self.first.learnt.step_all(step);
        self.second.learnt.step_all(step);
        self.output.learnt.step_all(step);
        self.transitions.step_all(step);
        for row in self.pass.touched.drain(..) {
            let row = row as usize;
            self.pass.is_touched[row] = false;
            self.vectors.step(step, row * VECTOR..(row + 1) * VECTOR);
        }
        loss
    }

    fn forward(&mut self, sight: &Sight, rows: &[[u32; ROWS]], random: &mut Random) {
        self.look_up(sight, rows);
        self.first_layer(sight, random);
        self.second_layer(sight);
    }

    /// Finds the candidates, and the vector of each word.
    fn look_up(&mut self, sight: &Sight, rows: &[[u32; ROWS]]) {
        let pass = &mut self.pass;
        pass.candidates.clear();
        pass.candidate_of.clear();
        for (at, word) in sight.words.iter().enumerate() {
            let number = if word.is_near { pass.candidates.len() as u32 } else { NONE };
            pass.candidate_of.push(number);
            if word.is_near {
                pass.candidates.push(at as u32);
            }
        }
        pass.vectors.clear();
        for rows in rows {
            let mut vector = [0.0; VECTOR];
            for &row in rows {
                let row = row as usize * VECTOR;
                for (sum, value) in vector.iter_mut().zip(&self.vectors.weights[row..row + VECTOR])
                {
                    *sum += value;
                }
            }
            pass.vectors.push(vector);
        }
    }

    fn first_layer(&mut self, sight: &Sight, random: &mut Random) {
        let pass = &mut self.pass;
        pass.seen.clear();
        pass.first.clear();
        pass.most.clear();
        pass.most.resize(sight.groups.len(), [0.0; FIRST]);
        pass.most_at.clear();
        pass.most_at.resize(sight.groups.len(), [NONE; FIRST]);
        let kept = 1.0 / (1.0 - self.dropout);
        for (number, &at) in pass.candidates.iter().enumerate() {
            let at = at as usize;
            let mut seen = [0.0; SEEN];
            for (offset, part) in seen.as_chunks_mut::<VECTOR>().0.iter_mut().enumerate() {
                if let Some(neighbour) = (at + offset).checked_sub(WINDOW)
                    && let Some(vector) = pass.vectors.get(neighbour)
                {
                    *part = *vector;
                }
            }
            let mut units = self.first.forward(&seen);
            for unit in &mut units {
                let stays = *unit > 0.0 && !(self.dropout > 0.0 && random.chance(self.dropout));
                *unit = if stays { *unit * kept } else { 0.0 };
            }
            if sight.words[at].case != Case::Lower {
                let group = sight.words[at].group as usize;
                let most = pass.most[group].iter_mut().zip(&mut pass.most_at[group]);
                for ((most, most_at), unit) in most.zip(&units) {
                    if *unit > *most {
                        *most = *unit;
                        *most_at = number as u32;
                    }
                }
            }
            pass.seen.push(seen);
            pass.first.push(units);
        }
    }

    fn second_layer(&mut self, sight: &Sight) {
        let pass = &mut self.pass;
        pass.gathered.clear();
        pass.second.clear();
        pass.scores.clear();
        for &at in &pass.candidates {
            let mut gathered = [0.0; GATHERED];
            let (near, anywhere) = gathered.split_at_mut(GATHERED / 2);
            for (offset, (near, anywhere)) in near
                .as_chunks_mut::<FIRST>()
                .0
                .iter_mut()
                .zip(anywhere.as_chunks_mut::<FIRST>().0)
                .enumerate()
            {
                let Some((word, candidate)) = neighbour(&pass.candidate_of, at, offset) else {
                    continue;
                };
                *near = pass.first[candidate as usize];
                if sight.words[word].case != Case::Lower {
                    *anywhere = pass.most[sight.words[word].group as usize];
                }
            }
            let units = self.second.forward(&gathered).map(|unit| unit.max(0.0));
            pass.scores.push(self.output.forward(&units));
            pass.gathered.push(gathered);
            pass.second.push(units);
        }
    }

    /// Compares the scores with the right labels, run by run.
    fn compare(&mut self, lesson: &Lesson<'_>) -> f32 {
        let pass = &mut self.pass;
        pass.score_gradient.clear();
        pass.score_gradient.resize(pass.candidates.len(), [0.0; LABELS]);
        let transitions = Transitions::new(&self.transitions.weights);
        let mut loss = 0.0;
        let mut labels = Vec::new();
        let mut start = 0;
        while start < pass.candidates.len() {
            let mut end = start + 1;
            while end < pass.candidates.len()
                && lesson
                    .sight
                    .is_run(pass.candidates[end - 1] as usize, pass.candidates[end] as usize)
            {
                end += 1;
            }
            let words = pass.candidates[start..end].iter().map(|at| *at as usize);
            labels.clear();
            labels.extend(words.clone().map(|word| lesson.labels[word]));
            let sure = words.map(|word| lesson.sure[word]).fold(1.0, f32::min);
            if sure > 0.0 {
                loss += chain::learn(
                    &pass.scores[start..end],
                    &labels,
                    &transitions,
                    sure * lesson.weight,
                    &mut pass.score_gradient[start..end],
                    &mut self.transitions.gradient,
                    &mut pass.memory,
                );
            }
            start = end;
        }
        loss
    }

    fn backward(&mut self, lesson: &Lesson<'_>) {
        let sight = lesson.sight;
        let pass = &mut self.pass;
        let count = pass.candidates.len();
        let mut first = vec![[0.0_f32; FIRST]; count];
        let mut most = vec![[0.0_f32; FIRST]; sight.groups.len()];
        for number in 0..count {
            let mut units = [0.0; SECOND];
            self.output.backward(&pass.second[number], &pass.score_gradient[number], &mut units);
            for (slope, unit) in units.iter_mut().zip(&pass.second[number]) {
                if *unit <= 0.0 {
                    *slope = 0.0;
                }
            }
            let mut gathered = [0.0; GATHERED];
            self.second.backward(&pass.gathered[number], &units, &mut gathered);
            let (near, anywhere) = gathered.split_at(GATHERED / 2);
            for (offset, (near, anywhere)) in
                near.as_chunks::<FIRST>().0.iter().zip(anywhere.as_chunks::<FIRST>().0).enumerate()
            {
                let Some((word, candidate)) =
                    neighbour(&pass.candidate_of, pass.candidates[number], offset)
                else {
                    continue;
                };
                add(&mut first[candidate as usize], near);
                if sight.words[word].case != Case::Lower {
                    add(&mut most[sight.words[word].group as usize], anywhere);
                }
            }
        }
        for (slopes, places) in most.iter().zip(&pass.most_at) {
            for (unit, (slope, place)) in slopes.iter().zip(places).enumerate() {
                if *place != NONE {
                    first[*place as usize][unit] += slope;
                }
            }
        }
        let mut vectors = vec![[0.0_f32; VECTOR]; sight.words.len()];
        let kept = 1.0 / (1.0 - self.dropout);
        for (number, slopes) in first.iter_mut().enumerate() {
            for (slope, unit) in slopes.iter_mut().zip(&pass.first[number]) {
                *slope = if *unit > 0.0 { *slope * kept } else { 0.0 };
            }
            let mut seen = [0.0; SEEN];
            self.first.backward(&pass.seen[number], slopes, &mut seen);
            for (offset, part) in seen.as_chunks::<VECTOR>().0.iter().enumerate() {
                let neighbour = (pass.candidates[number] as usize + offset).checked_sub(WINDOW);
                if let Some(vector) = neighbour.and_then(|neighbour| vectors.get_mut(neighbour)) {
                    add(vector, part);
                }
            }
        }
        for (rows, slopes) in lesson.rows.iter().zip(&vectors) {
            if slopes.iter().all(|slope| *slope == 0.0) {
                continue;
            }
            for &row in rows {
                let at = row as usize * VECTOR;
                for (gradient, slope) in
                    self.vectors.gradient[at..at + VECTOR].iter_mut().zip(slopes)
                {
                    *gradient += slope;
                }
                if !std::mem::replace(&mut pass.is_touched[row as usize], true) {
                    pass.touched.push(row);
                }
            }
        }
    }
}

fn add<const COUNT: usize>(sums: &mut [f32; COUNT], values: &[f32; COUNT]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// The word at `offset` minus one from a candidate, and its number as a
/// candidate, if it is one.
fn neighbour(candidate_of: &[u32], at: u32, offset: usize) -> Option<(usize, u32)> {
    let word = (at as usize + offset).checked_sub(1)?;
    let candidate = *candidate_of.get(word)?;
    (candidate != NONE).then_some((word, candidate))
}
