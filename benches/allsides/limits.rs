//! What the figures may be: the numbers that the project set itself for two
//! cores and a corpus of some 38,000 articles.

use crate::measuring::Limits;

/// Building an index, by the time of bare tantivy.
pub(crate) const INDEX: Limits = Limits::new(1.6, 1.0);
/// Memory of building an index, in MB.
pub(crate) const INDEX_MEMORY: Limits = Limits::new(500.0, 300.0);
/// Size of an index, by the size of its texts.
pub(crate) const INDEX_SIZE: Limits = Limits::new(1.1, 0.7);
/// Finding nothing changed, by the time of `find`.
pub(crate) const INDEX_AGAIN: Limits = Limits::new(4.0, 2.0);
/// A search, in ms.
pub(crate) const SEARCH: Limits = Limits::new(25.0, 10.0);
/// Facets over all articles, in ms.
pub(crate) const FACETS: Limits = Limits::new(60.0, 25.0);
/// A thousand counts in one process, in ms.
pub(crate) const BATCH: Limits = Limits::new(1500.0, 400.0);
/// The ten best articles for two words, by the time of bare tantivy.
pub(crate) const TOP_TEN: Limits = Limits::new(1.3, 1.0);
/// One word near another, by the time of bare tantivy's phrase with as much slop.
pub(crate) const NEAR: Limits = Limits::new(2.0, 1.0);
/// Any person near a word, in ms.
pub(crate) const PERSON_NEAR: Limits = Limits::new(60.0, 15.0);
/// The people that most articles name, in ms.
pub(crate) const PEOPLE: Limits = Limits::new(40.0, 10.0);
/// All articles by month, in ms.
pub(crate) const TIMELINE: Limits = Limits::new(5.0, 1.0);
/// A clean release build, in minutes.
pub(crate) const RELEASE_BUILD: Limits = Limits::new(8.0, 5.0);
