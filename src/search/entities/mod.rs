//! Who and what the matching articles name: how often, when, with whom, how
//! unusually, and which names may be one.

mod contexts;
mod list;
mod network;
mod rows;
mod similar;
mod suggest;
mod tally;

pub use list::{EntityList, EntityOrder, EntityRequest, EntityRow, EntitySort, list_entities};
pub use network::{MOST_NODES, Network, NetworkEdge, network};
pub use similar::Likeness;
pub use suggest::{Evidence, Suggestion, Suggestions, suggest_merges};
