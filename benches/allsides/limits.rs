//! What the figures may be: the numbers that the project set itself for two
//! cores and a corpus of some 38,000 articles.

use serde::Serialize;

/// What a figure may be, in its own unit.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Limits {
    /// More is a defect.
    pub(crate) at_most: Option<f64>,
    /// What is wanted.
    pub(crate) aim: Option<f64>,
}

impl Limits {
    /// For figures that only explain others.
    pub(crate) const NONE: Self = Self { at_most: None, aim: None };
    /// Building an index, by the time of bare tantivy.
    pub(crate) const INDEX: Self = Self::new(1.6, 1.0);
    /// Memory of building an index, in MB.
    pub(crate) const INDEX_MEMORY: Self = Self::new(500.0, 300.0);
    /// Size of an index, by the size of its texts.
    pub(crate) const INDEX_SIZE: Self = Self::new(1.1, 0.7);
    /// Finding nothing changed, by the time of `find`.
    pub(crate) const INDEX_AGAIN: Self = Self::new(4.0, 2.0);
    /// A search, in ms.
    pub(crate) const SEARCH: Self = Self::new(25.0, 10.0);
    /// Facets over all articles, in ms.
    pub(crate) const FACETS: Self = Self::new(60.0, 25.0);
    /// A thousand counts in one process, in ms.
    pub(crate) const BATCH: Self = Self::new(1500.0, 400.0);
    /// The ten best articles for two words, by the time of bare tantivy.
    pub(crate) const TOP_TEN: Self = Self::new(1.3, 1.0);
    /// One word near another, by the time of bare tantivy's phrase with as much slop.
    pub(crate) const NEAR: Self = Self::new(2.0, 1.0);
    /// Any person near a word, in ms.
    pub(crate) const PERSON_NEAR: Self = Self::new(60.0, 15.0);
    /// The people that most articles name, in ms.
    pub(crate) const PEOPLE: Self = Self::new(40.0, 10.0);
    /// All articles by month, in ms.
    pub(crate) const TIMELINE: Self = Self::new(5.0, 1.0);
    /// A clean release build, in minutes.
    pub(crate) const RELEASE_BUILD: Self = Self::new(8.0, 5.0);

    const fn new(at_most: f64, aim: f64) -> Self {
        Self { at_most: Some(at_most), aim: Some(aim) }
    }

    /// How a value stands to the limits, in a word.
    pub(crate) fn verdict(self, value: f64) -> &'static str {
        match self {
            Self { at_most: None, aim: None } => "",
            _ if value.is_nan() => "unknown",
            Self { aim: Some(aim), .. } if value <= aim => "aim",
            Self { at_most: Some(at_most), .. } if value <= at_most => "within",
            _ => "OVER",
        }
    }
}
