//! Which matching articles come first. Every order is total: equal articles
//! are ordered by date, newest first, then by identifier.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::columnar::Column;
use tantivy::index::SegmentReader;
use tantivy::{DocAddress, DocId, SegmentOrdinal};

use super::results::Ranked;
use crate::index::Fields;

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

/// The columns of one segment that decide the order.
pub(super) struct RankColumns {
    ids: Column<u64>,
    published: Column<i64>,
    words: Column<u64>,
}

impl RankColumns {
    pub(super) fn open(fields: &Fields, segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            ids: columns.u64(fields.name_of(fields.id))?,
            published: columns.i64(fields.name_of(fields.published))?,
            words: columns.u64(fields.name_of(fields.words))?,
        })
    }
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
        columns: &RankColumns,
        segment: SegmentOrdinal,
        doc: DocId,
        score: f32,
    ) {
        let published = columns.published.first(doc);
        let value = match self.order.key {
            // Scores are not negative, and such floats order like their bits.
            SortKey::Score => i64::from(score.to_bits()),
            SortKey::Date => published.unwrap_or_default(),
            SortKey::Words => columns.words.first(doc).unwrap_or_default() as i64,
        };
        let place = Place {
            unknown: self.order.key == SortKey::Date && published.is_none(),
            key: if self.order.ascending { value } else { value.saturating_neg() },
            newest_first: Reverse(published.unwrap_or(i64::MIN)),
            id: columns.ids.first(doc).unwrap_or_default(),
            address: DocAddress::new(segment, doc),
            score_bits: score.to_bits(),
        };
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
