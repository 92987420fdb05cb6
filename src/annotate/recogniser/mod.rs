//! Recognition of people, organizations and places in running text.
//!
//! A small neural network reads each word with its neighbours and with what the
//! rest of the article says of it, and a chain of labels makes names of them.

pub mod corpus;
mod decode;
mod dims;
mod evaluate;
mod first_layer;
mod forward;
mod gap;
mod labels;
mod layers;
mod model;
mod pieces;
mod recognise;
mod sight;
pub mod train;
mod units;
mod word;

pub use evaluate::{Evaluation, Score};
pub use labels::NameKind;
pub use model::{MODEL_VERSION, MOST_WORDS, Model, ModelError};
pub use recognise::{Recognised, Recogniser, RecogniserMemory};
