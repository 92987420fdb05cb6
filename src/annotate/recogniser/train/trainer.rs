//! Trains a model on labelled articles.

use super::adam::Step;
use super::lesson::{Changes, Prepared};
use super::network::{Lesson, Network};
use super::quantise::quantise;
use super::random::Random;
use super::skip_gram::skip_gram;
use super::vocabulary::Vocabulary;
use crate::annotate::recogniser::corpus::LabelledArticle;
use crate::annotate::recogniser::dims::Rows;

/// Labelled articles and how much they count.
#[derive(Clone, Debug)]
pub struct TrainingSet {
    /// The articles.
    pub articles: Vec<LabelledArticle>,
    /// How many times each is read in an epoch.
    pub times: u32,
    /// How much each of its words counts; 1 is usual.
    pub weight: f32,
}

/// What decides the outcome of a training beside its texts.
#[derive(Clone, Copy, Debug)]
pub struct TrainingSettings {
    /// Passes over all articles.
    pub epochs: u32,
    /// Seed of all that is random.
    pub seed: u64,
    /// Words that the vocabulary has at most.
    pub vocabulary: usize,
    /// Times that a word must occur to be in the vocabulary.
    pub least_count: u32,
    /// Learning rate at the start; it falls to zero evenly.
    pub rate: f32,
    /// Share of units left out at random.
    pub dropout: f32,
}

impl Default for TrainingSettings {
    fn default() -> Self {
        Self { epochs: 8, seed: 1, vocabulary: 48_000, least_count: 3, rate: 1.5e-3, dropout: 0.1 }
    }
}

/// How far a training is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Epoch, from 1.
    pub epoch: u32,
    /// Articles read in it.
    pub articles: usize,
    /// Articles to read in it.
    pub of: usize,
    /// Mean loss of an article so far in the epoch.
    pub loss: f64,
}

/// Articles between two reports of progress.
const REPORT_EVERY: usize = 200;

/// Learns from `sets`, and from `unlabelled` texts how words are used, and gives
/// the bytes of the model. The same texts and settings give the same bytes. `report` is told of progress.
#[must_use]
pub fn train(
    sets: &[TrainingSet],
    unlabelled: &[String],
    settings: TrainingSettings,
    mut report: impl FnMut(Progress),
) -> Vec<u8> {
    let articles = sets.iter().flat_map(|set| &set.articles);
    let vocabulary =
        Vocabulary::new(articles, unlabelled, settings.least_count, settings.vocabulary);
    let rows = Rows { vocabulary: vocabulary.rows() };
    let mut random = Random::new(settings.seed);
    let mut network = Network::new(rows, settings.dropout, &mut random);
    if !unlabelled.is_empty() {
        let vectors = skip_gram(unlabelled, &vocabulary, &mut random);
        network.vectors.weights[..vectors.len()].copy_from_slice(&vectors);
    }
    let mut order: Vec<(f32, &LabelledArticle)> = Vec::new();
    for set in sets {
        for _ in 0..set.times {
            order.extend(set.articles.iter().map(|article| (set.weight, article)));
        }
    }
    let steps = (order.len() as u64 * u64::from(settings.epochs)).max(1);
    let changes = Changes { recased: 0.1, recased_sentences: 0.06, unknown: 0.03 };
    let mut prepared = Prepared::default();
    let mut number = 0;
    for epoch in 1..=settings.epochs {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for (read, (weight, article)) in order.iter().enumerate() {
            prepared.prepare(article, &vocabulary, rows, changes, &mut random);
            number += 1;
            let left = 1.0 - number as f32 / steps as f32;
            // A thousand steps to warm up, since Adam's first estimates are poor.
            let warm = (number as f32 / 1000.0).min(1.0);
            let step = Step::new(settings.rate * left * warm, number);
            let lesson = Lesson {
                sight: &prepared.sight,
                rows: &prepared.rows,
                labels: &prepared.labels,
                sure: &prepared.sure,
                weight: *weight,
            };
            loss += f64::from(network.learn(&lesson, step, &mut random));
            let articles = read + 1;
            if articles % REPORT_EVERY == 0 || articles == order.len() {
                report(Progress { epoch, articles, of: order.len(), loss: loss / articles as f64 });
            }
        }
    }
    quantise(&network, &vocabulary)
}
