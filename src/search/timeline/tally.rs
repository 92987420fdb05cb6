//! How many articles are of which days.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;
use tantivy::DocId;
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;

use crate::article::day_number;
use crate::index::{Fields, IndexReader};
use crate::search::error::SearchError;
use crate::search::matching::Matched;

/// Articles counted by the first and last day of their dates.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    days: FxHashMap<(i64, i64), u64>,
    pub(super) undated: u64,
    pub(super) articles: u64,
}

impl Tally {
    /// Counts all of these articles.
    pub(super) fn of(
        reader: &IndexReader,
        matched: &Matched,
        zone: Option<&TimeZone>,
    ) -> Result<Self, SearchError> {
        let mut tally = Self::default();
        for (segment, docs) in reader.searcher().segment_readers().iter().zip(&matched.segments) {
            let columns = DayColumns::open(reader.fields(), segment, zone)?;
            let mut single = SingleDays::of(&columns);
            for doc in docs {
                let days = columns.days(*doc);
                if !single.take(days) {
                    tally.add(days);
                }
            }
            tally.add_single(&single);
        }
        Ok(tally)
    }

    fn add_single(&mut self, single: &SingleDays) {
        for (day, count) in (single.first..).zip(&single.counts) {
            if *count > 0 {
                self.articles += u64::from(*count);
                *self.days.entry((day, day)).or_default() += u64::from(*count);
            }
        }
    }

    /// Counts an article whose date covers these days.
    pub(super) fn add(&mut self, days: Option<(i64, i64)>) {
        self.articles += 1;
        match days {
            Some(days) => *self.days.entry(days).or_default() += 1,
            None => self.undated += 1,
        }
    }

    /// The first and last days of dates, each pair with its articles, in order.
    pub(super) fn sorted(&self) -> Vec<((i64, i64), u64)> {
        let mut days: Vec<_> = self.days.iter().map(|(days, count)| (*days, *count)).collect();
        days.sort_unstable();
        days
    }
}

/// Days for which a plain array is kept: 179 years, 256 KiB. News is of fewer;
/// what is beyond goes the slower way.
const ARRAY_DAYS: i64 = 65_536;

/// Articles of a segment whose date is one day, counted in an array: most are
/// so, and it takes a third of the time of a map.
struct SingleDays {
    first: i64,
    counts: Vec<u32>,
}

impl SingleDays {
    fn of(columns: &DayColumns<'_>) -> Self {
        let (first, last) = (columns.first.min_value(), columns.first.max_value());
        let days = last.saturating_sub(first).saturating_add(1).clamp(0, ARRAY_DAYS);
        Self { first, counts: vec![0; days as usize] }
    }

    /// Counts the article, if its date is one of these days.
    fn take(&mut self, days: Option<(i64, i64)>) -> bool {
        let Some((day, last)) = days else { return false };
        let place = usize::try_from(day.wrapping_sub(self.first)).ok();
        match place.and_then(|place| self.counts.get_mut(place)) {
            Some(count) if day == last => {
                *count += 1;
                true
            }
            _ => false,
        }
    }
}

/// The columns of a segment that tell the days of an article.
pub(super) struct DayColumns<'a> {
    first: Column<i64>,
    last: Column<i64>,
    instants: Option<Instants<'a>>,
}

/// What tells the day of an instant in another zone.
struct Instants<'a> {
    zone: &'a TimeZone,
    published: Column<i64>,
    utc_offset: Column<i64>,
}

impl<'a> DayColumns<'a> {
    pub(super) fn open(
        fields: &Fields,
        segment: &SegmentReader,
        zone: Option<&'a TimeZone>,
    ) -> tantivy::Result<Self> {
        let column = |field| segment.fast_fields().i64(fields.name_of(field));
        let instants = match zone {
            None => None,
            Some(zone) => Some(Instants {
                zone,
                published: column(fields.published)?,
                utc_offset: column(fields.utc_offset)?,
            }),
        };
        Ok(Self { first: column(fields.day_first)?, last: column(fields.day_last)?, instants })
    }

    /// The first and the last day of an article's date, counted from 1970.
    pub(super) fn days(&self, doc: DocId) -> Option<(i64, i64)> {
        if let Some(day) = self.instants.as_ref().and_then(|instants| instants.day(doc)) {
            return Some((day, day));
        }
        // The two are written together, so that they have the same rows.
        let row = self.first.index.value_row_ids(doc).next()?;
        Some((self.first.values.get_val(row), self.last.values.get_val(row)))
    }
}

impl Instants<'_> {
    /// The day of an article in the zone, if its date is an instant.
    fn day(&self, doc: DocId) -> Option<i64> {
        self.utc_offset.first(doc)?;
        let instant = Timestamp::from_second(self.published.first(doc)?).ok()?;
        Some(day_number(self.zone.to_datetime(instant).date()))
    }
}
