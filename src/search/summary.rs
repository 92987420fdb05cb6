//! What an index holds, in a few numbers.

use jiff::civil::Date;

use super::error::SearchError;
use crate::article::day_of_number;
use crate::index::IndexReader;

/// What an index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many articles.
    pub articles: u64,
    /// How many of them with a date of publication.
    pub dated: u64,
    /// The first and the last day of publication.
    pub days: Option<(Date, Date)>,
    /// Bytes of the index's files.
    pub bytes: u64,
}

impl Summary {
    /// Reads it off the columns.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn of(reader: &IndexReader) -> Result<Self, SearchError> {
        let fields = reader.fields();
        let mut summary = Self { articles: 0, dated: 0, days: None, bytes: 0 };
        let mut days: Option<(i64, i64)> = None;
        for segment in reader.searcher().segment_readers() {
            let columns = segment.fast_fields();
            let words = columns.u64(fields.name_of(fields.words))?;
            let first = columns.i64(fields.name_of(fields.day_first))?;
            let last = columns.i64(fields.name_of(fields.day_last))?;
            for doc in segment.doc_ids_alive() {
                summary.articles += u64::from(words.first(doc).is_some());
                if let (Some(first), Some(last)) = (first.first(doc), last.first(doc)) {
                    summary.dated += 1;
                    days =
                        Some(days.map_or((first, last), |(least, most)| {
                            (least.min(first), most.max(last))
                        }));
                }
            }
            summary.bytes += segment.space_usage()?.total().get_bytes();
        }
        summary.days = days.map(|(first, last)| (day_of_number(first), day_of_number(last)));
        Ok(summary)
    }
}
