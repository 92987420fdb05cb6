//! What an index held at some time, so that later articles can be told from it.
//!
//! An article keeps the instant at which it was first seen (`indexed_at`, in seconds)
//! for as long as its source file has it, however often the file is read again; all
//! new articles of one update have that of its start. The highest instant
//! alone would not do to tell what is new:
//!
//! * an update commits several times, so that more articles of an instant may come
//!   after somebody looked, and two updates may fall into one second;
//! * clocks go back, and an update that waits for another to end is
//!   written after it with an earlier instant.
//!
//! So a mark has every instant that articles of the index have. An instant that it
//! has not is new, be it early or late. To one that it has articles may still be
//! added while the update of that instant runs; updates are over within a day, so
//! of the instants of the last day it has the articles too. What an update adds that
//! runs for longer, after a mark was made that saw its beginning, counts as known.

use std::collections::BTreeSet;

use crate::article::ArticleId;
use crate::index::IndexReader;
use crate::search::error::SearchError;

/// Seconds in which articles may still be added to an instant: longer than an
/// update takes. At a thousand articles a second it is 86 million of them.
const OPEN_SECONDS: i64 = 24 * 60 * 60;

/// What an index held when it was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// When that was, in seconds since 1970.
    pub(super) made_at: i64,
    /// The instants at which its articles were first seen, in seconds since 1970.
    pub(super) instants: BTreeSet<i64>,
    /// From which of them on articles could still be added.
    pub(super) open_from: i64,
    /// The articles of those instants.
    pub(super) articles: BTreeSet<ArticleId>,
}

impl Mark {
    /// What the index holds at the time `now`, in seconds since 1970. An index that was
    /// opened before `now` may hold less than it does then; what is missing is new
    /// the next time.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn of(reader: &IndexReader, now: i64) -> Result<Self, SearchError> {
        let mut seen = Vec::new();
        each_article(reader, |_, _, instant, id| seen.push((instant, id)))?;
        let last = seen.iter().map(|(instant, _)| *instant).max().unwrap_or(now);
        // Whichever of the two clocks is behind.
        let open_from = last.min(now).saturating_sub(OPEN_SECONDS);
        let open = seen.iter().filter(|(instant, _)| *instant >= open_from);
        Ok(Self {
            made_at: now,
            open_from,
            articles: open.map(|(_, id)| *id).collect(),
            instants: seen.iter().map(|(instant, _)| *instant).collect(),
        })
    }

    /// When it was made, in seconds since 1970.
    #[must_use]
    pub const fn made_at(&self) -> i64 {
        self.made_at
    }

    /// Whether the index held this article, first seen at that instant.
    #[must_use]
    pub fn held(&self, instant: i64, id: ArticleId) -> bool {
        self.instants.contains(&instant)
            && (instant < self.open_from || self.articles.contains(&id))
    }
}

/// Gives every document that is an article: its segment, its number there, when it was
/// first seen, and its identifier.
pub(super) fn each_article(
    reader: &IndexReader,
    mut take: impl FnMut(usize, u32, i64, ArticleId),
) -> Result<(), SearchError> {
    let fields = reader.fields();
    for (number, segment) in reader.searcher().segment_readers().iter().enumerate() {
        let columns = segment.fast_fields();
        let ids = columns.u64(fields.name_of(fields.id))?;
        let instants = columns.i64(fields.name_of(fields.indexed_at))?;
        for doc in segment.doc_ids_alive() {
            // Records of source files have neither.
            if let Some((instant, id)) = instants.first(doc).zip(ids.first(doc)) {
                take(number, doc, instant, ArticleId::from_number(id));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Mark;
    use crate::article::ArticleId;

    #[test]
    fn unknown_instants_are_new_and_open_ones_by_article() {
        let id = ArticleId::from_number;
        let mark = Mark {
            made_at: 1_000_100,
            instants: [5, 1_000_000].into(),
            open_from: 913_700,
            articles: [id(1), id(2)].into(),
        };
        for (instant, article, held) in [
            (5, 9, true),
            (1_000_000, 1, true),
            (1_000_000, 2, true),
            // Another commit of the update.
            (1_000_000, 3, false),
            // A later update, and one after the clock went back.
            (1_000_001, 4, false),
            (999_999, 4, false),
            (4, 4, false),
        ] {
            assert_eq!(mark.held(instant, id(article)), held, "{instant} {article}");
        }
        assert!(!Mark::default().held(0, id(0)));
    }
}
