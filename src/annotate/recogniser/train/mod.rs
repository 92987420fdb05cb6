//! Training of the recogniser's model.

mod adam;
mod chain;
mod lesson;
mod network;
mod quantise;
mod random;
mod skip_gram;
mod trainer;
mod vocabulary;

pub use trainer::{Progress, TrainingSet, TrainingSettings, train};
