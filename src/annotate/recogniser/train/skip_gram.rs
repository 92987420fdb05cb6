//! First vectors of words, learnt from text that nobody has labelled: skip-gram
//! with negative sampling (Mikolov et al. 2013).
//!
//! Words that stand in like places get like vectors, so that what is learnt of
//! one name holds for others that the labelled texts never had.

use super::random::Random;
use super::vocabulary::Vocabulary;
use crate::annotate::recogniser::dims::VECTOR;
use crate::annotate::recogniser::word::Letters;
use crate::text::tokens;

/// Words to each side at most; near ones tell kinds of names apart, far ones
/// only topics (Levy and Goldberg 2014).
const REACH: u64 = 3;
/// Words drawn at random for each pair.
const NEGATIVES: usize = 5;
/// Passes over the text.
const EPOCHS: usize = 2;
/// Learning rate at the start; it falls to almost nothing.
const RATE: f32 = 0.05;
/// Share of the text above which a word is left out at random now and then.
const FREQUENT: f64 = 1e-4;
/// Power of the counts by which negatives are drawn.
const POWER: f64 = 0.75;
/// Entries of the table that negatives are drawn from.
const DRAWN: usize = 1 << 20;
/// Root mean square of the numbers of the vectors that are given back: what the
/// network is begun with, so that learning goes on from them.
const SIZE: f32 = 0.15;

/// A vector for each word of the vocabulary, in the order of its rows; the row
/// of unknown words is zero.
pub(super) fn skip_gram(
    texts: &[String],
    vocabulary: &Vocabulary,
    random: &mut Random,
) -> Vec<f32> {
    let rows = vocabulary.rows();
    let mut counts = vec![0_u64; rows];
    let mut text_rows: Vec<u32> = Vec::new();
    let mut ends = Vec::with_capacity(texts.len());
    for text in texts {
        for token in tokens(text) {
            if let Some(word) = vocabulary.words.get(&Letters::of(token.span.of(text)).hash()) {
                counts[word.row as usize] += 1;
                text_rows.push(word.row);
            }
        }
        ends.push(text_rows.len());
    }
    let total = (text_rows.len() as f64).max(1.0);
    let kept: Vec<f32> = counts
        .iter()
        .map(|count| {
            let share = (*count as f64 / total).max(1e-12) / FREQUENT;
            ((share.sqrt() + 1.0) / share) as f32
        })
        .collect();
    let drawn = drawing_table(&counts);
    let mut vectors: Vec<f32> =
        (0..rows * VECTOR).map(|_| random.symmetric() / VECTOR as f32).collect();
    let mut contexts = vec![0.0_f32; rows * VECTOR];
    let mut line = Vec::new();
    let mut done = 0_usize;
    for _ in 0..EPOCHS {
        let mut start = 0;
        for &end in &ends {
            line.clear();
            line.extend(
                text_rows[start..end]
                    .iter()
                    .copied()
                    .filter(|row| random.chance(kept[*row as usize])),
            );
            let rate = RATE * (1.0 - done as f32 / (text_rows.len() * EPOCHS) as f32).max(1e-4);
            done += end - start;
            start = end;
            for at in 0..line.len() {
                let reach = (random.next() % REACH + 1) as usize;
                let near = at.saturating_sub(reach)..(at + reach + 1).min(line.len());
                for other in near.filter(|other| *other != at) {
                    pair(&mut vectors, &mut contexts, line[at], line[other], &drawn, rate, random);
                }
            }
        }
    }
    let square: f64 = vectors.iter().map(|number| f64::from(number * number)).sum();
    let factor = SIZE / ((square / vectors.len() as f64).sqrt() as f32).max(f32::MIN_POSITIVE);
    vectors.iter_mut().for_each(|number| *number *= factor);
    vectors[..VECTOR].fill(0.0);
    vectors
}

/// Learns that `near` stands near `word`, and words drawn at random do not.
fn pair(
    vectors: &mut [f32],
    contexts: &mut [f32],
    word: u32,
    near: u32,
    drawn: &[u32],
    rate: f32,
    random: &mut Random,
) {
    let vector = &mut vectors[word as usize * VECTOR..][..VECTOR];
    let mut change = [0.0_f32; VECTOR];
    for draw in 0..=NEGATIVES {
        let (other, right) = if draw == 0 {
            (near, 1.0)
        } else {
            let other = drawn[random.next() as usize % drawn.len()];
            if other == near {
                continue;
            }
            (other, 0.0)
        };
        let context = &mut contexts[other as usize * VECTOR..][..VECTOR];
        let score: f32 = vector.iter().zip(&*context).map(|(one, other)| one * other).sum();
        let slope = (right - 1.0 / (1.0 + (-score).exp())) * rate;
        for ((change, number), context) in change.iter_mut().zip(&*vector).zip(context) {
            *change += slope * *context;
            *context += slope * number;
        }
    }
    for (number, change) in vector.iter_mut().zip(&change) {
        *number += change;
    }
}

/// Rows, each as often as its count to the power asks for.
fn drawing_table(counts: &[u64]) -> Vec<u32> {
    let weights: Vec<f64> = counts.iter().map(|count| (*count as f64).powf(POWER)).collect();
    let total: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let mut table = Vec::with_capacity(DRAWN);
    let mut sum = 0.0;
    for (row, weight) in weights.iter().enumerate() {
        sum += weight / total * DRAWN as f64;
        while (table.len() as f64) < sum && table.len() < DRAWN {
            table.push(row as u32);
        }
    }
    if table.is_empty() { vec![0] } else { table }
}
