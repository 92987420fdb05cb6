//! What is said of the words near a query. Plain data.

/// The words near the places of a query, with all numbers that their scores are made
/// of.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocates {
    /// Those asked for: by score, then by how often they stand near, then by word.
    pub words: Vec<Collocate>,
    /// How many there are.
    pub distinct: u64,
    /// How many articles match the query.
    pub articles: u64,
    /// How many places the query has in their titles and bodies.
    pub places: u64,
    /// How many words stand near places, each occurrence once.
    pub near: u64,
    /// How many words titles and bodies of all articles of the index have.
    pub all: u64,
}

/// A word that stands near places.
#[derive(Clone, Debug, PartialEq)]
pub struct Collocate {
    /// The word as it is written most often near places.
    pub word: String,
    /// How often it stands near places, in all ways to write it that fold alike.
    pub near: u64,
    /// How often it stands in titles and bodies of all articles of the index.
    pub all: u64,
    /// Its score by the measure that was asked for.
    pub score: f64,
}
