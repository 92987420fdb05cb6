//! From days to the rows of a timeline.

use jiff::civil::Date;

use super::results::PeriodDays;
use super::tally::Tally;
use crate::article::day_of_number;
use crate::search::error::SearchError;
use crate::search::results::Period;

/// Rows of a timeline whose period was not chosen, at most: two screens. The
/// shortest period that fits makes ten rows at least, unless days do.
pub const ROWS_BY_DEFAULT: u64 = 60;

/// Counts that a timeline may have, over all series: some seven centuries by
/// day, and 20 MB of them as JSON. A slip in one date must not fill the memory.
pub const MOST_COUNTS: u64 = 262_144;

/// The periods of a timeline.
pub(super) struct Rows {
    pub(super) per: Period,
    /// Number of the first period.
    first: i64,
    /// How many there are.
    count: usize,
    /// The first and the last day of the articles in them, counted from 1970.
    days: Option<(i64, i64)>,
}

/// The counts of a tally, by period.
pub(super) struct Counts {
    pub(super) counts: Vec<u64>,
    pub(super) spanning: u64,
}

impl Rows {
    /// The rows of these series, by the period that is asked for or one that
    /// fits.
    pub(super) fn new(tallies: &[&Tally], per: Option<Period>) -> Result<Self, SearchError> {
        let mut days: Vec<(i64, i64)> =
            tallies.iter().flat_map(|tally| tally.sorted()).map(|(days, _)| days).collect();
        days.sort_unstable();
        days.dedup();
        let rows = |per: Period| {
            let numbers = days.iter().filter_map(|(first, last)| per.number_of(*first, *last));
            let range = numbers.fold(None, |range: Option<(i64, i64)>, number| match range {
                None => Some((number, number)),
                Some((first, last)) => Some((first.min(number), last.max(number))),
            });
            (per, range)
        };
        let length =
            |range: Option<(i64, i64)>| range.map_or(0, |(first, last)| (last - first) as u64 + 1);
        let (per, range) = match per {
            Some(per) => rows(per),
            None => Period::ALL
                .into_iter()
                .map(rows)
                .find(|(_, range)| (1..=ROWS_BY_DEFAULT).contains(&length(*range)))
                .unwrap_or_else(|| rows(Period::Year)),
        };
        let counts = length(range) * tallies.len() as u64;
        if counts > MOST_COUNTS {
            let per = per.name();
            return Err(SearchError::TimelineTooLong { rows: counts, per, limit: MOST_COUNTS });
        }
        let first = range.map_or(0, |(first, _)| first);
        let in_rows = days.iter().filter(|(first, last)| per.number_of(*first, *last).is_some());
        let of_articles = in_rows.copied().reduce(|range, days| (range.0, range.1.max(days.1)));
        Ok(Self { per, first, count: length(range) as usize, days: of_articles })
    }

    /// The first and the last day of the articles in them.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        self.days.map(|(first, last)| (day_of_number(first), day_of_number(last)))
    }

    /// The periods in order.
    pub(super) fn periods(&self) -> Vec<PeriodDays> {
        let period = |number| {
            let (first, last) = self.per.days(number);
            PeriodDays {
                label: self.per.label(number),
                first: day_of_number(first),
                last: day_of_number(last),
            }
        };
        (self.first..).take(self.count).map(period).collect()
    }

    /// How many articles of a tally lie in each. Articles before and after the
    /// rows are left out: only the base of a share has such.
    pub(super) fn counts(&self, tally: &Tally) -> Counts {
        let mut counts = Counts { counts: vec![0; self.count], spanning: 0 };
        for ((first, last), articles) in tally.sorted() {
            match self.per.number_of(first, last) {
                None => counts.spanning += articles,
                Some(number) => {
                    let row = usize::try_from(number - self.first).ok();
                    if let Some(count) = row.and_then(|row| counts.counts.get_mut(row)) {
                        *count += articles;
                    }
                }
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::{Rows, Tally};
    use crate::article::day_number;
    use crate::search::results::Period;
    use jiff::civil::{Date, date};

    fn tally(dates: &[(Date, Date)]) -> Tally {
        let mut tally = Tally::default();
        for (first, last) in dates {
            tally.add(Some((day_number(*first), day_number(*last))));
        }
        tally
    }

    fn day(year: i16, month: i8, of_month: i8) -> (Date, Date) {
        let day = date(year, month, of_month);
        (day, day)
    }

    #[test]
    fn the_shortest_period_that_fits_is_chosen() {
        for (last, per, rows) in [
            (day(2024, 1, 1), Period::Day, 1),
            (day(2024, 2, 29), Period::Day, 60),
            (day(2024, 3, 1), Period::Week, 9),
            (day(2025, 2, 23), Period::Week, 60),
            (day(2025, 2, 24), Period::Month, 14),
            (day(2028, 12, 31), Period::Month, 60),
            (day(2029, 1, 1), Period::Quarter, 21),
            (day(2038, 12, 31), Period::Quarter, 60),
            (day(2039, 1, 1), Period::Year, 16),
            (day(2199, 1, 1), Period::Year, 176),
        ] {
            let tally = tally(&[day(2024, 1, 1), last]);
            let chosen = Rows::new(&[&tally], None).unwrap();
            assert_eq!((chosen.per, chosen.count), (per, rows), "{last:?}");
        }
    }

    #[test]
    fn a_period_in_which_no_article_lies_is_not_chosen() {
        let year = tally(&[(date(2024, 1, 1), date(2024, 12, 31))]);
        let rows = Rows::new(&[&year], None).unwrap();
        assert_eq!((rows.per, rows.counts(&year).counts), (Period::Year, vec![1]));
        let rows = Rows::new(&[&year], Some(Period::Month)).unwrap();
        assert_eq!((rows.count, rows.counts(&year).spanning), (0, 1));
        assert_eq!(Rows::new(&[&Tally::default()], None).unwrap().count, 0);
    }

    #[test]
    fn empty_periods_are_rows_and_ages_are_refused() {
        let tally = tally(&[day(2023, 12, 31), day(2024, 2, 29), day(2024, 2, 1)]);
        let rows = Rows::new(&[&tally], Some(Period::Month)).unwrap();
        assert_eq!(rows.counts(&tally).counts, [1, 0, 2]);
        let labels: Vec<_> = rows.periods().into_iter().map(|period| period.label).collect();
        assert_eq!(labels, ["2023-12", "2024-01", "2024-02"]);
        let ages = self::tally(&[day(1, 1, 1), day(2024, 1, 1)]);
        let error = Rows::new(&[&ages], Some(Period::Day)).err().unwrap();
        assert_eq!(
            error.to_string(),
            "a timeline of 738886 rows by day is too long; the limit is 262144"
        );
    }
}
