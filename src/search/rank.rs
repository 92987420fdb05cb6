//! Which matching articles come first. Every order is total: equal articles
//! are ordered by date, newest first, then by identifier.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::{DocAddress, DocId, SegmentOrdinal};

use super::results::Ranked;
use crate::index::OrderColumns;

/// What articles are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// How well they match.
    Score,
    /// Date of publication; unknown ones last, either way.
    Date,
    /// Number of words.
    Words,
}

/// An order of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub key: SortKey,
    /// Least first; else greatest first.
    pub ascending: bool,
}

/// How many articles to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// At most so many.
    First(usize),
    /// Every one.
    All,
}

/// Where an article comes; the least comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    unknown: bool,
    key: i64,
    newest_first: Reverse<i64>,
    id: u64,
    address: DocAddress,
    score_bits: u32,
}

/// Keeps the best articles seen.
pub(super) struct Ranking {
    order: Order,
    /// How many to keep.
    capacity: usize,
    offset: usize,
    /// The worst of the kept is on top.
    kept: BinaryHeap<Place>,
}

impl Ranking {
    pub(super) fn new(order: Order, offset: usize, limit: Limit) -> Self {
        let capacity = match limit {
            Limit::First(0) => 0,
            Limit::First(count) => offset.saturating_add(count),
            Limit::All => usize::MAX,
        };
        Self { order, capacity, offset, kept: BinaryHeap::new() }
    }

    /// Whether scores decide.
    pub(super) fn needs_scores(&self) -> bool {
        self.capacity > 0 && self.order.key == SortKey::Score
    }

    /// Whether nothing is to be kept.
    pub(super) const fn is_idle(&self) -> bool {
        self.capacity == 0
    }

    /// Considers a matching article.
    pub(super) fn offer(
        &mut self,
        columns: &OrderColumns,
        segment: SegmentOrdinal,
        doc: DocId,
        score: f32,
    ) {
        let value = match self.order.key {
            // Scores are not negative, and such floats order like their bits.
            SortKey::Score => Some(i64::from(score.to_bits())),
            SortKey::Date => columns.published.first(doc),
            SortKey::Words => Some(columns.words.first(doc).unwrap_or_default() as i64),
        };
        let unknown = value.is_none();
        let value = value.unwrap_or_default();
        let key = if self.order.ascending { value } else { value.saturating_neg() };
        // Most articles are worse than any kept: nothing more of them is read.
        let is_worse = |worst: &Place| (unknown, key) > (worst.unknown, worst.key);
        if self.kept.len() == self.capacity && self.kept.peek().is_some_and(is_worse) {
            return;
        }
        self.keep(Place {
            unknown,
            key,
            newest_first: Reverse(columns.published.first(doc).unwrap_or(i64::MIN)),
            id: columns.ids.first(doc).unwrap_or_default(),
            address: DocAddress::new(segment, doc),
            score_bits: score.to_bits(),
        });
    }

    /// Considers what another has kept.
    pub(super) fn add(&mut self, other: Self) {
        other.kept.into_iter().for_each(|place| self.keep(place));
    }

    fn keep(&mut self, place: Place) {
        if self.kept.len() < self.capacity {
            self.kept.push(place);
        } else if let Some(mut worst) = self.kept.peek_mut()
            && place < *worst
        {
            *worst = place;
        }
    }

    /// The articles asked for, best first.
    pub(super) fn finish(self) -> Vec<Ranked> {
        let scored = self.order.key == SortKey::Score;
        let sorted = self.kept.into_sorted_vec();
        let ranked = sorted.into_iter().skip(self.offset).map(|place| Ranked {
            score: scored.then(|| f32::from_bits(place.score_bits)),
            address: place.address,
        });
        ranked.collect()
    }
}
