//! What the figures may be at a million articles on two cores.

use crate::measuring::Limits;

/// Time for each article, by that in the smallest archive.
pub(crate) const TIME: Limits = Limits::new(1.2, 1.05);
/// Peak memory of indexing, by that of the smallest archive.
pub(crate) const MEMORY: Limits = Limits::new(1.5, 1.1);
/// Peak memory of indexing the largest archive, in MB.
pub(crate) const LARGEST_MEMORY: Limits = Limits::new(1000.0, 500.0);
/// Adding a thousand articles, in seconds.
pub(crate) const ADDING: Limits = Limits::new(5.0, 2.0);
/// A search of two words with three facets, in ms.
pub(crate) const SEARCH: Limits = Limits::new(150.0, 50.0);
/// Finding nothing changed, by the time of `find`.
pub(crate) const AGAIN: Limits = Limits::new(4.0, 2.0);
