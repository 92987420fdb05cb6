//! The columns that nearly every search looks at, opened once for a commit.

use tantivy::TantivyError;
use tantivy::columnar::Column;
use tantivy::index::SegmentReader;

use super::{Fields, IndexReader};

/// Columns of one segment that decide the order of articles.
#[derive(Clone)]
pub struct OrderColumns {
    /// Identifiers.
    pub ids: Column<u64>,
    /// Dates of publication, in seconds since 1970.
    pub published: Column<i64>,
    /// Numbers of words.
    pub words: Column<u64>,
}

impl OrderColumns {
    fn open(fields: &Fields, segment: &SegmentReader) -> Result<Self, TantivyError> {
        let columns = segment.fast_fields();
        Ok(Self {
            ids: columns.u64(fields.name_of(fields.id))?,
            published: columns.i64(fields.name_of(fields.published))?,
            words: columns.u64(fields.name_of(fields.words))?,
        })
    }
}

impl IndexReader {
    /// The columns of each segment, opened when they are first asked for.
    ///
    /// # Errors
    ///
    /// When the index cannot be read.
    pub fn order_columns(&self) -> Result<&[OrderColumns], TantivyError> {
        if let Some(columns) = self.known.order_columns.get() {
            return Ok(columns);
        }
        let segments = self.searcher().segment_readers().iter();
        let columns: Vec<OrderColumns> = segments
            .map(|segment| OrderColumns::open(self.fields(), segment))
            .collect::<Result<_, _>>()?;
        Ok(self.known.order_columns.get_or_init(|| columns))
    }
}
